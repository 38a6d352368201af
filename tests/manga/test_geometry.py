"""Geometry of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manga.geometry import (
    Point,
    Rect,
    area,
    between,
    bounds,
    centroid,
    inside,
    intersection,
    nearest_on,
    overlap_area,
)

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
sizes = st.floats(min_value=0.1, max_value=500)
places = st.floats(min_value=-500, max_value=500)
rects = st.builds(Rect, x=places, y=places, width=sizes, height=sizes)


def test_a_square_has_its_area_whichever_way_its_corners_run() -> None:
    assert area(SQUARE) == area(tuple(reversed(SQUARE))) == 100


def test_the_centre_of_mass_of_a_wedge_is_a_third_from_its_base() -> None:
    assert centroid(((0, 0), (9, 0), (0, 9))) == (3, 3)


def test_a_polygon_cut_by_itself_stays_whole() -> None:
    assert area(intersection(SQUARE, SQUARE)) == 100


def test_polygons_that_do_not_meet_share_nothing() -> None:
    assert overlap_area(SQUARE, tuple((x + 20, y) for x, y in SQUARE)) == 0


@given(rects, rects)
def test_upright_polygons_share_what_their_rectangles_share(a: Rect, b: Rect) -> None:
    assert abs(overlap_area(a.polygon(), b.polygon()) - a.overlap(b)) <= 1e-6 * max(1.0, a.area, b.area)


@given(rects)
def test_a_rectangle_bounds_its_own_corners_and_holds_its_centre(rect: Rect) -> None:
    found = bounds(rect.polygon())
    assert rect.contains(found, slack=1e-6)
    assert inside(rect.centre, rect.polygon())


def test_an_inset_never_turns_inside_out() -> None:
    assert Rect(x=0, y=0, width=4, height=10).inset(3).width == 0


@pytest.mark.parametrize(
    ("point", "place"), [((3.0, 4.0), (3.0, 0.0)), ((-2.0, 1.0), (0.0, 0.0)), ((14.0, -3.0), (10.0, 0.0))]
)
def test_the_nearest_place_of_a_stretch_lies_on_it(point: Point, place: Point) -> None:
    assert nearest_on(point, (0.0, 0.0), (10.0, 0.0)) == place
    assert nearest_on(point, (1.0, 1.0), (1.0, 1.0)) == (1.0, 1.0)


def test_a_place_on_the_way_is_so_far_from_the_one_as_its_share_says() -> None:
    assert [between((2.0, 4.0), (6.0, 0.0), share) for share in (0, 0.25, 1)] == [(2.0, 4.0), (3.0, 3.0), (6.0, 0.0)]
