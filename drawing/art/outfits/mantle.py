"""A mantle: it hangs down the back from the shoulders, behind all else, and is clasped on the breast."""

from collections.abc import Callable

from drawing.art.limbs import around, hull
from drawing.art.outfits.cloth_folds import falling, ink_folds
from drawing.art.outfits.skirts_and_trousers import falls, hemmed, swing, swung
from drawing.art.points_in_space import Vec, add, between, pitched, turned
from drawing.art.skeleton import ArmBones
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, ellipse, poly, smooth
from drawing.ink.pen import WHITE, Pen, Shade
from manga.geometry import Point

Piece = tuple[Path, Callable[[Pen], None]]

_HEM = 0.72
"""Of the way from the hips to the floor."""
_WIDE = 1.5
"""Half its width at the hem against the shoulders'."""
_LINED = 11.0
"""Millimetres a head: the clasp of a smaller figure is not drawn."""


def back(frame: Frame, shade: Shade) -> Piece:
    """What hangs down; somebody who sits has it behind the seat."""
    skin = swung(frame, hull([frame.flat(v) for v in _spread(frame)]), swing(frame) * 1.3)
    sides, hem = hemmed(skin, 6, 0.05)
    outline = (*poly(sides, close=False), *(("L", *op[1:]) if op[0] == "M" else op for op in smooth(hem)), ("Z",))

    def ink(pen: Pen) -> None:
        if shade.black:
            pen.contour(outline, 2.4, 255)
        pen.shape(outline, shade)
        ink_folds(pen, falls(frame.edge(0.08), hem), shade)

    return outline, ink


def _spread(frame: Frame) -> list[Vec]:
    """From the neck and the shoulders to an arc behind the legs."""
    bones, p = frame.bones, frame.p
    seat = bones.pelvis
    legs = (bones.left_leg, bones.right_leg)
    floor = max(leg.ankle[1] for leg in legs)
    folded = min(leg.knee[1] for leg in legs) < seat[1] + 0.35
    low = seat[1] + (0.3 if folded else _HEM * (floor - seat[1]))
    half = p.shoulder * _WIDE
    points = [add(arm.shoulder, (arm.side * 0.06, -0.12, -0.1)) for arm in (bones.left, bones.right)]
    points.append(add(bones.neck, pitched(turned((0, 0.02, -0.2), bones.twist), bones.lean)))
    points += [(seat[0] + x * half, low, seat[2] + z) for x, z in ((-1, -0.12), (-0.6, -0.4), (0, -0.5), (0.6, -0.4),
                                                                  (1, -0.12))]  # fmt: skip
    return points


def shoulders(frame: Frame, shade: Shade) -> Piece:
    """What lies over both shoulders, and the clasp; from the side only the nearer one is seen."""
    both = sorted((frame.bones.left, frame.bones.right), key=lambda arm: frame.depth(arm.shoulder))
    arms = both[1:] if 62 < abs(frame.turn) < 118 else both
    paths = [smooth(_cap(frame, arm), closed=True, tension=0.3) for arm in arms]

    def ink(pen: Pen) -> None:
        for arm, path in zip(arms, paths, strict=True):
            pen.shape(path, shade)
            if shade.black:
                pen.contour(path, 0.8, 255)
            root, low = frame.flat(arm.shoulder), frame.flat(between(arm.shoulder, arm.elbow, 0.42))
            neck = frame.surface(34 * arm.side, 0.03)
            ink_folds(pen, [falling(neck, low, 0.08 * arm.side, rank=1), falling(root, low, 0.1, rank=2)], shade)
        if frame.shows_front and pen.canvas.magnification >= _LINED:
            _clasp(pen, frame)

    return tuple(op for path in paths for op in path), ink


def _cap(frame: Frame, arm: ArmBones) -> list[Point]:
    k = frame.p.shoulder / 0.74
    root, low = frame.flat(arm.shoulder), frame.flat(between(arm.shoulder, arm.elbow, 0.4))
    sides = (24, 150) if frame.shows_front else (90, 170)
    inner = [frame.surface(a * arm.side, t, 1.04) for a, t in zip(sides, (0.04, -0.02), strict=True)]
    return hull([*around(root, 0.25 * k), *around(low, 0.25 * k), *inner])


def _clasp(pen: Pen, frame: Frame) -> None:
    ends = [frame.surface(a, 0.17, 1.05) for a in (-36, 36)]
    middle = frame.surface(0, 0.24, 1.05)
    cord = smooth((ends[0], middle, ends[1]))
    pen.canvas.stroke(cord, pen.weight * 3.0, 255)
    pen.canvas.stroke(cord, pen.weight * 1.4)
    for x, y in ends:
        pen.shape(ellipse(x, y, 0.06, 0.06), WHITE, 1.0)
        pen.contour(ellipse(x, y, 0.028, 0.028), 0.8)
