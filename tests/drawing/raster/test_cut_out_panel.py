"""A panel is cut out of its page: the right part, small, grey where the page is."""

import io

import pytest
from PIL import Image

from drawing.raster.cut_out_panel import MOST_BYTES, MOST_PX, THUMBNAIL_PX, cut_out, thumbnail


def page(mode: str) -> bytes:
    """White, with a black lower right quarter."""
    picture = Image.new(mode, (800, 1200), "white")
    picture.paste("black", (400, 600, 800, 1200))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_part_that_is_named_is_cut_out_and_made_small(mode: str) -> None:
    found = cut_out(page(mode), (0.5, 0.5, 1.0, 1.0))
    with Image.open(io.BytesIO(found.data)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", mode, (found.width, found.height))
        assert picture.convert("L").getextrema()[1] < 16
    assert max(found.width, found.height) == MOST_PX
    assert len(found.data) < 25_000


def test_a_box_that_goes_over_the_page_ends_at_its_edge() -> None:
    found = cut_out(page("L"), (-0.1, -0.1, 1.4, 0.25))
    assert found.width / found.height == pytest.approx(800 / 300, rel=0.02)


def test_a_page_full_of_screen_tones_is_a_small_picture() -> None:
    tones = Image.effect_noise((1400, 2000), 120)
    out = io.BytesIO()
    tones.save(out, "PNG")
    found = thumbnail(out.getvalue())
    assert len(out.getvalue()) > 20 * MOST_BYTES
    assert len(found.data) <= MOST_BYTES
    assert max(found.width, found.height) == THUMBNAIL_PX
