"""A TrueType font whose one glyph is blank: what words are set in that shall be found and copied, but not seen.

Made here table by table, so no font has to be embedded whose licence would have to allow it.
"""

import struct
from functools import cache

UNITS = 1000
FOOT = 120
_HEAD_CHECKSUM_AT = 8


@cache
def blank_font() -> bytes:
    """The font's file: two glyphs that show nothing, an em wide."""
    tables = {
        b"glyf": _glyph(),
        b"head": _head(0),
        b"hhea": struct.pack(
            ">ihhhHhhhhhhhhhhhH", 0x10000, UNITS - FOOT, -FOOT, 0, UNITS, 0, 0, UNITS, 1, *(0,) * 7, 2
        ),
        b"hmtx": struct.pack(">HhHh", UNITS, 0, UNITS, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(_glyph()) // 2),
        b"maxp": struct.pack(">iH13H", 0x10000, 2, 3, 1, 0, 0, 1, *(0,) * 8),
    }
    data = _file(tables)
    adjusted = (0xB1B0AFBA - _sum(data)) & 0xFFFFFFFF
    return _file(tables | {b"head": _head(adjusted)})


def _glyph() -> bytes:
    """A line to a corner and back: nothing to be seen, but a box, without which some readers take a letter for none."""
    ends, instructions, flags = (2,), 0, bytes((1, 1, 1))
    points = struct.pack(">hhhhhh", 0, UNITS, -UNITS, -FOOT, UNITS, -UNITS)
    data = struct.pack(">hhhhhHH", 1, 0, -FOOT, UNITS, UNITS - FOOT, *ends, instructions) + flags + points
    return data + b"\0" * (len(data) % 2)


def _head(adjustment: int) -> bytes:
    revision, magic, flags, dates, box, style = (
        0x10000,
        0x5F0F3CF5,
        3,
        (0, 0),
        (0, -FOOT, UNITS, UNITS - FOOT),
        (0, 8, 2, 0, 0),
    )
    return struct.pack(">iIIIHHqqhhhhHHhhh", 0x10000, revision, adjustment, magic, flags, UNITS, *dates, *box, *style)


def _file(tables: dict[bytes, bytes]) -> bytes:
    """A directory of tables, and the tables, each from a whole word on."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    at = len(head) + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        plain = data[:_HEAD_CHECKSUM_AT] + b"\0" * 4 + data[_HEAD_CHECKSUM_AT + 4 :] if tag == b"head" else data
        directory += struct.pack(">4sIII", tag, _sum(plain), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + directory + body


def _sum(data: bytes) -> int:
    whole = data + b"\0" * (-len(data) % 4)
    return int(sum(struct.unpack(f">{len(whole) // 4}I", whole))) & 0xFFFFFFFF
