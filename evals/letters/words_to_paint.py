"""What image models write into pictures of manga by themselves, in both languages, and the fonts that write it.

The finder's rule (`drawing.raster.find_letters`) was written with other words, other fonts and other pictures.
"""

from typing import Final

from drawing.lettering.fonts import FILES, faces, gothic_file, standard_folders
from evals.letters.painted_letters import PaintedWords, Script

WORDS: Final = PaintedWords(
    latin={
        "balloon": (
            "WHERE HAVE YOU BEEN ALL THIS TIME?", "I will never leave you.", "Look out!", "We have no money left, sir",
        ),
        "caption": ("That night at the harbour", "Meanwhile, in the city", "Chapter One"),
        "sign": ("BAKERY", "No Entry", "Station", "OPEN"),
        "signature": ("M. Owen 1909", "Hokuto", "A. Lind", "Grey 24"),
        "sound": ("BOOM", "CRASH!", "thud", "WHOOSH"),
    },
    japanese={
        "balloon": ("どうしてここにいるの", "待ってくれ、話を聞いて", "ありがとう", "もう帰る時間だよ"),
        "caption": ("三年後、港町", "その夜", "第一話 旅立ち"),
        "sign": ("酒", "駅前商店", "立入禁止", "薬局"),
        "signature": ("山本", "春 作", "光"),
        "sound": ("ドカーン", "バキッ", "ザワザワ", "ゴロゴロ", "しーん"),
    },
)  # fmt: skip
_LATIN_ALONE: Final = ("comic", "comic_sfx")


def fonts_of(script: Script) -> tuple[str, ...]:
    """Files of fonts that have a script's letters: the project's own. Raises ValueError where they are missing."""
    own = faces(standard_folders())
    found = {role: str(file) for role in FILES if (file := own.file(role))}
    latin = tuple(found[role] for role in _LATIN_ALONE if role in found)
    both = tuple(file for role, file in found.items() if role not in _LATIN_ALONE)
    if not latin or not both:
        raise ValueError("the fonts of assets/fonts are missing: `make setup` brings them")
    return (*latin, *both) if script == "Latin" else (*both, str(gothic_file()))
