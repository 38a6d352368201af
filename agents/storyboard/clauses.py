"""Keeps clauses whole where a text says only some words of a line; they begin and end as sentences do. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from manga.story_source import ends_with_title
from manga.storyboard import LinePart

CLAUSE_ENDS = frozenset("、。，．！？…―—）」』,.;:!?)-–”’\"'")
_PAUSES = frozenset("、,;")
_STOPS = frozenset("。！？….!?")
_JOINT = re.compile(r"\s+(?:and|but|or|so|while|when|because|though|where|until|till)\b")
_BEHIND_JOINT = re.compile(r"(?:[,;:—–]|\b(?:and|but|or|so|yet))\s+\Z", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:i|he|she|it|we|you|they|there|th(?:e|is|ese|ose)|an?|my|your|his|her|its|our|their|no|some|all|both|each|every"
    r"|one|two|three|(?:no|some|any|every)(?:body|one|thing)|nobody|none)\b",
    re.IGNORECASE,
)
"""How a clause begins that stands alone: with whom or what it is about. One that begins with a verb leans on its
sentence."""
_LEAST_WORDS = 5
"""Of a clause that ends without a mark: "salt and pepper" has no joint."""
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’」』)]*\s*")


def whole_clauses(text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that leave some of a text out, none of which ends within a clause: a joint of an English sentence ends
    one. They may begin within one, as a caption does that is the last clause of a sentence."""
    found: list[tuple[int, int]] = []
    for n, (start, end) in enumerate(stretches):
        after = stretches[n + 1][0] if n + 1 < len(stretches) else len(text)
        said = text[start:end].rstrip()
        joined = _JOINT.match(text, start + len(said)) and len(said.split()) >= _LEAST_WORDS
        last = end if joined else next((at for at in range(end, after) if _begins_clause(text, at)), after)
        found.append((start, last if start < end else end))
    return found


def from_their_sentences(text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of told text that begin with a small letter, from the beginning of their sentence on; but for clauses
    that stand alone."""
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        begin, before = start, found[-1][1] if found else 0
        if start < end and text[start : start + 1].islower() and not _stands_alone(text, start):
            marks = _SENTENCE_END.finditer(text, before, start)
            ends = (mark.end() for mark in marks if not ends_with_title(text[: mark.start() + 1]))
            opening = max(ends, default=before)
            begin = start - len(text[opening:start].lstrip())
        found.append((begin, end))
    return found


def with_capitals(
    placed: Iterable[tuple[LinePart, LinePart | None]], text: str, places: Sequence[tuple[int, int]]
) -> Iterator[tuple[LinePart, LinePart | None]]:
    """A clause that stands alone begins as a sentence does, unless the text before it has the words before it."""
    before = 0
    for (said, part), (start, end) in zip(placed, places, strict=True):
        begins = part is not None and text[before:start].strip() and _stands_alone(text, start)
        before = end or before
        if part is not None and begins:
            yield said, part.model_copy(update={"text": part.text[:1].upper() + part.text[1:]})
        else:
            yield said, part


def _stands_alone(text: str, start: int) -> bool:
    """Whether a clause of an English sentence that begins here, with a small letter, is one without what is before."""
    small = text[start : start + 1].islower()
    return small and _BEHIND_JOINT.search(text, 0, start) is not None and _SUBJECT.match(text, start) is not None


def ended(
    placed: Sequence[tuple[LinePart, LinePart | None]], more: bool = False
) -> Iterator[tuple[LinePart, LinePart | None]]:
    """The last piece of a line ends as a sentence does: with the mark that was said, where the story has a comma, or,
    in English, goes on (`more`) without one."""
    last = max((n for n, (_, part) in enumerate(placed) if part is not None), default=-1)
    for n, (said, part) in enumerate(placed):
        bare = part.text.rstrip() if part is not None and n == last else ""
        open_ = more and bare[-1:].isascii() and bare[-1:].isalnum()
        if part is not None and (bare[-1:] in _PAUSES if bare and not open_ else open_):
            mark = said.text.rstrip()[-1:]
            full = mark if mark in _STOPS else "。" if bare[-1] == "、" else "."
            words = bare if open_ else bare[:-1].rstrip()
            yield said, part.model_copy(update={"text": words + full})
        else:
            yield said, part


def _begins_clause(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return not before or (before[-1] in CLAUSE_ENDS and not ends_with_title(before))
