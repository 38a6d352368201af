"""A book that its author reviewed phase by phase stays finished in the studio, whatever is changed afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.end_to_end.browsing import browser, marks
from tests.end_to_end.service_program import Api, own_servers, served, until
from tests.end_to_end.studio_book import STORY, WAIT_MS, Book, done, expect, inwards, letters, opened, page

__all__ = ["browser", "page"]
pytestmark = marks("studio_finished", 400)
PHASES = 7


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Approved seven times."""
    with own_servers(tmp_path_factory.mktemp("studio")) as servers, served(servers) as api:
        work = api.post(STORY, feedback_mode={"enabled": True, "on_timeout": "hold"})
        for _ in range(PHASES):
            asked = api.until(work, "awaiting_feedback", limit_s=300)["pending_review"]
            said = {"action": "approve", "interrupt_id": asked["interrupt_id"]}
            assert api.client.post(f"/v1/works/{work}/feedback", json=said).status_code == 202
            until_answered(api, work, asked)
        api.until(work, "completed", limit_s=300)
        yield Book(api, work)


def until_answered(api: Api, work: str, asked: Any) -> None:
    until(lambda: api.read(work)["pending_review"] != asked, 60, "the next phase")


def reviews(book: Book) -> int:
    """How often a person was asked."""
    types = []
    with book.api.client.stream("GET", f"/v1/works/{book.work}/events?after=0", timeout=30) as stream:
        for line in stream.iter_lines():
            types += [line.removeprefix("event: ")] if line.startswith("event: ") else []
            if types.count("completed") == count_of_books(book):
                break
    return types.count("review_requested")


def count_of_books(book: Book) -> int:
    found = book.api.client.get(f"/v1/works/{book.work}/versions?limit=500&phase=finishing").json()
    return len(found["items"])


def test_a_dragged_balloon_asks_for_no_approval_and_is_one_version(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    versions, asked = len(versions_of(book)), reviews(book)
    right, _ = inwards(book, number, balloon["key"])
    letters(page, balloon["key"]).focus()
    done(page, book, lambda: page.keyboard.press("Shift+ArrowRight" if right > 0 else "Shift+ArrowLeft"))
    assert len(versions_of(book)) == versions + 1
    assert reviews(book) == asked == PHASES
    expect(page.locator(".dock")).not_to_contain_text("承認")


def test_a_wish_about_a_phase_that_was_approved_asks_for_no_approval(page: Any, book: Book) -> None:
    page.goto(f"{book.address}/talking")
    before, versions = book.head, len(versions_of(book))
    page.locator(".dock textarea").fill("1ページ1コマ目をアップにして")
    page.locator(".dock button[type=submit]").click()
    book.until_newer(before)
    assert len(versions_of(book)) == versions + 1
    assert reviews(book) == PHASES


def test_the_shelf_keeps_the_cover_of_a_book_that_is_redrawn(page: Any, book: Book) -> None:
    def redrawn(route: Any) -> None:
        told = route.fetch().json()
        told["items"] = [each | {"status": "processing"} for each in told["items"]]
        route.fulfill(json=told)

    page.route("**/v1/works?limit=*", redrawn)
    page.goto(book.address.partition("/works/")[0])
    cover = page.locator(".works .cover img")
    expect(cover).to_be_visible(timeout=WAIT_MS)
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=cover.element_handle())
    expect(page.locator(".works .book-state")).to_contain_text("描き直し中")
    expect(page.locator(".works")).to_contain_text("読む")


def versions_of(book: Book) -> list[Any]:
    return list(book.api.client.get(f"/v1/works/{book.work}/versions?limit=500").json()["items"])
