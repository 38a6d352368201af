"""A line is straight where works an hour rise with the works at once, as long as processors are not what is missing."""

from benchmarks.load import CORES
from benchmarks.straight_line import Round, figures


def seen(works: int, took_s: float, share: float) -> Round:
    return Round(works, [took_s] * works, took_s, share * CORES * took_s)


def test_a_round_is_held_to_the_pace_of_the_first_while_half_of_the_processors_is_enough() -> None:
    first, straight, bent, busy = seen(4, 25, 0.1), seen(8, 26, 0.2), seen(16, 40, 0.4), seen(32, 60, 0.9)
    assert (first.an_hour, straight.an_hour) == (576, 8 * 3600 / 26)
    out = [figure.name for figure in figures([first, straight, bent, busy]) if not figure.ok]
    assert out == ["16 works at once: of a straight line"]


def test_what_is_lost_is_out_of_bounds_whatever_the_load() -> None:
    lost = Round(2, [1.0, 1.0], 1.0, 2.0 * CORES, lost=1)
    assert [figure.name for figure in figures([lost]) if not figure.ok] == ["2 works at once: lost or doubled"]
