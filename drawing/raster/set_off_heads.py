"""Sets heads off from a toned ground that they merge with: palette numbers and heads in, palette numbers out.

Only tones change, no line does; a ground that is paper, or that differs enough by itself, stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import cv2
import numpy as np

from drawing.raster.grow_and_shrink import Grey, counted, grey_of, table
from drawing.raster.toned_panel import INK, PAPER, density_of, number_of
from manga.geometry import Point, Rect

APART = 0.25
"""How much a head and its ground differ at least, in shares of ink."""
BARE = 0.12
"""A ground with less ink than this is paper: an outline stands out on it."""
NEAR, FAR = 1.15, 1.8
"""Where a head's ground begins and ends, in sizes of the head."""
FADES, GLOW = 1.3, 2.2
"""Where the scraped tone begins to come back, and where it has."""
SOFT = 0.12
"""How far its edge at the shoulders is blurred, in widths of the head."""
SPARE = 0.05
"""Tones come in steps, so that what is aimed at is a little more."""
_FINE = 48
"""Pixels of a head's width in which the way that tone fades is drawn; it is soft."""
_DENSE = [round(255 * density_of(min(n, PAPER))) for n in range(256)]


@dataclass(frozen=True, slots=True)
class _Near:
    """The part of a picture around a head: its first column and row, its size and that of the whole, in pixels."""

    left: int
    top: int
    width: int
    height: int
    whole: tuple[int, int]

    def of(self, image: Grey) -> Grey:
        """That part of it, not a copy."""
        return image[self.top : self.top + self.height, self.left : self.left + self.width]

    def disc(self, head: Rect, times: float) -> Grey:
        """255 in an ellipse so many times as large as the head."""
        (x, y), (width, height) = head.centre, self.whole
        centre = (round(x * width) - self.left, round(y * height) - self.top)
        half = (max(0, round(head.width * times * width / 2)), max(0, round(head.height * times * height / 2)))
        return grey_of(cv2.ellipse(self.empty(), centre, half, 0, 0, 360, 255, cv2.FILLED))

    def empty(self) -> Grey:
        return np.zeros((self.height, self.width), np.uint8)


def stood_out(numbers: Grey, heads: Sequence[Rect]) -> Grey:
    """`numbers` holds palette numbers, `heads` are shares of it. The same array where nothing has to be done."""
    found = numbers
    for head in heads:
        near = _around(numbers, head)
        kept = _scraped_to(near, near.of(numbers), head) if near.width > 0 and near.height > 0 else None
        if kept is not None:
            found = found.copy() if found is numbers else found
            near.of(found)[:] = _scraped(near.of(found), _glow(near, head, heads), kept)
    return found


def _around(numbers: Grey, head: Rect) -> _Near:
    rows, columns = numbers.shape
    (x, y), reach = head.centre, GLOW / 2 + 3 * SOFT
    across, down = reach * head.width * columns, reach * head.height * rows + 3 * SOFT * head.width * columns
    left, top = max(0, floor(x * columns - across)), max(0, floor(y * rows - down))
    right, bottom = min(columns, ceil(x * columns + across)), min(rows, ceil(y * rows + down))
    return _Near(left, top, right - left, bottom - top, (columns, rows))


def _scraped_to(near: _Near, numbers: Grey, head: Rect) -> float | None:
    """What is left of the ground's tone, as a share of it; None where head and ground are apart."""
    dense = grey_of(cv2.LUT(numbers, table(_DENSE)))
    ring = grey_of(cv2.subtract(near.disc(head, FAR), near.disc(head, NEAR)))
    within, around = (cv2.mean(dense, mask)[0] / 255 for mask in (near.disc(head, 1.0), ring))
    if around < BARE or abs(within - around) >= APART:
        return None
    return max(0.0, within - APART - SPARE) / around


def _glow(near: _Near, head: Rect, heads: Sequence[Rect]) -> Grey:
    """How much of the tone goes, 255 for as much as has to: all of it beside the head, less farther out, and none on a
    head."""
    (x, y), (width, height) = head.centre, near.whole
    scale = min(1.0, _FINE / max(1.0, head.width * width))
    size = (max(1, round(near.width * scale)), max(1, round(near.height * scale)))
    columns = near.left + (np.arange(size[0]) + 0.5) * near.width / size[0]
    rows = near.top + (np.arange(size[1]) + 0.5) * near.height / size[1]
    reach = (GLOW / 2 * head.width * width, GLOW / 2 * head.height * height)
    far = np.hypot((columns[None, :] - x * width) / reach[0], (rows[:, None] - y * height) / reach[1])
    spot = (255 * np.clip((1 - far) / (1 - FADES / GLOW), 0, 1)).astype(np.uint8)
    trunk = [((px - near.left) * scale, (py - near.top) * scale) for px, py in _trunk(near.whole, head)]
    cv2.fillPoly(spot, [np.round(trunk).astype(np.int32)], 0)
    soft = cv2.GaussianBlur(spot, (0, 0), max(0.3, SOFT * head.width * width * scale))
    glow = grey_of(cv2.resize(soft, (near.width, near.height), interpolation=cv2.INTER_LINEAR))
    for other in heads:
        glow[near.disc(other, 1.0) > 0] = 0
    return glow


def _trunk(size: tuple[int, int], head: Rect) -> list[Point]:
    """Neck and shoulders under a head."""
    (x, _), (width, height) = head.centre, size
    sides = ((0.4, head.bottom - 0.15 * head.height), (1.5, head.bottom + 0.8 * head.height), (1.6, 2.0))
    right = [((x + out * head.width) * width, y * height) for out, y in sides]
    return right + [(2 * x * width - px, py) for px, py in reversed(right)]


def _scraped(numbers: Grey, glow: Grey, kept: float) -> Grey:
    """Each tone by how much of it goes; ink and paper stay."""
    found = numbers.copy()
    present = counted(numbers)
    for n in (n for n in range(INK + 1, PAPER) if present[n]):
        tones = table([number_of(density_of(n) * (1 - (1 - kept) * v / 255)) for v in range(256)])
        cv2.copyTo(cv2.LUT(glow, tones), cv2.inRange(numbers, (n,), (n,)), found)
    return found
