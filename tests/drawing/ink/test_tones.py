"""Screentones print the density that was asked for, at any angle, and grade without steps."""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drawing.ink.canvas import Canvas, ToneKind
from drawing.ink.paths import rect
from drawing.ink.pdf import to_pdf
from drawing.ink.tones import DENSITY_STEP, STRIP_EDGE_MM, bands, cell_of, shade
from drawing.pages.pdf_to_pixels import Bitmap, ink_ratio, pixels
from manga.geometry import Rect, area, inside

SIDE = 30.0


def toned(density: float, angle: float, kind: ToneKind = "dot", grey: float = 0) -> Bitmap:
    canvas = Canvas(SIDE, SIDE)
    canvas.tone(rect(-1, -1, SIDE + 2, SIDE + 2), density, period=1.2, angle=angle, kind=kind, grey=grey)
    return pixels(to_pdf(canvas.finish()), width_px=360)


@pytest.mark.parametrize("angle", [0, 45, 20, 90])
@given(st.floats(0.06, 0.94))
@settings(max_examples=12)
def test_dots_print_their_density(angle: float, density: float) -> None:
    # a lattice's dots are drawn in steps of their size, and beyond touching they only grow together
    assume(angle in {0, 45, 90} or density < 0.75)
    assert ink_ratio(toned(density, angle)) == pytest.approx(density, abs=0.06)


@pytest.mark.parametrize("angle", [0, 30, 90])
@given(st.floats(0.05, 0.95))
@settings(max_examples=10)
def test_lines_print_their_density(angle: float, density: float) -> None:
    assert ink_ratio(toned(density, angle, "line")) == pytest.approx(density, abs=0.05)


def test_a_grey_tone_is_paler_than_a_black_one() -> None:
    assert ink_ratio(toned(0.4, 45, grey=128)) == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize("angle", [45, 20])
def test_a_graded_tone_grows_from_start_to_end(angle: float) -> None:
    canvas = Canvas(SIDE, SIDE)
    canvas.graded_tone(rect(0, 0, SIDE, SIDE), ((0, 0), 0.05), ((0, SIDE), 0.6), period=0.8, angle=angle)
    image = pixels(to_pdf(canvas.finish()), width_px=360)
    shares = [ink_ratio(image.crop((0, y, 360, y + 60))) for y in range(0, 360, 60)]
    assert all(a < b for a, b in pairwise(shares))
    assert shares[0] < 0.17
    assert shares[-1] > 0.45


coordinates = st.floats(-50, 150)
densities = st.floats(0, 1)


@given(st.tuples(coordinates, coordinates), st.tuples(coordinates, coordinates), densities, densities)
@settings(max_examples=60)
def test_strips_of_a_graded_tone_cover_the_area_and_no_more(
    start: tuple[float, float], end: tuple[float, float], first: float, last: float
) -> None:
    field = Rect(x=0, y=0, width=100, height=60)
    strips = list(bands(field, start, first, end, last))
    for x in range(5, 100, 15):
        for y in range(5, 60, 15):
            assert any(_holds(corners, (x + 0.013, y + 0.017)) for _, corners in strips)
    reach = field.inset(-STRIP_EDGE_MM - 1e-6)
    assert all(reach.x <= x <= reach.right and reach.y <= y <= reach.bottom for _, strip in strips for x, y in strip)
    low, high = min(first, last) - DENSITY_STEP, max(first, last) + DENSITY_STEP
    assert all(low <= density <= high for density, _ in strips)


def _holds(corners: tuple[tuple[float, float], ...], point: tuple[float, float]) -> bool:
    return area(corners) > 0 and inside(point, corners)


@given(st.floats(0.01, 0.99), st.sampled_from([0.0, 45.0, 90.0, 135.0]), st.floats(0.2, 3))
def test_a_tile_meets_its_neighbours(density: float, angle: float, period: float) -> None:
    cell = cell_of(period, density, angle, 0)
    assert cell is not None
    assert cell.side == pytest.approx(period * (2**0.5 if angle % 90 else 1))
    assert cell == cell_of(period, density, angle + 90, 0)


@pytest.mark.parametrize("angle", [1, 15, 30, 60])
def test_odd_angles_have_no_tile(angle: float) -> None:
    assert cell_of(0.6, 0.3, angle, 0) is None


@given(st.floats(-500, 900))
def test_a_shade_is_between_black_and_white(grey: float) -> None:
    assert 0 <= float(shade(grey)) <= 1
    assert "e" not in shade(grey)
