"""A dressed body without its head: which parts lie behind, which in front, and their marks.

In: a frame (posed bones seen from somewhere) and an outfit. Out: parts with an outline for the silhouette and a way to
ink them, in drawing order; hands in page-ready coordinates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import pi

from drawing.art.frame import Frame
from drawing.art.hands import Hand, hand, ink_hand
from drawing.art.limbs import Limb, around, crease, hull, ink_limb, limb
from drawing.art.outfits.collars import ink_collar
from drawing.art.outfits.lower import legs
from drawing.art.outfits.old_clothes import ink_wings
from drawing.art.outfits.wardrobe import Outfit
from drawing.art.poses import ArmPose, HandShape, PoseSpec
from drawing.art.skeleton import ArmBones
from drawing.ink.paths import Path, poly, smooth, union
from drawing.ink.pen import WHITE, Pen, Shade
from manga.geometry import Point


@dataclass(frozen=True, slots=True)
class Part:
    """A piece that is drawn in one go, and what it covers."""

    outline: Path
    ink: Callable[[Pen], None]


@dataclass(frozen=True, slots=True)
class Body:
    """All parts of a dressed body, in drawing order."""

    behind: tuple[Part, ...]
    """Drawn before the head: far arm, legs, trunk."""
    front: tuple[Part, ...]
    """Drawn after the head: arms before the chest."""
    hands: tuple[Hand, ...]
    neck: Point
    skin: Shade = WHITE
    """Of the hands."""


def body(frame: Frame, pose: PoseSpec, outfit: Outfit) -> Body:
    arms = [
        _arm(frame, bones, arm, outfit)
        for bones, arm in ((frame.bones.left, pose.left), (frame.bones.right, pose.right))
    ]
    back = [a for a in arms if a.behind]
    front = [a for a in arms if not a.behind]
    lower = [Part(outline, ink) for outline, ink in legs(frame, outfit, sits=pose.sits)]
    trunk = [_neck(frame), _trunk(frame, outfit)]
    thighs_first = not _lap_in_front(frame)
    middle = [*lower, *trunk] if thighs_first or outfit.lower in {"kimono", "long_skirt"} else [*trunk, *lower]
    if outfit.waist and _lap_in_front(frame):
        middle = [*trunk, *lower]
    return Body(
        behind=(*(part for a in back for part in a.parts), *middle),
        front=(*(part for a in sorted(front, key=lambda a: a.depth) for part in a.parts), *_over(frame, outfit)),
        hands=tuple(a.hand for a in arms),
        skin=outfit.paws or WHITE,
        neck=frame.flat(frame.bones.neck),
    )


def _over(frame: Frame, outfit: Outfit) -> tuple[Part, ...]:
    """What is worn over the sleeves."""
    if outfit.collar != "wings" or not frame.shows_front:
        return ()
    return (Part((), lambda pen: ink_wings(pen, frame, outfit)),)


def _lap_in_front(frame: Frame) -> bool:
    knees = (frame.bones.left_leg.knee, frame.bones.right_leg.knee)
    hips = frame.bones.pelvis[1]
    return any(k[2] > 0.7 and k[1] < hips + 0.75 for k in knees) and abs(frame.view.yaw) < 120


def _neck(frame: Frame) -> Part:
    (ax, ay), (bx, by) = frame.edge(-0.1)
    (cx, _), (dx, _) = frame.edge(-0.025)
    (_, cy), (_, dy) = frame.edge(0.03)
    up = frame.flat(frame.bones.head)
    top = (up[0], up[1] + 0.2)
    half = (bx - ax) / 2
    thin = half * 0.86
    outline = (
        *smooth(((top[0] - half, top[1]), (top[0] - thin, top[1] * 0.45 + ay * 0.55), (ax, ay), (cx, cy)), tension=0.6),
        ("L", dx, dy),
        *smooth(((dx, dy), (bx, by), (top[0] + thin, top[1] * 0.45 + by * 0.55), (top[0] + half, top[1])), tension=0.6)[
            1:
        ],
        ("Z",),
    )

    def ink(pen: Pen) -> None:
        pen.shape(outline, WHITE, 1.0)
        if frame.shows_front:
            mid = (up[0] + half * 0.4, up[1] + 0.62)
            shadow = poly(
                (
                    (top[0] - half, top[1]),
                    (top[0] - half * 0.95, up[1] + 0.5),
                    mid,
                    (top[0] + half * 0.95, up[1] + 0.56),
                    (top[0] + half, top[1]),
                )
            )
            pen.canvas.tone(shadow, 0.28)

    return Part(outline, ink)


def _trunk(frame: Frame, outfit: Outfit) -> Part:
    outline = frame.trunk(0.74 if outfit.waist else 1.06)

    def ink(pen: Pen) -> None:
        pen.shape(outline, outfit.top)
        ink_collar(pen, frame, outfit)

    return Part(outline, ink)


@dataclass(frozen=True, slots=True)
class _Arm:
    parts: tuple[Part, ...]
    hand: Hand
    behind: bool
    depth: float


_RADII = {
    "long": ((0.165, 0.18, 0.16), (0.165, 0.165, 0.155)),
    "tight": ((0.155, 0.165, 0.145), (0.145, 0.135, 0.12)),
    "kimono": ((0.17, 0.21, 0.22), (0.22, 0.2, 0.19)),
    "puff": ((0.2, 0.28, 0.16), (0.145, 0.135, 0.125)),
    "short": ((0.16, 0.145, 0.115), (0.115, 0.11, 0.08)),
    "bare": ((0.16, 0.145, 0.115), (0.115, 0.11, 0.08)),
}


def _arm(frame: Frame, bones: ArmBones, pose: ArmPose, outfit: Outfit) -> _Arm:
    joints = [frame.flat(v) for v in (bones.shoulder, bones.elbow, bones.wrist)]
    k = 0.25 + 0.75 * frame.p.limb
    first, second = (tuple(r * k for r in radii) for radii in _RADII[outfit.sleeve])
    shape = limb(joints, (first[0], first[1], first[2]), (second[0], second[1], second[2]))
    form: HandShape = "paw" if outfit.paws else pose.hand
    wide = frame.p.hand * (0.3 if form == "hidden" else 1.0)
    drawn = hand(joints[2], shape.direction, wide, form, thumb_left=_thumb_left(frame, bones, shape))
    sleeve = _sleeve(frame, bones, shape, outfit)
    behind = frame.depth(bones.shoulder) < -0.25 and not _crosses(frame, bones)
    if abs(frame.turn) > 120:
        behind = frame.depth(bones.wrist) < 0.2
    sleeve_part = Part(sleeve, lambda pen: _ink_arm(pen, frame, bones, shape, sleeve, outfit))
    if form == "hidden":
        return _Arm((sleeve_part,), drawn, behind or frame.depth(bones.wrist) < -0.3, frame.depth(bones.wrist))
    parts = (Part(drawn.outline, lambda pen: ink_hand(pen, drawn, outfit.paws or WHITE)), sleeve_part)
    if (
        form in {"fist", "grip", "point", "open", "flat", "paw"}
        and frame.depth(bones.wrist) > frame.depth(bones.elbow) + 0.3
    ):
        parts = (parts[1], parts[0])
    return _Arm(parts, drawn, behind, frame.depth(bones.wrist))


def _crosses(frame: Frame, bones: ArmBones) -> bool:
    """Whether a far arm reaches out in front of the chest."""
    return frame.depth(bones.wrist) > 0.15


def _thumb_left(frame: Frame, bones: ArmBones, shape: Limb) -> bool:
    """Thumbs point forwards when the arm hangs, inwards and upwards when it is raised."""
    hangs = -0.35 * pi < shape.direction - pi / 2 < 0.35 * pi
    if hangs and abs(frame.view.yaw) > 25:
        return frame.view.yaw < 0
    return (bones.side > 0) == (hangs or shape.direction > 0)


def _sleeve(frame: Frame, bones: ArmBones, shape: Limb, outfit: Outfit) -> Path:
    if outfit.sleeve != "kimono":
        return shape.path
    elbow, wrist = frame.flat(bones.elbow), frame.flat(bones.wrist)
    drop = frame.p.forearm * 0.62
    r = 0.17
    inner = (elbow[0] * 0.75 + wrist[0] * 0.25, max(elbow[1], wrist[1]) + drop * 0.75)
    bag = hull(
        [*around(wrist, r), *around(elbow, r), *around((wrist[0], wrist[1] + drop), 0.05, 6), *around(inner, 0.06, 6)]
    )
    return union(shape.path, poly(bag))


def _ink_arm(pen: Pen, frame: Frame, bones: ArmBones, shape: Limb, sleeve: Path, outfit: Outfit) -> None:
    if outfit.sleeve == "kimono":
        _ink_hanging_sleeve(pen, frame, bones, sleeve, outfit)
        return
    skin = outfit.sleeve in {"short", "bare"}
    outer_left = shape.left[0][0] < shape.right[0][0]
    inner_skip = 0.0 if frame.depth(bones.shoulder) > 0.35 else 0.13
    left_is_outer = outer_left == (frame.flat(bones.shoulder)[0] < frame.flat(frame.bones.neck)[0])
    skip = (0.0, inner_skip) if left_is_outer else (inner_skip, 0.0)
    ink_limb(pen, shape, WHITE if skin else outfit.top, skip=skip, shoulder="left" if left_is_outer else "right")
    if outfit.sleeve == "short":
        _ink_short_sleeve(pen, shape, outfit, skip)
    elif not skin and outfit.collar != "fur":
        crease(pen, shape, outfit.top, 0.56)
        _ink_cuff(pen, shape, outfit)


def _ink_cuff(pen: Pen, shape: Limb, outfit: Outfit) -> None:
    pen.straight((shape.left[-1], shape.right[-1]), 1.1)
    a, b = shape.left[-2], shape.right[-2]
    k = 0.45
    end = (shape.left[-1], shape.right[-1])
    pen.straight(
        ((a[0] * k + end[0][0] * (1 - k), a[1] * k + end[0][1] * (1 - k)), (b[0] * k + end[1][0] * (1 - k),
        b[1] * k + end[1][1] * (1 - k))),
        0.9, outfit.top.line,
    )  # fmt: skip


def _ink_short_sleeve(pen: Pen, shape: Limb, outfit: Outfit, skip: tuple[float, float]) -> None:
    grown = 0.055
    n = min(5, len(shape.left), len(shape.right))  # a sharp bend eats into the points of its inner side
    pairs = list(zip(shape.left[:n], shape.right[:n], strict=True))
    left = [_pushed(a, b, grown * i / n) for i, (a, b) in enumerate(pairs)]
    right = [_pushed(b, a, grown * i / n) for i, (a, b) in enumerate(pairs)]
    pen.cover(poly((*left, *reversed(right), *reversed(shape.cap))), outfit.top)
    for side, start in ((left, skip[0]), (right, skip[1])):
        pen.curve(side[round(start * 12) :], 1.25)
    pen.straight((left[-1], right[-1]), 1.2)


def _pushed(a: Point, away: Point, by: float) -> Point:
    dx, dy = a[0] - away[0], a[1] - away[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    return (a[0] + dx / length * by, a[1] + dy / length * by)


def _ink_hanging_sleeve(pen: Pen, frame: Frame, bones: ArmBones, sleeve: Path, outfit: Outfit) -> None:
    shoulder, elbow, wrist = (frame.flat(v) for v in (bones.shoulder, bones.elbow, bones.wrist))
    pen.shape(sleeve, outfit.top)
    middle = frame.flat(frame.bones.neck)
    inward = 0.09 if middle[0] > shoulder[0] else -0.09
    if frame.depth(bones.shoulder) < 0.35:
        inward *= 1.3
    pen.cover(poly(around((shoulder[0] + inward, shoulder[1] + 0.07), 0.2, 12)), outfit.top)
    opening = poly(hull([*around(wrist, 0.1, 8), *around((wrist[0], wrist[1] + 0.2), 0.05, 6)]))
    pen.shape(opening, outfit.top, 0.9)
    fold = (elbow[0] * 0.6 + wrist[0] * 0.4, elbow[1] * 0.6 + wrist[1] * 0.4)
    pen.line(
        ((elbow[0], elbow[1] + 0.05), (fold[0], fold[1] + 0.25), (fold[0], fold[1] + 0.45)),
        0.9,
        (0.6, 1),
        outfit.top.line,
    )
