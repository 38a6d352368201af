"""Paper formats and page sides."""

import pytest

from manga.paper import PAPERS, Direction, Paper, PaperName, Side, first_side, side_of, turns_after


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda p: p.name)
def test_live_area_lies_in_the_trim_and_the_trim_in_the_bleed(paper: Paper) -> None:
    assert paper.trim.contains(paper.live)
    assert paper.bleed.contains(paper.trim)
    assert paper.trim.contains(paper.text_area)


def test_every_paper_name_has_its_paper() -> None:
    assert set(PAPERS) == set(PaperName)


def test_a_right_to_left_book_opens_on_the_left_and_turns_after_each_left_page() -> None:
    start = first_side(Direction.RTL)
    sides = [side_of(n, start) for n in (1, 2, 3, 4)]
    assert sides == [Side.LEFT, Side.RIGHT, Side.LEFT, Side.RIGHT]
    assert [turns_after(s, Direction.RTL) for s in sides] == [True, False, True, False]


def test_a_left_to_right_book_is_the_mirror() -> None:
    assert first_side(Direction.LTR) is Side.RIGHT
    assert turns_after(Side.RIGHT, Direction.LTR)
