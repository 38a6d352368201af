"""Bodies on four legs, in the animal's own heads: origin on the floor, looking to the left.

Out: where the head goes, outlines, and marks. Gaits: stand, walk, run, sit, crouch,
    and sitting seen from the front or back.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import cos, sin

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.great_cats import ink_pelt
from drawing.art.animals.manes_and_hoofs import ink_crest, ink_hoof
from drawing.art.limbs import Limb, Radii, limb
from drawing.ink.canvas import Canvas
from drawing.ink.paths import Path, ellipse, mapped, smooth, stroke, union
from drawing.ink.pen import DARK_TONE, WHITE, Pen
from manga.geometry import Point

Inking = Callable[[Pen], None]


@dataclass(frozen=True, slots=True)
class BeastBody:
    """A body without its head, and where the head sits."""

    head: Point
    outlines: tuple[Path, ...]
    ink: Inking
    paws: tuple[Point, ...]
    tilt: float = 0.0
    """How far the head bends forward, radians."""
    deed: str = "stand"
    """What it does as it is drawn."""
    back: bool = False
    """The head is turned round, towards the tail."""

    def in_head(self, x: float, y: float, scale: float) -> Point:
        """A point of the head on the body."""
        c, s, flip = scale * cos(self.tilt), scale * sin(self.tilt), -1 if self.back else 1
        return (self.head[0] + flip * (c * x - s * y), self.head[1] + s * x + c * y)

    def head_on(self, canvas: Canvas, scale: float) -> AbstractContextManager[None]:
        """The head's own coordinates."""
        return canvas.moved(*self.head, scale, -self.tilt if self.back else self.tilt, mirror=self.back)


Leg = tuple[Point, Point, Point]
_GAITS: dict[str, tuple[tuple[Leg, Leg, Leg, Leg], float]] = {
    "stand": ((((-0.8, -1.3), (-0.72, -0.66), (-0.84, -0.06)), ((-0.62, -1.3), (-0.5, -0.66), (-0.56, -0.06)),
    ((0.95, -1.35), (1.2, -0.62), (1.04, -0.06)), ((0.78, -1.35), (0.98, -0.62), (0.78, -0.06))), 0.0),
    "walk": ((((-0.85, -1.3), (-1.1, -0.7), (-1.32, -0.1)), ((-0.62, -1.3), (-0.42, -0.7), (-0.2, -0.1)), ((0.95,
    -1.35), (1.4, -0.62), (1.5, -0.06)), ((0.78, -1.35), (0.85, -0.62), (0.46, -0.06))), 0.0),
    "run": ((((-0.9, -1.25), (-1.5, -0.95), (-2.0, -0.72)), ((-0.7, -1.25), (-1.25, -0.78), (-1.75, -0.45)), ((1.0,
    -1.3), (1.62, -0.86), (2.15, -0.6)), ((0.85, -1.3), (1.4, -0.66), (1.9, -0.3))), -0.06),
    "leap": ((((-0.9, -1.3), (-1.5, -1.3), (-1.95, -0.95)), ((-0.7, -1.3), (-1.2, -1.12), (-1.55, -0.72)), ((1.0,
    -1.3), (1.5, -0.95), (1.95, -0.5)), ((0.85, -1.3), (1.25, -0.8), (1.6, -0.3))), 0.24),
    "crouch": ((((-0.9, -0.7), (-0.7, -0.3), (-1.25, -0.06)), ((-0.7, -0.7), (-0.45, -0.3), (-0.95, -0.06)), ((0.95,
    -0.7), (1.2, -0.36), (0.85, -0.06)), ((0.78, -0.7), (1.0, -0.36), (0.6, -0.06))), 0.0),
}  # fmt: skip


