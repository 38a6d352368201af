"""Lays out anew the pages that an edit concerns; the others keep their geometry. A plan in, a storyboard out.

A page that has come to lie on the other side of the spread keeps its cuts; what bled over its outer edge bleeds over
the new outer edge, because nothing runs into the spine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from drawing.layout.lay_out_pages import EMPHATIC, gutters_of, lay_out
from drawing.layout.reading_order import reading_order
from drawing.layout.slants_and_bleeds import bleeds, widened
from drawing.layout.slice_page import Quad, polygon_of
from drawing.layout.spreads import spread_pages, spreads_at
from editing.editable_pages import Cut, Join, Plan, Sheet, Shift, Unfit
from editing.panel_borders import halves, joined, moved
from manga.comic_strips import LayoutName, strips_of
from manga.geometry import Polygon
from manga.paper import PAPERS, Direction, Paper, PaperName, Side, side_of
from manga.storyboard import PageDraft, PanelDraft, PanelFrame, PanelLayout, Storyboard, StoryPage


@dataclass(frozen=True, slots=True)
class Ground:
    """What a page is laid out on. `vertical`: its type runs in columns."""

    paper: Paper
    direction: Direction
    start_side: Side
    vertical: bool
    seed: int
    layout: LayoutName = "free"


PLAIN = Ground(PAPERS[PaperName.B5], Direction.RTL, Side.LEFT, True, 0)
"""A Japanese book on the usual paper."""


LETTER_MM2 = (16.0, 8.0)
"""Of a page's text area a letter needs at least so much, in columns and in lines, with its part of a balloon."""


def most_letters(ground: Ground) -> int:
    """How many letters a page can hold at a size that can still be read."""
    return int(ground.paper.text_area.area / LETTER_MM2[0 if ground.vertical else 1])


def relaid(plan: Plan, ground: Ground) -> Storyboard:
    """A cut that cannot be made any more, on a page laid out anew, gives two panels like any others."""
    pages: list[StoryPage] = []
    for sheet in plan.sheets:
        number = len(pages) + 1
        draft = PageDraft(key=sheet.key, number=number, panels=sheet.panels, spread=sheet.spreads)
        if spreads_at(draft, number, ground.start_side, ground.direction):
            pages += spread_pages(draft, number, paper=ground.paper, direction=ground.direction)
        else:
            pages.append(_page(sheet, number, ground))
    return Storyboard(pages=tuple(pages))


def _page(sheet: Sheet, number: int, ground: Ground) -> StoryPage:
    if sheet.laid is not None and sheet.laid.spread:  # a spread no more: it has come to lie before a turn of the leaf
        sheet = replace(sheet, laid=None)
    side = side_of(number, ground.start_side)
    layout = _layout(sheet, number, side, ground)
    laid = sheet.laid
    strips = strips_of(len(sheet.panels), laid.strips if laid else (), ground.layout)
    planned = {"hook": laid.hook, "pace": laid.pace} if laid else {}
    return StoryPage(
        key=sheet.key, number=number, side=side, layout=layout, panels=sheet.panels, strips=strips, **planned
    )


def _layout(sheet: Sheet, number: int, side: Side, ground: Ground) -> PanelLayout:
    if sheet.laid is not None and (_as_laid(sheet, sheet.laid) or (sheet.shapes and not sheet.dirty)):
        kept = sheet.laid.layout if sheet.laid.side is side else _on_side(sheet.laid, side, ground.paper)
        if not sheet.shapes:
            return kept
        if (frames := _shaped_if_possible(sheet, kept, ground)) is not None:
            return _of(sheet.panels, frames, kept)
    return _anew(sheet, number, side, ground)


def _as_laid(sheet: Sheet, laid: StoryPage) -> bool:
    """Whether a page has the panels and weights that it was laid out for, whatever it went through meanwhile."""
    weights = [
        [(panel.key, panel.importance, panel.role) for panel in panels] for panels in (sheet.panels, laid.panels)
    ]
    return not sheet.shapes and weights[0] == weights[1] and _titles_as_laid(laid)


