"""Files by name in, a zip archive out: in their order, with fixed times and rights: equal files give equal bytes.

The standard library can only deflate with zlib: for a book in layers a second of one core, a fifth of it with ISA-L.
"""

import struct
from collections.abc import Iterable
from zlib import crc32

from isal import isal_zlib

EPOCH = (1980, 1, 1, 0, 0, 0)
_TIME, _DATE = 0, 1 << 5 | 1
"""`EPOCH` as a zip archive has it."""
_LEVEL, _RAW = 3, -15
"""ISA-L's level, and deflate without zlib's head and sum."""
_STORED, _DEFLATED = 0, 8
_NEEDS, _UTF8, _UNIX, _RIGHTS = 20, 1 << 11, 3 << 8, 0o644 << 16
_MOST_BYTES, _MOST_FILES = 2**32 - 1, 2**16 - 1
"""What an archive holds that every program reads."""


def zipped(files: Iterable[tuple[str, bytes]], *, packed: frozenset[str] = frozenset()) -> bytes:
    """Stored as they are, for pictures are packed already; files whose name ends as one of `packed` are deflated.
    Raises ValueError for more than four gigabytes."""
    body, entries = bytearray(), list[bytes]()
    for name, data in files:
        deflated = name.rpartition(".")[2] in packed
        kept = isal_zlib.compress(data, _LEVEL, _RAW) if deflated else data
        method, flags = (_DEFLATED if deflated else _STORED), (0 if name.isascii() else _UTF8)
        named, sizes = name.encode(), (crc32(data), len(kept), len(data))
        head = struct.pack("<5H3I2H", _NEEDS, flags, method, _TIME, _DATE, *sizes, len(named), 0)
        place = struct.pack("<3H2I", 0, 0, 0, _RIGHTS, len(body))
        entries.append(struct.pack("<4sH", b"PK\1\2", _NEEDS | _UNIX) + head + place + named)
        body += b"PK\3\4" + head + named + kept
    directory, count = b"".join(entries), len(entries)
    if len(body) + len(directory) > _MOST_BYTES or count > _MOST_FILES:
        raise ValueError("the archive is larger than a zip archive can be")
    return (
        bytes(body) + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    )
