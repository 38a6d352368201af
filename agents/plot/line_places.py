"""The lines of a draft in, each with its place in the story out."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agents.plot.evidence import Faults, Folded, beat_key, fold, shown
from agents.telling import Said
from manga.plot import LineKind
from manga.plot_draft import BeatDraft, LineDraft
from manga.quotations import Quotation
from manga.source import Source
from manga.values import Span

_TOGETHER = 4
"""Utterances that a copy may have run together."""
_PLACES = 60
"""Places of the same words that are looked at."""


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
        sure, taken = not self.faults.found, Taken()
        for number, (beat, span) in enumerate(zip(beats, spans, strict=True)):
            for line in beat.lines:
                self._say(number, line, span, taken)
        rows: list[list[Said]] = [[] for _ in beats]
        starts = [span.start for span in spans]
        for said in taken.said:
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

    def _say(self, number: int, line: LineDraft, span: Span, taken: "Taken") -> None:
        if self.faults.are_many:
            return
        speaker = self._speaker(number, line)
        places = self._places(line.text, span, taken)
        if not places and any(letter.isalnum() for letter in line.text):  # silences are no words
            self.faults.add(f"A line of beat {number + 1} is not in the story: {shown(line.text)}", beat_key(number))
        known = line.model_copy(update={"speaker": speaker})
        for place in places:
            whole = self._whole(place)
            taken.add(Said(known, whole if taken.leaves(whole) else place))

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

    def _places(self, words: str, span: Span, taken: "Taken") -> list[Span]:
        """In its beat after the lines before it, else in its beat, else at the nearest place; else what comes near;
        else the utterances that were run together."""
        places = self.folded.places(words)
        for low, high in ((taken.last_in(span), span.end), (span.start, span.end)):
            at = bisect_left(places, low, key=_start)
            for place in places[at : at + _PLACES]:
                if place.start < high and taken.leaves(place):
                    return [place]
        at = bisect_left(places, span.start, key=_start)
        around = [place for place in places[max(0, at - _PLACES) : at + _PLACES] if taken.leaves(place)]
        if around:
            return [min(around, key=lambda place: abs(place.start - span.start))]
        near = self.folded.near(words, span) or self.folded.near(words)
        if near is not None and taken.leaves(near):
            return [near]
        return self._run_together(words, taken)

    def _run_together(self, copied: str, taken: "Taken") -> list[Span]:
        """`"Yes," said Jim, "I will."` copied as one line."""
        needle = fold(copied)
        for first in range(len(self.quotations)):
            joined, places = "", []
            for q, words in zip(self._quoted(first), self._folds[first : first + _TOGETHER], strict=True):
                joined += words
                places.append(Span(start=q.start, end=q.end))
                if not needle.startswith(joined):
                    break
                if joined == needle and all(taken.leaves(place) for place in places):
                    return places
        return []

    def _quoted(self, first: int) -> Sequence[Quotation]:
        return self.quotations[first : first + _TOGETHER]

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


def _start(span: Span) -> int:
    return span.start


@dataclass(slots=True)
class Taken:
    """The lines that have their places, in the order of the story; no two of them meet."""

    said: list[Said] = field(default_factory=list)

    def leaves(self, span: Span) -> bool:
        """Is there room for it?"""
        at = self._at(span.start)
        before = at == 0 or self.said[at - 1].span.end <= span.start
        return before and (at == len(self.said) or self.said[at].span.start >= span.end)

    def add(self, said: Said) -> None:
        self.said.insert(self._at(said.span.start), said)

    def last_in(self, span: Span) -> int:
        """Where the last of the lines in a stretch ends; its beginning when there is none."""
        at = self._at(span.end)
        return max(span.start, self.said[at - 1].span.end) if at else span.start

    def _at(self, start: int) -> int:
        return bisect_left(self.said, start, key=lambda said: said.span.start)
