"""Files by name in, a zip archive out: in their order, with fixed times and rights: equal files give equal bytes."""

import io
import zipfile
from collections.abc import Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(files: Iterable[tuple[str, bytes]], *, packed: frozenset[str] = frozenset()) -> bytes:
    """Stored as they are, for pictures are packed already; files whose name ends as one of `packed` are deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            deflated = name.rpartition(".")[2] in packed
            archive.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED)
    return out.getvalue()
