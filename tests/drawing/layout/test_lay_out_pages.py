"""Pages laid out: what must hold for any draft, and what a good page looks like."""

from itertools import combinations, pairwise
from math import hypot
from random import Random

import pytest

from drawing.layout.choose_page_cuts import arrangements
from drawing.layout.lay_out_pages import gutters_of, lay_out, lay_out_book
from drawing.layout.reading_order import reading_order
from drawing.layout.slice_page import Gutters, PanelCell, Split, cells, cut, mirrored, signature
from drawing.pages.audit import spearman
from manga.geometry import Point, Polygon, Rect, area, bounds, centroid, overlap_area
from manga.paper import PAPERS, Direction, PaperName, Side, first_side, side_of
from manga.storyboard import PageDraft, PanelLayout, Role, Shot, StoryboardDraft
from tests.drawing.layout.drafts import page, panel, random_page

B5 = PAPERS[PaperName.B5]


def _laid(draft: PageDraft, *, paper: PaperName = PaperName.B5, direction: Direction = Direction.RTL) -> PanelLayout:
    return lay_out(draft, paper=PAPERS[paper], side=Side.LEFT, direction=direction, vertical=True)


def _to_segment(point: Point, a: Point, b: Point) -> float:
    length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    t = max(0.0, min(1.0, ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length))
    return hypot(point[0] - a[0] - t * (b[0] - a[0]), point[1] - a[1] - t * (b[1] - a[1]))


def _gap(first: Polygon, second: Polygon) -> float:
    ways = ((first, second), (second, first))
    return min(
        _to_segment(point, a, b)
        for one, other in ways
        for point in one
        for a, b in zip(other, (*other[1:], other[0]), strict=True)
    )


@pytest.mark.parametrize("block", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 10))])
def test_two_thousand_random_pages_keep_order_gutters_and_size(block: int) -> None:
    for seed in range(block * 200, block * 200 + 200):
        rng = Random(f"page:{seed}")
        paper, direction = PAPERS[rng.choice(list(PaperName))], rng.choice(list(Direction))
        draft = random_page(seed)
        layout = lay_out(draft, paper=paper, side=rng.choice(list(Side)), direction=direction, vertical=True)
        polygons = [frame.polygon for frame in layout.frames]
        assert reading_order(polygons, direction) == tuple(range(len(polygons))), seed
        assert min(area(polygon) for polygon in polygons) >= 0.05 * paper.live.area, seed
        for first, second in combinations(polygons, 2):
            assert overlap_area(first, second) == 0.0, seed
            assert _gap(first, second) >= 0.99 * gutters_of(paper).column, seed


def test_rows_stand_further_apart_than_columns() -> None:
    gutters = gutters_of(PAPERS[PaperName.B4])
    assert (gutters.row, gutters.column) == (9.0, 5.0)
    assert 1.4 <= gutters_of(B5).row / gutters_of(B5).column <= 2.5


def test_frames_carry_the_panels_keys_in_reading_order() -> None:
    draft = random_page(7)
    layout = _laid(draft)
    assert [frame.key for frame in layout.frames] == [panel.key for panel in draft.panels]
    assert layout.flow == "rtl"


def test_the_same_draft_gives_the_same_layout() -> None:
    assert _laid(random_page(3)) == _laid(random_page(3))


def test_what_matters_more_gets_more_room() -> None:
    layout = _laid(page(panel(1, importance=2), panel(2, importance=5), panel(3, importance=2), panel(4, importance=1)))
    areas = [area(frame.polygon) for frame in layout.frames]
    assert areas[1] == max(areas)
    assert areas[1] > 2 * areas[3]


@pytest.mark.parametrize("seed", [7, 102, 111])
def test_a_panel_that_weighs_less_is_not_the_larger_for_the_sake_of_its_shape(seed: int) -> None:
    draft = random_page(seed)
    weights = [float(panel.importance) for panel in draft.panels]
    assert spearman(weights, [area(frame.polygon) for frame in _laid(draft).frames]) > 0.5


def test_a_splash_takes_most_of_its_page_and_runs_off_the_paper() -> None:
    layout = _laid(page(panel(1), panel(2, importance=5, role=Role.SPLASH), panel(3)))
    splash = layout.frames[1]
    assert area(splash.polygon) > 0.5 * B5.live.area
    assert splash.bleeds
    assert "right" not in splash.bleeds, "the spine of a left page stays free"
    box = bounds(splash.polygon)
    ends = {"top": box.y, "bottom": box.bottom, "left": box.x, "right": box.right}
    paper = {"top": B5.bleed.y, "bottom": B5.bleed.bottom, "left": B5.bleed.x, "right": B5.bleed.right}
    assert all(ends[edge] == pytest.approx(paper[edge]) for edge in splash.bleeds)


def test_a_page_of_one_panel_bleeds_on_every_side() -> None:
    layout = _laid(page(panel(1, importance=5, role=Role.SPLASH)))
    assert set(layout.frames[0].bleeds) == {"top", "bottom", "left", "right"}


def test_a_breather_has_no_border() -> None:
    layout = _laid(page(panel(1), panel(2, role=Role.BREATHER, importance=1), panel(3)))
    assert [frame.borderless for frame in layout.frames] == [False, True, False]


def test_a_panel_with_much_text_is_wide_enough_for_it() -> None:
    layout = _laid(page(panel(1, letters=(30, 28)), panel(2), panel(3), panel(4), panel(5)))
    box = bounds(layout.frames[0].polygon)
    assert box.width >= 54
    assert box.height >= 45


