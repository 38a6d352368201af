"""Which breed a look is; of beasts that have no kind of their own its marks say what they are.

What no row names is drawn as a beast of fables, horned and black.
"""

import re
from dataclasses import replace

from drawing.art.animals.breeds import BREEDS, Breed
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.characters import Kind, Look

_GREAT, _JAWS = (0.47, 0.4), (0.25, 0.18)
"""Skull and muzzle of a great cat."""
_ROWS: tuple[tuple[str, Breed], ...] = (
    ("狸|たぬき|タヌキ|raccoon|badger", Breed(0.66, (0.46, 0.36), (0.17, 0.13), 0.2, "round_low", "brush", "slender",
     MID_TONE, socks=BLACK, cheeks=0.12, leg=0.95, long=0.95, patches=True)),
    ("蛙|かえる|カエル|frog|toad", Breed(0.5, (0.5, 0.3), (0.3, 0.14), 0.02, "bulge", "none", "frog", MID_TONE,
     eye=0.9)),
    ("河童|かっぱ|カッパ|kappa", Breed(0.84, (0.42, 0.38), (0.13, 0.12), 0.2, "none", "none", "kappa", LIGHT_TONE,
     mask=LIGHT_TONE, eye=0.95, grown=1.2)),
    ("猿|さる|サル|monkey|ape", Breed(0.6, (0.4, 0.36), (0.19, 0.14), 0.1, "side", "thin", "slender", MID_TONE,
     leg=1.1, long=0.85, cheeks=0.02)),
    ("牛|cow|ox\\b|bull|calf", Breed(1.15, (0.36, 0.36), (0.24, 0.2), 0.34, "floppy", "tuft", "heavy", WHITE,
     mask=WHITE, eye=0.7, horns=True, leg=1.3, long=1.15, grown=1.2, hoofs=True)),
    ("鹿|deer|stag|doe\\b|fawn", Breed(0.85, (0.3, 0.32), (0.16, 0.14), 0.42, "pointed", "stub", "tall", LIGHT_TONE,
     eye=0.85, horns=True, leg=1.9, long=1.1, grown=1.3, hoofs=True)),
    ("豚|猪|pig|boar|hog|sow\\b", Breed(0.85, (0.44, 0.38), (0.2, 0.15), 0.24, "short", "curl", "heavy", LIGHT_TONE,
     mask=LIGHT_TONE, snout=True, eye=0.6, leg=0.8, grown=1.2, hoofs=True)),
    ("羊|山羊|goat|sheep|lamb|ram\\b|kid\\b", Breed(0.7, (0.36, 0.34), (0.16, 0.14), 0.3, "floppy", "stub", "slender",
     WHITE, eye=0.75, horns=True, leg=1.2, hoofs=True)),
    ("虎|tiger", Breed(1.25, _GREAT, _JAWS, 0.16, "small", "thin", "heavy", LIGHT_TONE,
     cheeks=0.16, eye=0.62, leg=1.15, long=1.15, whiskers=True, stripes=True, roars=True, pelt="striped", grown=1.25)),
    ("豹|leopard|panther|jaguar|cheetah", Breed(1.1, _GREAT, _JAWS, 0.16, "small", "thin", "heavy", LIGHT_TONE,
     cheeks=0.04, eye=0.62, leg=1.2, long=1.15, whiskers=True, roars=True, pelt="spotted", grown=1.2)),
    ("獅子|ライオン|lion", Breed(1.25, _GREAT, _JAWS, 0.18, "small", "tuft", "heavy", LIGHT_TONE,
     mane=True, eye=0.62, leg=1.15, long=1.1, whiskers=True, roars=True, grown=1.25)),
    ("土竜|もぐら|モグラ|mole", Breed(0.46, (0.42, 0.34), (0.15, 0.1), 0.34, "none", "stub", "slender", DARK_TONE,
     mask=LIGHT_TONE, eye=0.5, leg=0.55, long=0.8, whiskers=True, grown=1.3)),
    ("栗鼠|りす|リス|squirrel", Breed(0.4, (0.4, 0.34), (0.14, 0.1), 0.14, "short", "brush", "slender", MID_TONE,
     teeth=True, leg=0.8, long=0.75, cheeks=0.1, eye=1.0)),
    ("いたち|イタチ|鼬|川獺|かわうそ|weasel|stoat|otter|beaver|hedgehog|marten",
     Breed(0.44, (0.38, 0.32), (0.15, 0.11), 0.2, "round_low", "thin", "slender", MID_TONE, leg=0.7, long=1.2,
     whiskers=True, eye=0.9)),
    ("梟|ふくろう|フクロウ|みみずく|木菟|\\bowl", Breed(0.5, (0.5, 0.43), (0.1, 0.08), 0.0, "none", "none", "owl",
     MID_TONE, eye=1.3, grown=1.3)),
    ("鶴|つる$|白鷺|egret|\\bcranes?\\b|stork",
     Breed(0.46, (0.3, 0.27), (0.1, 0.1), 0.3, "none", "none", "wader", WHITE, eye=0.74, beak=0.62, grown=1.25)),
    ("鷺|さぎ$|サギ|heron",
     Breed(0.46, (0.3, 0.27), (0.1, 0.1), 0.3, "none", "none", "wader", LIGHT_TONE, eye=0.74, beak=0.62, grown=1.25)),
    ("蛇|へび|ヘビ|おろち|くちなわ|snake|serpent|adder|viper|python|cobra",
     Breed(0.5, (0.42, 0.32), (0.24, 0.15), 0.16, "none", "none", "snake", MID_TONE, eye=0.85, grown=1.25)),
    ("蜘蛛|くも$|spider", Breed(0.4, (0.34, 0.3), (0.1, 0.08), 0.04, "none", "none", "spider", DARK_TONE,
     mask=DARK_TONE, eye=1.0)),
)  # fmt: skip
_FABULOUS = re.compile("怪物|化物|獣|竜|龍|鬼|beast|monster|dragon|ogre", re.IGNORECASE)
_BEFALLEN = re.compile("(?:wound|bandage): |wet$|torn clothes$|barefoot$")
"""Marks that tell what has befallen a beast, not what it is."""
_SPECIES = tuple((re.compile(words, re.IGNORECASE), breed) for words, breed in _ROWS)