def side_body(breed: Breed, gait: str) -> BeastBody:
    """Standing, walking, running or crouching, seen from the side."""
    legs, pitch = _GAITS["stand" if gait == "sniff" else gait]
    rise = -0.55 if gait == "leap" else 0.0
    fat = 1.35 if breed.body == "heavy" else 1.0
    drop = breed.leg / 1.25

    def put(p: Point) -> Point:
        x, y = p
        scaled = y * drop if gait != "crouch" else y
        return (x * breed.long, scaled + pitch * x + rise)

    low = -0.62 if gait == "crouch" else 0.0
    trunk = _trunk(breed, put, fat, low)
    shapes = [_leg(tuple(put(p) for p in leg), breed, hind=i > 1, fat=fat) for i, leg in enumerate(legs)]
    neck_at = put((-1.0, -1.75 - low))
    head = (neck_at[0] - 0.62, neck_at[1] - (0.5 if gait not in {"crouch", "run"} else 0.18))
    if breed.body == "tall":
        head = (neck_at[0] - 1.05, neck_at[1] - 1.35)
    if gait == "sniff":
        head = (neck_at[0] - 0.85, -0.62)
    neck = stroke(
        (
            put((-0.55, -1.5 - low)),
            ((neck_at[0] + head[0]) / 2 + 0.16, (neck_at[1] + head[1]) / 2 + 0.16),
            (head[0] + 0.1, head[1] + 0.12),
        ),
        (1.04 if breed.roars else 0.86) * fat * min(1.0, 0.4 + 0.6 * drop),
        (0.55 if breed.roars else 0.0, 0.25),
        steps=5,
    )
    tail = _tail(breed, put((1.25, -1.6 - low)), up=gait in {"run", "walk"})
    body = union(trunk, neck)
    far, near = (shapes[1], shapes[3]), (shapes[0], shapes[2])

    def ink(pen: Pen) -> None:
        for shape in far:
            ink_leg(pen, shape, breed, far=True)
        ink_tail(pen, tail, breed)
        ink_coat(pen, body, breed.coat, 1.3)
        _ink_belly(pen, breed, body, put, low)
        ink_pelt(pen, trunk, breed, body)
        if breed.tail == "hair" and gait != "sniff":
            ink_crest(pen, head, put((-0.5, -1.9)))
        for shape in near:
            ink_leg(pen, shape, breed, far=False)
            if breed.hoofs:
                ink_hoof(pen, shape)

    outlines = (body, tail, *(s.path for s in shapes))
    return BeastBody(head, outlines, ink, tuple(s.end for s in near), -0.5 if gait == "sniff" else 0.0)


def _trunk(breed: Breed, put: Callable[[Point], Point], fat: float, low: float) -> Path:
    points = (
        (-1.28, -1.62),
        (-1.0, -1.98),
        (0.0, -1.88),
        (0.85, -1.98),
        (1.32, -1.7),
        (1.3, -1.2),
        (0.7, -1.05),
        (0.1, -1.08),
        (-0.6, -0.92),
        (-1.15, -1.2),
    )
    del breed
    return smooth([put((x * 1.02, y * (1 + 0.12 * (fat - 1)) - low)) for x, y in points], closed=True, tension=0.55)


def _leg(joints: Sequence[Point], breed: Breed, *, hind: bool, fat: float) -> Limb:
    first: Radii = (0.36 * fat, 0.28 * fat, 0.14 * fat) if hind else (0.24 * fat, 0.19 * fat, 0.14 * fat)
    second: Radii = (0.14 * fat, 0.105 * fat, 0.11 * fat)
    k = 0.8 if breed.body == "tall" else 1.0
    return limb(joints, (first[0] * k, first[1] * k, first[2] * k), (second[0] * k, second[1] * k, second[2] * k))


def ink_leg(pen: Pen, shape: Limb, breed: Breed, *, far: bool) -> None:
    shade = DARK_TONE if far and breed.coat.tone and not breed.coat.black else breed.coat
    pen.cover(shape.path, shade)
    for side in (shape.left, shape.right):
        start = 0 if far else round(len(side) * 0.3)
        pen.canvas.stroke(smooth(side[start:], tension=0.5), pen.weight * 1.25, 255 if shade.black else 0)
    x, y = shape.end
    paw = ellipse(x - 0.1, y - 0.05, 0.3, 0.17) if breed.roars else ellipse(x - 0.06, y - 0.02, 0.19, 0.1)
    ink_coat(pen, paw, breed.socks or breed.coat, 1.1)
    if breed.socks is not None:
        n = len(shape.left)
        low = (*shape.left[n - 3 :], *reversed(shape.right[-3:]))
        pen.canvas.fill(smooth(low, closed=True, tension=0.2), 0)


