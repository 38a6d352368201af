"""Legs, shoes and what hangs from the waist. Out: pairs of (outline for the silhouette, ink), farther ones first."""

from collections.abc import Sequence
from math import atan2, cos, pi, sin

from drawing.art.limbs import Limb, Radii, around, hull, hulled, ink_limb, limb
from drawing.art.outfits.cloth_folds import Fold, at_bend, at_crotch, gathered, ink_folds, stacked, within
from drawing.art.outfits.fairy_tale import ink_soft_boot
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.outfits.skirts_and_trousers import (
    COAT_TAILS,
    HANGING,
    Piece,
    coat_tails,
    hanging,
    on_heels,
    towards_us,
)
from drawing.art.points_in_space import between
from drawing.art.skeleton import LegBones
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, WHITE, Pen
from manga.geometry import Point

_TROUSERS: tuple[Radii, Radii] = (
    (0.3, 0.292, 0.272, 0.248, 0.226, 0.21, 0.202), (0.202, 0.2, 0.192, 0.182, 0.174, 0.17, 0.175),
)  # fmt: skip
_BREECHES: tuple[Radii, Radii] = (
    (0.3, 0.318, 0.322, 0.305, 0.27, 0.228, 0.19), (0.19, 0.18, 0.182, 0.17, 0.15, 0.135, 0.13),
)  # fmt: skip
_BARE: tuple[Radii, Radii] = (
    (0.26, 0.25, 0.226, 0.196, 0.166, 0.142, 0.13), (0.13, 0.15, 0.163, 0.15, 0.12, 0.094, 0.08),
)  # fmt: skip
_HOSE: tuple[Radii, Radii] = (
    (0.27, 0.265, 0.24, 0.208, 0.176, 0.15, 0.138), (0.138, 0.158, 0.17, 0.156, 0.128, 0.106, 0.098),
)  # fmt: skip
_SHAPES = {"trousers": _TROUSERS, "breeches": _BREECHES, "tunic": _HOSE}
_NEARER = 1.06
"""Times its own thickness: a knee that points at us."""
_CLOTH = frozenset({"trousers", "breeches", "fur", "tunic"})


def legs(frame: Frame, outfit: Outfit, *, sits: bool) -> list[Piece]:
    bones = sorted(
        (frame.bones.left_leg, frame.bones.right_leg), key=lambda b: frame.depth(b.knee) + frame.depth(b.ankle)
    )
    pieces: list[Piece] = []
    if outfit.lower in {"trousers", "breeches", "fur"}:
        pieces.append(_seat(frame, outfit))
    for leg in bones:
        if _under_cloth(frame, leg, outfit):
            continue
        if towards_us(frame, leg) and outfit.lower in {"trousers", "breeches", "fur"}:
            pieces += _lap(frame, leg, outfit)
            continue
        pieces.append(_foot(frame, leg, outfit))
        pieces.append(_leg(frame, leg, outfit))
    if outfit.lower in HANGING:
        pieces.append(hanging(frame, outfit))
    if outfit.collar in COAT_TAILS:
        pieces.append(coat_tails(frame, outfit))
    return pieces


def _under_cloth(frame: Frame, leg: LegBones, outfit: Outfit) -> bool:
    """Whether somebody kneels on this leg in a long garment, and is seen from before."""
    return on_heels(frame, leg) and outfit.lower in {"kimono", "hakama", "long_skirt"}


def _lap(frame: Frame, leg: LegBones, outfit: Outfit) -> list[Piece]:
    """A thigh seen from its knee, before the shin; on a shin that is folded under it one kneels."""
    first, second = _SHAPES.get(outfit.lower, _BARE)
    k = 0.3 + 0.7 * frame.p.limb
    hip, knee = frame.flat(leg.hip), frame.flat(leg.knee)
    way = atan2(knee[1] - hip[1], knee[0] - hip[0])
    wide, round_ = first[0] * 0.96 * k, first[2] * _NEARER * k
    turns = [way - pi / 2 + pi * i / 8 for i in range(9)]
    cap = [(knee[0] + cos(t) * round_, knee[1] + sin(t) * round_) for t in turns]
    roots = [(hip[0] + cos(t) * wide, hip[1] + sin(t) * wide) for t in (turns[0], turns[-1])]
    edge = (roots[0], *cap, roots[1])

    def ink(pen: Pen) -> None:
        if outfit.bottom.black:
            pen.canvas.stroke(smooth(edge), pen.weight * 2.4, 255)
        pen.cover(poly(edge), outfit.bottom)
        pen.canvas.stroke(smooth(edge), pen.weight * 1.25)

    thigh: Piece = (poly(edge), ink)
    return [thigh] if on_heels(frame, leg) else [_foot(frame, leg, outfit), _shin(frame, leg, outfit, second, k), thigh]


