"""Phase 7: everything in, the finished book out: scene graphs, pictures of pages, PDF, CBZ and the quality report.

Each page is drawn in the process pool and told of as soon as it is kept: a reader sees page 1 before the book is done.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeVar

from agents.proofreading import Reader
from agents.result_cache import Shelf, name_of, remembered
from drawing.export.book_pdf import book_pdf
from drawing.export.cbz import ComicPage, cbz
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit import audit
from drawing.pages.page_files import PageFiles, page_files
from drawing.pages.scene_graph import BookFacts, body_pages
from drawing.pages.title_lettering import KEY
from drawing.pages.title_page import OURS, cover_plan, title_page
from drawing.pages.title_picture import CoverArt, cover_files
from manga.artwork import Made, PanelArt
from manga.book import Book, BookPage, Export, Gate, PageGraph, QualityReport
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept, World
from manga.errors import NotFound
from manga.lettering import Lettering
from manga.paper import PAPERS, Side
from manga.plot import DOUBT, Plot
from manga.storyboard import Storyboard
from manga.values import Span, Value
from providers.base import Offload

R = TypeVar("R")
PageReady = Callable[[int, str, str], None]
"""Called with a page's number, the object name of its PNG and of its scene graph."""


class Blobs(Protocol):
    """The work's objects: `keep` stores bytes under their digest and answers the name."""

    async def keep(self, data: bytes, *, content_type: str) -> str: ...

    async def get(self, name: str) -> bytes: ...


class _Drawn(Value):
    """A page's files by name, as they are remembered under what the page was drawn from."""

    png: str
    pdf: str
    graph: str
    ink: float


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that is drawn and stored."""

    page: BookPage
    files: PageFiles


async def finish(
    *,
    storyboard: Storyboard,
    art: Mapping[str, PanelArt],
    lettering: Lettering,
    concept: Concept,
    settings: Settings,
    blobs: Blobs,
    offload: Offload,
    cast: Cast | None = None,
    cuts: Sequence[Span] = (),
    warnings: tuple[str, ...] = (),
    page_ready: PageReady | None = None,
    folders: tuple[str, ...] | None = None,
    shelf: Shelf | None = None,
    reader: Reader | None = None,
    plot: Plot | None = None,
    press: AbstractAsyncContextManager[object] | None = None,
    redrawn: bool = False,
) -> Book:
    """`art` by panel key; `cuts` are what the plot left out, `warnings` what earlier phases have to tell. The title
    page has number 0 and comes first.

    With a `shelf` a page that was drawn before is not drawn again. A `reader` proof-reads the book. The `press` is held
    while there are pages in memory, and no model is waited for meanwhile.

    Of a book that is `redrawn`, pages that changed are drawn and told of before everything else.

    With a `cast` the title page gets a picture of its own, without one a picture of the book.
    """
    facts = facts_of(concept, settings)
    maker = _Press(blobs, offload, folders if folders is not None else standard_folders(), shelf)
    body = await offload.run(body_graphs, storyboard, dict(art), lettering, facts)
    if redrawn:
        async with press or nullcontext():
            await _together(_shown(graph, maker, page_ready) for graph in body)
    cover = await _cover(facts, storyboard, cast, art, concept.world, maker) if cast else None
    title = await offload.run(front_page, body[0].side.other, storyboard, dict(art), facts, maker.folders, cover)
    graphs = (title, *body)
    notes = await reader.of_book(storyboard, lettering, concept, shelf, plot) if reader is not None else ()
    async with press or nullcontext():
        untold = (title,) if redrawn else graphs
        kept = await _together(_kept(graph, maker, page_ready if graph in untold else None) for graph in graphs)
        gates = await offload.run(_measured, graphs, {k.files.number: k.files.ink for k in kept}, maker.folders)
        exports = await _exports([k.files for k in kept], graphs, facts, settings, blobs, offload)
    return Book(
        title=facts.title,
        author=facts.author,
        direction=concept.direction,
        pages=tuple(k.page for k in kept),
        exports=exports,
        report=_report(storyboard, art, lettering, tuple(cuts), gates, maker.folders, (*warnings, *notes)),
        degraded=any(picture.status != "drawn" for picture in art.values()),
    )


def facts_of(concept: Concept, settings: Settings) -> BookFacts:
    """What all pages share. The concept has the title that was asked for, or the one it was edited to since."""
    return BookFacts(
        title=concept.title,
        author=concept.author,
        language=concept.language.value,
        direction=concept.direction,
        paper=PAPERS[settings.paper],
        genre=concept.genres[0],
    )


def cover_art(
    facts: BookFacts,
    storyboard: Storyboard,
    cast: Cast,
    art: Mapping[str, PanelArt],
    world: World,
    folders: tuple[str, ...],
) -> CoverArt | None:
    """The title page's own picture, where there is one. Pure."""
    plan = cover_plan(facts, storyboard, cast, art, faces(folders), world.period.value, world.culture or "")
    return cover_files(plan) if plan else None


