"""The author's own pictures: a stranger's bytes in, a clean PNG out. For the process pool.

What comes out was written by us: decoded once within fixed bounds, upright, without metadata, on white.
"""

import io
import warnings
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

from manga.errors import EditRejected

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
LEAST_SIDE_PX = 16
LONGEST_SIDE_PX = 4096
"""What is larger is made smaller: 600 dpi on the longest side of B5 is 6072, and a panel is less than a page."""
_FIELD = "picture"


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """An encoded picture, its size in pixels and its share of black."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int
    ink: float


def cleaned(data: bytes, aspect: float | None = None, *, grey: bool = False) -> OwnPicture:
    """A PNG of the picture, upright and on white; padded to `aspect` (width by height) where one is given; `grey` for
    a book without colour. Raises EditRejected with the reason."""
    image = _opened(data)
    image = ImageOps.exif_transpose(image)
    image.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    plain = _on_white(image)
    if aspect is not None:
        plain = _padded(plain, aspect)
    if grey:
        plain = plain.convert("L")
    out = io.BytesIO()
    plain.save(out, "PNG")
    return _facts(out.getvalue(), plain, "image/png")


def measured(data: bytes) -> OwnPicture:
    """What a stored picture is. Raises EditRejected when it is none that a page can show."""
    image = _opened(data)
    if image.format not in ("PNG", "JPEG"):
        raise _refused(f"a page shows PNG and JPEG, not {image.format}")
    return _facts(data, image, "image/png" if image.format == "PNG" else "image/jpeg")


def _facts(data: bytes, image: Image.Image, media_type: Literal["image/png", "image/jpeg"]) -> OwnPicture:
    mean = ImageStat.Stat(image.convert("L").resize((64, 64))).mean[0]
    return OwnPicture(data, media_type, image.width, image.height, round(1 - mean / 255, 3))


def _opened(data: bytes) -> Image.Image:
    """The decoded picture. Its size is read before a pixel is."""
    if not data:
        raise _refused("there are no bytes")
    if len(data) > MOST_BYTES:
        raise _refused(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_size(image)
            image.load()
    except Image.DecompressionBombError as error:
        raise _refused(f"it has more than {MOST_PIXELS // 1_000_000} million pixels") from error
    except UnidentifiedImageError as error:
        raise _refused("it is no PNG, JPEG or WebP") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise _refused("the file is damaged or ends too early") from error
    return image


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _refused(f"it has more than {MOST_PIXELS // 1_000_000} million pixels")
    if min(image.width, image.height) < LEAST_SIDE_PX:
        raise _refused(f"its sides are at least {LEAST_SIDE_PX} pixels")
    if getattr(image, "n_frames", 1) > 1:
        raise _refused("it moves; a page shows still pictures")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB"):
        return image
    seen = image.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    white.alpha_composite(seen)
    return white.convert("L" if image.mode in ("1", "LA", "I;16", "I", "F") else "RGB")


def _padded(image: Image.Image, aspect: float) -> Image.Image:
    width = max(image.width, round(image.height * aspect))
    height = max(image.height, round(image.width / aspect))
    if width * height > MOST_PIXELS:
        raise _refused("it is too long and thin to be shown whole in this frame")
    page = Image.new(image.mode, (width, height), "white")
    page.paste(image, ((width - image.width) // 2, (height - image.height) // 2))
    return page


def _refused(reason: str) -> EditRejected:
    return EditRejected(f"{_FIELD}: {reason}.", element=_FIELD, remedy="Send a PNG, JPEG or WebP of one still picture.")
