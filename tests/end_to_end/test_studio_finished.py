"""A book that its author reviewed phase by phase stays finished in the studio, whatever is changed afterwards."""

import re
from typing import Any

import pytest

from tests.end_to_end.browsing import browser, marks
from tests.end_to_end.service_program import until
from tests.end_to_end.studio_book import WAIT_MS, done, expect, inwards, letters, opened, page, shot
from tests.end_to_end.studio_service import PHASES, Book

__all__ = ["browser", "page"]
pytestmark = marks(600)


@pytest.fixture(scope="module")
def book(reviewed: Book) -> Book:
    return reviewed


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
    versions, asked = len(book.versions()), reviews(book)
    right, _ = inwards(book, number, balloon["key"])
    letters(page, balloon["key"]).focus()
    done(page, book, lambda: page.keyboard.press("Shift+ArrowRight" if right > 0 else "Shift+ArrowLeft"))
    assert len(book.versions()) == versions + 1
    assert reviews(book) == asked >= PHASES
    expect(page.locator(".dock")).not_to_contain_text("承認")


def test_a_wish_about_a_phase_that_was_approved_asks_for_no_approval(page: Any, book: Book) -> None:
    page.goto(f"{book.address}/talking")
    before, versions, asked = book.head, len(book.versions()), reviews(book)
    page.locator(".dock textarea").fill("1ページ1コマ目をアップにして")
    page.locator(".dock button[type=submit]").click()
    book.until_newer(before)
    assert len(book.versions()) == versions + 1
    assert reviews(book) == asked


def test_the_shelf_keeps_the_cover_of_a_book_that_is_redrawn(page: Any, book: Book) -> None:
    def redrawn(route: Any) -> None:
        told = route.fetch().json()
        told["items"] = [each | {"status": "processing"} for each in told["items"]]
        route.fulfill(json=told)

    page.route("**/v1/works?limit=*", redrawn)
    page.goto(book.address.partition("/works/")[0])
    shelved = page.locator(".works .book").filter(has=page.locator(f'a[href*="{book.work}"]'))
    cover = shelved.locator(".cover img")
    expect(cover).to_be_visible(timeout=WAIT_MS)
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=cover.element_handle())
    expect(shelved.locator(".book-state")).to_contain_text("描き直し中")
    expect(shelved).to_contain_text("読む")


def test_a_wish_about_the_page_on_the_screen_is_answered_with_its_panels_before_and_after(
    page: Any, book: Book
) -> None:
    opened(page, book, 1)
    expect(page.locator(".aims .chip").first).to_contain_text("1ページ")
    before = book.head
    page.locator(".dock textarea").fill("アップにして")
    page.locator(".dock button[type=submit]").click()
    book.until_newer(before)
    answer = page.locator(".last-answer")
    expect(answer.locator(".outcome")).to_contain_text("「アップにして」", timeout=WAIT_MS)
    pictures = answer.locator(".before-after .picture")
    expect(pictures.first).to_be_visible()
    assert pictures.count() >= 2
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=pictures.last.element_handle())
    shot(page, "wish_answered")
    (entry,) = book.api.client.get(f"/v1/works/{book.work}/talk?limit=1").json()["items"]
    assert {where.partition(".")[0] for one in entry["outcomes"] for where in one["changed"]} == {"p01"}
    page.goto(f"{book.address}/talking")
    expect(page.locator(".exchanges .mine").first).to_contain_text("アップにして")
    expect(page.locator(".exchanges .outcome").first).to_contain_text("できました")
    shot(page, "talk")


def test_the_same_question_is_not_put_three_times(page: Any, book: Book) -> None:
    page.goto(f"{book.address}/talking")
    head = book.head
    for times in (1, 2):
        say(page, "xyzzy")
        until(lambda times=times: questions(book) == times, 60, "the question")  # type: ignore[misc]
        expect(page.locator(".dock .asked-back")).to_be_visible(timeout=WAIT_MS)
        shot(page, "asked_back")
    say(page, "xyzzy")
    expect(page.locator(".last-answer .outcome.not")).to_contain_text("できませんでした", timeout=WAIT_MS)
    expect(page.locator(".dock .asked-back")).to_have_count(0)
    shot(page, "not_done")
    assert book.head == head
    assert book.api.read(book.work)["status"] == "completed"


def test_drafts_of_a_story_a_wish_and_lines_outlive_a_reload(page: Any, book: Book) -> None:
    desk = book.address.partition("/works/")[0]
    page.goto(desk)
    page.locator(".story-box textarea").fill("むかしむかし、あるところに。")
    page.wait_for_timeout(600)
    page.goto(f"{book.address}/talking")
    page.locator(".dock textarea").fill("もっと")
    page.goto(f"{book.address}/lines")
    words = page.locator("table input[type=text]").first
    old = words.input_value()
    words.fill("書きかけ")
    page.wait_for_timeout(500)
    page.reload()
    expect(words).to_have_value("書きかけ", timeout=WAIT_MS)
    expect(page.locator(".save-bar")).to_contain_text("まだ保存していません")
    expect(page.locator(".dock textarea")).to_have_value("もっと")
    page.locator(".save-bar").get_by_role("button", name="取り消す").or_(
        page.locator(".save-bar .button:not(.main)")
    ).first.click()
    expect(words).to_have_value(old)
    page.goto(desk)
    expect(page.locator(".story-box textarea")).to_have_value("むかしむかし、あるところに。")
    expect(page.locator(".story-foot")).to_contain_text("前回の書きかけ")
    shot(page, "draft")


def questions(book: Book) -> int:
    found = book.api.client.get(f"/v1/works/{book.work}/talk").json()["items"]
    return sum(entry["state"] == "asked_back" for entry in found)


def say(page: Any, sentence: str) -> None:
    page.locator(".dock textarea").fill(sentence)
    page.locator(".dock button[type=submit]").click()


def test_a_changed_page_is_seen_before_its_version_is_there(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    page.evaluate(_WATCH_PICTURE)
    right, _ = inwards(book, number, balloon["key"])
    letters(page, balloon["key"]).focus()
    done(page, book, lambda: page.keyboard.press("Shift+ArrowRight" if right > 0 else "Shift+ArrowLeft"))
    shown = page.evaluate("() => window.pictures_seen")
    early = [at for at, name in enumerate(shown) if re.search(r"/files/[0-9a-f]{64}$", name)]
    assert early, shown
    assert shown[-1].endswith(f"?version={book.head}")
    assert early[0] < len(shown) - 1


_WATCH_PICTURE = """() => {
  window.pictures_seen = [];
  new MutationObserver(() => {
    const name = document.querySelector(".sheet img")?.getAttribute("src");
    if (name && window.pictures_seen.at(-1) !== name) window.pictures_seen.push(name);
  }).observe(document.body, { subtree: true, attributes: true, childList: true });
}"""
