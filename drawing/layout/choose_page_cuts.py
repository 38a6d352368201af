"""Chooses the tree of cuts for a page: every sensible arrangement is tried, the best one is kept.

In: demands of the panels in reading order. Out: a `Split` (rows), with shares that follow the weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from random import Random
from typing import Literal

from drawing.layout.panel_demand import Demand
from drawing.layout.slice_page import Gutters, Inset, Node, PanelCell, Quad, Split, cells, cut, insets, signature
from manga.geometry import Rect, bounds

MIN_SHARE = 0.05
"""Of the live area; smaller panels cannot be read."""

MAX_TIERS = 4

INSETS: tuple[Literal["inset_first", "inset_last"], ...] = ("inset_first", "inset_last")
INSET_SHARE = (0.16, 0.26)
"""Least and greatest part of a panel that one in its corner takes."""
INSET_CHARM = 1.6
"""What a page with an inset is liked more than its shape alone is worth."""

STANDING_CHARM = 3.0
"""The same of a page at whose side somebody who enters stands over two tiers."""
TALL, HIGH = 1.5, 0.45
"""Height by width, and share of the live area's height, of such a panel."""

WEIGHS_MORE = 1.2
"""From this ratio of weights on, the heavier of two panels should be the larger."""
WRONG_SIZES = 16.0
"""What it costs that it is not, against a shape that does not suit the view."""

ALIKE = 1.3
"""Columns whose weights differ less than this would be halves, and their gutters would meet those below in a cross."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A row of the page: panels side by side, one tall panel beside a stack, or one with another in its corner."""

    form: Literal["row", "tall_first", "tall_last", "inset_first", "inset_last"]
    size: int


def compose(panels: Sequence[Demand], live: Rect, gutters: Gutters, *, avoid: Sequence[str], rng: Random) -> Split:
    """The cheapest arrangement. `avoid` holds signatures of the pages before, nearest last."""
    best: tuple[float, Split] | None = None
    for tiers in arrangements(len(panels)):
        if not _fits(tiers, panels):
            continue
        tree = build(tiers, panels, live, gutters)
        cost = _cost(tree, panels, live, gutters) + _staleness(signature(tree), avoid) + 0.6 * rng.random()
        if best is None or cost < best[0]:
            best = (cost, tree)
    if best is None:
        raise ValueError("a page without panels has no layout")
    return best[1]


def is_tall(box: Rect, live: Rect) -> bool:
    """Whether a panel is as high as two tiers, at the page's side."""
    beside = box.x < live.x + 1 or box.right > live.right - 1
    return beside and box.height >= HIGH * live.height and box.height >= TALL * box.width


def _fits(tiers: Sequence[Tier], panels: Sequence[Demand]) -> bool:
    """Whether every inset is a panel small enough in one large enough; at most one a page."""
    start = found = 0
    for tier in tiers:
        if tier.form in INSETS:
            first, second = panels[start], panels[start + 1]
            host, guest = (second, first) if tier.form == "inset_first" else (first, second)
            found += 1
            able = host.corners == "both" or (host.corners == "foot" and tier.form == "inset_last")
            if not (able and guest.guest and host.weight > 1.2 * guest.weight) or found > 1:
                return False
        start += tier.size
    return True


