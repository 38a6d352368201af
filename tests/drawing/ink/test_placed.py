"""A drawing placed on another in one call looks as one whose calls are written anew, and its tones are the page's."""

import io
import re
from collections.abc import Callable

import pytest
import resvg_py
from PIL import Image

from drawing.export.svg import to_svg
from drawing.ink.canvas import Canvas, Drawing, laid_flat
from drawing.ink.paths import ellipse, rect
from drawing.ink.pdf import to_pdf
from drawing.pages.pdf_to_pixels import Bitmap, pixels
from manga.geometry import Rect


def scene() -> Drawing:
    canvas = Canvas(60, 60)
    canvas.fill(rect(2, 2, 20, 20), 90)
    canvas.stroke(ellipse(30, 30, 18, 12), 0.8)
    with canvas.saved():
        canvas.clip(rect(10, 10, 30, 30))
        canvas.tone(rect(0, 0, 60, 60), 0.3)
    canvas.tone(rect(42, 4, 14, 14), 0.3, angle=20)
    canvas.tone(rect(42, 22, 14, 14), 0.3, angle=30, kind="line")
    canvas.graded_tone(rect(4, 42, 24, 16), ((4, 42), 0.6), ((4, 58), 0.0))
    canvas.graded_tone(rect(32, 42, 24, 16), ((32, 42), 0.6), ((56, 42), 0.0), angle=15)
    return canvas.finish()


def page(put: Callable[[Canvas], None]) -> Drawing:
    canvas = Canvas(100, 100)
    with canvas.saved(), canvas.moved(-3, -2):
        put(canvas)
    canvas.stroke(rect(1, 1, 98, 98), 0.5)
    return canvas.finish()


def seen(drawing: Drawing) -> Bitmap:
    return pixels(to_pdf(drawing), width_px=800)


def share_that_differs(first: Bitmap, second: Bitmap) -> float:
    """Pixels whose greys are further apart than an edge that lies elsewhere by a hundredth of a millimetre makes."""
    pairs = zip(first.tobytes(), second.tobytes(), strict=True)
    return sum(abs(a - b) > 40 for a, b in pairs) / (first.width * first.height)


def seen_as_svg(drawing: Drawing) -> Bitmap:
    text = to_svg(drawing, {}, Rect(x=0, y=0, width=100, height=100))
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text, width=800, dpi=96)))).convert("L")


@pytest.mark.parametrize("scale", [0.4, 1.0, 1.45])
def test_an_svg_shows_a_placed_drawing_with_tones_of_the_pages_lattice(scale: float) -> None:
    placed = page(lambda canvas: canvas.place(scene(), 7.3, 9.1, scale))
    assert share_that_differs(seen_as_svg(placed), seen_as_svg(laid_flat(placed))) < 0.002
    elsewhere = page(lambda canvas: canvas.draw(scene(), 8.3, 9.1, scale))
    assert share_that_differs(seen_as_svg(placed), seen_as_svg(elsewhere)) > 0.005


@pytest.mark.parametrize("scale", [0.4, 1.0, 1.45])
def test_placing_shows_what_drawing_shows_with_tones_of_the_pages_lattice(scale: float) -> None:
    placed = page(lambda canvas: canvas.place(scene(), 7.3, 9.1, scale))
    drawn = page(lambda canvas: canvas.draw(scene(), 7.3, 9.1, scale))
    assert share_that_differs(seen(placed), seen(drawn)) < 0.002
    assert share_that_differs(seen(placed), seen(page(lambda canvas: canvas.draw(scene(), 8.3, 9.1, scale)))) > 0.005


def test_a_placed_drawing_is_one_call_whose_numbers_stay_and_which_can_be_laid_flat() -> None:
    placed = page(lambda canvas: canvas.place(scene(), 7.3, 9.1, 1.2))
    assert [call[0] for call in placed.calls] == ["q", "d", "Q", "s"]
    assert placed.placed == (scene(),)
    flat, drawn = (
        [call for call in one.calls if call[0] not in {"q", "Q"}]
        for one in (laid_flat(placed), page(lambda canvas: canvas.draw(scene(), 7.3, 9.1, 1.2)))
    )
    assert flat == drawn


def test_a_placed_drawing_may_hold_placed_drawings() -> None:
    def inner(canvas: Canvas) -> None:
        canvas.place(page(lambda it: it.place(scene(), 5, 5, 0.8)), 10, 10, 0.7)

    nested = page(inner)
    assert share_that_differs(seen(nested), seen(laid_flat(nested))) < 0.002


def test_what_cannot_be_placed_upright_or_leaves_a_clip_is_drawn() -> None:
    def tilted(canvas: Canvas) -> None:
        with canvas.moved(30, 0, turn=0.3):
            canvas.place(scene(), 5, 5)

    clipped = Canvas(60, 60)
    clipped.clip(rect(0, 0, 10, 10))
    clipped.fill(rect(0, 0, 60, 60))
    for put in (tilted, lambda canvas: canvas.place(clipped.finish(), 5, 5)):
        assert not page(put).placed


def test_marks_beside_the_window_are_left_out_of_what_is_placed() -> None:
    def near(canvas: Canvas) -> None:
        canvas.place(scene(), 10, 10, 2, within=Rect(x=10, y=10, width=30, height=30))

    (left,) = page(near).placed
    assert [call[0] for call in left.calls] == ["f", "s", "q", "c", "t", "Q"]


def test_tones_can_be_left_out_of_placed_drawings_too() -> None:
    bare = page(lambda canvas: canvas.place(scene())).without({"t", "g"})
    assert {call[0] for call in bare.marks()} == {"q", "Q", "c", "f", "s"}


def test_a_drawing_that_places_others_is_not_stored() -> None:
    with pytest.raises(ValueError, match="not stored"):
        page(lambda canvas: canvas.place(scene())).to_json()


def test_no_operator_comes_into_a_page_through_path_data() -> None:
    stored = {"width": 60, "height": 60, "calls": [["f", "M0 0 Do L5 5Z", 0, 0]]}
    with pytest.raises(ValueError, match=re.escape("path data")):
        to_pdf(page(lambda canvas: canvas.place(Drawing.of(stored))))
