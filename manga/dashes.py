"""English text whose talk is marked by dashes in, what is said out: `— Order, said Mrs. Adair. Sit down.`"""

import re
from collections.abc import Iterator

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
