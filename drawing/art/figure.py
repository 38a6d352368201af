"""A whole human figure: body and head put together, its silhouette and its anchors.

In: look, expression, pose, view, what the hands hold. Out: a `Figure` in heads, origin on the floor under the pelvis.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import cos, hypot, radians, sin, sqrt
from typing import Literal, Protocol

from drawing.art.body import DressedBody, Part, body
from drawing.art.body_turn import CUSHION, body_turn, seen, turn_of
from drawing.art.face import HeadView, head_view
from drawing.art.head import head
from drawing.art.outfits.outfit_parts import Outfit, drawn_look, outfit
from drawing.art.points_in_space import turned, two_bones
from drawing.art.pose_spec import HandShape, PoseSpec, mirrored
from drawing.art.poses import POSES
from drawing.art.poses_with_things import (
    AT_WORK,
    BOTH_HANDS,
    calling,
    calls_at_work,
    deed_of,
    deed_word,
    doing,
    into_view,
)
from drawing.art.proportions import Proportions, proportions
from drawing.art.props import rucksack
from drawing.art.props.held_things import Held, held, stands_in_hand
from drawing.art.props.limp_things import around_neck
from drawing.art.skeleton import ArmBones
from drawing.art.spirits.spirit_figure import AdornedHead, borne
from drawing.art.spirits.spirit_kinds import aspect_of, embodied
from drawing.art.things.find_drawing import thing_named, thing_of
from drawing.art.trunk_outline import Frame
from drawing.art.wounds_and_marks import on_body
from drawing.ink.paths import Path, mapped
from drawing.ink.pen import LIGHT, Pen
from manga.characters import Look
from manga.geometry import Point, Rect, bounds
from manga.storyboard import Expression, Pose
from manga.vocabulary.beings import Adornment


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """Where the middle of the head lies, how it is turned, and how large it is drawn."""

    x: float
    y: float
    turn: float
    mirror: bool
    scale: float

    @classmethod
    def on(cls, frame: Frame, spec: PoseSpec, yaw: float, scale: float) -> "HeadPlace":
        x, y = frame.flat(frame.bones.head)
        mirror = 0 < ((yaw + 180) % 360 - 180) < 179
        side = sin(radians(yaw))
        pitch = (spec.nod + frame.bones.lean * 0.55) * side
        return cls(x, y, radians(spec.roll * cos(radians(yaw)) + pitch * 0.9), mirror, scale)

    def at(self, x: float, y: float) -> Point:
        if self.mirror:
            x = -x
        c, s = cos(self.turn) * self.scale, sin(self.turn) * self.scale
        return (self.x + c * x - s * y, self.y + s * x + c * y)

    def box(self, rect: Rect) -> Rect:
        return bounds([self.at(*p) for p in rect.polygon()])


_ON_THE_GROUND = frozenset({Pose.CRAWL, Pose.ROW})
_FALLEN = frozenset({Pose.LIE, Pose.FALL})


@dataclass(frozen=True, slots=True)
class Marks:
    """Anchors in the figure's own coordinates."""

    body: Rect
    head: Rect
    face: Rect | None
    mouth: Point | None
    hands: tuple[Rect, ...]
    eyes: Point


@dataclass(frozen=True, slots=True)
class Reach:
    """A hand (1 the figure's left one, -1 the right one) that goes to a point of the picture, in the figure's heads."""

    side: int
    at: Point
    hand: HandShape


@dataclass(frozen=True, slots=True)
class Figure:
    """`silhouette` is everything that is covered; `ink` draws the figure with a pen of its scale."""

    silhouette: tuple[Path, ...]
    ink: Callable[[Pen], None]
    marks: Marks
    scale: float = 1.0
    """Its head against an adult's: how large one unit is drawn."""
    foot: float = 0.0
    """Where its weight rests, across."""
    low: bool = False
    """Sits on the floor by itself, without a seat."""
    human: bool = True
    seat: float = 1.42
    """How high the seat is on which it would sit, heads."""
    perches: bool = False
    """Sits on a branch where there may be one."""
    deed: str = "stand"
    """What the body does as it is drawn."""
    face: str = ""
    """The expression as it is drawn."""
    tied: str = ""
    """The character who is at the other end of the line that he pulls."""
    reaching: "Callable[[Sequence[Reach], bool], Figure] | None" = field(default=None, compare=False)
    """The same figure with hands that go elsewhere, on its knees or not; None where nothing of it moves."""
    raising: "Callable[[float], Figure] | None" = field(default=None, compare=False)
    """The same figure with the thing that it holds no lower than so many heads below the neck."""


