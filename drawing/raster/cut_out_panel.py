"""Cuts one panel out of a page's picture, small enough to stand beside a sentence."""

import io
from dataclasses import dataclass
from typing import Final

MOST_PX: Final = 320
"""Of the longer side."""
_QUALITY: Final = 72
_GREYS: Final = ("1", "L", "LA", "I", "I;16")


@dataclass(frozen=True, slots=True)
class CutOut:
    """A JPEG with its size in pixels."""

    data: bytes
    width: int
    height: int


def cut_out(page: bytes, box: tuple[float, float, float, float]) -> CutOut:
    """`box` is left, top, right, bottom as shares of the page. Raises what Pillow raises for no picture."""
    from PIL import Image

    with Image.open(io.BytesIO(page), formats=("PNG", "JPEG")) as whole:
        wide, high = whole.size
        corners = [round(max(0.0, min(1.0, part)) * full) for part, full in zip(box, (wide, high) * 2, strict=True)]
        left, top = min(corners[0], wide - 1), min(corners[1], high - 1)
        part = whole.crop((left, top, max(corners[2], left + 1), max(corners[3], top + 1)))
        shown = part.convert("L" if whole.mode in _GREYS else "RGB")
    shown.thumbnail((MOST_PX, MOST_PX), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY)
    return CutOut(out.getvalue(), shown.width, shown.height)
