"""Reading order from shapes alone: what a reader sees who knows nothing of the plan.

In: panel polygons and a direction. Out: their indices in reading order. Used by the audit too.
"""

from collections.abc import Sequence

from manga.geometry import Point, Rect, bounds
from manga.paper import Direction

TOLERANCE = 0.25
"""A cut may run through this part of a panel: slanted borders overlap in their boxes."""


def reading_order(polygons: Sequence[Sequence[Point]], direction: Direction) -> tuple[int, ...]:
    """Cut across first, then from the side that is read first, again and again."""
    boxes = [bounds(polygon) for polygon in polygons]
    return tuple(_ordered(list(range(len(boxes))), boxes, direction))


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
