"""Answers the feedback prompt by rules: a sentence and the book's view in, a plan out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from manga.brief import Language
from manga.feedback import MAX_QUESTION, MAX_SENTENCE, BookView, LineView, Plan, PlanItem, WishedEdit
from manga.phases import PHASES, Phase
from offline.wishes.element_edits import border_edit, is_edit, letters_edit, order_edit, takes_the_tail_off
from offline.wishes.find_mentions import mentions_in
from offline.wishes.load_wish_patterns import Words, words_of
from offline.wishes.normalize_sentence import KNOWN, sentence_of
from offline.wishes.phase_and_scope import Wish, scope_of, wish_of, wish_where
from offline.wishes.resolve_mentions import Target, resolve
from offline.wishes.split_wishes import Clause, Read, clauses_of
from offline.wishes.unknown_words import barely_understood

_LONGEST = 200
_LONGEST_NAME = {Phase.CONCEPT: 120, Phase.CHARACTERS: 80}
_LONGEST_QUOTE = 60
_SPACE = " 　、,;；\n\t"
_MOST_BY_HAND = 12
"""Edits of one wish."""
_PLACED_PHASES = (Phase.STORYBOARD, Phase.ARTWORK, Phase.LETTERING)


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


def not_placed(said: str, language: Language) -> str:
    phases = ", ".join(PHASES)
    if not said.strip():
        return (
            f"何をどう変えればよいですか（{phases}）。"
            if language is Language.JA
            else f"Which phase is it about: {phases}?"
        )
    if language is Language.JA:
        ways = "ページとコマ、人物、セリフ、または工程"
        return f"「{_short(said)}」は、何をどう変えればよいですか。{ways}（{phases}）で教えてください。"
    return (
        f"What should be different about “{_short(said)}”? "
        f"Name a page and panel, a person, a line in quotes, or a phase: {phases}."
    )


def not_there(missing: Iterable[str], view: BookView, language: Language) -> str:
    pages = len(view.pages)
    if language is Language.JA:
        what = "".join(f"「{_short(part)}」" for part in missing)
        return f"{what}が見つかりません。この本は{pages}ページです。どこのことですか。"
    what = ", ".join(f"“{_short(part)}”" for part in missing)
    return f"I cannot find {what}; the book has {pages} pages. Which place do you mean?"


def who(said: str, view: BookView, language: Language) -> str:
    names = [person.name for person in view.people[:8]]
    if language is Language.JA:
        return f"「{_short(said)}」は誰のことですか。{'、'.join(names)}" + ("がいます。" if names else "")
    return f"Who is meant by “{_short(said)}”? " + (f"There are {', '.join(names)}." if names else "")


def where(said: str, language: Language) -> str:
    if language is Language.JA:
        return f"「{_short(said)}」は、どこのことですか。ページとコマ、場面、またはセリフを教えてください。"
    return f"Where is “{_short(said)}” meant? Name a page and panel, a scene or a line in quotes."


def which(said: str, lines: str, language: Language) -> str:
    if language is Language.JA:
        return f"「{_short(said)}」は、どのセリフのことですか。{lines}"
    return f"Which line is meant by “{_short(said)}”: {lines}?"


def without_tail(said: str, language: Language) -> str:
    if language is Language.JA:
        return f"「{_short(said)}」：しっぽのない文字はナレーションかモノローグです。どちらにしますか。"
    return f"“{_short(said)}”: words without a tail are a narration or a monologue. Which of the two is it to be?"


def joined(questions: Iterable[str], language: Language) -> str:
    """One question of at most `MAX_QUESTION` characters."""
    text = ("" if language is Language.JA else " ").join(dict.fromkeys(questions))
    return text if len(text) <= MAX_QUESTION else text[: MAX_QUESTION - 1] + "…"


def _short(said: str) -> str:
    said = " ".join(said.split()).strip("「」")
    return said if len(said) <= _LONGEST_QUOTE else said[: _LONGEST_QUOTE - 1] + "…"


@dataclass(frozen=True, slots=True)
class _Step:
    """What came of one clause: items or a question, and what was spoken of."""

    items: tuple[PlanItem, ...]
    question: str
    target: Target
    start: int
    end: int


def write_feedback(inputs: dict[str, Any]) -> Plan:
    """Inputs: `sentence` and `book`."""
    return plan_of(str(inputs["sentence"]), inputs["book"])


def plan_of(text: str, view: BookView) -> Plan:
    """Never without both an item and a question."""
    sentence = sentence_of(text)
    language = sentence.language if text.strip() else view.language
    words = words_of(language)
    mentions, bare = mentions_in(sentence, view, words)
    read = Read(text, bare, mentions, view, words)
    steps: list[_Step] = []
    before = Target()
    for clause in clauses_of(read):
        step = _step(clause, read, before)
        steps.append(step)
        before = _followed(before, step.target)
    items = _items(steps, text, language)
    asked = [step.question for step in steps if step.question]
    if not items and not asked:
        asked = [not_placed(text, language)]
    return Plan(items=items, question=joined(asked, language))


def _step(clause: Clause, read: Read, before: Target) -> _Step:
    said = _said(clause, read)
    bare = read.bare[clause.start : clause.end]
    language = read.words.language
    target = resolve(read.mentioned(clause.start, clause.end), read.text, read.view, before)
    wish = _wish(clause, bare, target, before, read)

    def asked(question: str) -> _Step:
        return _Step((), question, target, clause.start, clause.end)

    if wish is None or _is_in_vain(wish, bare, target, before, read):
        return asked(not_placed(said, language))
    target = _with_new_words(wish, target)
    if wish.phase in _PLACED_PHASES and (missing := _missing(wish, target)):
        return asked(not_there(missing, read.view, language))
    scope = scope_of(wish, bare, target, before, read.view, read.words)
    if scope is None:
        question = who(said, read.view, language) if wish.phase is Phase.CHARACTERS else ""
        return asked(question or where(said, language))
    lines = [line for line in read.view.lines if line.key in scope]
    if says_new_words(wish, target) and len(lines) != 1:
        return asked(which(said, many(language, lines), language))
    if takes_the_tail_off(wish, bare, read.words):
        return asked(without_tail(said, language))
    each = [(line.key,) for line in lines] if is_edit(wish, bare, read.words) else []
    return _Step(
        tuple(
            PlanItem(
                phase=wish.phase,
                instruction=said,
                scope=keys,
                reason=_reason(wish, language),
                edit=edit_of(wish, bare, said, target, keys, read.view, read.words),
            )
            for keys in (each if 1 < len(each) <= _MOST_BY_HAND else [scope])
        ),
        "",
        target,
        clause.start,
        clause.end,
    )


def _is_in_vain(wish: Wish, bare: str, target: Target, before: Target, read: Read) -> bool:
    """Whether it would redraw the whole book for a word or two."""
    if wish.phase not in (Phase.STORYBOARD, Phase.ARTWORK) or not barely_understood(bare, read.words):
        return False
    return scope_of(wish, bare, target, before, read.view, read.words) == ()


def _wish(clause: Clause, bare: str, target: Target, before: Target, read: Read) -> Wish | None:
    if read.words.single["not_for_us"].search(bare):
        return None
    near = bool(before.panels or before.lines or before.pages)
    told = wish_of(bare, target, read.view, read.words, near=near) if clause.placed else None
    if told is None and read.mentioned(clause.start, clause.end) and read.says(clause.start, clause.end):
        return wish_where(bare, target, read.view, read.words)
    return told


def _said(clause: Clause, read: Read) -> str:
    """The person's own words, without what joined them to the next."""
    said = read.text[clause.start : clause.end].strip(_SPACE)
    return read.words.single["conjunctions"].sub("", said).strip(_SPACE) or said