class _Cover(Value):
    """The title page's picture as it is remembered; none where the book has none but its own."""

    art: PanelArt | None = None


async def _cover(
    facts: BookFacts,
    storyboard: Storyboard,
    cast: Cast,
    art: Mapping[str, PanelArt],
    world: World,
    maker: "_Press",
) -> PanelArt | None:
    async def draw() -> _Cover:
        drawn = await maker.offload.run(cover_art, facts, storyboard, cast, dict(art), world, maker.folders)
        return _Cover(art=await _hung(drawn, maker.blobs) if drawn else None)

    said = (facts.title, facts.author, facts.language, facts.direction, facts.paper.to_json(), facts.genre)
    pictures = {key: picture.to_json() for key, picture in art.items()}
    read = {"facts": said, "board": storyboard.to_json(), "cast": cast.to_json(), "world": world.to_json()}
    return (await remembered(maker.shelf, name_of("cover", read | {"art": pictures}), _Cover, draw)).art


async def _hung(drawn: CoverArt, blobs: Blobs) -> PanelArt:
    return PanelArt(
        panel=KEY,
        blob=await blobs.keep(drawn.data, content_type=OURS),
        media_type=OURS,
        width=drawn.width,
        height=drawn.height,
        figures=drawn.figures,
        made=Made(model=drawn.model),
    )


def body_graphs(
    storyboard: Storyboard, art: Mapping[str, PanelArt], lettering: Lettering, facts: BookFacts
) -> tuple[PageGraph, ...]:
    """All story pages. Pure."""
    letters = {page.page: page for page in lettering.pages}
    return tuple(body_pages(storyboard, art, letters, facts))


def front_page(
    side: Side,
    storyboard: Storyboard,
    art: Mapping[str, PanelArt],
    facts: BookFacts,
    folders: tuple[str, ...],
    cover: PanelArt | None = None,
) -> PageGraph:
    """The title page. Pure."""
    return title_page(facts, side, storyboard, art, faces(folders), cover)


async def _shown(graph: PageGraph, maker: "_Press", page_ready: PageReady | None) -> None:
    """A page that is drawn, if it has to be, and told of."""
    drawn, _ = await maker.files(graph)
    if page_ready is not None:
        page_ready(graph.number, drawn.png, drawn.graph)


async def _together(pages: Iterable[Coroutine[Any, Any, R]]) -> list[R]:
    """All pages; when one fails, the others are stopped and waited for: nothing goes on behind a failed phase."""
    tasks = [asyncio.create_task(page) for page in pages]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


