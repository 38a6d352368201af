"""Exports a version of a book as a file of any format, once: asked again the kept file is sent.

Everything comes from the version's own scene graphs, and from the pages as they were drawn from those with the book.
What was made is remembered in the work's corner of the store under exactly what it was made from, so that a version
that changes nothing of the pages gives the same file.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from uuid import UUID

from agents.finishing import facts_of, sheet_of
from agents.result_cache import name_of, remembered
from drawing.export.book_edition import Edition, Leaf
from drawing.export.book_script import Manuscript, script
from drawing.export.export_book import bound, part, ready_made
from drawing.export.formats import FORMATS, Format, checked, format_of
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.colophon import Imprint, colophon
from drawing.pages.scene_graph import BookFacts
from editing.phase_results import artwork_of, result_json, result_of, settings_of
from editing.work_blobs import WorkBlobs, blobs_of
from graph.state import State
from manga.book import Book, PageGraph, PanelNode
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import NotFound
from manga.paper import Side
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard
from manga.values import Value
from providers.base import Offload
from storage.base import Version
from storage.database import Pool
from storage.objects import BlobStore, Purpose
from works.base import LOCAL_TENANT, Json
from works.versions.tree import HEAD, find_version, history_of, read_state

MAKING: Final = "exports/1"
"""Raised when the same pages shall give another file."""
AT_ONCE: Final = 4
"""Pages of one export in memory, and in the line for the process pool, at a time."""
_TOLD: Final = (Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT, Phase.STORYBOARD)
_KEPT_WITH_THE_BOOK: Final = frozenset({"pdf", "cbz"})


class Made(Value):
    """An export that lies in the store."""

    blob: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Wish:
    """One file that somebody wants of a version."""

    format: str
    version: str = HEAD
    options: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """With what exports are made. `folders` hold the faces."""

    pool: Pool
    store: BlobStore
    offload: Offload
    tenant: str = LOCAL_TENANT
    folders: tuple[str, ...] = field(default_factory=standard_folders)


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that is there: its format, its object in the work's own corner, and the version it shows."""

    format: Format
    blob: str
    bytes: int
    title: str
    version: Version
    blobs: WorkBlobs

    @property
    def name(self) -> str:
        """As it is asked for under `…/files/`. What the book was not delivered with is named by its content."""
        return file_name(self.format, self.blob)

    def to_json(self) -> Json:
        return {
            "format": self.format.name,
            "url": self.name,
            "sha256": self.blob,
            "bytes": self.bytes,
            "status": "ready",
        }


def file_name(wanted: Format, blob: str) -> str:
    return wanted.file if wanted.name in _KEPT_WITH_THE_BOOK else f"exports/{blob}/{wanted.file}"


async def export(desk: Desk, work_id: UUID, wish: Wish) -> ExportFile:
    """Has the file made, where it is not there already. Raises `NotFound` (also for another tenant's, and for a version
    that is no finished book), `UserError` for a format or an option that there is not."""
    wanted = format_of(wish.format)
    options = checked(wanted, wish.options)
    source = await _source(desk, work_id, wish.version)
    if (own := source.delivered(wanted)) is not None:
        return source.file(wanted, own)
    name = name_of("exports", source.read_by(wanted, options))
    return source.file(
        wanted, await remembered(source.blobs, name, Made, partial(_made, desk, source, wanted, options))
    )


async def ready_of(desk: Desk, work_id: UUID, version: str = HEAD) -> list[ExportFile]:
    """The files that a version is there as, at their usual options. Nothing is made."""
    source = await _source(desk, work_id, version)
    found = []
    for wanted in FORMATS.values():
        made = source.delivered(wanted) or await source.known(wanted)
        if made is not None:
            found.append(source.file(wanted, made))
    return found


@dataclass(frozen=True, slots=True)
class _Source:
    """A finished version, and its work's corner of the store."""

    version: Version
    state: State
    book: Book
    blobs: WorkBlobs

    def file(self, wanted: Format, made: Made) -> ExportFile:
        return ExportFile(wanted, made.blob, made.bytes, self.book.title, self.version, self.blobs)

    def delivered(self, wanted: Format) -> Made | None:
        """The file that was made with the book."""
        found = (e for e in self.book.exports if e.format == wanted.name and e.status == "ready")
        return next((Made(blob=e.blob, bytes=e.bytes) for e in found), None)

    def read_by(self, wanted: Format, options: Mapping[str, int]) -> object:
        """Everything that a file depends on."""
        made = [MAKING, wanted.name, dict(options)]
        if wanted.name == "script":
            return [*made, [result_json(self.state, phase) for phase in _TOLD]]
        dated = [self.version.created_at.isoformat()] if wanted.name == "epub" else []
        return [*made, self.book.to_json(), list(hands_of(self.state)), dated]

    async def known(self, wanted: Format) -> Made | None:
        name = name_of("exports", self.read_by(wanted, checked(wanted, {})))
        try:
            return Made.of(json.loads(await self.blobs.get(name)))
        except NotFound:
            return None


