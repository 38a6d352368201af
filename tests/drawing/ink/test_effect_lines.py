"""Effect lines leave the attention clear, are the same by the same chance, and show on their ground."""

import math
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.ink import effect_lines
from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.effect_lines import FocusSpot
from drawing.ink.paths import flattened, from_data, rect
from drawing.ink.pdf import to_pdf
from drawing.ink.pen import BLACK, DARK, LIGHT, LIGHT_TONE, MID, WHITE, Pen, Shade
from drawing.pages.pdf_to_pixels import ink_ratio, pixels
from manga.geometry import bounds

WIDTH, HEIGHT = 60.0, 40.0
SPOT = FocusSpot(28, 20, 10, 12)
Effect = Callable[[Canvas, Random], None]
ALL: dict[str, Effect] = {
    "focus_lines": lambda canvas, r: effect_lines.focus_lines(canvas, SPOT, r),
    "speed_lines": lambda canvas, r: effect_lines.speed_lines(canvas, SPOT, r),
    "flash": lambda canvas, r: effect_lines.flash(canvas, SPOT, r),
    "beta_flash": lambda canvas, r: effect_lines.beta_flash(canvas, SPOT, r),
    "impact": lambda canvas, r: effect_lines.impact(canvas, SPOT, r),
    "gloom": effect_lines.gloom,
    "bokeh": effect_lines.bokeh,
    "sparkles": effect_lines.sparkles,
    "flowers": effect_lines.flowers,
    "rain": effect_lines.rain,
    "snow": effect_lines.snow,
    "wind": effect_lines.wind,
}


def made(name: str, seed: int = 1, width: float = WIDTH, height: float = HEIGHT) -> Drawing:
    canvas = Canvas(width, height)
    ALL[name](canvas, Random(seed))
    return canvas.finish()


@pytest.mark.parametrize("name", ALL)
def test_the_same_chance_gives_the_same_marks_and_another_gives_others(name: str) -> None:
    assert made(name) == made(name)
    if name != "flowers":
        assert made(name) != made(name, seed=2)


@pytest.mark.parametrize("name", ALL)
def test_an_effect_can_be_seen(name: str) -> None:
    drawing = made(name)
    assert 0.001 < ink_ratio(pixels(to_pdf(drawing), width_px=240)) < 0.9


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("width", "height"), [(3, 90), (150, 8), (1, 1), (182, 257)])
def test_an_effect_fits_a_panel_of_any_shape(name: str, width: float, height: float) -> None:
    for call in made(name, width=width, height=height).calls:
        for value in call[2:]:
            assert not isinstance(value, float) or math.isfinite(value)


@given(st.floats(5, 55), st.floats(5, 35), st.floats(2, 20), st.floats(2, 20), st.integers(0, 99))
@settings(max_examples=40)
def test_focus_lines_leave_the_spot_clear(x: float, y: float, rx: float, ry: float, seed: int) -> None:
    canvas = Canvas(WIDTH, HEIGHT)
    spot = FocusSpot(x, y, rx, ry)
    effect_lines.focus_lines(canvas, spot, Random(seed))
    (call,) = canvas.finish().calls
    for line in flattened(from_data(str(call[1]))):
        for px, py in line:
            assert ((px - x) / rx) ** 2 + ((py - y) / ry) ** 2 > 0.97


@given(st.integers(0, 999))
@settings(max_examples=20)
def test_a_burst_is_white_where_the_attention_lies(seed: int) -> None:
    for effect in (effect_lines.flash, effect_lines.beta_flash):
        canvas = Canvas(WIDTH, HEIGHT)
        effect(canvas, SPOT, Random(seed))
        image = pixels(to_pdf(canvas.finish()), width_px=120)
        assert ink_ratio(image.crop((48, 32, 64, 48))) == 0


@given(st.floats(0, 7), st.floats(0.1, 3))
def test_a_spot_is_an_ellipse(angle: float, k: float) -> None:
    x, y = SPOT.on(angle, k)
    assert math.hypot((x - SPOT.x) / SPOT.rx, (y - SPOT.y) / SPOT.ry) == pytest.approx(k)


# the pen ------------------------------------------------------------------------------------------------------------
def drawn_with(scale: float) -> float:
    canvas = Canvas(WIDTH, HEIGHT)
    with canvas.moved(0, 0, scale):
        Pen.on(canvas).contour(rect(0, 0, 0.5, 0.5))
    return float(canvas.finish().calls[0][2])


@given(st.floats(2, 80), st.floats(1.05, 4))
@settings(max_examples=40)
def test_a_larger_figure_has_a_heavier_line_but_not_in_proportion(scale: float, times: float) -> None:
    small, large = drawn_with(scale), drawn_with(scale * times)
    assert small - 0.001 <= large <= small * times + 0.002


def test_a_panel_has_three_tones() -> None:
    assert 0 < LIGHT < MID < DARK < 1


@pytest.mark.parametrize(("shade", "ink"), [(WHITE, 0.0), (LIGHT_TONE, LIGHT), (Shade(0.4), 0.4), (BLACK, 1.0)])
def test_a_surface_is_covered_as_its_shade_says(shade: Shade, ink: float) -> None:
    canvas = Canvas(20, 20)
    canvas.fill(rect(0, 0, 20, 20), 60)
    Pen(canvas, 0.3).cover(rect(-1, -1, 22, 22), shade)
    assert ink_ratio(pixels(to_pdf(canvas.finish()), width_px=400)) == pytest.approx(ink, abs=0.05)


def test_a_line_shows_on_its_ground() -> None:
    assert BLACK.line == 255
    assert WHITE.line == 0


def test_a_contour_is_heavier_at_the_lower_right() -> None:
    canvas = Canvas(20, 20)
    Pen(canvas, 1.0).shape(rect(5, 5, 10, 10))
    image = pixels(to_pdf(canvas.finish()), width_px=200)
    upper, lower = image.crop((80, 30, 120, 70)), image.crop((80, 130, 120, 170))
    assert ink_ratio(lower) > 1.2 * ink_ratio(upper)


def test_an_empty_shape_is_no_mark() -> None:
    canvas = Canvas(20, 20)
    Pen(canvas, 1.0).shape(())
    assert canvas.finish().calls == ()


def test_strokes_of_a_pen_stay_near_their_points() -> None:
    canvas = Canvas(20, 20)
    pen = Pen(canvas, 0.4)
    pen.line([(2, 2), (10, 5), (18, 2)])
    pen.curve([(2, 12), (10, 15), (18, 12)])
    pen.straight([(2, 18), (18, 18)])
    for call in canvas.finish().calls:
        reach = bounds([p for line in flattened(from_data(str(call[1]))) for p in line])
        assert reach.x > 0
        assert reach.right < 20
