"""In: a finished book in the blob store. Out: its folder `out/<title>/`, whole or not at all.

pages/001.png  pages/001.json  ...  book.pdf  book.cbz  work.json
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from manga.book import Book
from storage.base import BlobStore
from works.base import Json
from works.delivery.book_folder import RESULT, Place, claim, is_ours, put_book
from works.result import page_file


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