def arrangements(count: int) -> Iterator[tuple[Tier, ...]]:
    """Every way to hand the panels out to tiers."""
    limit = max(MAX_TIERS, -(-count // 3))
    yield from _arrangements(count, limit)


def _arrangements(count: int, tiers: int) -> Iterator[tuple[Tier, ...]]:
    if count == 0:
        yield ()
        return
    if tiers == 0:
        return
    for size in range(1, min(4, count) + 1):
        for tier in _forms(size):
            for rest in _arrangements(count - size, tiers - 1):
                yield (tier, *rest)


def _forms(size: int) -> tuple[Tier, ...]:
    if size == 2:
        return (Tier("row", 2), *(Tier(form, 2) for form in INSETS))
    if size == 1:
        return (Tier("row", 1),)
    tall = (Tier("tall_first", size), Tier("tall_last", size))
    return (Tier("row", 3), *tall) if size == 3 else tall


def build(tiers: Sequence[Tier], panels: Sequence[Demand], live: Rect, gutters: Gutters) -> Split:
    """The tree of an arrangement, its shares fitted to weights and needs."""
    rows: list[Node] = []
    weights: list[float] = []
    needs: list[float] = []
    start = 0
    for tier in tiers:
        chosen = range(start, start + tier.size)
        node, height = _row(tier, chosen, panels, live.width, gutters, first_wins=len(rows) % 2 == 0)
        rows.append(node)
        needs.append(height)
        weights.append(sum(panels[i].weight for i in chosen))
        start += tier.size
    usable = live.height - gutters.row * (len(rows) - 1)
    return Split("rows", tuple(rows), shares(weights, needs, usable))


def _row(
    tier: Tier, chosen: range, panels: Sequence[Demand], width: float, gutters: Gutters, *, first_wins: bool
) -> tuple[Node, float]:
    """A tier's node and the height it needs. Of two columns alike one wins, tier by tier the other one."""
    if tier.form in INSETS:
        return _inset(tier, chosen, panels)
    groups = _columns(tier, chosen)
    usable = width - gutters.column * (len(groups) - 1)
    columns = [_stack(group, panels) for group in groups]
    heights = [
        sum(panels[i].height for i in group) + gutters.row * (len(group) - 1) for group in groups
    ]  # fmt: skip
    if len(columns) == 1:
        return columns[0], heights[0]
    weights = [sum(panels[i].weight for i in group) for group in groups]
    if len(weights) == 2 and max(weights) / min(weights) < ALIKE:
        weights[0 if first_wins else 1] *= ALIKE
    needs = [max(panels[i].width for i in group) for group in groups]
    return Split("columns", tuple(columns), shares(weights, needs, usable)), max(heights)


def _inset(tier: Tier, chosen: range, panels: Sequence[Demand]) -> tuple[Node, float]:
    first = tier.form == "inset_first"
    host, guest = (chosen[1], chosen[0]) if first else (chosen[0], chosen[1])
    part = panels[guest].weight / (panels[guest].weight + panels[host].weight)
    part = min(INSET_SHARE[1], max(INSET_SHARE[0], part))
    width = part**0.5 * (0.86 if panels[guest].aspect > 1 else 0.74)
    need = panels[host].height + 0.5 * panels[guest].height
    return Inset(host, guest, round(width, 3), round(part / width, 3), first), need


def _columns(tier: Tier, chosen: range) -> list[list[int]]:
    panels = list(chosen)
    if tier.form == "tall_first":
        return [panels[:1], panels[1:]]
    if tier.form == "tall_last":
        return [panels[:-1], panels[-1:]]
    return [[i] for i in panels]


def _stack(group: Sequence[int], panels: Sequence[Demand]) -> Node:
    if len(group) == 1:
        return PanelCell(group[0])
    return Split("rows", tuple(PanelCell(i) for i in group), tuple(panels[i].weight for i in group))


def shares(weights: Sequence[float], needs: Sequence[float], length: float) -> tuple[float, ...]:
    """Lengths by weight, but none under its need while another has more than it needs."""
    given = [length * weight / sum(weights) for weight in weights]
    for _ in range(len(given)):
        lack = sum(max(0.0, need - have) for need, have in zip(needs, given, strict=True))
        spare = sum(max(0.0, have - need) for need, have in zip(needs, given, strict=True))
        if lack < 1e-9 or spare < 1e-9:
            break
        part = min(1.0, lack / spare)
        given = [_levelled(have, need, part, min(1.0, spare / lack)) for have, need in zip(given, needs, strict=True)]
    return tuple(given)


def _levelled(have: float, need: float, part: float, filled: float) -> float:
    return have - (have - need) * part if have > need else have + (need - have) * filled


def _cost(tree: Split, panels: Sequence[Demand], live: Rect, gutters: Gutters) -> float:
    quads = cut(tree, live, gutters)
    total = sum(demand.weight for demand in panels)
    fit = sum(_panel_cost(quads[i], demand, demand.weight / total, live) for i, demand in enumerate(panels))
    charm = INSET_CHARM * any(True for _ in insets(tree))
    charm += STANDING_CHARM * any(d.standing and is_tall(bounds(quads[i]), live) for i, d in enumerate(panels))
    return fit + _monotony(tree, quads) + WRONG_SIZES * _wrong_sizes(tree, quads, panels) - charm


def _wrong_sizes(tree: Split, quads: dict[int, Quad], panels: Sequence[Demand]) -> float:
    """How far panels that matter less are larger than those that matter more: size tells a reader what counts."""
    sizes = {i: (quad[1][0] - quad[0][0]) * (quad[3][1] - quad[0][1]) for i, quad in quads.items()}
    for inset in insets(tree):
        sizes[inset.host] -= sizes[inset.guest]
    pairs = (
        (sizes[b] / max(1.0, sizes[a]), one.weight / other.weight)
        for a, one in enumerate(panels)
        for b, other in enumerate(panels)
        if one.weight > WEIGHS_MORE * other.weight
    )
    return sum(log(larger) * log(heavier) for larger, heavier in pairs if larger > 1)


def _panel_cost(quad: Quad, demand: Demand, ideal: float, live: Rect) -> float:
    width, height = quad[1][0] - quad[0][0], quad[3][1] - quad[0][1]
    if width <= 1 or height <= 1:
        return 1000.0
    share = width * height / live.area
    cramped = 7.0 * (_over(demand.width, width) + _over(demand.height, height))
    crammed = 10.0 * _over(demand.area, width * height)
    small = 150.0 * max(0.0, MIN_SHARE + 0.015 - share) / MIN_SHARE
    shape = 0.45 * log(width / height / demand.aspect) ** 2
    sliver = 2.0 * max(0.0, abs(log(width / height)) - 1.25)
    return cramped + crammed + small + shape + sliver + 2.2 * log(share / ideal) ** 2


def _over(need: float, have: float) -> float:
    return max(0.0, need / have - 1.0)


def _monotony(tree: Split, quads: dict[int, Quad]) -> float:
    """Grids, ladders and gutters that line up into a cross lead the eye astray."""
    sizes = [len(row.children) if isinstance(row, Split) else 1 for row in tree.children]
    grid = 1.6 if len(sizes) > 1 and len(set(sizes)) == 1 else 0.0
    ladder = 1.0 * sum(a == b == 1 for a, b in pairwise(sizes))
    even = 0.4 if len(tree.shares) > 1 and max(tree.shares) / min(tree.shares) < 1.12 else 0.0
    crowded = 1.2 * sum(size > 2 and _flat(row) for size, row in zip(sizes, tree.children, strict=True))
    return grid + ladder + even + crowded + 0.9 * _crosses(tree, quads)


def _flat(row: Node) -> bool:
    return isinstance(row, Split) and all(isinstance(child, PanelCell) for child in row.children)


def _crosses(tree: Split, quads: dict[int, Quad]) -> int:
    lines = [_gutter_lines(row, quads) for row in tree.children]
    return sum(any(abs(a - b) < 7.0 for a in above for b in below) for above, below in pairwise(lines))


def _gutter_lines(row: Node, quads: dict[int, Quad]) -> list[float]:
    """Where a tier's upright gutters stand."""
    if not isinstance(row, Split) or row.kind != "columns":
        return []
    lefts = [min(quads[i][0][0] for i in cells(child)) for child in row.children]
    return lefts[:-1]


def _staleness(word: str, avoid: Sequence[str]) -> float:
    if not avoid:
        return 0.0
    return 6.0 * (word == avoid[-1]) + 1.5 * (word in avoid[:-1])
