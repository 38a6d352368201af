"""Arms in their sleeves: how they grow out of the shoulder, how thick they are where, and their folds.

In: a frame, the bones of an arm, an outfit. Out: a `Sleeve` with its outline and two marks: the shoulder that is inked
with the trunk, and the arm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, atan2, cos, hypot, pi, sin

from drawing.art.limbs import Limb, Radii, around, hull, limb
from drawing.art.outfits.cloth_folds import Fold, at_armpit, at_bend, falling, gathered, ink_folds, stacked, within
from drawing.art.outfits.cloth_shadows import shade_limb
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.skeleton import ArmBones
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, poly, smooth, union
from drawing.ink.pen import WHITE, Pen, Shade
from manga.geometry import Point

RADII: dict[str, tuple[Radii, Radii]] = {
    "long": ((0.182, 0.19, 0.184, 0.174, 0.164, 0.156, 0.152), (0.152, 0.156, 0.152, 0.144, 0.135, 0.128, 0.126)),
    "tight": ((0.16, 0.17, 0.164, 0.15, 0.137, 0.127, 0.122), (0.122, 0.134, 0.132, 0.12, 0.106, 0.096, 0.092)),
    "kimono": ((0.19, 0.21, 0.215, 0.215, 0.215, 0.21, 0.2), (0.2, 0.195, 0.19, 0.185, 0.18, 0.175, 0.17)),
    "puff": ((0.19, 0.265, 0.285, 0.26, 0.205, 0.155, 0.132), (0.132, 0.134, 0.128, 0.118, 0.108, 0.099, 0.096)),
    "bare": ((0.152, 0.162, 0.154, 0.14, 0.125, 0.112, 0.104), (0.104, 0.122, 0.123, 0.11, 0.093, 0.076, 0.066)),
}
RADII["short"] = RADII["bare"]
_SHORT: Radii = (0.17, 0.185, 0.192, 0.196, 0.2, 0.2, 0.2)
"""A short sleeve around a bare upper arm."""
_SHORT_ENDS = 5
"""Of the seven points along the upper arm."""


@dataclass(frozen=True, slots=True)
class Sleeve:
    """`top` is the contour that goes on from the shoulders, `under` the one from the armpit; both end at the wrist."""

    shape: Limb
    path: Path
    """The arm's own cloth, without what hangs from it."""
    outline: Path
    slope: tuple[Point, ...]
    """From the neck's side over the round of the shoulder."""
    top: tuple[Point, ...]
    under: tuple[Point, ...]
    joints: tuple[Point, Point, Point]
    radius: float
    """Half the thickness of the cloth at the elbow."""
    inwards: float
    """+1 when the trunk lies to the right on the page."""

    @property
    def pit(self) -> Point:
        return self.under[1]


def thickness(frame: Frame) -> float:
    """Of this body's arms against an adult man's."""
    return 0.25 + 0.75 * frame.p.limb


def sleeve(frame: Frame, bones: ArmBones, outfit: Outfit) -> Sleeve:
    joints = (frame.flat(bones.shoulder), frame.flat(bones.elbow), frame.flat(bones.wrist))
    k = thickness(frame)
    first, second = (tuple(r * k for r in radii) for radii in RADII[outfit.sleeve])
    shape = limb(joints, first, second, point=0.0 if outfit.sleeve in {"kimono", "puff"} else 0.1)
    outer = joints[0][0] < frame.flat(frame.bones.neck)[0]
    top, under = (shape.right, shape.left) if outer else (shape.left, shape.right)
    worn = _SHORT[0] * k if outfit.sleeve == "short" else first[0]
    slope = _slope(frame, joints, worn, outer=outer)
    under = _from_flank(frame, joints, under, outer=outer)
    path = poly((*slope[1:], *top[1:], *reversed(under)))
    whole = poly((*slope, *top[1:], *reversed(under)))
    outline = _bag(frame, joints, whole) if outfit.sleeve == "kimono" else whole
    return Sleeve(shape, path, outline, slope, top, under, joints, second[0], 1.0 if outer else -1.0)


