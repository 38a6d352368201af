"""A grey picture in, ink and tone out, as a hand would have made it: lines pure black, greys in a few even tones.

Lines are found at print resolution, against what lies around them. Greys are read between the lines, so that no tone
runs into one. Dots that a picture already has are first made even again: dots under dots would shimmer.
"""

from PIL import Image, ImageChops, ImageFilter

from drawing.raster.dots import descreened
from drawing.raster.toned import INK, number_of
from manga.geometry import mm_to_px

LINE_DPI = 600
MOST_ENLARGED = 3.0
"""How much finer lines are traced than the picture is: beyond that there is nothing to be found."""
SOLID = 70
"""What is darker is ink, however large it is."""
AGAINST = 0.62
"""What is darker than this share of its surroundings is a line."""
_THICK = 9
"""Pixels of the picture: how thick a line is at most that is found by its surroundings."""
_LIT = 232
"""What is lighter is paper, even between two lines."""
_SPREAD = 6
"""Pixels that greys reach under a line."""
_BLACK_AT_MOST, _WHITE_AT_LEAST = 70, 190


def inked(grey: Image.Image, width_mm: float) -> Image.Image:
    """`grey` is the panel's part of the picture, at the picture's own resolution, `width_mm` wide in print. The answer
    holds palette numbers of `drawing.raster.toned`."""
    flat = descreened(stretched(grey))
    surroundings = flat.filter(ImageFilter.MaxFilter(_THICK)).filter(ImageFilter.MinFilter(_THICK))
    limit = surroundings.point([max(SOLID, round(AGAINST * v)) for v in range(256)])
    even = _between_lines(flat, _darker(flat, limit))
    size = fine_size(grey, width_mm)
    ink = _darker(flat.resize(size, Image.Resampling.LANCZOS), limit.resize(size, Image.Resampling.BILINEAR))
    tones = even.resize(size, Image.Resampling.BILINEAR)
    numbers = tones.point([max(INK + 1, number_of(1 - v / 255)) for v in range(256)])
    numbers.paste(INK, mask=ink)
    return numbers


def fine_size(image: Image.Image, width_mm: float) -> tuple[int, int]:
    """Pixels of the traced lines."""
    width = round(min(mm_to_px(width_mm, LINE_DPI), MOST_ENLARGED * image.width))
    return width, max(1, round(width * image.height / image.width))


def stretched(grey: Image.Image) -> Image.Image:
    """Ink black and paper white: the darkest and lightest hundredth become so, unless the picture is without."""
    histogram = grey.histogram()
    black = min(_BLACK_AT_MOST, _percentile(histogram, 0.01))
    white = max(_WHITE_AT_LEAST, _percentile(histogram, 0.985) - 4)
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
    return ImageChops.subtract(limit, image).point([255 if v else 0 for v in range(256)])


def _between_lines(grey: Image.Image, ink: Image.Image) -> Image.Image:
    """The greys without lines: under ink and its soft edge lies what is next to it, the lighter of two sides."""
    lit = grey.point([255 if v >= _LIT else 0 for v in range(256)])
    unknown = ImageChops.subtract(ink.filter(ImageFilter.MaxFilter(5)), lit)
    even = grey.copy()
    even.paste(0, mask=unknown)
    for _ in range(_SPREAD):
        even.paste(even.filter(ImageFilter.MaxFilter(3)), mask=unknown)
    return even.filter(ImageFilter.MedianFilter(5))
