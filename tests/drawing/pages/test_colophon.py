"""The colophon tells who made the book and what is wanting, in the book's language, within its page."""

import pytest

from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.colophon import MOST_NAMED, Imprint, colophon
from drawing.pages.scene_graph import BookFacts
from manga.book import PageGraph
from manga.paper import PAPERS, Direction, PaperName, Side


def made(imprint: Imprint, language: str = "ja", title: str = "星の鍵", paper: PaperName = PaperName.B5) -> PageGraph:
    direction = Direction.RTL if language == "ja" else Direction.LTR
    facts = BookFacts(title, "山田", language, direction, PAPERS[paper])
    return colophon(facts, imprint, 9, Side.LEFT, faces(standard_folders()))


def told(page: PageGraph) -> str:
    return "\n".join(balloon.text.source for balloon in page.balloons)


def test_placeholders_are_named_by_page_and_panel() -> None:
    imprint = Imprint(placeholders=("p03.k2", "p10.k1"))
    assert "3ページ2コマ目、10ページ1コマ目" in told(made(imprint))
    assert "page 3, panel 2; page 10, panel 1" in told(made(imprint, "en"))


def test_a_whole_book_says_that_nothing_is_wanting() -> None:
    assert "仮の絵　なし" in told(made(Imprint()))
    assert "Placeholders: none" in told(made(Imprint(), "en"))


def test_of_many_the_number_is_told() -> None:
    many = tuple(f"p{n:02}.k1" for n in range(1, MOST_NAMED + 8))
    assert "ほか7コマ" in told(made(Imprint(placeholders=many))).replace("\n", "")


def test_hands_and_cuts_are_told() -> None:
    text = told(made(Imprint(hands=("rig/1",), missing=("cart",), cuts=2), "en"))
    assert all(word in text for word in ("rig/1", "cart", "2 passages"))


@pytest.mark.parametrize("paper", list(PaperName))
@pytest.mark.parametrize("title", ["星", "長" * 120, "A very " * 30, "🦊\u202e\n"])
def test_all_of_it_keeps_to_the_text_area(paper: PaperName, title: str) -> None:
    many = tuple(f"p{n:02}.k{n % 9 + 1}" for n in range(1, 64))
    page = made(Imprint(("a" * 80, "b"), many, tuple(["thing " * 9] * 30), 9), title=title, paper=paper)
    area = PAPERS[paper].text_area
    assert all(area.contains(balloon.text.box) for balloon in page.balloons)
