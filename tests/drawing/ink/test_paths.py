"""Paths: pure functions over tuples of operations."""

from math import pi

import pytest

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
    stroke,
    union,
)
from manga.geometry import area


def filled(path: tuple[tuple[str | float, ...], ...]) -> float:
    return sum(area(line) for line in flattened(path, 24) if len(line) > 2)


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


def test_edges_that_almost_lie_on_each_other_have_a_common_shape() -> None:
    box = poly(
        [(86.7085, 18.500044921875), (111.6935, 18.500044921875), (111.6935, 56.555953125), (86.7085, 56.555953125)]
    )
    panel = poly([(87.412, 18.5), (166.0, 18.5), (166.0, 93.475), (79.77, 89.081)])
    assert filled(common(box, panel)) == pytest.approx((111.6935 - 87.1) * 38.056, rel=0.02)
