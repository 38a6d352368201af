"""An archive is read by the standard library as it was written."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from drawing.export.zip_archive import EPOCH, zipped

NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
FILES = st.dictionaries(NAMES.map(lambda name: f"{name}.xml"), st.binary(max_size=400), max_size=5)


@given(FILES, st.booleans())
def test_everything_comes_back_in_order(files: dict[str, bytes], deflated: bool) -> None:
    data = zipped(files.items(), packed=frozenset({"xml"} if deflated else ()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == list(files.items())
        assert {info.date_time for info in archive.infolist()} <= {EPOCH}
        assert {info.external_attr >> 16 for info in archive.infolist()} <= {0o644}


def test_only_what_is_named_is_deflated() -> None:
    data = zipped([("a.png", b"0" * 99), ("b.svg", b"0" * 99)], packed=frozenset({"svg"}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.getinfo("a.png").compress_size == 99
        assert archive.getinfo("b.svg").compress_size < 20


def test_equal_files_are_equal_bytes() -> None:
    assert zipped([("a", b"1")]) == zipped([("a", b"1")])
