"""What tests of editing in a browser share: a service with a finished book, a window, waiting for a version."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.end_to_end.browsing import sync_api, watched_page
from tests.end_to_end.service_program import Api, own_servers, served, until
from tests.program import ROOT

WAIT_MS = 60_000
STORY = (ROOT / "examples/hoshi_no_kagi.txt").read_text(encoding="utf-8")
expect: Any = sync_api.expect
Json = dict[str, Any]


@dataclass(frozen=True)
class Book:
    """A service with a finished Japanese book."""

    api: Api
    work: str

    @property
    def address(self) -> str:
        return f"{str(self.api.client.base_url).rstrip('/')}/studio/works/{self.work}"

    @property
    def head(self) -> str:
        return str(self.api.client.get(f"/v1/works/{self.work}/versions?limit=1").json()["head"])

    def until_newer(self, head: str) -> None:
        """Waits for a finished version after one."""
        until(lambda: self.head != head, 60, "another version")
        self.api.until(self.work, "completed")

    def graph(self, number: int) -> Json:
        return dict(self.api.client.get(f"/v1/works/{self.work}/files/pages/{number:03}.json").json())

    def lines(self) -> dict[str, str]:
        """The words of every part, by its key."""
        found = self.api.client.get(f"/v1/works/{self.work}?include=storyboard").json()
        board = next(r["content"] for r in found["phase_results"] if r["phase"] == 4)
        panels = [panel for page in board["pages"] for panel in page["panels"]]
        return {part["key"]: part["text"] for panel in panels for part in panel["dialogue"]["parts"]}

    def spoken(self) -> tuple[int, Json]:
        """A page and a balloon on it."""
        pages = [page["number"] for page in self.api.read(self.work)["pages"] if page["number"] > 0]
        graphs = ((number, self.graph(number)) for number in pages)
        return next((number, graph["balloons"][0]) for number, graph in graphs if graph["balloons"])

    def place(self, number: int, key: str) -> tuple[float, float]:
        """The middle of a balloon, millimetres."""
        polygon = next(b["polygon"] for b in self.graph(number)["balloons"] if b["key"] == key)
        xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with own_servers(tmp_path_factory.mktemp("studio")) as servers, served(servers) as api:
        work = api.post(STORY)
        api.until(work, "completed", limit_s=600)
        yield Book(api, work)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with watched_page(browser, patience_ms=WAIT_MS, viewport={"width": 1280, "height": 900}, locale="ja-JP") as opened:
        yield opened


def opened(page: Any, book: Book, number: int) -> None:
    page.goto(f"{book.address}/pages/{number}")
    expect(page.locator(".sheet svg")).to_be_visible(timeout=WAIT_MS)
    at_rest(page)


def at_rest(page: Any) -> None:
    expect(page.locator(".editor-note")).to_have_text("すべて反映されています。", timeout=WAIT_MS)


def done(page: Any, book: Book, act: Callable[[], object]) -> None:
    """Does it, and waits for the version that it leads to, and for its page."""
    before = book.head
    act()
    book.until_newer(before)
    at_rest(page)


def letters(page: Any, key: str) -> Any:
    return page.locator(f'g.letters[data-key="{key}"]')


def inwards(book: Book, number: int, key: str) -> tuple[int, int]:
    """Towards the middle of the page: there is room there."""
    x, y = book.place(number, key)
    trim = book.graph(number)["trim"]
    return (-1 if x > trim["width"] / 2 else 1), (-1 if y > trim["height"] / 2 else 1)
