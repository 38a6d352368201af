"""What is understood of a wish: every clause or a refusal, and the contrary of a word is not the word."""

import pytest

from manga.errors import WishRefused
from offline.wishes.revising.understood_words import Hearing
from tests.offline.wishes.revising.books import board_with, cast_with, drawing_with, look_with, made, plot_with, shown


def _heard(said: str, name: str = "hair_styles") -> Hearing:
    hearing = Hearing.of("characters", 0, (said, ()))
    hearing.first(name)
    return hearing


@pytest.mark.parametrize(
    ("language", "said", "field", "value"),
    [
        ("ja", "老けすぎ", "age", "teen"),
        ("ja", "髪が長すぎる", "hair_style", "bob"),
        ("ja", "髪は長いまま、着物にして", "outfit", "kimono"),
        ("en", "she looks too old", "age", "teen"),
        ("en", "her hair is too long", "hair_style", "bob"),
        ("en", "not a kimono, a dress", "outfit", "dress"),
    ],
)
def test_too_much_of_something_asks_for_less_and_what_is_denied_is_not_asked_for(
    language: str, said: str, field: str, value: str
) -> None:
    book = made(language)
    name = "花子" if language == "ja" else "Nell"
    before, look = look_with(book, name), look_with(book, name, said)
    assert getattr(look, field) == value
    assert look.hair_style == (value if field == "hair_style" else before.hair_style)


@pytest.mark.parametrize(("language", "said"), [("ja", "髪を短くしないで"), ("en", "don't make her hair shorter")])
def test_a_wish_for_nothing_is_not_turned_into_one(language: str, said: str) -> None:
    with pytest.raises(WishRefused):
        cast_with(made(language), (said, ("c01",)))


@pytest.mark.parametrize(
    ("language", "said", "expression"),
    [
        ("ja", "怒りすぎなので笑顔に", "smile"),
        ("ja", "泣かないで、真剣な顔に", "serious"),
        ("en", "she shouldn't be crying, she should smile", "smile"),
    ],
)
def test_a_face_that_is_not_wanted_is_not_drawn(language: str, said: str, expression: str) -> None:
    book = made(language)
    key = book.panel("遠くまで飛んで" if language == "ja" else "please strike").key
    drawing = shown(drawing_with(book, (said, (key,))).storyboard)
    assert drawing[key].direction.figures[0].expression == expression


def test_a_panel_that_is_too_small_grows_and_one_that_is_too_large_shrinks() -> None:
    book = made("en")
    key = next(panel.key for panel in book.board.panels() if 1 < panel.importance < 5)
    old = shown(book.board)[key].importance
    assert shown(board_with(book, ("this panel is too small", (key,))))[key].importance > old
    assert shown(board_with(book, ("much too big", (key,))))[key].importance < old


def test_pages_more_than_now_are_counted_from_now() -> None:
    book = made("en")
    now = len(book.plot.pages)
    assert len(plot_with(book, ("Make the book two pages longer", ())).pages) == now + 2
    assert len(plot_with(made("ja"), ("もう1ページ増やして", ())).pages) == now + 1


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("ポニーテールに。背中に羽を生やして", "羽"),
        ("ポニーテールにして、空を飛ばせて", "空"),
        ("a ponytail, and give her wings", "wings"),
        ("Make it a ponytail; let her fly", "fly"),
    ],
)
def test_a_clause_that_asks_for_what_nobody_understood_is_named(said: str, lost: str) -> None:
    with pytest.raises(WishRefused, match=lost) as refused:
        _heard(said).checked()
    assert "ony" in refused.value.kept or "ポニー" in refused.value.kept
    assert lost not in refused.value.kept


@pytest.mark.parametrize(
    "said",
    [
        "ここなんですが、ポニーテールに",
        "Hmm, I think a ponytail",
        "Mr. Oakes: a ponytail",
        "ポニーテールにしてください。お願いします。",
    ],
)
def test_what_asks_for_nothing_is_no_lost_wish(said: str) -> None:
    _heard(said).checked()


def test_what_is_left_of_a_wish_can_be_carried_out_by_itself() -> None:
    said = "髪を短くして、背中に羽を生やして"
    with pytest.raises(WishRefused) as refused:
        cast_with(made("ja"), (said, ("c01",)))
    assert look_with(made("ja"), "花子", refused.value.kept).hair_style == "bob"
