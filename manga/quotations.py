"""Finds quotations in the story's text: nested, unclosed, and split ones too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manga.brief import Language
from manga.story_source import Source

DASHED = re.compile(r"^[ \u3000]*[—–―][ \u3000]?(?=[^\s—–―])([^\n]+)$", re.MULTILINE)
SAID = (
    r"said|says|asked|cried|answered|replied|called|whispered|shouted|added|went on|murmured|muttered|told|thought"
    r"|returned|remarked|observed|repeated|agreed|declared|insisted|snapped|sighed|laughed|exclaimed|began|continued"
    r"|growled|put in"
)
WHO = (
    r"(?:he|she|they|it|I|somebody|someone|(?:the|a|an|his|her|my)(?: [a-z-]+){0,2} ?[A-Za-z-]+"
    r"|(?:(?:Mr|Mrs|Dr)\. )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
WITHIN = r"(?:(?:Mr|Mrs|Dr|St)\.|[^.!?,])"
GOES_ON = r"(?:who|which|and|but|not|with|without|as|in|on|at|from|his|her|to|looking|still|[a-z]+ing)\b"
TAG = re.compile(
    rf"(?<=[,?!…—]) (?:(?:{SAID}) {WHO}|{WHO} (?:{SAID})\b){WITHIN}*(?:, {GOES_ON}{WITHIN}*)*(?:[.!?]|,(?= [a-z])|$)"
)
TOLD = re.compile(
    r"(?<=[.!?] )(?:Then |Instead |And then )?(?:[Hh]e|[Ss]he|[Tt]hey) "
    r"(?:[a-z]+ed|was|were|had|would have|sat|stood|took|put|went|came|ran|held|gave|shook|rose|fell|drew|let|left|made"
    r"|bent|set)\b"
    r"[^.!?]*[.!?]"
)
LEAST = 3
Piece = tuple[int, int]
OPEN = "「『"
CLOSE = "」』"
CURLY = re.compile(r"“[^”]*?(?:”|(?=\n\n|\Z)|\n(?=“))")
FOREIGN = re.compile(r"«[^«»\n]+»|„[^„“”\n]+[“”]")
STRAIGHT = re.compile(r'"[^"\n]*(?:"|$)', re.MULTILINE)
SINGLE_CURLY = re.compile(r"(?<!\w)‘[^\n]*?[,.!?—-]’(?!\w)")
SINGLE = re.compile(r"(?<![\w])'(?=[A-Z\"I])[^\n]*?[,.!?—-]'(?!\w)")
THOUGHT_LINE = re.compile(r"^[ \u3000]*[（(]([^（）()\n]{2,200})[）)][ \u3000]*$", re.MULTILINE)


def dashed(text: str) -> list[Piece]:
    """Start and end of the words, tags left out; nothing when fewer than three lines begin with a dash."""
    lines = list(DASHED.finditer(text))
    return [piece for line in lines for piece in said(text, line.start(1), line.end(1))] if len(lines) >= LEAST else []


def said(text: str, start: int, end: int) -> Iterator[Piece]:
    """A line without its tags, and without what is told after them."""
    tags = list(TAG.finditer(text, start, end))
    told = list(TOLD.finditer(text, tags[0].end(), end)) if tags else []
    for match in sorted([*tags, *told], key=lambda m: m.start()):
        if match.start() > start and text[start : match.start()].strip():
            yield start, match.start()
        start = max(start, match.end())
    if re.search(r"\w", text[start:end]):
        yield start, end


@dataclass(frozen=True, slots=True)
class Quotation:
    """`start`..`end` are the words, `outer_start`..`outer_end` the marks with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def find_quotations(source: Source) -> list[Quotation]:
    """All outermost quotations in the order of the text, whoever speaks."""
    text = source.text
    found = list(japanese(text)) if source.language is Language.JA else []
    if not found or source.language is Language.EN:
        found += english(text)
    if source.language is Language.JA:
        found += thoughts(text, found)
    return sorted(found, key=lambda q: q.outer_start)


def japanese(text: str) -> Iterator[Quotation]:
    """「」 and 『』. An unclosed one ends before a blank line, before a line that goes on with と, or where a
    new paragraph begins while the quote has run over too many lines."""
    start, depth, i = 0, 0, 0
    for i, letter in enumerate(text):
        if letter in OPEN:
            if depth and text[i - 1] == "\n" and text[start] == "「" and letter == "「":
                stop = text.index("\n", start)
                yield trimmed(text, start + 1, stop, start, stop)
                depth = 0
            if depth == 0:
                start = i
            depth += 1
        elif letter in CLOSE and depth:
            depth -= 1
            if depth == 0:
                yield trimmed(text, start + 1, i, start, i + 1)
        elif depth and letter == "\n" and text.startswith(("\n\n", "\n\u3000と"), i):
            yield trimmed(text, start + 1, i, start, i)
            depth = 0
    if depth:
        yield trimmed(text, start + 1, len(text), start, len(text))


def english(text: str) -> list[Quotation]:
    """Double quotation marks where there are any, else dashes at the beginning of lines, else single ones."""
    pieces = dashed(text) if not FOREIGN.search(text) and "“" not in text and text.count('"') < 2 else []
    if pieces:
        return [trimmed(text, start, end, start, end) for start, end in pieces]
    if FOREIGN.search(text):
        spans = [m.span() for m in FOREIGN.finditer(text)]
    elif "“" in text:
        spans = [m.span() for m in CURLY.finditer(text)]
    elif text.count('"') >= 2:
        spans = [m.span() for m in STRAIGHT.finditer(text)]
    else:
        pattern = SINGLE_CURLY if "‘" in text else SINGLE
        spans = [m.span() for m in pattern.finditer(text)]
    quotes = []
    for start, end in spans:
        inner = end - 1 if text[end - 1] in "”“»\"’'" and end - 1 > start else end
        if text[start + 1 : inner].strip():
            quotes.append(trimmed(text, start + 1, inner, start, end))
    return quotes


def thoughts(text: str, taken: list[Quotation]) -> list[Quotation]:
    """A whole line in brackets is what someone thinks."""
    inside = [(q.outer_start, q.outer_end) for q in taken]
    return [
        trimmed(text, m.start(1), m.end(1), m.start(1) - 1, m.end(1) + 1)
        for m in THOUGHT_LINE.finditer(text)
        if not any(a <= m.start(1) < b for a, b in inside)
    ]


def trimmed(text: str, start: int, end: int, outer_start: int, outer_end: int) -> Quotation:
    """A quote whose words begin and end with something that can be read."""
    while start < end and text[start] in " \u3000\n":
        start += 1
    while end > start and text[end - 1] in " \u3000\n":
        end -= 1
    return Quotation(start, end, outer_start, outer_end)
