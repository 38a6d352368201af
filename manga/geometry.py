"""Plane geometry of a page. Points are (x, y) in millimetres, x right, y down, from the trim's top left."""

from collections.abc import Iterable, Sequence
from math import hypot
from typing import TypeAlias

from manga.values import Value

Point: TypeAlias = tuple[float, float]
Polygon: TypeAlias = tuple[Point, ...]

MM_PER_INCH = 25.4


class Rect(Value):
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return (self.x + self.width / 2, self.y + self.height / 2)

    @property
    def area(self) -> float:
        return self.width * self.height

    def inset(self, by: float) -> "Rect":
        """Smaller by `by` on every side (larger when negative); never below zero size."""
        return Rect(
            x=self.x + by, y=self.y + by, width=max(0.0, self.width - 2 * by), height=max(0.0, self.height - 2 * by)
        )

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(x=self.x + dx, y=self.y + dy, width=self.width, height=self.height)

    def in_shares_of(self, other: "Rect") -> "Rect":
        """The same place, measured from the other's corner in its widths and heights."""
        return Rect(
            x=(self.x - other.x) / other.width,
            y=(self.y - other.y) / other.height,
            width=self.width / other.width,
            height=self.height / other.height,
        )

    def placed_in(self, other: "Rect") -> "Rect":
        """The opposite of `in_shares_of`."""
        return Rect(
            x=other.x + self.x * other.width,
            y=other.y + self.y * other.height,
            width=self.width * other.width,
            height=self.height * other.height,
        )

    def polygon(self) -> Polygon:
        return ((self.x, self.y), (self.right, self.y), (self.right, self.bottom), (self.x, self.bottom))

    def overlap(self, other: "Rect") -> float:
        """Area shared with another rectangle, mm²."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0.0, width) * max(0.0, height)

    def contains(self, inner: "Rect", slack: float = 1e-6) -> bool:
        return (
            inner.x >= self.x - slack
            and inner.y >= self.y - slack
            and inner.right <= self.right + slack
            and inner.bottom <= self.bottom + slack
        )


def mm_to_px(mm: float, dpi: float) -> float:
    return mm * dpi / MM_PER_INCH


def bounds(points: Iterable[Point]) -> Rect:
    """The smallest upright rectangle around some points."""
    xs, ys = zip(*points, strict=True)
    return Rect(x=min(xs), y=min(ys), width=max(xs) - min(xs), height=max(ys) - min(ys))


def signed_area(polygon: Sequence[Point]) -> float:
    """Positive when the corners run clockwise on the page (y downwards)."""
    shifted = (*polygon[1:], polygon[0])
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(polygon, shifted, strict=True)) / 2


def area(polygon: Sequence[Point]) -> float:
    return abs(signed_area(polygon))


def centroid(polygon: Sequence[Point]) -> Point:
    """The centre of mass; the mean of the corners for a polygon without area."""
    total = signed_area(polygon)
    if abs(total) < 1e-9:
        return (sum(p[0] for p in polygon) / len(polygon), sum(p[1] for p in polygon) / len(polygon))
    x = y = 0.0
    for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        cross = x0 * y1 - x1 * y0
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return (x / (6 * total), y / (6 * total))


def inside(point: Point, polygon: Sequence[Point]) -> bool:
    """Whether a point lies in a simple polygon (even-odd rule)."""
    x, y = point
    found = False
    for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            found = not found
    return found


def _clip_edge(subject: list[Point], a: Point, b: Point) -> list[Point]:
    def side(p: Point) -> float:
        return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

    out: list[Point] = []
    for p, q in zip(subject, (*subject[1:], subject[0]), strict=True):
        sp, sq = side(p), side(q)
        if sp >= 0:
            out.append(p)
        if (sp > 0 > sq) or (sp < 0 < sq):
            t = sp / (sp - sq)
            out.append((p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t))
    return out


def intersection(subject: Sequence[Point], convex: Sequence[Point]) -> Polygon:
    """A polygon cut down to a convex one (Sutherland-Hodgman); empty when they do not meet."""
    window = convex if signed_area(convex) > 0 else tuple(reversed(convex))
    found = list(subject)
    for a, b in zip(window, (*window[1:], window[0]), strict=True):
        if not found:
            break
        found = _clip_edge(found, a, b)
    return tuple(found)


def overlap_area(first: Sequence[Point], convex: Sequence[Point]) -> float:
    """Area shared by a polygon and a convex one, mm²."""
    shared = intersection(first, convex)
    return area(shared) if len(shared) > 2 else 0.0


def distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def between(a: Point, b: Point, share: float) -> Point:
    """The place so far along the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def nearest_on(point: Point, a: Point, b: Point) -> Point:
    """The place of the stretch from `a` to `b` that is nearest to a point."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy or 1e-9)
    t = min(1.0, max(0.0, t))
    return (a[0] + dx * t, a[1] + dy * t)
