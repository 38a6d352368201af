"""A dressed body without its head: which parts lie behind, which in front, and their marks.

In: a frame (posed bones seen from somewhere) and an outfit. Out: parts with an outline for the silhouette and a way to
ink them, in drawing order; hands in page-ready coordinates.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi

from drawing.art.hands import HandOutline, hand, ink_hand
from drawing.art.limbs import Limb
from drawing.art.outfits.cloth_folds import ink_folds
from drawing.art.outfits.cloth_shadows import shade_trunk
from drawing.art.outfits.collars import ink_behind_neck, ink_collar
from drawing.art.outfits.kimono_and_armour import ink_guards, ink_wings
from drawing.art.outfits.legs_and_shoes import legs
from drawing.art.outfits.mantle import back, shoulders
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.outfits.skirts_and_trousers import COAT_TAILS
from drawing.art.outfits.sleeves import Sleeve, ink_shoulder, ink_sleeve, sleeve, thickness
from drawing.art.outfits.trunk_folds import trunk_folds
from drawing.art.points_in_space import Vec
from drawing.art.pose_spec import ArmPose, HandShape, PoseSpec
from drawing.art.skeleton import ArmBones
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import WHITE, Pen, Shade, showing
from manga.geometry import Point

_WRIST_BENDS = 1.15
"""Radians on paper, of an arm that comes towards us."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece that is drawn in one go, and what it covers."""

    outline: Path
    ink: Callable[[Pen], None]


@dataclass(frozen=True, slots=True)
class DressedBody:
    """All parts of a dressed body, in drawing order."""

    behind: tuple[Part, ...]
    """Drawn before the head: far arm, legs, trunk."""
    front: tuple[Part, ...]
    """Drawn after the head: arms before the chest."""
    hands: tuple[HandOutline, ...]
    neck: Point
    skin: Shade = WHITE
    """Of the hands."""


def body(frame: Frame, pose: PoseSpec, outfit: Outfit, *, upright: bool = False) -> DressedBody:
    """`upright`: one hand holds something that stands up in it, like a stem."""
    arms = [
        _arm(frame, bones, arm, outfit, upright=upright)
        for bones, arm in ((frame.bones.left, pose.left), (frame.bones.right, pose.right))
    ]
    far = [a for a in arms if a.behind]
    front = [a for a in arms if not a.behind]
    lower = [Part(outline, ink) for outline, ink in legs(frame, outfit, sits=pose.sits)]
    trunk = [_neck(frame, outfit), _trunk(frame, outfit, [a.worn for a in arms])]
    thighs_first = not frame.lap
    middle = [*lower, *trunk] if thighs_first or outfit.lower in {"kimono", "long_skirt"} else [*trunk, *lower]
    if outfit.waist and frame.lap:
        middle = [*trunk, *lower]
    return DressedBody(
        behind=(*_cloak(frame, outfit, seen=frame.shows_front), *(part for a in far for part in a.parts), *middle),
        front=(*(part for a in sorted(front, key=lambda a: a.depth) for part in a.parts), *_over(frame, outfit, arms)),
        hands=tuple(a.hand for a in arms),
        skin=outfit.paws or WHITE,
        neck=frame.flat(frame.bones.neck),
    )


def _cloak(frame: Frame, outfit: Outfit, *, seen: bool) -> tuple[Part, ...]:
    """`seen`: whether it is its turn, behind everything of whoever faces us, before everything of others."""
    return (_mantle(*back(frame, outfit.mantle)),) if outfit.mantle and seen else ()


def _mantle(outline: Path, ink: Callable[[Pen], None]) -> Part:
    return Part(outline, showing("thing", "cloak", ink))


def _over(frame: Frame, outfit: Outfit, arms: Sequence["_Arm"]) -> tuple[Part, ...]:
    """What is worn over the sleeves."""
    if outfit.mantle:
        over = _mantle(*shoulders(frame, outfit.mantle))
        return (over, *_cloak(frame, outfit, seen=not frame.shows_front))
    if outfit.collar == "plates":
        upper = [a.worn.joints[:2] for a in arms if not a.behind]
        wide = 0.24 * thickness(frame)
        return (Part((), lambda pen: ink_guards(pen, upper, outfit, wide)),)
    if outfit.collar != "wings" or not frame.shows_front:
        return ()
    return (Part((), lambda pen: ink_wings(pen, frame, outfit)),)


def _neck(frame: Frame, outfit: Outfit) -> Part:
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
        ink_behind_neck(pen, frame, outfit)
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


