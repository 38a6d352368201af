"""Heads that merge with a toned ground are set off from it, as a hand scrapes tone away: palette numbers and heads in,
palette numbers out.

Only tones change, no line does; a ground that is paper, or that differs enough by itself, stays as it is.
"""

from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from drawing.raster.toned import INK, PAPER, density_of, number_of
from manga.geometry import Rect

APART = 0.25
"""How much a head and its ground differ at least, in shares of ink."""
BARE = 0.12
"""A ground with less ink than this is paper: an outline stands out on it."""
NEAR, FAR = 1.15, 1.8
"""Where a head's ground begins and ends, in sizes of the head."""
FADES, GLOW = 1.3, 2.2
"""Where the scraped tone begins to come back, and where it has."""
_EDGE = 180
"""Of Pillow's radial gradient, which has 255 in its corners, at the middle of a side."""
SOFT = 0.12
"""How far its edge at the shoulders is blurred, in widths of the head."""
SPARE = 0.05
"""Tones come in steps, so that what is aimed at is a little more."""


def stood_out(numbers: Image.Image, heads: Sequence[Rect]) -> Image.Image:
    """`numbers` holds palette numbers, `heads` are shares of it. The same image where nothing has to be done."""
    dense = _dense(numbers)
    masks = [_disc(numbers.size, head, 1.0) for head in heads]
    found = numbers
    for head, mask in zip(heads, masks, strict=True):
        kept = _scraped_to(dense, head, mask)
        if kept is not None:
            found = _scraped(found, _glow(numbers.size, head, masks), kept)
    return found


def _dense(numbers: Image.Image) -> Image.Image:
    """Ink by pixel, 255 for black."""
    return numbers.point([round(255 * density_of(min(n, PAPER))) for n in range(256)])


def _scraped_to(dense: Image.Image, head: Rect, inside: Image.Image) -> float | None:
    """What is left of the ground's tone, as a share of it; None where head and ground are apart."""
    ring = ImageChops.subtract(_disc(dense.size, head, FAR), _disc(dense.size, head, NEAR))
    within, around = _mean(dense, inside), _mean(dense, ring)
    if around < BARE or abs(within - around) >= APART:
        return None
    return max(0.0, within - APART - SPARE) / around


def _mean(dense: Image.Image, mask: Image.Image) -> float:
    histogram = dense.histogram(mask)
    return sum(v * n for v, n in enumerate(histogram)) / (255 * max(1, sum(histogram)))


def _disc(size: tuple[int, int], head: Rect, times: float) -> Image.Image:
    """255 in an ellipse so many times as large as the head."""
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).ellipse(_box(size, head, times), fill=255)
    return mask


def _box(size: tuple[int, int], head: Rect, times: float) -> tuple[int, int, int, int]:
    (x, y), (width, height) = head.centre, size
    half = (head.width * times / 2, head.height * times / 2)
    return (
        round((x - half[0]) * width),
        round((y - half[1]) * height),
        round((x + half[0]) * width),
        round((y + half[1]) * height),
    )


def _glow(size: tuple[int, int], head: Rect, heads: Sequence[Image.Image]) -> Image.Image:
    """How much of the tone goes, 255 for as much as has to: all of it beside the head, less farther out, and none on a
    head."""
    left, top, right, bottom = _box(size, head, GLOW)
    far = _EDGE
    near = far / GLOW * FADES
    fade = [round(255 * min(1.0, max(0.0, (far - v) / (far - near)))) for v in range(256)]
    spot = Image.radial_gradient("L").point(fade).resize((max(1, right - left), max(1, bottom - top)))
    mask = Image.new("L", size, 0)
    mask.paste(spot, (left, top))
    ImageDraw.Draw(mask).polygon(_trunk(size, head), fill=0)
    mask = mask.filter(ImageFilter.GaussianBlur(SOFT * head.width * size[0]))
    for other in heads:
        mask.paste(0, mask=other)
    return mask


def _trunk(size: tuple[int, int], head: Rect) -> list[tuple[float, float]]:
    """Neck and shoulders under a head."""
    (x, _), (width, height) = head.centre, size
    sides = ((0.4, head.bottom - 0.15 * head.height), (1.5, head.bottom + 0.8 * head.height), (1.6, 2.0))
    right = [((x + out * head.width) * width, y * height) for out, y in sides]
    return right + [(2 * x * width - px, py) for px, py in reversed(right)]


def _scraped(numbers: Image.Image, glow: Image.Image, kept: float) -> Image.Image:
    found = numbers.copy()
    for n, density in _tones(numbers):
        table = [number_of(density * (1 - (1 - kept) * v / 255)) for v in range(256)]
        found.paste(glow.point(table), mask=numbers.point([255 if v == n else 0 for v in range(256)]))
    return found


def _tones(numbers: Image.Image) -> Iterator[tuple[int, float]]:
    present = numbers.histogram()
    return ((n, density_of(n)) for n in range(INK + 1, PAPER) if present[n])
