"""The lines of a draft in, each with its place in the story out."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agents.evidence import Folded, fold
from agents.plot_faults import Faults, beat_key, shown
from agents.telling import Said
from manga.plot import LineKind
from manga.plot_draft import BeatDraft, LineDraft
from manga.quotations import Quotation
from manga.source import Source
from manga.values import Span

_TOGETHER = 4
"""Utterances that a copy may have run together."""


@dataclass(frozen=True)
class LinePlaces:
    """In one stretch of the source. `names` gives keys of the cast; beats are counted from 0."""

    source: Source
    folded: Folded
    quotations: Sequence[Quotation]
    names: Mapping[str, str]
    faults: Faults

    def said_in(self, beats: Sequence[BeatDraft], spans: list[Span]) -> list[list[Said]]:
        """The lines of every beat. A line belongs to the beat it stands in; one that goes over into the next beat puts
        off its beginning."""
        sure, taken = not self.faults.found, list[Said]()
        for number, (beat, span) in enumerate(zip(beats, spans, strict=True)):
            for line in beat.lines:
                self._say(number, line, span, taken)
        taken.sort(key=lambda said: said.span.start)
        rows: list[list[Said]] = [[] for _ in beats]
        starts = [span.start for span in spans]
        for said in taken:
            number = bisect_right(starts, said.span.start) - 1
            rows[number].append(said)
            if sure:
                self._reach(number, said, spans, starts)
        return rows

    def _reach(self, number: int, said: Said, spans: list[Span], starts: list[int]) -> None:
        end = said.span.end
        if end <= spans[number].end:
            return
        following = number + 1
        if following >= len(spans) or end >= spans[following].end:
            self.faults.add(f"A line goes over into other beats: {shown(said.line.text)}", beat_key(number))
            return
        spans[number] = Span(start=spans[number].start, end=end)
        spans[following] = Span(start=end, end=spans[following].end)
        starts[following] = end

    def _say(self, number: int, line: LineDraft, span: Span, taken: list[Said]) -> None:
        speaker = self._speaker(number, line)
        places = self._places(line.text, span, [said.span for said in taken])
        if not places:
            self.faults.add(f"A line of beat {number + 1} is not in the story: {shown(line.text)}", beat_key(number))
        known = line.model_copy(update={"speaker": speaker})
        taken.extend(Said(known, self._whole(place)) for place in places)

    def _speaker(self, number: int, line: LineDraft) -> str | None:
        if line.speaker is None or line.kind is LineKind.NARRATION:
            return None
        if line.speaker not in self.names:
            self.faults.add(
                f"A line of beat {number + 1} is spoken by {shown(line.speaker)}, who is not in the cast:"
                f" {shown(line.text)}",
                beat_key(number),
            )
        return self.names.get(line.speaker)

    def _places(self, words: str, span: Span, taken: Sequence[Span]) -> list[Span]:
        """In its beat after the lines before it, else in its beat, else at the nearest place; else what comes near;
        else the utterances that were run together."""
        free = [place for place in self.folded.places(words) if not _meets(place, taken)]
        last = max((one.end for one in taken if span.start <= one.start < span.end), default=span.start)
        own = [place for place in free if span.start <= place.start < span.end]
        after = [place for place in own if place.start >= last]
        for able in (after, own):
            if able:
                return able[:1]
        if free:
            return [min(free, key=lambda place: abs(place.start - span.start))]
        near = self.folded.near(words, span) or self.folded.near(words)
        if near is not None and not _meets(near, taken):
            return [near]
        return self._run_together(words, taken)

    def _run_together(self, copied: str, taken: Sequence[Span]) -> list[Span]:
        """`"Yes," said Jim, "I will."` copied as one line."""
        needle = fold(copied)
        for first in range(len(self.quotations)):
            joined, places = "", []
            for q, words in zip(self.quotations[first : first + _TOGETHER], self._folds[first:], strict=False):
                joined += words
                places.append(Span(start=q.start, end=q.end))
                if not needle.startswith(joined):
                    break
                if joined == needle and not any(_meets(place, taken) for place in places):
                    return places
        return []

    def _whole(self, span: Span) -> Span:
        """To the ends of its quotation, where no word stands between."""
        text = self.source.text
        for q in self.quotations:
            if q.start <= span.start < q.end:
                ahead, behind = text[q.start : span.start], text[span.end : q.end]
                start = q.start if not any(letter.isalnum() for letter in ahead) else span.start
                end = q.end if span.end < q.end and not any(c.isalnum() for c in behind) else span.end
                return Span(start=start, end=end)
        return span

    @cached_property
    def _folds(self) -> list[str]:
        return [fold(self.source.text[q.start : q.end]) for q in self.quotations]


def _meets(span: Span, taken: Iterable[Span]) -> bool:
    return any(span.start < one.end and one.start < span.end for one in taken)
