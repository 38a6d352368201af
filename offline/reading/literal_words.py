"""Whether a word in a sentence is literal, present and so: the one gate for all that is drawn or sounded.

What is likened, denied, supposed, wished for, only said, or remembered from before is not before us. Everything that
makes a picture or a sound of a word asks here: places, things, deeds, hands, sounds.
"""

import re
from functools import cache, lru_cache

from manga.brief import Language
from offline.lexicon import words
from offline.reading.en.comparisons import likenesses
from offline.reading.en.suppositions import stretches
from offline.reading.ja.noun_phrases import Token, analysed, reading_of

SENTENCE = re.compile(r"(?:[^。！？.!?\n]|\.(?=\w)|(?<=\bMr)\.|(?<=\bMrs)\.)+[。！？.!?」”\"]*")
"""What is judged at a time: words of one sentence say nothing of the next."""
_DENIED_EN = re.compile(
    r"(?:\b(?:no|without(?: (?:an?|the|any|his|her|my))?|nor|neither|never an?|not (?:an?|the|any|one)"
    r"|(?:\w+n['’]t|not|never) (?:\w+ )?(?:have|had|has|see|saw|find|found|hear|need|want|carry|wear|own)"
    r"(?: (?:an?|the|any|his|her))?)\s+(?:[\w’'-]+\s+){0,2})$",
    re.IGNORECASE,
)
_UNDONE_EN = re.compile(
    r"\b(?:not|never|\w+n['’]t|nobody|cannot|(?<!began )(?<!started )(?<!set )to|would"
    r"|could|should|might|must|may|will|shall|if|unless"
    r"|because (?:he|she|it|they) had"
    r"|(?:which|where|whom) (?:\w+ ){1,2}had)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
"""What stands before a verb that is denied, meant, wished or lies back."""
_TOLD_OF_EN = re.compile(
    r"\b(?:thought (?:of|about)|remember\w*|recall\w*|dream\w* (?:of|about)|imagin\w+"
    r"|(?:told|telling) (?:\w+ )?(?:of|about)"
    r"|(?:spoke|talked|stor(?:y|ies)|tales?|wish\w*|hoped|longed) (?:of|about|for))\b"
)
_SAID_WITHIN = 5
_GOES_ON = frozenset({"接続助詞", "終助詞"})
_PERHAPS_JA = re.compile(
    r"もし(?!かす)|か[もも]知れ|かもしれ|でしょう|だろう|なければな|違いあり|違いない|[はが筈]ずだ|筈|たことの?ない|[うよ]とし(?!て)"
)
_MEMORY = re.compile(
    r"^(?:[^、。]{0,4})?(?:以前|かつて|[一二三四五六七八九十数何]+(?:年|か月|日|週間)(?:まえ|前)|子供のころ|子どものころ)"
    r"|(?:い|あっ)たものだ|という。$|たそうだ|ことがある"
)


def frame_words(key: str) -> frozenset[str]:
    """Words by which a Japanese sentence puts something somewhere, or takes it back."""
    return words("frames_ja", key)


@cache
def frame_verbs(key: str) -> frozenset[str]:
    """Verbs of a list however they are written: the dictionary leaves すわる as it is."""
    known = words("frames_ja", key)
    return known | {reading_of(verb) for verb in known}


def is_literal(sentence: str, start: int, end: int, language: Language) -> bool:
    """Whether the noun at `start`..`end` is there. Linear in the length of the sentence."""
    if language is Language.JA:
        return _noun_is_there(sentence, end)
    if _DENIED_EN.search(sentence[:start]):
        return False
    return not any(low <= start < high for low, high in _unreal_en(sentence))


def happens(sentence: str, start: int, end: int, language: Language) -> bool:
    """Whether the deed of the verb at `start`..`end` is done, now."""
    if language is Language.JA:
        line = analysed(sentence)
        at = next((n for n, token in enumerate(line) if token.end >= end), len(line))
        return verb_is_so(line, at) and not is_remembered(sentence) and not _PERHAPS_JA.search(sentence)
    return not _UNDONE_EN.search(sentence[:start]) and not any(a <= start < b for a, b in _unreal_en(sentence))


@lru_cache(maxsize=512)
def _unreal_en(sentence: str) -> tuple[tuple[int, int], ...]:
    told = ((match.start(), len(sentence)) for match in _TOLD_OF_EN.finditer(sentence))
    supposed = ((one.start, one.end) for one in stretches(sentence, 0, len(sentence)) if not one.habit)
    return (*likenesses(sentence), *supposed, *told)


def is_remembered(sentence: str) -> bool:
    """Whether a Japanese sentence is of another time."""
    return bool(_MEMORY.search(sentence))


def is_likened(sentence: str, end: int) -> bool:
    """Whether a Japanese noun that ends there is only compared with something, or of another time."""
    line, likened = analysed(sentence), frame_words("likened")
    at = next((n for n, token in enumerate(line) if token.start >= end), len(line))
    if any(token.lemma in likened for token in line[at:]) and any(
        token.lemma in frame_words("as_if") for token in line[:at]
    ):
        return True
    first, second = (line[n].lemma if n < len(line) else "" for n in (at, at + 1))
    return is_remembered(sentence) or first in likened or (first in frame_words("joins_nouns") and second in likened)


def _noun_is_there(sentence: str, end: int) -> bool:
    """Not likened by the next words, not denied by the verb that it depends on, not of another time."""
    if is_likened(sentence, end):
        return False
    line = analysed(sentence)
    at = next((n for n, token in enumerate(line) if token.start >= end), len(line))
    verb = next((n for n in range(at, len(line)) if line[n].kind in ("動詞", "形容詞")), len(line))
    between = "".join(token.text for token in line[at:verb])
    return "。" in between or verb_is_so(line, verb)


def verb_is_so(line: tuple[Token, ...], at: int) -> bool:
    """Whether no ending of the verb at `at` denies, supposes, wishes or reports it."""
    if at >= len(line):
        return True
    if line[at].lemma in frame_words("not_so"):
        return False
    after = at + 1
    while after < len(line) and (line[after].kind in ("助動詞", "助詞") or line[after].detail == "非自立可能"):
        token = line[after]
        if token.lemma in frame_words("not_so") or token.text in frame_words("supposed"):
            return False
        if token.kind == "助詞" and token.detail not in _GOES_ON and token.text not in ("て", "で", "と"):
            break
        if token.text == "と" and _is_said(line, after + 1):
            return False
        joins = token.text in frame_words("joins_clauses") and after + 1 < len(line)
        if joins and line[after + 1].detail != "非自立可能":
            break
        after += 1
    rest = "".join(token.text for token in line[at : at + 8])
    return not any(told in rest for told in frame_words("heard_of"))


def _is_said(line: tuple[Token, ...], at: int) -> bool:
    """Whether a verb of saying, writing or thinking follows close by."""
    near = line[at : at + _SAID_WITHIN]
    verb = next((token for token in near if token.kind == "動詞" or token.text == "、"), None)
    return verb is not None and verb.lemma in frame_words("says")