def _trunk(frame: Frame, outfit: Outfit, worn: Sequence[Sleeve]) -> Part:
    end = 0.74 if outfit.waist else 1.06
    outline = frame.trunk(end)

    def ink(pen: Pen) -> None:
        pen.shape(outline, outfit.top)
        if outfit.collar in COAT_TAILS:
            _open_end(pen, frame, outfit)
        for one in worn:
            ink_shoulder(pen, one, outfit.top)
        if outfit.collar != "fur":
            shade_trunk(pen, frame, outfit.top, end)
        ink_folds(pen, trunk_folds(frame, outfit, worn), outfit.top)
        ink_collar(pen, frame, outfit)

    return Part(outline, ink)


def _open_end(pen: Pen, frame: Frame, outfit: Outfit) -> None:
    """A jacket runs on over the hips without a seam."""
    (ax, ay), (bx, by) = frame.edge(0.98)
    (cx, cy), (dx, dy) = frame.edge(1.06)
    low = 3 * pen.weight
    pen.cover(poly(((ax + 0.02, ay), (bx - 0.02, by), (dx - 0.02, dy + low), (cx + 0.02, cy + low))), outfit.top)


@dataclass(frozen=True, slots=True)
class _Arm:
    parts: tuple[Part, ...]
    hand: HandOutline
    worn: Sleeve
    behind: bool
    depth: float


def _arm(frame: Frame, bones: ArmBones, pose: ArmPose, outfit: Outfit, *, upright: bool) -> _Arm:
    worn = sleeve(frame, bones, outfit)
    form: HandShape = "paw" if outfit.paws else pose.hand
    wide = frame.p.hand * (0.3 if form == "hidden" else 1.0)
    way, thumb_left = worn.shape.direction, _thumb_left(frame, bones, worn.shape)
    if pose.fingers:
        way = _aimed(frame, bones.side, pose.fingers)
    elif upright and form == "grip":
        way = _levelled(frame, worn)
        thumb_left = cos(way) < 0
    drawn = hand(worn.joints[2], way, wide, form, thumb_left=thumb_left)
    behind = frame.depth(bones.shoulder) < -0.25 and not _crosses(frame, bones)
    if abs(frame.turn) > 120:
        behind = frame.depth(bones.wrist) < 0.2
    cloth = Part(worn.outline, lambda pen: ink_sleeve(pen, frame, bones, worn, outfit))
    depth = frame.depth(bones.wrist)
    if form == "hidden":
        return _Arm((cloth,), drawn, worn, behind or depth < -0.1, depth)
    parts = (Part(drawn.outline, lambda pen: ink_hand(pen, drawn, outfit.paws or WHITE)), cloth)
    nears = frame.depth(bones.wrist) > frame.depth(bones.elbow) + 0.3
    if outfit.sleeve == "kimono" or (form != "relaxed" and nears):
        parts = (parts[1], parts[0])
    return _Arm(parts, drawn, worn, behind, depth)


def _aimed(frame: Frame, side: int, fingers: Vec) -> float:
    """On the page, radians."""
    (ax, ay), (bx, by) = (
        frame.flat(frame.bones.on_trunk(v)) for v in ((0, 0, 0), (side * fingers[0], *fingers[1:]))
    )  # fmt: skip
    return atan2(by - ay, bx - ax)


def _levelled(frame: Frame, worn: Sleeve) -> float:
    """Where the fingers of a hand point that closes around something upright: to the side, as far as a wrist bends."""
    way = worn.shape.direction
    across = cos(way) if abs(cos(way)) > 0.3 else frame.flat(frame.bones.neck)[0] - worn.joints[2][0]
    turn = ((0.0 if across > 0 else pi) - way + pi) % (2 * pi) - pi
    return way + max(-_WRIST_BENDS, min(_WRIST_BENDS, turn))


def _crosses(frame: Frame, bones: ArmBones) -> bool:
    """Whether a far arm reaches out in front of the chest."""
    shoulder, wrist, neck = (frame.flat(v)[0] for v in (bones.shoulder, bones.wrist, frame.bones.neck))
    inwards = (wrist - shoulder) * (1 if neck > shoulder else -1)
    return frame.depth(bones.wrist) > 0.15 and inwards > -0.1


def _thumb_left(frame: Frame, bones: ArmBones, shape: Limb) -> bool:
    """Thumbs point forwards when the arm hangs, inwards and upwards when it is raised."""
    hangs = -0.35 * pi < shape.direction - pi / 2 < 0.35 * pi
    if hangs and abs(frame.view.yaw) > 25:
        return frame.view.yaw < 0
    return (bones.side > 0) == (hangs or shape.direction > 0)
