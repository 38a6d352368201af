"""Slants the cuts of a page where it is tense, and lets panels run off the paper where it opens.

In: the upright tree and the panels. Out: the tree with slants; the edges a panel bleeds over, and its widened polygon.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from drawing.layout.slice_page import Quad, Split, cells
from manga.geometry import Point, Polygon, Rect, bounds
from manga.paper import Paper, Side
from manga.plot import Emotion
from manga.storyboard import PanelDraft, Role, Shot

Edge: TypeAlias = Literal["top", "bottom", "left", "right"]
Line: TypeAlias = tuple[Point, Point]

MAX_SLANT_B4_MM = 12.0
CALM = 0.3
"""Below this tension all cuts are upright."""

MOST_BLEEDS = 2

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
        room = (0.16 if node.kind == "columns" else 0.2) * min(node.shares[number], node.shares[number + 1])
        lean = min(limit, room)
        turn = -1 if (number + len(node.children)) % 2 else 1
        slants.append(turn * level * lean if level >= CALM else 0.0)
    return Split(node.kind, node.children, node.shares, tuple(slants))


def bleeding(
    panels: Sequence[PanelDraft], quads: Mapping[int, Quad], live: Rect, side: Side
) -> dict[int, tuple[Edge, ...]]:
    """Panels, of those whose shapes are given, that run off the paper, and over which trim edges: a splash, then at
    most two more where a place opens, something strikes, or a breath is taken. Of two that lie one above the other only
    the greater does, so that neither is lost in the other. Only a page of one panel runs into the spine."""
    alone = len(panels) == 1
    edges = {i: bleeds(panels[i], quad, live, side, alone=alone) for i, quad in quads.items()}
    ranked = sorted((i for i in quads if edges[i]), key=lambda i: (-_openness(panels[i]), i))
    chosen: list[int] = []
    for i in ranked:
        free = not any(_stacked(quads[i], quads[j]) for j in chosen)
        if free and len(chosen) < MOST_BLEEDS:
            chosen.append(i)
    return {i: edges[i] for i in chosen}


def bleeds(panel: PanelDraft, quad: Quad, live: Rect, side: Side, *, alone: bool) -> tuple[Edge, ...]:
    """The trim edges that this panel would run over, were it asked alone."""
    if not _openness(panel):
        return ()
    spine: Edge = "right" if side is Side.LEFT else "left"
    return tuple(edge for edge in _touched(quad, live) if alone or edge != spine)


def _openness(panel: PanelDraft) -> float:
    """How much a panel wants to be larger than the page; 0: not at all."""
    direction, weight = panel.direction, panel.importance
    if panel.role is Role.SPLASH:
        return 20.0
    opens = weight >= 4 and panel.role in (Role.ESTABLISH, Role.PAYOFF)
    acts = weight >= 3 and bool(RACING & set(direction.effects))
    silent = not panel.dialogue.parts
    breathes = panel.role is Role.BREATHER or (silent and direction.shot in (Shot.LONG, Shot.ESTABLISHING))
    return weight * (opens or acts) + 2.5 * breathes


def _stacked(first: Quad, second: Quad) -> bool:
    """Whether one lies right above the other, with no tier between them."""
    a, b = bounds(first), bounds(second)
    if max(a.y, b.y) - min(a.bottom, b.bottom) > 0.5 * min(a.height, b.height):
        return False
    beside = min(a.right, b.right) - max(a.x, b.x)
    return beside > 0.2 * min(a.width, b.width)


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


def notched(quad: Quad, corner: int, guest: Quad, gap: float) -> Polygon:
    """A panel without the corner (its number) in which another one stands, and without a gutter around that one."""
    a, b, c, d = guest
    upright = _aside((a, d), -gap, 0) if corner in (1, 2) else _aside((b, c), gap, 0)
    level = _aside((a, b), 0, -gap) if corner in (2, 3) else _aside((d, c), 0, gap)
    into, out_of = (quad[corner - 1], quad[corner]), (quad[corner], quad[(corner + 1) % 4])
    first, last = (upright, level) if corner % 2 else (level, upright)
    step = (_crossing(first, into), _crossing(level, upright), _crossing(last, out_of))
    return (*quad[:corner], *step, *quad[corner + 1 :])


def _aside(line: Line, dx: float, dy: float) -> Line:
    (x0, y0), (x1, y1) = line
    return ((x0 + dx, y0 + dy), (x1 + dx, y1 + dy))


def _crossing(level: Line, upright: Line) -> Point:
    """Where a border across meets a border down; the two are never parallel."""
    (x0, y0), (x1, y1) = level
    (x2, y2), (x3, y3) = upright
    away = (x1 - x0) * (y3 - y2) - (y1 - y0) * (x3 - x2)
    t = ((x2 - x0) * (y3 - y2) - (y2 - y0) * (x3 - x2)) / away
    return (x0 + t * (x1 - x0), y0 + t * (y1 - y0))
