"""A page of strips in, its `PanelLayout` out: columns of even panels, or rows of them, each under a title.

Unlike in a free layout the gap between strips is the wide one, and panels of a strip stand close: the eye follows a
strip to its end before it goes to the next.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from drawing.layout.composition import shares
from drawing.layout.demand import Demand, demands
from drawing.layout.slicing import polygon_of
from manga.geometry import Rect
from manga.paper import Direction, Paper
from manga.storyboard import PageDraft, PanelFrame, PanelLayout
from manga.strips import STRIP_PANELS, STRIPS_A_PAGE, LayoutName, Strip, StripHead, strips_of

STRIP_GAP_B4_MM = 10.0
PANEL_GAP_B4_MM = 5.0
HEAD_B4_MM = 8.5
HEAD_AIR_B4_MM = 1.5
"""Between a title and the panel under it."""
WIDEST = 1.5
"""How much wider than the narrowest the widest panel of a row may be."""


def lay_out_strips(
    page: PageDraft, *, paper: Paper, direction: Direction, vertical: bool, layout: LayoutName
) -> PanelLayout:
    """One page of a book of strips. Nothing bleeds, nothing slants, every panel has its border."""
    strips = strips_of(len(page.panels), page.strips, layout)
    wishes = demands(page.panels, paper, vertical=vertical)
    boxes, heads = _columns(strips, wishes, paper) if layout == "yonkoma" else _rows(strips, wishes, paper)
    if direction is Direction.RTL:
        axis = paper.trim_width_mm / 2
        boxes, heads = [_mirrored(box, axis) for box in boxes], [_mirrored(box, axis) for box in heads]
    first = [0, *accumulate(strip.panels for strip in strips)]
    return PanelLayout(
        frames=tuple(
            PanelFrame(key=panel.key, polygon=polygon_of(box.polygon()), importance=panel.importance)
            for panel, box in zip(page.panels, boxes, strict=True)
        ),
        flow=direction.value,
        name=layout,
        heads=tuple(
            StripHead(panel=page.panels[first[n]].key, title=strip.title, box=heads[n])
            for n, strip in enumerate(strips)
            if strip.title
        ),
    )


def _mirrored(box: Rect, axis: float) -> Rect:
    return Rect(x=round(2 * axis - box.right, 3), y=box.y, width=box.width, height=box.height)


def _columns(strips: Sequence[Strip], wishes: Sequence[Demand], paper: Paper) -> tuple[list[Rect], list[Rect]]:
    """From the left; every page has room for as many columns as any, so that all panels of a book are alike."""
    live, gap, head = paper.live, PANEL_GAP_B4_MM * paper.scale, HEAD_B4_MM * paper.scale
    between, count = STRIP_GAP_B4_MM * paper.scale, STRIPS_A_PAGE["yonkoma"]
    width = (live.width - between * (count - 1)) / count
    boxes: list[Rect] = []
    heads: list[Rect] = []
    start = 0
    for n, strip in enumerate(strips):
        x = live.x + n * (width + between)
        heads.append(_head(x, live.y, width, paper))
        own = wishes[start : start + strip.panels]
        boxes += _stack(own, Rect(x=x, y=live.y + head, width=width, height=live.height - head), gap)
        start += strip.panels
    return boxes, heads


def _stack(wishes: Sequence[Demand], room: Rect, gap: float) -> Iterator[Rect]:
    """Even panels; where a strip has fewer than four, its weightiest one takes the room of those that it lacks."""
    rows = max(STRIP_PANELS, len(wishes))
    height = (room.height - gap * (rows - 1)) / rows
    great = max(range(len(wishes)), key=lambda i: (wishes[i].weight, i))
    y = room.y
    for i in range(len(wishes)):
        own = height + (rows - len(wishes)) * (height + gap if i == great else 0.0)
        yield Rect(x=room.x, y=round(y, 3), width=room.width, height=round(own, 3))
        y += own + gap


def _rows(strips: Sequence[Strip], wishes: Sequence[Demand], paper: Paper) -> tuple[list[Rect], list[Rect]]:
    """From the top; panels of a row share its width by what they hold."""
    live, gap, head = paper.live, PANEL_GAP_B4_MM * paper.scale, HEAD_B4_MM * paper.scale
    between, count = STRIP_GAP_B4_MM * paper.scale, STRIPS_A_PAGE["strip"]
    height = (live.height - between * (count - 1)) / count - head
    boxes: list[Rect] = []
    heads: list[Rect] = []
    start = 0
    for n, strip in enumerate(strips):
        y = live.y + n * (height + head + between)
        heads.append(_head(live.x, y, live.width, paper))
        x = live.x
        for width in _widths(wishes[start : start + strip.panels], live.width - gap * (strip.panels - 1)):
            boxes.append(Rect(x=round(x, 3), y=round(y + head, 3), width=round(width, 3), height=round(height, 3)))
            x += width + gap
        start += strip.panels
    return boxes, heads


def _widths(wishes: Sequence[Demand], length: float) -> tuple[float, ...]:
    least = length / len(wishes) / WIDEST**0.5
    return shares([1.0] * len(wishes), [max(least, min(wish.width, least * WIDEST)) for wish in wishes], length)


def _head(x: float, y: float, width: float, paper: Paper) -> Rect:
    high = (HEAD_B4_MM - HEAD_AIR_B4_MM) * paper.scale
    return Rect(x=round(x, 3), y=round(y, 3), width=round(width, 3), height=round(high, 3))
