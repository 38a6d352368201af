"""The folder of a book: claimed once, whole or not there."""

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manga.errors import DiskFull, OutputRefused
from works.delivery.book_folder import (
    MAX_BYTES,
    Place,
    check_out,
    claim,
    folder_name,
    is_ours,
    put_book,
    put_early,
    release,
)

ONE, TWO = UUID(int=1), UUID(int=2)
BOOK = [("pages/001.png", b"png"), ("book.pdf", b"%PDF"), ("work.json", b'{"id": "%s"}' % str(ONE).encode())]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ごん狐", "ごん狐"),
        ("注文の多い料理店", "注文の多い料理店"),
        ("The Gift of the Magi", "the-gift-of-the-magi"),
        ("Alice's Adventures", "alices-adventures"),
        ("Ｒｅ：ゼロ", "ｒｅ-ゼロ"),
        ("前編／後編", "前編-後編"),
        ("../../etc/passwd", "etc-passwd"),
        (".", "manga"),
        ("..", "manga"),
        ("...", "manga"),
        ("", "manga"),
        ("   ", "manga"),
        ("💥🔥", "manga"),
        ("-rf *", "rf"),
        ("CON", "con-manga"),
        ("com1", "com1-manga"),
        ("a\x00b\nc\x1b[31m", "a-b-c-31m"),
        ("\u202egnp.exe", "gnp-exe"),
        ("C:\\Windows", "c-windows"),
        ("é", "é"),
        ("Z̸̧̛͎a̵l̴go", "z̸̧a̵l̴go"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("$(rm -rf ~)", "rm-rf"),
    ],
)
def test_a_title_gives_this_folder_name(title: str, name: str) -> None:
    assert folder_name(title) == name


@given(st.text(max_size=400))
def test_any_title_gives_a_harmless_name(title: str) -> None:
    name = folder_name(title)

    assert name
    assert name not in (".", "..")
    assert not name.startswith(("-", "."))
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert len(name.encode()) <= MAX_BYTES + len("-manga")
    assert name.isprintable()


def test_a_long_title_is_shortened() -> None:
    assert len(folder_name("狐" * 500).encode()) <= MAX_BYTES


def listed(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_two_works_of_one_title_get_two_folders(tmp_path: Path) -> None:
    assert claim(tmp_path, "ごん狐", ONE).folder == tmp_path / "ごん狐"
    assert claim(tmp_path, "ごん狐", TWO).folder == tmp_path / "ごん狐-2"


def test_a_work_finds_its_claim_again(tmp_path: Path) -> None:
    assert claim(tmp_path, "Fox", ONE) == claim(tmp_path, "Fox", ONE)


def test_a_finished_book_is_not_overwritten(tmp_path: Path) -> None:
    put_book(claim(tmp_path, "Fox", ONE), BOOK)

    assert claim(tmp_path, "Fox", TWO).folder.name == "fox-2"
    assert is_ours(tmp_path / "fox", ONE)


def test_an_existing_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "fox").mkdir()
    (tmp_path / "fox" / "diary.txt").write_text("mine")

    assert claim(tmp_path, "Fox", ONE).folder.name == "fox-2"
    with pytest.raises(OutputRefused, match="not a book"):
        claim(tmp_path, "Fox", TWO, force=True)


def test_force_does_not_follow_a_link(tmp_path: Path) -> None:
    put_book(claim(tmp_path / "elsewhere", "Fox", ONE), BOOK)
    (tmp_path / "fox").symlink_to(tmp_path / "elsewhere" / "fox")

    with pytest.raises(OutputRefused):
        claim(tmp_path, "Fox", TWO, force=True)
    assert (tmp_path / "elsewhere" / "fox" / "book.pdf").exists()


def test_force_replaces_a_book_only_when_the_new_one_is_complete(tmp_path: Path) -> None:
    put_book(claim(tmp_path, "Fox", ONE), [*BOOK, ("pages/002.png", b"old")])

    place = claim(tmp_path, "Fox", TWO, force=True)
    assert put_early(place, "pages/001.png", b"early") is None
    assert (tmp_path / "fox/pages/001.png").read_bytes() == b"png"
    put_book(place, [("pages/001.png", b"new"), ("work.json", b"{}")])

    assert listed(tmp_path) == ["fox", "fox/pages", "fox/pages/001.png", "fox/work.json"]
    assert (tmp_path / "fox/pages/001.png").read_bytes() == b"new"


def test_the_first_page_is_there_before_the_book(tmp_path: Path) -> None:
    place = claim(tmp_path, "Fox", ONE)
    assert put_early(place, "pages/001.png", b"early") == tmp_path / "fox/pages/001.png"

    put_book(place, BOOK)
    assert listed(tmp_path / "fox") == ["book.pdf", "pages", "pages/001.png", "work.json"]


def test_a_book_that_cannot_be_finished_leaves_nothing_of_itself(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield BOOK[0]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place = claim(tmp_path, "Fox", ONE)
    with pytest.raises(DiskFull):
        put_book(place, files())
    release(place)

    assert listed(tmp_path) == []


def test_a_released_claim_leaves_a_finished_book_alone(tmp_path: Path) -> None:
    place = claim(tmp_path, "Fox", ONE)
    put_book(place, BOOK)
    release(place)

    assert (tmp_path / "fox/book.pdf").exists()


def test_a_stage_left_by_a_killed_command_is_swept_away(tmp_path: Path) -> None:
    place = claim(tmp_path, "Fox", ONE)
    stage = tmp_path / f".fox.{ONE.hex[:8]}.new"
    (stage / "pages").mkdir(parents=True)
    (stage / "pages/099.png").write_bytes(b"half")

    put_book(place, BOOK)
    assert listed(tmp_path / "fox") == ["book.pdf", "pages", "pages/001.png", "work.json"]
    assert not stage.exists()


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputRefused, match="cannot be written"):
        check_out(tmp_path / "out")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputRefused, match="Permission denied"):
        check_out(tmp_path / "out")


def test_a_disk_that_takes_no_more_is_told_as_full(tmp_path: Path) -> None:
    """A process that may write files of 8 kB only: the system's own error, not one that we made up."""
    script = (
        "import resource; from pathlib import Path; from uuid import UUID; from works.delivery.book_folder import *\n"
        "from manga.errors import DiskFull\n"  # all imports come first: bytecode is written in files, too
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        f"out = Path({str(tmp_path)!r}); place = claim(out, 'Fox', UUID(int=1))\n"
        "try: put_book(place, [('a.png', b'x' * 100), ('b.png', b'x' * 9000)])\n"
        "except DiskFull: release(place); print('full')"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "full"
    assert listed(tmp_path) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_an_empty_folder_is_free(tmp_path: Path) -> None:
    (tmp_path / "fox").mkdir()
    assert claim(tmp_path, "Fox", ONE) == Place(tmp_path / "fox", ONE)


def test_trying_a_folder_leaves_no_trace(tmp_path: Path) -> None:
    check_out(tmp_path / "a/b/c")
    assert listed(tmp_path) == []


def test_trying_an_existing_folder_leaves_it_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    check_out(tmp_path / "out")
    assert listed(tmp_path) == ["out"]