Tail = tuple[Path, Callable[[Pen], None]]


class HeadLike(Protocol):
    """A head of any kind, in its own coordinates."""

    @property
    def view(self) -> HeadView: ...
    @property
    def outlines(self) -> tuple[Path, ...]: ...
    @property
    def mouth(self) -> Point: ...
    @property
    def eye(self) -> Point: ...
    @property
    def face_box(self) -> Rect | None: ...
    @property
    def box(self) -> Rect: ...
    def ink(self, pen: Pen) -> None: ...
    def ink_behind(self, pen: Pen) -> None: ...


def human(
    look: Look,
    expression: Expression,
    pose: Pose,
    facing: str,
    holds: str = "",
    *,
    yaw: float | None = None,
    stance: PoseSpec | None = None,
    head_scale: float = 1.0,
    reaches: Sequence[Reach] = (),
    lowest: float | None = None,
) -> Figure:
    """`stance` replaces what the pose means by itself; `lowest` says how far below the neck, in heads, a hand with a
    thing is still in the picture."""
    look, being = drawn_look(look), aspect_of(look)
    aspect = being.adorned if being else None
    if aspect and aspect.stone:
        pose, expression, holds, stance = pose if pose in _FALLEN else Pose.STAND, Expression.CALM, "", None
    turn = turn_of(pose, facing) if yaw is None else yaw
    look = embodied(look, being) if being else look
    own = head(look, expression, head_view(turn * 1.05))
    face = AdornedHead(own, aspect) if aspect else own
    p, clothes = proportions(look), outfit(look)
    made = posed(look, face, p, clothes, pose, turn, holds, stance=stance, head_scale=head_scale, reaches=reaches,
                 lowest=lowest)  # fmt: skip
    made = replace(made, face=expression.value)
    return _bearing(made, aspect, face.view) if aspect and pose is not Pose.LIE else made


def _bearing(made: Figure, aspect: Adornment, view: HeadView) -> Figure:
    """With the wings, the club or the mist of a spirit."""
    load = borne(aspect, made.marks.head.bottom + 0.3, -made.seat - 0.2, from_behind=view == "back")

    def ink(pen: Pen) -> None:
        load.under(pen)
        made.ink(pen)
        for path in made.silhouette if aspect.stone else ():
            pen.canvas.tone(path, LIGHT)
        load.over(pen)

    return replace(made, silhouette=(*made.silhouette, *load.outlines), ink=ink)


