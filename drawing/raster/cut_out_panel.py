"""Makes small pictures of large ones: a panel cut out of its page to stand beside a sentence, a page for a shelf."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

MOST_PX: Final = 320
"""Of the longer side of a panel."""
THUMBNAIL_PX: Final = 520
"""Of the longer side of a page: a cover on the shelf of a fine screen."""
MOST_BYTES: Final = 25_000
_QUALITIES: Final = (76, 64, 52, 40, 28)
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
    return _small(shown, MOST_PX)


def thumbnail(picture: bytes) -> CutOut:
    """The whole picture; screen tones become greys. Raises what Pillow raises for no picture."""
    from PIL import Image

    with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as whole:
        return _small(whole.convert("L" if whole.mode in _GREYS else "RGB"), THUMBNAIL_PX)


def _small(picture: "Image.Image", most_px: int) -> CutOut:
    """As fine as `MOST_BYTES` allow."""
    from PIL import Image

    picture.thumbnail((most_px, most_px), Image.Resampling.LANCZOS)
    for quality in _QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return CutOut(out.getvalue(), picture.width, picture.height)
