"""The canvas: calls are flat, in millimetres, and come back from JSON."""

import json
from math import pi

import pytest

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.paths import box, from_data, rect


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
