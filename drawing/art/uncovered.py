"""How much of what was drawn is still to be seen when the picture is done. In: the calls. Out: a share, 0 to 1."""

from collections.abc import Collection, Iterator, Sequence

from drawing.ink.drawing_calls import Call, Drawing, ShownThing
from drawing.ink.paths import (
    flattened,
    from_data,
    reach,
)
from manga.geometry import Point, inside

GRID = 6
"""Points across and down the box of what is looked for."""
_STEPS = 3


def uncovered(drawing: Drawing, one: ShownThing) -> float:
    """Of points on its surfaces, those over which nothing was filled later; what was drawn of it once more is itself.
    1 for what has no surface."""
    own = [call for call in drawing.calls[one.first : one.end] if call[0] == "f"]
    grid = list(_grid(own))
    points = {point for call in own for point in _under(call, grid)}
    left = points
    for call, clips in _later(drawing, one):
        covered = _under(call, left)
        for clip in clips if covered else ():
            covered = _under(clip, covered)
        left = left.difference(covered)
        if not left:
            break
    return len(left) / len(points) if points else 1.0


def _grid(calls: Sequence[Call]) -> Iterator[Point]:
    boxes = [reach(str(call[1]))[1] for call in calls]
    if not boxes:
        return
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
    for i in range(GRID):
        for j in range(GRID):
            yield x0 + (x1 - x0) * (i + 0.5) / GRID, y0 + (y1 - y0) * (j + 0.5) / GRID


def _under(call: Call, points: Collection[Point]) -> list[Point]:
    """The points that its path surrounds; paths are read only where their boxes hold a point."""
    data = str(call[1])
    left, top, right, bottom = reach(data)[1]
    near = [p for p in points if left <= p[0] <= right and top <= p[1] <= bottom]
    if not near:
        return []
    lines = [line for line in flattened(from_data(data), _STEPS) if len(line) > 2]
    return [p for p in near if any(inside(p, line) for line in lines)]


def _later(drawing: Drawing, one: ShownThing) -> Iterator[tuple[Call, list[Call]]]:
    """Surfaces that were filled after it, each with the clips that hold where it was."""
    again = [s for s in drawing.shown if s.kind in {"thing", "holds"} and s.name == one.name and s.first >= one.end]
    stack: list[list[Call]] = [[]]
    for at in range(one.end, len(drawing.calls)):
        call = drawing.calls[at]
        if call[0] == "q":
            stack.append([*stack[-1]])
        elif call[0] == "Q":
            stack = stack[:-1] or [[]]
        elif call[0] == "c":
            stack[-1].append(call)
        elif call[0] == "f" and not any(s.first <= at < s.end for s in again):
            yield call, stack[-1]
