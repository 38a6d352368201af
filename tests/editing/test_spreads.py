"""A spread under edits: one sheet of a plan; what parts it, or moves it before a turn, makes it a page like others."""

from dataclasses import replace

from drawing.layout.lay_out_pages import lay_out_book
from editing.editable_pages import Plan, Sheet, plan_of
from editing.relayout_pages import PLAIN, relaid
from manga.paper import Direction, Side
from manga.storyboard import Role, Storyboard, StoryboardDraft
from tests.drawing.layout.drafts import page, panel


def _board() -> Storyboard:
    splash = page(panel(20, importance=5, role=Role.SPLASH), number=2).model_copy(update={"spread": True})
    drafts = (page(panel(10), panel(11), number=1), splash, page(panel(30), panel(31), number=3))
    return lay_out_book(
        StoryboardDraft(pages=drafts), paper=PLAIN.paper, start_side=Side.LEFT, direction=Direction.RTL, vertical=True
    )


def _halves(board: Storyboard) -> list[str]:
    return [found.spread for found in board.pages]


def test_a_spread_is_one_sheet_and_both_its_pages_come_back() -> None:
    plan = plan_of(_board())
    assert [len(sheet.panels) for sheet in plan.sheets] == [2, 1, 2]
    assert relaid(plan, PLAIN) == _board()


def test_a_page_more_before_it_makes_the_spread_a_page_like_others() -> None:
    plan = plan_of(_board())
    more = Plan((plan.sheets[0], Sheet("g009", (panel(90),)), *plan.sheets[1:]))
    found = relaid(more, PLAIN)
    assert _halves(found) == [""] * 4
    assert [one.number for one in found.pages] == [1, 2, 3, 4]


def test_a_second_panel_on_it_makes_the_spread_a_page_like_others() -> None:
    plan = plan_of(_board())
    sheet = replace(plan.sheets[1], panels=(*plan.sheets[1].panels, panel(21)), dirty=True)
    found = relaid(plan.with_sheet(1, sheet), PLAIN)
    assert _halves(found) == [""] * 3
    assert len(found.pages[1].layout.frames) == 2
