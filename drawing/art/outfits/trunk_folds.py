"""Folds of what covers the trunk: pulled from the armpits, caught at the waist, pressed where the body bends."""

from collections.abc import Sequence
from math import hypot

from drawing.art.outfits.cloth_folds import Fold, at_armpit, falling, gathered
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.outfits.sleeves import Sleeve
from drawing.art.trunk_outline import Frame
from manga.geometry import Point

_SMOOTH = frozenset({"fur", "plates"})
_BELTED = {"crossed": 0.59, "monk": 0.59, "wings": 0.59, "ragged": 0.66, "military": 0.665, "belted": 0.675,
           "apron": 0.655, "high": 0.635, "slit": 0.65, "laced": 0.66}  # fmt: skip
"""Where a belt or a sash catches the cloth."""
_BUTTONED = {"blazer": 0.56, "gakuran": 0.74, "coat": 0.68, "cardigan": 0.72, "waistcoat": 0.84, "haori": 0.5}
"""Where a button or a cord pulls."""
_BOWED = 9.0
"""Degrees: from so much on the trunk is pressed together on one side."""


def trunk_folds(frame: Frame, outfit: Outfit, worn: Sequence[Sleeve]) -> list[Fold]:
    if outfit.collar in _SMOOTH or outfit.sleeve == "bare":
        return []
    folds = [fold for one in worn for fold in _from_armpit(one)]
    low = 0.64 if outfit.waist and outfit.collar == "round" else _BELTED.get(outfit.collar)
    if low is not None:
        folds += _caught(frame, low, outfit)
    elif outfit.collar in _BUTTONED:
        folds += _pulled(frame, _BUTTONED[outfit.collar])
    else:
        folds += _loose(frame)
    return [*folds, *_pressed(frame), *(() if frame.shows_front else _blades(frame))]


def _from_armpit(one: Sleeve) -> list[Fold]:
    return at_armpit(*one.joints[:2], one.radius * 1.15, one.pit, one.inwards)[2:]


def _within(frame: Frame, share: float, t: float) -> Point:
    """A point on the trunk, from its left edge on the page (0) to its right one (1)."""
    a, b = frame.edge(t)
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _caught(frame: Frame, low: float, outfit: Outfit) -> list[Fold]:
    """Blouses above the belt; what hangs below it in a jacket."""
    a, b = _within(frame, 0.1, low), _within(frame, 0.9, low)
    neck = frame.flat(frame.bones.neck)
    up = ((neck[0] - (a[0] + b[0]) / 2) * 0.6, (neck[1] - (a[1] + b[1]) / 2) * 0.6)
    folds = gathered(a, b, up, (0.34, 0.2, 0.44, 0.24, 0.4, 0.22))
    if outfit.collar in {"military", "belted"}:
        c, d = _within(frame, 0.1, low + 0.11), _within(frame, 0.9, low + 0.11)
        folds += gathered(c, d, (-up[0] * 0.5, -up[1] * 0.5), (0.36, 0.2, 0.4, 0.24))
    return folds


def _pulled(frame: Frame, at: float) -> list[Fold]:
    """From the button towards the sides."""
    folds = []
    middle = frame.surface(0, at)
    for side, (share, outer) in ((-1, (0.12, 0.04)), (1, (0.88, 0.96))):
        if abs(_within(frame, share, at)[0] - middle[0]) < 0.2:
            continue
        up, down = _within(frame, share, at - 0.12), _within(frame, outer, at + 0.2)
        start = (middle[0] + (up[0] - middle[0]) * 0.2, middle[1] + (up[1] - middle[1]) * 0.2)
        folds.append(falling(up, start, 0.1 * side, weight=1.0, rank=2))
        folds.append(falling(_within(frame, outer, at + 0.02), down, -0.05 * side, weight=0.9, rank=3))
        folds.append(falling(_within(frame, share, 1.03), _within(frame, (share + 0.5) / 2, 0.82), 0.06 * side, rank=1))
    return folds


def _loose(frame: Frame) -> list[Fold]:
    """A shirt that hangs: from the sides inwards at the waist, and up from its hem."""
    folds = []
    for side, edge, inner in ((-1, 0.05, 0.34), (1, 0.95, 0.66)):
        for t, fall, rank in ((0.56, 0.13, 1), (0.7, 0.1, 2), (0.83, 0.06, 3)):
            start, end = _within(frame, edge, t), _within(frame, inner + 0.08 * side * (t - 0.6), t + fall)
            folds.append(falling(start, end, 0.14 * side, weight=1.05, rank=rank))
    hem = (_within(frame, 0.12, 1.03), _within(frame, 0.88, 1.03))
    return folds + gathered(*hem, (0.0, -1.0), (0.22, 0.14, 0.3, 0.16), weight=0.85)


def _pressed(frame: Frame) -> list[Fold]:
    """On the side to which the trunk bends: towards the lower shoulder, or forwards."""
    a, b = frame.edge(0.2)
    c, d = frame.edge(1.0)
    left, right = hypot(a[0] - c[0], a[1] - c[1]), hypot(b[0] - d[0], b[1] - d[1])
    if max(abs(frame.bones.lean), abs(frame.bones.tilt)) < _BOWED and abs(left - right) < 0.14:
        return []
    edge, inner, side = (0.03, 0.5, -1) if left < right else (0.97, 0.5, 1)
    return [
        falling(_within(frame, edge, t), _within(frame, inner + 0.06 * side * i, t + slant), 0.12 * side,
                weight=1.2 - 0.1 * i, rank=i)
        for i, (t, slant) in enumerate(((0.62, -0.04), (0.74, 0.06), (0.5, -0.1)))
    ]  # fmt: skip


def _blades(frame: Frame) -> list[Fold]:
    """Seen from behind: from the shoulder blades down."""
    return [
        falling(_within(frame, share, 0.24), _within(frame, 0.5 + (share - 0.5) * 0.6, 0.56), bow, rank=rank)
        for share, bow, rank in ((0.16, -0.1, 1), (0.84, 0.1, 1), (0.3, -0.06, 3), (0.7, 0.06, 3))
    ]
