"""Which words each page shows: beats by page in, lines by page out.

A beat that goes on over the leaf shares its lines out; a long line is cut there between two sentences. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from agents.storyboard.words import cut_out
from manga.plot import Beat, Line
from manga.storyboard_plan import PlannedPage

LEAST = 16
"""Letters that stay together, however many sentences they are: a page does not end on "Mr."."""
_SENTENCE = re.compile(r"[^。！？!?.…]*[。！？!?.…]+[」』）)\"”’\s]*|[^。！？!?.…]+$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some sentences of a line."""

    line: Line
    start: int
    end: int


def may_go_on(beat: Beat) -> bool:
    """Has the beat words for two pages?"""
    return len(_stretches(beat.lines)) > 1


def lines_by_page(pages: Sequence[PlannedPage], beats: Iterable[Beat]) -> dict[int, dict[str, Line]]:
    """The lines of each page by key, as far as the page shows them: a line that goes on is there in part."""
    named = Counter(key for page in pages for key in page.beats)
    shares = {beat.key: iter(_shared(beat.lines, named[beat.key])) for beat in beats if named[beat.key]}
    return {
        page.number: {line.key: line for key in page.beats if key in shares for line in next(shares[key])}
        for page in pages
    }


def pieces(shown: Mapping[str, Line], whole: Mapping[str, Line]) -> dict[str, str]:
    """The words of those lines that a page shows only in part."""
    return {key: line.text for key, line in shown.items() if line.text != whole[key].text}


def _shared(lines: Sequence[Line], pages: int) -> list[list[Line]]:
    """In order, about the same number of letters each, and none empty while there are sentences enough."""
    if pages == 1:
        return [list(lines)]
    stretches = _stretches(lines)
    total = sum(one.end - one.start for one in stretches) or 1
    ends, done = [0], 0
    for n, one in enumerate(stretches, start=1):
        done += one.end - one.start
        left, after = pages - len(ends), len(stretches) - n
        if left and after >= left and (done * pages >= total * len(ends) or after == left):
            ends.append(n)
    ends = [*ends, *[len(stretches)] * (pages + 1 - len(ends))]
    return [list(_joined(stretches[a:b])) for a, b in pairwise(ends)]


def _joined(stretches: Sequence[Stretch]) -> Iterator[Line]:
    for _, group in groupby(stretches, key=lambda one: one.line.key):
        own = list(group)
        yield cut_out(own[0].line, own[0].start, own[-1].end)


def _stretches(lines: Iterable[Line]) -> list[Stretch]:
    """Every line by its sentences, short ones together."""
    found: list[Stretch] = []
    for line in lines:
        start = 0
        for end in [*(match.end() for match in _SENTENCE.finditer(line.text)), len(line.text)]:
            rest = len(line.text) - end
            if end == len(line.text) or (end - start >= LEAST and rest >= LEAST):
                if end > start:
                    found.append(Stretch(line, start, end))
                start = end
    return found