def _slope(frame: Frame, joints: Sequence[Point], radius: float, *, outer: bool) -> tuple[Point, ...]:
    """Straight from the neck's side to the round of the joint, and on it to where the arm's own contour begins."""
    root, elbow = joints[0], joints[1]
    side = -1 if outer else 1
    start = frame.edge(0.04)[0 if outer else 1]
    away = hypot(start[0] - root[0], start[1] - root[1])
    touch = atan2(start[1] - root[1], start[0] - root[0]) + side * acos(min(1.0, radius / max(away, 1e-6)))
    arm = atan2(elbow[1] - root[1], elbow[0] - root[0]) - side * pi / 2
    turn = ((arm - touch) * side + 2 * pi / 3) % (2 * pi) - 2 * pi / 3
    """From there over the outside to the arm's outer contour."""
    steps = 4 if turn > 2.0 else 3 if turn > 0.7 else 1
    turns = [touch + side * max(0.0, turn) * i / steps for i in range(steps)]
    arc = [(root[0] + cos(t) * radius, root[1] + sin(t) * radius) for t in turns]
    if 62 < abs(frame.turn) < 118:
        return tuple(arc)
    return (start, *arc)


def _from_flank(frame: Frame, joints: Sequence[Point], under: tuple[Point, ...], *, outer: bool) -> tuple[Point, ...]:
    """The contour below a raised arm comes up from the trunk's side."""
    root, elbow = joints[0], joints[1]
    away = (root[0] - elbow[0]) if outer else (elbow[0] - root[0])
    if elbow[1] - root[1] > 0.35 * abs(away) or 62 < abs(frame.turn) < 118:
        return under
    if elbow[1] > root[1] and away < 0:
        return under
    flank = frame.edge(0.36)[0 if outer else 1]
    fold = frame.edge(0.24)[0 if outer else 1]
    return (flank, ((fold[0] + under[1][0]) / 2, (fold[1] + under[1][1]) / 2), *under[2:])


def _bag(frame: Frame, joints: Sequence[Point], path: Path) -> Path:
    """What hangs from the forearm of a kimono, with a round lower corner."""
    shoulder, elbow, wrist = joints
    drop = _drop(frame, joints)
    low = max(elbow[1] + drop, wrist[1] + drop * 0.8)
    out = 0.16 if wrist[0] > frame.flat(frame.bones.neck)[0] else -0.16
    lies = abs(wrist[0] - elbow[0]) / (hypot(wrist[0] - elbow[0], wrist[1] - elbow[1]) or 1.0)
    inner = (elbow[0] * 0.8 + wrist[0] * 0.2 + out * (1 - lies), low)
    tip = (wrist[0], max(wrist[1] + drop, low))
    back = (elbow[0] * 0.6 + shoulder[0] * 0.4, elbow[1] * 0.6 + shoulder[1] * 0.4)
    skin = hull(
        [*around(wrist, 0.17), *around(elbow, 0.18), *around(back, 0.17, 8), *around(tip, 0.1, 8),
        *around(inner, 0.12, 8)]
    )  # fmt: skip
    return union(path, smooth(skin, closed=True, tension=0.35))


def _drop(frame: Frame, joints: Sequence[Point]) -> float:
    """How far the bag hangs below the wrist: most below a level arm."""
    _, elbow, wrist = joints
    across = abs(wrist[0] - elbow[0]) / (hypot(wrist[0] - elbow[0], wrist[1] - elbow[1]) or 1.0)
    return frame.p.forearm * (0.24 + 0.46 * across)


def ink_shoulder(pen: Pen, worn: Sleeve, shade: Shade) -> None:
    """The trunk runs on into the sleeve without a seam."""
    tops = worn.top[1:3]
    pen.cover(poly((*worn.slope, *tops, worn.under[1], worn.under[0])), shade)
    pen.canvas.stroke(smooth((*worn.slope, *tops)), pen.weight * 1.25)


