"""A room as a box in perspective, by shares: u -1..1 across, v 0..1 from floor to ceiling, d 0..1 deep."""

from dataclasses import dataclass

from drawing.art.stage import Scenery, Stage
from drawing.ink.paths import Path, ellipse, mapped, poly, rect
from drawing.ink.pen import DARK, LIGHT, LIGHT_TONE, MID, WHITE, Shade
from manga.geometry import Point


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
        return self.stage.at(u * self.half, v * self.tall, self.z(d))

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


def shell(s: Scenery, room: Room, *, floor: Shade = LIGHT_TONE, wall: Shade = WHITE, ceiling: bool = True) -> None:
    """Floor, walls, ceiling, edges."""
    s.wipe()
    s.pen.cover(room.flat(-1, 1, NEAR, 1), floor)
    for u in (-1, 1):
        s.pen.cover(room.side(u, NEAR, 1, 0, 1), wall)
    s.pen.cover(room.back(-1, 0, 1, 1), wall)
    if ceiling:
        s.pen.cover(room.flat(-1, 1, NEAR, 1, 1.0), WHITE)
    _shades(s, room, ceiling=ceiling)
    edges = [(room.pt(u, v, NEAR), room.pt(u, v, 1)) for u in (-1, 1) for v in (0, 1)]
    s.lines(edges, 1.3)
    s.pen.contour(room.back(-1, 0, 1, 1), 1.3)


def _shades(s: Scenery, room: Room, *, ceiling: bool) -> None:
    """What turns from the light darkens: one side wall, the ceiling's depth, the foot of the back wall."""
    light = 1 if s.stage.seed % 2 else -1
    wall = room.side(-light, NEAR, 1, 0, 1)
    s.canvas.graded_tone(wall, (room.pt(-light, 0.5, 0.0), 0.24), (room.pt(-light, 0.5, 1), 0.06))
    s.canvas.graded_tone(room.back(-1, 0, 1, 1), (room.pt(-light, 0.9), 0.16), (room.pt(light * 0.3, 0.1), 0.0))
    if ceiling:
        s.canvas.graded_tone(room.flat(-1, 1, NEAR, 1, 1.0), (room.pt(0, 1, 0.2), 0.18), (room.pt(0, 1, 1), 0.04))
    if not s.stage.night:
        u = light * 0.42
        patch = room.quad((u - 0.3, 0, 0.62), (u + 0.14, 0, 0.62), (u + 0.34, 0, 0.12), (u - 0.24, 0, 0.12))
        s.canvas.fill(patch, 255)
        s.line(room.pt(u - 0.08, 0, 0.62), room.pt(u + 0.05, 0, 0.12), 0.6)


def boards(s: Scenery, room: Room, n: int = 9, weight: float = 0.7) -> None:
    """Floor boards that run to the back."""
    s.lines([(room.pt(-1 + 2 * i / n, 0, NEAR), room.pt(-1 + 2 * i / n, 0, 1)) for i in range(1, n)], weight)


def mats(s: Scenery, room: Room) -> None:
    """Tatami."""
    for i in range(-2, 3):
        s.line(room.pt(i / 2, 0, NEAR), room.pt(i / 2, 0, 1), 1.2)
    for k, d in enumerate((0.98, 0.72, 0.36, -0.1)):
        for i in range(-2, 2):
            shift = 0.13 if (i + k) % 2 else 0.0
            s.line(room.pt(i / 2, 0, d - shift), room.pt((i + 1) / 2, 0, d - shift), 1.0)


def panes(s: Scenery, quad: Path, across: int, down: int, weight: float = 1.1) -> None:
    """Divide a four-cornered window."""
    a, b, c, d = ((float(op[1]), float(op[2])) for op in quad[:4])

    def mix(p: Point, q: Point, t: float) -> Point:
        return (p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t)

    lines = [(mix(a, b, i / across), mix(d, c, i / across)) for i in range(1, across)]
    lines += [(mix(a, d, i / down), mix(b, c, i / down)) for i in range(1, down)]
    s.lines(lines, weight)


def window(s: Scenery, quad: Path, across: int = 2, down: int = 2, weight: float = 1.8) -> None:
    """A window that shows the hour."""
    if s.stage.night:
        s.canvas.fill(quad)
        s.pen.contour(quad, weight + 1.2)
        s.pen.contour(quad, weight, 255)
        panes(s, quad, across, down, 1.4)
        return
    s.canvas.fill(quad, 255)
    a, d = (float(quad[0][1]), float(quad[0][2])), (float(quad[3][1]), float(quad[3][2]))
    s.canvas.graded_tone(quad, (d, 0.3 if s.stage.dim else 0.2), (a, 0.02))
    s.pen.contour(quad, weight)
    panes(s, quad, across, down)


def lamplight(s: Scenery, at: Point) -> None:
    """A room at night: rings of shadow around the pool of light of a lamp."""
    w, h = s.stage.width, s.stage.height
    for k, tone in ((0.5, LIGHT), (0.7, MID), (0.92, DARK)):
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
        s.pen.shape(ellipse(x, y + k * 0.5, k * 0.34, k * 0.2), WHITE, 1.0)
        s.pen.shape(shade, WHITE, 1.2)
        return
    x, y = room.pt(-0.6, 0.0, 0.74)
    k = room.pt(-0.48, 0, 0.74)[0] - x
    lamplight(s, (x + k, y - k * 2))
    paper = rect(x - k * 0.5, y - k * 2.3, k, k * 1.7)
    s.lines([((x + k * 0.5 * d, y - k * 2.5), (x + k * 0.5 * d, y)) for d in (-1, 1)], 2.0)
    s.pen.shape(paper, WHITE, 1.3)
    s.lines([((x - k * 0.5, y - k * t), (x + k * 0.5, y - k * t)) for t in (1.2, 1.75)], 0.8)
    s.canvas.tone(rect(x - k * 0.5, y - k * 1.0, k, k * 0.4), LIGHT)