def _tail(breed: Breed, root: Point, *, up: bool) -> Path:
    x, y = root
    lift = -0.5 if up else 0.0
    if breed.tail == "brush":
        return stroke(
            ((x - 0.1, y), (x + 0.55, y + 0.1 + lift * 0.4), (x + 1.15, y + 0.35 + lift), (x + 1.6, y + 0.3 + lift)),
            0.62,
            (0.75, 0.85),
            steps=6,
        )
    if breed.tail == "curl":
        return stroke(((x, y), (x + 0.3, y - 0.4), (x + 0.05, y - 0.72), (x - 0.25, y - 0.5)), 0.3, (0.3, 0.6), steps=6)
    if breed.tail in {"thin", "whip", "tuft"}:
        wide = {"thin": 0.17, "tuft": 0.12}.get(breed.tail, 0.08)
        return stroke(
            ((x - 0.05, y + 0.1), (x + 0.6, y + 0.3 + lift), (x + 0.95, y - 0.2 + lift), (x + 0.8, y - 0.75 + lift)),
            wide,
            (0.1, 0.4),
            steps=6,
        )
    if breed.tail == "none":
        return ellipse(x - 0.2, y + 0.1, 0.05, 0.05)
    if breed.tail == "hair":
        return stroke(((x, y), (x + 0.4, y + 0.1), (x + 0.5, y + 0.8), (x + 0.4, y + 1.5)), 0.5, (0.6, 0.7), steps=5)
    return ellipse(x + 0.06, y + 0.05, 0.2, 0.18)


def ink_tail(pen: Pen, tail: Path, breed: Breed) -> None:
    ink_coat(pen, tail, breed.coat if breed.tail != "hair" else DARK_TONE, 1.25)
    if breed.tail == "tuft":
        end = max((op for op in tail if len(op) > 2), key=lambda op: float(op[1]) - float(op[2]))
        pen.canvas.fill(ellipse(float(end[1]), float(end[2]), 0.14, 0.22, 0.3))
    if breed.tail != "brush" or breed.coat.black:
        return
    xs = [float(op[1]) for op in tail if len(op) > 1]
    right = max(xs)
    with pen.canvas.saved():
        pen.canvas.clip(tail)
        tip = [op for op in tail if len(op) > 1 and float(op[1]) > right - 0.5]
        y = sum(float(op[2]) for op in tip) / max(1, len(tip))
        pen.canvas.fill(ellipse(right, y, 0.42, 0.5), 255)
    pen.contour(tail, 1.2)


def _ink_belly(pen: Pen, breed: Breed, body: Path, put: Callable[[Point], Point], low: float) -> None:
    if breed.coat in (breed.mask, WHITE):
        return
    with pen.canvas.saved():
        pen.canvas.clip(body)
        x, y = put((-1.25, -1.35 - low))
        pen.canvas.fill(ellipse(x, y, 0.34, 0.5), 255)
        x, y = put((-0.05, -0.9 - low))
        pen.canvas.fill(ellipse(x, y, 0.95 * breed.long, 0.26), 255)
    pen.contour(body, 1.25)


