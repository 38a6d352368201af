"""Splits a line into the parts that balloons and captions hold, at its natural joints; joined they are the line
again.

In: a line's text, its language and limits. Out: stretches (start, end) that cover the text without a gap.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from manga.brief import Language
from manga.plot import DOUBT, Line, LineKind
from manga.storyboard import LinePart
from manga.text_capacity import Measure
from manga.values import Ruby, Span

BOXED = frozenset({LineKind.LETTER, LineKind.SIGN})
"""Written words stand in boxes, as captions do."""

SFX_FIRST = 90
"""Sounds are numbered from here, apart from the parts of the words."""
_NEVER_FIRST = frozenset(
    "、。，．,.!?！？」』）)】〉》〕］…‥―ー々ゝゞ゛゜・：；:;”’\"' 　\nっッゃゅょャュョぁぃぅぇぉァィゥェォ"
)
_NEVER_LAST = frozenset("「『（(【〈《〔［“‘")
FULL_STOP, PAUSE, PHRASE = 0.0, 0.9, 4.0
"""What a cut costs after a sentence, after a comma, between phrases."""
_CLAUSE = re.compile(
    r"\s(?=(?:and|but|or|that|which|who|when|while|because|if|as|for|so|than|with|to|in|of|at|on|by)\b)"
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Capt|Col|Prof|Rev|Messrs|Mme|[A-Z])\.\s+")
"""Mr. Crabbe: a point that ends no sentence, and no line either."""


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
        off_panel=shown is not LineKind.NARRATION and (line.speaker is None or line.confidence < DOUBT),
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


@cache
def _parser() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()


def joints(text: str, language: Language) -> list[tuple[int, float]]:
    """Places between two characters where the text may be cut, each with its cost."""
    found = _joints_ja(text) if language is Language.JA else _joints_en(text)
    return [(at, cost) for at, cost in found if 0 < at < len(text)]


def _joints_ja(text: str) -> list[tuple[int, float]]:
    found: dict[int, float] = {}
    at = 0
    for phrase in _parser().parse(text):
        at += len(phrase)
        found[at] = PHRASE
    for match in re.finditer(r"[。！？!?…―]+[」』）)]*|[、，]|\n[ \u3000]*", text):
        found[match.end()] = PAUSE if match.group() in "、，" else FULL_STOP
    return sorted((at, cost) for at, cost in found.items() if _may_cut(text, at))


def _may_cut(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at] not in _NEVER_FIRST and text[at - 1] not in _NEVER_LAST


def _joints_en(text: str) -> list[tuple[int, float]]:
    found = {match.end(): PHRASE + 1.0 for match in re.finditer(r"\s+", text)}
    found |= {match.end(): PHRASE - 0.5 for match in _CLAUSE.finditer(text)}
    found |= {match.end(): PAUSE for match in re.finditer(r"(?:[,;:]|--|—)[\"”’']*\s*", text)}
    found |= {match.end(): FULL_STOP for match in re.finditer(r"[.!?…]+[\"”’')]*\s+", text)}
    titles = {match.end() for match in _TITLE.finditer(text)}
    return sorted((at, cost) for at, cost in found.items() if at not in titles)


def columns(text: str) -> int:
    """How many columns of eight characters the text needs when broken between phrases."""
    count, filled = 1, 0
    for phrase in _parser().parse(text):
        size = len(phrase)
        if filled + size <= 8 + (phrase[-1] in "、。"):
            filled += size
            continue
        count += (1 if filled else 0) + (size - 1) // 8
        filled = size - 8 * ((size - 1) // 8)
    return count


def stretches(text: str, limit: int, comfortable: int, language: Language) -> list[tuple[int, int]]:
    """The cheapest cutting into pieces of at most `limit` characters: few pieces, at deep joints, of like length."""
    if len(text) <= comfortable:
        return [(0, len(text))]
    cuts = [(0, 0.0), *_reachable(text, joints(text, language), limit), (len(text), 0.0)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for i in range(1, len(cuts)):
        best.append(_cheapest(text, cuts, best, i, limit, comfortable))
    ends = [len(cuts) - 1]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    places = [cuts[i][0] for i in reversed(ends)]
    return list(pairwise(places))


def _reachable(text: str, cuts: Sequence[tuple[int, float]], limit: int) -> list[tuple[int, float]]:
    """Joints, and hard cuts where joints lie too far apart."""
    found: list[tuple[int, float]] = []
    last = 0
    for at, cost in [*cuts, (len(text), 0.0)]:
        while at - last > limit:
            last += limit
            while not _may_cut(text, last) and last - 1 > (found[-1][0] if found else 0):
                last -= 1
            found.append((last, 9.0))
        last = at
        if at < len(text):
            found.append((at, cost))
    return found


def _cheapest(
    text: str, cuts: Sequence[tuple[int, float]], best: list[tuple[float, int]], i: int, limit: int, comfortable: int
) -> tuple[float, int]:
    end, cut_cost = cuts[i]
    found = (float("inf"), i - 1)
    for j in range(i - 1, -1, -1):
        size = len(text[cuts[j][0] : end].strip())
        if size > limit and j < i - 1:
            break
        cost = best[j][0] + 2.2 + cut_cost + _awkward(text[cuts[j][0] : end], size, comfortable)
        if cost < found[0]:
            found = (cost, j)
    return found


def _awkward(piece: str, size: int, comfortable: int) -> float:
    over = 0.25 * max(0, size - comfortable)
    scrap = 0.35 * max(0, comfortable * 0.25 - size)
    return over + scrap + (1.5 if comfortable < 40 and size > 20 and columns(piece) > 4 else 0.0)
