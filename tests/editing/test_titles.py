"""Titles of strips that a person gives, and takes away."""

from dataclasses import replace

import pytest

from drawing.layout.lay_out_pages import lay_out_book
from editing.accept_edits import accepted
from editing.relayout_pages import PLAIN
from editing.storyboard_overlay import lay_over
from manga.comic_strips import Strip
from manga.edits import Edit
from manga.errors import EditRejected
from manga.paper import Direction, Side
from manga.phases import Phase
from manga.storyboard import Storyboard, StoryboardDraft
from tests.drawing.layout.drafts import page, panel
from tests.editing.works import sent, state

GROUND = replace(PLAIN, layout="yonkoma")


def _board() -> Storyboard:
    drafts = page(*(panel(n) for n in range(8))).model_copy(
        update={"strips": (Strip(title="朝", panels=4), Strip(title="夜", panels=4))}
    )
    return lay_out_book(
        StoryboardDraft(pages=(drafts,)),
        paper=GROUND.paper,
        start_side=Side.LEFT,
        direction=Direction.RTL,
        vertical=True,
        layout="yonkoma",
    )


def _titled(board: Storyboard, place: int, title: str) -> Storyboard:
    key = board.pages[0].panels[place].key
    edit = Edit(
        id="e1",
        change_type="text_edit",
        phase=Phase.STORYBOARD,
        element_key=key,
        change_data={"strip_title": title},
        base_version="v1",
    )
    laid = lay_over(board, [edit], GROUND)
    assert not laid.unfit
    return laid.storyboard


def _shown(board: Storyboard) -> list[tuple[str, str]]:
    return [(head.panel, head.title) for head in board.pages[0].layout.heads]


@pytest.mark.parametrize("place", [4, 6])
def test_any_panel_of_a_strip_gives_it_its_title_and_nothing_else_moves(place: int) -> None:
    before = _board()
    after = _titled(before, place, "ねこの<夜>")
    assert _shown(after) == [(before.pages[0].panels[0].key, "朝"), (before.pages[0].panels[4].key, "ねこの<夜>")]
    assert after.pages[0].layout.frames == before.pages[0].layout.frames
    assert after.pages[0].strips[1].title == "ねこの<夜>"


def test_a_title_taken_away_leaves_its_strip_without_one_and_comes_back_when_it_is_given_again() -> None:
    before = _board()
    after = _titled(before, 0, "")
    assert [title for _, title in _shown(after)] == ["夜"]
    assert _titled(after, 1, "朝") == before


def test_a_panel_of_a_free_page_is_in_no_strip_and_the_author_is_told() -> None:
    with pytest.raises(EditRejected, match=r"no strip.*4-koma"):
        accepted(state(), [sent("b0001", strip_title="朝")])
