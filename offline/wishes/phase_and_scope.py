"""Decides which phase a wish belongs to, and which of its elements it may touch."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from manga.feedback import BookView, LineView
from manga.phases import Phase
from offline.wishes.load_wish_patterns import Words
from offline.wishes.resolve_mentions import Target, lines_at, panels_of

_NAME, _PAIR, _WORD, _WEAK = 6, 4, 3, 2

_PAIRS: dict[str, dict[str, Phase]] = {
    "sound": dict.fromkeys(
        ("size", "length", "remove", "add", "move", "word", "merge", "split", "ink"), Phase.LETTERING
    ),
    "line": dict.fromkeys(
        (
            "size",
            "length",
            "remove",
            "add",
            "move",
            "order",
            "word",
            "say",
            "voice",
            "manner",
            "merge",
            "split",
            "runs",
            "tail",
        ),
        Phase.LETTERING,
    ),
    "scene": dict.fromkeys(("size", "length", "remove", "add", "merge", "split", "order", "move"), Phase.PLOT)
    | {"light": Phase.ARTWORK, "mood": Phase.PLOT},
    "panel": dict.fromkeys(("size", "remove", "merge", "split", "order", "move"), Phase.STORYBOARD)
    | {"light": Phase.ARTWORK, "appeal": Phase.ARTWORK, "mood": Phase.ARTWORK},
    "page": dict.fromkeys(("size", "remove", "merge", "split", "order", "move"), Phase.STORYBOARD)
    | {"light": Phase.ARTWORK, "appeal": Phase.ARTWORK, "mood": Phase.ARTWORK},
    "picture": {"light": Phase.ARTWORK, "size": Phase.ARTWORK},
    "book": {
        "size": Phase.PLOT,
        "length": Phase.PLOT,
        "light": Phase.CONCEPT,
        "appeal": Phase.CONCEPT,
        "mood": Phase.CONCEPT,
    },
    "person": {
        "appeal": Phase.CHARACTERS,
        "mood": Phase.CHARACTERS,
        "size": Phase.CHARACTERS,
        "manner": Phase.CHARACTERS,
        "remove": Phase.PLOT,
    },
}
_TOLD = (Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT)
_UNDRAWN = (Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT, Phase.STORYBOARD)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a clause asks for. `why` is the word that told it; `verbs` and `thing` are this module's names."""

    phase: Phase
    why: str
    verbs: frozenset[str]
    thing: str


def wish_of(text: str, target: Target, view: BookView, words: Words, *, near: bool = False) -> Wish | None:
    """The wish of a clause whose references are marked as understood; None when it names nothing to be done.

    `near`: a place was spoken of before, which `it` may mean.
    """
    verbs = frozenset(name for name, pattern in words.verbs.items() if pattern.search(text))
    thing = thing_of(text, target, view, words, verbs)
    told = [*_told(text, words), *_asked(verbs, thing, target)]
    if not told:
        return _by_mood(verbs, thing, target, view, near)
    scores: Counter[Phase] = Counter()
    for phase, weight, _ in told:
        scores[phase] += weight
    if thing in ("line", "sound") and scores[Phase.LETTERING]:
        scores[Phase.LETTERING] += 1
    best = max(scores, key=lambda phase: (scores[phase], -phase.number))
    return Wish(best, next(why for phase, _, why in told if phase is best), verbs, thing)


def _told(text: str, words: Words) -> Iterator[tuple[Phase, int, str]]:
    """Phase, weight and word: what the words of the phases and their names tell."""
    for weight, table in ((_WORD, words.phases), (_NAME, words.names)):
        for phase, pattern in table.items():
            if found := [match[0].strip() for match in pattern.finditer(text)]:
                yield phase, weight + min(len(set(found)) - 1, 2), found[0]


def _asked(verbs: frozenset[str], thing: str, target: Target) -> Iterator[tuple[Phase, int, str]]:
    """What is told by the thing that something is to be done to."""
    for verb in sorted(verbs):
        if verb == "add" and target.scenes:
            continue  # something new in a scene, not a new scene
        if verb in _PAIRS.get(thing, {}):
            # "Remove the lamp" in a panel is no wish to remove the panel.
            weak = verb == "remove" and thing in ("panel", "page", "person")
            yield _PAIRS[thing][verb], _WEAK if weak else _PAIR, f"{thing}: {verb}"
    if target.lines and target.new:
        yield Phase.LETTERING, _PAIR, "other words"
    if target.counted:
        yield Phase.PLOT, _PAIR + 1, "pages"


def _by_mood(verbs: frozenset[str], thing: str, target: Target, view: BookView, near: bool) -> Wish | None:
    """It is too dark, it could be funnier: about the place spoken of, else about the phase that is looked at."""
    if "mood" in verbs and view.phase in _TOLD and target.is_empty:
        return Wish(Phase.CONCEPT, "mood", verbs, thing)
    if "light" not in verbs:
        return None
    alone = target.is_empty and not target.things and not near
    return Wish(view.phase if alone and view.phase in _UNDRAWN else Phase.ARTWORK, "light", verbs, thing)


def thing_of(text: str, target: Target, view: BookView, words: Words, verbs: frozenset[str]) -> str:
    """What is spoken of, the smallest thing first."""
    named = {name for name, pattern in words.objects.items() if pattern.search(text)}
    if letters := _letters_of(named, target, view, verbs):
        return letters
    placed = next((name for name in ("scene", "panel", "page") if name in target.things | named), "")
    if placed or target.people:
        return placed or "person"
    return next((name for name in ("picture", "book") if name in named), "")


def _letters_of(named: set[str], target: Target, view: BookView, verbs: frozenset[str]) -> str:
    kinds = {line.kind for line in view.lines if line.key in target.lines}
    if "sound" in named or kinds == {"sfx"}:
        return "sound"
    if "line" in named or "line" in target.things or kinds:
        return "line"
    if target.new and "add" in verbs:
        return "sound" if _is_sound(target.new[0]) else "line"
    return "line" if target.new and target.panels and "word" in verbs else ""


def _is_sound(words: str) -> bool:
    """Capitals or katakana alone."""
    letters = [letter for letter in words if letter.isalpha()]
    return bool(letters) and all(letter.isupper() or "ァ" <= letter <= "ヶ" or letter == "ー" for letter in letters)


def wish_where(text: str, target: Target, view: BookView, words: Words) -> Wish | None:
    """For a clause that names an element and no known wish: the phase looked at, when the element belongs to it.

    Somebody in a panel is a matter of the picture. None when the clause is vague or the element belongs elsewhere.
    """
    if words.single["vague"].search(text) or target.missing or target.strange:
        return None
    verbs = frozenset(name for name, pattern in words.verbs.items() if pattern.search(text))
    placed = bool(target.panels or target.pages)
    if target.scenes and view.phase is Phase.ARTWORK:
        return Wish(Phase.ARTWORK, "picture", verbs, "scene")
    if placed and (target.people or view.phase is Phase.ARTWORK) and view.phase.number >= Phase.STORYBOARD.number:
        return Wish(Phase.ARTWORK, "picture", verbs, "panel")
    belongs = {
        Phase.CHARACTERS: bool(target.people) and not placed,
        Phase.PLOT: bool(target.scenes),
        Phase.STORYBOARD: placed,
        Phase.LETTERING: bool(target.lines),
    }
    if belongs.get(view.phase):
        return Wish(view.phase, view.phase.value, verbs, thing_of(text, target, view, words, verbs))
    return None


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
