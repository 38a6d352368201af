"""A room as a box in perspective, by shares: u -1..1 across, v 0..1 from floor to ceiling, d 0..1 deep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, sin
from random import Random

from drawing.art.settings.surface_texture import joined
from drawing.art.stage import Scenery, Stage, shows
from drawing.ink.paths import Path, ellipse, mapped, poly, rect
from drawing.ink.pen import DARK, DARK_TONE, LIGHT, LIGHT_TONE, MID_TONE, WHITE, Shade
from manga.geometry import Point, between

_EYE = 0.8
"""How far the viewer is from the figures, in widths of the picture."""
_TURNED = 0.85
"""Of the way from the back wall's middle to its corner."""
_PASSED = 0.12
GLOW_STEPS, PALEST = 15, 0.02
"""Of lamplight, and its first tone: tones that differ by three hundredths show no edge."""


@dataclass(frozen=True, slots=True)
class Room:
    """The box: how deep, half how wide, how tall, in heads."""

    stage: Stage
    depth: float
    """z of the back wall."""
    half: float
    tall: float

    @classmethod
    def of(cls, stage: Stage, *, tall: float = 11.0, wide: float = 0.39) -> "Room":
        """The back wall takes half of a distant view's height, and all of a near one's."""
        size = stage.unit / stage.height
        share = 0.56 + max(0.0, size - 0.13) * 2.0
        depth = max(1.8, tall * stage.unit / (share * stage.height))
        return cls(stage, depth, wide * stage.width * depth / stage.unit, tall)

    def z(self, d: float) -> float:
        return 1 / max(0.05, (1 - d) + d / self.depth)

    def pt(self, u: float, v: float, d: float = 1.0) -> Point:
        """On the picture; what lies behind a viewer who is turned to a corner is cut off where it passes him."""
        stage, x, z = self.stage, u * self.half, self.z(d)
        if not stage.turn:
            return stage.at(x, v * self.tall, z)
        eye = _EYE * stage.width / stage.unit
        angle = atan2(self.half, eye * self.depth) * _TURNED * stage.turn
        c, s = cos(angle), sin(angle)
        if x / eye * s + z * c < _PASSED:
            z = (_PASSED - x / eye * s) / c
        deep = x / eye * s + z * c
        across = (x * c - z * eye * s) * stage.unit / deep
        return (stage.width * 0.5 + across, stage.horizon + (stage.camera - v * self.tall) * stage.unit / deep)

    def quad(self, *corners: tuple[float, float, float]) -> Path:
        return poly([self.pt(*c) for c in corners])

    def back(self, u0: float, v0: float, u1: float, v1: float) -> Path:
        """A rectangle on the back wall."""
        return self.quad((u0, v0, 1), (u1, v0, 1), (u1, v1, 1), (u0, v1, 1))

    def side(self, u: float, d0: float, d1: float, v0: float, v1: float) -> Path:
        """A rectangle on a side wall."""
        return self.quad((u, v0, d0), (u, v0, d1), (u, v1, d1), (u, v1, d0))

    def flat(self, u0: float, u1: float, d0: float, d1: float, v: float = 0.0) -> Path:
        """A rectangle that lies level."""
        return self.quad((u0, v, d0), (u1, v, d0), (u1, v, d1), (u0, v, d1))


NEAR = -2.6
"""Depth of what is cut by the picture's edge in front."""


def shell(
    s: Scenery, room: Room, *, floor: Shade = LIGHT_TONE, wall: Shade = WHITE, ceiling: bool = True, sun: bool = True
) -> None:
    """Floor, walls, ceiling, edges; `sun` falls in from the side of the light."""
    s.wipe()
    s.pen.cover(room.flat(-1, 1, NEAR, 1), WHITE)
    for u in (-1, 1):
        s.pen.cover(room.side(u, NEAR, 1, 0, 1), wall)
    s.pen.cover(room.back(-1, 0, 1, 1), wall)
    if ceiling:
        s.pen.cover(room.flat(-1, 1, NEAR, 1, 1.0), WHITE)
    _shades(s, room, floor, ceiling=ceiling)
    if sun and not s.stage.night:
        sunlight(s, room)
    edges = [(room.pt(u, v, NEAR), room.pt(u, v, 1)) for u in (-1, 1) for v in (0, 1)]
    s.lines(edges, 1.3)
    s.pen.contour(room.back(-1, 0, 1, 1), 1.3)
    _edges(s, room)


