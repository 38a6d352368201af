"""Which characters may not begin or end a column."""

import pytest

from drawing.lettering.kinsoku import CANNOT_BEGIN, CANNOT_END, may_break, violations, within_run


@pytest.mark.parametrize("mark", sorted(CANNOT_BEGIN))
def test_no_column_may_begin_with_a_mark_that_belongs_to_the_one_before(mark: str) -> None:
    assert not may_break("あ", mark)
    assert violations(["あ", f"{mark}い"]) == 1


@pytest.mark.parametrize("mark", sorted(CANNOT_END))
def test_no_column_may_end_with_an_opening_bracket(mark: str) -> None:
    assert not may_break(mark, "あ")
    assert violations([f"い{mark}", "あ"]) == 1


def test_plain_letters_may_be_parted_and_nothing_from_nothing_may_not() -> None:
    assert may_break("あ", "い")
    assert not may_break("", "い")
    assert not may_break("い", "")


def test_the_first_column_may_begin_and_the_last_may_end_as_the_text_does() -> None:
    assert violations(["……え", "「"]) == 0


def test_only_a_long_run_of_one_mark_may_be_cut() -> None:
    assert within_run("わー", "ーー")
    assert not within_run("わー", "っ")
    assert violations(["わーー", "ーー"]) == 0


def test_empty_columns_are_not_counted() -> None:
    assert violations(["あ", "", " ", "、い"]) == 1
