"""Layers in, a Photoshop file (version 1, 8 bits, grey or RGB) out. Rows are packed by PackBits.

Layers lie from the bottom up. Names are short words of ours; they are written as ASCII and as Unicode.
"""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, TiffImagePlugin

_PACKED = 1
_ALPHA = -1
_MODES = {"L": 1, "RGB": 3}
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_LENGTHS = 278, 273, 279
_RESOLUTION = 0x03ED


@dataclass(frozen=True, slots=True)
class PsdLayer:
    """`image` is "LA" or "RGBA", as large as the page; only what can be seen of it is written."""

    name: str
    image: Image.Image


def psd(layers: Sequence[PsdLayer], merged: Image.Image, dpi: int) -> bytes:
    """`merged` is what all layers show together, "L" or "RGB"; the layers have its colours and an alpha."""
    header = struct.pack(
        ">4sH6xHIIHH", b"8BPS", 1, len(merged.getbands()), merged.height, merged.width, 8, _MODES[merged.mode]
    )
    resolution = struct.pack(">IHHIHH", dpi << 16, 1, 2, dpi << 16, 1, 2)
    resources = struct.pack(">4sHHI", b"8BIM", _RESOLUTION, 0, len(resolution)) + resolution
    rows = [_rows(band) for band in merged.split()]
    lengths = b"".join(_lengths(band) for band in rows)
    data = b"".join(b"".join(band) for band in rows)
    image = struct.pack(">H", _PACKED) + lengths + data
    return header + _block(b"") + _block(resources) + _block(_layers(layers)) + image


def _block(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _layers(layers: Sequence[PsdLayer]) -> bytes:
    records, contents = [], []
    for layer in layers:
        box = layer.image.getchannel("A").getbbox() or (0, 0, 1, 1)
        shown = layer.image.crop(box)
        *colours, alpha = (_channel(band) for band in shown.split())
        channels = [(_ALPHA, alpha), *enumerate(colours)]
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
    out = io.BytesIO()
    band.save(out, "TIFF", compression="packbits", tiffinfo={_ROWS_PER_STRIP: 1})
    data = out.getvalue()
    out.seek(0)
    with TiffImagePlugin.TiffImageFile(out) as written:
        starts, lengths = written.tag_v2[_STRIP_OFFSETS], written.tag_v2[_STRIP_LENGTHS]
    return [data[start : start + length] for start, length in zip(starts, lengths, strict=True)]