def test_neighbouring_pages_are_laid_out_differently() -> None:
    same = [page(*(panel(10 * n + i) for i in range(5)), number=n) for n in range(1, 9)]
    book = lay_out_book(
        StoryboardDraft(pages=tuple(same)),
        paper=B5,
        start_side=Side.LEFT,
        direction=Direction.RTL,
        vertical=True,
    )
    shapes = [tuple(frame.polygon for frame in p.layout.frames) for p in book.pages]
    assert all(a != b for a, b in pairwise(shapes))
    assert [p.side for p in book.pages[:3]] == [Side.LEFT, Side.RIGHT, Side.LEFT]


def test_left_to_right_pages_begin_at_the_left() -> None:
    layout = _laid(page(*(panel(i) for i in range(6))), direction=Direction.LTR)
    first = centroid(layout.frames[0].polygon)
    row = [f for f in layout.frames[1:] if abs(centroid(f.polygon)[1] - first[1]) < 5]
    assert all(centroid(f.polygon)[0] > first[0] for f in row)


def test_order_reads_a_tall_panel_before_the_stack_beside_it() -> None:
    tall, upper = Rect(x=80, y=0, width=60, height=100), Rect(x=0, y=0, width=75, height=45)
    lower = Rect(x=0, y=50, width=75, height=50)
    polygons = [lower.polygon(), tall.polygon(), upper.polygon()]
    assert reading_order(polygons, Direction.RTL) == (1, 2, 0)
    assert reading_order(polygons, Direction.LTR) == (2, 0, 1)


def test_cuts_divide_a_frame_by_their_shares() -> None:
    tree = Split("rows", (PanelCell(0), Split("columns", (PanelCell(1), PanelCell(2)), (3.0, 1.0))), (1.0, 1.0))
    quads = cut(tree, Rect(x=0, y=0, width=100, height=110), Gutters(row=10, column=4))
    assert quads[0] == ((0.0, 0.0), (100.0, 0.0), (100.0, 50.0), (0.0, 50.0))
    assert area(quads[1]) == pytest.approx(3 * area(quads[2]))
    assert centroid(quads[1])[0] > centroid(quads[2])[0], "columns are read from the right"
    assert list(cells(tree)) == [0, 1, 2]
    assert signature(tree) == "(p[pp])"


def test_a_mirrored_panel_keeps_its_corners_in_order() -> None:
    quad = ((0.0, 0.0), (10.0, 1.0), (10.0, 5.0), (0.0, 5.0))
    assert mirrored(quad, 5.0) == ((0.0, 1.0), (10.0, 0.0), (10.0, 5.0), (0.0, 5.0))


@pytest.mark.parametrize("count", range(1, 10))
def test_every_arrangement_hands_out_every_panel(count: int) -> None:
    found = list(arrangements(count))
    assert found
    assert all(sum(tier.size for tier in tiers) == count for tiers in found)


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("start", list(Side))
def test_pages_alternate_from_the_side_on_which_page_1_lies(direction: Direction, start: Side) -> None:
    draft = StoryboardDraft(pages=tuple(page(panel(n), number=n) for n in range(1, 6)))
    book = lay_out_book(draft, paper=B5, start_side=start, direction=direction, vertical=True)
    assert [found.side for found in book.pages] == [start, start.other, start, start.other, start]


def test_of_two_facing_pages_the_one_that_is_read_first_has_the_lower_number() -> None:
    for direction, ahead in ((Direction.RTL, Side.RIGHT), (Direction.LTR, Side.LEFT)):
        sides = {number: side_of(number, first_side(direction)) for number in range(8)}
        spreads = [(n, n + 1) for n in range(0, 8, 2)]
        assert all((sides[a], sides[b]) == (ahead, ahead.other) for a, b in spreads)


def _with_inset(*, first: bool, direction: Direction = Direction.RTL) -> PanelLayout:
    wide = panel(1, importance=4, role=Role.ESTABLISH)
    wide = wide.model_copy(update={"direction": wide.direction.model_copy(update={"shot": Shot.LONG})})
    near = panel(2, importance=1, role=Role.REACT)
    near = near.model_copy(update={"direction": near.direction.model_copy(update={"shot": Shot.CLOSE})})
    pair = (near, wide) if first else (wide, near)
    return _laid(page(*pair, panel(3, letters=(20,)), panel(4, letters=(20, 20))), direction=direction)


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("first", [True, False])
def test_a_silent_face_may_stand_in_the_corner_of_a_wide_view(first: bool, direction: Direction) -> None:
    polygons = [frame.polygon for frame in _with_inset(first=first, direction=direction).frames]
    host, guest = (polygons[1], polygons[0]) if first else (polygons[0], polygons[1])
    assert (len(host), len(guest)) == (6, 4)
    assert bounds(host).overlap(bounds(guest)) > 0.75 * bounds(guest).area
    assert overlap_area(host, guest) == 0.0
    assert _gap(host, guest) >= 0.99 * gutters_of(B5).column
    assert reading_order(polygons, direction) == tuple(range(4))


def test_a_page_is_made_for_one_panel() -> None:
    layout = _laid(page(*(panel(i, importance=2) for i in range(4)), panel(5, importance=3, role=Role.HOOK)))
    areas = sorted(area(frame.polygon) for frame in layout.frames)
    assert area(layout.frames[-1].polygon) == areas[-1]
    assert areas[-1] > 1.5 * areas[-3]


def test_not_everything_runs_off_the_paper() -> None:
    great = [panel(i, importance=5, role=Role.PAYOFF) for i in range(6)]
    frames = [frame for frame in _laid(page(*great)).frames if frame.bleeds]
    assert 1 <= len(frames) <= 2
    for first, second in combinations([bounds(frame.polygon) for frame in frames], 2):
        beside = min(first.right, second.right) - max(first.x, second.x)
        between = max(first.y, second.y) - min(first.bottom, second.bottom)
        assert beside < 5 or between > 20, "two that lie upon each other do not both bleed"
