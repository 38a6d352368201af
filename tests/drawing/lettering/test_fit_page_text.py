"""Texts in halves, and in smaller type: what a panel holds is kept in mind."""

import pytest

from drawing.lettering.letter_page import letter_page
from manga.geometry import bounds
from manga.paper import PAPERS, PaperName
from tests.drawing.lettering import desk

LONG = ("病室。まだ、だれのことも、よくわからないんだ。", "学校。でも、あしたのことは、まだきまってないよ。")


@pytest.mark.parametrize("count", [5, 6])
@pytest.mark.parametrize("long", LONG)
def test_a_text_in_halves_is_no_third_one_in_a_narrow_panel(count: int, long: str) -> None:
    cast = (("a", 0.25), ("b", 0.6))
    texts = [
        [desk.part(10 * i, "うそだろ。", who="a"), desk.part(10 * i + 1, long, who="b")] for i in range(1, count + 1)
    ]
    board = desk.board([desk.panel(i, parts, cast) for i, parts in enumerate(texts, 1)])
    page = board.pages[0]
    lettered = letter_page(page, desk.drawn(board)[0], desk.manner()).page
    wide = 0.55 * PAPERS[PaperName.B5].live.width
    narrow = [frame.key for frame in page.layout.frames if bounds(frame.polygon).width < wide]
    assert len(narrow) >= 3
    assert {key: sum(balloon.panel == key for balloon in lettered.balloons) for key in narrow} == dict.fromkeys(
        narrow, 2
    )
