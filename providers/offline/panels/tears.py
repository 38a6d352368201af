"""Tears that are only spoken of. In: the figures of a framed panel. Out: the same; whoever says that he cannot see for
tears, or is asked why he weeps, weeps.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from manga.brief import Language
from manga.characters import Cast
from manga.storyboard import Expression, FigureDirection
from providers.offline.panels.moments import Moment
from providers.offline.panels.roles import Frame

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


@dataclass(frozen=True, slots=True)
class _Said:
    speaker: str
    text: str


def with_tears(
    figures: Sequence[FigureDirection], frame: Frame, cast: Cast, language: Language
) -> tuple[FigureDirection, ...]:
    """Linear in the words of the panel."""
    said = [_Said(m.speaker, m.line.text) for m in frame.moments if _spoken(m) and m.speaker and m.line]
    weeping = {one.speaker for one in said if _OWN[language].search(one.text)}
    people = [figure.character for figure in figures]
    for one in said:
        if _ASKED[language].search(one.text):
            weeping |= set(_asked(one, people, cast))
    return tuple(
        figure.model_copy(update={"expression": Expression.CRY}) if figure.character in weeping else figure
        for figure in figures
    )


def _spoken(moment: Moment) -> bool:
    return moment.purpose == "spoken" and bool(moment.parts)


def _asked(said: _Said, people: Sequence[str], cast: Cast) -> list[str]:
    """Whoever is named in the words; where nobody is, the only other one who is there."""
    named = [
        sheet.key
        for sheet in cast.characters
        if sheet.key != said.speaker and any(name in said.text for name in (sheet.name, *sheet.aliases))
    ]
    others = [key for key in people if key != said.speaker]
    return named or (others if len(others) == 1 else [])