def _with_new_words(wish: Wish, target: Target) -> Target:
    """Quoted words that no line has are the new ones where the place is named or something is added."""
    if not target.strange or target.new:
        return target
    if target.panels or target.lines or "add" in wish.verbs:
        return replace(target, new=target.strange, strange=())
    return target


def _missing(wish: Wish, target: Target) -> tuple[str, ...]:
    return (*target.missing, *target.strange) if wish.phase is Phase.LETTERING or target.is_empty else target.missing


def _followed(before: Target, now: Target) -> Target:
    """What is spoken of after a clause: its own place, or the earlier one; its people, or the earlier ones."""
    place = before if not (now.pages or now.panels or now.lines or now.scenes) else now
    return replace(place, people=now.people or before.people, new=(), strange=(), missing=(), counted=False)


def _reason(wish: Wish, language: Language) -> str:
    said = wish.why.replace(KNOWN, "").strip()[:80]
    return f"「{said}」から" if language is Language.JA else f"from “{said}”"


def _items(steps: list[_Step], text: str, language: Language) -> tuple[PlanItem, ...]:
    """One item for each phase and scope; a sentence with a single wish stays whole."""
    items: list[PlanItem] = []
    for item in (item for step in steps for item in step.items):
        same = next(
            (n for n, other in enumerate(items) if (other.phase, other.scope) == (item.phase, item.scope)), None
        )
        if same is None:
            items.append(item)
        else:
            items[same] = _both(items[same], item, language)
    if len(items) == 1 and not any(step.question for step in steps):
        return (items[0].model_copy(update={"instruction": text.strip()}),)
    return tuple(items)


def _both(first: PlanItem, second: PlanItem, language: Language) -> PlanItem:
    """Two wishes for the same elements. No single edit says both."""
    joint = "、" if language is Language.JA else ", "
    instruction = f"{first.instruction}{joint}{second.instruction}"[:MAX_SENTENCE]
    return first.model_copy(update={"instruction": instruction, "edit": None})
