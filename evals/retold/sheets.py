"""A book's folder in, a study's sheets out: the pages in order and shuffled, their words covered.

Type, drawn sounds, titles of strips and page numbers lie under grey patches.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from drawing.lettering.balloons import FORMS, row_boxes
from drawing.pages.breakouts import FOLIO_B4_MM
from evals.retold.questions import RETELL
from evals.retold.study import (
    KEY,
    ORDERS,
    ReadingSet,
    Study,
    StudyWrong,
    opaque,
    read_study,
    set_folder,
    shuffled,
    write_study,
)
from manga.book import PageGraph
from manga.geometry import Point, Polygon, Rect, area, bounds
from manga.lettering import BalloonKind, Sfx, TextRun
from manga.paper import PAPERS, Direction

GREY: Final = 215
AIR_MM: Final = 0.8
"""Around type. White that is cut out of a picture around words is covered too, for it shows how long lines are."""
_CUT_EM: Final = FORMS[BalloonKind.MONOLOGUE].air_em[0] + 0.05
MM_A_Q: Final = 0.25
EDGE: Final = 0.16
"""Of a drawn letter: how far its edge reaches beyond the shape, and a little."""
PAGE_PX: Final = 780
GAP_PX: Final = 24
TABLE: Final = 128
"""The grey beside the pages."""


def covered(graph: PageGraph, picture: Image.Image) -> Image.Image:
    """A new grey picture without any metadata. `picture` shows the page's trim."""
    page = Image.new("L", picture.size, 255)
    page.paste(picture.convert("L"))
    pen = ImageDraw.Draw(page)
    scale = page.width / graph.trim.width

    def pixels(points: Polygon) -> list[Point]:
        return [((x - graph.trim.x) * scale, (y - graph.trim.y) * scale) for x, y in points]

    for box in _type(graph):
        pen.polygon(pixels(box.polygon()), fill=GREY)
    for sfx in graph.sfx:
        ring = pixels(sfx.polygon)
        pen.polygon(ring, fill=GREY)
        pen.line([*ring, ring[0], ring[1]], fill=GREY, width=round(2 * _edge(sfx) * scale) + 1, joint="curve")
    return page


def _edge(sfx: Sfx) -> float:
    return EDGE * sqrt(area(sfx.polygon) / max(1, len(sfx.text))) + AIR_MM


def _type(graph: PageGraph) -> Iterator[Rect]:
    """Where set type stands, with some air. Both feet of the page: a number's side tells odd pages from even ones."""
    for run in (*(balloon.text for balloon in graph.balloons), *(title.text for title in graph.titles)):
        yield _ground(run).inset(-max(AIR_MM, _CUT_EM * run.size_q * MM_A_Q))
    width, height = (mm * PAPERS[graph.paper].scale for mm in FOLIO_B4_MM)
    for x in (graph.trim.x, graph.trim.right - width):
        yield Rect(x=x, y=graph.trim.bottom - height, width=width, height=height)


def _ground(run: TextRun) -> Rect:
    """All that a text covers, its readings too."""
    boxes = [run.box, *row_boxes(run), *(glyph.box for glyph in (*run.glyphs, *run.ruby))]
    return bounds([point for box in boxes for point in box.polygon()])


def lay_out(
    story: str, beside: str, book: Path, folder: Path, *, seed: int = 0, pages_a_sheet: int = 2
) -> tuple[ReadingSet, ...]:
    """Adds two sets to the study in `folder`, which is begun where there is none. Raises StudyWrong."""
    pages = wordless(book)
    numbers = tuple(pages)
    study = read_study(folder) if (folder / KEY).exists() else Study(seed=seed)
    if any(one.story == story for one in study.sets):
        raise StudyWrong(f"{folder} has sheets of {story}; begin another study for another book of it")
    direction = next(iter(pages.values()))[0].direction
    sets = []
    for order in ORDERS:
        shown = numbers if order == "told" else shuffled(numbers, f"{story} {study.seed}")
        one = ReadingSet(id=opaque(story, order, study.seed), story=story, beside=beside, order=order, pages=shown)
        _write(set_folder(folder, one), [pages[number][1] for number in shown], direction, pages_a_sheet)
        sets.append(one)
    # Sorted by id: the key's order tells nothing either.
    everything = sorted((*study.sets, *sets), key=lambda one: one.id)
    write_study(folder, Study(seed=study.seed, sets=tuple(everything)))
    return tuple(sets)


def wordless(book: Path) -> dict[int, tuple[PageGraph, Image.Image]]:
    """The body pages by their numbers. The title page and the colophon are words. Raises StudyWrong."""
    found: dict[int, tuple[PageGraph, Image.Image]] = {}
    for file in sorted(book.rglob("pages/*.json")):
        graph = PageGraph.of(json.loads(file.read_bytes()))
        if graph.kind == "body":
            with Image.open(file.with_suffix(".png")) as picture:
                found[graph.number] = (graph, covered(graph, picture))
    if not found:
        raise StudyWrong(f"{book} holds no pages; give a folder that `mangaka draw --out` wrote")
    return dict(sorted(found.items()))


def _write(place: Path, pages: Sequence[Image.Image], direction: Direction, a_sheet: int) -> None:
    """Sheets and the question; what lay there before goes."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for number, start in enumerate(range(0, len(pages), a_sheet), 1):
        _sheet(pages[start : start + a_sheet], direction, a_sheet).save(place / f"sheet_{number:02}.png")
    (place / "QUESTION.md").write_text(RETELL[direction], encoding="utf-8")


def _sheet(pages: Sequence[Image.Image], direction: Direction, a_sheet: int) -> Image.Image:
    """Pages beside each other, the first at the right in a book that is read leftwards."""
    height = max(round(PAGE_PX * page.height / page.width) for page in pages)
    sheet = Image.new("L", (a_sheet * (PAGE_PX + GAP_PX) + GAP_PX, height + 2 * GAP_PX), TABLE)
    for place, page in enumerate(pages):
        column = a_sheet - 1 - place if direction is Direction.RTL else place
        small = page.resize((PAGE_PX, round(PAGE_PX * page.height / page.width)), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP_PX + column * (PAGE_PX + GAP_PX), GAP_PX))
    return sheet
