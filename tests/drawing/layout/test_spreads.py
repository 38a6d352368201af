"""A panel over two facing pages: where its halves lie, and when there can be one."""

import pytest

from drawing.layout.lay_out_pages import lay_out_book
from drawing.layout.spreads import FOLD_MM, both_pages, fold_of, to_second
from manga.geometry import bounds
from manga.paper import PAPERS, Direction, PaperName, Side, first_side
from manga.storyboard import Role, Storyboard, StoryboardDraft
from tests.drawing.layout.drafts import page, panel

B5 = PAPERS[PaperName.B5]


def _book(direction: Direction, spread_at: int = 2, pages: int = 5, start: Side | None = None) -> Storyboard:
    drafts = [page(panel(10 * n), panel(10 * n + 1), number=n) for n in range(1, pages + 1)]
    splash = page(panel(10 * spread_at, importance=5, role=Role.SPLASH), number=spread_at)
    drafts[spread_at - 1] = splash.model_copy(update={"spread": True})
    return lay_out_book(
        StoryboardDraft(pages=tuple(drafts)),
        paper=B5,
        start_side=start or first_side(direction),
        direction=direction,
        vertical=direction is Direction.RTL,
    )


@pytest.mark.parametrize("direction", list(Direction))
def test_a_spread_fills_both_pages_that_lie_open_after_a_turn(direction: Direction) -> None:
    book = _book(direction)
    first, second = book.pages[1], book.pages[2]
    assert (first.spread, second.spread) == ("first", "second")
    assert (first.side, second.side) == (first_side(direction).other, first_side(direction))
    box = bounds(first.layout.frames[0].polygon)
    assert (box.width, box.height) == pytest.approx((2 * B5.trim_width_mm + 6, B5.bleed.height))
    fold = fold_of(B5.trim, first.side)
    assert box.x < fold - B5.trim_width_mm + 0.1 < fold + B5.trim_width_mm < box.right + 6
    assert box.moved(to_second(B5, direction), 0).overlap(B5.bleed) == pytest.approx(B5.bleed.area)


def test_pages_behind_a_spread_keep_their_sides_and_are_numbered_on() -> None:
    book = _book(Direction.RTL)
    assert [found.number for found in book.pages] == [1, 2, 3, 4, 5, 6]
    assert [found.side for found in book.pages] == [Side.LEFT, Side.RIGHT] * 3
    assert book.pages[2].panels == ()


@pytest.mark.parametrize("start", list(Side))
def test_where_the_leaf_would_be_turned_within_it_there_is_no_spread(start: Side) -> None:
    book = _book(Direction.RTL, start=start)
    assert any(found.spread for found in book.pages) is (start is Side.LEFT)
    assert [found.number for found in book.pages] == list(range(1, len(book.pages) + 1))


def test_the_fold_lies_in_the_middle_of_both_pages() -> None:
    for direction in Direction:
        middle = both_pages(B5, direction).centre[0]
        assert middle == pytest.approx(fold_of(B5.trim, first_side(direction).other))
    assert FOLD_MM > 0
