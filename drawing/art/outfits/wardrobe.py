"""What an outfit is made of: from a look to shades, sleeves, lower garment, collar and shoes. Tables, no drawing."""

from dataclasses import dataclass, replace
from typing import Literal

from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.characters import Age, Look

Sleeve = Literal["long", "short", "kimono", "tight", "puff", "bare"]
Lower = Literal[
    "trousers", "skirt", "long_skirt", "tunic", "kimono", "short_kimono", "hakama", "breeches", "fur", "bare",
]  # fmt: skip
Collar = Literal[
    "crossed", "blazer", "gakuran", "sailor", "hood", "round", "shirt", "high", "waistcoat", "monk", "wings", "plates",
    "belted", "military", "apron", "coat", "ragged", "vest", "fur", "cardigan", "haori", "slit", "laced",
]  # fmt: skip
Shoes = Literal["shoe", "sandal", "boot", "soft", "bare", "sock", "paw"]

ROBES = frozenset({"kimono", "hakama", "samurai", "robe", "monk"})
"""Clothes of the old East with wide sleeves."""
BAREFOOT = "barefoot"
IN_SOCKS = "in socks"
_CLOAKS = frozenset({"cloak", "マント"})
"""Marks of the look."""

_CLOAKED = frozenset({"tunic", "gown"})
SHADES: dict[str, Shade] = {"white": WHITE, "light": LIGHT_TONE, "mid": MID_TONE, "dark": DARK_TONE, "black": BLACK}


@dataclass(frozen=True, slots=True)
class Outfit:
    """The parts of what somebody wears."""

    top: Shade
    bottom: Shade
    sleeve: Sleeve
    lower: Lower
    collar: Collar
    shoes: Shoes = "shoe"
    waist: bool = False
    """The trunk's garment ends at the waist, and the lower one goes on from there."""
    paws: Shade | None = None
    """Of an animal that stands like a person; None for hands."""
    mantle: Shade | None = None
    """Over the shoulders."""


def outfit(look: Look) -> Outfit:
    worn = _worn(look)
    if look.outfit in _CLOAKED and not _CLOAKS.isdisjoint(look.marks):
        worn = replace(worn, mantle=BLACK if worn.top == DARK_TONE else LIGHT_TONE if worn.top.black else DARK_TONE)
    if IN_SOCKS in look.marks and worn.shoes != "bare":
        worn = replace(worn, shoes="sock")
    return replace(worn, shoes="bare") if BAREFOOT in look.marks else worn


def _worn(look: Look) -> Outfit:
    tone = SHADES[look.outfit_tone]
    female = look.gender == "female"
    if look.age is Age.ELDER and look.outfit in {"casual", "hoodie"}:
        return Outfit(tone, _below(tone), "long", "long_skirt" if female else "trousers", "cardigan")
    if look.age is Age.ADULT and look.outfit == "casual":
        return _grown(look, tone, female=female)
    if look.age is Age.ELDER and look.outfit == "kimono":
        return Outfit(tone, WHITE if tone.tone or tone.black else LIGHT_TONE, "kimono", "kimono", "haori", "sandal")
    return _dressed(look.outfit, tone, female=female)


def _below(tone: Shade) -> Shade:
    """What is worn under a top of a tone, told apart from it."""
    return WHITE if tone.black else DARK_TONE if tone != DARK_TONE else BLACK


def _grown(look: Look, tone: Shade, *, female: bool) -> Outfit:
    """Everyday clothes of the grown: shirts, blouses, knitwear; T-shirts on some men."""
    below = _below(tone)
    pale = LIGHT_TONE if tone.black or tone == DARK_TONE else BLACK
    women = (
        Outfit(tone, below, "long", "long_skirt", "shirt", waist=True),
        Outfit(tone, pale, "long", "skirt", "cardigan"),
        Outfit(tone, pale, "long", "trousers", "round"),
    )
    men = (Outfit(tone, below, "long", "trousers", "shirt"), Outfit(tone, below, "short", "trousers", "round"))
    among = women if female else men
    return among[look.seed % len(among)]


def _dressed(word: str, tone: Shade, *, female: bool) -> Outfit:
    legs: Lower = "skirt" if female else "trousers"
    dark = BLACK if not tone.black else DARK_TONE
    soft = WHITE if tone.tone or tone.black else LIGHT_TONE
    hose = LIGHT_TONE if tone.black or tone == DARK_TONE else dark
    table: dict[str, Outfit] = {
        "kimono": Outfit(tone, tone, "kimono", "kimono", "crossed", "sandal", waist=True),
        "farmer": Outfit(tone, soft, "tight", "short_kimono", "crossed", "sandal", waist=True),
        "hakama": Outfit(soft, tone if tone != soft else BLACK, "kimono", "hakama", "crossed", "sandal", waist=True),
        "samurai": Outfit(soft, dark, "kimono", "hakama", "wings", "sandal", waist=True),
        "monk": Outfit(dark if dark.black else BLACK, BLACK, "kimono", "kimono", "monk", "sandal", waist=True),
        "robe": Outfit(tone, tone, "kimono", "kimono", "crossed", "sandal", waist=True),
        "school": Outfit(WHITE, dark, "long", legs, "vest"),
        "sailor": Outfit(WHITE, dark, "long", "skirt" if female else "trousers", "sailor"),
        "gakuran": Outfit(BLACK, BLACK, "long", "trousers", "gakuran"),
        "blazer": Outfit(tone, LIGHT_TONE if tone != LIGHT_TONE else BLACK, "long", legs, "blazer"),
        "suit": Outfit(tone, tone, "long", legs, "blazer"),
        "coat": Outfit(tone, dark, "long", "trousers", "coat"),
        "casual": Outfit(tone, soft if tone.black else dark, "short", legs, "round"),
        "hoodie": Outfit(tone, dark, "long", "trousers", "hood"),
        "dress": Outfit(tone, tone, "short", "skirt", "round", waist=True),
        "victorian_dress": Outfit(tone, tone, "puff", "long_skirt", "high", waist=True),
        "victorian_suit": Outfit(tone, LIGHT_TONE if tone != LIGHT_TONE else BLACK, "long", "trousers", "waistcoat"),
        "apron": Outfit(tone, tone, "long", "long_skirt" if female else "trousers", "apron", waist=female),
        "armour": Outfit(tone, BLACK, "tight", "breeches", "plates", "boot"),
        "uniform": Outfit(tone, tone, "long", "breeches", "military", "boot"),
        "hunting": Outfit(tone, soft, "long", "breeches", "belted", "boot"),
        "rags": Outfit(tone, tone, "tight", "short_kimono", "ragged", "bare", waist=True),
        "tunic": Outfit(tone, hose, "tight", "tunic", "slit", "soft", waist=True),
        "gown": Outfit(tone, tone, "tight", "long_skirt", "laced" if female else "slit", "soft", waist=True),
        "none": Outfit(WHITE, WHITE, "bare", "trousers", "round", "bare"),
    }
    return replace(table.get(word, table["casual"]))
