"""The parts of an outfit: from a look to shades, sleeves, lower garment, collar and shoes. No drawing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, SHADES, WHITE, Shade
from manga.characters import Age, Look
from manga.vocabulary.clothes_and_hair import Has, hair_styles, headgear, outfits

Sleeve = Literal["long", "short", "kimono", "tight", "puff", "bare"]
Lower = Literal[
    "trousers", "skirt", "long_skirt", "tunic", "kimono", "short_kimono", "hakama", "breeches", "fur", "bare",
]  # fmt: skip
Collar = Literal[
    "crossed", "blazer", "gakuran", "sailor", "hood", "round", "shirt", "high", "waistcoat", "monk", "wings", "plates",
    "belted", "military", "apron", "coat", "ragged", "vest", "fur", "cardigan", "haori", "slit", "laced",
]  # fmt: skip
Shoes = Literal["shoe", "sandal", "boot", "soft", "bare", "sock", "paw"]

BAREFOOT = "barefoot"
IN_SOCKS = "in socks"
_CLOAKS = frozenset({"cloak", "マント"})
"""Marks of the look."""

WEARS_CLOAK = "wears a cloak"
"""A mark of the look of somebody who has one on, over whatever else."""
_CLOAKED = frozenset({"tunic", "gown"})


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
    if WEARS_CLOAK in look.marks or (look.outfit in _CLOAKED and not _CLOAKS.isdisjoint(look.marks)):
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


def drawn_look(look: Look) -> Look:
    """The look in clothes, a hat and hair that have a drawing of their own."""
    own = {"outfit": look.outfit, "hat": look.hat, "hair_style": look.hair_style}
    drawn = {
        "outfit": outfits().drawn_as(look.outfit),
        "hat": headgear().drawn_as(look.hat),
        "hair_style": hair_styles().drawn_as(look.hair_style),
    }
    return look if drawn == own else look.model_copy(update=drawn)


def has(look: Look, part: Has) -> bool:
    """Whether what somebody wears has lapels, pockets, a belt, or wide sleeves."""
    return part in outfits().entries[look.outfit].has


def _dressed(word: str, tone: Shade, *, female: bool) -> Outfit:
    worn = outfits().entries[outfits().drawn_as(word)].covers
    if worn is None:
        raise LookupError(f"outfit {word} covers nothing and is like nothing")
    shades = _shades_beside(tone)
    sex: Literal["female", "other"] = "female" if female else "other"
    lower, collar, waist = (
        part if isinstance(part, str | bool) else part[sex] for part in (worn.lower, worn.collar, worn.waist)
    )
    garments: dict[str, Any] = {"sleeve": worn.sleeve, "lower": lower, "collar": collar, "shoes": worn.shoes}
    return Outfit(top=shades[worn.top], bottom=shades[worn.bottom], **garments, waist=bool(waist))


def _shades_beside(tone: Shade) -> Mapping[str, Shade]:
    """Shades of the register beside the look's own."""
    dark = BLACK if not tone.black else DARK_TONE
    soft = WHITE if tone.tone or tone.black else LIGHT_TONE
    return {
        "own": tone,
        "white": WHITE,
        "black": BLACK,
        "dark": dark,
        "soft": soft,
        "pale": LIGHT_TONE if tone != LIGHT_TONE else BLACK,
        "deep": tone if tone != soft else BLACK,
        "hose": LIGHT_TONE if tone.black or tone == DARK_TONE else dark,
        "below": soft if tone.black else dark,
    }
