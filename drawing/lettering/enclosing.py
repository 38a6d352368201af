"""The smallest rounded shape about some points: points, a power and proportions in, centre and half axes out.

The shapes are superellipses |x/rx|^p + |y/ry|^p = 1; with y in the proportion of the axes such a shape is a ball, and
the smallest ball is found by stepping towards the farthest point with ever smaller steps.
"""

from collections.abc import Sequence

from manga.geometry import Point

STEPS = 14


def enclosing(points: Sequence[Point], power: float, aspect: float) -> tuple[Point, float, float]:
    """Centre, rx and ry = `aspect` * rx of a shape that holds all points. ValueError without points."""
    flat = [(x, y / aspect) for x, y in points]
    cx = (min(x for x, _ in flat) + max(x for x, _ in flat)) / 2
    cy = (min(y for _, y in flat) + max(y for _, y in flat)) / 2
    best, centre = _farthest(flat, cx, cy, power)[0], (cx, cy)
    for step in range(STEPS):
        _, (fx, fy) = _farthest(flat, cx, cy, power)
        share = 0.12 / (1 + 0.45 * step)
        cx, cy = cx + (fx - cx) * share, cy + (fy - cy) * share
        radius = _farthest(flat, cx, cy, power)[0]
        if radius < best:
            best, centre = radius, (cx, cy)
    return (centre[0], centre[1] * aspect), best, best * aspect


def _farthest(flat: Sequence[Point], cx: float, cy: float, power: float) -> tuple[float, Point]:
    reached, point = max((abs(x - cx) ** power + abs(y - cy) ** power, (x, y)) for x, y in flat)
    return reached ** (1 / power), point
