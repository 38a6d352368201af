"""Chooses which part of a picture a panel shows: sizes and boxes in, a window out; nothing is stretched.

The window has the panel's proportions and is as large as the picture allows, so only one pair of sides loses anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from manga.geometry import Rect

HEADROOM = 0.4
"""Without faces to keep, this share of what is cut off falls away at the top: heads are there."""
STEPS = 48


DEEPEST = 0.06
"""How far into the picture, as a share of it, a frame can lie that the model drew by itself."""
THICKEST = 0.025
_BLANK, _DRAWN, _STEP = 232, 110, 60


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a picture, in its pixels (fractions allowed)."""

    left: float
    top: float
    width: float
    height: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (self.left, self.top, self.left + self.width, self.top + self.height)


def unframed(image: Image.Image) -> Window:
    """The picture without a panel border of its own, and the paper around that: the page draws its own. A border is a
    dark line along all four edges; whatever else there is, is picture."""
    width, height = image.size
    across, down = round(DEEPEST * width), round(DEEPEST * height)
    columns = [_means(image, (x, 0, x + across, height), (across, 1)) for x in (0, width - across)]
    rows = [_means(image, (0, y, width, y + down), (1, down)) for y in (0, height - down)]
    thick_x, thick_y = round(THICKEST * width), round(THICKEST * height)
    left, right = _border(columns[0], thick_x), _border(columns[1][::-1], thick_x)
    top, bottom = _border(rows[0], thick_y), _border(rows[1][::-1], thick_y)
    if not (left and right and top and bottom):
        return Window(0, 0, width, height)
    return Window(left, top, width - left - right, height - top - bottom)


def _means(image: Image.Image, box: tuple[int, int, int, int], size: tuple[int, int]) -> bytes:
    """The mean grey of each column, or of each row, of a strip."""
    if 0 in size:
        return b""
    return image.crop(box).convert("L").resize(size, Image.Resampling.BOX).tobytes()


def _border(greys: bytes, thickest: int) -> int:
    """Where the picture begins behind paper and a line, from one edge inwards; 0 when there is no line."""
    deepest = len(greys)
    paper = next((i for i in range(deepest) if greys[i] < _BLANK), deepest)
    line = next((i for i in range(paper, min(paper + 4, deepest)) if greys[i] < _DRAWN), deepest)
    thick = range(line, min(line + thickest, deepest))
    inside = next((i for i in thick if greys[i] > min(greys[line:i], default=255) + _STEP), None)
    return 0 if inside is None else inside + 1  # its soft edge belongs to the line


def window_of(width: int, height: int, aspect: float, keep: Sequence[Rect] = ()) -> Window:
    """The window of a picture for a panel of `aspect` (width by height). `keep` are boxes, as shares of the picture,
    that should stay inside; faces first."""
    if width / height > aspect:
        wide = height * aspect
        spans = [(box.x * width, box.right * width) for box in keep]
        return Window(_start(width, wide, spans, 0.5), 0.0, wide, float(height))
    tall = width / aspect
    spans = [(box.y * height, box.bottom * height) for box in keep]
    return Window(0.0, _start(height, tall, spans, HEADROOM), float(width), tall)


def _start(whole: float, part: float, spans: Sequence[tuple[float, float]], rest: float) -> float:
    """Where the part begins: it keeps most of the spans, then lies nearest to where it would lie without them."""
    free = max(0.0, whole - part)
    wanted = free * rest
    if not spans or free <= 0:
        return wanted
    starts = [wanted, *(free * i / STEPS for i in range(STEPS + 1))]
    return max(starts, key=lambda start: (round(_kept(start, start + part, spans), 3), -abs(start - wanted)))


def _kept(start: float, end: float, spans: Sequence[tuple[float, float]]) -> float:
    """How much of the spans lies inside, each counted as 1."""
    return sum(max(0.0, min(end, b) - max(start, a)) / max(1e-6, b - a) for a, b in spans)


def through(window: Window, width: int, height: int, box: Rect) -> Rect | None:
    """A box of the picture (shares) as shares of the window; None when it lies outside."""
    x0 = (box.x * width - window.left) / window.width
    x1 = (box.right * width - window.left) / window.width
    y0 = (box.y * height - window.top) / window.height
    y1 = (box.bottom * height - window.top) / window.height
    return clipped(x0, y0, x1, y1)


def clipped(x0: float, y0: float, x1: float, y1: float) -> Rect | None:
    """The part of a box inside the unit square; None when nothing of it can be seen."""
    x0, x1 = max(0.0, min(1.0, x0)), max(0.0, min(1.0, x1))
    y0, y1 = max(0.0, min(1.0, y0)), max(0.0, min(1.0, y1))
    if x1 - x0 < 0.004 or y1 - y0 < 0.004:
        return None
    return Rect(x=round(x0, 4), y=round(y0, 4), width=round(x1 - x0, 4), height=round(y1 - y0, 4))
