"""Writes zip archives: files by name in their order, with fixed times and rights; equal files give equal bytes."""

import io
import zipfile
from collections.abc import Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)


QUICK = 1
"""zlib's level: of layers, whose rows are packed already, 6 takes out a tenth more in twice the time."""


def zipped(
    files: Iterable[tuple[str, bytes]], *, packed: frozenset[str] = frozenset(), level: int | None = None
) -> bytes:
    """Stored as they are, for pictures are packed already; files whose name ends as one of `packed` are deflated, at a
    level of zlib's."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            deflated = name.rpartition(".")[2] in packed
            how = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
            archive.writestr(entry, data, compress_type=how, compresslevel=level)
    return out.getvalue()
