"""Paints letters out of a picture where they stand on an even ground: balloons, captions, boards, sky.

Letters that lie over the drawing itself stay: what is behind them cannot be known, and a smear is worse than a word.
"""

from typing import Any, Final

import cv2
import numpy as np
from PIL import Image

from drawing.raster.find_letters import FoundLetters
from drawing.raster.grow_and_shrink import grey_of

_UNLIKE: Final = 28
"""What differs by more than this many greys from its ground is a letter, or its soft edge."""
EVEN: Final = 0.8
"""The share of the rim around letters that must be their ground. What crosses the rim, as a balloon's line, stays."""
_MORE: Final = 0.7
"""How far a line goes on beyond its box, in its heights: the finder often misses a first or last letter."""
_REACH_PX: Final = 5


def painted_out(image: Image.Image, found: tuple[FoundLetters, ...]) -> tuple[Image.Image, tuple[FoundLetters, ...]]:
    """The picture (grey or RGB) without them, and those that stay in it."""
    pixels = np.array(image)
    left = tuple(one for one in found if not _paint(pixels, one))
    return Image.fromarray(pixels), left


def _paint(pixels: Any, letters: FoundLetters) -> bool:
    """Whether their ground was even, so that they are gone."""
    part = _part(pixels, letters)
    grey = grey_of(part if part.ndim == 2 else cv2.cvtColor(part, cv2.COLOR_RGB2GRAY))
    unlike = np.abs(grey.astype(np.int16) - _ground(grey)) > _UNLIKE
    rim = np.ones(grey.shape, bool)
    rim[1:-1, 1:-1] = False
    if unlike[rim].mean() > 1 - EVEN:
        return False
    _, parts = cv2.connectedComponents(unlike.astype(np.uint8))
    inside = unlike & ~np.isin(parts, np.unique(parts[rim & unlike]))
    mask = cv2.dilate(inside.astype(np.uint8), np.ones((5, 5), np.uint8))
    part[:] = cv2.inpaint(np.ascontiguousarray(part), mask, _REACH_PX, cv2.INPAINT_TELEA)
    return True


def _part(pixels: Any, letters: FoundLetters) -> Any:
    """The pixels of a line or a column, and of a letter more at both of its ends."""
    rows, columns = pixels.shape[:2]
    box = letters.box
    left, right, top, bottom = box.x * columns, box.right * columns, box.y * rows, box.bottom * rows
    more = min(right - left, bottom - top) * _MORE
    across, down = (more, 0.0) if right - left > bottom - top else (0.0, more)
    return pixels[
        max(0, round(top - down)) : round(bottom + down), max(0, round(left - across)) : round(right + across)
    ]


def _ground(grey: Any) -> int:
    """The commonest grey, to the nearest eight."""
    histogram = cv2.calcHist([grey], [0], None, [32], [0, 256]).ravel()
    return int(histogram.argmax()) * 8 + 4
