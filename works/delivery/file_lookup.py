"""Finds the files of a book and of its making by name: `book.pdf`, `pages/001.png`, or an object's own name."""

import re
from dataclasses import dataclass, replace
from uuid import UUID

from agents.result_cache import name_of, remembered
from drawing.export.formats import by_file
from drawing.raster.cut_out_panel import thumbnail
from editing.phase_results import result_of
from editing.state_as_json import Json
from editing.work_blobs import WorkBlobs, blobs_of
from graph.build import MangaGraph
from graph.state import State
from graph.thread_config import config_of
from manga.book import Book
from manga.errors import NotFound
from manga.phases import Phase
from manga.values import Value
from providers.base import Offload
from storage.base import Version
from storage.database import Pool, connection
from storage.objects import BlobStore
from storage.works import read_work
from works.base import LOCAL_TENANT
from works.composition import House
from works.versions.tree import HEAD, find_version, history_of, read_state
from works.work_json import page_file

_EXPORT = re.compile(r"exports/([0-9a-f]{64})/([a-z.-]{1,40})")
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What no system has in the name of a file."""
_LONGEST_TITLE = 60
BOOK = "book"
_OBJECT = re.compile(r"[0-9a-f]{64}")
_TYPES = {
    "png": "image/png",
    "json": "application/json",
    "pdf": "application/pdf",
    "cbz": "application/vnd.comicbook+zip",
}
_BEGINNINGS = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF", "application/pdf"),
    (b"{", "application/json"),
)


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file as it is sent. `blob` is its object in the work's own corner; its content never changes."""

    name: str
    blob: str
    media_type: str
    blobs: WorkBlobs
    title: str = ""

    @property
    def called(self) -> str:
        """What it is called where somebody keeps it: a whole book by its title."""
        stem, dot, kind = self.name.partition(".")
        plain = _NO_NAME.sub(" ", self.title).strip(" .")[:_LONGEST_TITLE].strip()
        return f"{plain}{dot}{kind}" if stem == BOOK and plain else self.name


async def find_file(
    pool: Pool, store: BlobStore, work_id: UUID, name: str, *, tenant: str, version: str = HEAD
) -> BookFile:
    """Raises `NotFound`, also for what is another tenant's."""
    async with connection(pool) as conn:
        title = (await read_work(conn, work_id, tenant=tenant)).title or ""
    blobs = blobs_of(store, tenant, str(work_id))
    if _OBJECT.fullmatch(name):
        return BookFile(name, name, await kind_of(blobs, name), blobs)
    if (exported := _EXPORT.fullmatch(name)) and (wanted := by_file(exported[2])):
        if not await blobs.exists(exported[1]):
            raise NotFound("This export is not there.", remedy="Ask for it: POST …/exports.")
        return BookFile(wanted.file, exported[1], wanted.media_type, blobs, title)
    _, state = await finished_version(pool, work_id, version, tenant)
    files = files_of(result_of(state, Phase.FINISHING, Book))
    if name not in files:
        raise NotFound(f"This version has no file {name[:80]!r}.", remedy="`exports` and `pages` name them.")
    return BookFile(name, files[name], _TYPES[name.rpartition(".")[2]], blobs, title)


class _Small(Value):
    """A small picture on the shelf."""

    blob: str


async def small_of(found: BookFile, offload: Offload) -> BookFile:
    """A picture at the size of a thumbnail; anything else as it is."""
    if found.media_type not in ("image/png", "image/jpeg"):
        return found

    async def make() -> _Small:
        made = await offload.run(thumbnail, await found.blobs.get(found.blob))
        return _Small(blob=await found.blobs.keep(made.data, content_type="image/jpeg"))

    small = await remembered(found.blobs, name_of("thumbnails", found.blob), _Small, make)
    return replace(found, name=f"{found.name}.jpg", blob=small.blob, media_type="image/jpeg")


def files_of(book: Book) -> dict[str, str]:
    """Names of the book's files, with their objects."""
    pages = {page_file(page.number, "png"): page.image for page in book.pages}
    graphs = {page_file(page.number, "json"): page.graph for page in book.pages}
    exports = {f"book.{e.format}": e.blob for e in book.exports if e.status == "ready" and e.format in ("pdf", "cbz")}
    return pages | graphs | exports


async def finished_version(pool: Pool, work_id: UUID, version: str, tenant: str) -> tuple[Version, State]:
    """Raises `NotFound`, also for one that is no finished book."""
    _, history = await history_of(pool, work_id, tenant=tenant)
    found = find_version(history, version)
    state = await read_state(pool, found)
    if not state.get(Phase.FINISHING.value):
        raise NotFound("This version is no finished book yet.", remedy="Follow the work until it is finished.")
    return found, state


async def kind_of(blobs: BlobStore, name: str) -> str:
    """By the first bytes: an object's name says nothing of it. Nothing that a browser would run is ever answered."""
    async for chunk in blobs.open_range(name, 0, 8):
        return next((kind for start, kind in _BEGINNINGS if chunk.startswith(start)), "application/octet-stream")
    return "application/octet-stream"


async def panels_so_far(house: House, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Json:
    """By panel's key `{status, blob, media_type}`. Raises `NotFound`."""
    async with connection(house.pool) as conn:
        await read_work(conn, work_id, tenant=tenant)
    return await pictures_of(house.graph, work_id)


async def pictures_of(graph: MangaGraph, work_id: UUID) -> Json:
    """Of the last checkpoint, and of what was finished since."""
    state = await graph.aget_state(config_of(str(work_id), None))
    found: Json = dict(state.values.get("artwork") or {})
    for task in state.tasks:
        if isinstance(task.result, dict):
            found |= task.result.get("artwork") or {}
    return {key: _shown(art) for key, art in found.items() if art}


def _shown(art: Json) -> Json:
    return {name: art.get(name) for name in ("status", "blob", "media_type")}
