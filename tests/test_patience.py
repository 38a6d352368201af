"""Limits of waiting on a busy machine."""

from tests.patience import MOST, OWN, beside_others, patience


def test_a_quiet_machine_has_the_limits_as_they_are_told() -> None:
    assert patience(0.3, 2) == patience(2.0, 2) == 1.0


def test_a_busy_machine_has_longer_but_not_for_ever() -> None:
    assert patience(18.0, 2) == 9.0
    assert patience(900.0, 2) == MOST
    assert 1.0 <= patience() <= MOST


def test_a_bound_is_wider_by_what_others_want_and_not_by_what_is_tested() -> None:
    assert beside_others(OWN, 2) == beside_others(OWN + 2, 2) == beside_others(0.0, 2) == 1.0
    assert beside_others(OWN + 8, 2) == 4.0
    assert beside_others(900.0, 2) == MOST
