"""A page draft in, its `PanelLayout` out; and a whole book, each page laid out unlike the one before.

Millimetres from the trim's top left. The same draft, paper and seed give the same layout.
"""

from collections.abc import Sequence
from random import Random

from drawing.layout.borders import Edge, bleeding, notched, slanted, widened
from drawing.layout.composition import compose
from drawing.layout.demand import demands
from drawing.layout.slicing import Gutters, Quad, Split, cut, insets, mirrored, polygon_of, signature
from drawing.layout.spreads import spread_pages, spreads_at
from drawing.layout.strips import lay_out_strips
from manga.geometry import Polygon, distance
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
from manga.strips import LayoutName, strips_of

ROW_GUTTER_B4_MM = 9.0
COLUMN_GUTTER_B4_MM = 5.0

EMPHATIC = 4
"""From this importance on a panel is named in the layout's emphasis."""


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
        pages.append(StoryPage(key=page.key, number=number, side=side, layout=laid, panels=page.panels))
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
