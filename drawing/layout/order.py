"""Reading order from shapes alone: what a reader sees who knows nothing of the plan.

In: panel polygons and a direction. Out: their indices in reading order. Used by the audit too.
"""

from collections.abc import Sequence

from manga.geometry import Point, Rect, bounds, distance
from manga.paper import Direction

TOLERANCE = 0.25
"""A cut may run through this part of a panel: slanted borders overlap in their boxes."""

WITHIN = 0.75
"""A panel of which so much lies in the box of another one stands in its corner."""


def reading_order(polygons: Sequence[Sequence[Point]], direction: Direction) -> tuple[int, ...]:
    """Cut across first, then from the side that is read first, again and again."""
    boxes = [bounds(polygon) for polygon in polygons]
    hosts = {i: host for i in range(len(boxes)) if (host := _host(i, boxes)) is not None}
    found = _ordered([i for i in range(len(boxes)) if i not in hosts], boxes, direction)
    for guest, host in hosts.items():
        place = found.index(host)
        found.insert(place if _leads(polygons[host], boxes[host], direction) else place + 1, guest)
    return tuple(found)


def _host(i: int, boxes: list[Rect]) -> int | None:
    """The panel in whose corner this one stands."""
    return next((j for j, box in enumerate(boxes) if j != i and box.overlap(boxes[i]) > WITHIN * boxes[i].area), None)


def _leads(host: Sequence[Point], box: Rect, direction: Direction) -> bool:
    """Whether the corner that a panel lacks is the one at its head on the side that is read first."""
    lacking = max(box.polygon(), key=lambda corner: min(distance(corner, point) for point in host))
    return lacking == (box.right if direction is Direction.RTL else box.x, box.y)


def _ordered(group: list[int], boxes: list[Rect], direction: Direction) -> list[int]:
    if len(group) < 2:
        return group
    for pick in (_rows, _columns):
        first, rest = pick(group, boxes, direction)
        if rest:
            return _ordered(first, boxes, direction) + _ordered(rest, boxes, direction)
    return sorted(group, key=lambda i: (boxes[i].y, _side(boxes[i], direction)))


def _side(box: Rect, direction: Direction) -> float:
    return -box.centre[0] if direction is Direction.RTL else box.centre[0]


def _rows(group: list[int], boxes: list[Rect], _: Direction) -> tuple[list[int], list[int]]:
    spans = {i: (boxes[i].y, boxes[i].bottom) for i in group}
    return _parted(sorted(group, key=lambda i: boxes[i].centre[1]), spans)


def _columns(group: list[int], boxes: list[Rect], direction: Direction) -> tuple[list[int], list[int]]:
    if direction is Direction.RTL:
        spans = {i: (-boxes[i].right, -boxes[i].x) for i in group}
    else:
        spans = {i: (boxes[i].x, boxes[i].right) for i in group}
    return _parted(sorted(group, key=lambda i: _side(boxes[i], direction)), spans)


def _parted(group: list[int], spans: dict[int, tuple[float, float]]) -> tuple[list[int], list[int]]:
    """The first stretch of a sorted group that a straight cut separates from the rest."""
    for size in range(1, len(group)):
        before, after = group[:size], group[size:]
        if all(_apart(spans[i], spans[j]) for i in before for j in after):
            return before, after
    return group, []


def _apart(first: tuple[float, float], second: tuple[float, float]) -> bool:
    shared = first[1] - second[0]
    return shared <= TOLERANCE * min(first[1] - first[0], second[1] - second[0])
