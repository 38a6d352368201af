"""Hair as locks: unequal S-shaped clumps that grow from the whorl over a cap with volume, joined to one mass."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from random import Random

from drawing.ink.paths import Path, smooth, stroke, union
from drawing.ink.pen import BLACK, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade
from manga.geometry import Point

Place = Callable[[float, float], Point]

SHADES: dict[str, Shade] = {"black": BLACK, "white": WHITE, "grey": LIGHT_TONE, "tone": MID_TONE}


@dataclass(frozen=True, slots=True)
class Clump:
    """A lock from its root to its tip; `bend` bows it to the left of its way (as a share of its length)."""

    root: Point
    tip: Point
    width: float
    bend: float = 0.12

    def _control(self, start: Point, aside: float) -> Point:
        """What bows the way from a point to the tip, with a belly to the left by a share of the width."""
        (x0, y0), (x1, y1) = start, self.tip
        dx, dy = self.tip[0] - self.root[0], self.tip[1] - self.root[1]
        length = hypot(dx, dy) or 1.0
        bow = self.bend * length + aside * self.width
        return ((x0 + x1) / 2 + dy / length * bow, (y0 + y1) / 2 - dx / length * bow)

    def _base(self, side: float) -> Point:
        """A corner of the root, sunk so far into the mass that it makes no ledge."""
        dx, dy = self.tip[0] - self.root[0], self.tip[1] - self.root[1]
        long = hypot(dx, dy) or 1.0
        k, sunk = self.width / 2 * side / long, 0.4 * self.width / long
        return (self.root[0] + dy * k - dx * sunk, self.root[1] - dx * k - dy * sunk)

    def path(self) -> Path:
        """A horn: broad at the root, drawn out to a sharp point."""
        left, right = self._base(1), self._base(-1)
        return (
            ("M", *left),
            ("Q", *self._control(left, 0.22), *self.tip),
            ("Q", *self._control(right, -0.14), *right),
            ("Z",),
        )

    def edge(self, side: int, towards: Point) -> tuple[Point, ...]:
        """The line along one side of the lock, from near its tip over its root on to the whorl."""
        base = self._base(side)
        bow = self._control(base, 0.22 if side > 0 else -0.14)
        near = _on_curve(base, bow, self.tip, 0.86)
        mid = _on_curve(base, bow, self.tip, 0.45)
        end = (base[0] + (towards[0] - base[0]) * 0.3, base[1] + (towards[1] - base[1]) * 0.3)
        return (near, mid, base, end)

    def moved(self, root: Place, tip: Place) -> "Clump":
        return Clump(root(*self.root), tip(*self.tip), self.width, self.bend)

    def mirrored(self) -> "Clump":
        return Clump((-self.root[0], self.root[1]), (-self.tip[0], self.tip[1]), self.width, -self.bend)


def _on_curve(a: Point, c: Point, b: Point, t: float) -> Point:
    u = 1 - t
    return (u * u * a[0] + 2 * u * t * c[0] + t * t * b[0], u * u * a[1] + 2 * u * t * c[1] + t * t * b[1])


def unlike(clumps: Iterable[Clump], seed: int, much: float = 1.0) -> list[Clump]:
    """The same locks with the small differences of one person."""
    r = Random(seed * 7919 + 17)
    found = []
    for c in clumps:
        dx, dy = r.uniform(-0.022, 0.022) * much, r.uniform(-0.03, 0.03) * much
        found.append(
            Clump(
                c.root,
                (c.tip[0] + dx, c.tip[1] + dy),
                c.width * r.uniform(0.88, 1.14),
                c.bend + r.uniform(-0.06, 0.06) * much,
            )
        )
    return found


def mass(cap: Path, clumps: Sequence[Clump]) -> Path:
    """One outline of a cap and its locks."""
    return union(cap, *(c.path() for c in clumps))


def ink_mass(pen: Pen, path: Path, shade: Shade, weight: float = 1.3) -> None:
    pen.shape(path, shade, weight)


def ink_strands(pen: Pen, clumps: Sequence[Clump], shade: Shade, whorl: Point, weight: float = 0.8) -> None:
    """Lines between the locks that run up to the whorl, so that hair seems to fall from it."""
    for i, c in enumerate(clumps):
        side = 1 if (c.root[0] > whorl[0]) == (c.tip[1] > c.root[1]) else -1
        near, mid, base, end = c.edge(side, whorl)
        hangs = abs(c.root[0] - whorl[0]) > 0.38
        route = (near, mid) if hangs else (near, mid, base, end) if i % 2 else (near, mid, base)
        pen.line(route, weight, (0.9, 1), shade.line)


def ink_shine(pen: Pen, path: Path, shade: Shade, place: Place, seed: int) -> None:
    """A broken band of light, cut into black and toned hair alike."""
    if not (shade.black or shade.tone):
        return
    r = Random(seed * 31 + 3)
    wedges: list[Path] = []
    for start, end, tall in ((-0.4, -0.28, 0.7), (-0.25, -0.02, 1.1), (0.07, 0.15, 0.5), (0.19, 0.38, 0.95)):
        n = max(3, int((end - start) / 0.017))
        for i in range(n + 1):
            x = start + (end - start) * i / n
            arch = (0.35 + 0.65 * (1 - abs(2 * i / n - 1))) * tall
            y = -0.4 + 0.5 * x * x
            up, down = (0.03 + 0.07 * r.random()) * arch, (0.03 + 0.06 * r.random()) * arch
            wedges.append(
                stroke((place(x * 0.93, y - up), place(x, y), place(x * 1.04, y + down)), 0.024, (1, 1), steps=2)
            )
    with pen.canvas.saved():
        pen.canvas.clip(path)
        pen.canvas.fill(tuple(op for wedge in wedges for op in wedge), 255)


def closed(points: Sequence[Point], tension: float = 0.55) -> Path:
    return smooth(points, closed=True, tension=tension)
