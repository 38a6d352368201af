"""The author's own picture in a panel: a stranger's bytes in, a clean picture in the work's store out.

What is stored was written by us: decoded once within fixed bounds, upright, without metadata, on white. The edit names
it by its content; before it counts, the stored bytes are looked at again.
"""

import io
import warnings
from typing import Literal

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

from graph.blobs import WorkBlobs
from graph.digests import content_name
from graph.edits.values import Picture
from manga.errors import EditRejected, NotFound
from providers.base import Offload

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
LEAST_SIDE_PX = 16
LONGEST_SIDE_PX = 4096
"""What is larger is made smaller: 600 dpi on the longest page of B5 is 6072, and a panel is less than a page."""
_FIELD = "picture"


async def keep_picture(
    data: bytes,
    blobs: WorkBlobs,
    offload: Offload,
    *,
    fit: Literal["fill", "fit"] = "fill",
    aspect: float | None = None,
) -> Picture:
    """Stores a picture and answers the value of a `picture` field. Raises EditRejected with the reason.

    It fills its frame and is cut at the border; with `fit` and the frame's `aspect` (width by height) it is seen whole,
    on white.
    """
    clean, picture = await offload.run(cleaned, data, aspect if fit == "fit" else None)
    await blobs.keep(clean, content_type=picture.media_type)
    return picture


async def checked_picture(picture: Picture, blobs: WorkBlobs, offload: Offload) -> Picture:
    """The picture as the store really holds it. Raises EditRejected when this work has no such picture."""
    try:
        data = await blobs.get(picture.blob)
    except NotFound as error:
        raise _refused("this work has no such picture; send its bytes first") from error
    return await offload.run(measured, data)


def cleaned(data: bytes, aspect: float | None = None) -> tuple[bytes, Picture]:
    """A PNG of the picture, upright and on white; padded to `aspect` where one is given. Raises EditRejected."""
    image = _opened(data)
    image = ImageOps.exif_transpose(image)
    image.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    plain = _on_white(image)
    if aspect is not None:
        plain = _padded(plain, aspect)
    out = io.BytesIO()
    plain.save(out, "PNG")
    return out.getvalue(), _facts(out.getvalue(), plain, "image/png")


def measured(data: bytes) -> Picture:
    """What a stored picture is. Raises EditRejected when it is none that a page can show."""
    image = _opened(data)
    if image.format not in ("PNG", "JPEG"):
        raise _refused(f"a page shows PNG and JPEG, not {image.format}")
    return _facts(data, image, "image/png" if image.format == "PNG" else "image/jpeg")


def _facts(data: bytes, image: Image.Image, media_type: Literal["image/png", "image/jpeg"]) -> Picture:
    mean = ImageStat.Stat(image.convert("L").resize((64, 64))).mean[0]
    ink = round(1 - mean / 255, 3)
    return Picture(blob=content_name(data), media_type=media_type, width=image.width, height=image.height, ink=ink)


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
