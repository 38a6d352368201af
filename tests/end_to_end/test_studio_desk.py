"""The editor around the page in a real browser: how much of the window is the page, and the ways to see more of it."""

from typing import Any

from tests.end_to_end.browsing import browser, marks, watched_page
from tests.end_to_end.studio_book import WAIT_MS, done, expect, letters, opened, page, shot
from tests.end_to_end.studio_service import Book

__all__ = ["browser", "page"]
pytestmark = marks(400)


def test_the_page_is_nine_tenths_as_high_as_a_small_laptops_window(page: Any, book: Book) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    opened(page, book, 1)
    sheet, dock = page.locator(".sheet").bounding_box(), page.locator(".dock").bounding_box()
    assert sheet["height"] >= 0.9 * 720
    assert sheet["y"] + sheet["height"] <= 720
    assert dock["x"] >= sheet["x"] + sheet["width"]  # what one says covers nothing of the page


def test_on_a_phone_the_chosen_panel_is_seen_above_its_sheet_and_the_sheet_above_the_box(page: Any, book: Book) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, book, 1)
    last = page.locator("g.panel").last
    last.focus()
    page.keyboard.press("Enter")
    panel, form = last.locator("path").bounding_box(), page.locator(".inspector").bounding_box()
    dock = page.locator(".dock").bounding_box()
    assert panel["y"] < form["y"]
    assert form["y"] >= 0.35 * 740
    assert form["y"] + form["height"] <= dock["y"] + 1


def test_ctrl_and_the_wheel_go_nearer_about_the_pointer_and_the_middle_button_drags(page: Any, book: Book) -> None:
    opened(page, book, 1)
    room, sheet = page.locator(".sheet-room"), page.locator(".sheet")
    before = sheet.bounding_box()
    at = (before["x"] + before["width"] / 4, before["y"] + before["height"] / 4)
    page.mouse.move(*at)
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function("before => document.querySelector('.sheet').offsetWidth > 2 * before", arg=before["width"])
    scrolled = room.evaluate("room => [room.scrollLeft, room.scrollTop]")
    assert scrolled[1] > 0
    page.mouse.down(button="middle")
    page.mouse.move(at[0] - 30, at[1] - 50, steps=3)
    page.mouse.up(button="middle")
    assert room.evaluate("room => room.scrollTop") == scrolled[1] + 50


def test_facing_pages_lie_open_on_their_sides_and_each_is_edited_there(page: Any, book: Book) -> None:
    opened(page, book, 2)
    page.get_by_role("button", name="見開き").click()
    here, other = page.locator(".sheet:not(.facing)"), page.locator(".sheet.facing")
    expect(other).to_have_attribute("aria-label", "3ページを編集")
    right, left = here.bounding_box(), other.bounding_box()
    assert left["x"] + left["width"] <= right["x"] + 1  # read from right to left
    assert (left["y"], left["height"]) == (right["y"], right["height"])
    shot(page, "open_book")
    other.click()
    page.wait_for_url("**/pages/3")
    expect(page.locator(".sheet.facing")).to_have_attribute("aria-label", "2ページを編集")
    balloon = book.graph(3)["balloons"][0]["key"]
    old = book.place(3, balloon)
    letters(page, balloon).focus()
    done(page, book, lambda: page.keyboard.press("Shift+ArrowDown"))
    assert book.place(3, balloon)[1] > old[1]
    opened(page, book, 1)
    expect(page.locator(".sheet.facing")).to_have_count(0)  # the first page lies alone
    opened(page, book, 2)
    page.get_by_role("button", name="見開き").click()
    expect(page.locator(".sheet.facing")).to_have_count(0)


def test_a_picture_over_two_pages_is_shown_as_one_and_edited_from_either(page: Any, book: Book) -> None:
    def joined(route: Any) -> None:
        told = route.fetch().json()
        for result in told["phase_results"]:
            if result["phase"] == 4:
                first, second = result["content"]["pages"][1:3]
                first["spread"], second["spread"] = "first", "second"
                second["panels"], second["layout"]["frames"] = [], []
        route.fulfill(json=told)

    page.route("**/v1/works/*?*include=*", joined)
    opened(page, book, 3)
    page.wait_for_url("**/pages/2")
    right, left = page.locator(".sheet:not(.facing)").bounding_box(), page.locator(".sheet.facing").bounding_box()
    assert abs(left["x"] + left["width"] - right["x"]) < 1.5
    page.locator(".sheet.facing").click()
    expect(page.locator("g.panel.chosen")).to_have_count(1)


