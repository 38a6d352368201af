"""Decodes a stranger's bytes to one still picture within fixed bounds: upright, on white, grey or RGB, and nothing of
the file but its pixels.

Raises `BadPicture` with the reason; the caller says what that means to whoever sent the bytes.
"""

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
LEAST_SIDE_PX = 16
MOST_SCANS = 100
"""Of a JPEG. Each is drawn over the whole picture, and a few bytes are enough for one; cameras write ten."""
_SCAN = b"\xff\xda"
_GREY_MODES = frozenset({"1", "LA", "I;16", "I;16B", "I", "F"})


class BadPicture(ValueError):
    """The bytes are no picture that a page can show. The message is the reason, as half a sentence."""


def opened(
    data: bytes, *, formats: Sequence[str] = FORMATS, least_side_px: int = LEAST_SIDE_PX, grey: bool = False
) -> Image.Image:
    """The decoded picture as it is stored; where only its `grey` is wanted, a JPEG's colours are not decoded. Its size
    is read before a pixel is."""
    if not data:
        raise BadPicture("there are no bytes")
    if len(data) > MOST_BYTES:
        raise BadPicture(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    if data.startswith(b"\xff\xd8") and data.count(_SCAN) > MOST_SCANS:
        raise BadPicture(f"it has more than {MOST_SCANS} scans")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # what a file has beside its pixels is of no interest
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=tuple(formats))
            _check_size(image, least_side_px)
            if grey:
                image.draft("L", image.size)
            image.load()
    except BadPicture:
        raise
    except Image.DecompressionBombError as error:
        raise BadPicture(f"it has more than {MOST_PIXELS // 1_000_000} million pixels") from error
    except UnidentifiedImageError as error:
        raise BadPicture("it is no PNG, JPEG or WebP") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise BadPicture("the file is damaged or ends too early") from error
    return image


def _check_size(image: Image.Image, least_side_px: int) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise BadPicture(f"it has more than {MOST_PIXELS // 1_000_000} million pixels")
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":  # a JPEG with its own small copies
        raise BadPicture("it moves; a page shows still pictures")
    if min(image.width, image.height) < least_side_px:
        raise BadPicture(f"its sides are at least {least_side_px} pixels")


def upright(image: Image.Image) -> Image.Image:
    """The same picture, turned as its camera says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        ImageOps.exif_transpose(image, in_place=True)
    return image


def on_white(image: Image.Image) -> Image.Image:
    """Grey or RGB, without anything else that the file said; what is seen through is white."""
    plain = _plain(image)
    plain.info = {}
    return plain


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB") and not image.has_transparency_data:
        return image.copy()
    if image.mode.startswith("I;16") or image.mode == "I":
        # 16 bits a pixel: the conversion of Pillow cuts off at 255 instead of scaling
        return image.convert("I").point(lambda value: value / 257).convert("L")
    seen = image.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    white.alpha_composite(seen)
    return white.convert("L" if image.mode in _GREY_MODES else "RGB")


def decoded(data: bytes, *, least_side_px: int = LEAST_SIDE_PX, grey: bool = False) -> Image.Image:
    """Bytes to a plain picture, in `grey` where colour is not wanted."""
    image = on_white(upright(opened(data, least_side_px=least_side_px, grey=grey)))
    return image.convert("L") if grey and image.mode != "L" else image