def posed(
    look: Look,
    face: HeadLike,
    p: Proportions,
    clothes: Outfit,
    pose: Pose,
    turn: float,
    holds: str,
    *,
    head_scale: float = 1.0,
    tail: Tail | None = None,
    stance: PoseSpec | None = None,
    reaches: Sequence[Reach] = (),
    lowest: float | None = None,
) -> Figure:
    """A body in a pose under any head; a tail hangs behind it."""
    spec = stance or POSES[pose]
    spec = mirrored(spec) if spec.onward and turn < 0 else spec
    worn = bool(around_neck(holds))
    holds = holds if worn else "" if pose in BOTH_HANDS else holds or ("" if reaches else AT_WORK.get(pose, ""))
    if holds and not worn and pose not in AT_WORK:
        deed = deed_of(thing_of(holds), pose)
        spec = doing(spec, deed)
        name = thing_of(holds)
        if lowest is not None and name is not None:
            spec = into_view(spec, deed, pose, thing_named(name), lowest)
        turned = deed is not None and ((deed.near and turn < 0) or (deed.across and turn > 0))
        spec = mirrored(spec) if turned else spec
    spec = calling(spec) if calls_at_work(holds, pose) else spec
    frame = seen(spec, p, body_turn(pose, turn))
    if reaches:
        spec = _stooping(spec, frame, reaches)
        frame = seen(spec, p, body_turn(pose, turn))
    for reach in reaches:
        spec, frame = _reaching(spec, frame, reach)
    drawn = body(frame, spec, clothes, upright=stands_in_hand(holds, pose))
    thing = held(holds, pose, drawn, frame) if holds else None
    place = HeadPlace.on(frame, spec, turn, head_scale)
    burdened = rucksack.MARK in look.marks
    tail = rucksack.pack(frame) if burdened else tail
    straps = rucksack.straps(frame, worn=burdened)
    made = _Assembled(drawn, face, place, thing, tail, on_body(look, frame), straps).figure(p.head)
    seat, low = -frame.flat(frame.bones.pelvis)[1] - CUSHION * p.limb, pose in _ON_THE_GROUND
    made = replace(made, seat=seat, low=low, deed=deed_word(thing_of(holds) if thing else None, pose))
    return laid(made, to_left=turn <= 0) if spec.lies else made


_TO_THE_PALM, _BEFORE_US = 0.12, 0.4
"""Heads from the wrist to where the hand lies; how far a reaching hand comes towards us at most."""
_MOST_STOOP, _STOOPS = 30.0, 32.0
"""Degrees; degrees a head."""


def _reaching(spec: PoseSpec, frame: Frame, reach: Reach) -> tuple[PoseSpec, Frame]:
    """The pose with a hand of that shape, and the bones of its arm brought to the point, as far as they reach."""
    side: Literal["left", "right"] = "left" if reach.side > 0 else "right"
    bones: ArmBones = getattr(frame.bones, side)
    x, y, z = frame.view.turn(bones.shoulder)
    across, down = reach.at[0] - x, reach.at[1] - (y + z * frame.view.tilt)
    flat = hypot(across, down) or 1.0
    short = max(0.0, 1 - _TO_THE_PALM / flat)
    length = frame.p.upper_arm + frame.p.forearm
    ahead = min(_BEFORE_US, 0.5 * sqrt(max(0.0, length**2 - (flat * short) ** 2)))
    on_paper = (x + across * short, y + down * short - ahead * frame.view.tilt, z + ahead)
    target = turned(on_paper, -frame.view.yaw)
    pole = (0.7 * bones.side, 0.9, -0.3)
    elbow, wrist = two_bones(bones.shoulder, target, frame.p.upper_arm, frame.p.forearm, pole)
    moved, arm = replace(bones, elbow=elbow, wrist=wrist), replace(getattr(spec, side), hand=reach.hand, fingers=None)
    if side == "left":
        return replace(spec, left=arm), replace(frame, bones=replace(frame.bones, left=moved))
    return replace(spec, right=arm), replace(frame, bones=replace(frame.bones, right=moved))


def _stooping(spec: PoseSpec, frame: Frame, reaches: Sequence[Reach]) -> PoseSpec:
    """Leant forward as far as hands lack to what is before them."""
    lacks = 0.0
    for reach in reaches:
        x, y = frame.flat((frame.bones.left if reach.side > 0 else frame.bones.right).shoulder)
        if (reach.at[0] - x) * frame.view.yaw >= 0:
            lacks = max(lacks, hypot(reach.at[0] - x, reach.at[1] - y) - frame.p.upper_arm - frame.p.forearm)
    return replace(spec, lean=spec.lean + min(_MOST_STOOP, lacks * _STOOPS)) if lacks > 0 else spec


