"""Cuts moments into scenes: where and when the story moves on."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from manga.brief import Language
from manga.plot import LineKind, TimeOfDay
from manga.story_source import Source
from offline.reading.lexicon_tables import Lore, lore
from offline.reading.scene_place import (
    AHEAD,
    HeldPlace,
    Moment,
    Opening,
    held_places,
    opens,
    places_of_stretches,
    places_seen,
)
from offline.reading.told_pieces import Unit

WISHED = {Language.JA: 650, Language.EN: 1800}
"""Characters of a scene, so that 5,000 Japanese characters have about 8."""
SHORTEST = {Language.JA: 180, Language.EN: 500}
SHORTEST_SURE = {Language.JA: 90, Language.EN: 240}
"""A scene between two clear changes may be short."""
FIRST_WORDS = {Language.JA: 12, Language.EN: 28}
"""An hour that is named this early in a sentence says when it happens."""
ALWAYS = 8.0
"""A chapter line."""
CLEAR = 4.0
"""People are elsewhere, or time has passed."""
PAUSE = 5.0
"""The author leaves more room than usual, which is seldom done."""
STRONG = 6.0
"""Two signs agree, such as a pause and a new day."""
LIKELY = 2.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a scene may begin, and how clearly the text says so."""

    moment: int
    start: int
    strength: float


@dataclass(frozen=True, slots=True)
class SceneStretch:
    """The moments of one scene. `opening`: time has passed before it, the text pauses, or it just goes on."""

    moments: tuple[Moment, ...]
    heading: str = ""
    opening: Opening = ""
    place: HeldPlace = field(default_factory=HeldPlace)

    @property
    def start(self) -> int:
        return self.moments[0][0].outer_start

    @property
    def end(self) -> int:
        return self.moments[-1][-1].outer_end


def split_scenes(source: Source, moments: list[Moment]) -> list[SceneStretch]:
    tables = lore(source.language)
    seen = [places_seen(source, tables, moments, at) for at in range(len(moments))]
    held = held_places(source, tables, moments, seen)
    cuts = choose(source, find_cuts(source, moments, held))
    edges = [a for a, b in pairwise([0, *(cut.moment for cut in cuts), len(moments)]) if a < b]
    found = [stretch(source, moments, a, b) for a, b in pairwise([*edges, len(moments)])]
    spans = [(a, b, one.opening) for (a, b), one in zip(pairwise([*edges, len(moments)]), found, strict=True)]
    places = places_of_stretches(held, seen, moments, spans)
    return [replace(one, place=place) for one, place in zip(found, places, strict=True)]


def stretch(source: Source, moments: list[Moment], start: int, end: int) -> SceneStretch:
    heading = heading_before(source, moments, start)
    jumped = start == 0 or jumps(source, moments[start][0])
    jumped = jumped or (bool(heading) and not goes_on(source, moments[start - 1], moments[start]))
    pause = start > 0 and pauses(source, moments[start - 1][-1], moments[start][0])
    opening: Opening = "jump" if jumped else "pause" if pause or heading else ""
    return SceneStretch(tuple(moments[start:end]), heading, opening)


def heading_before(source: Source, moments: list[Moment], at: int) -> str:
    """The chapter line above the scene."""
    start = moments[at][0].outer_start
    low = moments[at - 1][-1].outer_end if at else 0
    found = [source.text[h.start : h.end].strip() for h in source.headings if low <= h.start < start]
    return found[-1].strip("# \u3000")[:120] if found and re.search(r"\w", found[-1]) else ""


WORDS = re.compile(r"[一-龥々]{2,}|[ァ-ヴー]{2,}|[ぁ-ん]{4,}|[A-Za-z]{5,}")


def goes_on(source: Source, last: Moment, first: Moment) -> bool:
    """Whether a chapter takes up what the one before ended with: they share words."""
    end = last[-1].end
    before = set(WORDS.findall(source.text[max(0, end - AHEAD[source.language]) : end]))
    return len(before & set(WORDS.findall(source.text[first[0].start : first[-1].end]))) >= 2


def find_cuts(source: Source, moments: list[Moment], held: Sequence[HeldPlace]) -> list[Cut]:
    """Every moment after the first that may open a scene, with its strength."""
    tables = lore(source.language)
    strengths: dict[int, float] = {}
    hour = ""
    for i, moment in enumerate(moments):
        now = opening_hour(source, tables, moment)
        if i and jumps(source, moment[0]):
            hour = now or str(TimeOfDay.DAY)
        if i:
            shift = shift_strength(source, moments[i - 1][-1], moment) if opens(moments, i) else 0.0
            shift += CLEAR if now and hour and now != hour else 0.0
            shift += 1.5 if tables.weather.over.match(words_of(source, moment)) else 0.0
            shift += (STRONG if opens(moments, i) else CLEAR) if held[i].new else 0.0
            if shift or opens(moments, i):
                strengths[i] = shift
        hour = now or hour or any_hour(source, tables, moment)
    return [Cut(i, moments[i][0].outer_start, strength) for i, strength in strengths.items()]


