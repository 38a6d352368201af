"""Gives colour pictures of one book the same paper white and the same black, so that panels of a page keep together.

Paper is the commonest colour among the light ones, where it is nearly grey. A picture without paper (a night, a sunset)
keeps its light colours, one without black its dark ones: what is no paper is not made paper.
"""

from typing import Any, Final

import cv2
import numpy as np
from PIL import Image

WHITE, BLACK = 254, 10
"""What paper and ink become."""
_LIGHT, _DARK = 205, 70
"""Paper is at least so light, ink at most so dark (luma)."""
_SHARE, _INKED = 0.03, 0.003
"""How much of a picture paper is at least, and the darkest part of it by which ink is known."""
_CAST: Final = 36
"""How far the channels of paper may lie apart: what is more coloured is a wall, a sky or the light of a lamp."""
_NEAR: Final = 6
"""Greys that lie no farther from the commonest one are the same paper."""
_FINE_PX: Final = 512
"""Colours are read off a picture so small."""


def evened(image: Image.Image) -> Image.Image:
    """A picture in RGB; the same one where nothing has to be done."""
    small = np.asarray(image.reduce(max(1, max(image.size) // _FINE_PX)))
    luma = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    counts = np.bincount(luma.ravel(), minlength=256)
    white, black = _paper(small, luma, counts), _ink(counts)
    tables = [_levels(black, channel) for channel in white]
    same = all(abs(levels[v] - v) <= 1 for levels in tables for v in range(256))
    return image if same else image.point([level for levels in tables for level in levels])


def _paper(small: Any, luma: Any, counts: Any) -> tuple[int, int, int]:
    """The colour that becomes white; white itself where there is no paper."""
    commonest = _LIGHT + int(np.argmax(counts[_LIGHT:]))
    near = np.abs(luma.astype(np.int16) - commonest) <= _NEAR
    if near.mean() < _SHARE:
        return (WHITE, WHITE, WHITE)
    red, green, blue = (round(float(v)) for v in np.median(small[near], axis=0))
    plain = max(red, green, blue) - min(red, green, blue) <= _CAST
    return (red, green, blue) if plain else (WHITE, WHITE, WHITE)


def _ink(counts: Any) -> int:
    """The grey that becomes black; black itself where nothing is dark."""
    darkest = int(np.searchsorted(np.cumsum(counts), _INKED * counts.sum()))
    return darkest if darkest <= _DARK else BLACK


def _levels(black: int, white: int) -> list[int]:
    """Of one channel: straight from black to white."""
    slope = (WHITE - BLACK) / max(1, white - black)
    return [round(max(0.0, min(255.0, BLACK + (v - black) * slope))) for v in range(256)]
