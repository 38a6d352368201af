"""Finds screentone that a picture already has, and evens it out: a grey picture in, one without dots out.

A dot is a dark or light speck through which no straight stroke runs. Where specks lie close together over some space,
they are a tone; single ones (a pupil, a freckle, a light in an eye) stay.
"""

from functools import reduce
from math import ceil, hypot

import cv2
import numpy as np

from drawing.raster.reach import Grey, around, fitted, grey_of, without_dark

_DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
DOTTED = 0.05
"""A neighbourhood with this share of specks may be screened."""
WHOLE = 0.85
"""How much of a square must be so that a tone is believed in."""
_STEPS = 9
_SMALL, _FAINT = 7, 60
"""How wide a faint dot is at most, and how much darker than the paper around it at least."""


def descreened(grey: Grey) -> Grey:
    """Tones become flat greys; lines that run through them stay. The same array where there are none."""
    stroke = max(9, min(17, round(min(grey.shape) / 80)))
    dark = _dark(grey)
    light = grey_of(cv2.bitwise_not(dark))
    strokes = _strokes(dark, stroke)
    specks = grey_of(cv2.max(cv2.subtract(dark, strokes), cv2.subtract(light, _strokes(light, stroke))))
    there = _tones(specks, around(strokes, 3, "lightest"), stroke)
    if not there.any():
        return grey
    return np.where(there, _mean(grey, there, stroke * 0.55), grey)


def _dark(grey: Grey) -> Grey:
    """What is black, and what is faint but darker than all around it, as small dots are."""
    limit = np.maximum(cv2.subtract(without_dark(grey, _SMALL), np.full_like(grey, _FAINT)), 128)
    return grey_of(cv2.compare(grey, limit, cv2.CMP_LT))


def _tones(specks: Grey, lines: Grey, stroke: int) -> Grey:
    """Where specks are many, in one piece large enough to be a tone, up to the lines around it."""
    near = grey_of(cv2.subtract(_over(_averaged(specks, stroke * 0.8), DOTTED), lines))
    there = _over(_averaged(near, stroke * 1.8), WHOLE)
    for _ in range(_STEPS):
        there = np.minimum(around(there, 7, "lightest"), near)
    return there


def _averaged(image: Grey, reach: float) -> Grey:
    """The mean of a square that reaches so far to every side."""
    side = 2 * round(reach) + 1
    return grey_of(cv2.blur(image, (side, side), borderType=cv2.BORDER_REPLICATE))


def _over(image: Grey, share: float) -> Grey:
    return grey_of(cv2.threshold(image, share * 255, 255, cv2.THRESH_BINARY)[1])


def _strokes(marks: Grey, length: int) -> Grey:
    """What is left of marks when a straight stroke of that length must fit into them."""
    counts = (1 + ceil((length - 1) / hypot(*step)) for step in _DIRECTIONS)
    return reduce(np.maximum, (fitted(marks, step, count) for step, count in zip(_DIRECTIONS, counts, strict=True)))


def _mean(grey: Grey, known: Grey, reach: float) -> Grey:
    """The mean of what is known around each pixel."""
    total = cv2.GaussianBlur(np.minimum(grey, known), (0, 0), reach).astype(np.float32)
    weight = np.maximum(cv2.GaussianBlur(known, (0, 0), reach), 8)
    return np.minimum(total * 255 / weight, 255).astype(np.uint8)
