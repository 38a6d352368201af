"""Pictures as somebody hostile would send them, each as bytes with what may be answered; and odd ones that are fit,
with words in every corner that a file has beside its pixels. Data for tests; made when they are asked for.
"""

import base64
import gzip
import io
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

CANARY: Final = b"canary-in-a-picture"
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"


@dataclass(frozen=True)
class Upload:
    """`answers`: the statuses that may come. 201: what is kept has its pixels and nothing else of it."""

    name: str
    make: Callable[[], bytes] = field(repr=False)
    kind: str = PNG
    answers: frozenset[int] = frozenset({422})
    headers: tuple[tuple[str, str], ...] = ()


def drawn(form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", color: Any = 90, **more: Any) -> bytes:
    """A picture of one tone."""
    out = io.BytesIO()
    fill = color if isinstance(color, tuple) or mode in ("L", "1", "P", "I;16") else (color,) * len(mode)
    Image.new(mode, size, fill).save(out, form, **more)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int = 8, colors: int = 0, pixels: bytes = b"", *, more: bytes = b"") -> bytes:
    """By hand, so that it may lie."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colors, 0, 0, 0))
    return SIGNATURE + head + more + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def with_chunk(kind: bytes, data: bytes) -> bytes:
    whole = drawn("PNG")
    return whole[:33] + chunk(kind, data) + whole[33:]


def with_segment(marker: int, data: bytes) -> bytes:
    whole = drawn("JPEG")
    return whole[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + whole[2:]


def moving(form: str) -> bytes:
    frames = [Image.new("RGB", (32, 32), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


def many_scans() -> bytes:
    """8,000 by 5,000 pixels, and a few bytes for each of 3,000 further passes over all of them."""
    whole = drawn("JPEG", (8000, 5000), "L", progressive=True)
    at = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[at:-2] * 3000 + whole[-2:]


def huge_webp() -> bytes:
    """A moving one whose sheet has 16,384 by 16,384 pixels."""
    sheet = b"VP8X" + struct.pack("<IB3x", 10, 2) + b"\xff\x3f\x00" * 2
    loop = b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    body = b"WEBP" + sheet + loop
    return b"RIFF" + struct.pack("<I", len(body)) + body


def resized_jpeg(width: int, height: int) -> bytes:
    """A small JPEG that says it is a large one."""
    whole = bytearray(drawn("JPEG"))
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def broken_sum() -> bytes:
    whole = bytearray(drawn("PNG"))
    whole[whole.index(b"IDAT") + 6] ^= 0xFF
    return bytes(whole)


def placed() -> bytes:
    """By a telephone that knows where it is."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = CANARY.decode(), CANARY.decode()
    exif[0x8825] = {1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0), 29: CANARY.decode()}
    return drawn("JPEG", exif=exif)


def described_png() -> bytes:
    told = PngInfo()
    told.add_text("Comment", CANARY.decode())
    told.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY.decode()}</x>")
    return drawn("PNG", pnginfo=told, dpi=(300, 300))


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY


