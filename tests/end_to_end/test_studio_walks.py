"""Whole errands in a real browser: clicks are counted, a thumb reaches all, a screen reader hears all, nothing that is
focused is hidden, and what was done is taken back from wherever one is."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.end_to_end.browsing import browser, marks, watched_page
from tests.end_to_end.service_program import Api, until
from tests.end_to_end.studio_book import WAIT_MS, at_rest, done, expect, letters, opened, page, shot
from tests.end_to_end.studio_service import STORY, Book

__all__ = ["browser", "page"]
pytestmark = marks(600)
PHONE = {"width": 390, "height": 844}
THUMB = 0.45
"""What the thumb of the hand that holds the telephone reaches lies below this share of the window."""


class Clicks:
    """Counts what a person presses with the pointer; keys are typed besides."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, what: Any) -> None:
        what.click()
        self.count += 1


def test_a_book_with_all_reviews_is_eight_clicks(page: Any, studio: Api) -> None:
    clicks = Clicks()
    page.goto(str(studio.client.base_url))
    expect(page.locator(".new-book")).to_be_visible()
    page.evaluate(_PASTE, STORY)
    expect(page.get_by_label("物語", exact=True)).to_have_value(STORY)
    clicks.on(page.get_by_role("button", name="描きはじめる"))
    page.wait_for_url(re.compile("/works/"))
    work = page.url.rsplit("/", 1)[1]
    for _ in range(7):
        asked = studio.until(work, "awaiting_feedback", limit_s=300)["pending_review"]["interrupt_id"]
        clicks.on(page.locator(".dock .button.main"))
        until(
            lambda asked=asked: (studio.read(work)["pending_review"] or {}).get("interrupt_id") != asked, 60, "the next"
        )  # type: ignore[misc]
    studio.until(work, "completed", limit_s=300)
    expect(page.get_by_role("heading", level=1)).to_have_text("本が完成しました", timeout=WAIT_MS)
    assert clicks.count == 8


