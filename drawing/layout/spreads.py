"""Panels over two facing pages: the page that is read first carries it, the other one shows its other half.

Coordinates stay those of the first page; the panel reaches over the fold into the second. Millimetres.
"""

from drawing.layout.slice_page import polygon_of
from manga.geometry import Rect
from manga.paper import Direction, Paper, Side, first_side, side_of
from manga.storyboard import PageDraft, PanelFrame, PanelLayout, StoryPage

FOLD_MM = 8.0
"""So far on each side of the fold nothing stands that must be seen whole: the binding swallows it."""


def spreads_at(page: PageDraft, number: int, start_side: Side, direction: Direction) -> bool:
    """Whether a page can be the first half of a spread: one panel, and the facing page is the next one."""
    return page.spread and len(page.panels) == 1 and side_of(number, start_side) is not first_side(direction)


def spread_pages(page: PageDraft, number: int, *, paper: Paper, direction: Direction) -> tuple[StoryPage, StoryPage]:
    """Both pages; the second has no panel of its own."""
    panel, side = page.panels[0], first_side(direction).other
    frame = PanelFrame(
        key=panel.key,
        polygon=polygon_of(both_pages(paper, direction).polygon()),
        importance=panel.importance,
        bleeds=("top", "bottom", "left", "right"),
    )
    layout = PanelLayout(frames=(frame,), flow=direction.value, emphasis=(panel.key,))
    first = StoryPage(
        key=page.key,
        number=number,
        side=side,
        layout=layout,
        panels=page.panels,
        spread="first",
        hook=page.hook,
        pace=page.pace,
    )
    bare = PanelLayout(frames=(), flow=direction.value)
    second = StoryPage(key=f"{page.key}s", number=number + 1, side=side.other, layout=bare, panels=(), spread="second")
    return first, second


def other_half(first: StoryPage, second: StoryPage, paper: Paper, direction: Direction) -> StoryPage:
    """The second page with the panel of the first, as it is seen from there."""
    dx = to_second(paper, direction)
    frames = tuple(
        frame.model_copy(update={"polygon": tuple((round(x + dx, 3), y) for x, y in frame.polygon)})
        for frame in first.layout.frames
    )
    layout = first.layout.model_copy(update={"frames": frames})
    return second.model_copy(update={"panels": first.panels, "layout": layout})


def both_pages(paper: Paper, direction: Direction) -> Rect:
    """The paper of both pages with its bleed, as the first page sees it."""
    page = paper.bleed
    x = page.x - paper.trim_width_mm if direction is Direction.RTL else page.x
    return Rect(x=x, y=page.y, width=page.width + paper.trim_width_mm, height=page.height)


def to_second(paper: Paper, direction: Direction) -> float:
    """How far right a point of the first page lies as the second page sees it."""
    return paper.trim_width_mm if direction is Direction.RTL else -paper.trim_width_mm


def fold_of(trim: Rect, side: Side) -> float:
    """Where the paper is folded, as a page sees it."""
    return trim.x if side is Side.RIGHT else trim.right
