"""Finds the place in the story of each line of a draft, and makes narration of the sentences told between them.

Models copy what is said; what is told between it is cut into sentences here, so every word of the story is kept.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agents.plot.locate_quotes import Faults, Folded, beat_key, fold, shown
from agents.storyboard.clauses import whole_clauses
from manga.brief import Language
from manga.plot import LineKind
from manga.plot_draft import BeatDraft, LineDraft
from manga.quotations import Quotation
from manga.story_source import Piece, Source, sentences
from manga.values import Span

_WORD = re.compile(r"\w")
_TAG_JA = re.compile(r"(?:と|って|とて)(?:[、。]|(?=[^。]{0,40}。?$))")
_SENTENCE_END = '。．！？!?…―—」』”"'
_ENDED = re.compile(r"[。！？!?…―]\s*\Z|[.,!?—-]\s*\Z")
_SAYS = re.compile(r"(?:と|って)(?!いう|云う|言う|名|よば|よぶ|よん|呼|書|かい|題|称)")
_TOGETHER = 4
"""Utterances that a copy may have run together."""
_PLACES = 60
"""Places of the same words that are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line and where it stands; its words are those of the place."""

    line: LineDraft
    span: Span


NARRATION = LineDraft(text="-", kind=LineKind.NARRATION)
NOBODY = LineDraft(text="-", confidence=0.0)
"""What is said by somebody who could not be found."""


def is_utterance(quotation: Quotation, source: Source) -> bool:
    """A quotation that somebody says, not a term, a title or a sound within a sentence."""
    text = source.text
    if not _WORD.search(text, quotation.start, quotation.end):
        return False
    before = text[text.rfind("\n", 0, quotation.outer_start) + 1 : quotation.outer_start]
    if not before.strip(" \u3000") or _ENDED.search(text[quotation.start : quotation.end]):
        return True
    return source.language is Language.JA and bool(_SAYS.match(text, quotation.outer_end))


def unsaid(quotations: Sequence[Quotation], said: Sequence[Said], source: Source) -> list[Quotation]:
    """Utterances of which no word is in any line."""
    taken = [one.span for one in said]
    return [
        q for q in quotations
        if is_utterance(q, source) and not any(s.start < q.end and q.start < s.end for s in taken)
    ]  # fmt: skip


def lines_of(
    source: Source, span: Span, said: Sequence[Said], quotations: Sequence[Quotation], captions: Sequence[Span] = ()
) -> tuple[Said, ...]:
    """All lines of a stretch in the order of the text: what was found, what else was said in the same breath,
    utterances that nobody was found for, and the sentences between them; what leads to an utterance or away from it
    only where one of the `captions` stands in it."""
    inside = [q for q in quotations if q.start < span.end and span.start < q.end]
    spoken = sorted([*said, *_rest(source, span, said, inside)], key=lambda one: one.span.start)
    marks = [(q.outer_start, q.outer_end) for q in inside if any(_within(one.span, q) for one in spoken)]
    taken = sorted([*marks, *((one.span.start, one.span.end) for one in spoken)])
    told = [
        Said(NARRATION, _span(piece))
        for piece in _told(source, span, taken)
        if not _is_fragment(source, piece, taken) or any(c.start < piece.end and piece.start < c.end for c in captions)
    ]
    return tuple(sorted([*spoken, *told], key=lambda one: one.span.start))


def brief_of(said: Said, source: Source) -> tuple[Span, ...]:
    """What of it is said where there is no room, by whole clauses in the order of the text; nothing where nobody has
    chosen any, or all of it."""
    if not said.line.brief:
        return ()
    start, end = said.span.start, said.span.end
    text = source.text[start:end]
    there = Folded(text)
    found = sorted((place.start, place.end) for words in said.line.brief for place in there.places(words)[:1])
    apart: list[tuple[int, int]] = []
    for place in found:
        if not apart or place[0] >= apart[-1][1]:
            apart.append(place)
    together: list[Span] = []
    for a, b in whole_clauses(text, apart):
        if together and not source.text[together[-1].end : start + a].strip():
            together[-1] = Span(start=together[-1].start, end=start + b)
        else:
            together.append(Span(start=start + a, end=start + b))
    return tuple(together) if any(span != said.span for span in together) else ()


def captions_in(source: Source, span: Span, words: Sequence[str], said: Sequence[Said]) -> list[Span]:
    """Where those of the words stand in a stretch that are narration."""
    there = Folded(source.text[span.start : span.end], span.start)
    places = (place for one in words for place in there.places(one)[:1])
    return [at for at in places if not any(s.span.start < at.end and at.start < s.span.end for s in said)]


def captions_of(lines: Sequence[Said], captions: Sequence[Span], source: Source) -> tuple[Span, ...]:
    """By whole clauses of the told lines that they stand in, in the order of the text."""
    found: list[Span] = []
    for line in (one.span for one in lines if one.line.kind is LineKind.NARRATION):
        own = ((max(c.start, line.start), min(c.end, line.end)) for c in captions)
        apart = sorted((a - line.start, b - line.start) for a, b in own if a < b)
        for a, b in whole_clauses(source.text[line.start : line.end], apart):
            start = max(line.start + a, found[-1].end if found else 0)
            if start < line.start + b:
                found.append(Span(start=start, end=line.start + b))
    return tuple(found)


def told_of(source: Source, span: Span, lines: Sequence[Said], quotations: Sequence[Quotation]) -> str:
    """What a stretch tells outside of what is said in it."""
    spoken = [one.span for one in lines if one.line.kind is not LineKind.NARRATION]
    marks = [(q.outer_start, q.outer_end) for q in quotations if any(_within(one, q) for one in spoken)]
    taken = sorted([*marks, *((one.start, one.end) for one in spoken)])
    joint = "" if source.language is Language.JA else " "
    return joint.join(source.text[piece.start : piece.end] for piece in _told(source, span, taken))


def _within(span: Span, quotation: Quotation) -> bool:
    return quotation.start <= span.start and span.end <= quotation.end


def _span(piece: Piece) -> Span:
    return Span(start=piece.start, end=piece.end)


def _rest(source: Source, span: Span, said: Sequence[Said], inside: Sequence[Quotation]) -> Iterator[Said]:
    """What was said and is in no line: by who speaks before it in the same quotation; else by nobody we know."""
    for quotation in inside:
        own = [one for one in said if _within(one.span, quotation)]
        if not own and not (is_utterance(quotation, source) and not _overlapped(quotation, said)):
            continue
        low, high = max(quotation.start, span.start), min(quotation.end, span.end)
        for start, end in _gaps(low, high, [(one.span.start, one.span.end) for one in own]):
            piece = _trimmed(source.text, start, end)
            if piece is None:
                continue
            speaking = [one for one in own if one.span.end <= piece.start] or own[:1]
            yield Said(speaking[-1].line if speaking else NOBODY, _span(piece))


def _overlapped(quotation: Quotation, said: Sequence[Said]) -> bool:
    return any(one.span.start < quotation.end and quotation.start < one.span.end for one in said)


def _gaps(low: int, high: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in sorted(taken):
        if start > low:
            yield low, min(start, high)
        low = max(low, end)
    if low < high:
        yield low, high


def _trimmed(text: str, start: int, end: int) -> Piece | None:
    """Without the blanks around it; None when no word is in it."""
    if not _WORD.search(text, start, end):
        return None
    words = text[start:end]
    return Piece(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _told(source: Source, span: Span, taken: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Sentences and pieces of sentences outside of what is taken, chapter lines left out."""
    headings = [(h.start, h.end) for h in source.headings if h.start < span.end and span.start < h.end]
    for start, end in _gaps(span.start, span.end, [*taken, *headings]):
        for piece in sentences(source.text, start, end, source.language):
            if _WORD.search(source.text, piece.start, piece.end):
                yield piece


def _is_fragment(source: Source, piece: Piece, taken: Sequence[tuple[int, int]]) -> bool:
    """`「…」と、ごんは言いました。` and `he said, "…"`: what leads to an utterance or away from it is no line."""
    return _closes(source, piece, taken) or _leads_in(source, piece, taken)


def _closes(source: Source, piece: Piece, taken: Sequence[tuple[int, int]]) -> bool:
    before = max((end for _, end in taken if end <= piece.start), default=None)
    if before is None or source.text[before : piece.start].strip(" \u3000"):
        return False
    words = source.text[piece.start : piece.end]
    if source.language is Language.JA:
        return bool(_TAG_JA.match(words))
    return words[0].islower() or words[0] in ",;." or source.text[before - 2 : before].strip("”\"’'").endswith(",")


def _leads_in(source: Source, piece: Piece, taken: Sequence[tuple[int, int]]) -> bool:
    after = min((start for start, _ in taken if start >= piece.end), default=None)
    if after is None or source.text[piece.end : after].strip(" \u3000\n"):
        return False
    last = source.text[piece.end - 1]
    if source.language is Language.JA:
        return last not in _SENTENCE_END
    return "\n" not in source.text[piece.end : after] and (last in ",:;—-" or last.isalpha())


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
