"""Paths: pure functions over tuples of operations."""

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.ink.path_data import from_data, moved_data, to_data
from drawing.ink.paths import (
    box,
    common,
    difference,
    ellipse,
    flattened,
    mapped,
    placed,
    poly,
    rect,
    smooth,
    stroke,
    union,
)
from manga.geometry import area

points = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=3, max_size=9)


def filled(path: tuple[tuple[str | float, ...], ...]) -> float:
    return sum(area(line) for line in flattened(path, 24) if len(line) > 2)


@given(points)
def test_path_data_comes_back_to_a_hundredth_of_a_millimetre(corners: list[tuple[float, float]]) -> None:
    path = smooth(corners, closed=True)
    again = from_data(to_data(path))
    assert [op[0] for op in again] == [op[0] for op in path]
    for one, two in zip(path, again, strict=True):
        assert all(abs(float(a) - float(b)) <= 0.005001 for a, b in zip(one[1:], two[1:], strict=True))


def test_path_data_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="M takes 2 numbers"):
        from_data("M1")


def test_an_ellipse_has_the_area_of_an_ellipse() -> None:
    assert filled(ellipse(0, 0, 10, 5)) == pytest.approx(pi * 50, rel=0.01)


def test_two_shapes_joined_cover_both_without_counting_twice() -> None:
    assert filled(union(rect(0, 0, 10, 10), rect(5, 0, 10, 10))) == pytest.approx(150, rel=0.001)


def test_what_shapes_share_and_what_is_left_add_up() -> None:
    one, two = rect(0, 0, 10, 10), ellipse(10, 5, 4, 4)
    assert filled(common(one, two)) + filled(difference(one, two)) == pytest.approx(100, rel=0.005)


def test_a_tapered_stroke_is_thin_at_its_tips_and_full_in_its_middle() -> None:
    ink = flattened(stroke([(0, 0), (10, 0)], 2.0))[0]
    heights = {round(x, 3): 2 * abs(y) for x, y in ink}
    assert heights[0.0] == pytest.approx(0, abs=1e-9)
    assert max(heights.values()) == pytest.approx(2.0, rel=0.05)


def test_moving_and_scaling_move_every_point() -> None:
    assert box(placed(rect(0, 0, 1, 1), 5, 6, 2)).x == 5
    assert box(mapped(rect(0, 0, 1, 1), lambda x, y: (-x, y))).x == -1


def test_an_open_polyline_has_no_closing_operation() -> None:
    assert poly([(0, 0), (1, 1)], close=False)[-1][0] == "L"


verbs = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}
steps = st.sampled_from("MLQCZ").flatmap(
    lambda verb: st.lists(st.floats(-300, 300), min_size=2 * verbs[verb], max_size=2 * verbs[verb]).map(
        lambda numbers: (verb, *numbers)
    )
)
matrices = st.tuples(*[st.floats(-3, 3)] * 4, *[st.floats(-200, 200)] * 2)


@given(st.lists(steps, max_size=12), matrices)
def test_moving_data_is_reading_moving_and_writing_the_path(
    path: list[tuple[str | float, ...]], m: tuple[float, float, float, float, float, float]
) -> None:
    data = to_data((("M", 1.0, 2.0), *path))
    moved, reach = moved_data(data, m)
    way = mapped(from_data(data), lambda x, y: (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]))
    assert moved == to_data(way)
    found = box(way)
    assert reach == pytest.approx((found.x, found.y, found.right, found.bottom))


def test_moving_data_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="C takes 6 numbers"):
        moved_data("M1 2C1 2", (1, 0, 0, 1, 0, 0))


def test_edges_that_almost_lie_on_each_other_have_a_common_shape() -> None:
    box = poly(
        [(86.7085, 18.500044921875), (111.6935, 18.500044921875), (111.6935, 56.555953125), (86.7085, 56.555953125)]
    )
    panel = poly([(87.412, 18.5), (166.0, 18.5), (166.0, 93.475), (79.77, 89.081)])
    assert filled(common(box, panel)) == pytest.approx((111.6935 - 87.1) * 38.056, rel=0.02)
