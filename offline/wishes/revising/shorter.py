"""A line in fewer of its own words: a text in, a shorter one out; None when nothing can be left out."""

import re

from offline.wishes.revising.words import pattern

_SENTENCES = re.compile(r"[^。．！？!?…]*[。．！？!?…]+[」』”\"]?\s*|[^。．！？!?…]+$")
_ENGLISH = re.compile(r"[^.!?…]*[.!?…]+[”\"']*\s*|[^.!?…]+$")
_CLAUSES = re.compile(r"[^、,;；:—-]+[、,;；:—-]*\s*")
ENOUGH = 0.65
"""A line is short enough at this part of its length."""


def shortened(text: str) -> str | None:
    """Without its opening word; then by whole sentences, the fullest stays; then by clauses, the last stays."""
    best = text
    bare = pattern("lettering", "fillers").sub("", text)
    if bare and bare != text:
        best = bare[0].upper() + bare[1:] if bare[0].isascii() else bare
    if len(best) > ENOUGH * len(text):
        best = _fullest(_split(best)) or _last(best) or best
    best = best.strip(" 　")
    return best if 0 < len(best) < len(text) else None


def _split(text: str) -> list[str]:
    row = _ENGLISH if text.isascii() or re.search(r"[A-Za-z]{3}", text) else _SENTENCES
    return [piece for piece in row.findall(text) if piece.strip(" 　")]


def _fullest(sentences: list[str]) -> str | None:
    if len(sentences) < 2:
        return None
    return max(sentences, key=len)


def _last(text: str) -> str | None:
    """What a sentence comes to; its words before the last joint are left out."""
    clauses = [piece for piece in _CLAUSES.findall(text) if piece.strip()]
    kept = clauses[-1].strip(" 　") if len(clauses) > 1 else ""
    if len(kept) < max(4, len(text) // 4):
        return None
    return kept[0].upper() + kept[1:] if kept[0].isascii() else kept
