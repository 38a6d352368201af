"""Wishes that say exactly what is to stand: words of a line, its speaker or kind, the title, a name."""

from collections.abc import Sequence

from manga.brief import Language
from manga.feedback import BookView, LineView, WishedEdit
from manga.phases import Phase
from offline.wishes.deciding import Wish
from offline.wishes.handwork import border_edit, letters_edit, order_edit
from offline.wishes.targets import Target
from offline.wishes.words import Words

_LONGEST = 200
_LONGEST_NAME = {Phase.CONCEPT: 120, Phase.CHARACTERS: 80}


def edit_of(
    wish: Wish, text: str, own: str, target: Target, scope: Sequence[str], view: BookView, words: Words
) -> WishedEdit | None:
    """None when a model has to find the words, or several elements could be meant. `own` is the clause unmarked."""
    if wish.phase is Phase.CONCEPT and words.single["title"].search(text):
        return _named(wish.phase, "concept", "title", _new(own, "title_value", target, words))
    if wish.phase is Phase.CHARACTERS and len(scope) == 1 and words.single["name"].search(text):
        return _named(wish.phase, scope[0], "name", _new(own, "name_value", target, words))
    if wish.phase is Phase.STORYBOARD:
        return border_edit(text, scope, view, words)
    if wish.phase is Phase.PLOT:
        return order_edit(wish, text, target, view, words)
    lines = [line for line in view.lines if line.key in scope and line.panel]
    if wish.phase is Phase.LETTERING and len(lines) == 1:
        return _of_line(wish, text, target, lines[0], view, words)
    return None


def _named(phase: Phase, key: str, field: str, value: str | None) -> WishedEdit | None:
    if not value or len(value) > _LONGEST_NAME[phase]:
        return None
    return WishedEdit(change_type="text_edit", phase=phase, element_key=key, change_data={field: value})


def _new(own: str, pattern: str, target: Target, words: Words) -> str | None:
    """The quoted words, else those that stand where a new name stands."""
    if quoted := (*target.new, *target.strange)[:1]:
        return quoted[0].strip()
    match = words.single[pattern].search(own)
    return match["new"].strip() if match else None


def _of_line(wish: Wish, text: str, target: Target, line: LineView, view: BookView, words: Words) -> WishedEdit | None:
    if edit := letters_edit(text, target, line, words):
        return edit
    if len([other for other in view.lines if other.line == line.line]) > 1:
        return None  # a line in several balloons: which words go where is not said
    new = (*target.new, *target.strange)
    if new and 0 < len(new[0].strip()) <= _LONGEST:
        return _on(line, {"text": new[0].strip(), "ruby": []}, "text_edit")
    if "say" in wish.verbs and len(target.people) == 1:
        return _on(line, {"speaker": target.people[0]}, "selection")
    kinds = [kind for kind, pattern in words.kinds.items() if pattern.search(text)]
    if "voice" in wish.verbs and kinds and line.kind != "sfx":
        return _on(line, {"kind": kinds[0]}, "selection")
    return None


def _on(line: LineView, data: dict[str, object], change_type: str) -> WishedEdit:
    return WishedEdit.of(
        {
            "change_type": change_type,
            "phase": Phase.STORYBOARD,  # a line's words stand there
            "element_key": line.key,
            "change_data": data,
        }
    )


def says_new_words(wish: Wish, target: Target) -> bool:
    """Whether one line is to get these very words, so that several cannot be meant."""
    return wish.phase is Phase.LETTERING and bool(target.new or target.strange) and "add" not in wish.verbs


def many(language: Language, lines: Sequence[LineView]) -> str:
    """The lines by their words, for a question."""
    if language is Language.JA:
        return "".join(f"「{line.text[:30]}」" for line in lines)
    return ", ".join(f"“{line.text[:30]}”" for line in lines)