def words_of(source: Source, moment: Moment) -> str:
    """The first sentence, if it is told."""
    return "" if moment[0].spoken else source.text[moment[0].start : moment[0].end]


def opening_hour(source: Source, tables: Lore, moment: Moment) -> str:
    """The time of day that a sentence begins with."""
    for unit in moment:
        found = (
            ""
            if unit.spoken
            else str(tables.time(source.text[unit.start : unit.end][: FIRST_WORDS[source.language]]) or "")
        )
        if found:
            return found
    return ""


def any_hour(source: Source, tables: Lore, moment: Moment) -> str:
    found = (tables.time(source.text[u.start : u.end]) for u in moment if not u.spoken)
    return str(next((hour for hour in found if hour), ""))


def jumps(source: Source, unit: Unit) -> bool:
    """つぎの日, Years later: time has passed."""
    words = source.text[unit.start : unit.end]
    return not unit.spoken and bool(lore(source.language).pattern("strong_shift").match(words))


@lru_cache(maxsize=8)
def usual_gap(text: str) -> int:
    """Line ends between two paragraphs of this text."""
    gaps = Counter(match.group().count("\n") for match in re.finditer(r"\n[\n\u3000 ]*", text))
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)


@lru_cache(maxsize=8)
def pauses_seldom(text: str, apart: int) -> bool:
    """Whoever leaves an empty line now and then means one by it."""
    usual = usual_gap(text)
    gaps = (match.group().count("\n") for match in re.finditer(r"\n[\n\u3000 ]*", text))
    return sum(gap > usual for gap in gaps) * apart <= len(text)


def pauses(source: Source, last: Unit, unit: Unit) -> bool:
    """A wider gap than usual, or a line of stars; around a shown text it means nothing."""
    shown = (LineKind.SIGN, LineKind.LETTER)
    between = source.text[last.outer_end : unit.outer_start]
    wide = between.count("\n") > usual_gap(source.text)
    return wide and last.kind not in shown and unit.kind not in shown


def shift_strength(source: Source, last: Unit, moment: Moment) -> float:
    if any(last.outer_end <= h.start < moment[0].outer_start for h in source.headings):
        return ALWAYS
    strength = 0.0
    if pauses(source, last, moment[0]):
        strength = PAUSE if pauses_seldom(source.text, SHORTEST[source.language]) else LIKELY
    if moment[0].spoken:
        return strength
    if jumps(source, moment[0]):
        return strength + CLEAR
    words = source.text[moment[0].start : moment[0].end]
    return strength + (1.5 if lore(source.language).pattern("time_shift").match(words) else 0)


def choose(source: Source, cuts: list[Cut]) -> list[Cut]:
    """The clear ones, then the next strongest while scenes are longer than wished."""
    wished = max(1, round(len(source.text) / WISHED[source.language]))
    edges = [0, len(source.text)]
    chosen: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (-c.strength, c.start)):
        clear = cut.strength >= CLEAR
        if cut.strength < LIKELY or (len(chosen) + 1 >= wished and not clear):
            continue
        shortest = (SHORTEST_SURE if clear else SHORTEST)[source.language] // (3 if cut.strength >= STRONG else 1)
        if cut.strength >= ALWAYS or min(abs(cut.start - edge) for edge in edges) >= shortest:
            chosen.append(cut)
            edges.append(cut.start)
    return sorted([*chosen, *relief(source, cuts, sorted(edges))], key=lambda c: c.moment)


def relief(source: Source, cuts: list[Cut], edges: list[int]) -> list[Cut]:
    """Cuts within stretches that are far too long: the strongest one that leaves both sides long enough."""
    wished, shortest = WISHED[source.language], SHORTEST[source.language]
    found: list[Cut] = []
    open_stretches = list(pairwise(edges))
    while open_stretches:
        start, end = open_stretches.pop()
        inner = [c for c in cuts if start + shortest <= c.start <= end - shortest]
        if end - start <= 2 * wished or not inner:
            continue
        best = max(inner, key=lambda c: (c.strength, -abs(2 * c.start - start - end)))
        found.append(best)
        open_stretches += [(start, best.start), (best.start, end)]
    return found
