"""Which paper a sentence asks for."""

import pytest

from agents.paper_wishes import check_formats, last_paper, paper_of
from manga.errors import WishRefused
from manga.paper import PaperName


@pytest.mark.parametrize(
    ("said", "paper"),
    [
        ("A5サイズで出してください", PaperName.A5),
        ("用紙はB4に変更", PaperName.B4),
        ("Ｂ５で", PaperName.B5),
        ("B5ではなくA5に", PaperName.A5),
        ("単行本サイズで", PaperName.TANKOBON),
        ("Print it on A5 please", PaperName.A5),
        ("Use the tankobon trim size instead", PaperName.TANKOBON),
        ("B4 instead of B5", PaperName.B4),
        ("A4で", None),
        ("B5かA5で", None),
        ("奥付にサークル名を入れたい", None),
    ],
)
def test_the_paper_that_a_sentence_names(said: str, paper: PaperName | None) -> None:
    assert paper_of(said) is paper


def test_the_last_word_counts() -> None:
    assert last_paper(("A5で", "奥付に名前を", "B4で")) is PaperName.B4
    assert last_paper(()) is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("A4で", "用紙"),
        ("EPUBも", "用紙"),
        ("PDFで書き出して", "いつも"),
        ("Put my name in the colophon", "only the paper"),
        ("export it as a PDF", "always"),
    ],
)
def test_everything_else_of_the_finished_book_is_refused_by_its_place_in_the_list(said: str, reason: str) -> None:
    with pytest.raises(WishRefused, match=reason) as refused:
        check_formats(("A5で", said))
    assert refused.value.wish == 1
