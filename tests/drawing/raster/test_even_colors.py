"""Colour pictures of one page get one paper white and one black; light that is meant stays."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from drawing.raster.even_colors import BLACK, WHITE, evened
from drawing.raster.ink_and_tone import HOUSE_TONES, inked
from drawing.raster.toned_panel import INK, PAPER, density_of
from tests.drawing.raster.pictures import panel_of

Color = tuple[int, int, int]
SKIN: Color = (230, 180, 150)


def picture(paper: Color, ink: Color, spot: Color = SKIN) -> Image.Image:
    image = Image.new("RGB", (640, 480), paper)
    pen = ImageDraw.Draw(image)
    pen.ellipse((60, 60, 300, 300), fill=spot)
    for x in range(330, 630, 30):
        pen.line((x, 40, x, 440), fill=ink, width=4)
    return image


def colors_of(image: Image.Image, *at: tuple[int, int]) -> Sequence[Color]:
    return [image.getpixel(point) for point in at]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("paper", "ink"),
    [((255, 244, 222), (44, 30, 24)), ((228, 236, 250), (20, 24, 50)), ((236, 236, 236), (66, 66, 66))],
)
def test_paper_becomes_white_and_ink_black_whatever_a_model_made_of_them(paper: Color, ink: Color) -> None:
    white, black, _ = colors_of(evened(picture(paper, ink)), (5, 5), (360, 200), (180, 180))
    assert white == (WHITE, WHITE, WHITE)
    assert abs(Image.new("RGB", (1, 1), black).convert("L").getpixel((0, 0)) - BLACK) <= 6  # type: ignore[operator]


def test_a_colour_on_white_paper_stays_as_it_is() -> None:
    image = picture((255, 255, 255), (8, 8, 8))
    (before,), (after,) = colors_of(image, (180, 180)), colors_of(evened(image), (180, 180))
    assert all(abs(a - b) <= 3 for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("light", [(250, 205, 120), (70, 80, 130), (200, 120, 90)])
def test_a_sunset_a_night_and_a_wall_are_no_paper(light: Color) -> None:
    (after,) = colors_of(evened(picture(light, (10, 10, 12))), (5, 5))
    assert all(abs(a - b) <= 12 for a, b in zip(light, after, strict=True))


def test_a_colour_panel_is_evened_and_two_of_one_page_have_one_white() -> None:
    whites = set()
    for paper in ((255, 244, 222), (228, 236, 250)):
        out = io.BytesIO()
        picture(paper, (30, 30, 30)).save(out, "PNG")
        with Image.open(io.BytesIO(panel_of(out.getvalue(), color=True).data)) as panel:
            whites |= {tuple(value // 4 for value in one) for one in colors_of(panel.convert("RGB"), (5, 5))}
    assert len(whites) == 1


def test_panels_of_a_page_have_few_tones_in_common_however_many_greys_they_came_with() -> None:
    import numpy as np

    def panel(first: int) -> Image.Image:
        image = Image.new("L", (720, 480), 255)
        pen = ImageDraw.Draw(image)
        for number, grey in enumerate(range(first, 245, 17)):
            pen.rectangle((60 * number, 40, 60 * number + 59, 440), fill=grey)
        pen.rectangle((0, 0, 719, 20), fill=0)
        return image

    found = {int(number) for first in (80, 86, 92) for number in np.unique(inked(np.asarray(panel(first)), 80.0))}
    tones = {density_of(number) for number in found - {INK, PAPER}}
    assert tones <= set(HOUSE_TONES)
    assert len(tones) >= 4