@dataclass(frozen=True, slots=True)
class _Assembled:
    body: DressedBody
    head: HeadLike
    place: HeadPlace
    thing: Held | None
    tail: Tail | None
    befallen: Callable[[Pen], None]
    """What lies over the clothes."""
    straps: Callable[[Pen], None]
    """What lies on the chest, beneath the arms."""

    def figure(self, scale: float) -> Figure:
        paths = [part.outline for part in (*self.body.behind, *self.body.front)]
        paths += [mapped(path, self.place.at) for path in self.head.outlines]
        if self.thing:
            paths.append(self.thing.outline)
        if self.tail:
            paths.append(self.tail[0])
        return Figure(tuple(p for p in paths if p), self._ink, self._marks(paths), scale)

    def _ink(self, pen: Pen) -> None:
        back = self.head.view == "back"
        if not back:
            self._in_head(pen, self.head.ink_behind)
        if self.tail and not back:
            self.tail[1](pen)
        if self.thing and self.thing.under and (back or self.thing.behind):
            self.thing.ink(pen)
        _ink_parts(pen, self.body.behind)
        self.straps(pen)
        if self.tail and back:
            self.tail[1](pen)
        if self.thing and self.thing.under and not (back or self.thing.behind):
            self.thing.ink(pen)
        if back:
            _ink_parts(pen, self.body.front)
        self._in_head(pen, self.head.ink)
        if not back:
            _ink_parts(pen, self.body.front)
            self.befallen(pen)
            if self.thing and self.thing.over:
                self.thing.over(pen)
        if self.thing and not self.thing.under:
            self.thing.ink(pen)

    def _in_head(self, pen: Pen, draw: Callable[[Pen], None]) -> None:
        p = self.place
        with pen.canvas.moved(p.x, p.y, p.scale, p.turn, mirror=p.mirror):
            draw(Pen(pen.canvas, pen.weight / p.scale))

    def _marks(self, paths: list[Path]) -> Marks:
        points = _points(paths)
        face = self.head.face_box
        hands = tuple(
            Rect(x=h.centre[0] - h.radius, y=h.centre[1] - h.radius, width=2 * h.radius, height=2 * h.radius)
            for h in self.body.hands
        )
        return Marks(
            bounds(points),
            self.place.box(self.head.box),
            self.place.box(face) if face else None,
            self.place.at(*self.head.mouth) if face else None,
            hands,
            self.place.at(*self.head.eye),
        )


def _points(paths: Iterable[Path]) -> list[Point]:
    return [(float(op[i]), float(op[i + 1])) for path in paths for op in path for i in range(1, len(op), 2)]


def _ink_parts(pen: Pen, parts: tuple[Part, ...]) -> None:
    for part in parts:
        part.ink(pen)


def laid(figure: Figure, *, to_left: bool) -> Figure:
    """The figure on its back on the floor, its head towards one side."""
    return tipped(figure, -1.46 if to_left else 1.46, (0.0, figure.marks.body.centre[1]), lowest=0.0)


def tipped(figure: Figure, turn: float, about: Point, *, lowest: float | None = None) -> Figure:
    """The figure turned about a point, radians clockwise, and brought so low, if that is told."""
    c, s = cos(turn), sin(turn)
    cx, cy = about

    def turned_at(x: float, y: float) -> Point:
        return (cx + c * (x - cx) - s * (y - cy), cy + s * (x - cx) + c * (y - cy))

    down = 0.0 if lowest is None else lowest - max(turned_at(*p)[1] for p in _points(figure.silhouette))

    def at(x: float, y: float) -> Point:
        x, y = turned_at(x, y)
        return (x, y + down)

    def box(r: Rect) -> Rect:
        return bounds([at(*p) for p in r.polygon()])

    def ink(pen: Pen) -> None:
        with pen.canvas.moved(*at(0, 0), 1.0, turn):
            figure.ink(pen)

    m, paths = figure.marks, tuple(mapped(path, at) for path in figure.silhouette)
    marks = Marks(
        bounds(_points(paths)), box(m.head), box(m.face) if m.face else None, at(*m.mouth) if m.mouth else None,
        tuple(map(box, m.hands)), at(*m.eyes),
    )  # fmt: skip
    return replace(figure, silhouette=paths, ink=ink, marks=marks, foot=0.0)
