"""Follows where the people of a story are, moment by moment: the last place that is certain holds until another is.

In: moments and the places that their sentences name (`place_mentions`). Out: a place for every moment, in one pass.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from manga.brief import Language
from manga.story_source import Source
from manga.vocabulary.places import outside_of, places, same_place
from offline.reading.lexicon_tables import Lore
from offline.reading.place_mentions import AFAR, OPENS, SURE, TOPIC, furniture_named, sightings
from offline.reading.told_pieces import Unit

Opening = Literal["jump", "pause", ""]
Moment = tuple[Unit, ...]

DEFAULTS = {"old_japan": "village", "old_china": "town", "medieval": "field"}
"""Where a story is that never says it; elsewhere a room."""
AHEAD = {Language.JA: 90, Language.EN: 260}
"""How far the text is read on to see whether people stay at a new place."""
PLAIN = "room"
FURNISHED, WITHIN = 2, 4
"""So many different words for furniture, within so many moments, by which people are indoors wherever they were."""
LOOK_BACK = 3
"""Moments between an opening door and the words for what lies behind it."""


HINTS: dict[Opening, float] = {"jump": 0.8, "pause": 1.0, "": 2.0}
"""Strengths in all from which a stretch without a certain place is where it hints at, by what opens it."""


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place that a moment names; `front`: people are before or behind it."""

    label: str
    strength: float
    words: str
    front: bool


Seen = tuple[PlaceSeen, ...]


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """Where a moment is: the key of a place, the story's words for it, whether people come there with this moment."""

    label: str = ""
    words: str = ""
    new: bool = False


def held_places(source: Source, tables: Lore, moments: Sequence[Moment], seen: Sequence[Seen]) -> tuple[HeldPlace, ...]:
    """One a moment; nothing before the first certain place."""
    held, found = HeldPlace(), list[HeldPlace]()
    around: deque[frozenset[str]] = deque(maxlen=WITHIN)
    for i in range(len(moments)):
        around.append(furniture_seen(source, moments[i]))
        here = _next(source, tables, moments, seen, i, held.label)
        if here is None and len(frozenset().union(*around)) >= FURNISHED:
            here = _inside(held.label)
        if here is not None and here.label != held.label:
            held = replace(here, new=bool(held.label))
            around.clear()
            at = i if opens(moments, i) else _threshold(source, tables, moments, seen, i)
            found[at:] = [replace(held, new=held.new and n == at) for n in range(at, i)]
            found.append(replace(held, new=held.new and at == i))
        else:
            found.append(replace(held, new=False))
    return tuple(found)


def places_of_stretches(
    held: Sequence[HeldPlace],
    seen: Sequence[Seen],
    moments: Sequence[Moment],
    stretches: Sequence[tuple[int, int, Opening]],
) -> list[HeldPlace]:
    """The place of each stretch: a certain one of its own; where time has passed or the text pauses, the one that it
    hints at; else the last. What comes before any is where the first is."""
    found: list[HeldPlace] = []
    now = HeldPlace()
    for start, end, opening in stretches:
        known = any(one.strength >= SURE for pairs in seen[start:end] for one in pairs)
        if known or any(one.new for one in held[start:end]):
            found.append(most_held([one if one.label else now for one in held[start:end]], moments[start:end]))
            now = held[end - 1] if held[end - 1].label else now
        else:
            now = _hinted(seen[start:end], HINTS[opening if now.label else "jump"]) or now
            found.append(now)
    first = next((one for one in found if one.label), HeldPlace())
    return [one if one.label else first for one in found]


def most_held(held: Sequence[HeldPlace], moments: Sequence[Moment]) -> HeldPlace:
    """The place of most letters."""
    letters: Counter[str] = Counter()
    for one, moment in zip(held, moments, strict=True):
        letters[one.label] += moment[-1].outer_end - moment[0].outer_start
    label = max(letters, key=lambda key: letters[key], default="")
    return next((one for one in held if one.label == label), HeldPlace())


def opens(moments: Sequence[Moment], at: int) -> bool:
    """Whether a paragraph begins with this moment."""
    return at == 0 or moments[at][0].paragraph != moments[at - 1][-1].paragraph


