"""Finds screentone that a picture already has, and evens it out: a grey picture in, one without dots out.

A dot is a dark or light speck through which no straight stroke runs. Where specks lie close together over some space,
they are a tone; single ones (a pupil, a freckle, a light in an eye) stay.
"""

from functools import reduce

from PIL import Image, ImageChops, ImageFilter, ImageMath

_DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
DOTTED = 0.09
"""A neighbourhood with this share of specks is screened."""


def descreened(grey: Image.Image) -> Image.Image:
    """Tones become flat greys; lines that run through them stay."""
    stroke = max(9, min(17, round(min(grey.size) / 80)))
    dark = grey.point([255 if v < 128 else 0 for v in range(256)])
    light = ImageChops.invert(dark)
    strokes = _strokes(dark, stroke)
    specks = ImageChops.lighter(ImageChops.subtract(dark, strokes), ImageChops.subtract(light, _strokes(light, stroke)))
    there = _neighbourhoods(specks, stroke)
    if there.getbbox() is None:
        return grey
    lines = ImageChops.darker(strokes, there)
    even = _between(grey, ImageChops.invert(lines.filter(ImageFilter.MaxFilter(3))), stroke)
    even.paste(grey, mask=lines.filter(ImageFilter.MaxFilter(3)))
    return Image.composite(even, grey, there)


def _neighbourhoods(specks: Image.Image, stroke: int) -> Image.Image:
    """Where specks are many, in one piece large enough to be a tone."""
    near = specks.filter(ImageFilter.BoxBlur(stroke * 0.7)).point([255 if v > DOTTED * 255 else 0 for v in range(256)])
    most = near.filter(ImageFilter.BoxBlur(stroke)).point([255 if v > 0.62 * 255 else 0 for v in range(256)])
    grown = most.filter(ImageFilter.BoxBlur(stroke)).point([255 if v > 8 else 0 for v in range(256)])
    return ImageChops.darker(near, grown)


def _strokes(marks: Image.Image, length: int) -> Image.Image:
    """What is left of marks when a straight stroke of that length must fit into them."""
    return reduce(ImageChops.lighter, (_fitted(marks, step, length) for step in _DIRECTIONS))


def _fitted(marks: Image.Image, step: tuple[int, int], length: int) -> Image.Image:
    count = max(2, round(length / max(map(abs, step))))
    eroded = _swept(marks, step, count, 1)
    return _swept(eroded, step, count, -1)


def _swept(marks: Image.Image, step: tuple[int, int], count: int, sign: int) -> Image.Image:
    """The darkest (sign 1) or lightest of `count` places along a step, each of them reached in few doublings."""
    pick = ImageChops.darker if sign > 0 else ImageChops.lighter
    reached, out = 1, marks
    while reached < count:
        by = min(reached, count - reached)
        out = pick(out, ImageChops.offset(out, -sign * by * step[0], -sign * by * step[1]))
        reached += by
    return out


def _between(grey: Image.Image, known: Image.Image, reach: float) -> Image.Image:
    """The mean of what is known around each pixel."""
    blur = ImageFilter.GaussianBlur(reach * 0.55)
    total = ImageChops.multiply(grey, known).filter(blur)
    weight = known.filter(blur)
    mean: Image.Image = ImageMath.lambda_eval(
        lambda a: a["convert"](a["min"](a["total"] * 255 / a["max"](a["weight"], 8), 255), "L"),
        total=total,
        weight=weight,
    )
    return mean
