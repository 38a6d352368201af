"""Lays out pages: a page draft in, its `PanelLayout` out; a whole book, each page unlike the one before.

Millimetres from the trim's top left. The same draft, paper and seed give the same layout. Pages of
strips are columns of even panels, or rows of them, each under a title.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from drawing.layout.choose_page_cuts import compose, shares
from drawing.layout.panel_demand import Demand, demands
from drawing.layout.slants_and_bleeds import Edge, bleeding, notched, slanted, widened
from drawing.layout.slice_page import Gutters, Quad, Split, cut, insets, mirrored, polygon_of, signature
from drawing.layout.spreads import spread_pages, spreads_at
from manga.comic_strips import STRIP_PANELS, STRIPS_A_PAGE, LayoutName, Strip, StripHead, strips_of
from manga.geometry import Polygon, Rect, distance
from manga.paper import Direction, Paper, Side, side_of
from manga.storyboard import (
    PageDraft,
    PanelDraft,
    PanelFrame,
    PanelLayout,
    Role,
    Storyboard,
    StoryboardDraft,
    StoryPage,
)

STRIP_GAP_B4_MM = 10.0
PANEL_GAP_B4_MM = 5.0
HEAD_B4_MM = 8.5
HEAD_AIR_B4_MM = 1.5
"""Between a title and the panel under it."""
WIDEST = 1.5
"""How much wider than the narrowest the widest panel of a row may be."""
ROW_GUTTER_B4_MM = 9.0
COLUMN_GUTTER_B4_MM = 5.0
EMPHATIC = 4
"""From this importance on a panel is named in the layout's emphasis."""


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


def gutters_of(paper: Paper) -> Gutters:
    return Gutters(row=ROW_GUTTER_B4_MM * paper.scale, column=COLUMN_GUTTER_B4_MM * paper.scale)


def lay_out(
    page: PageDraft,
    *,
    paper: Paper,
    side: Side,
    direction: Direction,
    vertical: bool,
    seed: int = 0,
    before: Sequence[str] = (),
    layout: LayoutName = "free",
) -> PanelLayout:
    """One page. `before` holds the shapes (`shape_of`) of the pages before it, nearest last."""
    if layout != "free":
        return lay_out_strips(page, paper=paper, direction=direction, vertical=vertical, layout=layout)
    tree = _tree(page, paper, vertical, seed, before)
    return _layout(page, tree, paper, side, direction)


def lay_out_book(
    draft: StoryboardDraft,
    *,
    paper: Paper,
    start_side: Side,
    direction: Direction,
    vertical: bool,
    seed: int = 0,
    layout: LayoutName = "free",
) -> Storyboard:
    """Every page on its side of the spread."""
    if layout != "free":
        return _strip_book(draft, paper, start_side, direction, vertical, layout)
    pages: list[StoryPage] = []
    words: list[str] = []
    for page in draft.pages:
        number = len(pages) + 1
        if spreads_at(page, number, start_side, direction):
            pages += spread_pages(page, number, paper=paper, direction=direction)
            continue
        side = side_of(number, start_side)
        tree = _tree(page, paper, vertical, seed, words[-2:])
        words.append(signature(tree))
        laid = _layout(page, tree, paper, side, direction)
        pages.append(
            StoryPage(
                key=page.key,
                number=number,
                side=side,
                layout=laid,
                panels=page.panels,
                hook=page.hook,
                pace=page.pace,
            )
        )
    return Storyboard(pages=tuple(pages))


def _strip_book(
    draft: StoryboardDraft, paper: Paper, start_side: Side, direction: Direction, vertical: bool, layout: LayoutName
) -> Storyboard:
    pages = (
        StoryPage(
            key=page.key,
            number=page.number,
            side=side_of(page.number, start_side),
            layout=lay_out_strips(page, paper=paper, direction=direction, vertical=vertical, layout=layout),
            panels=page.panels,
            strips=strips_of(len(page.panels), page.strips, layout),
            hook=page.hook,
            pace=page.pace,
        )
        for page in draft.pages
    )
    return Storyboard(pages=tuple(pages))


def _tree(page: PageDraft, paper: Paper, vertical: bool, seed: int, before: Sequence[str]) -> Split:
    wishes = demands(page.panels, paper, vertical=vertical)
    rng = Random(f"{seed}:{page.key}")
    tree = compose(wishes, paper.live, gutters_of(paper), avoid=before, rng=rng)
    return slanted(tree, page.panels, paper)


def _layout(page: PageDraft, tree: Split, paper: Paper, side: Side, direction: Direction) -> PanelLayout:
    quads = cut(tree, paper.live, gutters_of(paper))
    if direction is Direction.LTR:
        axis = paper.trim_width_mm / 2
        quads = {i: mirrored(quad, axis) for i, quad in quads.items()}
    guests = {inset.host: quads[inset.guest] for inset in insets(tree)}
    free = {i: quad for i, quad in quads.items() if quad not in guests.values()}
    edges = bleeding(page.panels, free, paper.live, side)
    frames = tuple(
        _frame(panel, quads[i], guests.get(i), edges.get(i, ()), paper) for i, panel in enumerate(page.panels)
    )
    emphasis = tuple(panel.key for panel in page.panels if panel.importance >= EMPHATIC)
    return PanelLayout(frames=frames, flow=direction.value, emphasis=emphasis)


def _frame(panel: PanelDraft, quad: Quad, guest: Quad | None, edges: tuple[Edge, ...], paper: Paper) -> PanelFrame:
    shape: Polygon = widened(quad, edges, paper.bleed)
    if guest is not None:
        corner = min(range(4), key=lambda i: distance(quad[i], guest[i]))
        shape = notched(widened(quad, edges, paper.bleed), corner, guest, gutters_of(paper).column)
    return PanelFrame(
        key=panel.key,
        polygon=polygon_of(shape),
        importance=panel.importance,
        bleeds=edges,
        borderless=panel.role is Role.BREATHER,
    )
