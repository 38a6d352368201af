"""Inks and tones a grey picture: lines pure black, greys in a few even tones.

Lines are found at print resolution, against what lies around them. Greys are read between the lines, so that no tone
runs into one. Dots that a picture already has are first made even again: dots under dots would shimmer.
A dot is a dark or light speck through which no straight stroke runs; single ones (a pupil, a freckle) stay.
"""

from collections.abc import Sequence
from functools import reduce
from math import ceil, hypot

import cv2
import numpy as np

from drawing.raster.grow_and_shrink import (
    Grey,
    Step,
    around,
    counted,
    fitted,
    grey_of,
    table,
    without_dark,
    without_light,
)
from drawing.raster.toned_panel import COARSER, LEAST, PAPER, number_of
from manga.geometry import mm_to_px

_STRAIGHT = ((1, 0), (0, 1))
_SLANTED = ((1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
"""Directions of strokes."""
DOTTED = 0.05
"""A neighbourhood with this share of specks may be screened."""
WHOLE = 0.85
"""How much of a square must be so that a tone is believed in."""
_STEPS = 9
_SMALL, _FAINT = 7, 60
"""How wide a faint dot is at most, and how much darker than the paper around it at least."""
LINE_DPI = 600
MOST_ENLARGED = 3.0
"""How much finer lines are traced than the picture is: beyond that there is nothing to be found."""
SOLID = 70
"""What is darker is ink, however large it is."""
DEPTH = 45
"""How much darker than its surroundings a line is at least; less is noise."""
_THICK, _NEAR = 9, 5
"""Pixels of the picture: how thick a line is at most that is told by its surroundings; how far its core is."""
_CALM = 0.55
"""Pixels over which noise is evened out before lines are traced."""
_LIT = 232
"""What is lighter is paper, even between two lines."""
_NARROW = 5
"""Pixels of the picture: a gap between lines that is toned is at least as wide."""
_SPREAD = 6
"""Pixels that greys reach under a line."""
_BLACK_AT_MOST, _WHITE_AT_LEAST = 70, 205
_PAPER_AT_LEAST, _PAPER_SHARE, _PAPER_GRAIN = 236, 0.04, 6
"""How light paper is, how much of the picture at least, and how uneven."""
HOUSE_TONES = (0.12, 0.24, 0.36, 0.48, 0.6, 0.72)
"""The tones of all pictures that a model drew: panels of a page share these few, however many greys each came with."""
_EVEN = 128
"""Says of a pixel that it is exactly as dark as ink has to be."""


def descreened(grey: Grey) -> Grey:
    """Tones become flat greys; lines that run through them stay. The same array where there are none."""
    stroke = max(9, min(17, round(min(grey.shape) / 80)))
    dark = _dark(grey)
    light = grey_of(cv2.bitwise_not(dark))
    strokes = [_strokes(marks, stroke, _STRAIGHT) for marks in (dark, light)]
    if not _dotted(dark, light, strokes, stroke).any():  # with fewer strokes more is dotted: most pictures end here
        return grey
    strokes = [
        np.maximum(known, _strokes(marks, stroke, _SLANTED))
        for marks, known in zip((dark, light), strokes, strict=True)
    ]
    there = _dotted(dark, light, strokes, stroke)
    if not there.any():
        return grey
    return np.where(there, _mean(grey, there, stroke * 0.55), grey)


def _dark(grey: Grey) -> Grey:
    """What is black, and what is faint but darker than all around it, as small dots are."""
    limit = np.maximum(cv2.subtract(without_dark(grey, _SMALL), np.full_like(grey, _FAINT)), 128)
    return grey_of(cv2.compare(grey, limit, cv2.CMP_LT))


def _dotted(dark: Grey, light: Grey, strokes: Sequence[Grey], stroke: int) -> Grey:
    """Where specks, dark or light without a stroke, are many, in one piece large enough to be a tone, up to the lines
    around it."""
    specks = grey_of(cv2.max(cv2.subtract(dark, strokes[0]), cv2.subtract(light, strokes[1])))
    lines = around(strokes[0], 3, "lightest")
    near = grey_of(cv2.subtract(_over(_averaged(specks, stroke * 0.8), DOTTED), lines))
    there = _over(_averaged(near, stroke * 1.8), WHOLE)
    for _ in range(_STEPS if there.any() else 0):
        there = np.minimum(around(there, 7, "lightest"), near)
    return there


def _averaged(image: Grey, reach: float) -> Grey:
    """The mean of a square that reaches so far to every side."""
    side = 2 * round(reach) + 1
    return grey_of(cv2.blur(image, (side, side), borderType=cv2.BORDER_REPLICATE))


def _over(image: Grey, share: float) -> Grey:
    return grey_of(cv2.threshold(image, share * 255, 255, cv2.THRESH_BINARY)[1])


def _strokes(marks: Grey, length: int, directions: Sequence[Step]) -> Grey:
    """What is left of marks when a straight stroke of that length must fit into them."""
    counts = (1 + ceil((length - 1) / hypot(*step)) for step in directions)
    return reduce(np.maximum, (fitted(marks, step, count) for step, count in zip(directions, counts, strict=True)))


def _mean(grey: Grey, known: Grey, reach: float) -> Grey:
    """The mean of what is known around each pixel."""
    total = cv2.GaussianBlur(np.minimum(grey, known), (0, 0), reach).astype(np.float32)
    weight = np.maximum(cv2.GaussianBlur(known, (0, 0), reach), 8)
    return np.minimum(total * 255 / weight, 255).astype(np.uint8)


def inked(grey: Grey, width_mm: float) -> Grey:
    """`grey` is the panel's part of the picture, at the picture's own resolution, `width_mm` wide in print. The answer
    holds palette numbers of `drawing.raster.toned_panel`."""
    flat = grey_of(cv2.GaussianBlur(descreened(stretched(grey)), (5, 5), _CALM))
    limit = _limit(flat)
    even = _between_lines(flat, grey_of(cv2.compare(flat, limit, cv2.CMP_LT)))
    size = fine_size(grey, width_mm)
    darker = cv2.addWeighted(limit, 1, flat, -1, _EVEN)
    _, bare = cv2.threshold(cv2.resize(darker, size, interpolation=cv2.INTER_CUBIC), _EVEN, 255, cv2.THRESH_BINARY_INV)
    return grey_of(cv2.bitwise_and(_tones(even, size), bare))  # ink is 0


def _tones(even: Grey, size: tuple[int, int]) -> Grey:
    """Palette numbers of a tone or of paper, in squares of the size that a page reads them in."""
    width, height = size
    coarse = (-(-width // COARSER), -(-height // COARSER))
    numbers = table([house_number(1 - v / 255) for v in range(256)])
    found = cv2.LUT(cv2.resize(even, coarse, interpolation=cv2.INTER_LINEAR), numbers)
    whole = cv2.resize(found, (coarse[0] * COARSER, coarse[1] * COARSER), interpolation=cv2.INTER_NEAREST)
    return grey_of(whole[:height, :width])


def house_number(density: float) -> int:
    """The palette's number of paper, or of the tone of all pictures that is nearest."""
    if density < LEAST:
        return PAPER
    return number_of(min((0.0, *HOUSE_TONES), key=lambda tone: abs(tone - density)))


def _limit(grey: Grey) -> Grey:
    """How dark ink is at each place: half way between a line's core and what is beside it, so that faint lines are
    whole and thick ones keep their width; the same for light lines in black."""
    depth = np.full_like(grey, DEPTH)
    beside, core = without_dark(grey, _THICK), around(grey, _NEAR, "darkest")
    half = np.minimum(_middle(beside, core), cv2.subtract(beside, depth))
    ground, light = without_light(grey, _THICK), around(grey, _NEAR, "lightest")
    lit = np.maximum(_middle(ground, light), cv2.add(ground, depth))
    return np.minimum(np.maximum(half, SOLID), lit)


def _middle(a: Grey, b: Grey) -> Grey:
    """Half way between two greys, the darker of two that are nearest to it."""
    return (a & b) + ((a ^ b) >> 1)


def fine_size(image: Grey, width_mm: float) -> tuple[int, int]:
    """Pixels of the traced lines, across and down."""
    rows, columns = image.shape
    width = round(min(mm_to_px(width_mm, LINE_DPI), MOST_ENLARGED * columns))
    return width, max(1, round(width * rows / columns))


def stretched(grey: Grey) -> Grey:
    """Ink black and paper white. Paper is the commonest light grey when it is nearly white; else the lightest that
    there is. A picture without dark or light keeps its greys."""
    histogram = counted(grey)
    darkest = _percentile(histogram, 0.003)
    black = darkest if darkest <= _BLACK_AT_MOST else 0
    paper = max(range(_PAPER_AT_LEAST, 256), key=lambda v: histogram[v])
    common = sum(histogram[max(0, paper - 4) :]) >= _PAPER_SHARE * sum(histogram)
    white = paper - _PAPER_GRAIN if common else max(_WHITE_AT_LEAST, _percentile(histogram, 0.995))
    spread = [round(max(0, min(255, (v - black) * 255 / (white - black)))) for v in range(256)]
    return grey_of(cv2.LUT(grey, table(spread)))


def _percentile(histogram: list[int], share: float) -> int:
    wanted, seen = share * sum(histogram), 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return value
    return 255


def _between_lines(grey: Grey, ink: Grey) -> Grey:
    """The greys without lines: under ink and its soft edge lies what is next to it, the lighter of two sides. What is
    narrower than a dot between two lines is light: no tone can be read there."""
    _, lit = cv2.threshold(grey, _LIT - 1, 255, cv2.THRESH_BINARY)
    known = grey_of(cv2.bitwise_or(cv2.bitwise_not(around(ink, 5, "lightest")), lit))
    even = np.minimum(grey, known)
    for _ in range(_SPREAD):
        even = grey_of(cv2.copyTo(even, known, around(even, 3, "lightest")))
    even = grey_of(cv2.medianBlur(even, 5))
    closed = without_dark(ink, _NARROW)
    gaps = np.minimum(around(grey_of(cv2.subtract(closed, ink)), _NARROW, "lightest"), closed)
    return np.maximum(even, gaps)
