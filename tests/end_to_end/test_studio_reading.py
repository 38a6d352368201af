"""The studio's reader, versions and exports, in a real browser against a real service."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest

from tests.end_to_end.browsing import browser, marks, sync_api, watched_page
from tests.end_to_end.service_program import until
from tests.end_to_end.studio_service import Book

__all__ = ["browser"]
pytestmark = marks(600)
WAIT_MS = 90_000
AT_ONCE = """new MutationObserver((_, watch) => {
    if (!document.querySelector(".reader")) return;
    watch.disconnect();
    dispatchEvent(new KeyboardEvent("keydown", { key: "End" }));
}).observe(document, { childList: true, subtree: true })"""
expect: Any = sync_api.expect


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A window wide enough for two pages."""
    with watched_page(
        browser, patience_ms=WAIT_MS, viewport={"width": 1280, "height": 800}, locale="ja-JP", accept_downloads=True
    ) as opened:
        yield opened


def lying(page: Any) -> tuple[tuple[int, str], ...]:
    """Numbers of the pages that are seen, from left to right, with the half of the stage that each lies in."""
    stage = page.locator(".stage").bounding_box()
    middle = stage["x"] + stage["width"] / 2
    boxes = [(leaf.bounding_box(), int(leaf.get_attribute("data-page"))) for leaf in page.locator("img.leaf").all()]
    ordered = sorted(boxes, key=lambda found: found[0]["x"])
    return tuple((number, "left" if box["x"] + 1 < middle else "right") for box, number in ordered)


def pressed(page: Any, key: str, number: int) -> None:
    """Presses a key, and waits until the address names the page."""
    page.keyboard.press(key)
    page.wait_for_url(re.compile(rf"/read/{number}(\?|$)"))
    expect(page.locator(f'img.leaf[data-page="{number}"]')).to_be_visible()


def opened(page: Any, address: str) -> None:
    page.goto(address)
    expect(page.locator("img.leaf").first).to_be_visible(timeout=WAIT_MS)


def test_a_book_is_read_to_its_end_from_right_to_left_by_keys_alone(page: Any, book: Book) -> None:
    opened(page, f"{book.address}/read")
    first, last = book.numbers[0], book.numbers[-1]
    assert lying(page) == ((first, "right"),), "the cover lies alone on its own side"
    seen = [first]
    while seen[-1] != last:
        pressed(page, "ArrowLeft", seen[-1] + 1)
        shown = lying(page)
        if len(shown) == 2:
            (later, _), (earlier, _) = shown
            assert later == earlier + 1, f"the earlier page lies on the right: {shown}"
        seen += sorted(number for number, _ in shown)
    assert tuple(seen) == book.numbers
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".notice")).to_contain_text("最後のページ")
    pressed(page, "Home", first)
    pressed(page, "Space", first + 1)
    pressed(page, "PageDown", first + 2)
    pressed(page, "ArrowRight", first + 1)
    pressed(page, "End", max(number for number in seen if number in dict(_starts(book))))
    expect(page.locator(".reader [role=status]")).to_contain_text(f"全{last}ページ")


def _starts(book: Book) -> list[tuple[int, str]]:
    """Pages that a spread begins with: those that were made for the right side, and those that lie alone."""
    pages = book.api.read(book.work)["pages"]
    alone = {pages[0]["number"], pages[1]["number"]}
    return [(page["number"], page["side"]) for page in pages if page["side"] == "right" or page["number"] in alone]


def test_keys_work_from_the_moment_that_a_page_is_seen(page: Any, book: Book) -> None:
    page.add_init_script(AT_ONCE)
    page.goto(f"{book.address}/read")
    page.wait_for_url(re.compile(rf"/read/{_starts(book)[-1][0]}$"))


def test_pairs_follow_the_sides_of_the_book_until_they_are_shifted_and_a_reload_keeps_the_place(
    page: Any, book: Book
) -> None:
    opened(page, f"{book.address}/read/2")
    assert lying(page) == ((3, "left"), (2, "right"))
    page.keyboard.press("o")
    expect(page.locator('img.leaf[data-page="1"]')).to_be_visible()
    assert lying(page) == ((2, "left"), (1, "right"))
    page.reload()
    expect(page.locator('img.leaf[data-page="1"]')).to_be_visible()
    assert (lying(page), page.url.rsplit("/", 1)[1]) == (((2, "left"), (1, "right")), "2")
    page.keyboard.press("d")
    expect(page.locator("img.leaf")).to_have_count(1)
    pressed(page, "ArrowLeft", 3)
    page.keyboard.press("l")
    pressed(page, "ArrowRight", 4)
    pressed(page, "ArrowLeft", 3)


def test_a_telephone_turns_by_taps_and_its_slider_runs_as_the_book_does(browser: Any, book: Book) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, locale="en-GB")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    opened(page, f"{book.address}/read/1")
    assert len(lying(page)) == 1
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    page.touchscreen.tap(40, 370)
    page.wait_for_url(re.compile("/read/2$"))
    page.touchscreen.tap(320, 370)
    page.wait_for_url(re.compile("/read/1$"))
    page.touchscreen.tap(180, 370)
    expect(page.locator(".reader-bar")).to_have_count(0)
    page.touchscreen.tap(180, 370)
    slider = page.locator(".reader-foot input")
    assert slider.get_attribute("dir") == "rtl"
    slider.press("ArrowLeft")
    page.wait_for_url(re.compile("/read/2$"))
    page.keyboard.press("t")
    places = [thumb.bounding_box()["x"] for thumb in page.locator(".thumb").all()]
    assert places == sorted(places, reverse=True)
    context.close()


