"""Legs, shoes and what hangs from the waist. Out: pairs of (outline for the silhouette, ink), farther ones first."""

from collections.abc import Callable, Sequence

from drawing.art.frame import Frame
from drawing.art.limbs import Radii, around, crease, hull, hulled, ink_limb, limb
from drawing.art.outfits.wardrobe import Outfit
from drawing.art.rig import Vec, add, between
from drawing.art.skeleton import LegBones
from drawing.ink.paths import Path, poly
from drawing.ink.pen import BLACK, WHITE, Pen, Shade
from manga.geometry import Point

Piece = tuple[Path, Callable[[Pen], None]]

_TROUSERS: tuple[Radii, Radii] = ((0.3, 0.25, 0.2), (0.2, 0.19, 0.175))
_BREECHES: tuple[Radii, Radii] = ((0.3, 0.29, 0.22), (0.17, 0.18, 0.13))
_BARE: tuple[Radii, Radii] = ((0.26, 0.2, 0.14), (0.14, 0.15, 0.085))


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
        pieces.append(_foot(frame, leg, outfit))
        pieces.append(_leg(frame, leg, outfit))
    if outfit.lower in {"skirt", "long_skirt", "kimono", "short_kimono", "hakama"}:
        pieces.append(_hanging(frame, outfit))
    if outfit.collar in _SKIRTS:
        pieces.append(_coat_skirt(frame, outfit, *_SKIRTS[outfit.collar]))
    return pieces


def _under_cloth(frame: Frame, leg: LegBones, outfit: Outfit) -> bool:
    """Whether somebody kneels on this leg in a long garment, and is seen from before."""
    folded = frame.depth(leg.ankle) < frame.depth(leg.knee) - 0.4 and leg.knee[1] > leg.hip[1] - 0.2
    low = leg.knee[1] > -0.75
    return folded and low and outfit.lower in {"kimono", "hakama", "long_skirt"}


def _seat(frame: Frame, outfit: Outfit) -> Piece:
    """Between the thighs and the jacket."""
    k = frame.p.hip
    hips = (frame.bones.left_leg.hip, frame.bones.right_leg.hip)
    outline = hulled(*((frame.flat(v), 0.46 * k) for v in hips), (frame.flat(frame.bones.pelvis), 0.5 * k))
    return outline, lambda pen: pen.shape(outline, outfit.bottom)


def _foot(frame: Frame, leg: LegBones, outfit: Outfit) -> Piece:
    k = frame.p.foot / 0.2
    ankle, heel, toe = frame.flat(leg.ankle), frame.flat(leg.heel), frame.flat(leg.toe)
    mid = frame.flat(between(leg.heel, leg.toe, 0.6))
    outline = hulled((ankle, 0.1 * k), (heel, 0.09 * k), (mid, 0.1 * k), (toe, 0.085 * k))

    def ink(pen: Pen) -> None:
        if outfit.shoes == "paw":
            pen.shape(outline, outfit.bottom, 1.0)
        elif outfit.shoes in {"bare", "sandal"}:
            pen.shape(outline, WHITE, 1.0)
            if outfit.shoes == "sandal":
                sole = hulled(((heel[0], heel[1] + 0.08), 0.05), ((toe[0], toe[1] + 0.08), 0.05))
                pen.shape(sole, BLACK, 0.8)
                pen.line(((ankle[0], mid[1] - 0.05), mid, toe), 1.2, (0.2, 0.6))
        else:
            pen.shape(outline, BLACK, 1.0)
            pen.line(((heel[0] * 0.3 + mid[0] * 0.7, mid[1] - 0.05), (toe[0], toe[1] - 0.03)), 0.9, (0.6, 0.6), 255)

    return outline, ink


def _leg(frame: Frame, leg: LegBones, outfit: Outfit) -> Piece:
    covered = outfit.lower in {"trousers", "breeches", "fur"}
    first, second = {"trousers": _TROUSERS, "breeches": _BREECHES}.get(outfit.lower, _BARE)
    k = 0.3 + 0.7 * frame.p.limb
    joints = [frame.flat(v) for v in (leg.hip, leg.knee, leg.ankle)]
    shape = limb(joints, _scaled(first, k), _scaled(second, k))
    shade = outfit.bottom if covered else WHITE

    def ink(pen: Pen) -> None:
        ink_limb(pen, shape, shade, skip=(0.0, 0.0))
        if covered and outfit.lower != "fur":
            crease(pen, shape, shade, 0.5)
            pen.straight((shape.left[-1], shape.right[-1]), 1.1)
        if outfit.lower == "fur":
            return
        if outfit.shoes == "boot":
            _ink_boot(pen, shape.left, shape.right)
        elif outfit.lower == "skirt" and outfit.shoes != "bare":
            _ink_sock(pen, shape.left, shape.right, outfit)
        elif outfit.lower == "short_kimono":
            _ink_gaiter(pen, shape.left, shape.right)

    return shape.path, ink


def _scaled(r: Radii, k: float) -> Radii:
    return (r[0] * k, r[1] * k, r[2] * k)


def _tail(side: Sequence[Point], share: float) -> list[Point]:
    return list(side[-max(2, round(len(side) * share)) :])


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


def _hanging(frame: Frame, outfit: Outfit) -> Piece:
    if outfit.lower == "skirt":
        outline, folds = _flared(frame, 0.42, 0.3)
    elif outfit.lower == "long_skirt":
        outline, folds = _flared(frame, 1.0, 0.46)
    else:
        outline, folds = _wrapped(frame, outfit)
    inner = outfit.lower in {"skirt", "long_skirt", "hakama"} or outfit.collar == "haori"
    shade = outfit.bottom if inner else outfit.top

    def ink(pen: Pen) -> None:
        pen.shape(outline, shade)
        for fold in folds:
            pen.line(fold, 0.95, (0.2, 0.7), shade.line)
        if outfit.lower in {"kimono", "short_kimono"} and frame.shows_front:
            _ink_overlap(pen, frame, outfit, shade)

    return outline, ink


