"""Things that events turn on (found, given, shown, opened, broken): each gets a panel of its own.

In: the moments of every page. Out: the same; where a thing is what a sentence tells, its moment shows the thing, and
where somebody does something with it, a look at it follows. Linear in the length of the story.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from drawing.art.things.find_drawing import can_be_held, thing_of
from manga.brief import Language
from offline.directing.added_panels import KEY_EVENT
from offline.directing.deeds_to_show import QUIET
from offline.directing.page_moments import Moment
from offline.reading.lexicon_tables import lore
from offline.reading.thing_mentions import things_there

TWICE, LASTING = 2, 3
"""Beats that name a thing again; beats that name one that the story is about."""

APART = 5
"""Moments between two looks at things, at least; the same thing is not looked at again on the page after."""

EVENT, STAYS, FIRST, HANDLED, WEIGHTY = 2.0, 0.8, 0.7, 0.5, 0.5
"""Worth of what happens to a thing; of one that the story is about; of its coming into the story; of a hand that does
it; of each step of importance above the second."""

LAID_OUT = 2
"""Things in a sentence of nobody that make a picture though nothing happens to them: what stands on the stove."""

ENOUGH = 2.7
ONLY_ONE = 1.5
"""What the last match is worth more."""
SHARE = 0.05
"""Of a book's moments."""

PARTS_OF_A_PLACE = frozenset({"door", "fire", "coat", "wall"})
"""Things that are nothing apart from where they stand."""
FIXTURES = frozenset({"sign", "lantern", "lamp"})
FIXED = 1.3
"""Things that stand in the place anyway, and what their picture is worth less."""

_MARKED = re.compile(r"[^、。ぁ-ん]{0,2}(?P<mark>[がはもを])")
_AFTER_JA = {"が": 48, "は": 48, "も": 32, "を": 28}
_NAMED = re.compile(r"[^、。ぁ-ん]{0,2}(?:だ。|だった|です|でした|であ[るっり])")
_BEFORE_JA = 24
"""出てきたのは、鍵だった: the thing is named last."""
_NEAR_JA, _NEAR_EN = 10, 48
"""Letters between a thing and the word for what happens to it; in Japanese by the particle that follows it."""


@dataclass(frozen=True, slots=True)
class Look:
    """A thing that could be shown: at which moment of the book, how much it would say."""

    at: int
    thing: str
    worth: float
    alone: bool
    """Whether the sentence tells of nobody who does anything."""


def with_things(pages: Sequence[Sequence[Moment]], language: Language) -> list[list[Moment]]:
    """The best looks at things, never crowded."""
    book = [(number, moment) for number, page in enumerate(pages) for moment in page]
    looks = _chosen(list(_looks([moment for _, moment in book], language)), len(book))
    found: list[list[Moment]] = [[] for _ in pages]
    for at, (number, moment) in enumerate(book):
        look = looks.get(at)
        if look is not None and look.alone:
            found[number].append(replace(moment, thing=look.thing))
            continue
        found[number].append(moment)
        if look is not None:
            found[number].append(moment.look_at(look.thing))
    return found


def with_named_things(pages: Sequence[Sequence[Moment]], language: Language) -> list[list[Moment]]:
    """The same pages, captions chosen: where nobody does anything and a caption names a thing, the picture is of that,
    apart from other looks and not the same thing again soon; where the story turns on what happens to it, a look at it
    follows the people who are there. A look that was to come soon is not needed then."""
    events = lore(language).pattern("thing_event")
    shown: dict[str, int] = {}
    found: list[list[Moment]] = [[] for _ in pages]
    for at, (number, moment) in enumerate((n, moment) for n, page in enumerate(pages) for moment in page):
        if moment.purpose == "insert" and at - shown.get(moment.thing, -99) < APART:
            continue
        words = "".join(part.text for part in moment.parts)
        idle = moment.purpose == "told" and words and all(deed.action in QUIET for deed in moment.deeds)
        turns = moment.beat.importance >= KEY_EVENT and moment.beat.present
        spans = [(label, span) for label, span in _shown(words, language).items() if idle and label not in FIXTURES]
        named = [label for label, span in spans if not turns or _happens(words, span, events, language)]
        apart = at - max(shown.values(), default=-APART) >= APART
        new = next((label for label in named if apart and at - shown.get(label, -99) >= 3 * APART), "")
        thing = moment.thing or new
        shown |= {thing: at} if thing else {}
        follows = turns and thing != moment.thing
        found[number] += [moment, moment.look_at(thing)] if follows else [replace(moment, thing=thing)]
    return found


