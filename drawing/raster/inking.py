"""A grey picture in, ink and tone out, as a hand would have made it: lines pure black, greys in a few even tones.

Lines are found at print resolution, against what lies around them. Greys are read between the lines, so that no tone
runs into one. Dots that a picture already has are first made even again: dots under dots would shimmer.
"""

from collections.abc import Callable

from PIL import Image, ImageChops, ImageFilter

from drawing.raster.dots import descreened
from drawing.raster.reach import around, without_dark, without_light
from drawing.raster.toned import INK, number_of
from manga.geometry import mm_to_px

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


def inked(grey: Image.Image, width_mm: float) -> Image.Image:
    """`grey` is the panel's part of the picture, at the picture's own resolution, `width_mm` wide in print. The answer
    holds palette numbers of `drawing.raster.toned`."""
    flat = descreened(stretched(grey)).filter(ImageFilter.GaussianBlur(_CALM))
    limit = _limit(flat)
    even = _between_lines(flat, _darker(flat, limit))
    size = fine_size(grey, width_mm)
    ink = _darker(flat.resize(size, Image.Resampling.LANCZOS), limit.resize(size, Image.Resampling.BILINEAR))
    tones = even.resize(size, Image.Resampling.BILINEAR)
    numbers = tones.point([max(INK + 1, number_of(1 - v / 255)) for v in range(256)])
    numbers.paste(INK, mask=ink)
    return numbers


def _limit(grey: Image.Image) -> Image.Image:
    """How dark ink is at each place: half way between a line's core and what is beside it, so that faint lines are
    whole and thick ones keep their width; the same for light lines in black."""
    beside, core = without_dark(grey, _THICK), around(grey, _NEAR, "darkest")
    half = ImageChops.darker(ImageChops.add(beside, core, 2), ImageChops.subtract(beside, _even(grey, DEPTH)))
    ground, light = without_light(grey, _THICK), around(grey, _NEAR, "lightest")
    lit = ImageChops.lighter(ImageChops.add(ground, light, 2), ImageChops.add(ground, _even(grey, DEPTH)))
    return ImageChops.darker(ImageChops.lighter(half, _even(grey, SOLID)), lit)


def _even(like: Image.Image, grey: int) -> Image.Image:
    return Image.new("L", like.size, grey)


def fine_size(image: Image.Image, width_mm: float) -> tuple[int, int]:
    """Pixels of the traced lines."""
    width = round(min(mm_to_px(width_mm, LINE_DPI), MOST_ENLARGED * image.width))
    return width, max(1, round(width * image.height / image.width))


def stretched(grey: Image.Image) -> Image.Image:
    """Ink black and paper white. Paper is the commonest light grey when it is nearly white; else the lightest that
    there is. A picture without dark or light keeps its greys."""
    histogram = grey.histogram()
    darkest = _percentile(histogram, 0.003)
    black = darkest if darkest <= _BLACK_AT_MOST else 0
    paper = max(range(_PAPER_AT_LEAST, 256), key=lambda v: histogram[v])
    common = sum(histogram[max(0, paper - 4) :]) >= _PAPER_SHARE * sum(histogram)
    white = paper - _PAPER_GRAIN if common else max(_WHITE_AT_LEAST, _percentile(histogram, 0.995))
    return grey.point([round(max(0, min(255, (v - black) * 255 / (white - black)))) for v in range(256)])


def _percentile(histogram: list[int], share: float) -> int:
    wanted, seen = share * sum(histogram), 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return value
    return 255


def _darker(image: Image.Image, limit: Image.Image) -> Image.Image:
    """255 where a picture is darker than its limit, else 0."""
    return _mask(ImageChops.subtract(limit, image), bool)


def _between_lines(grey: Image.Image, ink: Image.Image) -> Image.Image:
    """The greys without lines: under ink and its soft edge lies what is next to it, the lighter of two sides. What is
    narrower than a dot between two lines is light: no tone can be read there."""
    lit = _mask(grey, lambda v: v >= _LIT)
    unknown = ImageChops.subtract(around(ink, 5, "lightest"), lit)
    even = grey.copy()
    even.paste(0, mask=unknown)
    for _ in range(_SPREAD):
        even.paste(around(even, 3, "lightest"), mask=unknown)
    even = even.filter(ImageFilter.MedianFilter(5))
    closed = around(around(ink, _NARROW, "lightest"), _NARROW, "darkest")
    gaps = around(ImageChops.subtract(closed, ink), _NARROW, "lightest")
    even.paste(255, mask=ImageChops.darker(gaps, closed))
    return even


def _mask(grey: Image.Image, holds: Callable[[int], bool]) -> Image.Image:
    return grey.point([255 if holds(v) else 0 for v in range(256)])
