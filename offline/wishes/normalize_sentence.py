"""Makes a sentence ready for patterns: full-width letters folded, quoted text masked, every offset kept."""

import re
import unicodedata
from dataclasses import dataclass

from manga.brief import Language

_QUOTED = re.compile(
    r"「(?P<a>[^」]*)」|『(?P<b>[^』]*)』|“(?P<c>[^”]*)”|\"(?P<d>[^\"]*)\"|‘(?P<e>[^'’]*)['’]|(?<![A-Za-z])'(?P<f>[^'\n]+)'(?![A-Za-z])"
)
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
OPEN, CLOSE, HIDDEN, KNOWN = "⟦", "⟧", "·", "□"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words and where they stand, marks included."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """`masked` is as long as `text`; quoted text is hidden in it."""

    text: str
    masked: str
    quotations: tuple[Quotation, ...]
    language: Language


def sentence_of(text: str) -> Sentence:
    folded = "".join(map(_fold, text))
    quotations: list[Quotation] = []
    masked = folded
    for match in _QUOTED.finditer(folded):
        inner = next(part for part in match.groups() if part is not None)
        begin = match.start() + 1
        quotations.append(Quotation(match.start(), match.end(), text[begin : begin + len(inner)]))
        hidden = OPEN + HIDDEN * (len(match[0]) - 2) + CLOSE
        masked = masked[: match.start()] + hidden + masked[match.end() :]
    return Sentence(text, masked, tuple(quotations), _language(text, masked))


def _language(text: str, masked: str) -> Language:
    """Of the person's own words; of the quoted ones when there are no others. A name alone does not decide."""
    own = masked if any(letter.isalpha() for letter in masked) else text
    japanese = len(_JAPANESE.findall(own))
    english = sum("a" <= letter <= "z" for letter in own)
    return Language.JA if japanese and 2 * japanese >= english else Language.EN


def _fold(letter: str) -> str:
    if letter == "’":
        return "'"
    folded = unicodedata.normalize("NFKC", letter)
    return folded if len(folded) == 1 else letter


def known(text: str, start: int, end: int) -> str:
    """The text with a stretch marked as understood."""
    return text[:start] + KNOWN * (end - start) + text[end:]


def bare_words(text: str) -> str:
    """For comparing quotations with lines: no space, no punctuation, no case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LN" or letter == "ー")
