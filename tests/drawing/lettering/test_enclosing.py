"""The smallest rounded shape about points holds them all and is not much larger than it must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.lettering.balloons import enclosing

COORDINATE = st.floats(-50, 50, allow_nan=False).map(lambda v: round(v, 3))


@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=20), st.floats(1.5, 6), st.floats(0.4, 2.5))
def test_every_point_is_held(points: list[tuple[float, float]], power: float, aspect: float) -> None:
    (cx, cy), rx, ry = enclosing(points, power, aspect)
    assert ry == pytest.approx(rx * aspect)
    if rx > 1e-6:
        assert max((abs(x - cx) / rx) ** power + (abs(y - cy) / ry) ** power for x, y in points) <= 1 + 1e-6


def test_about_a_rectangle_it_is_centred_and_as_small_as_can_be() -> None:
    (cx, cy), rx, ry = enclosing([(-3, -8), (3, -8), (3, 8), (-3, 8)], 2.0, 8 / 3)
    assert [cx, cy] == pytest.approx([0, 0], abs=1e-6)
    assert [rx, ry] == pytest.approx([3 * 2**0.5, 8 * 2**0.5])


def test_about_short_outer_columns_it_moves_up_and_becomes_smaller() -> None:
    points = [(-3.0, -8.0), (3.0, -8.0), (1.0, 8.0), (-1.0, 8.0), (3.0, 2.0), (-3.0, 2.0)]
    (_, cy), rx, _ = enclosing(points, 2.0, 8 / 3)
    assert cy < 0
    assert rx < 3 * 2**0.5


def test_nothing_cannot_be_enclosed() -> None:
    with pytest.raises(ValueError, match=r".+"):
        enclosing([], 2.0, 1.0)