def places_seen(source: Source, tables: Lore, moments: Sequence[Moment], at: int) -> Seen:
    """Of the told sentences, with the story's words for each."""
    found: list[PlaceSeen] = []
    opening = _opening(moments, at)
    for unit in moments[at]:
        if not unit.spoken:
            told = source.text[unit.start : unit.end]
            found += [
                PlaceSeen(one.label, one.strength, told[one.start : one.end], one.front)
                for one in sightings(tables, told, opens=unit in opening)
            ]
    return tuple(found)


def furniture_seen(source: Source, moment: Moment) -> frozenset[str]:
    """Of the told sentences."""
    told = (source.text[unit.start : unit.end] for unit in moment if not unit.spoken)
    return frozenset().union(*(furniture_named(words, source.language) for words in told))


def _next(
    source: Source, tables: Lore, moments: Sequence[Moment], seen: Sequence[Seen], at: int, now: str
) -> HeldPlace | None:
    """Where people are known to be with this moment, if that is another place than before."""
    sure = [one for one in seen[at] if one.strength >= SURE]
    if sure:
        one = max(reversed(sure), key=lambda one: one.strength if one.label == sure[-1].label else AFAR)
        before = places().find(now)
        if one.front and before is not None and not before.inside:
            return None
        same = one.label == now or (one.strength != OPENS and _within(now, one.label))
        surely = not now or one.strength == OPENS
        if not same and (surely or _stay(moments, seen, at, one.label, AHEAD[source.language])):
            return HeldPlace(one.label, one.words)
        return None
    entry = places().find(now)
    begins = (source.text[unit.start : unit.end] for unit in _opening(moments, at))
    out = any(tables.pattern("out_of_doors").match(told) for told in begins)
    return HeldPlace(outside_of(now or PLAIN)) if out and (entry is None or entry.inside) else None


def _within(now: str, part: str) -> bool:
    """Whether whoever goes from one place to the other has not left it; a plain room's stairs show more than the room,
    and whoever is told to be in the whole again has left the part."""
    entry = places().find(now)
    return entry is not None and now != PLAIN and part not in entry.within and same_place(part, now)


def _inside(now: str) -> HeldPlace | None:
    """Among furniture nobody is out of doors."""
    entry = places().find(now)
    if entry is None or entry.inside:
        return None
    return HeldPlace(entry.inner or PLAIN)


def _opening(moments: Sequence[Moment], at: int) -> list[Unit]:
    """The told sentences that begin a paragraph."""
    units = moments[at]
    first = [opens(moments, at), *(one.paragraph != before.paragraph for before, one in pairwise(units))]
    return [unit for unit, begins in zip(units, first, strict=True) if begins and not unit.spoken]


def _stay(moments: Sequence[Moment], seen: Sequence[Seen], at: int, here: str, ahead: int) -> bool:
    """Whether what is told next agrees: people who only pass, or come back at once, have not moved."""
    end = moments[at][0].start + ahead
    votes: defaultdict[bool, float] = defaultdict(float)
    for moment, found in zip(moments[at:], seen[at:], strict=False):
        if moment[0].start > end:
            break
        for one in found:
            if one.strength >= TOPIC:
                votes[same_place(one.label, here)] += one.strength
    return votes[True] >= votes[False]


def _threshold(source: Source, tables: Lore, moments: Sequence[Moment], seen: Sequence[Seen], at: int) -> int:
    """Whoever is told to be elsewhere came there when the door opened, if that has just been told."""
    for i in range(at - 1, max(0, at - 1 - LOOK_BACK), -1):
        if any(one.strength >= SURE for one in seen[i]):
            return at
        told = "".join(source.text[u.start : u.end] for u in moments[i] if not u.spoken)
        if tables.pattern("threshold").search(told):
            return i
    return at


def _hinted(seen: Sequence[Seen], least: float) -> HeldPlace | None:
    votes: dict[str, float] = {}
    words: dict[str, str] = {}
    for one in (one for pairs in seen for one in pairs):
        votes[one.label] = votes.get(one.label, 0.0) + one.strength
        words.setdefault(one.label, one.words)
    best = max(votes, key=lambda label: votes[label], default="")
    return HeldPlace(best, words[best]) if best and votes[best] >= least else None
