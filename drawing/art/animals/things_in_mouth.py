"""Things that a beast has in its mouth, and what lies around its neck.

A thing with two ends lies across the jaws, a limp one hangs by its end, others by their upper edge; the muzzle closes
over each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot, pi

from drawing.art.animals.breeds import Breed
from drawing.art.animals.four_legged_bodies import BeastBody
from drawing.art.animals.head import AnimalHead
from drawing.art.animals.muzzle import BEAKED, ink_beak, ink_nose
from drawing.art.animals.owls_and_waders import HOOK, ink_hook
from drawing.art.props.limp_things import (
    LIMP,
    Neck,
    around_neck,
    by_the_mouth,
    from_mouth,
    hanging,
    ink_around,
    ink_limp,
)
from drawing.art.things.draw_own_shape import word_of
from drawing.art.things.find_drawing import Thing, thing_named, thing_of
from drawing.ink.paths import Path, ellipse, flattened, rect, union
from drawing.ink.pen import Pen, showing
from manga.geometry import Point, bounds, inside

_MOUTHFUL = 1.6
"""Heads: nothing carried in a mouth is drawn larger."""
_ACROSS = frozenset({"fish", "bone", "flute", "knife", "pencil", "feather", "umbrella", "telescope"})
"""Things with two ends, beside the long ones: they lie across the jaws."""
_WIDE = 1.25
"""Heads: nothing across the jaws is longer."""
_STEMMED = frozenset({"flower"})
"""Held by the stem, which lies across."""
_HIGH = {"chestnuts": 0.14, "mushrooms": 0.16}
"""Of their size: so far below the jaws is the middle of what has no flat upper edge."""
_NECK = 0.22
"""Heads between the skull and the middle of the neck."""
_STEP, _WIDEST = 0.03, 0.75


@dataclass(frozen=True, slots=True)
class Carried:
    """Ready to be inked: `around` after the body and before the head, `held` after the head."""

    around: Callable[[Pen], None] | None = None
    held: Callable[[Pen], None] | None = None


def carried(word: str, head: AnimalHead, body: BeastBody) -> Carried:
    """Nothing for a thing that cannot be drawn, and nothing in a mouth that is not seen."""
    name = thing_of(word) if word else None
    if name is None:
        return Carried()
    bearer = _Bearer(head, body)
    if not around_neck(word):
        return (
            Carried() if head.view == "back" else Carried(held=showing("holds", word_of(name), _in_mouth(name, bearer)))
        )
    neck, scale = neck_of(body, head), bearer.scale
    if head.view == "back" or not by_the_mouth(word):
        return Carried(around=showing("thing", name, lambda pen: ink_around(pen, name, neck, scale)))

    def held(pen: Pen) -> None:
        ink_limp(pen, name, from_mouth(bearer.mouth, neck, LIMP[name].thick * scale), scale, (0.15, 0.1))
        _close(pen, bearer)

    return Carried(lambda pen: ink_around(pen, name, neck, scale, headless=True), showing("holds", name, held))


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A head on its body."""

    head: AnimalHead
    body: BeastBody

    @property
    def scale(self) -> float:
        """How thick limp things are in its heads: a small beast's eel is as large as a great one's."""
        return min(1.5, max(0.85, 0.72 / self.head.breed.scale))

    @property
    def lips(self) -> Point:
        """Where the jaws close, in the head's coordinates: at the tip of a beak, before the middle of a muzzle."""
        if self.head.breed.body == "owl":
            x, y = self.head.hook_at
            return (x, y + HOOK)
        x, y = self.head.muzzle_at
        if self.head.breed.body in BEAKED:
            return (x if self.head.view == "front" else x + 0.14 - self.head.breed.beak, y + 0.05)
        aside = 0.0 if self.head.view == "front" else self.head.breed.muzzle[0] * 0.3
        return (x - aside, y + self.head.breed.muzzle[1] * 0.5)

    @property
    def mouth(self) -> Point:
        """The same in the body's coordinates."""
        return self.body.in_head(*self.lips, self.head.breed.grown)


