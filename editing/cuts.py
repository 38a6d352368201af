"""Geometry of drawn cuts and merged frames. Millimetres of the page; polygons are convex, clockwise or not.

A cut hangs on the border (side and share of it), not on the page: it stays when its panel's frame changes.
"""

from collections.abc import Sequence
from math import hypot

from drawing.layout.slicing import Gutters
from editing.edit_values import EdgePoint
from editing.page_sheets import Unfit
from manga.geometry import Point, Polygon, area, bounds, centroid, distance, overlap_area, signed_area

SNAP_MM = 6.0
"""How far from the border a drawn cut may begin."""
LEAST_SIDE_MM = 12.0
LEAST_AREA_MM2 = 400.0
_UPRIGHT = 1.0
_SPARE_MM2 = 2.0


def on_border(point: Point, polygon: Polygon, field: str) -> EdgePoint:
    """The nearest point of a border. Raises `Unfit` when it is too far away."""
    best: tuple[float, EdgePoint] | None = None
    for edge, (a, b) in enumerate(_edges(polygon)):
        along = _share(point, a, b)
        far = distance(point, _between(a, b, along))
        if best is None or far < best[0]:
            best = (far, EdgePoint(edge=edge, along=round(along, 5)))
    if best is None or best[0] > SNAP_MM:
        raise Unfit("the point is not on the panel's border", field=field)
    return best[1]


def _edges(polygon: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(polygon, (*polygon[1:], polygon[0]), strict=True))


def _share(point: Point, a: Point, b: Point) -> float:
    length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    if length == 0:
        return 0.0
    return min(1.0, max(0.0, ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length))


def _between(a: Point, b: Point, along: float) -> Point:
    return (a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along)


def place_of(point: EdgePoint, polygon: Polygon) -> Point:
    """Where a point of the border is. Raises `Unfit` when the border has lost that side."""
    if point.edge >= len(polygon):
        raise Unfit("the panel's border has changed its form", gone=True)
    return _between(*_edges(polygon)[point.edge], point.along)


def halves(polygon: Polygon, start: EdgePoint, end: EdgePoint, gutters: Gutters) -> tuple[Polygon, Polygon]:
    """Both sides of a cut, a gutter apart. Raises `Unfit` when one of them would be too small to be read."""
    a, b = place_of(start, polygon), place_of(end, polygon)
    length = distance(a, b)
    if start.edge == end.edge or length < LEAST_SIDE_MM:
        raise Unfit("the cut does not go from one side of the panel to another")
    level = abs(b[0] - a[0]) > _UPRIGHT * abs(b[1] - a[1])
    gap = (gutters.row if level else gutters.column) / 2
    found = tuple(_rounded(_beside(polygon, a, b, side * gap, side)) for side in (1, -1))
    for half in found:
        box = bounds(half) if len(half) > 2 else None
        if box is None or min(box.width, box.height) < LEAST_SIDE_MM or area(half) < LEAST_AREA_MM2:
            raise Unfit("one part of the panel would be too small")
    return found[0], found[1]


def _beside(polygon: Polygon, a: Point, b: Point, gap: float, side: int) -> Polygon:
    """What lies on one side of a line, and further from it than the gap."""
    ux, uy = (b[0] - a[0]) / distance(a, b), (b[1] - a[1]) / distance(a, b)
    nx, ny = -uy, ux

    def height(p: Point) -> float:
        return side * ((p[0] - a[0]) * nx + (p[1] - a[1]) * ny - gap)

    kept: list[Point] = []
    for p, q in _edges(polygon):
        hp, hq = height(p), height(q)
        if hp >= 0:
            kept.append(p)
        if (hp > 0 > hq) or (hp < 0 < hq):
            kept.append(_between(p, q, hp / (hp - hq)))
    return tuple(kept)


def _rounded(polygon: Sequence[Point]) -> Polygon:
    """To a thousandth of a millimetre, without corners that fall together."""
    points = [(round(x, 3), round(y, 3)) for x, y in polygon]
    return tuple(p for i, p in enumerate(points) if hypot(p[0] - points[i - 1][0], p[1] - points[i - 1][1]) > 0.01)


def joined(first: Polygon, second: Polygon, others: Sequence[Polygon]) -> Polygon | None:
    """The frame around two neighbours; None when it would lie over another panel or fill much that was neither's."""
    shape = hull((*first, *second))
    if any(overlap_area(shape, other) > _SPARE_MM2 for other in others):
        return None
    one, two = bounds(first), bounds(second)
    shared = max(
        min(one.right, two.right) - max(one.x, two.x), min(one.bottom, two.bottom) - max(one.y, two.y)
    )  # fmt: skip
    gap = distance(centroid(first), centroid(second))
    spare = area(shape) - area(first) - area(second)
    return _rounded(shape) if shared > 0 and spare < 0.35 * shared * gap else None


def hull(points: Sequence[Point]) -> Polygon:
    """The convex hull, clockwise on the page, from the top left."""
    ordered = sorted(set(points))
    found = (*_half(ordered), *_half(ordered[::-1]))
    turned = found if signed_area(found) > 0 else tuple(reversed(found))
    first = min(range(len(turned)), key=lambda i: (turned[i][0] + turned[i][1], turned[i]))
    return (*turned[first:], *turned[:first])


def _half(points: Sequence[Point]) -> tuple[Point, ...]:
    chain: list[Point] = []
    for p in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0.01:
            chain.pop()
        chain.append(p)
    return tuple(chain[:-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