def several() -> bytes:
    """As telephones do it: a JPEG with another one in it."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", (32, 24), "blue")]
    )
    return out.getvalue()


def seen_through() -> bytes:
    sheet = Image.new("P", (64, 48), 1)
    sheet.putpalette([0, 0, 0, 200, 10, 10] + [0] * 762)
    out = io.BytesIO()
    sheet.save(out, "PNG", transparency=bytes([255, 0]) + CANARY)
    return out.getvalue()


def noisy(form: str, size: tuple[int, int], **more: Any) -> bytes:
    noise = Image.frombytes("L", (1000, 1000), os.urandom(1_000_000)).resize(size, Image.Resampling.NEAREST)
    out = io.BytesIO()
    noise.convert("RGB").save(out, form, **more)
    return out.getvalue()


def unpacking(begin: bytes) -> bytes:
    """100 MB of one letter in a few bytes."""
    return begin + zlib.compress(b"a" * 100_000_000)


def _is(content: bytes) -> Callable[[], bytes]:
    return lambda: content


SVG: Final = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
)
XXE: Final = (
    b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
)
GIF_JS: Final = b"GIF89a/*" + drawn("GIF")[8:] + b"*/=1;alert(1)//"
OTHER: Final = frozenset({415})
BAD: Final = frozenset({415, 422})
TAKEN: Final = frozenset({201})

_OTHERS: Final = (
    Upload("nothing", _is(b""), answers=OTHER),
    Upload("SVG that says it is PNG", _is(SVG), answers=OTHER),
    Upload("SVG", _is(SVG), "image/svg+xml", OTHER),
    Upload("SVG with an entity of a file", _is(XXE), WEBP, OTHER),
    Upload("HTML that says it is JPEG", _is(b"<html><script>alert(1)</script></html>"), JPEG, OTHER),
    Upload("PHP", _is(b"<?php system($_GET['c']); ?>"), answers=OTHER),
    Upload("PostScript", _is(b"%!PS\n(/etc/passwd) (r) file run"), answers=OTHER),
    Upload("PDF", _is(b"%PDF-1.7\n1 0 obj"), JPEG, OTHER),
    Upload("a ZIP", _is(b"PK\x03\x04" + b"\0" * 60), answers=OTHER),
    Upload("GIF", lambda: drawn("GIF"), "image/gif", OTHER),
    Upload("GIF that says it is PNG", lambda: drawn("GIF"), answers=OTHER),
    Upload("GIF that is a script too", _is(GIF_JS), JPEG, OTHER),
    Upload("a moving GIF", lambda: moving("GIF"), WEBP, OTHER),
    Upload("TIFF", lambda: drawn("TIFF"), answers=OTHER),
    Upload("BMP", lambda: drawn("BMP"), answers=OTHER),
    Upload("an icon", lambda: drawn("ICO", (32, 32)), answers=OTHER),
    Upload("HEIC", _is(b"\0\0\0\x18ftypheic" + b"\0" * 200), JPEG, OTHER),
    Upload("a sound in RIFF", _is(b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40), WEBP, OTHER),
    Upload("PNG that says it is JPEG", lambda: drawn("PNG"), JPEG, OTHER),
    Upload("JPEG that says it is PNG", lambda: drawn("JPEG"), PNG, OTHER),
    Upload("WebP that says it is PNG", lambda: drawn("WEBP"), PNG, OTHER),
    Upload("a picture behind a space", lambda: b" " + drawn("PNG"), answers=OTHER),
    Upload("a data address", lambda: b"data:image/png;base64," + base64.b64encode(drawn("PNG")), answers=OTHER),
    Upload("JSON", _is(b'{"picture": "../../x"}'), "application/json", OTHER),
    Upload("a form", _is(b'--x\r\nContent-Disposition: form-data; name="f"; filename="../../x.png"\r\n\r\n'),
           "multipart/form-data; boundary=x", OTHER),
    Upload("anything", lambda: drawn("PNG"), "application/octet-stream", OTHER),
    Upload("two kinds", lambda: drawn("PNG"), "image/png, text/html", OTHER),
    Upload("a kind with more", lambda: drawn("PNG"), "image/png; charset=utf-7", OTHER),
    Upload("packed", lambda: gzip.compress(drawn("PNG")), answers=OTHER, headers=(("Content-Encoding", "gzip"),)),
)  # fmt: skip
_BROKEN: Final = (
    Upload("only the beginning of a PNG", _is(SIGNATURE)),
    Upload("only the beginning of a JPEG", _is(b"\xff\xd8\xff\xe0"), JPEG),
    Upload("only the beginning of a WebP", _is(b"RIFF\x04\0\0\0WEBP"), WEBP),
    Upload("a PNG cut off", lambda: noisy("PNG", (600, 600))[:-9000]),
    Upload("a JPEG cut off", lambda: noisy("JPEG", (600, 600))[:9000], JPEG),
    Upload("a WebP cut off", lambda: noisy("WEBP", (600, 600))[:9000], WEBP),
    Upload("a PNG with a wrong sum", broken_sum),
    Upload("a PNG without pixels", lambda: png(640, 480)),
    Upload("a PNG of noise", lambda: SIGNATURE + os.urandom(5000)),
    Upload("a JPEG of noise", lambda: b"\xff\xd8\xff" + os.urandom(5000), JPEG),
    Upload("a PNG of width 0", lambda: png(0, 48)),
    Upload("a PNG of height 0", lambda: png(64, 0)),
    Upload("a PNG of a depth that there is not", lambda: png(64, 48, depth=7, pixels=b"\0" * 9000)),
    Upload("a dot", lambda: drawn("PNG", (1, 1))),
    Upload("a line", lambda: drawn("PNG", (50_000, 16), "L")),
    Upload("PNG, moving", lambda: moving("PNG")),
    Upload("WebP, moving", lambda: moving("WEBP"), WEBP),
)  # fmt: skip
_BOMBS: Final = (
    Upload("PNG of 60,000 by 60,000", lambda: png(60_000, 60_000, pixels=b"\0" * 100_000)),
    Upload("PNG of 2**31 - 1 squared", lambda: png(2**31 - 1, 2**31 - 1)),
    Upload("PNG, one row too large", lambda: png(8_000, 5_001)),
    Upload("JPEG of 65,500 by 65,500", lambda: resized_jpeg(65_500, 65_500), JPEG),
    Upload("JPEG that is drawn 3,000 times", many_scans, JPEG),
    Upload("WebP of 16,384 by 16,384", huge_webp, WEBP),
    Upload("words that unpack to 100 MB", lambda: with_chunk(b"zTXt", unpacking(b"a\0\0")),
           answers=frozenset({201, 422})),
    Upload("a profile that unpacks to 100 MB", lambda: with_chunk(b"iCCP", unpacking(b"a\0\0")),
           answers=frozenset({201, 422})),
    Upload("pixels that unpack to 100 MB", lambda: png(64, 48, pixels=b"\0" * 100_000_000),
           answers=frozenset({201, 422})),
    Upload("70,000 chunks", lambda: drawn("PNG")[:33] + chunk(b"tEXt", b"a\0b") * 70_000 + drawn("PNG")[33:],
           answers=frozenset({201, 422})),
    Upload("20 MB and more", lambda: drawn("PNG") + b"\0" * 20_000_001, answers=frozenset({413})),
)  # fmt: skip
_FIT: Final = (
    Upload("where it was taken", placed, JPEG, TAKEN),
    Upload("words in a PNG", described_png, PNG, TAKEN),
    Upload("EXIF in a PNG", lambda: with_chunk(b"eXIf", b"MM\0\x2a" + CANARY), PNG, TAKEN),
    Upload("a profile in a PNG", lambda: drawn("PNG", icc_profile=profile()), PNG, TAKEN),
    Upload("a profile in a JPEG", lambda: drawn("JPEG", icc_profile=profile()), JPEG, TAKEN),
    Upload("a profile in a WebP", lambda: drawn("WEBP", icc_profile=profile(), xmp=CANARY), WEBP, TAKEN),
    Upload("PHP in a comment", lambda: with_segment(0xFE, b"<?php " + CANARY), JPEG, TAKEN),
    Upload("a script in an unknown segment", lambda: with_segment(0xEF, b"*/alert(1)/*" + CANARY), JPEG, TAKEN),
    Upload("a page behind the end", lambda: drawn("PNG") + b"<script>" + CANARY, PNG, TAKEN),
    Upload("a ZIP behind the end", lambda: drawn("JPEG") + b"PK\x03\x04" + CANARY, JPEG, TAKEN),
    Upload("a ZIP behind the end of a WebP", lambda: drawn("WEBP") + b"PK\x03\x04" + CANARY, WEBP, TAKEN),
    Upload("an unknown chunk", lambda: with_chunk(b"phAr", CANARY), PNG, TAKEN),
    Upload("a palette that is seen through", seen_through, PNG, TAKEN),
    Upload("one grey that is seen through", lambda: drawn("PNG", mode="L", transparency=90), PNG, TAKEN),
    Upload("one colour that is seen through", lambda: drawn("PNG", transparency=(90, 90, 90)), PNG, TAKEN),
    Upload("16 bits of grey", lambda: drawn("PNG", mode="I;16", color=40_000), PNG, TAKEN),
    Upload("16 bits of colour", lambda: png(32, 32, 16, 2, (b"\0" + b"\x80\0" * 96) * 32), PNG, TAKEN),
    Upload("one bit", lambda: drawn("PNG", mode="1", color=1), PNG, TAKEN),
    Upload("CMYK", lambda: drawn("JPEG", mode="CMYK"), JPEG, TAKEN),
    Upload("drawn in passes", lambda: noisy("JPEG", (300, 300), progressive=True), JPEG, TAKEN),
    Upload("a JPEG with another in it", several, JPEG, TAKEN),
    Upload("a WebP that is seen through", lambda: drawn("WEBP", mode="RGBA", lossless=True), WEBP, TAKEN),
    Upload("a name with a path", lambda: drawn("PNG"), PNG, TAKEN,
           (("Content-Disposition", 'attachment; filename="../../../../etc/passwd"'), ("X-File-Name", "..\\x.php"))),
    Upload("as large as may be, of one tone", lambda: drawn("PNG", (7_900, 5_000)), PNG, TAKEN),
    Upload("as large as may be, of noise", lambda: noisy("JPEG", (7_900, 5_000), quality=20), JPEG, TAKEN),
)  # fmt: skip
UPLOADS: Final = (*_OTHERS, *_BROKEN, *_BOMBS, *_FIT)
