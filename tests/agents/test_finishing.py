"""Phase 7's agent: a storyboard, pictures and letters become a book, whole and the same every time."""

import asyncio
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

import pikepdf
import pytest
from PIL import Image

from agents.finishing import facts_of, finish, sheet_of
from drawing.export.cbz import png_size
from drawing.lettering.letter_page import letter_page
from drawing.pages.audit import NAMES
from manga.artwork import Made, PanelArt
from manga.book import Book, PageGraph
from manga.brief import Settings
from manga.characters import Cast, Character, Look
from manga.errors import DiskFull, NotFound
from manga.lettering import Lettering, PageLettering
from manga.paper import Direction, PaperName, Side
from manga.storyboard import Storyboard
from manga.values import Span
from providers.process_pool import InlineOffload
from tests.drawing.lettering.desk import board, drawn, manner, panel, part
from tests.graph.told import CONCEPT
from tests.remembering import INLINE

pytestmark = pytest.mark.anyio
CAST = Cast(characters=(Character(key="c01", name="狐", role="protagonist", look=Look(), description=""),))
WHO = (("c01", 0.5),)
OFFLOAD = INLINE
"""Most books here have the same pages."""


@dataclass
class Shelf:
    """Objects by digest; `room` is how many it takes before the disk is full."""

    objects: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    room: int = 1000

    async def keep(self, data: bytes, *, content_type: str) -> str:
        if len(self.objects) >= self.room:
            raise DiskFull("The disk is full.")
        name = hashlib.sha256(data).hexdigest()
        self.objects[name] = data
        self.kinds[name] = content_type
        return name

    async def put(self, name: str, data: bytes, *, content_type: str = "") -> None:
        self.objects[name] = data
        self.kinds[name] = content_type

    async def get(self, name: str) -> bytes:
        if name not in self.objects:
            raise NotFound(name)
        return self.objects[name]


@dataclass
class Told:
    """A small story of two pages, drawn and lettered."""

    storyboard: Storyboard
    art: dict[str, PanelArt]
    blobs: Mapping[str, bytes]
    lettering: Lettering


def told() -> Told:
    storyboard = board(
        [panel(1, [part(1, "やあ、狐さん。", who="c01")], WHO, 4), panel(2, (), WHO)],
        [
            panel(3, [part(3, "栗をどうぞ。", who="c01", confidence=0.3)], WHO),
            panel(4, [part(4, "夜。", kind="narration")]),
        ],
    )
    art, blobs = drawn(storyboard)
    pages = tuple(letter_page(page, art, manner()).page for page in storyboard.pages)
    return Told(storyboard, art, blobs, Lettering(pages=pages, base_size_q=16.55, warnings=("a tail is long",)))


STORY = told()


async def finished(blobs: Shelf | None = None, story: Told = STORY, **how: object) -> Book:
    blobs = blobs if blobs is not None else Shelf()
    blobs.objects.update(story.blobs)
    given: dict[str, object] = {"settings": Settings(), "cast": CAST, "concept": CONCEPT, "offload": OFFLOAD} | how
    return await finish(
        storyboard=story.storyboard,
        art=story.art,
        lettering=story.lettering,
        blobs=blobs,
        **given,  # type: ignore[arg-type]
    )


def graph_of(book: Book, shelf: Shelf, at: int) -> PageGraph:
    return PageGraph.of(json.loads(shelf.objects[book.pages[at].graph]))


async def test_the_title_page_is_number_0_and_pages_follow_from_1() -> None:
    shelf = Shelf()
    book = await finished(shelf)
    assert [page.number for page in book.pages] == [0, 1, 2]
    assert [graph_of(book, shelf, i).kind for i in range(3)] == ["title", "body", "body"]
    assert [graph_of(book, shelf, i).folio for i in range(3)] == [None, 1, 2]


async def test_sides_alternate_and_the_title_lies_before_page_1() -> None:
    book = await finished()
    assert [page.side for page in book.pages] == [Side.RIGHT, Side.LEFT, Side.RIGHT]


async def test_png_pdf_and_archive_hold_the_same_pages_in_the_same_order() -> None:
    shelf = Shelf()
    book = await finished(shelf)
    files = {export.format: shelf.objects[export.blob] for export in book.exports}
    archive = zipfile.ZipFile(io.BytesIO(files["cbz"]))
    assert archive.namelist() == ["ComicInfo.xml", "000.png", "001.png", "002.png"]
    for page in book.pages:
        assert archive.read(f"{page.number:03}.png") == shelf.objects[page.image]
    pdf = pikepdf.open(io.BytesIO(files["pdf"]))
    assert len(pdf.pages) == 3
    assert pdf.Root.PageLayout == pikepdf.Name.TwoPageRight
    assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name("/R2L")


async def test_each_page_s_own_pdf_is_found_by_its_scene_graph_as_long_as_it_is_kept() -> None:
    shelf = Shelf()
    book = await finished(shelf, shelf=shelf)
    graph = graph_of(book, shelf, 1)
    sheet = await sheet_of(shelf, graph)
    assert sheet is not None
    assert len(pikepdf.open(io.BytesIO(sheet)).pages) == 1
    assert await sheet_of(shelf, graph.model_copy(update={"number": 9})) is None
    shelf.objects = {name: data for name, data in shelf.objects.items() if data != sheet}
    assert await sheet_of(shelf, graph) is None


