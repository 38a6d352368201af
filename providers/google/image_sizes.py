"""What sizes and proportions Google's image models take, and how many pictures to draw after (2026-11-24)."""

from dataclasses import dataclass, replace
from math import log
from typing import Final

from manga.geometry import mm_to_px
from providers.google.prices import ImageSize

RATIOS: Final = {
    "1:1": (1024, 1024), "1:4": (512, 2048), "1:8": (384, 3072), "2:3": (832, 1248), "3:2": (1248, 832),
    "3:4": (864, 1184), "4:1": (2048, 512), "4:3": (1184, 864), "4:5": (896, 1152), "5:4": (1152, 896),
    "8:1": (3072, 384), "9:16": (768, 1344), "16:9": (1344, 768), "21:9": (1536, 672),
}  # fmt: skip
"""Every proportion that the models take, with the pixels of a 1K picture."""

PRINT_DPI: Final = 300.0
"""Ink lines of a picture with fewer pixels are soft in print; the tone is laid over it at a resolution of its own."""


@dataclass(frozen=True, slots=True)
class Painter:
    """An image model: the sizes that it draws, and how many reference pictures it takes beside the prompt."""

    model: str
    sizes: tuple[ImageSize, ...]
    most_sheets: int


PAINTERS: Final = (
    Painter("gemini-nano-banana-2.1", ("1K", "2K"), 14),
    Painter("gemini-3-pro-image", ("1K", "2K"), 14),
    Painter("gemini-3.1-flash-lite-image", ("1K",), 3),
)
"""How many pictures the lite model takes is not published; three is what every image model of the family has taken."""


def painter_of(model: str, references: int | None = None) -> Painter | None:
    """The model, or a version of it; of one of the family that we do not know, only what all of them do. None: it is
    no Gemini model that draws. `references`: how many reference pictures it is to take, where somebody says so."""
    known = _painter_of(model)
    return known if known is None or references is None else replace(known, most_sheets=references)


def _painter_of(model: str) -> Painter | None:
    bare = model.rsplit("/", 1)[-1]
    for painter in PAINTERS:
        if bare == painter.model or bare.startswith(f"{painter.model}-0"):
            return painter
    draws = bare.startswith("gemini-") and ("image" in bare or "banana" in bare)
    return Painter(bare, ("1K",), 3) if draws else None


def ratio_for(width: float, height: float) -> str:
    """The proportion that is nearest to a panel's: as a factor, so that wide and high ones count alike."""
    wanted = log(width / height)
    return min(RATIOS, key=lambda name: abs(log(RATIOS[name][0] / RATIOS[name][1]) - wanted))


def size_for(width_mm: float, height_mm: float, sizes: tuple[ImageSize, ...]) -> ImageSize:
    """The smallest size that has the pixels which print needs; else the largest that the model draws."""
    wide, high = RATIOS[ratio_for(width_mm, height_mm)]
    enough = wide >= mm_to_px(width_mm, PRINT_DPI) and high >= mm_to_px(height_mm, PRINT_DPI)
    return sizes[0] if enough else sizes[-1]
