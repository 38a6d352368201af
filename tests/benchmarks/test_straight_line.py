"""A line is straight where works an hour rise with the works at once, as long as processors are not what is missing."""

from benchmarks.load import CORES
from benchmarks.straight_line import Round, figures


def seen(works: int, took_s: float, share: float, others: float = 0.0) -> Round:
    own = share * CORES * took_s
    return Round(works, [took_s] * works, took_s, own, own + others * CORES * took_s)


def out(*rounds: Round) -> list[str]:
    return [figure.name for figure in figures(rounds) if not figure.ok]


def test_a_round_is_held_to_the_pace_of_the_first_while_less_than_half_of_the_processors_is_used() -> None:
    first, straight, bent, busy = seen(4, 25, 0.1), seen(8, 26, 0.2), seen(16, 40, 0.25), seen(96, 60, 0.9)
    assert (first.an_hour, straight.an_hour) == (576, 8 * 3600 / 26)
    assert out(first, straight, bent, busy) == ["16 works at once: of a straight line"]


def test_what_others_use_is_told_and_a_machine_that_is_never_free_measures_nothing() -> None:
    bent = seen(16, 40, 0.25, others=0.4)
    assert out(seen(4, 25, 0.1), seen(8, 26, 0.2), bent) == []
    assert out(seen(4, 25, 0.1, others=0.6), seen(8, 26, 0.2)) == ["rounds that could be held to the line"]


def test_what_is_lost_is_out_of_bounds_whatever_the_load() -> None:
    lost = Round(2, [1.0, 1.0], 1.0, 2.0 * CORES, 2.0 * CORES, lost=1)
    assert out(seen(1, 25, 0.1), seen(2, 25, 0.1), lost) == ["2 works at once: lost or doubled"]


def test_a_work_of_many_may_not_cost_more_of_the_processors_however_busy_they_are() -> None:
    first, dearer = seen(4, 25, 0.1, others=0.6), seen(8, 25, 0.3, others=0.6)
    assert out(first, seen(8, 25, 0.2), seen(16, 25, 0.4)) == ["rounds that could be held to the line"]
    assert "8 works at once: of a processor for each" in out(first, dearer)
