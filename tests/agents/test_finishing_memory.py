"""Books that are bound at the same time: how many have their pages in memory, and for how long."""

import asyncio
from dataclasses import dataclass, field

import pytest

from manga.errors import DiskFull
from tests.agents.test_finishing import Shelf, finished

pytestmark = pytest.mark.anyio


@dataclass
class Pressed(Shelf):
    """Notes how many books have read pictures and are not bound yet."""

    open_books: set[str] = field(default_factory=set)
    most: int = 0

    def of(self, book: str) -> "OfOne":
        return OfOne(self, book)


@dataclass
class OfOne:
    """The shelf as one book sees it."""

    shelf: Pressed
    book: str

    @property
    def objects(self) -> dict[str, bytes]:
        return self.shelf.objects

    async def keep(self, data: bytes, *, content_type: str) -> str:
        if content_type == "application/vnd.comicbook+zip":
            self.shelf.open_books.discard(self.book)
        return await self.shelf.keep(data, content_type=content_type)

    async def get(self, name: str) -> bytes:
        self.shelf.open_books.add(self.book)
        self.shelf.most = max(self.shelf.most, len(self.shelf.open_books))
        await asyncio.sleep(0)
        return await self.shelf.get(name)


@pytest.mark.parametrize("at_once", [1, 2])
async def test_no_more_books_have_their_pages_in_memory_than_the_press_lets_in(at_once: int) -> None:
    shelf, press = Pressed(), asyncio.Semaphore(at_once)
    await asyncio.gather(*(finished(shelf.of(f"{n}"), press=press) for n in range(4)))  # type: ignore[arg-type]
    assert shelf.most == at_once


async def test_a_book_that_fails_leaves_the_press_to_others() -> None:
    press = asyncio.Semaphore(1)
    with pytest.raises(DiskFull):
        await finished(Shelf(room=1), press=press)
    assert (await asyncio.wait_for(finished(press=press), 30)).pages


async def test_no_model_is_waited_for_with_pages_in_memory() -> None:
    press = asyncio.Semaphore(1)

    @dataclass
    class Asked:
        held: bool = True

        async def of_book(self, *_: object) -> tuple[str, ...]:
            self.held = press.locked()
            return ()

    reader = Asked()
    await finished(press=press, reader=reader)
    assert not reader.held
