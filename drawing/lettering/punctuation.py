"""Brings punctuation into house style: story text in, the lettered text out. Pure; only 。, outer 「」 and English
commas at the end are lost."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from drawing.lettering.kinsoku import may_break
from manga.values import Ruby

Style = Literal["magazine", "literal"]
BREAK = "\n"
_OPEN, _CLOSE = "「『", "」』"
_STOPS = "。．"
_DASHES = re.compile(r"[—―─–-]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its ruby; a line break inside means: a new column begins here."""

    text: str
    ruby: tuple[Ruby, ...] = ()


def is_control(character: str) -> bool:
    """Whether it is an order to a machine, which nobody letters; a line break is none."""
    return character not in "\n\t" and unicodedata.category(character) == "Cc"


def without(words: Words, dropped: Collection[int]) -> Words:
    """The words without the characters at some places; ruby over nothing is left out."""
    if not dropped:
        return words
    kept = [i for i in range(len(words.text)) if i not in dropped]
    return _picked(words, kept, frozenset())


def punctuated(words: Words, style: Style) -> Words:
    """The words as they are set."""
    return magazine(words) if style == "magazine" else words


def magazine(words: Words) -> Words:
    """As magazines letter: no outer 「」, no 。 at the end, and a new column where a sentence ended inside."""
    start, end = _unquoted(words.text)
    kept: list[int] = []
    breaks: set[int] = set()
    for i in range(start, end):
        if words.text[i] not in _STOPS or _is_decimal(words.text, i):
            kept.append(i)
        elif kept and may_break("あ", words.text[i + 1 : end].lstrip(_STOPS + " \u3000\n")):
            breaks.add(len(kept))
    if not kept:
        return words
    return _picked(words, kept, breaks)


def unpaused(text: str) -> str:
    """English words without the comma that a sentence had before `she said` or before the next caption."""
    bare = text.rstrip()
    return bare.rstrip(",;").rstrip() if bare.endswith((",", ";")) and len(bare) > 1 else text


def _unquoted(text: str) -> tuple[int, int]:
    """The stretch without a pair of quotes around the whole, or a quote left open by a cut."""
    start, end = 0, len(text)
    while end - start > 1:
        first, last = text[start], text[end - 1]
        inner = text[start + 1 : end - 1]
        if first in _OPEN and last in _CLOSE and _balanced(inner):
            start, end = start + 1, end - 1
        elif first in _OPEN and not any(c in _CLOSE for c in text[start + 1 : end]):
            start += 1
        elif last in _CLOSE and not any(c in _OPEN for c in text[start : end - 1]):
            end -= 1
        else:
            break
    return start, end


def _balanced(text: str) -> bool:
    depth = 0
    for c in text:
        depth += (c in _OPEN) - (c in _CLOSE)
        if depth < 0:
            return False
    return depth == 0


def _is_decimal(text: str, i: int) -> bool:
    return text[i] == "．" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()


def _picked(words: Words, kept: Sequence[int], breaks: Collection[int]) -> Words:
    """The text of the kept places, with breaks, and its ruby moved along."""
    out: list[str] = []
    place: dict[int, int] = {}
    for n, i in enumerate(kept):
        if n in breaks and out and out[-1] != BREAK:
            out.append(BREAK)
        place[i] = len(out)
        out.append(words.text[i])
    ruby = tuple(
        Ruby(start=place[r.start], end=place[r.end - 1] + 1, reading=r.reading)
        for r in words.ruby
        if r.start in place and r.end - 1 in place
    )
    return Words("".join(out), ruby)


def letters(text: str) -> str:
    """What must not be lost between a text and its glyphs: all but spaces; width, case, quotes and dashes folded."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return _DASHES.sub("-", "".join(c for c in folded if not c.isspace() and not _is_unseen(c)))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"}


def lost(source: str, drawn: str) -> int:
    """How many characters of a source are not drawn, under the house style that loses fewer."""
    set_text = letters(drawn)
    versions = (source, magazine(Words(source)).text, unpaused(source))
    return min(_missing(letters(version), set_text) for version in versions)


def _missing(wanted: str, found: str) -> int:
    """Characters of `wanted` that do not follow one another in `found`, and those that came from nowhere."""
    if wanted == found:
        return 0
    i = 0
    for c in found:
        if i < len(wanted) and wanted[i] == c:
            i += 1
    return max(len(wanted) - i, abs(len(found) - len(wanted)), 1)