def _light(s: Scenery) -> int:
    """The side of the windows."""
    return 1 if s.stage.seed % 2 else -1


def _shades(s: Scenery, room: Room, floor: Shade, *, ceiling: bool) -> None:
    """What turns from the light darkens: the floor's depth, one side wall, the ceiling, the foot of the back wall."""
    light = _light(s)
    if floor.tone:
        s.canvas.graded_tone(
            room.flat(-1, 1, NEAR, 1), (room.pt(0, 0, 1), floor.tone + 0.15), (room.pt(0, 0, -0.7), 0.04)
        )
    level = s.stage.height / 2
    near, far = room.pt(-light, 0.5, 0.0)[0], room.pt(-light, 0.5, 1)[0]
    deep = 0.14 if s.stage.turn else 0.3
    s.canvas.graded_tone(room.side(-light, NEAR, 1, 0, 1), ((near, level), deep), ((far, level), 0.12))
    top, foot = room.pt(0, 0.95)[1], room.pt(0, 0.2)[1]
    s.canvas.graded_tone(room.back(-1, 0, 1, 1), ((far, top), 0.2), ((far, foot), 0.03))
    if ceiling:
        s.canvas.graded_tone(room.flat(-1, 1, NEAR, 1, 1.0), (room.pt(0, 1, 0.2), 0.2), (room.pt(0, 1, 1), 0.06))


def _edges(s: Scenery, room: Room) -> None:
    """A skirting along the floor, a moulding under the ceiling, and hatching where two walls meet in shadow."""
    light, low, high = _light(s), 0.035, 0.965
    s.pen.cover(room.back(-1, 0, 1, low), MID_TONE)
    s.pen.cover(room.side(-light, NEAR, 1, 0, low), MID_TONE)
    lines = [(room.pt(-1, v), room.pt(1, v)) for v in (low, high)]
    lines += [(room.pt(u, v, NEAR), room.pt(u, v, 1)) for u in (-1, 1) for v in (low, high)]
    s.lines(lines, 0.8)
    r, hatch = s.stage.random("corner"), []
    for k in range(15):
        d = 1 - 0.026 * k
        hatch.append((room.pt(-light, high, d), room.pt(-light, high - r.uniform(0.24, 0.4) * (1 - k / 17), d)))
        u = -light * (1 - 0.016 * k)
        hatch.append((room.pt(u, high), room.pt(u, high - r.uniform(0.14, 0.26) * (1 - k / 17))))
    s.lines(hatch, 0.7)


def sunlight(s: Scenery, room: Room) -> None:
    """Light that the panes throw on the floor: two leaning fields, parted by the window's bar."""
    light = _light(s)
    fields: list[tuple[str | float, ...]] = []
    for k in (0.0, 0.2, 0.4):
        for far, near in ((0.68, 0.46), (0.42, 0.06)):
            u, lean = light * (0.66 - k), light * 0.16
            a, b = u - lean * (0.68 - far), u - lean * (0.68 - near)
            fields += room.quad((a - 0.085, 0, far), (a + 0.085, 0, far), (b + 0.085, 0, near), (b - 0.085, 0, near))
    s.canvas.fill(tuple(fields), 255)


def boards(s: Scenery, room: Room, n: int = 9, weight: float = 0.7) -> None:
    """Floor boards that run to the back, with their joints and the grain of the wood."""
    r = s.stage.random("boards")
    lines = [(room.pt(-1 + 2 * i / n, 0, NEAR), room.pt(-1 + 2 * i / n, 0, 1)) for i in range(1, n)]
    grain: list[tuple[Point, Point]] = []
    for i in range(n):
        u, wide = -1 + 2 * i / n, 2 / n
        joints = (r.uniform(-0.5, 0.3), r.uniform(0.4, 0.9))
        lines += [(room.pt(u, 0, d), room.pt(u + wide, 0, d)) for d in joints]
        for _ in range(4):
            at, d = u + wide * r.uniform(0.15, 0.85), r.uniform(-0.9, 0.9)
            grain.append((room.pt(at, 0, d), room.pt(at + wide * r.uniform(-0.04, 0.04), 0, d + r.uniform(0.06, 0.2))))
    s.lines(lines, weight)
    s.lines(grain, weight * 0.7)


