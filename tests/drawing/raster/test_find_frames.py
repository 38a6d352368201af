"""Panels that a model has drawn within a picture are found by their gutters; walls, trees and windows are none."""

import pytest
from PIL import ImageDraw

from drawing.raster.find_frames import has_frames
from tests.drawing.raster.pictures import Picture, box, disc, panel_of, paper


def framed(*panels: tuple[int, int, int, int]) -> Picture:
    """Each with a border and something to see in it."""
    image = paper(800, 600)
    for left, top, right, bottom in panels:
        ImageDraw.Draw(image).rectangle((left, top, right, bottom), outline=10, width=4)
        disc(image, (left + right) / 2, (top + bottom) / 2, 60, 120)
        ImageDraw.Draw(image).line((left, bottom, right, top), fill=0, width=3)
    return image


def found(image: Picture) -> bool:
    import numpy as np

    return has_frames(np.asarray(image))


@pytest.mark.parametrize(
    "panels",
    [
        ((10, 10, 385, 590), (410, 10, 790, 590)),
        ((10, 10, 790, 280), (10, 300, 790, 590)),
        ((10, 10, 790, 280), (10, 300, 380, 590), (400, 300, 790, 590)),
        ((0, 0, 250, 599), (266, 0, 799, 599)),
    ],
)
def test_gutters_between_borders_are_frames(panels: tuple[tuple[int, int, int, int], ...]) -> None:
    assert found(framed(*panels))


def test_a_picture_with_one_border_around_it_is_whole() -> None:
    assert not found(framed((10, 10, 790, 590)))
    assert not found(framed())


def test_a_post_a_tree_and_a_window_are_no_gutters() -> None:
    post = box(box(paper(800, 600, 200), 380, 0, 420, 599, 250), 380, 0, 384, 500, 0)
    tree = box(paper(800, 600), 390, 0, 430, 599, 60)
    window = framed((200, 100, 390, 400), (410, 100, 600, 400))
    ImageDraw.Draw(window).line((0, 500, 799, 480), fill=0, width=6)
    assert not any(map(found, (post, tree)))
    assert not found(disc(disc(window, 400, 40, 60, 0), 400, 560, 60, 90))


@pytest.mark.parametrize("color", [False, True])
def test_they_are_told_of_a_grey_and_of_a_coloured_panel(color: bool) -> None:
    two = framed((10, 10, 385, 590), (410, 10, 790, 590)).convert("RGB")
    assert panel_of(two, color=color).framed
    assert not panel_of(framed((10, 10, 790, 590)).convert("RGB"), color=color).framed
