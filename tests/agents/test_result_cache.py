"""What was made from the same once is not made again; what was cleared away is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import pytest

from agents.finishing import finish
from agents.result_cache import name_of, remembered
from drawing.pages.page_files import page_files
from editing.work_blobs import WorkBlobs
from manga.book import Book
from manga.brief import Settings
from manga.values import Span
from providers.process_pool import InlineOffload
from tests.agents.test_finishing import STORY, Told
from tests.graph.crew import MemoryBlobs
from tests.graph.told import CONCEPT

pytestmark = pytest.mark.anyio
P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Counting:
    """Runs at once and counts the pages that are drawn."""

    pages: list[int] = field(default_factory=list)

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        if work is page_files:
            self.pages.append(args[0].number)  # type: ignore[attr-defined]
        return await InlineOffload().run(work, *args, **kwargs)


def _blobs() -> WorkBlobs:
    store = MemoryBlobs({f"local/a/{name}": data for name, data in STORY.blobs.items()})
    return WorkBlobs(store, "local/a")


async def _book(blobs: WorkBlobs, offload: Counting, story: Told = STORY) -> Book:
    return await finish(
        storyboard=story.storyboard,
        art=story.art,
        lettering=story.lettering,
        concept=CONCEPT,
        settings=Settings(),
        blobs=blobs,
        offload=offload,
        shelf=blobs,
    )


async def test_a_piece_is_made_once_for_the_same_and_again_for_another() -> None:
    made: list[int] = []

    async def make() -> Span:
        made.append(1)
        return Span(start=0, end=len(made))

    blobs = _blobs()
    assert await remembered(blobs, name_of("piece", {"a": 1, "b": 2}), Span, make) == Span(start=0, end=1)
    assert await remembered(blobs, name_of("piece", {"b": 2, "a": 1}), Span, make) == Span(start=0, end=1)
    assert await remembered(blobs, name_of("piece", {"a": 2}), Span, make) == Span(start=0, end=2)
    assert await remembered(None, "piece/x", Span, make) == Span(start=0, end=3)


async def test_a_book_is_finished_again_without_drawing_a_page_and_is_the_same() -> None:
    blobs, offload = _blobs(), Counting()
    first = await _book(blobs, offload)
    drawn = list(offload.pages)
    assert await _book(blobs, offload) == first
    assert offload.pages == drawn == [0, 1, 2]


async def test_pages_that_were_cleared_away_are_drawn_again() -> None:
    blobs, offload = _blobs(), Counting()
    first = await _book(blobs, offload)
    await blobs.delete(first.pages[1].image)
    assert await _book(blobs, offload) == first
    assert offload.pages == [0, 1, 2, 1]