def sitting_body(breed: Breed, paw: Leg | None = None) -> BeastBody:
    """Sitting, seen from the side and a little from the front; `paw` are the joints of a near leg that is lifted."""
    k = 0.86 + 0.14 * breed.leg / 1.25
    points = (
        (-0.62, -2.0),
        (-0.2, -2.05),
        (0.3, -1.5),
        (0.78, -0.8),
        (0.85, -0.22),
        (0.5, -0.03),
        (-0.3, -0.05),
        (-0.72, -0.4),
        (-0.86, -1.2),
    )
    fat = 1.25 if breed.body == "heavy" else 1.0
    trunk = smooth([(x * fat, y * k) for x, y in points], closed=True, tension=0.55)
    front = [
        limb(
            [(x * fat, -1.25 * k), (x * fat - 0.02, -0.6), (x * fat - 0.06, -0.07)],
            (0.2, 0.17, 0.13),
            (0.13, 0.11, 0.12),
        )
        for x in (-0.28, -0.62)
    ]
    if paw is not None:
        front[1] = limb([(x * fat, y * k) for x, y in paw], (0.22, 0.17, 0.13), (0.13, 0.11, 0.12))
    haunch = ellipse(0.36 * fat, -0.5, 0.46, 0.46)
    tail = mapped(
        _tail(breed, (0.55, -0.3), up=False), lambda x, y: (x, min(y, -0.06) if breed.tail != "brush" else y - 0.02)
    )

    def ink(pen: Pen) -> None:
        ink_tail(pen, tail, breed)
        ink_leg(pen, front[0], breed, far=True)
        ink_coat(pen, trunk, breed.coat, 1.3)
        ink_pelt(pen, trunk, breed)
        _ink_bib(pen, breed, trunk, -0.7 * fat, -1.3 * k)
        pen.cover(haunch, breed.coat)
        pen.line(((0.02 * fat, -0.72), (0.2 * fat, -0.98), (0.6 * fat, -0.86)), 1.1, (0.6, 0.9), breed.coat.line)
        ink_coat(pen, ellipse(0.06, -0.08, 0.32, 0.11), breed.socks or breed.coat, 1.1)
        ink_leg(pen, front[1], breed, far=False)

    return BeastBody((-0.62 * fat, -2.3 * k), (trunk, tail, *(f.path for f in front)), ink, (front[1].end,))


def _ink_bib(pen: Pen, breed: Breed, trunk: Path, x: float, y: float) -> None:
    if breed.coat in (breed.mask, WHITE):
        return
    with pen.canvas.saved():
        pen.canvas.clip(trunk)
        pen.canvas.fill(ellipse(x, y, 0.36, 0.66), 255)
        for dx in (-0.1, 0.05, 0.2):
            pen.line(((x + dx, y + 0.3), (x + dx + 0.02, y + 0.5)), 0.8, (1, 1))
    pen.contour(trunk, 1.25)


def facing_body(breed: Breed, *, back: bool) -> BeastBody:
    """Sitting, seen from the front or from behind."""
    fat = 1.25 if breed.body == "heavy" else 1.0
    k = 0.86 + 0.14 * breed.leg / 1.25
    half = ((0.36, -2.0), (0.55, -1.5), (0.72, -0.7), (0.74, -0.2), (0.5, -0.03))
    outline = smooth(
        [*((-x * fat, y * k) for x, y in half), *((x * fat, y * k) for x, y in reversed(half))],
        closed=True,
        tension=0.5,
    )
    tail = mapped(_tail(breed, (0.5, -0.4), up=False), lambda x, y: (x, y))
    legs = [
        limb([(s * 0.26 * fat, -1.2 * k), (s * 0.25, -0.6), (s * 0.24, -0.08)], (0.19, 0.16, 0.13), (0.13, 0.11, 0.12))
        for s in (-1, 1)
    ]

    def ink(pen: Pen) -> None:
        if not back:
            ink_tail(pen, tail, breed)
        ink_coat(pen, outline, breed.coat, 1.3)
        ink_pelt(pen, outline, breed)
        if back:
            pen.line(((0, -1.8 * k), (0.02, -1.0), (0.0, -0.5)), 0.9, (0.8, 1), breed.coat.line)
            ink_tail(pen, tail, breed)
            return
        _ink_bib(pen, breed, outline, 0.0, -1.4 * k)
        for s in (-1, 1):
            pen.line(
                ((s * 0.45 * fat, -0.95), (s * 0.68 * fat, -0.6), (s * 0.6 * fat, -0.25)),
                1.0,
                (0.8, 0.4),
                breed.coat.line,
            )
            ink_coat(pen, ellipse(s * 0.56 * fat, -0.09, 0.22, 0.11), breed.socks or breed.coat, 1.0)
        for shape in legs:
            ink_leg(pen, shape, breed, far=False)

    return BeastBody((0.0, -2.28 * k), (outline, tail), ink, tuple(leg.end for leg in legs))


def upright_tail(breed: Breed, turn: float) -> tuple[Path, Inking]:
    """The tail of an animal that stands like a person; on the far side of where it looks. Origin on the floor."""
    side = -1 if turn > 0 else 1
    path = mapped(_tail(breed, (0.0, 0.0), up=False), lambda x, y: (side * (x * 0.8 + 0.16), y * 0.8 - 1.85))
    return path, lambda pen: ink_tail(pen, path, breed)