def _shin(frame: Frame, leg: LegBones, outfit: Outfit, radii: Radii, k: float) -> Piece:
    joints = [frame.flat(v) for v in (leg.knee, between(leg.knee, leg.ankle, 0.5), leg.ankle)]
    shape = limb(joints, _scaled(radii[:4], k * 1.06), _scaled(radii[3:], k * 1.06))

    def ink(pen: Pen) -> None:
        if outfit.bottom.black:
            pen.canvas.stroke(poly((*shape.left, *reversed(shape.right)), close=False), pen.weight * 2.4, 255)
        ink_limb(pen, shape, outfit.bottom, skip=(0.0, 0.0))
        pen.canvas.stroke(_cut_off(shape.left[-1], shape.right[-1]), pen.weight * 1.1)
        if outfit.shoes == "boot":
            _ink_boot(pen, shape.left, shape.right)

    return shape.path, ink


def _seat(frame: Frame, outfit: Outfit) -> Piece:
    """Between the thighs and the jacket."""
    k = frame.p.hip
    hips = (frame.bones.left_leg.hip, frame.bones.right_leg.hip)
    outline = hulled(*((frame.flat(v), 0.46 * k) for v in hips), (frame.flat(frame.bones.pelvis), 0.5 * k))
    middle, low = frame.flat(frame.bones.pelvis), max(float(op[2]) for op in outline if len(op) > 2)
    crotch = (middle[0], middle[1] * 0.3 + low * 0.7)

    def ink(pen: Pen) -> None:
        pen.shape(outline, outfit.bottom)
        if outfit.lower != "fur":
            left, right = sorted(frame.flat(v) for v in hips)
            sides = (left[0] - 0.28 * k, left[1]), (right[0] + 0.28 * k, right[1])
            ink_folds(pen, at_crotch(*sides, crotch, 0.5 * k), outfit.bottom)

    return outline, ink


def _foot(frame: Frame, leg: LegBones, outfit: Outfit) -> Piece:
    k = frame.p.foot / 0.2
    ankle, heel, toe = frame.flat(leg.ankle), frame.flat(leg.heel), frame.flat(leg.toe)
    mid = frame.flat(between(leg.heel, leg.toe, 0.6))
    ends = ((ankle, 0.1 * k), (heel, 0.09 * k), (mid, 0.1 * k), (toe, 0.085 * k))
    outline = smooth(hull([p for at, r in ends for p in around(at, r, 8)]), closed=True, tension=0.4)

    def ink(pen: Pen) -> None:
        if outfit.shoes == "paw":
            pen.shape(outline, outfit.bottom, 1.0)
        elif outfit.shoes in {"bare", "sock", "sandal"}:
            pen.shape(outline, WHITE, 1.0)
            if outfit.shoes == "sandal":
                sole = hulled(((heel[0], heel[1] + 0.08), 0.05), ((toe[0], toe[1] + 0.08), 0.05))
                pen.shape(sole, BLACK, 0.8)
                pen.line(((ankle[0], mid[1] - 0.05), mid, toe), 1.2, (0.2, 0.6))
        elif outfit.shoes == "soft":
            pen.shape(outline, DARK_TONE, 1.1)
        else:
            pen.shape(outline, BLACK, 1.0)
            pen.line(((heel[0] * 0.3 + mid[0] * 0.7, mid[1] - 0.05), (toe[0], toe[1] - 0.03)), 0.9, (0.6, 0.6), 255)
            if abs(toe[0] - heel[0]) > 0.25 * k:
                _ink_sole(pen, heel, mid, toe, k)

    return outline, ink


