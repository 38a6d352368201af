"""Marks quotes that hold only a sound as sounds: nobody says 「じゅわあ」. A reading in, the same out.

What is written in kana alone, begins as sounds begin, and is said twice or drawn out is a sound, unless somebody is
told to say it.
"""

import re
from dataclasses import replace

from manga.brief import Language
from offline.reading.story_reading import Quote, QuoteKind, Reading

_HARD = "がぎぐござじずぞどばびぶぼぱぴぷぽガギグゴザジズゾドバビブボパピプポ"
_BEGINS = _HARD + "かこさちときカコサチトキ"
_TWICE = re.compile(rf"(?P<one>[{_BEGINS}][ぁ-んァ-ヴー]{{1,3}})(?:[、・…！!\s]*(?P=one))+[っッんンー]?")
_DRAWN_OUT = re.compile(
    rf"[{_HARD}][ぁ-んァ-ヴ]{{0,3}}(?:[ぁゃあかさたなはまやらわがざだばぱ]あ+|ー+[んンっッ]?|[っッ])"
    r"|(?:が[たちし]ゃ?|ば[たさ]|ぱ[たちん]|ずど)(?:ん|り|っ)"
)
_CLANK = re.compile(r"[カガキギクグコゴザジズチトドバパピブプポボ][ァ-ヴー]{1,5}[ンリッー]")
_WORDS = re.compile(
    r"(?:ば[かあぁ]|だめ|どこ|どれ|だれ|どう|でも|じゃ|ごめん|これ|こら|こっち|かあ|とう|さあ|ちがう|きた|パパ|ばば|じじ)"
)
"""What people do say twice, or draw out."""
MOST = 20
"""Characters of a drawn sound."""
ENDS = "、。！!？?…・ 　\n"
_SAID = re.compile(r"\s*\u3000?と、?[^。「]{0,14}(?:言|いっ|いい|云|叫|さけ|ささや|つぶや|答|声)")


def with_noises(reading: Reading) -> Reading:
    """Linear in the number of quotes; English sounds are told in words."""
    if reading.language is not Language.JA:
        return reading
    return replace(reading, quotes=tuple(_heard(reading.source.text, quote) for quote in reading.quotes))


def _heard(text: str, quote: Quote) -> Quote:
    said = _SAID.match(text, quote.outer_end)
    if not quote.kind.spoken or said or not is_noise(text[quote.start : quote.end]):
        return quote
    return replace(quote, kind=QuoteKind.NOISE, speakers=(), confidence=0.0, rule="noise")


def sound_of(sentence: str) -> str:
    """The sound that a told sentence consists of; empty where it tells anything else."""
    bare = sentence.strip(ENDS)
    return bare if _CLANK.fullmatch(bare) or is_noise(sentence) else ""


def is_noise(words: str) -> bool:
    """Whether the words are nothing but a sound."""
    bare = words.strip(ENDS)
    if _WORDS.match(bare) or not 1 < len(bare) <= MOST:
        return False
    return bool(_TWICE.fullmatch(bare) or _DRAWN_OUT.fullmatch(bare))
