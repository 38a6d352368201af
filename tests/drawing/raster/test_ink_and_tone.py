"""Lines become black, greys become even tones, and nothing else appears."""

import random
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from drawing.raster import ink_and_tone
from drawing.raster.ink_and_tone import LINE_DPI, fine_size
from drawing.raster.toned_panel import DENSITIES, INK, PAPER, density_of, number_of
from manga.geometry import mm_to_px
from tests.drawing.raster.pictures import Picture, box, disc, paper, screened

WIDE_MM = 80.0


def inked(picture: Picture, width_mm: float) -> Picture:
    return Image.fromarray(ink_and_tone.inked(np.asarray(picture), width_mm))


def descreened(picture: Picture) -> Picture:
    return Image.fromarray(ink_and_tone.descreened(np.asarray(picture)))


def stretched(picture: Picture) -> Picture:
    return Image.fromarray(ink_and_tone.stretched(np.asarray(picture)))


def numbers_in(image: Picture, left: float, top: float, right: float, bottom: float) -> set[int]:
    """The palette numbers in a part of a picture, in shares of it."""
    w, h = image.size
    return set(image.crop((round(left * w), round(top * h), round(right * w), round(bottom * h))).tobytes())


def rough(image: Picture, seed: int = 1, by: int = 9) -> Picture:
    """The same picture as a model paints it: soft and grainy."""
    chance = random.Random(seed)
    soft = image.filter(ImageFilter.GaussianBlur(0.7))
    return Image.frombytes("L", soft.size, bytes(max(0, min(255, v + chance.randint(-by, by))) for v in soft.tobytes()))


def test_solid_black_stays_solid_and_white_stays_white() -> None:
    numbers = inked(rough(box(paper(), 60, 60, 300, 420)), WIDE_MM)
    assert numbers_in(numbers, 0.11, 0.15, 0.45, 0.85) == {INK}
    assert numbers_in(numbers, 0.5, 0.05, 0.99, 0.95) == {PAPER}


@pytest.mark.parametrize(("grey", "only"), [(255, PAPER), (243, PAPER), (0, INK)])
def test_an_empty_picture_stays_empty(grey: int, only: int) -> None:
    assert set(inked(paper(grey=grey), WIDE_MM).tobytes()) == {only}


def test_fog_keeps_its_grey_instead_of_becoming_black_and_white() -> None:
    found = set(inked(rough(paper(grey=150)), WIDE_MM).tobytes())
    assert len(found) <= 3
    assert all(0.2 < density_of(n) < 0.6 for n in found)


@pytest.mark.parametrize("density", [0.12, 0.3, 0.48, 0.66])
def test_a_grainy_grey_becomes_one_even_tone(density: float) -> None:
    picture = box(box(paper(), 20, 20, 620, 460, round(255 * (1 - density))), 0, 0, 60, 60, 0)
    numbers = inked(rough(picture), WIDE_MM)
    middle = numbers_in(numbers, 0.2, 0.2, 0.9, 0.9)
    assert len(middle) <= 2
    assert all(density_of(n) == pytest.approx(density, abs=0.07) for n in middle)


def test_no_tone_fringes_a_black_shape_on_white() -> None:
    numbers = inked(rough(disc(paper(), 320, 240, 150)), WIDE_MM)
    assert set(numbers.tobytes()) == {INK, PAPER}


@pytest.mark.parametrize("width", [1, 2, 5])
@pytest.mark.parametrize("grey", [0, 120])
def test_a_line_is_whole_even_when_it_is_thin_and_faint(width: int, grey: int) -> None:
    image = paper()
    ImageDraw.Draw(image).line((100, 50, 540, 430), fill=grey, width=width)
    numbers = inked(image, WIDE_MM)
    scale = numbers.width / image.width
    dark = 0
    for i in range(20, 180):
        x, y = (100 + 440 * i / 200) * scale, (50 + 380 * i / 200) * scale
        near = numbers.crop((round(x - 4), round(y - 4), round(x + 5), round(y + 5)))
        dark += INK in near.tobytes()
    assert dark == 160


def test_a_light_line_in_black_stays_white() -> None:
    image = paper(grey=0)
    ImageDraw.Draw(image).line((40, 240, 600, 240), fill=255, width=2)
    row = inked(image, WIDE_MM)
    assert numbers_in(row, 0.2, 0.501, 0.8, 0.503) == {PAPER}


def test_a_line_keeps_its_width() -> None:
    numbers = inked(rough(box(paper(), 100, 0, 107, 479)), WIDE_MM)
    row = numbers.crop((0, numbers.height // 2, numbers.width, numbers.height // 2 + 1)).tobytes()
    assert row.count(INK) * 640 / numbers.width == pytest.approx(8, abs=0.8)


@pytest.mark.parametrize("period", [4.6, 6.5, 8, 11])
@pytest.mark.parametrize("density", [0.13, 0.28])
def test_dots_of_the_picture_become_an_even_tone(period: float, density: float) -> None:
    picture = screened(paper(), 60, 60, 580, 420, period, density)
    even = descreened(picture).crop((100, 100, 540, 380))
    greys = even.tobytes()
    assert max(greys) - min(greys) < 40
    numbers = numbers_in(inked(picture, WIDE_MM), 0.2, 0.25, 0.8, 0.75)
    assert INK not in numbers
    assert all(density_of(n) == pytest.approx(density, abs=0.09) for n in numbers)


def test_a_line_through_dots_stays_a_line() -> None:
    picture = screened(paper(), 60, 60, 580, 420, 8, 0.2)
    ImageDraw.Draw(picture).line((60, 240, 580, 240), fill=0, width=4)
    numbers = inked(picture, WIDE_MM)
    y = round(numbers.height * 241 / 480)
    row = numbers.crop((round(numbers.width * 0.2), y, round(numbers.width * 0.8), y + 1)).tobytes()
    assert row.count(INK) == len(row)


def test_single_specks_are_no_tone() -> None:
    picture = paper()
    for x, y in [(100, 100), (300, 80), (500, 300), (320, 240)]:
        disc(picture, x, y, 3)
    assert descreened(picture).tobytes() == picture.tobytes()


def test_lines_are_traced_at_print_resolution_but_never_finer_than_can_be_known() -> None:
    assert fine_size(np.asarray(paper(1000, 500)), 60)[0] == round(mm_to_px(60, LINE_DPI))
    assert fine_size(np.asarray(paper(200, 100)), 60) == (600, 300)


def test_grey_paper_is_paper_and_a_light_tone_is_none() -> None:
    assert set(stretched(box(paper(grey=242), 0, 0, 80, 80)).crop((100, 100, 600, 400)).tobytes()) == {255}
    light = stretched(box(paper(grey=222), 0, 0, 80, 80)).crop((100, 100, 600, 400))
    assert number_of(1 - light.tobytes()[0] / 255) != INK


def test_every_density_finds_its_own_number() -> None:
    assert [density_of(number_of(d)) for d in DENSITIES] == list(DENSITIES)
    assert number_of(0.0) == number_of(0.04) == PAPER
    assert number_of(1.0) == INK


def test_who_only_reads_what_a_panel_is_loads_no_opencv() -> None:
    asked = "import sys, providers.google.image_answer; print(sorted({'cv2', 'numpy'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
