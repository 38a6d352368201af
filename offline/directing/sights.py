"""The moon that lies on water. Where a sentence tells of it, it is the picture.

In: the moments of every page. Out: the same; a moment that tells so shows it, and so does what its
beat goes on to tell; or a look at it follows.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from drawing.art.settings.waterside import MOON_ON_WATER
from manga.brief import Language
from offline.directing.acts import QUIET
from offline.directing.moments import Moment
from offline.reading.story import lore

_WATER = r"(?:water|pond|lake|pool|well|river|stream|sea|bay|puddle|bucket)\b"
_LIGHT = r"\b(?:moon(?:light)?|brightness)\b"
_TOLD = {
    Language.EN: re.compile(
        rf"{_LIGHT}[^.;!?]{{0,24}}\b(?:on|in|upon|across) the (?:\w+ )?{_WATER}"
        rf"|\b(?:in|on|upon) the (?:\w+ )?{_WATER}[^.;!?]{{0,24}}(?:was|lay|shone|swam|trembled) [^.;!?]{{0,8}}{_LIGHT}"
        r"|\b(?:image|reflection) of the moon\b"
        r"|\b(?:ran|flowed|came|went)\b[^.;!?]{0,32}\bthe moon (?:on|in) (?:it|its \w+)\b"
    ),
    Language.JA: re.compile(
        r"(?:水|池|湖|沼|川|海|井戸|盃|桶|水面|水たまり)(?:の[^、。]{1,4})?に[^。]{0,10}月[^。]{0,8}(?:うつ|映|写|浮か|揺れ|ゆれ)"
        r"|月(?:影)?[がは][^。]{0,14}(?:水|池|湖|沼|川|海|井戸|水面)[^。]{0,6}に[^。]{0,6}(?:うつ|映|写|浮か|揺れ|ゆれ)"
        r"|水の中の月"
    ),
}
_APART = 4
"""Moments between two looks at it, at least."""


def with_moons(pages: Sequence[Sequence[Moment]], language: Language) -> list[list[Moment]]:
    """Linear in the length of the story."""
    found: list[list[Moment]] = []
    since, before = _APART, ""
    for page in pages:
        found.append([])
        for moment in page:
            since += 1
            shown = not moment.thing and since > _APART and _tells(moment, language)
            alone = all(deed.action in QUIET for deed in moment.deeds)
            goes_on = moment.beat.key == before and moment.purpose == "told" and not moment.deeds
            since = 0 if shown else since
            before = moment.beat.key if (shown and alone) or goes_on else ""
            found[-1].append(replace(moment, thing=MOON_ON_WATER) if before else moment)
            if shown and not alone:
                found[-1].append(moment.look_at(MOON_ON_WATER))
    return found


def _tells(moment: Moment, language: Language) -> bool:
    if moment.purpose != "told" or moment.line is None:
        return False
    tables = lore(language)
    text = tables.real(moment.line.text)
    return bool(_TOLD[language].search(text)) and not tables.pattern("thing_supposed").search(text)
