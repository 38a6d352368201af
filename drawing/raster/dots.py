"""Finds screentone that a picture already has, and evens it out: a grey picture in, one without dots out.

A dot is a dark or light speck through which no straight stroke runs. Where specks lie close together over some space,
they are a tone; single ones (a pupil, a freckle, a light in an eye) stay.
"""

from functools import reduce
from math import ceil, hypot

from PIL import Image, ImageChops, ImageFilter, ImageMath

from drawing.raster.reach import Step, around, swept, without_dark

_DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
DOTTED = 0.05
"""A neighbourhood with this share of specks may be screened."""
WHOLE = 0.85
"""How much of a square must be so that a tone is believed in."""
_STEPS = 9
_SMALL, _FAINT = 7, 60
"""How wide a faint dot is at most, and how much darker than the paper around it at least."""


def descreened(grey: Image.Image) -> Image.Image:
    """Tones become flat greys; lines that run through them stay."""
    stroke = max(9, min(17, round(min(grey.size) / 80)))
    dark = _dark(grey)
    light = ImageChops.invert(dark)
    strokes = _strokes(dark, stroke)
    specks = ImageChops.lighter(ImageChops.subtract(dark, strokes), ImageChops.subtract(light, _strokes(light, stroke)))
    lines = around(strokes, 3, "lightest")
    there = _tones(specks, lines, stroke)
    if there.getbbox() is None:
        return grey
    return Image.composite(_mean(grey, there, stroke * 0.55), grey, there)


def _dark(grey: Image.Image) -> Image.Image:
    """What is black, and what is faint but darker than all around it, as small dots are."""
    beside = ImageChops.subtract(without_dark(grey, _SMALL), Image.new("L", grey.size, _FAINT))
    limit = ImageChops.lighter(beside, Image.new("L", grey.size, 128))
    return _over(ImageChops.subtract(limit, grey), 0)


def _tones(specks: Image.Image, lines: Image.Image, stroke: int) -> Image.Image:
    """Where specks are many, in one piece large enough to be a tone, up to the lines around it."""
    near = ImageChops.subtract(_over(specks.filter(ImageFilter.BoxBlur(stroke * 0.8)), DOTTED), lines)
    there = _over(near.filter(ImageFilter.BoxBlur(stroke * 1.8)), WHOLE)
    for _ in range(_STEPS):
        there = ImageChops.darker(around(there, 7, "lightest"), near)
    return there


def _over(image: Image.Image, share: float) -> Image.Image:
    return image.point([255 if v > share * 255 else 0 for v in range(256)])


def _strokes(marks: Image.Image, length: int) -> Image.Image:
    """What is left of marks when a straight stroke of that length must fit into them."""
    return reduce(ImageChops.lighter, (_fitted(marks, step, length) for step in _DIRECTIONS))


def _fitted(marks: Image.Image, step: Step, length: int) -> Image.Image:
    count = 1 + ceil((length - 1) / hypot(*step))
    shrunk = swept(marks, step, count, "darkest")
    return swept(shrunk, (-step[0], -step[1]), count, "lightest")


def _mean(grey: Image.Image, known: Image.Image, reach: float) -> Image.Image:
    """The mean of what is known around each pixel."""
    blur = ImageFilter.GaussianBlur(reach)
    mean: Image.Image = ImageMath.lambda_eval(
        lambda a: a["convert"](a["min"](a["total"] * 255 / a["max"](a["weight"], 8), 255), "L"),
        total=ImageChops.multiply(grey, known).filter(blur),
        weight=known.filter(blur),
    )
    return mean