def showable(words: Sequence[str]) -> tuple[str, ...]:
    """Those things that make a picture by themselves."""
    names = ((word, thing_of(word)) for word in words if word not in PARTS_OF_A_PLACE)
    return tuple(word for word, name in names if name and can_be_held(name))


def _shown(text: str, language: Language) -> dict[str, tuple[int, int]]:
    """Things in a text that make a picture, with the first place of each."""
    found: dict[str, tuple[int, int]] = {}
    for one in things_there(text, language):
        if showable([one.name]):
            found.setdefault(one.name, (one.start, one.end))
    return found


def _looks(moments: Sequence[Moment], language: Language) -> Iterator[Look]:
    tables = lore(language)
    events = tables.pattern("thing_event")
    named = [_shown(m.line.text, language) if m.line else {} for m in moments]
    times = Counter(label for beat in _by_beat(moments, named) for label in beat)
    seen: set[str] = set()
    for at, (moment, places) in enumerate(zip(moments, named, strict=True)):
        if moment.purpose == "told" and moment.line is not None:
            text = moment.line.text
            last = bool(tables.pattern("only_one").search(text))
            laid_out = len(places) >= LAID_OUT and not moment.beat.present
            for label, span in places.items():
                if laid_out or last or _happens(text, span, events, language):
                    worth = _worth(moment, label, times[label], first=label not in seen, laid_out=laid_out)
                    yield Look(at, label, worth + ONLY_ONE * last, alone=not moment.deeds)
        seen |= places.keys()


def _by_beat(moments: Sequence[Moment], named: Sequence[dict[str, tuple[int, int]]]) -> list[Set[str]]:
    beats: dict[str, set[str]] = {}
    for moment, places in zip(moments, named, strict=True):
        beats.setdefault(moment.beat.key, set()).update(places)
    return list(beats.values())


def _happens(text: str, span: tuple[int, int], events: re.Pattern[str], language: Language) -> bool:
    """Whether the words for it stand near: in Japanese after the thing, or before one that is named last, in English
    on either side."""
    if language is Language.EN:
        low = max(0, span[0] - _NEAR_EN)
        return bool(events.search(text, low, span[0]) or events.search(text, span[1], span[1] + _NEAR_EN))
    if _NAMED.match(text, span[1]):
        return bool(events.search(text, max(0, span[0] - _BEFORE_JA), span[0]))
    mark = _MARKED.match(text, span[1] - 1) or _MARKED.match(text, span[1])
    reach = _AFTER_JA[mark["mark"]] if mark else _NEAR_JA
    return bool(events.search(text, span[1], span[1] + reach))


def _worth(moment: Moment, label: str, times: int, *, first: bool, laid_out: bool) -> float:
    return (
        EVENT
        + STAYS * (times >= LASTING)
        + FIRST * (first and times >= TWICE)
        + HANDLED * any(deed.thing == label for deed in moment.deeds)
        + WEIGHTY * (moment.beat.importance - 2)
        + FIRST * (laid_out and first)
        - FIXED * (label in FIXTURES)
    )


def _chosen(looks: Sequence[Look], moments: int) -> dict[int, Look]:
    """The worthiest first, each apart from the others, the same thing further apart."""
    most = max(1, round(SHARE * moments))
    chosen: dict[int, Look] = {}
    for look in sorted(looks, key=lambda look: (-look.worth, look.at)):
        if look.worth < ENOUGH or len(chosen) >= most:
            break
        near = [chosen[at] for at in range(look.at - 3 * APART + 1, look.at + 3 * APART) if at in chosen]
        if all(abs(other.at - look.at) >= APART and other.thing != look.thing for other in near):
            chosen[look.at] = look
    return chosen
