"""A panel shows as much of its picture as its shape allows, unstretched, and faces stay inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drawing.raster.crop_to_panel import Window, through, unframed, window_of
from manga.geometry import Rect
from tests.drawing.raster.pictures import box, disc, panel_of, paper, screened, shown

SIDES = st.integers(64, 3000)
ASPECTS = st.floats(0.2, 5.0)


@st.composite
def boxes(draw: st.DrawFn) -> Rect:
    x, y = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9))
    return Rect(x=x, y=y, width=draw(st.floats(0.02, 1 - x)), height=draw(st.floats(0.02, 1 - y)))


@given(SIDES, SIDES, ASPECTS, st.lists(boxes(), max_size=4))
def test_the_window_has_the_panels_shape_and_cuts_one_pair_of_sides_only(
    width: int, height: int, aspect: float, keep: list[Rect]
) -> None:
    window = window_of(width, height, aspect, keep)
    assert window.width / window.height == pytest.approx(aspect, rel=1e-6)
    assert window.width == pytest.approx(width) or window.height == pytest.approx(height)
    left, top, right, bottom = window.box
    assert left >= -1e-6
    assert top >= -1e-6
    assert right <= width + 1e-6
    assert bottom <= height + 1e-6


@given(SIDES, SIDES, ASPECTS, boxes())
def test_one_face_that_fits_is_kept_nearly_whole(width: int, height: int, aspect: float, face: Rect) -> None:
    window = window_of(width, height, aspect, [face])
    fits = face.width * width <= window.width and face.height * height <= window.height
    inside = through(window, width, height, face)
    if fits and min(face.width * width / window.width, face.height * height / window.height) > 0.01:
        assert inside is not None
        seen = inside.width * window.width * inside.height * window.height
        assert seen > 0.85 * face.area * width * height


def test_heads_are_kept_before_feet() -> None:
    window = window_of(600, 900, 1.0)
    assert window.top < 900 - window.top - window.height


@pytest.mark.parametrize(("width", "height"), [(640, 480), (480, 640), (700, 300)])
@pytest.mark.parametrize(("wide", "high"), [(80, 60), (50, 100), (150, 60)])
def test_a_circle_stays_a_circle(width: int, height: int, wide: float, high: float) -> None:
    radius = 0.075 * min(width, height)
    panel = panel_of(disc(paper(width, height), width / 2, height / 2, radius), wide, high)
    grey = shown(panel)
    found = grey.point([255 if v < 128 else 0 for v in range(256)]).getbbox()
    assert found is not None
    across = (found[2] - found[0]) * wide / grey.width
    down = (found[3] - found[1]) * high / grey.height
    assert across == pytest.approx(down, rel=0.01)
    assert grey.width / grey.height == pytest.approx(wide / high, rel=0.005)


@pytest.mark.parametrize("margin", [0, 12])
@pytest.mark.parametrize("inner", [255, 170, 100])
def test_a_border_that_the_model_drew_is_cut_away(margin: int, inner: int) -> None:
    picture = box(paper(), margin, margin, 639 - margin, 479 - margin)
    box(picture, margin + 5, margin + 5, 634 - margin, 474 - margin, inner)
    cut = unframed(disc(picture, 320, 240, 100))
    soft = margin + 6
    assert cut == Window(soft, soft, 640 - 2 * soft, 480 - 2 * soft)


@pytest.mark.parametrize(
    "picture",
    [
        paper(),
        paper(grey=0),
        paper(grey=90),
        disc(paper(), 320, 240, 200),
        box(paper(), 0, 300, 639, 479),
        box(box(paper(), 0, 0, 639, 6), 0, 0, 6, 479),
        disc(paper(grey=20), 320, 240, 200, 255),
        screened(paper(), 0, 0, 640, 480, 8, 0.3),
    ],
    ids=["paper", "night", "fog", "a disc", "a floor", "two beams", "a hole", "a tone"],
)
def test_a_picture_without_a_border_is_kept_whole(picture: Image.Image) -> None:
    assert unframed(picture) == Window(0, 0, 640, 480)
