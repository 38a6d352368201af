"""The words that beats begin with in, the stretches of the story that they tell out."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from agents.plot.evidence import Folded, fold
from agents.plot.faults import Faults, beat_key, shown
from manga.plot_draft import BeatDraft
from manga.quotations import Quotation
from manga.source import Source
from manga.values import Span

_BLANKS = 200
"""How far a chapter line may stand before the words that follow it."""
_PLACES = 60
"""Places of the same words that are weighed."""


@dataclass(frozen=True)
class BeatPlaces:
    """In one stretch of the source. Beats are counted from 0."""

    source: Source
    span: Span
    folded: Folded
    quotations: Sequence[Quotation]
    faults: Faults

    def spans_of(self, beats: Sequence[BeatDraft]) -> list[Span]:
        starts = self._starts(beats)
        bounds = [self.span.start, *(self._outer(start, before) for before, start in pairwise(starts)), self.span.end]
        return [Span(start=a, end=b) for a, b in pairwise(bounds)]

    def _starts(self, beats: Sequence[BeatDraft]) -> list[int]:
        """A rising row of places, one a beat; where an evidence stands more than once, the likeliest."""
        chances = [self._chances(number, beat) for number, beat in enumerate(beats)]
        able = self._in_order(beats, chances)
        latest, ceiling = dict.fromkeys(able, 0), self.span.end
        for number in reversed(able):
            latest[number] = ceiling = chances[number][bisect_left(chances[number], ceiling, key=_start) - 1].start
        starts: list[int] = []
        for number, row in enumerate(chances):
            floor = starts[-1] if starts else self.span.start - 1
            low, high = (bisect_right(row, at, key=_start) for at in (floor, latest.get(number, floor)))
            left = row[low : min(high, low + _PLACES)]
            best = max(left, key=lambda span: (self._weight(span.start), -span.start)).start if left else floor
            starts.append(max(best, self.span.start))
        return starts

    def _in_order(self, beats: Sequence[BeatDraft], chances: Sequence[Sequence[Span]]) -> list[int]:
        """The beats that can follow each other, each taken at its first place; of the others it is told why not."""
        able, floor = [], -1
        for number, row in enumerate(chances):
            at = bisect_right(row, floor, key=_start)
            if at < len(row):
                able.append(number)
                floor = row[at].start
            elif row:
                self._out_of_order(number, beats[number], row[0].start, floor)
        return able

    def _out_of_order(self, number: int, beat: BeatDraft, first: int, floor: int) -> None:
        told = "stands before that of the beat before it" if first < floor else "is that of another beat too"
        self.faults.add(f"The evidence of beat {number + 1} {told}: {shown(beat.evidence)}", beat_key(number))

    def _chances(self, number: int, beat: BeatDraft) -> Sequence[Span]:
        if self.faults.are_many:
            return ()
        words = [line.text for line in beat.lines[:1] if fold(line.text).startswith(fold(beat.evidence))]
        for copied in (*words, beat.evidence):
            if found := self.folded.places(copied):
                return found
        if near := self.folded.near(beat.evidence):
            return (near,)
        if beat.lines and (found := self.folded.places(beat.lines[0].text)):
            return found
        self.faults.add(
            f"The evidence of beat {number + 1} is not in the text: {shown(beat.evidence)}", beat_key(number)
        )
        return ()

    def _weight(self, at: int) -> int:
        """How likely a beat begins here: with a paragraph, with a sentence, within one."""
        before = self.source.text[max(0, at - 8) : at].rstrip(' \u3000「『“"‘（(')
        if not before or before.endswith("\n"):
            return 2
        return int(before[-1] in '。！？!?.…」』”"’')

    def _outer(self, start: int, before: int) -> int:
        """With the quotation mark, the blanks and the chapter line before it."""
        text = self.source.text
        mark = self._marks.get(start, start)
        while mark > before + 1 and text[mark - 1] in " \u3000":
            mark -= 1
        end = max(0, mark - _BLANKS) + len(text[max(0, mark - _BLANKS) : mark].rstrip())
        heading = next((h for h in self.source.headings if h.end == end and h.start > before), None)
        return heading.start if heading is not None else mark

    @cached_property
    def _marks(self) -> dict[int, int]:
        return {q.start: q.outer_start for q in self.quotations}


def _start(span: Span) -> int:
    return span.start