_PASTE = """words => {
  const data = new DataTransfer();
  data.setData("text/plain", words);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_an_empty_shelf_offers_a_sample_book_that_is_begun_by_one_click(page: Any, studio: Api) -> None:
    page.route("**/v1/works?limit=*", lambda route: route.fulfill(json={"items": [], "next": None}))
    page.goto(str(studio.client.base_url))
    page.get_by_role("button", name="見本の本を一冊つくる").click()
    page.wait_for_url(re.compile("/works/"))
    work = page.url.rsplit("/", 1)[1]
    until(lambda: len(studio.read(work)["phase_results"]) > 1, 120, "its plot: nobody is asked for the concept")
    assert studio.client.post(f"/v1/works/{work}/cancel").status_code < 300


def test_a_line_and_a_wish_are_two_clicks_each(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    line, wish = Clicks(), Clicks()
    line.on(letters(page, balloon["key"]).locator(".hit"))
    line.on(page.get_by_label("文言", exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type("二度だけ押した")
    done(page, book, lambda: page.keyboard.press("Enter"))
    assert (book.lines()[balloon["key"]], line.count) == ("二度だけ押した", 2)
    wish.on(page.get_by_label("変えたいこと"))
    page.keyboard.type("横書きにして")
    done(page, book, lambda: wish.on(page.get_by_role("button", name="伝える")))
    drawn = next(each for each in book.graph(number)["balloons"] if each["key"] == balloon["key"])
    assert (drawn["text"]["vertical"], wish.count) == (False, 2)


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    how = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "locale": "ja-JP"}
    with watched_page(browser, patience_ms=WAIT_MS, **how) as held:
        yield held


_AT_REST = """async () => {
  for (let last = NaN, same = 0; same < 10; last = scrollY) {
    await new Promise(requestAnimationFrame);
    same = scrollY === last ? same + 1 : 0;
  }
  return scrollY;
}"""
"""Where the page is scrolled to when it has not moved for ten frames."""


def tapped(phone: Any, what: Any) -> None:
    """By the thumb: where it is not reached the walk ends."""
    box = what.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert y > THUMB * PHONE["height"], f"out of the thumb's reach: {box}"
    assert y < PHONE["height"]
    assert min(box["width"], box["height"]) >= 32, f"too small for a thumb: {box}"
    phone.touchscreen.tap(x, y)


def test_on_a_phone_the_thumb_reaches_the_sheet_and_all_that_it_holds(phone: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(phone, book, number)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    hit = letters(phone, balloon["key"]).locator(".hit").bounding_box()
    phone.touchscreen.tap(hit["x"] + hit["width"] / 2, hit["y"] + hit["height"] / 2)
    sheet = phone.locator(".inspector.open")
    expect(sheet).to_be_visible()
    before = phone.evaluate(_AT_REST)
    tapped(phone, phone.get_by_label("変えたいこと"))
    assert phone.evaluate(_AT_REST) == before  # the page stays where it is while somebody says something of it
    tapped(phone, phone.get_by_label("文言", exact=True))
    phone.keyboard.press("Control+A")
    phone.keyboard.type("親指で書いた")
    done(phone, book, lambda: tapped(phone, phone.get_by_role("button", name="この文言にする")))
    assert book.lines()[balloon["key"]] == "親指で書いた"
    shot(phone, "phone_balloon")
    tapped(phone, phone.get_by_role("button", name="このコマへ"))
    expect(phone.locator("g.panel.chosen")).to_have_count(1)
    low = sheet.bounding_box()
    tapped(phone, phone.get_by_role("button", name="シートを広げる"))
    phone.wait_for_function("low => document.querySelector('.inspector').offsetHeight > low + 100", arg=low["height"])
    shot(phone, "phone_sheet")
    tapped(phone, phone.get_by_role("button", name="シートを縮める"))
    tapped(phone, phone.get_by_role("button", name="選択を解除"))
    expect(sheet).to_have_count(0)
    expect(phone.locator("g.panel.chosen")).to_have_count(0)


def test_the_inspector_has_everything_about_the_panel_and_a_face_is_changed_there(page: Any, book: Book) -> None:
    number, panel, who = _with_somebody(book)
    opened(page, book, number)
    page.locator(f'g.panel[data-key="{panel}"]').focus()
    page.keyboard.press("Enter")
    page.get_by_text("絵と演出").click()
    inspector = page.locator(".inspector")
    for name in ("描き直す", "固定する", "自分の絵を使う", "候補を並べる"):
        expect(inspector.get_by_role("button", name=name)).to_be_enabled()
    for label in ("ショット", "アングル", "舞台", "小道具", "時間帯"):
        expect(inspector.get_by_label(label, exact=True)).to_be_visible()
    old = book.direction(panel)["figures"][0]["expression"]
    new = "cry" if old != "cry" else "laugh"
    inspector.get_by_label(re.compile("表情")).first.select_option(new)
    done(page, book, inspector.locator(".fields-edited .button.main").click)
    assert next(each for each in book.direction(panel)["figures"] if each["character"] == who)["expression"] == new
    shot(page, "panel_picture")
    page.goto(f"{book.address}/versions")  # and it is taken back from another view
    expect(page.locator(".version-tree")).to_be_visible()
    before = book.head
    page.keyboard.press("Control+z")
    expect(page.locator(".notice")).to_contain_text("元に戻しました")
    book.until_newer(before)
    assert book.direction(panel)["figures"][0]["expression"] == old
    before = book.head
    page.wait_for_function("() => document.querySelectorAll('.version').length > 0")
    page.keyboard.press("Control+Shift+z")
    book.until_newer(before)
    assert book.direction(panel)["figures"][0]["expression"] == new


def _with_somebody(book: Book) -> tuple[int, str, str]:
    """A page, a panel on it, and the first person in that."""
    there = {panel["key"]: panel["direction"]["figures"] for panel in book.panels()}
    found = ((n, panel["key"]) for n in book.numbers[1:] for panel in book.graph(n)["panels"])
    return next((n, key, there[key][0]["character"]) for n, key in found if there[key])


def test_a_screen_reader_hears_every_panel_and_balloon_in_reading_order_by_what_it_shows(page: Any, book: Book) -> None:
    number, _ = book.spoken()
    opened(page, book, number)
    heard = page.locator(".sheet [role=button]:not(.handle)").evaluate_all(
        "all => all.map((each) => each.getAttribute('aria-label'))"
    )
    board = {panel["key"]: panel for panel in book.panels()}
    on_page = [panel["key"] for panel in book.graph(number)["panels"]]
    shown = [board[key]["direction"]["seen"] for key in on_page]
    told = [name.partition(": ")[2] for name in heard if ": " in name]
    assert told == shown
    words = [book.lines()[each["key"]] for kind in ("balloons", "sfx") for each in book.graph(number)[kind]]
    assert [text for text in words if not any(text in name for name in heard)] == []
    landmarks = page.locator("header, nav, main, aside, [role=toolbar], [role=region], section[aria-label]")
    names = [name for name in landmarks.evaluate_all(_NAMES) if name is not None]
    assert "" not in names
    assert len(set(names)) == len(names), f"two places of one name: {names}"
    assert page.locator("h1").count() == 1
    unnamed = page.locator("button, a[href], select, input:not([type=hidden]), textarea").evaluate_all(_UNNAMED)
    assert unnamed == []


_NAMES = """all => all.filter((each) => each.offsetParent && !["HEADER", "MAIN"].includes(each.tagName))
  .map((each) => each.getAttribute("aria-label"))"""
_UNNAMED = """all => all.filter((each) => each.offsetParent && !each.hidden)
  .filter((each) => !(each.getAttribute("aria-label") || each.textContent.trim() || each.labels?.length))
  .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, PHONE], ids=["laptop", "phone"])