def _in_mouth(name: str, bearer: _Bearer) -> Callable[[Pen], None]:
    def ink(pen: Pen) -> None:
        if name in LIMP:
            ink_limp(pen, name, hanging(bearer.mouth, 1.25 * bearer.scale), bearer.scale, (0.0, 0.9))
        else:
            _ink_thing(pen, name, thing_named(name), bearer)
        _close(pen, bearer)

    return ink


def _ink_thing(pen: Pen, name: str, thing: Thing, bearer: _Bearer) -> None:
    (x, y), across = bearer.mouth, thing.long or name in _ACROSS
    size = min(thing.size / bearer.head.breed.scale, _WIDE if across else _MOUTHFUL)
    if name in _STEMMED:
        with pen.canvas.moved(x - 0.2 * size, y, size, -pi / 2):
            thing.draw(Pen(pen.canvas, pen.weight / size))
        return
    drop = _drop(name, thing, size)
    with pen.canvas.moved(x, y + drop, size):
        thing.draw(Pen(pen.canvas, pen.weight / size))


def _drop(name: str, thing: Thing, size: float) -> float:
    """How far the middle of a thing lies below the jaws."""
    if thing.long or name in _ACROSS:
        return 0.03 + 0.16 * size * (name == "fish")
    return size * (0.46 if thing.hangs else _HIGH.get(name, 0.3))


def _close(pen: Pen, bearer: _Bearer) -> None:
    """The upper lip, over what lies between the jaws."""
    head = bearer.head
    k = head.breed.grown
    with bearer.body.head_on(pen.canvas, k):
        fine = Pen(pen.canvas, pen.weight / k)
        if head.breed.body in BEAKED:
            ink_beak(fine, head.breed, head.face, head.muzzle_at, head.view)
            return
        if head.breed.body == "owl":
            ink_hook(fine, head.face, head.hook_at)
            return
        (x, y), lip = bearer.lips, _lip(head.breed, bearer.lips, front=head.view == "front")
        with pen.canvas.saved():
            pen.canvas.clip(rect(x - 1, y - 0.01, 2, 1))
            fine.contour(lip, 2.4, head.breed.mask.line)
        fine.cover(lip, head.breed.mask)
        rx, ry = head.breed.muzzle
        fine.cover(ellipse(x, y - ry * 0.45, rx * 0.72, ry * 0.6), head.breed.mask)
        fine.line(((x, y - ry * 0.5), (x, y - ry * 0.02)), 0.8, (0.2, 0.2), head.breed.mask.line)
        ink_nose(fine, head.breed, head.muzzle_at, head.view)


def _lip(breed: Breed, at: Point, *, front: bool) -> Path:
    """Two lobes under the nose; from the side the far one is narrow."""
    x, y = at
    rx, ry = breed.muzzle
    far = 0.5 if front else 0.3
    return union(
        ellipse(x - rx * far, y - ry * 0.04, rx * far * 1.06, ry * 0.36),
        ellipse(x + rx * 0.5, y - ry * 0.04, rx * 0.53, ry * 0.36),
    )


def neck_of(body: BeastBody, head: AnimalHead) -> Neck:
    """On the way from the head to the body, just clear of the skull, as wide as the body is there."""
    trunks = [line for path in body.outlines[:2] for line in flattened(path, 4)]
    trunk = bounds([point for line in trunks[:1] for point in line])
    hx, hy = body.head
    dx, dy = min(0.9, trunk.centre[0] - hx), trunk.centre[1] - hy
    far = hypot(dx, dy) or 1.0
    down = (dx / far, dy / far)
    rx, ry = head.breed.skull
    clear = head.breed.grown / hypot(down[0] / rx, down[1] / ry) + _NECK
    middle = (hx + down[0] * clear, hy + down[1] * clear)
    return Neck(middle, _half(middle, (-down[1], down[0]), trunks), _half(middle, (down[1], -down[0]), trunks), down)


def _half(middle: Point, way: Point, trunks: list[list[Point]]) -> float:
    """How far the body reaches from its middle to one side."""
    far = 0.0
    while far < _WIDEST:
        point = (middle[0] + way[0] * (far + _STEP), middle[1] + way[1] * (far + _STEP))
        if not any(inside(point, line) for line in trunks):
            break
        far += _STEP
    return max(0.26, far)