def mats(s: Scenery, room: Room) -> None:
    """Tatami: mats with dark hems, and the lines of their weave."""
    hems: list[tuple[str | float, ...]] = []
    for i in range(-2, 3):
        hems += room.flat(i / 2 - 0.008, i / 2 + 0.008, NEAR, 1)
    s.pen.cover(tuple(hems), DARK_TONE)
    s.canvas.stroke(tuple(hems), s.pen.weight * 0.6)
    joints, weave = [], []
    r = s.stage.random("weave")
    for k, d in enumerate((0.98, 0.72, 0.36, -0.1)):
        for i in range(-2, 2):
            shift = 0.13 if (i + k) % 2 else 0.0
            joints.append((room.pt(i / 2, 0, d - shift), room.pt((i + 1) / 2, 0, d - shift)))
    for _ in range(54):
        u, d = r.uniform(-0.98, 0.9), r.uniform(-0.8, 0.95)
        weave.append((room.pt(u, 0, d), room.pt(u + r.uniform(0.05, 0.16), 0, d)))
    s.lines(joints, 1.0)
    s.lines(weave, 0.55)


def papers(s: Scenery, room: Room, u0: float, u1: float, v0: float, v1: float, word: str) -> None:
    """A board with sheets pinned to it on the back wall."""
    s.pen.shape(room.back(u0, v0, u1, v1), LIGHT_TONE, 1.2)
    r = s.stage.random("papers", word)
    sheets: list[tuple[str | float, ...]] = []
    lines: list[tuple[Point, Point]] = []
    n = max(2, round((u1 - u0) / 0.13))
    for i in range(n):
        a = u0 + (u1 - u0) * (i + 0.15) / n
        b = a + (u1 - u0) * r.uniform(0.55, 0.72) / n
        top = v1 - (v1 - v0) * r.uniform(0.08, 0.2)
        low = v0 + (v1 - v0) * r.uniform(0.12, 0.4)
        sheets += room.back(a, low, b, top)
        lines += [(room.pt(a + 0.01, top - (top - low) * k), room.pt(b - 0.012, top - (top - low) * k))
                  for k in (0.3, 0.5, 0.7)]  # fmt: skip
    s.canvas.fill(tuple(sheets), 255)
    s.canvas.stroke(tuple(sheets), s.pen.weight * 0.8)
    s.lines(lines, 0.5)


def stacked(s: Scenery, things: Sequence[tuple[Path, Shade]], weight: float = 0.7) -> None:
    """Many small things beside each other, as books on a shelf: one call for all edges, one for each shade."""
    for shade in dict.fromkeys(shade for _, shade in things):
        s.pen.cover(joined(path for path, one in things if one == shade), shade)
    s.canvas.stroke(joined(path for path, _ in things), s.pen.weight * weight)


def books(
    room: Room,
    r: Random,
    shelf: tuple[float, float, float],
    wide: tuple[float, float],
    tall: tuple[float, float],
    shades: Sequence[Shade],
) -> Iterator[tuple[Path, Shade]]:
    """A row of books on the back wall for `stacked`: `shelf` is its left and right end and its height (u0, u1, v)."""
    u0, u1, v = shelf
    u = u0 + 0.02
    while u < u1 - wide[1] - 0.01:
        width, height = r.uniform(*wide), r.uniform(*tall)
        yield room.back(u, v, min(u + width, u1 - 0.02), v + height), shades[r.randrange(len(shades))]
        u += width


def tubes(s: Scenery, room: Room) -> None:
    """Rows of lamps on the ceiling of a school or an office."""
    for u in (-0.45, 0.45):
        for d in (0.12, 0.56, 0.84):
            lamp = room.flat(u - 0.05, u + 0.05, d, d + 0.16, 0.985)
            s.pen.shape(lamp, WHITE, 1.0)
            s.line(room.pt(u, 0.985, d), room.pt(u, 0.985, d + 0.16), 0.6)


