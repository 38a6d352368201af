"""Somebody who stands before his panel's border: a composed panel in, the same with him nearer and higher out, and what
of him lies on the border and beyond it. Millimetres of the picture.

Nothing of him is cut in the open: where he would be, he stays behind that side of the border, or inside altogether.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import hypot

from drawing.art.frame_shot import DISTANT, Standing
from drawing.ink.paths import Path, common, difference, flattened, mapped, poly, union
from manga.geometry import Point, Polygon, Rect, area, bounds, distance, inside, nearest_on, overlap_area
from manga.storyboard import LEAPS, BreakoutRoom, Shot

ON_BORDER = 0.5
"""So far inside the border's middle line begins what is drawn over it."""
SHORT = 0.5
"""How far a figure ends before the room that it has."""
BROW = 1.0
"""So far below the border the eyes stay at least: in a strip the panel is cut off there."""
LEAST = 1.6
"""A figure that stands out less looks like a mistake."""
HEAD_OUT = 0.4
"""Of its height: so much of a head stands out at most."""
NEARER = {Shot.BUST: (1.1, 0.56), Shot.MEDIUM: (1.12, 0.42), Shot.CLOSE: (1.0, 0.74)}
"""How much larger such a figure is at least, and the share of the panel's height that its head then takes."""
LARGEST = 1.45
WHOLE_LARGEST, BESIDE_LARGEST = 1.9, 1.35
"""Of a whole figure; of one that stands still beside others, who would seem to be dwarfs."""
WIDEST = 0.86
"""Of the panel's width: more of it no whole figure takes."""
ASIDE = (0.0, 0.08, 0.16, 0.24)
"""Of the panel's width: how far such a figure goes aside so that others are seen."""
AIR = 0.8
"""Between a figure and the panel's side, where the figure fits in."""
HIDDEN = 0.15
"""Of another face: so much of it such a figure may cover."""
HIGHEST_FOOT = 0.84
"""Of the panel's height: a figure too wide to fill it stands there at most, its head out."""
OVER_HEAD = 0.06
"""Of the panel's height: what is free above a figure that steps out below only."""
FEET_OUT = 2.0
"""From this room on, feet stand out below."""
_STEP = 0.5
_SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Out:
    """Who stands out, and what of him does: closed lines."""

    standing: Standing
    outlines: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class _Try:
    """A panel, the room around it, and how boldly it is used (0..1)."""

    room: BreakoutRoom
    width: float
    height: float
    largest: float
    share: float = 1.0


def brought_out(
    standing: Sequence[Standing], room: BreakoutRoom | None, shot: Shot, width: float, height: float, outline: Polygon
) -> tuple[list[Standing], Out | None]:
    """The panel's figures, the nearest last, one of them before the border if that can be drawn; else as they are."""
    unchanged = list(standing)
    hero = next((s for s in standing if room and s.direction.character == room.character), None)
    border = outline or Rect(x=0, y=0, width=width, height=height).polygon()
    if room is None or hero is None or shot not in {*NEARER, Shot.FULL} or len(border) != 4:
        return unchanged, None
    others = [s for s in standing if s is not hero]
    still = bool(others) and hero.direction.pose not in LEAPS
    whole = _Try(room, width, height, BESIDE_LARGEST if still else WHOLE_LARGEST)
    for moved in _tries(hero, whole, shot, away=sum(1 if hero.x >= s.x else -1 for s in others)):
        lines = _lines(moved)
        if not any(_hides(lines, other) for other in others) and (found := _stands_out(moved, lines, room, border)):
            return [*others, moved], Out(moved, found)
    return unchanged, None


def _tries(s: Standing, whole: _Try, shot: Shot, away: int) -> Iterator[Standing]:
    """The figure less and less far out, and farther and farther aside, away from the others. Whose feet are seen, as
    in a near view in a tall narrow panel, does not leave the ground."""
    points = [point for path in s.figure.silhouette for line in flattened(path, 4) for point in line]
    head = s.figure.marks.head
    high = points if shot in DISTANT else [p for p in points if p[1] < head.bottom] or points
    hair = min((y for x, y in points if abs(x - head.centre[0]) < 0.3 * head.width), default=head.y)
    afoot = shot in DISTANT or s.y + bounds(points).bottom * s.size <= whole.height
    for share in (1.0, 0.75, 0.5):
        bold = replace(whole, share=share)
        upper = bounds(points if afoot else high)
        moved = _whole(s, bold, upper) if afoot else _near(s, bold, shot, upper, hair)
        if moved is not None:
            steps = (moved.x + step * away * whole.width for step in (ASIDE if away else ASIDE[:1]))
            xs = dict.fromkeys(_within(x, moved.size, upper, whole) for x in steps)
            yield from (replace(moved, x=x) for x in xs)


