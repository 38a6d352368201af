"""An English quote and the text around it in, what kind of words it holds out."""

import re

from offline.lexicon import load, pattern
from offline.reading.reading import QuoteKind

NAMING = re.compile(r"(?:one word in it,|name|read|called|the letters of|[Tt]he|sign|word|title|of)\s*:?\s*$")
CALLED_OUT = re.compile(r"\bcalled\s*(?:out)?[,:]\s*$")
SIGN = re.compile(r"\b(?:read|reads|sign|card|notice|placard|label|inscription|one word in it)\b[^_]{0,25}$")


def kind_of(words: str, before: str, after: str, tagged: bool) -> QuoteKind:
    """`before` and `after` are the masked text of the paragraph up to the neighbouring quotes."""
    said = load("reader_en")["said"]
    unmarked = words[-1:] not in ",.!?;:—-…" and not tagged
    named = words.endswith(".") and re.search(r"\b(?:name|read|called|looked the|word|sign)\b[^_]{0,12}$", before)
    naming = NAMING.search(before) and not tagged and not CALLED_OUT.search(before)
    if unmarked or named or naming:
        long_speech = len(words.split()) > 6 or (
            re.search(rf"\b(?:{said})[^.]{{0,30}}[,:]?\s*$", before) and len(words.split()) > 2
        )
        if SIGN.search(before):
            return QuoteKind.SIGN
        if not long_speech:
            return QuoteKind.TERM
    return loudness(words, before, after)


def loudness(words: str, before: str, after: str) -> QuoteKind:
    near = f"{before[-40:]} | {after[:40]}"
    if re.search(r"\bthought\b[^_]{0,12}$", before) or re.match(r"\s*(?:\w+ )?thought\b", after):
        return QuoteKind.THOUGHT
    if len(words) > 60 and pattern("reader_en", "letter").search(before[-60:]) and before.rstrip().endswith(":"):
        return QuoteKind.LETTER
    rows = (
        (pattern("reader_en", "telephone").search(near), QuoteKind.TELEPHONE),
        (pattern("reader_en", "whisper").search(near), QuoteKind.WHISPER),
        (re.search(r"\bsang\b", near) and "\n" in words, QuoteKind.SONG),
        (pattern("reader_en", "shout").search(near) or re.fullmatch(r"[A-Z !?'’,]{4,}!", words), QuoteKind.SHOUT),
    )
    return next((kind for said, kind in rows if said), QuoteKind.SPEECH)