def test_a_fork_is_compared_and_two_panels_of_the_old_version_are_kept(page: Any, book: Book) -> None:
    page.goto(f"{book.address}/versions")
    before = book.versions()
    old = before[-1]
    row = page.locator(f"#v{len(before)}")
    row.get_by_role("button", name="ここから分ける").click()
    page.get_by_label("新しい分岐の名前").fill("暗い")
    page.get_by_label("そこでは何を変えますか").fill("2ページ目を暗くして")
    page.locator("dialog button.main").click()
    expect(page.locator("dialog")).to_have_count(0)
    until(lambda: book.versions()[-1]["branch"] == "暗い", WAIT_MS / 1000, "the new line has a version")
    book.api.until(book.work, "completed")
    expect(page.locator(".version.newest .chip.blue")).to_have_text(["暗い"], timeout=WAIT_MS)
    new = book.versions()[-1]
    assert (new["branch"], old["branch"]) == ("暗い", "main")

    page.goto(f"{book.address}/compare/{old['version_id']}/{new['version_id']}")
    expect(page.get_by_role("button", name="2ページ", exact=True).first).to_have_attribute("aria-current", "page")
    expect(page.locator(".beside .frames polygon").first).to_be_visible()
    page.get_by_role("button", name="スライダーで重ねる").click()
    slider = page.locator(".over-slider input")
    slider.press("ArrowRight")
    expect(slider).to_have_value("51")
    assert page.locator(".over-box").evaluate("box => getComputedStyle(box).getPropertyValue('--share')") == "51%"

    wanted = page.locator(".keep-list input")
    wanted.nth(0).press("Space")
    wanted.nth(1).press("Space")
    page.get_by_role("button", name="この2枚の絵を残す").click()
    expect(page.locator(".notice")).to_contain_text("2枚の絵")
    book.api.until(book.work, "completed")
    kept = next(v for v in reversed(book.versions()) if v["kind"] == "keep")
    pictures = [book.content(v["version_id"])["artwork"] for v in (old, new, kept)]
    back = [key for key in pictures[1] if pictures[1][key]["blob"] != pictures[2][key]["blob"]]
    assert len(back) == 2
    assert all(pictures[2][key]["blob"] == pictures[0][key]["blob"] for key in back)


def test_a_version_is_named_and_markup_in_its_name_is_text(page: Any, book: Book) -> None:
    page.goto(f"{book.address}/versions")
    row = page.locator("#v4")
    row.get_by_role("button", name="名前をつける").click()
    page.locator("dialog").get_by_label("名前").fill("<img src=x onerror=alert(1)>ネーム一稿")
    page.locator("dialog button.main").click()
    expect(row.locator("h2")).to_contain_text("<img src=x onerror=alert(1)>ネーム一稿")
    assert book.versions()[3]["name"] == "<img src=x onerror=alert(1)>ネーム一稿"


def test_pdf_cbz_and_epub_are_taken_home_and_open(page: Any, book: Book, tmp_path: Path) -> None:
    page.goto(f"{book.address}/exports")
    files = {}
    for name in ("pdf", "cbz", "epub"):
        card = page.locator(f'[data-format="{name}"]')
        with page.expect_download() as coming:
            card.locator(".button.main").click()
        files[name] = (coming.value.suggested_filename, Path(coming.value.path()).read_bytes())
        expect(card.locator(".format-state")).to_contain_text("できています")
    pages = len(book.numbers)
    assert {name: found[0] for name, found in files.items()} == {name: f"星の鍵.{name}" for name in files}
    assert len(pypdfium2.PdfDocument(files["pdf"][1])) == pages
    with zipfile.ZipFile(io.BytesIO(files["cbz"][1])) as comic:
        info = ElementTree.fromstring(comic.read("ComicInfo.xml"))
        assert (info.findtext("Manga"), int(info.findtext("PageCount") or 0)) == ("YesAndRightToLeft", pages)
    with zipfile.ZipFile(io.BytesIO(files["epub"][1])) as epub:
        assert epub.namelist()[0] == "mimetype"
        package = next(name for name in epub.namelist() if name.endswith(".opf"))
        assert b'page-progression-direction="rtl"' in epub.read(package)
        assert epub.testzip() is None


def test_what_cannot_be_made_is_told_beside_it(page: Any, book: Book) -> None:
    page.goto(f"{book.address}/exports")
    card = page.locator('[data-format="psd"]')
    card.locator("summary").click()
    dots = card.locator("input")
    dots.fill("9999")
    expect(card.locator(".fault")).to_contain_text("72")
    expect(card.get_by_role("button", name="作る")).to_be_disabled()
    dots.fill("72")
    page.route("**/exports", lambda route: route.abort())
    card.get_by_role("button", name="作る").click()
    expect(card.locator(".fault")).to_contain_text("応答しません")
