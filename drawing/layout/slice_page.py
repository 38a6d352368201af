"""Slices a page like a sheet of paper: rows from top to bottom, columns in reading direction, cells at the ends.

In: a tree of cuts and a frame. Out: one four-cornered polygon a cell, gutters between them.
Corners run top left, top right, bottom right, bottom left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import hypot
from typing import Literal, TypeAlias

from manga.geometry import Point, Polygon, Rect

Quad: TypeAlias = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Gutters:
    """Space between rows and between panels of a row, millimetres."""

    row: float
    column: float


@dataclass(frozen=True, slots=True)
class PanelCell:
    """One panel, by its place in the page's reading order."""

    index: int


@dataclass(frozen=True, slots=True)
class Split:
    """Children side by side. Columns are listed in reading order, and drawn from the right.

    `slants` has one entry a cut: how far its two ends lie apart, millimetres. Positive lifts the right end of a
    row's cut, and pushes the upper end of a column's cut to the right.
    """

    kind: Literal["rows", "columns"]
    children: tuple["Node", ...]
    shares: tuple[float, ...]
    slants: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Inset:
    """A small panel in a corner of a large one: the foot of the side that is read last, or, where `first`, the head
    of the side that is read first. `width` and `height` are its shares of the large one."""

    host: int
    guest: int
    width: float
    height: float
    first: bool = False


Node: TypeAlias = PanelCell | Split | Inset


def cells(node: Node) -> Iterator[int]:
    """The panels of a tree in reading order."""
    if isinstance(node, PanelCell):
        yield node.index
        return
    if isinstance(node, Inset):
        yield from (node.guest, node.host) if node.first else (node.host, node.guest)
        return
    for child in node.children:
        yield from cells(child)


def insets(node: Node) -> Iterator[Inset]:
    """The panels of a tree that have another one in a corner."""
    if isinstance(node, Inset):
        yield node
    elif isinstance(node, Split):
        for child in node.children:
            yield from insets(child)


def cut(tree: Node, frame: Rect, gutters: Gutters) -> dict[int, Quad]:
    """The polygons of a right-to-left page; a panel with an inset has all its corners still."""
    corners = ((frame.x, frame.y), (frame.right, frame.y), (frame.right, frame.bottom), (frame.x, frame.bottom))
    found: dict[int, Quad] = {}
    _cut(tree, corners, gutters, found)
    return found


def mirrored(quad: Quad, axis_x: float) -> Quad:
    """The same shape for the other reading direction."""
    a, b, c, d = ((2 * axis_x - x, y) for x, y in quad)
    return (b, a, d, c)


def _cut(node: Node, quad: Quad, gutters: Gutters, found: dict[int, Quad]) -> None:
    if isinstance(node, PanelCell):
        found[node.index] = quad
        return
    if isinstance(node, Inset):
        found[node.host] = quad
        found[node.guest] = _corner(node, quad)
        return
    top_left, top_right, bottom_right, bottom_left = quad
    slants = node.slants or (0.0,) * (len(node.children) - 1)
    if node.kind == "rows":
        strips = _strips((top_left, bottom_left), (top_right, bottom_right), node.shares, gutters.row, slants)
        quads: list[Quad] = [(a0, b0, b1, a1) for (a0, a1), (b0, b1) in strips]
    else:
        strips = _strips((top_right, top_left), (bottom_right, bottom_left), node.shares, gutters.column, slants, -1)
        quads = [(a1, a0, b0, b1) for (a0, a1), (b0, b1) in strips]
    for child, part in zip(node.children, quads, strict=True):
        _cut(child, part, gutters, found)


def _corner(node: Inset, quad: Quad) -> Quad:
    left, right = (1 - node.width, 1.0) if node.first else (0.0, node.width)
    top, bottom = (0.0, node.height) if node.first else (1 - node.height, 1.0)

    def at(x: float, y: float) -> Point:
        a, b, c, d = quad
        ways = ((a, (1 - x) * (1 - y)), (b, x * (1 - y)), (c, x * y), (d, (1 - x) * y))
        return (sum(p[0] * share for p, share in ways), sum(p[1] * share for p, share in ways))

    return (at(left, top), at(right, top), at(right, bottom), at(left, bottom))


def _strips(
    first: tuple[Point, Point],
    second: tuple[Point, Point],
    shares: tuple[float, ...],
    gutter: float,
    slants: tuple[float, ...],
    sign: int = 1,
) -> list[tuple[tuple[Point, Point], tuple[Point, Point]]]:
    """Cut the band between two edges into strips: for each, its stretch of the first and of the second edge."""
    across = hypot(first[0][0] - second[0][0], first[0][1] - second[0][1])
    # A slanted gutter is as wide as a straight one only when its ends lie further apart along the edges, which may
    # lean themselves (hence the 1.7).
    gaps = [gutter * hypot(1.0, 1.7 * slant / max(across, 1.0)) for slant in slants]
    shifts = [sign * slant / 2 for slant in slants]
    one = _stretches(first, shares, gaps, shifts)
    two = _stretches(second, shares, gaps, [-shift for shift in shifts])
    return list(zip(one, two, strict=True))


def _stretches(
    edge: tuple[Point, Point], shares: tuple[float, ...], gaps: list[float], shifts: list[float]
) -> list[tuple[Point, Point]]:
    (x0, y0), (x1, y1) = edge
    length = hypot(x1 - x0, y1 - y0)
    usable = length - sum(gaps)
    ends = [usable * share / sum(shares) for share in accumulate(shares)]
    found: list[tuple[Point, Point]] = []
    start, spent = 0.0, 0.0
    for number, end in enumerate(ends):
        last = number == len(ends) - 1
        stop = length if last else end + spent + shifts[number]
        found.append(((x0 + (x1 - x0) * start / length, y0 + (y1 - y0) * start / length),
                      (x0 + (x1 - x0) * stop / length, y0 + (y1 - y0) * stop / length)))  # fmt: skip
        if not last:
            start = stop + gaps[number]
            spent += gaps[number]
    return found


def signature(tree: Node) -> str:
    """The tree's structure as a word, without sizes: pages with equal words look alike."""
    if isinstance(tree, PanelCell):
        return "p"
    if isinstance(tree, Inset):
        return "ip" if tree.first else "pi"
    inner = "".join(signature(child) for child in tree.children)
    return f"({inner})" if tree.kind == "rows" else f"[{inner}]"


def polygon_of(quad: Polygon) -> Polygon:
    """Rounded to a thousandth of a millimetre, so that results are equal on every machine."""
    return tuple((round(x, 3), round(y, 3)) for x, y in quad)
