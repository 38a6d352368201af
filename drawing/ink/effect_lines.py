"""Effect lines and weather of a panel: focus, speed, flash, gloom, light, rain, snow.

In: a canvas, the panel's size, where the attention lies, a source of chance. Out: marks over or behind the figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from random import Random

from drawing.ink.canvas import Canvas
from drawing.ink.paths import Op, Path, ellipse, poly, rect
from manga.geometry import Point, Rect


@dataclass(frozen=True, slots=True)
class FocusSpot:
    """Where the attention lies: an ellipse."""

    x: float
    y: float
    rx: float
    ry: float

    def on(self, angle: float, k: float = 1.0) -> Point:
        return (self.x + self.rx * k * cos(angle), self.y + self.ry * k * sin(angle))


def _wedge(outer: Point, tip: Point, half: float) -> tuple[Op, ...]:
    dx, dy = tip[0] - outer[0], tip[1] - outer[1]
    length = hypot(dx, dy) or 1.0
    nx, ny = -dy / length * half, dx / length * half
    return (("M", outer[0] + nx, outer[1] + ny), ("L", *tip), ("L", outer[0] - nx, outer[1] - ny), ("Z",))


def _joined(wedges: Iterable[tuple[Op, ...]]) -> Path:
    return tuple(op for wedge in wedges for op in wedge)


def focus_lines(canvas: Canvas, spot: FocusSpot, r: Random, *, n: int = 130, grey: float = 0) -> None:
    """集中線: bundles of tapered lines that all end on one jittered ellipse."""
    reach = hypot(canvas.width, canvas.height) / max(0.1, min(spot.rx, spot.ry))
    wedges = []
    for i in range(n):
        angle = 2 * pi * (i + r.uniform(-0.7, 0.7)) / n
        inner = 1 + r.uniform(0, 0.16) + (0.3 if r.random() < 0.22 else 0.0)
        outer = (spot.x + reach * spot.rx * cos(angle), spot.y + reach * spot.ry * sin(angle))
        wedges.append(_wedge(outer, spot.on(angle, inner), canvas.line * r.uniform(0.7, 2.6)))
    canvas.fill(_joined(wedges), grey)


def speed_lines(canvas: Canvas, spot: FocusSpot, r: Random, *, angle: float = 0.0, n: int = 46) -> None:
    """流線: lines along a movement that leave the mover clear."""
    size = hypot(canvas.width, canvas.height)
    c, s = cos(angle), sin(angle)
    for grey, shift in ((255.0, 0.5), (0.0, 0.0)):
        wedges = []
        for i in range(n):
            across = ((i + shift + r.uniform(-0.4, 0.4)) / n - 0.5) * size
            side = 1 if r.random() < 0.5 else -1
            long = size * r.uniform(0.25, 0.62)
            start = (
                canvas.width / 2 - s * across + side * c * size / 2,
                canvas.height / 2 + c * across + side * s * size / 2,
            )
            end = (start[0] - side * c * long, start[1] - side * s * long)
            if abs(across + canvas.height / 2 - spot.y) < spot.ry and abs(end[0] - spot.x) < spot.rx * 1.3:
                end = (spot.x + side * spot.rx * 1.3, end[1])
            wedges.append(_wedge(start, end, canvas.line * r.uniform(0.3, 1.0)))
        canvas.fill(_joined(wedges), grey)


def flash(canvas: Canvas, spot: FocusSpot, r: Random) -> None:
    """ウニフラッシュ: a white burst, its spikes on one ellipse, on a toned ground."""
    canvas.fill(rect(-1, -1, canvas.width + 2, canvas.height + 2), 255)
    canvas.tone(rect(-1, -1, canvas.width + 2, canvas.height + 2), 0.28)
    canvas.fill(_spikes(spot, r, 74, 0.16), 255)
    focus_lines(canvas, FocusSpot(spot.x, spot.y, spot.rx * 1.12, spot.ry * 1.12), r, n=90)


def beta_flash(canvas: Canvas, spot: FocusSpot, r: Random) -> None:
    """ベタフラッシュ: a white burst in solid black."""
    canvas.fill(rect(-1, -1, canvas.width + 2, canvas.height + 2), 0)
    canvas.fill(_spikes(spot, r, 110, 0.3), 255)
    wedges = []
    for i in range(110):
        angle = 2 * pi * (i + r.uniform(-0.5, 0.5)) / 110
        wedges.append(
            _wedge(spot.on(angle, 0.86), spot.on(angle, r.uniform(1.1, 1.75)), canvas.line * r.uniform(0.5, 1.7))
        )
    canvas.fill(_joined(wedges), 255)


def _spikes(spot: FocusSpot, r: Random, n: int, deep: float) -> Path:
    points = []
    for i in range(n * 2):
        k = 1 + r.uniform(-0.03, deep) if i % 2 == 0 else 0.9 + r.uniform(-0.03, 0.02)
        points.append(spot.on(pi * i / n, k))
    return poly(points)


def impact(canvas: Canvas, spot: FocusSpot, r: Random) -> None:
    """A blow: a few heavy shards from the spot and short cracks around it."""
    wedges = []
    for i in range(16):
        angle = 2 * pi * (i + r.uniform(-0.3, 0.3)) / 16
        k = r.uniform(1.5, 2.4)
        wedges.append(_wedge(spot.on(angle, 1.02), spot.on(angle, k), canvas.line * r.uniform(1.5, 4.0)))
    canvas.fill(_joined(wedges), 0)
    focus_lines(canvas, FocusSpot(spot.x, spot.y, spot.rx * 1.5, spot.ry * 1.5), r, n=70)


def gloom(canvas: Canvas, r: Random) -> None:
    """どんより: lines hanging from the top in shadow."""
    canvas.graded_tone(
        rect(-1, -1, canvas.width + 2, canvas.height * 0.6), ((0, 0), 0.55), ((0, canvas.height * 0.55), 0.0)
    )
    n = max(12, int(canvas.width / 2.4))
    wedges = []
    for i in range(n):
        x = canvas.width * (i + r.random()) / n
        wedges.append(_wedge((x, -1), (x, canvas.height * r.uniform(0.16, 0.42)), canvas.line * r.uniform(0.4, 0.9)))
    canvas.fill(_joined(wedges), 0)


def bokeh(canvas: Canvas, r: Random) -> None:
    """Soft lights on a light ground."""
    w, h = canvas.width, canvas.height
    canvas.fill(rect(-1, -1, w + 2, h + 2), 255)
    canvas.graded_tone(rect(-1, -1, w + 2, h + 2), ((0, h), 0.28), ((0, h * 0.15), 0.02))
    size = min(w, h)
    for _ in range(14):
        k = size * r.uniform(0.025, 0.1)
        at = (w * r.random(), h * r.random())
        canvas.fill(ellipse(*at, k, k), 255)
        if r.random() < 0.4:
            canvas.stroke(ellipse(*at, k * 0.82, k * 0.82), canvas.line * 0.5, 0)


def sparkles(canvas: Canvas, r: Random, n: int = 9) -> None:
    w, h = canvas.width, canvas.height
    for _ in range(n):
        x, y = w * r.random(), h * r.random()
        k = min(w, h) * r.uniform(0.02, 0.06)
        star: Path = (
            ("M", x - k, y), ("Q", x, y, x, y - k * 1.5), ("Q", x, y, x + k, y), ("Q", x, y, x, y + k * 1.5), ("Q",
            x, y, x - k, y), ("Z",),
        )  # fmt: skip
        canvas.fill(star, 255)
        canvas.stroke(star, canvas.line * 0.6, 0)


def flowers(canvas: Canvas, r: Random) -> None:
    """Blossoms in the corners."""
    w, h = canvas.width, canvas.height
    size = min(w, h)
    for x, y, k in (
        (0.06, 0.1, 0.13),
        (0.2, 0.02, 0.09),
        (0.95, 0.9, 0.14),
        (0.83, 0.99, 0.1),
        (0.04, 0.93, 0.11),
        (0.97, 0.08, 0.08),
    ):
        blossom(canvas, (w * x, h * y), size * k, r.uniform(0, 6))


def blossom(canvas: Canvas, at: Point, size: float, turn: float) -> None:
    for i in range(5):
        with canvas.moved(at[0], at[1], size, turn + 2 * pi * i / 5):
            petal: Path = (
                ("M", 0, 0), ("C", -0.5, -0.3, -0.45, -1, -0.08, -0.95), ("L", 0, -0.82), ("L", 0.08, -0.95), ("C",
                0.45, -1, 0.5, -0.3, 0, 0), ("Z",),
            )  # fmt: skip
            canvas.fill(petal, 255)
            canvas.stroke(petal, canvas.line * 0.8 / size, 0)
            canvas.stroke((("M", 0, -0.2), ("L", 0, -0.5)), canvas.line * 0.6 / size, 0)
    canvas.fill(ellipse(*at, size * 0.13, size * 0.13), 0)


def rain(canvas: Canvas, r: Random, *, n: int = 70, off: Sequence[Rect] = ()) -> None:
    """Slanting rain, white under black so that it shows on every ground; none falls `off`, as on a face."""
    w, h = canvas.width, canvas.height
    for grey, k in ((255.0, 1.6), (0.0, 0.8)):
        wedges = []
        for _ in range(n // 2):
            x, y, long = w * r.uniform(-0.1, 1.1), h * r.uniform(-0.1, 1.0), h * r.uniform(0.08, 0.22)
            ends = [(x - long * 0.22 * t, y + long * t) for t in (0.0, 0.5, 1.0)]
            if not any(_lies_in(end, off) for end in ends):
                wedges.append(_wedge(ends[0], ends[2], canvas.line * 0.42 * k))
        canvas.fill(_joined(wedges), grey)


def snow(canvas: Canvas, r: Random, *, n: int = 60, off: Sequence[Rect] = ()) -> None:
    """Flakes, none `off`, as on a face."""
    flakes: list[Op] = []
    for _ in range(n):
        k = min(canvas.width, canvas.height) * r.choice((0.006, 0.008, 0.012, 0.02))
        at = (canvas.width * r.random(), canvas.height * r.random())
        flakes += () if _lies_in(at, off) else ellipse(*at, k, k)
    canvas.stroke(tuple(flakes), canvas.line * 0.5, 0)
    canvas.fill(tuple(flakes), 255)


def _lies_in(point: Point, boxes: Sequence[Rect]) -> bool:
    return any(box.x < point[0] < box.right and box.y < point[1] < box.bottom for box in boxes)


def wind(canvas: Canvas, r: Random, *, n: int = 9) -> None:
    """Curling lines of moving air."""
    w, h = canvas.width, canvas.height
    for _ in range(n):
        x, y, long = w * r.uniform(-0.1, 0.8), h * r.uniform(0.08, 0.9), w * r.uniform(0.15, 0.3)
        path: Path = (
            ("M", x, y),
            ("C", x + long * 0.4, y - long * 0.12, x + long * 0.7, y + long * 0.1, x + long, y - long * 0.04),
        )
        canvas.stroke(path, canvas.line * 1.2, 255)
        canvas.stroke(path, canvas.line * 0.5, 0)
