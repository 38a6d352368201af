"""Pages of strips: 4-koma in two columns, newspaper strips in rows, each read to its end before the next."""

from itertools import pairwise, product

import pytest

from drawing.layout.lay_out_pages import lay_out, lay_out_book
from drawing.layout.reading_order import reading_order
from manga.comic_strips import LayoutName, Strip, strips_of
from manga.geometry import Rect, area, bounds, overlap_area
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.storyboard import PageDraft, PanelLayout, StoryboardDraft
from tests.drawing.layout.drafts import page, panel

B5 = PAPERS[PaperName.B5]


def _page(count: int, *strips: Strip) -> PageDraft:
    drafts = (panel(n, importance=1 + n % 4, letters=(4 + 7 * (n % 3),)) for n in range(count))
    return page(*drafts).model_copy(update={"strips": strips})


def _laid(
    draft: PageDraft, layout: LayoutName, *, paper: PaperName = PaperName.B5, direction: Direction = Direction.RTL
) -> PanelLayout:
    side, vertical = Side.LEFT, direction is Direction.RTL
    return lay_out(draft, paper=PAPERS[paper], side=side, direction=direction, vertical=vertical, layout=layout)


def _boxes(layout: PanelLayout) -> list[Rect]:
    return [bounds(frame.polygon) for frame in layout.frames]


def test_a_4_koma_page_has_two_columns_of_four_equal_panels_the_right_one_first() -> None:
    boxes = _boxes(_laid(_page(8), "yonkoma"))
    assert len({(round(box.width, 2), round(box.height, 2)) for box in boxes}) == 1
    assert {box.x for box in boxes[:4]} == {boxes[0].x}
    assert {box.x for box in boxes[4:]} == {boxes[4].x}
    assert boxes[0].x > boxes[4].right
    assert all(a.bottom < b.y for a, b in pairwise(boxes[:4]))


def test_a_left_to_right_4_koma_page_begins_at_the_left() -> None:
    boxes = _boxes(_laid(_page(8), "yonkoma", direction=Direction.LTR))
    assert boxes[0].right < boxes[4].x


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("layout", ["yonkoma", "strip"])
def test_who_sees_the_page_alone_reads_its_strips_in_order(layout: LayoutName, direction: Direction) -> None:
    for count, paper in product(range(1, 13), (PaperName.B5, PaperName.TANKOBON)):
        laid = _laid(_page(count), layout, paper=paper, direction=direction)
        polygons = [frame.polygon for frame in laid.frames]
        assert reading_order(polygons, direction) == tuple(range(count)), count
        assert all(PAPERS[paper].live.contains(box, slack=0.01) for box in _boxes(laid))
        assert all(overlap_area(a, b) == 0.0 for a, b in pairwise(polygons))


def test_a_title_stands_over_each_strip_clear_of_its_panels() -> None:
    layout = _laid(_page(8, Strip(title="鍵", panels=4), Strip(title="屋上", panels=4)), "yonkoma")
    assert [(head.panel, head.title) for head in layout.heads] == [("b0000", "鍵"), ("b0004", "屋上")]
    for head, first in zip(layout.heads, (0, 4), strict=True):
        under = _boxes(layout)[first]
        assert head.box.bottom < under.y
        assert (head.box.x, head.box.width) == (under.x, under.width)


def test_the_punch_line_takes_the_room_of_panels_that_a_strip_lacks() -> None:
    boxes = _boxes(_laid(page(panel(1), panel(2), panel(3, importance=4)), "yonkoma"))
    assert boxes[2].height > 2 * boxes[0].height
    whole = _boxes(_laid(_page(8), "yonkoma"))
    assert boxes[2].bottom == pytest.approx(whole[3].bottom, abs=0.01)


def test_panels_of_a_newspaper_row_share_its_width_by_what_they_hold() -> None:
    talk, nod = panel(1, letters=(30, 28)), panel(2)
    boxes = _boxes(_laid(page(nod, talk, panel(3)), "strip", direction=Direction.LTR))
    assert len({(box.y, round(box.height, 2)) for box in boxes}) == 1
    assert boxes[1].width > boxes[0].width
    assert max(box.width for box in boxes) <= 1.51 * min(box.width for box in boxes)


def test_nothing_of_a_book_of_strips_bleeds_or_leans() -> None:
    draft = StoryboardDraft(pages=(_page(8), _page(8).model_copy(update={"key": "g002", "number": 2})))
    book = lay_out_book(draft, paper=B5, start_side=Side.LEFT, direction=Direction.RTL, vertical=True, layout="yonkoma")
    frames = [frame for laid in book.pages for frame in laid.layout.frames]
    assert not any(frame.bleeds or frame.borderless for frame in frames)
    assert all(area(frame.polygon) == pytest.approx(bounds(frame.polygon).area) for frame in frames)
    assert [[strip.panels for strip in laid.strips] for laid in book.pages] == [[4, 4], [4, 4]]


@pytest.mark.parametrize(
    ("count", "layout", "sizes"),
    [(8, "yonkoma", [4, 4]), (7, "yonkoma", [4, 3]), (9, "yonkoma", [5, 4]), (3, "yonkoma", [3]),
     (9, "strip", [3, 3, 3]), (11, "strip", [4, 4, 3]), (4, "strip", [4]), (5, "free", [])],
)  # fmt: skip
def test_panels_fall_into_even_strips(count: int, layout: LayoutName, sizes: list[int]) -> None:
    assert [strip.panels for strip in strips_of(count, (), layout)] == sizes


def test_strips_that_a_model_has_named_keep_their_sizes_while_they_add_up() -> None:
    named = (Strip(title="一", panels=3), Strip(title="二", panels=4))
    assert strips_of(7, named, "yonkoma") == named
    assert [(strip.title, strip.panels) for strip in strips_of(8, named, "yonkoma")] == [("一", 4), ("二", 4)]


def test_a_page_that_is_laid_out_freely_says_nothing_of_strips() -> None:
    layout = _laid(_page(5), "free")
    assert not {"name", "heads"} & layout.to_json().keys()
