"""A book's folder in, a study's sheets out: the pages with their words covered, in order and shuffled."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from evals.retold.asking import RETELL
from evals.retold.covering import covered
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
from manga.paper import Direction

PAGE_PX: Final = 780
GAP_PX: Final = 24
TABLE: Final = 128
"""The grey beside the pages."""


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
