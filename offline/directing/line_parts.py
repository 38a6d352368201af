"""A line of the story in, the parts that balloons and captions hold out; joined again they are the line exactly."""

from collections.abc import Iterable

from manga.plot import Line, LineKind
from manga.storyboard import LinePart
from manga.text_capacity import Measure
from manga.values import Ruby, Span
from offline.directing.line_breaks import stretches

DOUBTFUL = 0.6
"""A speaker below this confidence is not shown: the voice comes from outside the panel."""

BOXED = frozenset({LineKind.LETTER, LineKind.SIGN})
"""Written words stand in boxes, as captions do."""

SFX_FIRST = 90
"""Sounds are numbered from here, apart from the parts of the words."""


def parts_of(line: Line, measure: Measure) -> tuple[LinePart, ...]:
    """The whole line, cut where a balloon is full. A told sentence becomes an inner voice; of a
    song each balloon holds as much as it can, of what is written each box."""
    kind = LineKind.MONOLOGUE if line.kind is LineKind.NARRATION else line.kind
    most = max(measure.balloon, measure.caption) if kind in BOXED else measure.balloon
    full = most if kind in BOXED or kind is LineKind.SONG else measure.comfortable
    return tuple(
        part_of(line, number, start, end, kind=kind)
        for number, (start, end) in enumerate(stretches(line.text, most, full, measure.language), start=1)
    )


def part_of(line: Line, number: int, start: int, end: int, *, kind: LineKind | None = None) -> LinePart:
    """One stretch of a line, with its own place in the source and its own readings."""
    shown = kind or line.kind
    return LinePart(
        key=f"{line.key}.{number}",
        line=line.key,
        kind=shown,
        text=line.text[start:end],
        ruby=tuple(_moved(line.ruby, start, end)),
        span=part_span(line, start, end),
        speaker=line.speaker,
        confidence=line.confidence,
        off_panel=shown is not LineKind.NARRATION and (line.speaker is None or line.confidence < DOUBTFUL),
    )


def part_span(line: Line, start: int, end: int) -> Span:
    """Where a stretch stands in the source; by proportion when the reader has tidied the text (line ends, blanks)."""
    length = line.span.end - line.span.start
    if length == len(line.text):
        return Span(start=line.span.start + start, end=line.span.start + end)
    scale = length / len(line.text)
    return Span(start=line.span.start + round(start * scale), end=line.span.start + round(end * scale))


def _moved(ruby: Iterable[Ruby], start: int, end: int) -> Iterable[Ruby]:
    for reading in ruby:
        if start <= reading.start and reading.end <= end:
            yield Ruby(start=reading.start - start, end=reading.end - start, reading=reading.reading)


def sound_part(line: Line, number: int, text: str) -> LinePart:
    """A drawn sound that belongs to a line's moment."""
    at = line.text.find(text)
    span = part_span(line, at, at + len(text)) if at >= 0 else line.span
    return LinePart(key=f"{line.key}.{SFX_FIRST + number}", line=line.key, kind="sfx", text=text, span=span)
