"""The canvas: calls are flat, in millimetres, and come back from JSON."""

import json
from math import pi
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.paths import box, from_data, poly, rect
from drawing.ink.pdf import to_pdf
from drawing.pages.pdf_to_pixels import pixels
from manga.geometry import Rect


def only(drawing: Drawing, kind: str) -> tuple[str | float, ...]:
    (call,) = (c for c in drawing.calls if c[0] == kind)
    return call


def test_transforms_are_applied_while_recording() -> None:
    canvas = Canvas(100, 100)
    with canvas.moved(10, 20, 2), canvas.moved(1, 1):
        canvas.fill(rect(0, 0, 3, 3))
    found = box(from_data(str(only(canvas.finish(), "f")[1])))
    assert (found.x, found.y, found.width) == (12, 22, 6)


def test_a_turn_by_a_quarter_goes_clockwise_on_the_page() -> None:
    canvas = Canvas(100, 100)
    with canvas.moved(0, 0, turn=pi / 2):
        assert canvas.to_page((1, 0)) == pytest.approx((0, 1))


def test_a_mirror_flips_left_and_right_only() -> None:
    canvas = Canvas(100, 100)
    with canvas.moved(50, 0, mirror=True):
        assert canvas.to_page((10, 5)) == pytest.approx((40, 5))


def test_stroke_widths_grow_with_the_scale_and_tone_periods_do_not() -> None:
    canvas = Canvas(100, 100)
    with canvas.moved(0, 0, 3):
        canvas.stroke(rect(0, 0, 1, 1), 0.5)
        canvas.tone(rect(0, 0, 1, 1), 0.3, period=0.6)
    drawing = canvas.finish()
    assert only(drawing, "s")[2] == 1.5
    assert only(drawing, "t")[2] == 0.6


def test_a_drawing_comes_back_from_json_as_it_was() -> None:
    canvas = Canvas(40, 30)
    with canvas.saved():
        canvas.clip(rect(0, 0, 5, 5))
        canvas.graded_tone(rect(0, 0, 5, 5), ((0, 0), 0.1), ((5, 5), 0.6))
        canvas.image("a", 0, 0, 4, 4)
    drawing = canvas.finish()
    assert Drawing.of(json.loads(json.dumps(drawing.to_json()))) == drawing


@pytest.mark.parametrize("call", [["x"], ["f", "M0 0"], ["s", 1, 2, 3, 4], [], "f", ["c", None]])
def test_calls_that_no_canvas_records_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match="drawing call"):
        Drawing.of({"width": 1, "height": 1, "calls": [call]})


def test_a_drawing_placed_on_another_lands_where_it_is_put() -> None:
    inner = Canvas(10, 10)
    inner.fill(rect(0, 0, 10, 10))
    outer = Canvas(100, 100)
    outer.draw(inner.finish(), 30, 40, 0.5)
    found = box(from_data(str(only(outer.finish(), "f")[1])))
    assert (found.x, found.y, found.width) == (30, 40, 5)


def test_a_save_is_always_closed_even_when_the_block_fails() -> None:
    canvas = Canvas(10, 10)
    with pytest.raises(RuntimeError), canvas.saved():
        raise RuntimeError
    assert [c[0] for c in canvas.finish().calls] == ["q", "Q"]


WINDOW = Rect(x=12, y=9, width=20, height=24)
corners = st.lists(st.tuples(st.floats(-60, 120), st.floats(-60, 120)), min_size=2, max_size=4)
marks = st.lists(st.tuples(st.sampled_from(["fill", "stroke", "sharp", "tone", "clip"]), corners), max_size=12)


def seen(inner: Drawing, scale: float, within: Rect | None) -> tuple[int, bytes]:
    """How many calls a window takes, and its pixels."""
    page = Canvas(70, 70)
    with page.saved(), page.moved(3, 4):
        page.clip(rect(WINDOW.x, WINDOW.y, WINDOW.width, WINDOW.height))
        page.draw(inner, 2, 1, scale, within=within)
    return len(page.finish().calls), pixels(to_pdf(page.finish()), width_px=140).tobytes()


@given(marks, st.floats(0.5, 2))
@settings(max_examples=60)
def test_leaving_out_what_is_not_seen_changes_no_pixel(
    drawn: list[tuple[str, list[tuple[float, float]]]], scale: float
) -> None:
    inner = Canvas(60, 60)
    for kind, points in drawn:
        if kind == "fill":
            inner.fill(poly(points))
        elif kind == "stroke":
            inner.stroke(poly(points), 3)
        elif kind == "sharp":
            inner.stroke(poly(points, close=False), 3, join="miter")
        elif kind == "tone":
            inner.tone(poly(points), 0.4)
        else:
            inner.clip(poly([(-60, -60), *points, (120, 120)]))
    everything, near = seen(inner.finish(), scale, None), seen(inner.finish(), scale, WINDOW)
    assert near[1] == everything[1]
    assert near[0] <= everything[0]


@pytest.mark.parametrize("join", ["round", "miter"])
def test_a_stroke_beside_the_window_that_reaches_into_it_is_kept(join: Literal["round", "miter"]) -> None:
    inner = Canvas(60, 60)
    inner.stroke(poly([(3, 16), (9, 18), (3, 20)], close=False), 5, join=join)
    everything, near = seen(inner.finish(), 1, None), seen(inner.finish(), 1, WINDOW)
    assert min(everything[1]) < 255
    assert near[1] == everything[1]


def test_marks_beside_the_window_are_left_out_and_clips_kept() -> None:
    inner = Canvas(60, 60)
    inner.fill(rect(50, 50, 5, 5))
    inner.clip(rect(50, 50, 5, 5))
    inner.fill(rect(15, 15, 5, 5))
    everything, near = seen(inner.finish(), 1, None), seen(inner.finish(), 1, WINDOW)
    assert everything[0] - near[0] == 1
    assert near[1] == everything[1]
