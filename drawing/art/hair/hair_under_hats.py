"""Hair under a hat: pressed down, cut off at the brim, no lock before the eyes. Styles and paths in and out.

Coordinates: the head's.
"""

from collections.abc import Iterable
from dataclasses import replace

from drawing.art.hair.locks import Clump
from drawing.art.hair.styles import HairStyle
from drawing.ink.paths import Path, difference, mapped, rect
from manga.characters import Look
from manga.vocabulary.clothes_and_hair import from_east

_LINES = {
    "sedge": -0.22, "straw": -0.345, "cap": -0.28, "hunting": -0.345, "top": -0.345, "helmet": -0.24, "crown": -0.4,
}  # fmt: skip
"""How high hair reaches at the side of the head under each hat that covers it."""
_FRINGES = {"sedge": -0.1, "straw": -0.07, "cap": -0.12, "hunting": -0.07, "top": -0.07, "helmet": -0.1}
"""How low the tips of a fringe come."""
_WAYWARD = 0.28
"""A lock that goes so far across the brow is combed under the hat."""
_LOW_ROOT, _LOW_TIP = -0.16, -0.06
_FACE = 0.345
_TIED_LOWER = 0.48
"""How far below its usual place hair is tied under a hat."""


def worn_hat(look: Look) -> str:
    """A straw hat is a cone of sedge with the clothes of the old East, and has a brim and a ribbon with others."""
    return "sedge" if look.hat == "straw" and from_east(look.outfit) else look.hat


def presses(hat: str) -> bool:
    """Whether a hat holds hair down; a cloth round the head does not."""
    return hat in _LINES


def pressed(style: HairStyle, hat: str) -> HairStyle:
    """The style without what would stand up against the hat or come out before the eyes."""
    low = _FRINGES.get(hat)
    return replace(
        style,
        cap="curls" if style.cap == "afro" else style.cap,
        rim=_low(style.rim),
        profile_rim=_low(style.profile_rim),
        fringe=style.fringe if low is None else _short(style.fringe, low),
        profile=style.profile if low is None else _short(style.profile, low),
    )


def _low(rim: Iterable[Clump]) -> tuple[Clump, ...]:
    """Locks of the outline that begin and end below the hat."""
    return tuple(c for c in rim if c.root[1] > _LOW_ROOT and c.tip[1] > _LOW_TIP)


def _short(fringe: Iterable[Clump], low: float) -> tuple[Clump, ...]:
    found = []
    for c in fringe:
        if abs(c.tip[0]) > _FACE and abs(c.tip[0] - c.root[0]) < _WAYWARD:
            found.append(c)
        elif abs(c.tip[0] - c.root[0]) < _WAYWARD:
            found.append(replace(c, tip=(c.tip[0], min(c.tip[1], low))))
    return tuple(found)


def beneath(path: Path, hat: str) -> Path:
    """What of some hair is seen below the hat."""
    return difference(path, rect(-3, -4, 6, 4 + _LINES[hat])) if path else ()


def tied_lower(path: Path) -> Path:
    """A bundle that sits where the hat leaves room."""
    return mapped(path, lambda x, y: (x, y + _TIED_LOWER))
