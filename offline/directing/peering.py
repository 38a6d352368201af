"""Eyes that nobody is seen to have: at a keyhole, in the dark. Where a sentence tells of them, they are the picture.

In: the moments of every page. Out: the same; a moment that tells so shows the eyes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from drawing.art.peering import CAT, DARK, KEYHOLE
from manga.brief import Language
from manga.characters import Kind
from offline.directing.moments import Moment
from offline.reading.cries import cry_of
from offline.reading.story import lore

_LOOK = r"(?:のぞ|覗|にらん|睨|光[っりる]|ひか[っりる]|(?:見|み)て)"
_EYES = {
    Language.JA: r"[眼目](?:玉|の玉)?が?",
    Language.EN: r"\beyes\b",
}
_HOLE = {
    Language.JA: r"(?:鍵穴|かぎ穴|かぎあな|節穴|ふし穴)",
    Language.EN: r"\b(?:keyholes?|peep-?holes?|knot-?holes?)\b",
}
_GLOOM = {
    Language.JA: r"(?:暗やみ|暗闇|くらやみ|闇|藪|やぶ|茂み)(?:の(?:中|奥|なか))?(?:に|から|で)",
    Language.EN: r"\b(?:in|from|out of) the (?:dark(?:ness)?|bushes|shadows)\b",
}
_PATTERNS = {
    Language.JA: {
        word: re.compile(rf"{place[Language.JA]}[^。]{{0,16}}{_EYES[Language.JA]}[^。]{{0,12}}{_LOOK}")
        for word, place in ((KEYHOLE, _HOLE), (DARK, _GLOOM))
    },
    Language.EN: {
        KEYHOLE: re.compile(
            rf"{_EYES[Language.EN]}[^.]{{0,40}}{_HOLE[Language.EN]}|{_HOLE[Language.EN]}[^.]{{0,40}}{_EYES[Language.EN]}"
        ),
        DARK: re.compile(
            r"\b(?:eyes (?:\w+ ){0,2}(?:gleam|glitter|glow|shone|shin|burn|watch|look|star|peer|peep)\w*"
            rf"|(?:pair of|two|green|yellow) (?:\w+ )?eyes)\b[^.]{{0,30}}{_GLOOM[Language.EN]}"
        ),
    },
}
_UNSEEN = {language: re.compile(words) for language, words in _GLOOM.items()}


def with_eyes(pages: Sequence[Sequence[Moment]], language: Language) -> list[list[Moment]]:
    """Linear in the length of the story."""
    return [[_shown(moment, language) for moment in page] for page in pages]


def _shown(moment: Moment, language: Language) -> Moment:
    if moment.purpose == "spoken" and moment.line is not None and not moment.thing:
        mews = cry_of(moment.line.text) is Kind.CAT and _UNSEEN[language].search(moment.beat.told)
        return replace(moment, thing=CAT) if mews else moment
    text = moment.line.text if moment.purpose == "told" and moment.line is not None else ""
    if not text or moment.deeds or lore(language).pattern("thing_supposed").search(text):
        return moment
    word = next((word for word, row in _PATTERNS[language].items() if row.search(text)), "")
    return replace(moment, thing=word) if word else moment