@dataclass(frozen=True, slots=True)
class _Press:
    """What every page is drawn with."""

    blobs: Blobs
    offload: Offload
    folders: tuple[str, ...]
    shelf: Shelf | None

    async def files(self, graph: PageGraph) -> tuple[_Drawn, PageFiles | None]:
        """The names of a page's files, and the files themselves when they were made just now."""
        fresh: list[PageFiles] = []

        async def draw() -> _Drawn:
            names = sorted({panel.picture for panel in graph.panels if panel.picture})
            pictures = dict(zip(names, await asyncio.gather(*map(self.blobs.get, names)), strict=True))
            made = await self.offload.run(page_files, graph, pictures, self.folders)
            fresh.append(made)
            png = await self.blobs.keep(made.png, content_type="image/png")
            scene = await self.blobs.keep(made.graph, content_type="application/json")
            # Only who looks on the shelf later needs the page's own PDF.
            pdf = await self.blobs.keep(made.pdf, content_type="application/pdf") if self.shelf else ""
            return _Drawn(png=png, pdf=pdf, graph=scene, ink=made.ink)

        drawn = await remembered(self.shelf, name_of("drawn", graph.to_json()), _Drawn, draw)
        return drawn, fresh[0] if fresh else None


async def sheet_of(shelf: Shelf, graph: PageGraph) -> bytes | None:
    """A page's own PDF as it was drawn with the book; None where it is not kept any more."""
    try:
        drawn = _Drawn.of(json.loads(await shelf.get(name_of("drawn", graph.to_json()))))
        return await shelf.get(drawn.pdf) if drawn.pdf else None
    except NotFound:
        return None


async def _kept(graph: PageGraph, press: _Press, page_ready: PageReady | None) -> Kept:
    drawn, files = await press.files(graph)
    if files is None:
        try:
            png, pdf, scene = await asyncio.gather(*map(press.blobs.get, (drawn.png, drawn.pdf, drawn.graph)))
        except NotFound:  # cleared away since
            return await _kept(graph, replace(press, shelf=None), page_ready)
        files = PageFiles(graph.number, pdf, png, scene, drawn.ink)
    if page_ready is not None:
        page_ready(graph.number, drawn.png, drawn.graph)
    return Kept(BookPage(number=graph.number, side=graph.side, graph=drawn.graph, image=drawn.png), files)


def _measured(graphs: tuple[PageGraph, ...], ink: Mapping[int, float], folders: tuple[str, ...]) -> tuple[Gate, ...]:
    return audit(graphs, faces(folders), ink)


async def _exports(
    files: Sequence[PageFiles],
    graphs: Sequence[PageGraph],
    facts: BookFacts,
    settings: Settings,
    blobs: Blobs,
    offload: Offload,
) -> tuple[Export, ...]:
    pdf = await offload.run(book_pdf, [page.pdf for page in files], facts, graphs[0].side, words=graphs)
    comic = [ComicPage(page.number, page.png, front=page.number == 0) for page in files]
    archive = await offload.run(cbz, comic, facts, mono=settings.color == "mono")
    return (
        await _export("pdf", "book.pdf", pdf, "application/pdf", blobs),
        await _export("cbz", "book.cbz", archive, "application/vnd.comicbook+zip", blobs),
    )


async def _export(kind: Literal["pdf", "cbz"], name: str, data: bytes, content_type: str, blobs: Blobs) -> Export:
    blob = await blobs.keep(data, content_type=content_type)
    return Export(format=kind, name=name, blob=blob, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data))


def _report(
    storyboard: Storyboard,
    art: Mapping[str, PanelArt],
    lettering: Lettering,
    cuts: tuple[Span, ...],
    gates: tuple[Gate, ...],
    folders: tuple[str, ...],
    warnings: tuple[str, ...],
) -> QualityReport:
    keys = [panel.key for panel in storyboard.panels()]
    parts = [part for panel in storyboard.panels() for part in panel.dialogue.parts]
    spoken = (part.line for part in parts if part.kind not in {"narration", "sfx", "sign"} and part.confidence < DOUBT)
    missing = (thing for key in keys if key in art for thing in art[key].made.missing)
    absent = faces(folders).absent
    fonts = (f"gothic stands in for the faces {', '.join(absent)}",) if absent else ()
    return QualityReport(
        gates=gates,
        cuts=cuts,
        placeholders=tuple(key for key in keys if key not in art or art[key].status != "drawn"),
        doubtful_lines=tuple(dict.fromkeys(spoken)),
        missing=tuple(sorted(set(missing))),
        warnings=(*warnings, *lettering.warnings, *fonts),
    )
