"""A page's pixels as a file."""

import io

import pytest
from PIL import Image

from drawing.pages.pdf_to_pixels import png


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (256, 40)])
def test_a_grey_png_is_read_as_the_greys_that_it_was(size: tuple[int, int]) -> None:
    picture = Image.linear_gradient("L").resize(size)
    with Image.open(io.BytesIO(png(picture))) as read:
        assert read.mode == "L"
        assert read.tobytes() == picture.tobytes()
    with Image.open(io.BytesIO(png(picture))) as checked:
        checked.verify()


def test_a_picture_in_colour_keeps_it() -> None:
    picture = Image.new("RGB", (4, 4), (10, 200, 30))
    with Image.open(io.BytesIO(png(picture))) as read:
        assert read.getpixel((1, 1)) == (10, 200, 30)
