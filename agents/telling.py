"""A beat's stretch of the story and the utterances found in it in, all its lines and what it tells out.

Models copy what is said; what is told between it is cut into sentences here, so every word of the story is kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manga.brief import Language
from manga.plot import LineKind
from manga.plot_draft import LineDraft
from manga.quotations import Quotation
from manga.source import Piece, Source, sentences
from manga.values import Span

_WORD = re.compile(r"\w")
_TAG_JA = re.compile(r"(?:と|って|とて)(?:[、。]|(?=[^。]{0,40}。?$))")
_SENTENCE_END = '。．！？!?…―—」』”"'
_ENDED = re.compile(r"[。！？!?…―]\s*\Z|[.,!?—-]\s*\Z")
_SAYS = re.compile(r"(?:と|って)(?!いう|云う|言う|名|よば|よぶ|よん|呼|書|かい|題|称)")


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


def lines_of(source: Source, span: Span, said: Sequence[Said], quotations: Sequence[Quotation]) -> tuple[Said, ...]:
    """All lines of a stretch in the order of the text: what was found, what else was said in the same breath,
    utterances that nobody was found for, and the sentences between them."""
    inside = [q for q in quotations if q.start < span.end and span.start < q.end]
    spoken = sorted([*said, *_rest(source, span, said, inside)], key=lambda one: one.span.start)
    marks = [(q.outer_start, q.outer_end) for q in inside if any(_within(one.span, q) for one in spoken)]
    taken = sorted([*marks, *((one.span.start, one.span.end) for one in spoken)])
    told = [
        Said(NARRATION, _span(piece)) for piece in _told(source, span, taken) if not _is_fragment(source, piece, taken)
    ]
    return tuple(sorted([*spoken, *told], key=lambda one: one.span.start))


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