_DYED = frozenset({"slender", "heavy", "tall", "bird", "owl", "snake"})
_NAMED = frozenset({Kind.BEAST, Kind.BIRD})
"""Kinds of which marks say more."""


def breed_of(look: Look) -> Breed:
    """The breed in the coat that the look names: black and white ones are their own, all others the kind's."""
    named = breed_by_marks(look) if look.kind in _NAMED else None
    breed = named or BREEDS[look.kind]
    words = " ".join(look.marks).lower()
    if breed.body not in _DYED or (look.kind is Kind.BEAST and breed.body != "snake"):
        return breed
    if (look.hair_color == "black" and look.kind is not Kind.BEAST) or "black" in words or "黒" in words:
        socks = BLACK if breed.socks else None
        return replace(breed, coat=BLACK, mask=BLACK, socks=socks, stripes=False)
    if look.hair_color == "white" or "white" in words or "白" in words:
        return replace(breed, coat=WHITE, mask=WHITE, socks=None, stripes=False)
    return breed


def breed_by_marks(look: Look) -> Breed | None:
    """The breed of the first mark that names one."""
    return next((breed for mark in look.marks for words, breed in _SPECIES if words.search(mark)), None)


def unknown_beast(look: Look) -> str:
    """What a beast is said to be that nobody can draw; empty where its breed is known, or where it may be anything."""
    marks = [mark for mark in look.marks if not _BEFALLEN.match(mark)]
    if look.kind is not Kind.BEAST or breed_by_marks(look) is not None or not marks:
        return ""
    return "" if any(_FABULOUS.search(mark) for mark in marks) else marks[0]