def test_the_safe_area_is_shown_and_hidden(page: Any, book: Book) -> None:
    opened(page, book, 1)
    page.get_by_role("button", name="内枠").click()
    area, sheet = page.locator("rect.live").bounding_box(), page.locator(".sheet").bounding_box()
    live, trim = book.graph(1)["live"], book.graph(1)["trim"]
    assert abs(area["width"] / sheet["width"] - live["width"] / trim["width"]) < 0.02
    bleed = page.locator("rect.bleed").bounding_box()
    assert bleed["x"] < sheet["x"]  # what is cut off is outside the page that is shown
    assert abs(bleed["width"] / sheet["width"] - book.graph(1)["bleed"]["width"] / trim["width"]) < 0.02
    page.get_by_role("button", name="内枠").click()
    assert page.locator("rect.live").count() == 0


def test_a_page_dragged_in_the_strip_has_another_place_in_the_book_and_goes_back(page: Any, book: Book) -> None:
    opened(page, book, 1)
    strip = page.get_by_role("navigation", name="ページ一覧").locator("li")
    keys = [book.graph(number)["key"] for number in (1, 2)]
    upper = {"x": 20, "y": 6}
    done(page, book, lambda: strip.nth(1).drag_to(strip.nth(0), target_position=upper))
    assert [book.graph(number)["key"] for number in (1, 2)] == keys[::-1]
    done(page, book, page.get_by_role("button", name="元に戻す").click)
    assert [book.graph(number)["key"] for number in (1, 2)] == keys


def test_a_link_shows_the_book_to_somebody_and_a_reload_opens_at_the_same_page(
    page: Any, book: Book, browser: Any
) -> None:
    page.goto(f"{book.address}/exports")
    page.get_by_role("button", name="リンクを作る").click()
    address = page.locator(".share input[readonly]").input_value()
    with watched_page(browser, patience_ms=WAIT_MS, viewport={"width": 1280, "height": 800}, locale="ja-JP") as guest:
        guest.goto(address)
        expect(guest.locator("img.leaf").first).to_be_visible(timeout=WAIT_MS)
        assert guest.get_by_role("link").count() == 0  # nothing of the studio to go to
        guest.keyboard.press("ArrowLeft")
        guest.wait_for_url("**page=*")
        at = guest.url
        guest.reload()
        expect(guest.locator("img.leaf").first).to_be_visible(timeout=WAIT_MS)
        assert guest.url == at
        guest.goto(address[:-3])
        expect(guest.get_by_text("このリンクは期限が切れたか")).to_be_visible(timeout=WAIT_MS)


def test_of_four_hundred_pages_the_strip_holds_those_about_what_is_seen_and_follows_to_any(
    page: Any, book: Book
) -> None:
    def lengthened(route: Any) -> None:
        told = route.fetch().json()
        for result in told["phase_results"]:
            if (pages := result["content"].get("pages")) and result["phase"] == 4:
                more = [pages[-1] | {"key": f"more{n}", "number": n} for n in range(len(pages) + 1, 401)]
                result["content"]["pages"] = pages + more
        route.fulfill(json=told)

    page.route("**/v1/works/*?*include=*", lengthened)
    opened(page, book, 1)
    strip = page.get_by_role("navigation", name="ページ一覧")
    expect(strip.locator("li").first).to_have_text("1")
    assert strip.locator("li").count() < 60
    assert page.evaluate("document.querySelectorAll('*').length") < 1500
    strip.evaluate("strip => (strip.scrollTop = strip.scrollHeight * 0.5)")
    expect(strip.get_by_text("200", exact=True)).to_be_visible()
    strip.evaluate("strip => (strip.scrollTop = strip.scrollHeight)")
    expect(strip.get_by_text("400", exact=True)).to_be_visible()
    strip.evaluate("strip => (strip.scrollTop = 0)")
    expect(strip.get_by_text("1", exact=True)).to_be_visible()
