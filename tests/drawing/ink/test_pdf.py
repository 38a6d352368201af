"""PDF out of drawing calls: every operator in its place, exact boxes, one tile a tone, pictures packed as they came."""

import io
from collections import Counter

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.paths import Path, ellipse, poly, rect
from drawing.ink.pdf import PT_PER_MM, to_pdf
from drawing.pages.pdf_to_pixels import ink_ratio, pixels
from manga.geometry import Rect

lengths = st.floats(-300, 300)
points = st.tuples(lengths, lengths)
ops = st.one_of(
    points.map(lambda p: ("L", *p)),
    st.tuples(points, points).map(lambda ps: ("Q", *ps[0], *ps[1])),
    st.tuples(points, points, points).map(lambda ps: ("C", *ps[0], *ps[1], *ps[2])),
    st.just(("Z",)),
)
paths = st.tuples(points, st.lists(ops, min_size=1, max_size=8)).map(lambda t: (("M", *t[0]), *t[1]))
marks = st.lists(st.tuples(paths, st.sampled_from(["fill", "stroke", "tone", "lines", "graded", "clip"])), max_size=6)


def canvas_of(drawn: list[tuple[Path, str]], size: float = 60) -> Canvas:
    canvas = Canvas(size, size)
    for path, kind in drawn:
        with canvas.saved():
            if kind == "fill":
                canvas.fill(path, 90)
            elif kind == "stroke":
                canvas.stroke(path, 0.7)
            elif kind == "tone":
                canvas.tone(path, 0.3)
            elif kind == "lines":
                canvas.tone(path, 0.3, kind="line", angle=20, period=3)
            elif kind == "graded":
                canvas.graded_tone(path, ((0, 0), 0.1), ((0, 40), 0.6), period=2)
            else:
                canvas.clip(path)
    return canvas


def page_of(data: bytes) -> tuple[pikepdf.Pdf, pikepdf.Page]:
    pdf = pikepdf.open(io.BytesIO(data))
    return pdf, pdf.pages[0]


def operators(data: bytes) -> list[str]:
    pdf, page = page_of(data)
    found = [str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)]
    pdf.close()
    return found


@given(marks)
@settings(max_examples=60)
def test_any_drawing_is_a_sound_page_with_balanced_saves(drawn: list[tuple[Path, str]]) -> None:
    data = to_pdf(canvas_of(drawn).finish())
    pdf, _ = page_of(data)
    assert pdf.check_pdf_syntax() == []
    counts = Counter(operators(data))
    assert counts["q"] == counts["Q"]
    assert counts["W"] == counts["n"]


@given(marks)
@settings(max_examples=30)
def test_the_same_drawing_gives_the_same_bytes(drawn: list[tuple[Path, str]]) -> None:
    assert to_pdf(canvas_of(drawn).finish()) == to_pdf(canvas_of(drawn).finish())


@given(paths)
@settings(max_examples=80)
def test_every_step_of_a_path_becomes_its_operator(path: Path) -> None:
    canvas = Canvas(60, 60)
    canvas.fill(path)
    verbs = Counter(op[0] for op in path)
    counts = Counter(operators(to_pdf(canvas.finish())))
    assert (counts["m"], counts["l"], counts["h"]) == (verbs["M"], verbs["L"], verbs["Z"])
    assert counts["c"] == verbs["C"] + verbs["Q"]
    assert counts["f"] == 1


@given(paths)
@settings(max_examples=40)
def test_numbers_stand_in_the_file_as_on_the_canvas(path: Path) -> None:
    straight = tuple(op for op in path if op[0] != "Q")
    canvas = Canvas(60, 60)
    canvas.fill(straight)
    pdf, page = page_of(to_pdf(canvas.finish()))
    found = [
        [float(v) for v in instruction.operands]
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) in {"m", "l", "c"}
    ]
    pdf.close()
    wanted = [[float(v) for v in op[1:]] for op in straight if op[0] != "Z"]
    assert len(found) == len(wanted)
    for one, two in zip(found, wanted, strict=True):
        assert one == pytest.approx(two, abs=0.00501)


def test_quadratic_curves_run_where_they_ran() -> None:
    def inked(path: Path) -> bytes:
        canvas = Canvas(40, 40)
        canvas.fill(path)
        return pixels(to_pdf(canvas.finish()), width_px=200).tobytes()

    third = 2 / 3
    quadratic: Path = (("M", 5, 5), ("Q", 35, 5, 35, 35), ("Z",))
    cubic: Path = (("M", 5, 5), ("C", 5 + third * 30, 5, 35, 35 - third * 30, 35, 35), ("Z",))
    unlike = sum(abs(a - b) > 24 for a, b in zip(inked(quadratic), inked(cubic), strict=True))
    assert unlike < 10


