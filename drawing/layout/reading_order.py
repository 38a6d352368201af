"""Finds the reading order of panels from their shapes alone, as a reader sees who knows nothing of the plan.

In: panel polygons and a direction. Out: their indices in reading order. Used by the audit too.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from manga.geometry import Point, Rect, bounds, distance
from manga.paper import Direction

TOLERANCE = 0.25
"""A cut may run through this part of a panel: slanted borders overlap in their boxes."""

WIDER = 1.25
"""Where a page of upright panels could be cut both ways, columns are read one by one if the gap between them is so much
wider than that between their panels."""

HAIR = 0.01

WITHIN = 0.75
"""A panel of which so much lies in the box of another one stands in its corner."""


def reading_order(polygons: Sequence[Sequence[Point]], direction: Direction) -> tuple[int, ...]:
    """Cut across first, then from the side that is read first, over and over; columns first where they stand apart."""
    boxes = [bounds(polygon) for polygon in polygons]
    hosts = {i: host for i in range(len(boxes)) if (host := _host(i, boxes)) is not None}
    picks = _by_gaps if all(map(_is_upright, polygons, boxes)) else _rows_first
    found = _ordered([i for i in range(len(boxes)) if i not in hosts], boxes, direction, picks)
    for guest, host in hosts.items():
        place = found.index(host)
        found.insert(place if _leads(polygons[host], boxes[host], direction) else place + 1, guest)
    return tuple(found)


def _host(i: int, boxes: list[Rect]) -> int | None:
    """The panel in whose corner this one stands."""
    return next((j for j, box in enumerate(boxes) if j != i and box.overlap(boxes[i]) > WITHIN * boxes[i].area), None)


def _is_upright(polygon: Sequence[Point], box: Rect) -> bool:
    """Whether a panel is its own box; rounded corners may be a hair off."""
    corners = box.polygon()
    return len(polygon) == 4 and all(min(distance(corner, point) for point in corners) < HAIR for corner in polygon)


def _leads(host: Sequence[Point], box: Rect, direction: Direction) -> bool:
    """Whether the corner that a panel lacks is the one at its head on the side that is read first."""
    lacking = max(box.polygon(), key=lambda corner: min(distance(corner, point) for point in host))
    return lacking == (box.right if direction is Direction.RTL else box.x, box.y)


Parted: TypeAlias = tuple[list[int], list[int]]
Picks: TypeAlias = Callable[[list[int], list[Rect], Direction], Iterator[Parted]]


def _ordered(group: list[int], boxes: list[Rect], direction: Direction, picks: Picks) -> list[int]:
    if len(group) < 2:
        return group
    for first, rest in picks(group, boxes, direction):
        if rest:
            return _ordered(first, boxes, direction, picks) + _ordered(rest, boxes, direction, picks)
    return sorted(group, key=lambda i: (boxes[i].y, _side(boxes[i], direction)))


def _rows_first(group: list[int], boxes: list[Rect], direction: Direction) -> Iterator[Parted]:
    yield _rows(group, boxes, direction)
    yield _columns(group, boxes, direction)


def _by_gaps(group: list[int], boxes: list[Rect], direction: Direction) -> Iterator[Parted]:
    rows, columns = _rows_first(group, boxes, direction)
    if rows[1] and columns[1]:
        down = min(boxes[i].y for i in rows[1]) - max(boxes[i].bottom for i in rows[0])
        ahead = [(min(boxes[i].x for i in part), max(boxes[i].right for i in part)) for part in columns]
        across = max(ahead[0][0], ahead[1][0]) - min(ahead[0][1], ahead[1][1])
        if across > WIDER * down:
            rows, columns = columns, rows
    yield rows
    yield columns


def _side(box: Rect, direction: Direction) -> float:
    return -box.centre[0] if direction is Direction.RTL else box.centre[0]


def _rows(group: list[int], boxes: list[Rect], _: Direction) -> Parted:
    spans = {i: (boxes[i].y, boxes[i].bottom) for i in group}
    return _parted(sorted(group, key=lambda i: boxes[i].centre[1]), spans)


def _columns(group: list[int], boxes: list[Rect], direction: Direction) -> Parted:
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