def panes(s: Scenery, quad: Path, across: int, down: int, weight: float = 1.1, grey: float = 0) -> None:
    """Divide a four-cornered window."""
    a, b, c, d = ((float(op[1]), float(op[2])) for op in quad[:4])
    lines = [(between(a, b, i / across), between(d, c, i / across)) for i in range(1, across)]
    lines += [(between(a, d, i / down), between(b, c, i / down)) for i in range(1, down)]
    s.lines(lines, weight, grey)


@shows("window")
def window(s: Scenery, quad: Path, across: int = 2, down: int = 2, weight: float = 1.8) -> None:
    """A window that shows the hour."""
    a, d = (float(quad[0][1]), float(quad[0][2])), (float(quad[3][1]), float(quad[3][2]))
    s.canvas.fill(quad, 255)
    if s.stage.night:
        s.canvas.graded_tone(quad, (d, 1.0), (a, 0.62))
        s.pen.contour(quad, weight + 1.4)
        s.pen.contour(quad, weight * 0.9, 255)
        panes(s, quad, across, down, 2.6)
        panes(s, quad, across, down, 1.2, 255)
        return
    s.canvas.graded_tone(quad, (d, 0.34 if s.stage.dim else 0.24), (a, 0.0))
    s.pen.contour(quad, weight + 1.2)
    s.pen.contour(quad, weight * 0.4, 255)
    panes(s, quad, across, down, 1.5)


def lamplight(s: Scenery, at: Point) -> None:
    """A room at night: shadow that deepens away from the pool of light of a lamp, in steps too small to be seen."""
    w, h = s.stage.width, s.stage.height
    for step in range(GLOW_STEPS):
        t = step / (GLOW_STEPS - 1)
        k, tone = 0.5 + 0.62 * t, PALEST + (DARK - PALEST) * t
        rx, ry = max(w * k * 0.72, h * k * 0.5), max(h * k * 0.86, w * k * 0.3)
        light = mapped(ellipse(at[0], at[1] + h * 0.12, rx, ry), lambda x, y: (2 * at[0] - x, y))
        s.canvas.tone((*s.stage.frame, *light), tone)


def dusk(s: Scenery, room: Room) -> None:
    """At night a lamp is lit: it hangs from the ceiling today, and stands on the floor in old times."""
    if not s.stage.night:
        return
    if s.stage.period in {"modern", "future", "early_modern"}:
        x, y = room.pt(0.06, 0.86, 0.7)
        k = room.pt(0.2, 0, 0.7)[0] - room.pt(0, 0, 0.7)[0]
        y = max(y, s.stage.height * 0.02)
        lamplight(s, (x, y + k))
        s.line((x, -2), (x, y), 1.4)
        shade = poly(((x - k * 0.22, y), (x + k * 0.22, y), (x + k * 0.7, y + k * 0.5), (x - k * 0.7, y + k * 0.5)))
        with s.canvas.showing("part", "lamp"):
            s.pen.shape(ellipse(x, y + k * 0.5, k * 0.34, k * 0.2), WHITE, 1.0)
            s.pen.shape(shade, WHITE, 1.2)
        return
    x, y = room.pt(-0.6, 0.0, 0.74)
    k = room.pt(-0.48, 0, 0.74)[0] - x
    lamplight(s, (x + k, y - k * 2))
    paper = rect(x - k * 0.5, y - k * 2.3, k, k * 1.7)
    s.lines([((x + k * 0.5 * d, y - k * 2.5), (x + k * 0.5 * d, y)) for d in (-1, 1)], 2.0)
    with s.canvas.showing("part", "lamp"):
        s.pen.shape(paper, WHITE, 1.3)
    s.lines([((x - k * 0.5, y - k * t), (x + k * 0.5, y - k * t)) for t in (1.2, 1.75)], 0.8)
    s.canvas.tone(rect(x - k * 0.5, y - k * 1.0, k, k * 0.4), LIGHT)