def test_boxes_are_in_points_from_the_lower_left() -> None:
    drawing = Drawing(100, 200, ())
    pdf, page = page_of(
        to_pdf(drawing, trim=Rect(x=3, y=5, width=90, height=180), bleed=Rect(x=1, y=2, width=95, height=190))
    )
    assert [float(v) for v in page.obj.MediaBox] == pytest.approx([0, 0, 100 * PT_PER_MM, 200 * PT_PER_MM], abs=0.001)
    trim = [3 * PT_PER_MM, 15 * PT_PER_MM, 93 * PT_PER_MM, 195 * PT_PER_MM]
    assert [float(v) for v in page.obj.TrimBox] == pytest.approx(trim, abs=0.001)
    assert [float(v) for v in page.obj.CropBox] == pytest.approx(trim, abs=0.001)
    bleed = [PT_PER_MM, 8 * PT_PER_MM, 96 * PT_PER_MM, 198 * PT_PER_MM]
    assert [float(v) for v in page.obj.BleedBox] == pytest.approx(bleed, abs=0.001)
    pdf.close()


def test_a_tone_used_often_is_one_tile() -> None:
    canvas = Canvas(60, 60)
    for i in range(9):
        canvas.tone(rect(i * 6, 0, 5, 50), 0.3)
    canvas.tone(rect(0, 50, 60, 10), 0.5)
    pdf, page = page_of(to_pdf(canvas.finish()))
    assert len(page.obj.Resources.Pattern.keys()) == 2
    pdf.close()


def test_what_lies_outside_the_trim_is_not_shown() -> None:
    canvas = Canvas(40, 40)
    canvas.fill(rect(0, 0, 40, 5))
    assert ink_ratio(pixels(to_pdf(canvas.finish(), trim=Rect(x=5, y=10, width=20, height=20)), width_px=50)) == 0


@pytest.mark.parametrize("even_odd", [False, True])
def test_a_hole_is_a_hole_by_the_even_odd_rule_alone(even_odd: bool) -> None:
    canvas = Canvas(40, 40)
    canvas.fill((*rect(0, 0, 40, 40), *rect(10, 10, 20, 20)), even_odd=even_odd)
    assert ink_ratio(pixels(to_pdf(canvas.finish()), width_px=80)) == pytest.approx(0.75 if even_odd else 1, abs=0.02)


def test_a_clip_ends_with_its_block() -> None:
    canvas = Canvas(40, 40)
    with canvas.saved():
        canvas.clip(rect(0, 0, 10, 40))
        canvas.fill(rect(0, 0, 40, 20))
    canvas.fill(rect(0, 20, 40, 20))
    assert ink_ratio(pixels(to_pdf(canvas.finish()), width_px=80)) == pytest.approx(0.125 + 0.5, abs=0.02)


def encoded(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_fill_their_box(mode: str) -> None:
    black = (
        Image.new(mode, (8, 8))
        if mode not in {"LA", "RGBA"}
        else Image.new(mode, (8, 8), (0,) * (len(mode) - 1) + (255,))
    )
    canvas = Canvas(40, 40)
    canvas.image("a", 10, 10, 20, 20)
    data = to_pdf(canvas.finish(), {"a": encoded(black, "PNG")})
    assert ink_ratio(pixels(data, width_px=80)) == pytest.approx(0.25, abs=0.02)


def test_a_clear_part_of_a_picture_shows_what_is_behind() -> None:
    canvas = Canvas(40, 40)
    canvas.image("a", 0, 0, 40, 40)
    data = to_pdf(canvas.finish(), {"a": encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")})
    assert ink_ratio(pixels(data, width_px=40)) == 0


def test_a_jpeg_stays_a_jpeg() -> None:
    canvas = Canvas(40, 40)
    canvas.image("a", 0, 0, 40, 40)
    picture = encoded(Image.new("L", (64, 64), 30), "JPEG")
    pdf, page = page_of(to_pdf(canvas.finish(), {"a": picture}))
    (image,) = page.obj.Resources.XObject.values()
    assert image.Filter == pikepdf.Name.DCTDecode
    assert image.read_raw_bytes() == picture
    pdf.close()


def test_a_picture_stands_upright() -> None:
    image = Image.new("L", (2, 2), 255)
    image.putpixel((0, 0), 0)
    canvas = Canvas(40, 40)
    canvas.image("a", 0, 0, 40, 40)
    found = pixels(to_pdf(canvas.finish(), {"a": encoded(image, "PNG")}), width_px=40)
    corners = [found.tobytes()[y * found.width + x] for x, y in ((4, 4), (36, 4), (4, 36), (36, 36))]
    assert corners[0] < 60
    assert min(corners[1:]) > 200


def test_greys_are_those_of_the_canvas() -> None:
    canvas = Canvas(40, 40)
    canvas.fill(rect(0, 0, 40, 40), 128)
    canvas.stroke(poly([(0, 20), (40, 20)], close=False), 10, 255)
    found = pixels(to_pdf(canvas.finish()), width_px=40).tobytes()
    assert abs(found[5 * 40 + 5] - 128) <= 1
    assert found[20 * 40 + 20] == 255


def test_a_circle_is_round() -> None:
    canvas = Canvas(40, 40)
    canvas.fill(ellipse(20, 20, 15, 15))
    assert ink_ratio(pixels(to_pdf(canvas.finish()), width_px=200)) == pytest.approx(3.14159 * 225 / 1600, rel=0.01)
