"""Cleans pictures that authors send: a stranger's bytes in, a clean PNG out. For the process pool.

What comes out was written by us: decoded once within fixed bounds, upright, without metadata, on white.
"""

import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageStat

from drawing.raster.decode_picture import LEAST_SIDE_PX, MOST_PIXELS, BadPicture, on_white, opened, upright
from manga.errors import EditRejected

LONGEST_SIDE_PX = 4096
"""What is larger is made smaller: 600 dpi on the longest side of B5 is 6072, and a panel is less than a page."""
PACKING = 1
"""Of a PNG. More makes noise no smaller, and takes seconds."""
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
    image = upright(_opened(data))
    if grey and image.mode == "RGB" and not image.has_transparency_data:
        image = image.convert("L")  # a third of the work from here on
    image.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    if min(image.size) < LEAST_SIDE_PX:
        raise _refused("it is too long and thin")
    plain = on_white(image)
    if aspect is not None:
        plain = _padded(plain, aspect)
    if grey:
        plain = plain.convert("L")
    out = io.BytesIO()
    plain.save(out, "PNG", compress_level=PACKING)
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
    try:
        return opened(data)
    except BadPicture as error:
        raise _refused(str(error)) from error


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
