"""Clothes seen from behind: collars at the nape, sashes, belts, hoods."""

from drawing.art.outfits.buttons_and_bands import contrast, patch, points
from drawing.art.outfits.cloth_folds import falling, ink_folds
from drawing.art.outfits.fairy_tale import BELT, leather, waist
from drawing.art.outfits.kimono_and_armour import nape, obi_back
from drawing.art.outfits.neck_collars import folded, neckline, stand_up
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import poly, smooth
from drawing.ink.pen import BLACK, LIGHT_TONE, WHITE, Pen, Shade

FOLDED = frozenset({"blazer", "waistcoat", "vest", "apron", "coat", "cardigan", "belted", "shirt"})
STANDING = {"gakuran": 0.15, "military": 0.15, "high": 0.17}
WRAPPED = frozenset({"crossed", "monk", "wings", "ragged", "haori"})
"""Collars by how they go round the neck; of those that stand up their height, heads."""
_BELTS = {"military": (0.67, 0.76), "belted": (0.68, 0.77), "apron": (0.66, 0.73), "high": (0.64, 0.72),
          "plates": (0.7, 0.78), "slit": BELT}  # fmt: skip


def ink_back(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    if outfit.collar == "plates":
        _lames(pen, frame, outfit)
    elif outfit.collar != "fur":
        pen.line(points(frame, ((180, 0.14), (180, 0.7))), 0.8, (0.4, 1), outfit.top.line)
    if outfit.collar in WRAPPED:
        nape(pen, frame, outfit)
    if outfit.collar in WRAPPED - {"haori"}:
        obi_back(pen, frame, outfit)
    if outfit.collar == "vest":
        half = ((138, 0.02), (108, 0.18), (97, 0.34), (97, 1.03))
        patch(pen, frame, (*half, *((-a, t) for a, t in reversed(half))), LIGHT_TONE, 1.0)
    if outfit.collar in _BELTS:
        _belt(pen, frame, *_BELTS[outfit.collar], _leather(outfit))
    elif outfit.waist and outfit.collar == "round":
        _belt(pen, frame, 0.66, 0.73, contrast(outfit.top))
    elif outfit.collar == "laced":
        waist(pen, frame, outfit.top, (90, 135, 180, -135, -90))
    _neck(pen, frame, outfit)


def _leather(outfit: Outfit) -> Shade:
    if outfit.collar == "apron":
        return WHITE
    if outfit.collar in {"high", "slit"}:
        return contrast(outfit.top) if outfit.collar == "high" else leather(outfit.top)
    return WHITE if outfit.top.black and outfit.collar == "plates" else BLACK


def _neck(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    if outfit.collar in STANDING:
        stand_up(pen, frame, WHITE if outfit.collar == "high" else outfit.top, STANDING[outfit.collar])
    elif outfit.collar in FOLDED:
        folded(pen, frame, outfit.top if outfit.collar in {"blazer", "coat", "belted"} else WHITE)
    elif outfit.collar == "sailor":
        _flap(pen, frame, outfit.bottom)
    elif outfit.collar == "hood":
        _hood(pen, frame, outfit)
    elif outfit.collar not in {"fur", *WRAPPED} and outfit.sleeve != "bare":
        neckline(pen, frame, outfit.top)


def _flap(pen: Pen, frame: Frame, shade: Shade) -> None:
    """A sailor's collar."""
    half = ((118, -0.03), (128, 0.05), (126, 0.28))
    patch(pen, frame, (*half, *((-a, t) for a, t in reversed(half)), (180, -0.02)), shade, 1.1)
    pen.straight(points(frame, ((132, 0.06), (130, 0.255), (-130, 0.255), (-132, 0.06))), 0.9, shade.line)


def _belt(pen: Pen, frame: Frame, top: float, bottom: float, shade: Shade) -> None:
    upper = points(frame, [(a, top) for a in (90, 135, 180, -135, -90)], 1.04)
    lower = points(frame, [(a, bottom) for a in (-90, -135, 180, 135, 90)], 1.04)
    pen.shape(poly((*upper, *lower)), shade, 1.1)


def _lames(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    for i in range(6):
        t = 0.2 + i * 0.13
        row = points(frame, ((96, t), (140, t + 0.03), (180, t + 0.04), (-140, t + 0.03), (-96, t)))
        pen.line(row, 1.2, (0, 0), outfit.top.line)


def _hood(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    bag = points(frame, ((95, -0.05), (120, 0.12), (150, 0.27), (180, 0.32), (-150, 0.27), (-120, 0.12), (-95, -0.05),
                         (180, -0.09)), 1.06)  # fmt: skip
    pen.shape(smooth(bag, closed=True, tension=0.6), outfit.top, 1.2)
    folds = [falling(frame.surface(s * 150, 0.02), frame.surface(s * 166, 0.21), 0.1, rank=1) for s in (-1, 1)]
    ink_folds(pen, folds, outfit.top)
