"""Which elements a wish may touch, by its phase. Empty means the whole phase; None means that it cannot be told."""

from manga.feedback import BookView, LineView
from manga.phases import Phase
from offline.wishes.deciding import Wish
from offline.wishes.targets import Target, lines_at, panels_of
from offline.wishes.words import Words


def scope_of(
    wish: Wish, text: str, target: Target, before: Target, view: BookView, words: Words
) -> tuple[str, ...] | None:
    """`text` is the clause with its references marked; `before` is what was spoken of last."""
    if wish.phase in (Phase.STORYBOARD, Phase.ARTWORK, Phase.LETTERING) and _is_described(text, target, words):
        return None
    if wish.phase is Phase.CHARACTERS:
        return _people(text, target, before, view, words)
    if wish.phase is Phase.PLOT:
        return _scenes(wish, target)
    if wish.phase is Phase.LETTERING:
        return _letters(wish, text, target, before, view, words)
    drawn = {Phase.STORYBOARD: _frames, Phase.ARTWORK: _pictures}
    return drawn[wish.phase](target, before, view) if wish.phase in drawn else ()


def _is_described(text: str, target: Target, words: Words) -> bool:
    """The panel where something happens: which one that is cannot be told without looking at it."""
    return not (target.panels or target.lines) and bool(words.single["described_panel"].search(text))


def _people(text: str, target: Target, before: Target, view: BookView, words: Words) -> tuple[str, ...] | None:
    if target.people and not target.pronoun:
        return target.people
    if words.single["all_people"].search(text):
        return ()
    if found := target.people or before.people:
        return found
    seen = {person for panel in view.panels if panel.key in panels_of(view, target) for person in panel.people}
    return tuple(seen) if len(seen) == 1 else None


def _scenes(wish: Wish, target: Target) -> tuple[str, ...] | None:
    if "add" in wish.verbs and not {"merge", "length", "remove"} & wish.verbs:
        return ()
    if target.any_scene and {"remove", "order", "move"} & wish.verbs:
        return None
    if target.scenes:
        return target.scenes
    needs = wish.thing == "scene" and bool({"remove", "merge", "split", "order", "move"} & wish.verbs)
    return None if needs and wish.why.startswith("scene: ") else ()


def _frames(target: Target, before: Target, view: BookView) -> tuple[str, ...]:
    if target.panels or (target.lines and not target.pages):
        return panels_of(view, target)
    if target.people and (there := _seen_there(target, view)):
        return there
    if target.pages:
        return tuple(page.key for page in view.pages if page.number in target.pages)
    if target.scenes:
        return target.scenes
    if earlier := panels_of(view, before):
        return earlier
    return _seen(target, view)


def _pictures(target: Target, before: Target, view: BookView) -> tuple[str, ...]:
    if not (target.panels or target.lines) and (there := _seen_there(target, view)):
        return there
    return panels_of(view, target) or _seen(target, view) or panels_of(view, before)


def _seen_there(target: Target, view: BookView) -> tuple[str, ...]:
    """Of the pages and scenes that were named, the panels in which the people that were named are seen."""
    return tuple(key for key in panels_of(view, target) if key in _seen(target, view))


def _seen(target: Target, view: BookView) -> tuple[str, ...]:
    """Panels in which one of the people is seen; nobody named: all of the book."""
    return tuple(panel.key for panel in view.panels if set(panel.people) & set(target.people))


def _letters(
    wish: Wish, text: str, target: Target, before: Target, view: BookView, words: Words
) -> tuple[str, ...] | None:
    if target.lines:
        return target.lines
    place = target if panels_of(view, target) else before
    panels = panels_of(view, place)
    if "add" in wish.verbs and target.new and target.panels:
        return target.panels
    there = [line for line in lines_at(view, place) if (line.kind == "sfx") == (wish.thing == "sound")]
    among = there if panels else view.lines
    spoken = tuple(line.key for line in among if line.speaker in target.people)
    if spoken and "say" not in wish.verbs:
        return spoken
    if not panels:
        return before.lines
    if there or "add" in wish.verbs:
        return tuple(line.key for line in _of_kind(there, text, words)) or panels
    return None  # the place has no letters of this kind


def _of_kind(lines: list[LineView], text: str, words: Words) -> list[LineView]:
    """Captions or balloons alone where only those are spoken of and some are there."""
    told = [line for line in lines if line.kind == "narration"]
    spoken = [line for line in lines if line.kind != "narration"]
    if words.single["captions"].search(text) and told:
        return told
    return spoken if words.single["balloons"].search(text) and spoken else lines
