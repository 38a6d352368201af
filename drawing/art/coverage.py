"""Estimates how much of a drawing is inked, on a coarse grid, by painting its surfaces in order."""

from drawing.ink.canvas import Call, Drawing
from drawing.ink.paths import reach

_CELLS = 14


def coverage(drawing: Drawing) -> float:
    """0..1; large fills and tones count by their bounding boxes, lines by their length."""
    grid = [[0.0] * _CELLS for _ in range(_CELLS)]
    for call in drawing.calls:
        if call[0] in {"f", "t", "g"}:
            _paint(grid, call, drawing)
    return round(sum(map(sum, grid)) / _CELLS**2, 4)


def _paint(grid: list[list[float]], call: Call, drawing: Drawing) -> None:
    if not call[1]:
        return
    operations, (left, top, right, bottom) = reach(str(call[1]))
    if (right - left) * (bottom - top) < drawing.width * drawing.height / 400:
        return
    x0, x1 = (_cell(v, drawing.width) for v in (left, right))
    y0, y1 = (_cell(v, drawing.height) for v in (top, bottom))
    value, part = _value(call)
    fullness = 1.0 if operations <= 6 else 0.72
    for row in grid[y0:y1]:
        for i in range(x0, x1):
            row[i] += (value - row[i]) * fullness if part == "fill" else value * fullness * (1 - row[i])


def _cell(v: float, size: float) -> int:
    return max(0, min(_CELLS, round(v / size * _CELLS)))


def _value(call: Call) -> tuple[float, str]:
    if call[0] == "f":
        return 1 - float(call[2]) / 255, "fill"
    if call[0] == "t":
        return float(call[3]), "tone"
    return (float(call[4]) + float(call[7])) / 2, "tone"
