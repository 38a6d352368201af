"""Splits a text that is too long for its place into two that follow one another: words, places in the source, ruby.

It is cut where the reader breathes: after a sentence before a comma, there before a phrase, and near the middle.
"""

import re
from collections.abc import Iterator

from drawing.lettering.break_costs import LOOSE, prices
from drawing.lettering.kinsoku import may_break
from manga.brief import Language
from manga.plot import LineKind
from manga.storyboard import LinePart
from manga.values import Ruby, Span

SECOND = 50
"""What is added to a part's number for its second half; sounds are numbered from 90."""
SPOKEN = frozenset({LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.THOUGHT})
LEAST: dict[Language, int] = {Language.JA: 4, Language.EN: 10}
"""Letters that each half has at least."""
COMMA, PHRASE = 0.1, 0.5
"""What a cut costs after a comma and between phrases; a cut at either end costs 1."""
_NEAR = 8
"""Characters before a cut that are looked at."""
_ENDS = re.compile(r"[。．.！？!?…][」』）\"”’')]*\s*$")
_COMMAS = re.compile(r"(?:[、，,;:—]|--)[\"”’']*\s*$")


def halves(part: LinePart, language: Language) -> tuple[LinePart, ...]:
    """The part as two; none where it is no speech, too short, or a half already."""
    number = int(part.key.partition(".")[2])
    if part.kind not in SPOKEN or number >= SECOND:
        return ()
    cut = min(_cuts(part, language), default=None)
    if cut is None:
        return ()
    at = cut[1]
    second = f"{part.line}.{number + SECOND}"
    return (_stretch(part, 0, at, part.key), _stretch(part, at, len(part.text), second))


def first_half(key: str) -> str | None:
    """The key of the half before this one, if it is a second half."""
    line, _, number = key.partition(".")
    first = int(number) - SECOND if number.isdecimal() else 0
    return f"{line}.{first}" if 0 < first < SECOND - 10 else None


def _cuts(part: LinePart, language: Language) -> Iterator[tuple[float, int]]:
    """Places to cut at, each with its cost."""
    text, least = part.text, LEAST[language]
    inside = {at for ruby in part.ruby for at in range(ruby.start + 1, ruby.end)}
    phrases = prices(text) if language is Language.JA else {}
    for at in range(least, len(text) - least + 1):
        before = text[max(0, at - _NEAR) : at]
        if at in inside or text[at].isspace() or not may_break(before.rstrip(), text[at]):
            continue
        joint = before[-1].isspace() if language is Language.EN else phrases.get(at, LOOSE + 1) <= LOOSE
        off = abs(2 * at / len(text) - 1)
        if joint:
            yield (0.0 if _ENDS.search(before) else COMMA if _COMMAS.search(before) else PHRASE) + off, at


def _stretch(part: LinePart, start: int, end: int, key: str) -> LinePart:
    """A stretch as a part, its place in the source by proportion where the reader has tidied the text."""
    scale = (part.span.end - part.span.start) / len(part.text)
    first, last = (part.span.start + round(at * scale) for at in (start, end))
    ruby = (
        Ruby(start=r.start - start, end=r.end - start, reading=r.reading)
        for r in part.ruby
        if start <= r.start and r.end <= end
    )
    told = {"key": key, "text": part.text[start:end], "span": Span(start=first, end=last), "ruby": tuple(ruby)}
    return part.model_copy(update=told)