def _ink_sole(pen: Pen, heel: Point, mid: Point, toe: Point, k: float) -> None:
    """The seam above the sole, and the step of the heel."""
    low = 0.052 * k
    seam = ((heel[0], heel[1] + low), (mid[0], mid[1] + low * 0.9), (toe[0], toe[1] + low * 0.7))
    pen.curve(seam, 0.6, 255)
    x = heel[0] + (mid[0] - heel[0]) * 0.42
    pen.straight(((x, heel[1] + low), (x, heel[1] + 0.1 * k)), 0.6, 255)


def _leg(frame: Frame, leg: LegBones, outfit: Outfit) -> Piece:
    covered = outfit.lower in _CLOTH
    first, second = _SHAPES.get(outfit.lower, _BARE)
    k = 0.3 + 0.7 * frame.p.limb
    joints = [frame.flat(v) for v in (leg.hip, leg.knee, leg.ankle)]
    shape = limb(joints, _scaled(first, k), _scaled(second, k), point=0.05)
    shade = outfit.bottom if covered else WHITE
    knee = second[0] * k

    def ink(pen: Pen) -> None:
        if shade.black:
            pen.canvas.stroke(poly((*shape.left, *reversed(shape.right)), close=False), pen.weight * 2.4, 255)
        ink_limb(pen, shape, shade, skip=(0.0, 0.0))
        if outfit.lower == "fur":
            return
        ink_folds(pen, _leg_folds(joints, shape, knee, outfit), shade)
        if covered:
            pen.canvas.stroke(_cut_off(shape.left[-1], shape.right[-1]), pen.weight * 1.1)
        if outfit.shoes == "boot":
            _ink_boot(pen, shape.left, shape.right)
        elif outfit.shoes == "soft":
            ink_soft_boot(pen, _tail(shape.left, 0.36), _tail(shape.right, 0.36))
        elif outfit.lower == "skirt" and outfit.shoes != "bare":
            _ink_sock(pen, shape.left, shape.right, outfit)
        elif outfit.lower == "short_kimono":
            _ink_gaiter(pen, shape.left, shape.right)

    return shape.path, ink


def _scaled(radii: Radii, k: float) -> Radii:
    return tuple(r * k for r in radii)


def _cut_off(a: Point, b: Point) -> Path:
    """The end of a trouser leg, a little round."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    return (("M", *a), ("Q", (a[0] + b[0]) / 2 - dy * 0.12, (a[1] + b[1]) / 2 + dx * 0.12, *b))


def _leg_folds(joints: Sequence[Point], shape: Limb, knee: float, outfit: Outfit) -> list[Fold]:
    hip, joint, ankle = joints
    cloth = outfit.lower in {"trousers", "breeches"}
    folds = at_bend(hip, joint, ankle, knee, cloth=cloth)
    if outfit.lower == "trousers":
        folds += stacked(shape.left, shape.right)
    if outfit.lower == "breeches":
        down = ((hip[0] - joint[0]) * 0.9, (hip[1] - joint[1]) * 0.9)
        folds += gathered(_tail(shape.left, 0.5)[0], _tail(shape.right, 0.5)[0], down, (0.3, 0.18, 0.36, 0.2))
    return within(folds, (*shape.left, *reversed(shape.right)))


def _tail(side: Sequence[Point], share: float) -> list[Point]:
    return list(side[-round(13 * share) :])


def _ink_boot(pen: Pen, left: Sequence[Point], right: Sequence[Point]) -> None:
    a, b = _tail(left, 0.34), _tail(right, 0.34)
    pen.shape(poly((*a, *reversed(b))), BLACK, 1.2)


def _ink_sock(pen: Pen, left: Sequence[Point], right: Sequence[Point], outfit: Outfit) -> None:
    a, b = _tail(left, 0.3), _tail(right, 0.3)
    pen.shape(poly((*a, *reversed(b))), BLACK if outfit.collar in {"sailor", "vest"} else WHITE, 1.0)


def _ink_gaiter(pen: Pen, left: Sequence[Point], right: Sequence[Point]) -> None:
    """Straw or cloth bound around the shin."""
    a, b = _tail(left, 0.3), _tail(right, 0.3)
    for p, q in zip(a[:-1], b[:-1], strict=False):
        pen.straight((p, (q[0], q[1] + 0.05)), 0.8)
