"""Writes the folder of a finished book: the files of a book in, a folder that is there whole or not at all out.

A folder is claimed for a work before the book is ready, so that two commands never write into one folder, and so that
the first page can be shown early. The book itself is written beside it and takes its place in one move.
"""

import asyncio
import errno
import json
import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from manga.book import Book
from manga.errors import DiskFull, MangaError, OutputRefused
from storage.objects import BlobStore
from works.base import Json
from works.work_json import page_file

MAX_CHARACTERS = 60
MAX_BYTES = 180
"""Of 255: the folder's hidden siblings while a book is written carry a longer name."""

_MAX_MARKS = 2
_APOSTROPHES = "'’‘ʼ"
# Windows keeps these for devices, whatever follows the dot.
_RESERVED = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"})
CLAIM = ".mangaka-work"
RESULT = "work.json"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MAX_TRIES = 1000


def folder_name(title: str, *, otherwise: str = "manga") -> str:
    """Letters, digits and hyphens of any script: 「ごん狐」 stays, `../../etc` becomes `etc`. Never empty."""
    words = _hyphenated(unicodedata.normalize("NFC", title))
    name = _shortened(words.lower()).strip("-")
    if not name:
        return otherwise
    return f"{name}-{otherwise}" if name in _RESERVED else name


def _hyphenated(title: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in title:
        if character in _APOSTROPHES:
            continue
        kind = unicodedata.category(character)[0]
        marks = marks + 1 if kind == "M" else 0
        if kind in "LN" or (kind == "M" and kept and kept[-1] != "-" and marks <= _MAX_MARKS):
            kept.append(character)
        elif kind != "M" and kept and kept[-1] != "-":
            kept.append("-")
    return "".join(kept)


def _shortened(name: str) -> str:
    name = name[:MAX_CHARACTERS]
    while len(name.encode()) > MAX_BYTES:
        name = name[:-1]
    return name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work's book goes. `replaces`: another book is there, and stays until this one is complete."""

    folder: Path
    work_id: UUID
    replaces: bool = False

    @property
    def _stage(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.{self.work_id.hex[:8]}.new")

    @property
    def _aside(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.{self.work_id.hex[:8]}.old")


def check_out(out: Path) -> None:
    """Tries whether the folder of books can be made and written, and leaves no trace. Raises `OutputRefused`,
    `DiskFull`."""
    probe = out / f".mangaka-{os.getpid()}.tmp"
    with writing(out):
        missing = [folder for folder in (out, *out.parents) if not folder.exists()]
        try:
            out.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"\0" * 4096)
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)
            for folder in missing:
                with suppress(OSError):  # not there, or another command uses it by now
                    folder.rmdir()


def claim(out: Path, title: str, work_id: UUID, *, force: bool = False) -> Place:
    """A folder for this title that no other work has: `title`, `title-2`, ... With `force` an existing *book* of that
    name is going to be replaced; anything else of that name is left alone."""
    name = folder_name(title)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        for number in range(1, _MAX_TRIES):
            folder = out / (name if number == 1 else f"{name}-{number}")
            if _claimed(folder, work_id):
                return Place(folder, work_id)
            if force and _is_book(folder):
                return Place(folder, work_id, replaces=True)
            if force:
                raise OutputRefused(
                    f"{folder} exists and is not a book of Mangaka, so --force does not replace it.",
                    remedy="Name another folder with --out, or move it away.",
                )
    raise OutputRefused(f"{out} holds too many books named {name}.")


def is_ours(folder: Path, work_id: UUID) -> bool:
    """This work claimed the folder, or its book is in it already."""
    return _owner(folder) == str(work_id)


def put_early(place: Place, name: str, data: bytes) -> Path | None:
    """Shows one file before the book is complete; None where another book is still standing there."""
    if place.replaces:
        return None
    return put_file(place.folder / name, data)


def put_file(path: Path, data: bytes) -> Path:
    """Whole or not at all. Raises `OutputRefused`, `DiskFull`."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return path


def put_book(place: Place, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes all files beside the folder, then moves them into its place. On an error nothing of them is left."""
    stage = place._stage
    with writing(place.folder):
        try:
            shutil.rmtree(stage, ignore_errors=True)
            for name, data in files:
                path = stage / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            _swap(place)
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def release(place: Place) -> None:
    """Gives the claim up. A folder in which a book stands is not touched."""
    if not place.replaces and _read(place.folder / CLAIM) == str(place.work_id):
        shutil.rmtree(place.folder, ignore_errors=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns what the file system says into one of our errors."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, error) from error


def _refusal(path: Path, error: OSError) -> MangaError:
    reason = error.strerror or type(error).__name__
    if error.errno in _FULL:
        return DiskFull(f"The disk is full: {path} cannot be written ({reason}).")
    return OutputRefused(f"{path} cannot be written: {reason}.")


def _swap(place: Place) -> None:
    shutil.rmtree(place._aside, ignore_errors=True)
    there = place.folder.exists()
    if there:
        place.folder.rename(place._aside)
    try:
        place._stage.rename(place.folder)
    except OSError:
        if there:
            place._aside.rename(place.folder)
        raise
    shutil.rmtree(place._aside, ignore_errors=True)


def _claimed(folder: Path, work_id: UUID) -> bool:
    with suppress(FileExistsError):
        folder.mkdir()
    if folder.is_symlink() or not folder.is_dir():
        return False
    if is_ours(folder, work_id):
        return True
    if any(folder.iterdir()):
        return False
    # Empty: new, or left by a command that died here. Whoever makes the file has the folder.
    with suppress(FileExistsError), (folder / CLAIM).open("x", encoding="utf-8") as file:
        file.write(str(work_id))
        return True
    return False


def _is_book(folder: Path) -> bool:
    return not folder.is_symlink() and folder.is_dir() and (folder / RESULT).is_file()


def _owner(folder: Path) -> str | None:
    claimed = _read(folder / CLAIM)
    return claimed if claimed is not None else _result_id(folder / RESULT)


def _result_id(path: Path) -> str | None:
    import json

    text = _read(path)
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    return str(found["id"]) if isinstance(found, dict) and "id" in found else None


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command that began the work said about its folder."""

    out: Path
    force: bool = False


def find_place(wanted: Wanted, title: str, work_id: UUID, out_dir: str | None) -> Place:
    """The folder that this work has already, else a new one."""
    if out_dir is not None and is_ours(Path(out_dir), work_id):
        return Place(Path(out_dir), work_id)
    return claim(wanted.out, title, work_id, force=wanted.force)


async def deliver(blobs: BlobStore, book: Book, result: Json, place: Place) -> Path:
    """Writes the book's folder and answers it. Raises `DiskFull`, `OutputRefused`; then nothing of it is left."""
    names = dict(_objects(book))
    # One object at a time in memory: a book of 64 pages is some hundred megabytes.
    loop = asyncio.get_running_loop()

    def files() -> Iterator[tuple[str, bytes]]:
        for name, blob in names.items():
            yield name, asyncio.run_coroutine_threadsafe(blobs.get(blob), loop).result()
        yield RESULT, (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode()

    await asyncio.to_thread(put_book, place, files())
    return place.folder


def _objects(book: Book) -> Iterator[tuple[str, str]]:
    for page in book.pages:
        yield page_file(page.number, "png"), page.image
        yield page_file(page.number, "json"), page.graph
    for export in book.exports:
        if export.status == "ready" and export.format in ("pdf", "cbz"):
            yield f"book.{export.format}", export.blob