def test_nothing_that_is_focused_hides_under_a_dock(page: Any, book: Book, size: dict[str, int]) -> None:
    page.set_viewport_size(size)
    number, balloon = book.spoken()
    opened(page, book, number)
    tab_through(page)
    letters(page, balloon["key"]).focus()
    page.keyboard.press(" ")
    tab_through(page)
    for view in ("storyboard", "characters", "versions", "exports", "lines"):
        page.goto(f"{book.address}/{view}")
        page.locator("main h1").first.wait_for(state="attached")
        expect(page.locator(".dock")).to_be_visible()
        tab_through(page)


_IS_SEEN = """here => {
  const box = here.getBoundingClientRect();
  if (!box.width || !box.height) return true;
  const shares = [0.1, 0.5, 0.9];
  const at = shares.flatMap((x) => shares.map((y) => [box.left + x * box.width, box.top + y * box.height]));
  return at.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (here.contains(top) || top.contains(here));
  });
}"""


def tab_through(page: Any) -> None:
    """Whatever Tab comes to is seen, once its rows are laid out and scrolled to."""
    page.evaluate("() => { window.tabbed = new Set(); document.activeElement?.blur?.(); }")
    while (covered := page.evaluate(_NEXT)) is not None:
        if covered:
            until(lambda: page.evaluate(f"() => ({_IS_SEEN})(document.activeElement)"), 5, f"{page.url}: {covered}")
        page.keyboard.press("Tab")


_NEXT = """() => {
  const here = document.activeElement;
  if (here === document.body && window.tabbed.size === 0) return "";
  if (here === document.body || window.tabbed.has(here) || window.tabbed.size > 150) return null;
  window.tabbed.add(here);
  return seen(here) ? "" : here.outerHTML.slice(0, 100);
}""".replace("seen(here)", f"({_IS_SEEN})(here)")


def test_what_is_typed_as_a_dialog_opens_is_in_its_first_field(page: Any, book: Book) -> None:
    page.goto(f"{book.address}/versions")
    row = page.locator("#v1").get_by_role("button", name="名前をつける")
    row.focus()
    page.evaluate("() => { document.activeElement.click(); }")
    page.keyboard.type("初稿")
    expect(page.locator("dialog").get_by_label("名前")).to_have_value("初稿")
    page.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_pictures_are_small_where_they_are_small_and_typefaces_where_words_are_written(
    page: Any, book: Book, browser: Any
) -> None:
    page.goto(f"{book.address}/exports")
    page.get_by_role("button", name="リンクを作る").click()
    address = page.locator(".share input[readonly]").input_value()
    with watched_page(browser, patience_ms=WAIT_MS, viewport=PHONE, locale="ja-JP") as guest:
        guest.goto(address)
        expect(guest.locator("img.leaf").first).to_be_visible(timeout=WAIT_MS)
        guest.keyboard.press("t")
        expect(guest.locator(".thumb img").last).to_be_visible()
        guest.wait_for_function(f"count => ({_SIZES})('small=true').length >= count", arg=len(book.numbers))
        assert max(guest.evaluate(_SIZES, "small=true")) <= 25_000
    pages = ((number, balloon) for number in book.numbers[1:] for balloon in book.graph(number)["balloons"])
    antique = ((number, each["key"]) for number, each in pages if "antique" in str(each["text"]["glyphs"]))
    number, key = next(antique)
    opened(page, book, number)
    letters(page, key).focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.type("ゆっくりと、あるく。")
    expect(page.locator(".in-place.set-in-antique")).to_be_visible()
    page.evaluate("() => document.fonts.ready")
    shot(page, "antique_slices")
    page.keyboard.press("Escape")
    at_rest(page)
    faces = page.evaluate(_SIZES, "/faces/antique/")
    assert len(faces) > 1
    assert sum(faces) < 120_000


_SIZES = """part => performance.getEntriesByType("resource")
  .filter((each) => each.name.includes(part) && each.responseEnd).map((each) => each.encodedBodySize)"""
