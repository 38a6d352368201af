"""Words become cells: nothing lost, numbers and marks upright, dashes one bar, ruby with its base."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.lettering.punctuation import Words
from drawing.lettering.vertical_cells import OVERHANG, cells, rides
from manga.values import Ruby
from tests.drawing.lettering.typing_desk import ALPHABET

ANY_TEXT = st.one_of(st.text(alphabet=ALPHABET, min_size=1, max_size=60), st.text(min_size=1, max_size=40))


@given(ANY_TEXT)
def test_cells_joined_are_the_text_and_know_their_place(text: str) -> None:
    found = cells(Words(text))
    assert "".join(cell.text for cell in found) == text
    assert all(text.startswith(cell.text, cell.start) for cell in found)


@given(
    ANY_TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.text("かなよみ", max_size=9)), max_size=4)
)
def test_no_ruby_whatever_its_place_loses_a_letter(text: str, marks: list[tuple[int, int, str]]) -> None:
    ruby = tuple(Ruby(start=min(a, b), end=max(a, b) + 1, reading=r or "あ") for a, b, r in marks)
    assert "".join(cell.text for cell in cells(Words(text, ruby))) == text


@given(ANY_TEXT)
def test_every_cell_has_a_length_that_is_not_negative(text: str) -> None:
    assert all(cell.length >= 0 for cell in cells(Words(text)))


@pytest.mark.parametrize("number", ["12", "99", "100", "１２", "１００"])
def test_two_or_three_figures_stand_upright_in_one_cell(number: str) -> None:
    (cell,) = [c for c in cells(Words(f"第{number}回")) if number in c.text]
    assert (cell.kind, cell.length) == ("tcy", 1.0)


@pytest.mark.parametrize("number", ["1984", "12345", "２０２６"])
def test_longer_numbers_stand_figure_by_figure(number: str) -> None:
    found = [c for c in cells(Words(f"西暦{number}年")) if c.text in number]
    assert [c.text for c in found] == list(number)
    assert {c.kind for c in found} == {"char"}


def test_marks_latin_words_and_dashes_have_their_own_cells() -> None:
    kinds = {cell.text: cell.kind for cell in cells(Words("えっ！？12人でAIとNASAへ——1984年"))}
    assert (kinds["！？"], kinds["12"], kinds["AI"]) == ("tcy", "tcy", "tcy")
    assert (kinds["NASA"], kinds["——"], kinds["1"]) == ("turned", "bar", "char")


def test_a_pair_of_dots_is_one_cell_of_two_em() -> None:
    (dots, _) = cells(Words("……え"))
    assert (dots.text, dots.length) == ("……", 2.0)


def test_what_rides_on_a_letter_stays_with_it() -> None:
    assert [c.text for c in cells(Words("か\u3099き"))] == ["か\u3099", "き"]
    assert rides("\u3099")
    assert rides("\u200d")
    assert not rides("が")


def test_a_reading_may_reach_over_its_neighbours_a_little_before_it_spreads_the_base() -> None:
    (base, _) = cells(Words("兵十だ", (Ruby(start=0, end=2, reading="ひょうじゅう"),)))
    assert (base.kind, base.length) == ("ruby", 3.0 - OVERHANG)


def test_ruby_that_overlaps_or_runs_over_a_break_is_left_out() -> None:
    ruby = (Ruby(start=0, end=2, reading="あ"), Ruby(start=1, end=3, reading="い"), Ruby(start=3, end=6, reading="う"))
    assert [c.ruby for c in cells(Words("一二三四\n五", ruby)) if c.ruby] == ["あ"]