async def _source(desk: Desk, work_id: UUID, version: str) -> _Source:
    _, history = await history_of(desk.pool, work_id, tenant=desk.tenant)
    found = find_version(history, version)
    state = await read_state(desk.pool, found)
    if not state.get(Phase.FINISHING.value):
        raise NotFound("This version is no finished book yet.", remedy="Follow the work until it is finished.")
    blobs = blobs_of(desk.store, desk.tenant, str(work_id)).meant_for(Purpose.PRODUCT)
    return _Source(found, state, result_of(state, Phase.FINISHING, Book), blobs)


async def _made(desk: Desk, source: _Source, wanted: Format, options: Mapping[str, int]) -> Made:
    if wanted.name == "script":
        data = script(manuscript_of(source.state)).encode()
    else:
        edition = await _edition(desk, source)
        parts = await _parts(desk, source, edition, wanted, options)
        data = await desk.offload.run(bound, wanted.name, edition, parts, options)
    return Made(blob=await source.blobs.keep(data, content_type=wanted.media_type), bytes=len(data))


async def _edition(desk: Desk, source: _Source) -> Edition:
    """The version's pages as they are kept, and its colophon."""
    kept = await asyncio.gather(*(source.blobs.get(page.graph) for page in source.book.pages))
    pages = tuple(PageGraph.of(json.loads(data)) for data in kept)
    state, settings = source.state, settings_of(source.state)
    facts = facts_of(result_of(state, Phase.CONCEPT, Concept), settings)
    report = source.book.report
    imprint = Imprint(
        hands=hands_of(state),
        placeholders=tuple(panel.address for page in pages for panel in page.panels if panel.placeholder),
        missing=report.missing,
        cuts=len(report.cuts),
    )
    last = pages[-1]
    end = await desk.offload.run(colophon_of, facts, imprint, last.number + 1, last.side.other, desk.folders)
    made = source.version.created_at
    return Edition(facts, (*pages, end), str(source.version.work_id), made, mono=settings.color == "mono")


def colophon_of(facts: BookFacts, imprint: Imprint, number: int, side: Side, folders: tuple[str, ...]) -> PageGraph:
    """For the process pool."""
    return colophon(facts, imprint, number, side, faces(folders))


async def _parts(
    desk: Desk, source: _Source, edition: Edition, wanted: Format, options: Mapping[str, int]
) -> Sequence[bytes]:
    """Each page's part made in the process pool; few at a time, because a page's pictures are in memory meanwhile."""
    images = {page.number: page.image for page in source.book.pages}
    places, ready = asyncio.Semaphore(AT_ONCE), ready_made(wanted.name, options)
    lasts = (None, *(page.panels[-1] if page.kind == "body" and page.panels else None for page in edition.pages))

    async def drawn(page: PageGraph, before: PanelNode | None) -> bytes:
        async with places:
            image = images.get(page.number) if ready == "png" else None
            png = await source.blobs.get(image) if image else None
            pdf = await sheet_of(source.blobs, page) if ready == "pdf" else None
            leaf = Leaf(page, {}, desk.folders, png, pdf, options, before)
            if png is None and pdf is None:
                leaf = replace(leaf, pictures=await _pictures(source.blobs, page))
            return await desk.offload.run(part, wanted.name, leaf)

    return await asyncio.gather(*(drawn(page, before) for page, before in zip(edition.pages, lasts, strict=False)))


async def _pictures(blobs: WorkBlobs, page: PageGraph) -> dict[str, bytes]:
    names = sorted({panel.picture for panel in page.panels if panel.picture})
    return dict(zip(names, await asyncio.gather(*map(blobs.get, names)), strict=True))


def hands_of(state: State) -> tuple[str, ...]:
    """Who drew the pictures that are in the book."""
    return tuple(sorted({art.made.model for art in artwork_of(state).values() if art.status == "drawn"}))


def manuscript_of(state: State) -> Manuscript:
    """What a script tells of a version."""
    facts = facts_of(result_of(state, Phase.CONCEPT, Concept), settings_of(state))
    return Manuscript(
        facts,
        result_of(state, Phase.STORYBOARD, Storyboard),
        result_of(state, Phase.CHARACTERS, Cast),
        result_of(state, Phase.PLOT, Plot),
    )