def _within(x: float, size: float, box: Rect, panel: _Try) -> float:
    """A place across at which a box of the figure lies in the panel, or in the room beside it where it is wider."""
    low, high = AIR - box.x * size, panel.width - AIR - box.right * size
    if low > high:
        low, high = SHORT - panel.room.left - box.x * size, panel.width + panel.room.right - SHORT - box.right * size
    return min(max(x, low), high) if low <= high else (low + high) / 2


def _near(s: Standing, panel: _Try, shot: Shot, upper: Rect, hair: float) -> Standing | None:
    """A head and shoulders: larger, its hair over the upper border. `upper` is all that is as high as the head."""
    head, eyes, room = s.figure.marks.head, s.figure.marks.eyes[1], panel.room
    least, wanted = NEARER[shot]
    k = max(least, min(LARGEST, wanted * panel.height / (head.height * s.size)))
    size = min(s.size * k, max(WIDEST * panel.width, panel.width + room.left + room.right - 1) / upper.width)
    y = max(
        -panel.share * (room.top - SHORT) - upper.y * size,
        -HEAD_OUT * head.height * size - hair * size,
        BROW - eyes * size,
    )
    if -(y + upper.y * size) < LEAST or size < 0.8 * s.size:
        return None
    return replace(s, x=s.x + head.centre[0] * (s.size - size), y=y, size=size, z=s.z * s.size / size)


def _whole(s: Standing, panel: _Try, body: Rect) -> Standing | None:
    """A whole figure: larger than its panel, its feet below where there is room for them."""
    room, eyes = panel.room, s.figure.marks.eyes[1]
    if not room.top:
        return _stepping_down(s, panel, body)
    below = panel.share * min(room.bottom, 0.08 * panel.height) - SHORT
    foot = panel.height + below if room.bottom >= FEET_OUT else 0.97 * panel.height
    most = min(panel.largest * s.size, (WIDEST * panel.width + room.left + room.right) / body.width)
    size = min(most, (foot + panel.share * (room.top - SHORT)) / body.height)
    high = -panel.share * (room.top - SHORT) - body.y * size
    y = max(min(foot - body.bottom * size, high), HIGHEST_FOOT * panel.height - body.bottom * size)
    if -(y + body.y * size) < LEAST or y + eyes * size < BROW or size < s.size:
        return None
    return replace(s, x=s.x + body.centre[0] * (s.size - size), y=y, size=size, z=s.z * s.size / size)


def _stepping_down(s: Standing, panel: _Try, body: Rect) -> Standing | None:
    """A whole figure in a panel that runs off the paper above: inside it to the feet, which stand out below."""
    foot = panel.height + panel.share * min(panel.room.bottom - SHORT, 0.1 * panel.height)
    most = min(panel.largest * s.size, (WIDEST * panel.width + panel.room.left + panel.room.right) / body.width)
    size = min(most, (foot - OVER_HEAD * panel.height) / body.height)
    if foot - panel.height < LEAST or size < s.size:
        return None
    y = foot - body.bottom * size
    return replace(s, x=s.x + body.centre[0] * (s.size - size), y=y, size=size, z=s.z * s.size / size)


def _lines(s: Standing) -> list[list[Point]]:
    """The figure's silhouette on the picture."""
    return [line for line in flattened(_shape(s), 5) if len(line) > 3]


def _shape(s: Standing) -> Path:
    return union(*(mapped(path, lambda x, y: (s.x + x * s.size, s.y + y * s.size)) for path in s.figure.silhouette))


