"""A panel in black, white and a few tones: one small PNG, and its layers for a page.

The PNG has a palette of greys, so that anything shows it; a word in it says that its greys mean tones. On a page they
are printed as dots of one lattice with those of all other panels, at any size: no dot is ever resampled.
"""

import io
from bisect import bisect_left as bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, PngImagePlugin

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

DENSITIES = (0.07, 0.12, 0.18, 0.24, 0.3, 0.36, 0.42, 0.48, 0.54, 0.6, 0.66, 0.72, 0.78)
"""The share that each tone inks, light to dark. More than 80 % does not print as a tone."""
INK, PAPER = 0, len(DENSITIES) + 1
"""Numbers of the palette. The tones lie between, the darkest first."""
LEAST = 0.05
"""What is lighter than this is paper."""
_KNOWN = (0.0, *DENSITIES, 1.0)
_BETWEEN = tuple((light + dark) / 2 for light, dark in pairwise(_KNOWN))
MARK, MARKED = "mangaka", "tone/1"
PACKED = 5
"""zlib's level: two thirds of the time of 7 for one byte in twenty."""
COARSER = 2
"""Tones need this much less resolution than lines: their dots are larger than what is lost."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Where one ink prints: `mask` has 1 bit a pixel, rows of whole bytes, 1 where it prints. Density 1 is solid."""

    density: float
    mask: bytes
    width: int
    height: int


def number_of(density: float) -> int:
    """The palette's number of a density's nearest neighbour: ink, a tone, or paper."""
    if density < LEAST:
        return PAPER
    return PAPER - bisect(_BETWEEN, density)


def density_of(number: int) -> float:
    """What a number of the palette inks, 0..1."""
    return _KNOWN[PAPER - number]


def share_of_ink(histogram: Sequence[int]) -> float:
    """How much of a picture is black, by how many of its pixels have each palette number; tones count by density."""
    return sum(density_of(n) * histogram[n] for n in range(PAPER + 1)) / max(1, sum(histogram))


def toned_png(numbers: Image.Image, histogram: Sequence[int] = ()) -> bytes:
    """`numbers` is an "L" image of palette numbers. 4 bits a pixel, or 1 bit when there is no tone."""
    note = PngImagePlugin.PngInfo()
    note.add_text(MARK, MARKED)
    out = io.BytesIO()
    if any((histogram or numbers.histogram())[INK + 1 : PAPER]):
        numbers = numbers.copy()
        numbers.putpalette([grey for n in range(PAPER + 1) for grey in [round(255 * (1 - density_of(n)))] * 3])
        numbers.save(out, "PNG", bits=4, pnginfo=note, compress_level=PACKED)
    else:
        numbers.point(_where(lambda n: n != INK), "1").save(out, "PNG", pnginfo=note, compress_level=PACKED)
    return out.getvalue()


def is_toned(image: Image.Image) -> bool:
    """Whether the greys of an opened picture mean tones."""
    return image.mode in {"P", "1"} and image.info.get(MARK) == MARKED


def numbers_of(image: Image.Image) -> Image.Image:
    """The palette numbers of a toned picture, as "L"."""
    if image.mode == "1":
        return image.convert("L").point([PAPER if grey else INK for grey in range(256)])
    return Image.frombytes("L", image.size, image.tobytes())


def layers(image: Image.Image) -> Iterator[Layer]:
    """What to print on white, in this order. A darker tone lies on the lighter ones, whose dots its own dots cover: no
    seam shows where two meet."""
    import numpy as np  # here: pages of drawn panels do without

    numbers = np.asarray(image if image.mode == "P" else numbers_of(image))
    rows, columns = (slice(min(side - 1, COARSER // 2), None, COARSER) for side in numbers.shape)
    toned = numbers[rows, columns].copy()
    toned[toned == INK] = PAPER
    present = Image.fromarray(toned).histogram()
    for tone in range(PAPER - 1, INK, -1):
        if present[tone]:
            yield _layer(density_of(tone), toned <= tone)
    ink = numbers == INK
    if ink.any():
        yield _layer(1.0, ink)


def _layer(density: float, there: "npt.NDArray[np.bool_]") -> Layer:
    import numpy as np

    height, width = there.shape
    return Layer(density, np.packbits(there, axis=1).tobytes(), width, height)


def _where(holds: Callable[[int], bool]) -> list[int]:
    return [255 if holds(n) else 0 for n in range(256)]
