"""Tears that are only spoken of. In: the figures of a framed panel. Out: the same; whoever says that he cannot see for
tears, or is asked why he weeps, weeps.
"""

import re
from collections.abc import Sequence

from manga.brief import Language
from manga.characters import Cast
from manga.storyboard import Expression, FigureDirection
from offline.directing.named import is_named
from offline.directing.roles import Frame

_OWN = {
    Language.JA: re.compile(r"涙(?:で|が)[^。、]{0,6}(?:見え(?:な|ん)|止ま(?:ら|ん)|とま(?:ら|ん)|出(?:る|てき|て来))"),
    Language.EN: re.compile(
        r"\b(?:I can(?:no|['’])t (?:see|stop) (?:for|with|my) (?:the |my )?tears|I am crying|I['’]m crying)\b"
    ),
}
_ASKED = {
    Language.JA: re.compile(r"泣(?:い(?:てる|ている|とる|ておる|てん)(?!人|子|奴|やつ)|くな|かない(?:で|の))"),
    Language.EN: re.compile(
        r"(?i)\b(?:are you (?:crying|weeping)|don['’]t (?:cry|weep)|you['’]re crying|stop crying)\b"
    ),
}


def with_tears(
    figures: Sequence[FigureDirection], frame: Frame, cast: Cast, language: Language
) -> tuple[FigureDirection, ...]:
    said = [(moment.speaker, moment.line.text) for moment in frame.moments if moment.speaker and moment.line]
    weeping = {speaker for speaker, text in said if _OWN[language].search(text)}
    people = [figure.character for figure in figures]
    for speaker, text in said:
        if _ASKED[language].search(text):
            weeping |= set(_asked(speaker, text, people, cast))
    return tuple(
        figure.model_copy(update={"expression": Expression.CRY}) if figure.character in weeping else figure
        for figure in figures
    )


def _asked(speaker: str, text: str, people: Sequence[str], cast: Cast) -> list[str]:
    """Whoever is named in the words; where nobody is, the only other one who is there."""
    named = [sheet.key for sheet in cast.characters if sheet.key != speaker and is_named(sheet, text)]
    others = [key for key in people if key != speaker]
    return named or (others if len(others) == 1 else [])
