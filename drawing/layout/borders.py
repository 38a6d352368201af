"""What gives a page its temper: slanted cuts where it is tense, panels that run off the paper where it opens.

In: the upright tree and the panels. Out: the tree with slants; the edges a panel bleeds over, and its widened polygon.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from drawing.layout.slicing import Quad, Split, cells
from manga.geometry import Point, Rect
from manga.paper import Paper, Side
from manga.plot import Emotion
from manga.storyboard import PanelDraft, Role

Edge: TypeAlias = Literal["top", "bottom", "left", "right"]
Line: TypeAlias = tuple[Point, Point]

MAX_SLANT_B4_MM = 12.0
CALM = 0.3
"""Below this tension all cuts are upright."""

TENSE = frozenset({Emotion.ANGER, Emotion.FEAR, Emotion.SURPRISE, Emotion.TENSION})
RACING = frozenset({"focus_lines", "speed_lines", "flash", "beta_flash", "impact"})


def tension(panel: PanelDraft) -> float:
    """0 calm .. 1 the page must shake."""
    direction = panel.direction
    level = 0.35 * (direction.emotion in TENSE) + 0.35 * bool(RACING & set(direction.effects))
    return min(1.0, level * (0.5 + panel.importance / 5)) if panel.importance >= 3 else level * 0.5


def slanted(tree: Split, panels: Sequence[PanelDraft], paper: Paper) -> Split:
    """Cuts beside tense panels lean, one this way, the next the other."""
    levels = [tension(panel) for panel in panels]
    limit = MAX_SLANT_B4_MM * paper.scale
    rows = tuple(_leaning(row, levels, limit) if isinstance(row, Split) else row for row in tree.children)
    return _leaning(Split(tree.kind, rows, tree.shares), levels, limit)


def _leaning(node: Split, levels: list[float], limit: float) -> Split:
    """One level of cuts. A stack inside a column stays upright: it is too narrow to lean."""
    heat = [max(levels[i] for i in cells(child)) for child in node.children]
    slants: list[float] = []
    for number, (before, after) in enumerate(pairwise(heat)):
        level = max(before, after)
        room = 0.16 * min(node.shares[number], node.shares[number + 1])
        lean = min(limit, room) if node.kind == "columns" else limit
        turn = -1 if (number + len(node.children)) % 2 else 1
        slants.append(turn * level * lean if level >= CALM else 0.0)
    return Split(node.kind, node.children, node.shares, tuple(slants))


def bleeds(panel: PanelDraft, quad: Quad, live: Rect, side: Side, *, alone: bool) -> tuple[Edge, ...]:
    """The trim edges a panel runs over. Only a page of one panel runs into the spine."""
    opens = panel.role in (Role.ESTABLISH, Role.PAYOFF) and panel.importance >= 4
    if not opens and panel.role is not Role.SPLASH:
        return ()
    touched = _touched(quad, live)
    spine: Edge = "right" if side is Side.LEFT else "left"
    return tuple(edge for edge in touched if alone or edge != spine)


def _touched(quad: Quad, live: Rect) -> tuple[Edge, ...]:
    (left, top), (right, _), (_, bottom), _ = quad
    found: list[Edge] = []
    if abs(top - live.y) < 0.01:
        found.append("top")
    if abs(bottom - live.bottom) < 0.01:
        found.append("bottom")
    if abs(left - live.x) < 0.01:
        found.append("left")
    if abs(right - live.right) < 0.01:
        found.append("right")
    return tuple(found)


def widened(quad: Quad, edges: Sequence[Edge], bleed: Rect) -> Quad:
    """The polygon drawn out to the bleed; its other borders go on as they lean, so gutters keep their width."""
    a, b, c, d = quad
    left = ((bleed.x, bleed.y), (bleed.x, bleed.bottom)) if "left" in edges else (a, d)
    right = ((bleed.right, bleed.y), (bleed.right, bleed.bottom)) if "right" in edges else (b, c)
    top = ((bleed.x, bleed.y), (bleed.right, bleed.y)) if "top" in edges else (a, b)
    bottom = ((bleed.x, bleed.bottom), (bleed.right, bleed.bottom)) if "bottom" in edges else (d, c)
    return (_crossing(top, left), _crossing(top, right), _crossing(bottom, right), _crossing(bottom, left))


def _crossing(level: Line, upright: Line) -> Point:
    """Where a border across meets a border down; the two are never parallel."""
    (x0, y0), (x1, y1) = level
    (x2, y2), (x3, y3) = upright
    away = (x1 - x0) * (y3 - y2) - (y1 - y0) * (x3 - x2)
    t = ((x2 - x0) * (y3 - y2) - (y2 - y0) * (x3 - x2)) / away
    return (x0 + t * (x1 - x0), y0 + t * (y1 - y0))
