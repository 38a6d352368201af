"""Measures where a picture is quiet and where there is much to see, by its pixels alone.

In: a grey picture. Out: one hexadecimal digit a cell.

What is counted is contrast within a short distance: lines, hatching, small forms. Paper, an even tone and solid black
are quiet.
"""

import cv2
import numpy as np

from drawing.raster.grow_and_shrink import Grey, around, grey_of
from manga.geometry import Rect

CELL_MM = 3.0
"""How wide a cell is in print: a fifth of a balloon."""
FEWEST, MOST = 4, 48
_FINE = 12
"""Pixels across a cell in which contrast is looked for: 100 a print inch, so that a line is a pixel or two."""
FULL = 0.5
"""The mean contrast of a cell, as a share of black on white, that counts as full."""
BLANK = 6.0
"""A part of a picture whose greys scatter by less than this has nothing in it."""


def busy_rows(grey: Grey, width_mm: float) -> tuple[str, ...]:
    """How much there is to see in each cell: rows from the top, 0 quiet to f full."""
    rows, columns = grey.shape
    across = max(FEWEST, min(MOST, round(width_mm / CELL_MM)))
    down = max(FEWEST, min(MOST, round(width_mm * rows / columns / CELL_MM)))
    fine = grey_of(cv2.resize(grey, (across * _FINE, down * _FINE), interpolation=cv2.INTER_AREA))
    contrast = grey_of(cv2.subtract(around(fine, 3, "lightest"), around(fine, 3, "darkest")))
    cells = cv2.resize(contrast, (across, down), interpolation=cv2.INTER_AREA)
    digits = np.minimum(15, np.rint(cells * (15 / (255 * FULL)))).astype(int)
    return tuple("".join(f"{digit:x}" for digit in row) for row in digits)


def is_blank(grey: Grey, box: Rect) -> bool:
    """Whether a box, in shares of the picture, holds paper or an even tone and nothing else."""
    rows, columns = grey.shape
    part = grey[
        round(box.y * rows) : max(round(box.bottom * rows), round(box.y * rows) + 1),
        round(box.x * columns) : max(round(box.right * columns), round(box.x * columns) + 1),
    ]
    return part.size == 0 or float(part.std()) < BLANK
