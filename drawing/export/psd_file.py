"""Writes layers as a Photoshop file (version 1, 8 bits, grey or RGB). Rows are packed by PackBits.

Layers lie from the bottom up. Names are short words of ours; they are written as ASCII and as Unicode.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import cv2

from drawing.raster.grow_and_shrink import Grey

_PACKED = 1
_ALPHA = -1
_MODES = {1: 1, 3: 3}
"""Photoshop's number of a mode, by how many colours it has: grey, and red, green, blue."""
_STRIP_OFFSETS, _STRIP_LENGTHS = 273, 279
_PACKBITS = 32773
_MOST_REPEATED = 128
_NUMBERS = {3: "H", 4: "I"}
_RESOLUTION = 0x03ED

Band: TypeAlias = Grey | int
"""One colour of each pixel, or of all."""
Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""


@dataclass(frozen=True, slots=True)
class PsdLayer:
    """`colours` are one grey, or red, green and blue; a file in colour takes one for all three. `alpha` is where they
    show. Arrays are of one size, their corner lies `at` this pixel of the page; only what can be seen of them is
    written."""

    name: str
    colours: tuple[Band, ...]
    alpha: Band
    at: tuple[int, int] = (0, 0)

    def bands(self, many: int) -> tuple[Band, ...]:
        """Of a file that has so many."""
        return self.colours if len(self.colours) == many else self.colours * many

    def box(self, page: Box) -> Box:
        """What can be seen of it; a pixel where nothing can."""
        if isinstance(self.alpha, int):
            return page if self.alpha else (0, 0, 1, 1)
        left, top, width, height = cv2.boundingRect(self.alpha)
        return (self.at[0] + left, self.at[1] + top, width, height) if width else (0, 0, 1, 1)


def within(band: Grey, box: Box, at: tuple[int, int] = (0, 0)) -> Grey:
    """A part of an array, not a copy."""
    left, top, width, height = box[0] - at[0], box[1] - at[1], box[2], box[3]
    return band[top : top + height, left : left + width]


def psd(layers: Sequence[PsdLayer], merged: Sequence[Grey], dpi: int) -> bytes:
    """`merged` is what all layers show together, one grey, or red, green and blue; the layers have its colours."""
    height, width = merged[0].shape
    page = (0, 0, width, height)
    header = struct.pack(">4sH6xHIIHH", b"8BPS", 1, len(merged), height, width, 8, _MODES[len(merged)])
    resolution = struct.pack(">IHHIHH", dpi << 16, 1, 2, dpi << 16, 1, 2)
    resources = struct.pack(">4sHHI", b"8BIM", _RESOLUTION, 0, len(resolution)) + resolution
    bands = [_packed(band, page) for band in merged]
    image = b"".join((struct.pack(">H", _PACKED), *(lengths for lengths, _ in bands), *(rows for _, rows in bands)))
    return header + _block(b"") + _block(resources) + _block(_layers(layers, page, len(merged))) + image


def _block(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _layers(layers: Sequence[PsdLayer], page: Box, many: int) -> bytes:
    records, contents = [], []
    for layer in layers:
        box = layer.box(page)
        bands = ((_ALPHA, layer.alpha), *enumerate(layer.bands(many)))
        channels = [
            (number, b"".join((struct.pack(">H", _PACKED), *_packed(band, box, layer.at)))) for number, band in bands
        ]
        records.append(_record(layer.name, box, [(number, len(data)) for number, data in channels]))
        contents += [data for _, data in channels]
    info = struct.pack(">h", len(layers)) + b"".join(records) + b"".join(contents)
    info += b"\0" * (len(info) % 2)
    return _block(info) + _block(b"")


def _record(name: str, box: Box, channels: Sequence[tuple[int, int]]) -> bytes:
    left, top, width, height = box
    plain = name.encode("ascii", "replace")[:31]
    pascal = bytes([len(plain)]) + plain
    pascal += b"\0" * (-len(pascal) % 4)
    wide = name.encode("utf-16-be")
    unicode_name = struct.pack(">I", len(wide) // 2) + wide
    unicode_name += b"\0" * (-len(unicode_name) % 4)
    extra = _block(b"") + _block(b"") + pascal + b"8BIMluni" + _block(unicode_name)
    return (
        struct.pack(">iiiiH", top, left, top + height, left + width, len(channels))
        + b"".join(struct.pack(">hI", number, length) for number, length in channels)
        + struct.pack(">4s4sBBBB", b"8BIM", b"norm", 255, 0, 0, 0)
        + _block(extra)
    )


def _packed(band: Band, box: Box, at: tuple[int, int] = (0, 0)) -> tuple[bytes, bytes]:
    """The packed rows of a part, their lengths before them."""
    _, _, width, height = box
    if isinstance(band, int):
        row = b"".join(_repeated(band, width))
        return struct.pack(">H", len(row)) * height, row * height
    return _strips(within(band, box, at))


def _repeated(value: int, width: int) -> Iterator[bytes]:
    for first in range(0, width, _MOST_REPEATED):
        count = min(_MOST_REPEATED, width - first)
        yield bytes([(257 - count) % 256, value])


def _strips(band: Grey) -> tuple[bytes, bytes]:
    """The strips of a TIFF that has one a row."""
    wanted = (cv2.IMWRITE_TIFF_COMPRESSION, _PACKBITS, cv2.IMWRITE_TIFF_ROWSPERSTRIP, 1)
    _, encoded = cv2.imencode(".tif", band, wanted)
    data = encoded.tobytes()
    tags = dict(_tags(data))
    starts, lengths = tags[_STRIP_OFFSETS], tags[_STRIP_LENGTHS]
    if any(start + length != following for (start, following), length in zip(pairwise(starts), lengths, strict=False)):
        raise ValueError("strips of a TIFF were expected one behind the other")
    return struct.pack(f">{len(lengths)}H", *lengths), data[starts[0] : starts[-1] + lengths[-1]]


def _tags(tiff: bytes) -> Iterator[tuple[int, Sequence[int]]]:
    """The whole numbers among a TIFF's tags."""
    (at,) = struct.unpack_from("<I", tiff, 4)
    (count,) = struct.unpack_from("<H", tiff, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number = struct.unpack_from("<HHI", tiff, entry)
        if kind in _NUMBERS:
            shape, place = f"<{number}{_NUMBERS[kind]}", entry + 8
            if struct.calcsize(shape) > 4:
                (place,) = struct.unpack_from("<I", tiff, place)
            yield tag, struct.unpack_from(shape, tiff, place)