def _waist(frame: Frame, t: float) -> list[Point]:
    a, b = frame.edge(t)
    return [a, b]


def _hem(frame: Frame, down: float, width: float) -> list[tuple[Point, float]]:
    """Circles that the hem goes around: a share of the way from the hip to the ankle along each leg."""
    circles: list[tuple[Point, float]] = []
    for leg in (frame.bones.left_leg, frame.bones.right_leg):
        for share in (0.0, 0.5, 1.0):
            at = _along(leg, down * share)
            circles.append((frame.flat(at), 0.3 + (width - 0.3) * share if share else 0.3))
    return circles


def _cut(centre: Point, r: float) -> list[Point]:
    """Cloth that ends straight, a little lower in the middle."""
    x, y = centre
    return [(x - r, y + r * 0.42), (x - r * 0.4, y + r * 0.58), (x + r * 0.4, y + r * 0.58), (x + r, y + r * 0.42)]


def _along(leg: LegBones, share: float) -> Vec:
    return between(leg.hip, leg.knee, share * 2) if share < 0.5 else between(leg.knee, leg.ankle, share * 2 - 1)


def _flared(frame: Frame, down: float, width: float) -> tuple[Path, list[list[Point]]]:
    spread = 1.0 + 0.2 * (down > 0.6)
    circles = [(c, r * 0.9 * (spread if i % 3 == 2 else 1)) for i, (c, r) in enumerate(_hem(frame, down, width))]
    points = [*_waist(frame, 0.7)]
    for i, (centre, r) in enumerate(circles):
        points += _cut(centre, r) if i % 3 == 2 else around(centre, r, 12)
    skin = hull(points)
    top_left, top_right = frame.edge(0.7)
    bottom = max(p[1] for p in skin)
    low = [p for p in skin if p[1] > bottom - 0.42]
    left, right = min(p[0] for p in low), max(p[0] for p in low)
    folds = []
    for i in range(1, 8):
        t = i / 8
        x = left + (right - left) * t
        top = (top_left[0] + (top_right[0] - top_left[0]) * t, top_left[1] + 0.12 + 0.06 * (i % 3))
        folds.append([top, (top[0] * 0.45 + x * 0.55, (top[1] + bottom) / 2), (x, bottom - 0.06 - 0.08 * abs(t - 0.5))])
    return poly(skin), folds


def _wrapped(frame: Frame, outfit: Outfit) -> tuple[Path, list[list[Point]]]:
    down = {"kimono": 0.93, "short_kimono": 0.56, "hakama": 0.97}[outfit.lower]
    width = {"kimono": 0.27, "short_kimono": 0.34, "hakama": 0.44}[outfit.lower]
    points = _waist(frame, 0.66)
    for i, (centre, r) in enumerate(_hem(frame, down, width)):
        points += _cut(centre, r) if i % 3 == 2 else around(centre, r, 12)
    skin = hull(points)
    folds: list[list[Point]] = []
    if outfit.lower == "hakama":
        for leg in (frame.bones.left_leg, frame.bones.right_leg):
            for dx in (-0.2, 0.0, 0.2):
                route = [frame.flat(add(_along(leg, s), (dx * (0.5 + s), 0, 0.2))) for s in (0.05, 0.45, 0.9)]
                folds.append(route)
    else:
        knee = frame.flat(between(frame.bones.left_leg.knee, frame.bones.right_leg.knee, 0.5))
        folds.append(
            [(knee[0] - 0.25, knee[1] - 0.2), (knee[0] - 0.05, knee[1] + 0.05), (knee[0] + 0.05, knee[1] + 0.4)]
        )
    return poly(skin), folds


def _ink_overlap(pen: Pen, frame: Frame, outfit: Outfit, shade: Shade) -> None:
    """The front edge of a wrapped garment: the wearer's left side lies over the right."""
    down = 0.9 if outfit.lower == "kimono" else 0.52
    bones = frame.bones
    top = frame.surface(-14, 0.74)
    low_leg = _along(bones.right_leg, down)
    mid = frame.flat(between(_along(bones.right_leg, down * 0.5), _along(bones.left_leg, down * 0.5), 0.35))
    end = frame.flat(add(low_leg, (0.04, 0.12, 0.25)))
    pen.line((top, mid, end), 1.2, (0, 0.3), shade.line)


_SKIRTS = {"coat": (0.6, 0.36), "blazer": (0.07, 0.3), "cardigan": (0.06, 0.3), "haori": (0.4, 0.36)}
"""How far jackets fall over the legs, and how wide."""


def _coat_skirt(frame: Frame, outfit: Outfit, down: float, wide: float) -> Piece:
    points = _waist(frame, 0.72)
    for centre, r in _hem(frame, down, wide * (0.6 + 0.4 * frame.p.hip / 0.56)):
        points += around(centre, r, 12)
    outline = poly(hull(points))

    def ink(pen: Pen) -> None:
        pen.shape(outline, outfit.top)
        if frame.shows_front:
            low = max(float(op[2]) for op in outline if len(op) > 2)
            x, y = frame.surface(0, 1.06)
            pen.line(((x, y - 0.1), (x, (y + low) / 2), (x - 0.03, low - 0.03)), 1.1, (0, 0.2), outfit.top.line)

    return outline, ink
