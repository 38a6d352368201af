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

    def line(self) -> tuple[Point, ...]:
        (x0, y0), (x1, y1) = self.root, self.tip
        dx, dy = x1 - x0, y1 - y0
        nx, ny = dy * self.bend, -dx * self.bend
        return (
            self.root,
            (x0 + dx * 0.36 + nx, y0 + dy * 0.36 + ny),
            (x0 + dx * 0.72 + nx * 0.55, y0 + dy * 0.72 + ny * 0.55),
            self.tip,
        )

    def path(self) -> Path:
        """A leaf: broad at the root, drawn out to a point."""
        line = self.line()
        left: list[Point] = []
        right: list[Point] = []
        for i, share in enumerate((1.0, 0.94, 0.54)):
            (ax, ay), (bx, by) = line[max(0, i - 1)], line[i + 1]
            dx, dy = bx - ax, by - ay
            k = self.width * share / 2 / (hypot(dx, dy) or 1.0)
            x, y = line[i]
            left.append((x - dy * k, y + dx * k))
            right.append((x + dy * k, y - dx * k))
        there = smooth((*left, self.tip), tension=1)
        back = smooth((self.tip, *reversed(right)), tension=1)
        return (*there, *back[1:], ("Z",))

    def moved(self, root: Place, tip: Place) -> "Clump":
        return Clump(root(*self.root), tip(*self.tip), self.width, self.bend)

    def mirrored(self) -> "Clump":
        return Clump((-self.root[0], self.root[1]), (-self.tip[0], self.tip[1]), self.width, -self.bend)


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


def ink_strands(pen: Pen, clumps: Sequence[Clump], shade: Shade, weight: float = 0.85) -> None:
    """Lines that run along the locks from their tips, so that hair seems to flow."""
    for c in clumps:
        a, b, d, _ = c.line()
        length = hypot(c.tip[0] - c.root[0], c.tip[1] - c.root[1]) or 1.0
        nx, ny = (c.tip[1] - c.root[1]) / length * c.width * 0.42, -(c.tip[0] - c.root[0]) / length * c.width * 0.42
        pen.line(
            ((d[0] + nx * 0.8, d[1] + ny * 0.8), (b[0] + nx, b[1] + ny), (a[0] + nx * 0.4, a[1] + ny * 0.4 + 0.03)),
            weight,
            (0.2, 1),
            shade.line,
        )


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


def closed(points: Sequence[Point], tension: float = 1.0) -> Path:
    return smooth(points, closed=True, tension=tension)