def _titles_as_laid(laid: StoryPage) -> bool:
    return [strip.title for strip in laid.strips if strip.title] == [head.title for head in laid.layout.heads]


def check_shape(sheet: Sheet, ground: Ground) -> None:
    """Raises `Unfit` when the last cut of a page cannot be made, its last border cannot be moved, or its panels would
    be read in another order."""
    number = sheet.laid.number if sheet.laid is not None else 1
    side = side_of(number, ground.start_side)
    layout = _layout(replace(sheet, panels=_before_last(sheet), shapes=sheet.shapes[:-1]), number, side, ground)
    last = Sheet(sheet.key, sheet.panels, shapes=sheet.shapes[-1:])
    if _shaped(last, {frame.key: frame for frame in layout.frames}, ground) is None:
        elsewhere = "" if isinstance(sheet.shapes[-1], Shift) else ": cut it elsewhere, so that its parts are not level"
        raise Unfit(f"the page would be read in another order{elsewhere and elsewhere + ' with others'}")


def _before_last(sheet: Sheet) -> tuple[PanelDraft, ...]:
    last = sheet.shapes[-1]
    return tuple(panel for panel in sheet.panels if isinstance(last, Shift) or panel.key != last.second)


def _shaped_if_possible(sheet: Sheet, layout: PanelLayout, ground: Ground) -> dict[str, PanelFrame] | None:
    try:
        return _shaped(sheet, {frame.key: frame for frame in layout.frames}, ground)
    except Unfit:
        return None


def _anew(sheet: Sheet, number: int, side: Side, ground: Ground) -> PanelLayout:
    """Laid out without the parts that drawn cuts have made; then the cuts are made again, and borders moved again where
    that can still be done."""
    there = {panel.key for panel in sheet.panels}
    shapes = tuple(shape for shape in sheet.shapes if not isinstance(shape, Join) and _names(shape) <= there)
    cuts = tuple(shape for shape in shapes if isinstance(shape, Cut))
    parts = {cut.second for cut in cuts}
    roots = tuple(panel for panel in sheet.panels if panel.key not in parts)
    layout = _composed(sheet, roots, number, side, ground)
    for kept in dict.fromkeys((shapes, cuts)):
        frames = _shaped_if_possible(Sheet(sheet.key, sheet.panels, shapes=kept), layout, ground) if kept else None
        if frames is not None:
            return _of(sheet.panels, frames, layout)
    return _composed(sheet, sheet.panels, number, side, ground) if cuts else layout


def _names(shape: Cut | Shift) -> set[str]:
    return {shape.panel} if isinstance(shape, Shift) else {shape.first, shape.second}


def _composed(sheet: Sheet, panels: tuple[PanelDraft, ...], number: int, side: Side, ground: Ground) -> PanelLayout:
    strips = sheet.laid.strips if sheet.laid else ()
    page = PageDraft(key=sheet.key, number=number, panels=panels, strips=strips)
    return lay_out(
        page,
        paper=ground.paper,
        side=side,
        direction=ground.direction,
        vertical=ground.vertical,
        seed=ground.seed,
        layout=ground.layout,
    )


def _of(panels: Sequence[PanelDraft], frames: Mapping[str, PanelFrame], laid: PanelLayout) -> PanelLayout:
    return laid.model_copy(
        update={
            "frames": tuple(frames[panel.key] for panel in panels),
            "emphasis": tuple(panel.key for panel in panels if panel.importance >= EMPHATIC),
        }
    )


