"""What tests of editing in a browser share: a window, waiting for a version, ways to take hold of letters."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.end_to_end.browsing import sync_api, watched_page
from tests.end_to_end.studio_service import Book

WAIT_MS = 60_000
expect: Any = sync_api.expect


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


def shot(page: Any, name: str) -> None:
    """A picture for whoever wants to look: STUDIO_SHOTS names the folder."""
    if folder := os.environ.get("STUDIO_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")
