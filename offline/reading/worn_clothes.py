"""What somebody wears: of all that is told of him only the words for clothes that he has on, takes off or calls his.

A hat that he catches, buys or gives is no hat on his head.
"""

import re
from typing import Final

from manga.brief import Language
from offline.reading.told_of_somebody import NAME, About

_WORN: Final = {
    Language.EN: (
        re.compile(
            r"\b(?:wore|wears?|wearing|worn|dressed|clad|clothed|wrapped|(?:put|puts|putting|pulled|had|has"
            r"|tried) on|buttoned|donned|in an?|with an?)\b[^.;:!?\n]{0,60}"
        ),
        re.compile(r"\b(?:his|her|its|their) (?:own )?(?:[\w-]+ ){0,3}[\w-]+"),
        re.compile(rf"{NAME}[’']s (?:[\w-]+ ){{0,3}}[\w-]+"),
    ),
    Language.JA: (
        re.compile(
            r"[^。！？\n]{1,40}?[をが][^。、\n]{0,8}(?:着|かぶ|かむ|被|冠|はい|はき|はく|穿|履|まと|纏|つけ|付け|締|しめ|巻|羽織|結"
            r"|脱|ぬい|ぬぐ|取|とっ)|(?<=。)[^。はが\n]{1,20}に、?[^。、\n]{1,12}(?=[。\n]|\Z)"
        ),
        re.compile(r"[^。、！？\n]{1,20}(?:一枚|姿|すがた|なり)(?=[のでにが、。])"),
        re.compile(rf"{NAME}の[^。、\n]{{1,12}}"),
    ),
}
"""What is told to be on, what is somebody's own, what belongs to him by name. A Japanese sentence without a verb lists
clothes by に: 黒い羽織に、編笠。"""


def worn(language: Language, about: About) -> str:
    """One stretch a row; empty where nothing is told to be worn."""
    told, owned, named = _WORN[language]
    places = ((told, about.close), (owned, about.close), (named, about.marked))
    return "\n".join(match.group() for row, text in places for match in row.finditer(text))