def ink_sleeve(pen: Pen, frame: Frame, bones: ArmBones, worn: Sleeve, outfit: Outfit) -> None:
    if outfit.sleeve == "kimono":
        _ink_bag(pen, frame, worn, outfit)
        return
    skin = outfit.sleeve in {"short", "bare"}
    shade = WHITE if skin else outfit.top
    raised = worn.under[0][1] > worn.pit[1]
    under = worn.under if raised else worn.under[1:]
    _ink_contours(pen, worn, worn.path, shade, under)
    if not skin and outfit.collar != "fur":
        _ink_cuff(pen, worn, shade)
    ink_folds(pen, arm_folds(worn, outfit), shade)
    if outfit.sleeve == "short":
        _ink_short(pen, frame, worn, outfit)


def _ink_contours(pen: Pen, worn: Sleeve, path: Path, shade: Shade, under: Sequence[Point]) -> None:
    top = smooth((*worn.slope[1:], *worn.top[1:]))
    below = smooth(under)
    if shade.black:
        for line in (smooth(worn.top[3:]), below):
            pen.canvas.stroke(line, pen.weight * 2.6, 255)
    pen.cover(path, shade)
    shade_limb(pen, worn.shape.left, worn.shape.right, shade)
    pen.canvas.stroke(top, pen.weight * 1.25)
    pen.canvas.stroke(below, pen.weight * 1.25)


def arm_folds(worn: Sleeve, outfit: Outfit) -> list[Fold]:
    """Of the elbow, the armpit, and of what rests on the wrist; on a bare arm only the elbow's."""
    if outfit.collar == "fur":
        return []
    if outfit.sleeve in {"short", "bare"}:
        return at_bend(*worn.joints, worn.radius, cloth=False)
    root, joint, _ = worn.joints
    folds = at_bend(*worn.joints, worn.radius)
    folds += at_armpit(root, joint, worn.radius * 1.1, worn.pit, worn.inwards)[:3]
    if outfit.sleeve == "long":
        folds += stacked(worn.shape.left[:-1], worn.shape.right[:-1], rank=2, weight=0.8)[:2]
    if outfit.sleeve == "puff":
        a, b = _mixed(worn.slope[-1], root, 0.5), _mixed(worn.under[0], root, 0.5)
        down = (joint[0] - root[0], joint[1] - root[1])
        folds += gathered(a, b, down, (0.34, 0.24, 0.4, 0.26), weight=0.9)
        e, f = worn.top[min(5, len(worn.top) - 1)], worn.under[min(5, len(worn.under) - 1)]
        c, d = _mixed(e, f, 0.1), _mixed(f, e, 0.1)
        folds += gathered(c, d, (-down[0], -down[1]), (0.2, 0.3, 0.22), weight=0.9)
    return within(folds, (*worn.slope, *worn.top[1:], *reversed(worn.under)))


def _ink_cuff(pen: Pen, worn: Sleeve, shade: Shade) -> None:
    """The sleeve ends in a round about the wrist, and is hemmed."""
    left, right = worn.shape.left, worn.shape.right
    pen.canvas.stroke(_round(left[-1], right[-1], 0.16), pen.weight * 1.15, 0)
    a, b = _mixed(left[-1], left[-2], 0.7), _mixed(right[-1], right[-2], 0.7)
    pen.canvas.stroke(_round(a, b, 0.16), pen.weight * 0.8, shade.line)


def _round(a: Point, b: Point, bulge: float) -> Path:
    dx, dy = b[0] - a[0], b[1] - a[1]
    middle = ((a[0] + b[0]) / 2 - dy * bulge, (a[1] + b[1]) / 2 + dx * bulge)
    return (("M", *a), ("Q", *middle, *b))


