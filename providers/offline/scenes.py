"""Moments in, scenes out: where and when the story moves on."""

import re
from dataclasses import dataclass
from itertools import pairwise

from manga.brief import Language
from manga.source import Source
from providers.offline.story import lore
from providers.offline.units import Unit

Moment = tuple[Unit, ...]
WISHED = {Language.JA: 650, Language.EN: 1800}
"""Characters of a scene, so that 5,000 Japanese characters have about 8."""
SHORTEST = {Language.JA: 180, Language.EN: 500}
ALWAYS = 8.0
"""A chapter line."""
LIKELY = 2.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a scene may begin, and how clearly the text says so."""

    moment: int
    start: int
    strength: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """The moments of one scene."""

    moments: tuple[Moment, ...]
    heading: str = ""

    @property
    def start(self) -> int:
        return self.moments[0][0].outer_start

    @property
    def end(self) -> int:
        return self.moments[-1][-1].outer_end


def split_scenes(source: Source, moments: list[Moment]) -> list[Stretch]:
    cuts = choose(source, find_cuts(source, moments))
    edges = [0, *(cut.moment for cut in cuts), len(moments)]
    return [Stretch(tuple(moments[a:b]), heading_before(source, moments, a)) for a, b in pairwise(edges) if a < b]


def heading_before(source: Source, moments: list[Moment], at: int) -> str:
    """The chapter line above the scene."""
    start = moments[at][0].outer_start
    low = moments[at - 1][-1].outer_end if at else 0
    found = [source.text[h.start : h.end].strip() for h in source.headings if low <= h.start < start]
    return found[-1].strip("# \u3000")[:120] if found and re.search(r"\w", found[-1]) else ""


def find_cuts(source: Source, moments: list[Moment]) -> list[Cut]:
    """Every beginning of a paragraph after the first, with its strength."""
    cuts: list[Cut] = []
    tables = lore(source.language)
    setting = time = ""
    for i, moment in enumerate(moments):
        told = " ".join(source.text[u.start : u.end] for u in moment if not u.spoken)
        here = tables.table("settings").best(told) or ""
        hour = str(tables.time(told) or "")
        new_paragraph = i > 0 and moment[0].paragraph != moments[i - 1][-1].paragraph
        if new_paragraph:
            strength = (
                shift_strength(source, moments[i - 1][-1], moment)
                + (1.5 if here and setting and here != setting else 0)
                + (1.0 if here and here != setting and tables.pattern("moves").search(told) else 0)
                + (1.5 if hour and time and hour != time else 0)
            )
            cuts.append(Cut(i, moment[0].outer_start, strength))
        setting, time = here or setting, hour or time
    return cuts


def shift_strength(source: Source, last: Unit, moment: Moment) -> float:
    between = source.text[last.outer_end : moment[0].outer_start]
    if any(last.outer_end <= h.start < moment[0].outer_start for h in source.headings):
        return ALWAYS
    strength = 1.5 if between.count("\n") >= 3 else 0.0
    if moment[0].spoken:
        return strength
    words = source.text[moment[0].start : moment[0].end]
    tables = lore(source.language)
    if tables.pattern("strong_shift").match(words):
        return strength + 4
    return strength + (1.5 if tables.pattern("time_shift").match(words) else 0)


def choose(source: Source, cuts: list[Cut]) -> list[Cut]:
    """The clear ones, then the next strongest while scenes are longer than wished."""
    wished = max(1, round(len(source.text) / WISHED[source.language]))
    edges = [0, len(source.text)]
    chosen: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (-c.strength, c.start)):
        enough = len(chosen) + 1 >= wished and cut.strength < ALWAYS
        if cut.strength < LIKELY or enough:
            continue
        if cut.strength >= ALWAYS or min(abs(cut.start - edge) for edge in edges) >= SHORTEST[source.language]:
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
        inner = [c for c in cuts if c.strength > 0 and start + shortest <= c.start <= end - shortest]
        if end - start <= 2 * wished or not inner:
            continue
        best = max(inner, key=lambda c: (c.strength, -abs(2 * c.start - start - end)))
        found.append(best)
        open_stretches += [(start, best.start), (best.start, end)]
    return found
