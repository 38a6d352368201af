"""Grows and shrinks marks: the lightest and the darkest around each pixel, in a square or along a line.

Pictures are arrays of one byte a pixel, row by row; 0 is black. Beyond the border there is nothing that counts.
OpenCV does this in a tenth of the time of Pillow's arithmetic.
"""

from typing import Any, Literal, TypeAlias, cast

import cv2
import numpy as np
import numpy.typing as npt

Grey: TypeAlias = npt.NDArray[np.uint8]
Pick = Literal["lightest", "darkest"]
Step = tuple[int, int]


def grey_of(found: Any) -> Grey:
    """OpenCV's answer: it keeps the type of what it is given, but does not say so."""
    return cast(Grey, found)


def table(values: list[int]) -> Grey:
    """What each of 256 greys becomes, for `cv2.LUT`."""
    return np.array(values, dtype=np.uint8)


def counted(grey: Grey) -> list[int]:
    """How many pixels have each of 256 greys."""
    return [int(count) for count in cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()]


def around(image: Grey, size: int, pick: Pick) -> Grey:
    """The one that is picked in a square of `size` (odd) pixels around each pixel."""
    square = np.ones((size, size), np.uint8)
    return grey_of(cv2.dilate(image, square) if pick == "lightest" else cv2.erode(image, square))


def without_dark(image: Grey, size: int) -> Grey:
    """What is dark and thinner than `size` takes on what is beside it."""
    return around(around(image, size, "lightest"), size, "darkest")


def without_light(image: Grey, size: int) -> Grey:
    """What is light and thinner than `size` takes on what is beside it."""
    return around(around(image, size, "darkest"), size, "lightest")


def fitted(marks: Grey, step: Step, count: int) -> Grey:
    """What is left of light marks when `count` places, `step` after `step` (across, down), must all lie in them."""
    dx, dy = step
    line = np.zeros(((count - 1) * abs(dy) + 1, (count - 1) * abs(dx) + 1), np.uint8)
    for i in range(count):
        line[i * abs(dy), i * abs(dx) if dx * dy >= 0 else (count - 1 - i) * abs(dx)] = 1
    height, width = line.shape
    shrunk = cv2.erode(marks, line, anchor=(0, 0))
    return grey_of(cv2.dilate(shrunk, line, anchor=(width - 1, height - 1)))