def _mixed(a: Point, b: Point, t: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def _ink_short(pen: Pen, frame: Frame, worn: Sleeve, outfit: Outfit) -> None:
    """Cloth around the upper arm, wider than it."""
    k = thickness(frame)
    cloth = limb(worn.joints, tuple(r * k for r in _SHORT), RADII["bare"][1])
    outer = worn.inwards > 0
    top, under = (cloth.right, cloth.left) if outer else (cloth.left, cloth.right)
    n = min(_SHORT_ENDS, len(top), len(under))
    top, under = top[:n], under[:n]
    hem = _round(under[-1], top[-1], -0.14 if outer else 0.14)
    way = (*worn.slope[1:], *top[2:])
    path = (*poly(way, close=False), *(("L", *p) for p in reversed(under)), *(("L", *p) for p in _cap(cloth, outer)))
    if outfit.top.black:
        pen.canvas.stroke(smooth(under[1:]), pen.weight * 2.6, 255)
    pen.cover((*path, ("Z",)), outfit.top)
    pen.canvas.stroke(smooth(way), pen.weight * 1.25)
    pen.canvas.stroke(smooth(under[1:]), pen.weight * 1.25)
    pen.canvas.stroke(hem, pen.weight * 1.2)
    folds = at_armpit(*worn.joints[:2], worn.radius * 1.3, under[1], worn.inwards)[:3]
    folds += gathered(under[-1], top[-1], (worn.joints[0][0] - worn.joints[1][0],
                      worn.joints[0][1] - worn.joints[1][1]), (0.18, 0.1), weight=0.9)  # fmt: skip
    ink_folds(pen, folds, outfit.top)


def _cap(cloth: Limb, outer: bool) -> Sequence[Point]:
    """The round of the root, from the under side to the top."""
    return cloth.cap if outer else tuple(reversed(cloth.cap))


def _ink_bag(pen: Pen, frame: Frame, worn: Sleeve, outfit: Outfit) -> None:
    shade = outfit.top
    shoulder, _, wrist = worn.joints
    if shade.black:
        pen.contour(worn.outline, 2.6, 255)
    pen.shape(worn.outline, shade)
    pen.cover(poly((*worn.slope[1:], *worn.top[1:3], worn.under[2], worn.under[1], worn.under[0])), shade)
    inward = worn.inwards * 0.1 * thickness(frame)
    pen.cover(poly(around((shoulder[0] + inward, shoulder[1] + 0.05), 0.19 * thickness(frame), 10)), shade)
    pen.canvas.stroke(smooth((*worn.slope[1:], *worn.top[2:4])), pen.weight * 1.25)
    opening = poly(hull([*around(wrist, 0.1, 8), *around((wrist[0], wrist[1] + 0.2), 0.05, 6)]))
    pen.shape(opening, shade, 0.9)
    ink_folds(pen, bag_folds(frame, worn), shade)


def bag_folds(frame: Frame, worn: Sleeve) -> list[Fold]:
    """A hanging sleeve is drawn from the elbow and the armpit, and swings below the wrist."""
    shoulder, elbow, wrist = worn.joints
    drop = _drop(frame, worn.joints)
    side = 1 if wrist[0] >= elbow[0] else -1
    mid = _mixed(elbow, wrist, 0.45)
    low = max(elbow[1], wrist[1]) + drop * 0.6
    folds = [
        falling((elbow[0], elbow[1] + 0.04), (mid[0], low), 0.12 * side, weight=1.1, rank=0),
        falling((mid[0], mid[1] + 0.1), (_mixed(elbow, wrist, 0.75)[0], low + 0.02), -0.08 * side, rank=2),
        falling((wrist[0] - side * 0.05, wrist[1] + 0.26), (mid[0] + side * 0.04, low + 0.03), 0.1 * side, rank=1),
    ]
    pit = at_armpit(shoulder, elbow, worn.radius * 0.9, worn.pit, worn.inwards)
    gap = hypot(elbow[0] - shoulder[0], elbow[1] - shoulder[1])
    return [*folds, *pit[:2], *(at_bend(*worn.joints, worn.radius)[:2] if gap > 0.3 else ())]