def _shaped(sheet: Sheet, frames: dict[str, PanelFrame], ground: Ground) -> dict[str, PanelFrame] | None:
    """The frames after every cut and merger; None when a merger cannot be had without a new layout, or the page
    would be read in another order than its panels stand in."""
    drafts = {panel.key: panel for panel in sheet.panels}
    for shape in sheet.shapes:
        if isinstance(shape, Cut):
            frames |= _cut(shape, frames, drafts, ground)
        elif isinstance(shape, Shift):
            frames |= _shift(shape, frames, ground)
        elif not _join(shape, frames):
            return None
    ordered = [frames[panel.key].polygon for panel in sheet.panels]
    right = reading_order(ordered, ground.direction) == tuple(range(len(ordered)))
    return frames if right else None


def _cut(
    cut: Cut, frames: Mapping[str, PanelFrame], drafts: Mapping[str, PanelDraft], ground: Ground
) -> dict[str, PanelFrame]:
    frame = frames[cut.first]
    pair = halves(frame.polygon, cut.start, cut.end, gutters_of(ground.paper))
    first, second = (pair[i] for i in reading_order(pair, ground.direction))
    other = drafts.get(cut.second)
    return {
        cut.first: _framed(frame, cut.first, first, ground.paper),
        cut.second: _framed(frame, cut.second, second, ground.paper).model_copy(
            update={"importance": other.importance if other else frame.importance}
        ),
    }


def _shift(shift: Shift, frames: Mapping[str, PanelFrame], ground: Ground) -> dict[str, PanelFrame]:
    polygons = {key: frame.polygon for key, frame in frames.items()}
    found = moved(polygons, (shift.panel, shift.edge), shift.by_mm, gutters_of(ground.paper), ground.paper.live)
    return {
        key: _framed(frames[key], key, polygon, ground.paper)
        for key, polygon in found.items()
        if polygon != polygons[key]
    }


def _framed(frame: PanelFrame, key: str, polygon: Polygon, paper: Paper) -> PanelFrame:
    """A part of a frame, which bleeds where it still reaches the edge."""
    box = paper.bleed
    reach = {
        "left": min(x for x, _ in polygon) <= box.x + 0.01,
        "right": max(x for x, _ in polygon) >= box.right - 0.01,
        "top": min(y for _, y in polygon) <= box.y + 0.01,
        "bottom": max(y for _, y in polygon) >= box.bottom - 0.01,
    }
    edges = tuple(edge for edge in frame.bleeds if reach[edge])
    return frame.model_copy(update={"key": key, "polygon": polygon, "bleeds": edges})


def _join(join: Join, frames: dict[str, PanelFrame]) -> bool:
    if join.first not in frames or join.second not in frames:
        return False
    first, second = frames[join.first], frames.pop(join.second)
    others = [frame.polygon for key, frame in frames.items() if key != join.first]
    shape = joined(first.polygon, second.polygon, others)
    if shape is None:
        return False
    frames[join.first] = first.model_copy(
        update={
            "polygon": shape,
            "importance": max(first.importance, second.importance),
            "bleeds": tuple(dict.fromkeys((*first.bleeds, *second.bleeds))),
            "borderless": first.borderless and second.borderless,
        }
    )
    return True


def _on_side(page: StoryPage, side: Side, paper: Paper) -> PanelLayout:
    """The same frames on the other side of the spread."""
    drafts = {panel.key: panel for panel in page.panels}
    frames = tuple(_turned(frame, drafts[frame.key], page, side, paper) for frame in page.layout.frames)
    return page.layout.model_copy(update={"frames": frames})


def _turned(frame: PanelFrame, panel: PanelDraft, page: StoryPage, side: Side, paper: Paper) -> PanelFrame:
    if len(frame.polygon) != 4:
        return frame
    a, b, c, d = frame.polygon
    quad: Quad = widened((a, b, c, d), frame.bleeds, paper.live)
    alone = len(page.layout.frames) == 1
    edges = bleeds(panel, quad, paper.live, side, alone=alone) if frame.bleeds else ()
    if edges == frame.bleeds:
        return frame
    return frame.model_copy(update={"polygon": polygon_of(widened(quad, edges, paper.bleed)), "bleeds": edges})
