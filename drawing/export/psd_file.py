"""Layers in, a Photoshop file (version 1, 8 bits, grey or RGB) out. Rows are packed by PackBits.

Layers lie from the bottom up. Names are short words of ours; they are written as ASCII and as Unicode.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

_PACKED = 1
_ALPHA = -1
_MODES = {"L": 1, "RGB": 3}
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_LENGTHS = 278, 273, 279
_NUMBERS = {3: "H", 4: "I"}
_RESOLUTION = 0x03ED


@dataclass(frozen=True, slots=True)
class PsdLayer:
    """`colours` are one grey, or red, green and blue; `alpha` is where they show, None: everywhere. All are "L", begin
    at the page's corner and are of one size; only what can be seen of them is written."""

    name: str
    colours: tuple[Image.Image, ...]
    alpha: Image.Image | None = None


def psd(layers: Sequence[PsdLayer], merged: Image.Image, dpi: int) -> bytes:
    """`merged` is what all layers show together, "L" or "RGB"; the layers have its colours."""
    header = struct.pack(
        ">4sH6xHIIHH", b"8BPS", 1, len(merged.getbands()), merged.height, merged.width, 8, _MODES[merged.mode]
    )
    resolution = struct.pack(">IHHIHH", dpi << 16, 1, 2, dpi << 16, 1, 2)
    resources = struct.pack(">4sHHI", b"8BIM", _RESOLUTION, 0, len(resolution)) + resolution
    rows = [_rows(band) for band in bands(merged)]
    lengths = b"".join(_lengths(band) for band in rows)
    data = b"".join(b"".join(band) for band in rows)
    image = struct.pack(">H", _PACKED) + lengths + data
    return header + _block(b"") + _block(resources) + _block(_layers(layers)) + image


def bands(image: Image.Image) -> tuple[Image.Image, ...]:
    """A picture's colours; itself where it has one: Pillow would copy it."""
    return (image,) if image.mode == "L" else image.split()


def _block(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _layers(layers: Sequence[PsdLayer]) -> bytes:
    records, contents = [], []
    for layer in layers:
        alpha = layer.alpha or Image.new("L", layer.colours[0].size, 255)
        box = alpha.getbbox() or (0, 0, 1, 1)
        own = _channel(alpha.crop(box))
        channels = [(_ALPHA, own), *enumerate(_channel(band.crop(box)) for band in layer.colours)]
        records.append(_record(layer.name, box, [(number, len(data)) for number, data in channels]))
        contents += [data for _, data in channels]
    info = struct.pack(">h", len(layers)) + b"".join(records) + b"".join(contents)
    info += b"\0" * (len(info) % 2)
    return _block(info) + _block(b"")


def _record(name: str, box: tuple[int, int, int, int], channels: Sequence[tuple[int, int]]) -> bytes:
    left, top, right, bottom = box
    plain = name.encode("ascii", "replace")[:31]
    pascal = bytes([len(plain)]) + plain
    pascal += b"\0" * (-len(pascal) % 4)
    wide = name.encode("utf-16-be")
    unicode_name = struct.pack(">I", len(wide) // 2) + wide
    unicode_name += b"\0" * (-len(unicode_name) % 4)
    extra = _block(b"") + _block(b"") + pascal + b"8BIMluni" + _block(unicode_name)
    return (
        struct.pack(">iiiiH", top, left, bottom, right, len(channels))
        + b"".join(struct.pack(">hI", number, length) for number, length in channels)
        + struct.pack(">4s4sBBBB", b"8BIM", b"norm", 255, 0, 0, 0)
        + _block(extra)
    )


def _channel(band: Image.Image) -> bytes:
    rows = _rows(band)
    return struct.pack(">H", _PACKED) + _lengths(rows) + b"".join(rows)


def _lengths(rows: Sequence[bytes]) -> bytes:
    return struct.pack(f">{len(rows)}H", *map(len, rows))


def _rows(band: Image.Image) -> list[bytes]:
    """Each row packed: the strips of a TIFF that has one a row."""
    least, most = band.getextrema()
    if least == most and band.height > 1:
        return _rows(band.crop((0, 0, band.width, 1))) * band.height
    out = io.BytesIO()
    band.save(out, "TIFF", compression="packbits", tiffinfo={_ROWS_PER_STRIP: 1})
    data = out.getvalue()
    tags = dict(_tags(data))
    starts, lengths = tags[_STRIP_OFFSETS], tags[_STRIP_LENGTHS]
    return [data[start : start + length] for start, length in zip(starts, lengths, strict=True)]


def _tags(tiff: bytes) -> Iterator[tuple[int, Sequence[int]]]:
    """The whole numbers among a TIFF's tags. Pillow reads them too, but looks at each number of thousands twice."""
    (at,) = struct.unpack_from("<I", tiff, 4)
    (count,) = struct.unpack_from("<H", tiff, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number = struct.unpack_from("<HHI", tiff, entry)
        if kind in _NUMBERS:
            shape, place = f"<{number}{_NUMBERS[kind]}", entry + 8
            if struct.calcsize(shape) > 4:
                (place,) = struct.unpack_from("<I", tiff, place)
            yield tag, struct.unpack_from(shape, tiff, place)
