"""Heads stand out from the ground of a picture that somebody else drew."""

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from drawing.raster import set_off_heads
from drawing.raster.set_off_heads import APART
from drawing.raster.toned_panel import INK, density_of, number_of
from manga.geometry import Rect

HEAD = Rect(x=0.4, y=0.3, width=0.2, height=0.4)
OTHER = Rect(x=0.62, y=0.3, width=0.2, height=0.4)


def stood_out(numbers: Image.Image, heads: list[Rect]) -> Image.Image:
    return Image.fromarray(set_off_heads.stood_out(np.asarray(numbers), heads))


def _picture(ground: float, head: float, *, other: float | None = None) -> Image.Image:
    image = Image.new("L", (400, 200), number_of(ground))
    draw = ImageDraw.Draw(image)
    for box, density in ((HEAD, head), (OTHER, other)):
        if density is not None:
            corners = (box.x * 400, box.y * 200, box.right * 400, box.bottom * 200)
            draw.ellipse(corners, fill=number_of(density), outline=INK, width=1)
    draw.line((0, 100, 400, 100), fill=INK, width=2)
    return image


def _ink(image: Image.Image, x: int, y: int) -> float:
    return density_of(image.crop((x, y, x + 1, y + 1)).tobytes()[0])


@pytest.mark.parametrize(("ground", "head"), [(0.42, 0.42), (0.54, 0.42), (0.3, 0.48)])
def test_tone_is_scraped_away_beside_a_head_that_it_swallows_and_comes_back_farther_out(
    ground: float, head: float
) -> None:
    before = _picture(ground, head)
    after = stood_out(before, [HEAD])
    beside = _ink(after, 200, 52)
    assert _ink(after, 200, 80) == _ink(before, 200, 80)
    assert abs(head - beside) >= APART - 0.03
    assert beside <= _ink(after, 200, 30) < _ink(after, 200, 12) <= _ink(before, 200, 10)
    assert _ink(after, 10, 10) == _ink(before, 10, 10)


def test_no_line_is_touched() -> None:
    before = _picture(0.42, 0.42)
    inks = [image.point([255 if n == INK else 0 for n in range(256)]) for image in (before, stood_out(before, [HEAD]))]
    assert ImageChops.difference(*inks).getbbox() is None


@pytest.mark.parametrize(("ground", "head"), [(0.78, 0.18), (0.18, 0.66), (0.0, 0.07), (0.07, 0.12)])
def test_a_head_that_stands_out_is_left_as_it_is(ground: float, head: float) -> None:
    before = _picture(ground, head)
    assert stood_out(before, [HEAD]).tobytes() == before.tobytes()


def test_the_head_beside_keeps_its_tone() -> None:
    before = _picture(0.42, 0.42, other=0.42)
    after = stood_out(before, [HEAD, OTHER])
    for x in (200, 288):
        assert _ink(after, x, 80) == _ink(before, x, 80) == pytest.approx(0.42)
    assert _ink(after, 244, 80) < 0.42


def test_a_head_at_the_edge_is_no_error() -> None:
    edge = Rect(x=0.9, y=-0.1, width=0.2, height=0.4)
    assert stood_out(_picture(0.42, 0.42), [edge]).size == (400, 200)
