"""The sample that `make test` runs of long products."""

from tests.sampling import MOST, unsampled

CASES = {"hats": range(40), "poses": range(MOST), "one": range(1)}


def test_one_day_has_one_sample_whatever_else_is_run() -> None:
    assert unsampled(CASES, "2026-11-29") == unsampled(CASES, "2026-11-29")
    assert unsampled({"hats": CASES["hats"]}, "2026-11-29") == unsampled(CASES, "2026-11-29")


def test_short_products_are_whole_and_of_long_ones_as_many_are_run_as_said() -> None:
    left = unsampled(CASES, "today", most=12)
    assert len(set(left)) == len(left) == 40 - 12


def test_every_case_has_its_day() -> None:
    days = [frozenset(unsampled(CASES, str(day))) for day in range(80)]
    assert len(set(days)) > 30
    assert frozenset.intersection(*days) == frozenset()
