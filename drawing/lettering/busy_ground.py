"""How much there is to see under a balloon: a picture's busy cells and where it lies on the page in, a share out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from manga.geometry import Rect

_FULL = 15
_QUIET = 0.15
"""This share of a picture's cells is quiet: what is no busier than they is not counted."""


@dataclass(frozen=True, slots=True)
class BusyGround:
    """`sums[j][i]` is the sum of all cells above row j and left of column i; a cell is 0 quiet to 1 full."""

    box: Rect
    sums: tuple[tuple[float, ...], ...]

    def under(self, box: Rect) -> float:
        """The mean of what a box covers, 0..1; beyond the picture there is nothing to see."""
        down, across = len(self.sums) - 1, len(self.sums[0]) - 1
        left, right = ((x - self.box.x) / self.box.width * across for x in (box.x, box.right))
        top, bottom = ((y - self.box.y) / self.box.height * down for y in (box.y, box.bottom))
        whole = (right - left) * (bottom - top)
        if whole <= 0:
            return 0.0
        inner = self._at(right, bottom) - self._at(left, bottom) - self._at(right, top) + self._at(left, top)
        return max(0.0, inner / whole)

    def _at(self, x: float, y: float) -> float:
        """The sum of all above and left of a point, cells counted by what of them is."""
        x, y = min(max(x, 0.0), len(self.sums[0]) - 1.0), min(max(y, 0.0), len(self.sums) - 1.0)
        i, j = min(int(x), len(self.sums[0]) - 2), min(int(y), len(self.sums) - 2)
        dx, dy = x - i, y - j
        upper, lower = self.sums[j], self.sums[j + 1]
        return (1 - dy) * ((1 - dx) * upper[i] + dx * upper[i + 1]) + dy * ((1 - dx) * lower[i] + dx * lower[i + 1])


def ground_of(rows: Sequence[str], box: Rect) -> BusyGround | None:
    """`rows` of hexadecimal digits, as `PictureMap.busy` has them; None where nobody has looked."""
    if not rows or not rows[0] or box.area <= 0:
        return None
    cells = sorted(int(digit, 16) for row in rows for digit in row)
    quiet = cells[round(_QUIET * (len(cells) - 1))]
    sums = [(0.0,) * (len(rows[0]) + 1)]
    for row in rows:
        own = (0.0, *accumulate(max(0, int(digit, 16) - quiet) / _FULL for digit in row))
        sums.append(tuple(above + cell for above, cell in zip(sums[-1], own, strict=True)))
    return BusyGround(box, tuple(sums))