def _hides(lines: Sequence[Sequence[Point]], other: Standing) -> bool:
    """Whether a figure now stands before another one's head."""
    r = other.figure.marks.face or other.figure.marks.head
    size = other.size
    face = Rect(x=other.x + r.x * size, y=other.y + r.y * size, width=r.width * size, height=r.height * size)
    return any(overlap_area(line, face.polygon()) > HIDDEN * face.area for line in lines)


def _stands_out(
    s: Standing, lines: Sequence[Sequence[Point]], room: BreakoutRoom, border: Polygon
) -> tuple[Polygon, ...]:
    """What lies on the border and beyond, over as many sides as can be had without a cut in the open."""
    reach = {side: getattr(room, side) for side in _SIDES}
    for sides in _choices([side for side in _SIDES if reach[side] > 0], standing=room.standing):
        ground = offset(border, {side: reach[side] for side in sides})
        if _cut_in_the_open(lines, ground, border):
            continue
        inner = offset(border, {side: -ON_BORDER if side in sides else ON_BORDER for side in _SIDES})
        found = difference(common(_shape(s), poly(ground)), poly(inner))
        outlines = _outlines(found)
        if _stands_clear(outlines, border):
            return outlines
    return ()


def _choices(sides: Sequence[str], *, standing: bool) -> Iterator[tuple[str, ...]]:
    """Which sides to step over: the upper one always, or the lower one where the panel runs off the paper above; as
    many as there are, then fewer."""
    first = "top" if "top" in sides else "bottom"
    rest = [side for side in sides if side != first]
    if first not in sides:
        return
    for count in range(len(rest), -1, -1):
        for more in combinations(rest, count):
            if not standing or "bottom" in more or "bottom" not in sides:
                yield (first, *more)


def offset(border: Polygon, by: dict[str, float]) -> Polygon:
    """A four-sided border with sides moved outwards (above 0) or inwards, each along its own normal."""
    lines = []
    for side, (a, b) in zip(_SIDES, pairwise((*border, border[0])), strict=True):
        length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        nx, ny = (b[1] - a[1]) / length, -(b[0] - a[0]) / length
        d = by.get(side, 0.0)
        lines.append(((a[0] + nx * d, a[1] + ny * d), (b[0] + nx * d, b[1] + ny * d)))
    return tuple(_meeting(lines[i - 1], lines[i]) for i in range(4))


def _meeting(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point:
    (x0, y0), (x1, y1) = one
    (x2, y2), (x3, y3) = other
    away = (x1 - x0) * (y3 - y2) - (y1 - y0) * (x3 - x2)
    t = ((x2 - x0) * (y3 - y2) - (y2 - y0) * (x3 - x2)) / (away or 1e-9)
    return (x0 + t * (x1 - x0), y0 + t * (y1 - y0))


def _cut_in_the_open(lines: Sequence[Sequence[Point]], ground: Polygon, border: Polygon) -> bool:
    """Whether a figure's edge is cut where no border is: on the ground's edge, off the panel's."""
    whole = bounds([point for line in lines for point in line])
    for a, b in pairwise((*ground, ground[0])):
        pieces = max(1, int(hypot(b[0] - a[0], b[1] - a[1]) / _STEP))
        for i in range(pieces + 1):
            point = (a[0] + (b[0] - a[0]) * i / pieces, a[1] + (b[1] - a[1]) * i / pieces)
            near = whole.x <= point[0] <= whole.right and whole.y <= point[1] <= whole.bottom
            if near and _off(point, border) > 0.2 and any(inside(point, line) for line in lines):
                return True
    return False


def _off(point: Point, border: Polygon) -> float:
    """How far a point is from a border."""
    return min(distance(point, nearest_on(point, a, b)) for a, b in pairwise((*border, border[0])))


def _outlines(shape: Path) -> tuple[Polygon, ...]:
    lines = (line[:-1] if line[0] == line[-1] else line for line in flattened(shape, 3) if len(line) > 3)
    return tuple(tuple((round(x, 2), round(y, 2)) for x, y in line) for line in lines if area(line) > 0.4)


def _stands_clear(outlines: Sequence[Polygon], border: Polygon) -> bool:
    """Whether enough of it is beyond the border to be meant."""
    beyond = (_off(point, border) for line in outlines for point in line if not inside(point, border))
    return max(beyond, default=0.0) >= LEAST