async def test_a_book_read_from_the_left_lies_the_other_way() -> None:
    shelf = Shelf()
    storyboard = board([panel(1, (), WHO)], direction=Direction.LTR)
    page = storyboard.pages[0].model_copy(update={"side": Side.RIGHT})
    art, blobs = drawn(storyboard)
    story = Told(
        Storyboard(pages=(page,)), art, blobs, Lettering(pages=(PageLettering(page=page.key),), base_size_q=16)
    )
    book = await finished(shelf, story, concept=CONCEPT.model_copy(update={"direction": Direction.LTR}))
    assert [page.side for page in book.pages] == [Side.LEFT, Side.RIGHT]
    pdf = pikepdf.open(io.BytesIO(shelf.objects[book.exports[0].blob]))
    assert pdf.Root.PageLayout == pikepdf.Name.TwoPageLeft


async def test_exports_are_told_with_digest_and_size() -> None:
    shelf = Shelf()
    book = await finished(shelf)
    assert [(export.format, export.name) for export in book.exports] == [("pdf", "book.pdf"), ("cbz", "book.cbz")]
    for export in book.exports:
        data = shelf.objects[export.blob]
        assert (export.sha256, export.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert shelf.kinds[book.exports[0].blob] == "application/pdf"
    assert shelf.kinds[book.exports[1].blob] == "application/vnd.comicbook+zip"


async def test_the_same_story_gives_the_same_book() -> None:
    first, second = Shelf(), Shelf()
    one, other = [await finished(shelf, offload=InlineOffload()) for shelf in (first, second)]
    assert one == other
    assert first.objects == second.objects


async def test_each_page_is_told_as_soon_as_it_is_kept() -> None:
    shelf = Shelf()
    seen: dict[int, tuple[str, str]] = {}

    def ready(number: int, image: str, scene: str) -> None:
        assert image in shelf.objects
        assert scene in shelf.objects
        seen[number] = (image, scene)

    book = await finished(shelf, page_ready=ready)
    assert seen == {page.number: (page.image, page.graph) for page in book.pages}


async def test_pages_are_1600_pixels_wide() -> None:
    shelf = Shelf()
    book = await finished(shelf)
    sizes = {png_size(shelf.objects[page.image]) for page in book.pages}
    assert sizes == {(1600, 2260)}
    assert Image.open(io.BytesIO(shelf.objects[book.pages[1].image])).mode == "L"


async def test_the_cast_stands_on_the_title_page() -> None:
    shelf = Shelf()
    book = await finished(shelf)
    (node,) = graph_of(book, shelf, 0).panels
    assert [figure.character for figure in node.figures] == ["c01"]
    assert node.picture not in {art.blob for art in STORY.art.values()}
    assert node.picture in shelf.objects


async def test_without_a_cast_the_title_page_borrows_a_picture() -> None:
    shelf = Shelf()
    book = await finished(shelf, cast=None)
    (node,) = graph_of(book, shelf, 0).panels
    assert node.picture in {art.blob for art in STORY.art.values()}


async def test_the_report_has_every_gate_and_what_went_less_than_well() -> None:
    report = (await finished(cuts=(Span(start=3, end=9),), warnings=("nobody has a sheet",))).report
    assert tuple(gate.name for gate in report.gates) == NAMES
    assert report.cuts == (Span(start=3, end=9),)
    assert report.doubtful_lines == ("l0003",)
    assert report.placeholders == ()
    assert report.warnings[:2] == ("nobody has a sheet", "a tail is long")


async def test_placeholders_and_lost_pictures_degrade_the_book() -> None:
    lost = STORY.art["b0002"].model_copy(update={"status": "placeholder"})
    made = Made(model="test", missing=("prop: harp",))
    other = STORY.art["b0003"].model_copy(update={"made": made})
    art = {key: found for key, found in STORY.art.items() if key != "b0004"} | {"b0002": lost, "b0003": other}
    book = await finished(story=Told(STORY.storyboard, art, STORY.blobs, STORY.lettering))
    assert book.degraded
    assert book.report.placeholders == ("b0002", "b0004")
    assert book.report.missing == ("prop: harp",)
    assert not (await finished()).degraded


async def test_title_and_author_are_the_concepts_even_when_edited_after_the_request() -> None:
    shelf = Shelf()
    edited = CONCEPT.model_copy(update={"title": "別の題", "author": "山田"})
    book = await finished(shelf, concept=edited, settings=Settings(title="初めの題"))
    assert [text.text.source for text in graph_of(book, shelf, 0).balloons] == ["別の題", "山田"]
    assert (book.title, book.author) == ("別の題", "山田")
    pdf = pikepdf.open(io.BytesIO(shelf.objects[book.exports[0].blob]))
    assert str(pdf.docinfo["/Title"]) == "別の題"


def test_paper_is_as_the_person_asked() -> None:
    assert facts_of(CONCEPT, Settings(paper=PaperName.A5)).paper.name is PaperName.A5


@pytest.mark.parametrize("room", [4, 6, 10, 12])
async def test_a_full_disk_fails_the_phase_and_gives_no_half_book(room: int) -> None:
    with pytest.raises(DiskFull):
        await finished(Shelf(room=room))


async def test_nothing_goes_on_behind_a_failed_phase() -> None:
    class Stuck(Shelf):
        """One picture is never read, another cannot be."""

        async def get(self, name: str) -> bytes:
            if name == "blob-b0001":
                await asyncio.Event().wait()
            if name == "blob-b0003":
                raise NotFound(name)
            return await super().get(name)

    before = asyncio.all_tasks()
    with pytest.raises(NotFound):
        await finished(Stuck())
    assert asyncio.all_tasks() == before
