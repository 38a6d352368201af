"""Editing on the page in a real browser: what a person does is in the next version, or not at all."""

import json
import re
from typing import Any

import pytest

from tests.end_to_end.browsing import browser, marks
from tests.end_to_end.service_program import until
from tests.end_to_end.studio_book import WAIT_MS, at_rest, done, expect, inwards, letters, opened, page, shot
from tests.end_to_end.studio_service import STORY, Book

__all__ = ["browser", "page"]
pytestmark = marks(400)
PRESS_F2 = """async room => {
  room.focus();
  room.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", bubbles: true, cancelable: true }));
  const next = new MessageChannel();
  await new Promise(done => { next.port1.onmessage = done; next.port2.postMessage(0); });
  return document.activeElement.className;
}"""
"""Presses F2, and tells what has the focus in the next task, before any frame is drawn."""

PAYLOAD = "<img src=x onerror=alert(1)></text><script>alert(2)</script>${alert(3)} {{7*7}} &lt;b&gt;"


def test_a_dragged_balloon_is_there_in_the_next_version_and_back_after_an_undo(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    key = balloon["key"]
    opened(page, book, number)
    old, (right, down) = book.place(number, key), inwards(book, number, key)
    box, sheet = letters(page, key).locator(".hit").bounding_box(), page.locator(".sheet svg").bounding_box()
    pixels = sheet["width"] / book.graph(number)["trim"]["width"]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag() -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        page.keyboard.down("Alt")  # without snapping
        page.mouse.move(x + right * 40, y + down * 60, steps=8)
        page.mouse.up()
        page.keyboard.up("Alt")

    done(page, book, drag)
    new = book.place(number, key)
    assert new[0] - old[0] == pytest.approx(right * 40 / pixels, abs=1.7)
    assert new[1] - old[1] == pytest.approx(down * 60 / pixels, abs=1.7)

    page.reload()
    at_rest(page)  # the list of edits is the work's own: a reload does not lose it
    done(page, book, page.get_by_role("button", name="元に戻す").click)
    assert book.place(number, key) == pytest.approx(old, abs=0.01)
    done(page, book, page.get_by_role("button", name="やり直す").click)
    assert book.place(number, key) == pytest.approx(new, abs=0.01)


def test_arrow_keys_and_buttons_move_what_a_drag_moves(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    key = balloon["key"]
    opened(page, book, number)
    old, (right, _) = book.place(number, key), inwards(book, number, key)
    arrow, name = ("ArrowRight", "右へ") if right > 0 else ("ArrowLeft", "左へ")
    letters(page, key).focus()
    done(page, book, lambda: page.keyboard.press(f"Shift+{arrow}"))
    assert book.place(number, key)[0] - old[0] == pytest.approx(right * 5, abs=0.1)
    done(page, book, page.get_by_role("button", name=name, exact=True).click)
    assert book.place(number, key)[0] - old[0] == pytest.approx(right * 6, abs=0.2)
    assert letters(page, key).get_attribute("aria-label") == page.locator(".inspector h2").inner_text()
    assert balloon["text"]["source"] in letters(page, key).get_attribute("aria-label")


def test_words_are_written_upright_where_they_stand_with_readings_and_by_an_input_method(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    key = balloon["key"]
    reading = {"start": 0, "end": 1, "reading": "ほし"}
    book.edited(key, "text_edit", text="星は12個だ", ruby=[reading])
    opened(page, book, number)
    letters(page, key).locator(".hit").dblclick()
    field = page.locator(".in-place")
    expect(field).to_be_focused()
    assert field.locator("rt").all_inner_texts() == ["ほし"]
    assert field.locator(".upright").all_inner_texts() == ["12"]
    run = next(each["text"] for each in book.graph(number)["balloons"] if each["key"] == key)
    pixels = page.locator(".sheet svg").bounding_box()["width"] / book.graph(number)["trim"]["width"]
    style = field.evaluate("field => { const s = getComputedStyle(field); return [s.writingMode, s.fontSize]; }")
    assert style[0] == "vertical-rl"
    assert float(style[1].removesuffix("px")) == pytest.approx(max(12, run["size_q"] / 4 * pixels), rel=0.02)
    before = book.head
    page.keyboard.press("Control+End")
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "よ", "selectionStart": 1, "selectionEnd": 1})
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(field).to_be_visible()  # the input method's own Enter
    keys.send("Input.insertText", {"text": "よ"})
    page.keyboard.type("!?")
    assert field.locator(".upright").all_inner_texts() == ["12", "!?"]
    shot(page, "written_upright")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    assert book.head == before
    assert "in-place" in letters(page, key).evaluate(PRESS_F2)  # whoever types at once loses no letter
    page.keyboard.press("Control+End")
    page.keyboard.type("よ!?")
    done(page, book, lambda: page.locator(".sheet-room").click(position={"x": 3, "y": 3}))
    assert book.lines()[key] == "星は12個だよ!?"
    part = next(part for panel in book.panels() for part in panel["dialogue"]["parts"] if part["key"] == key)
    assert part["ruby"] == [reading]


def test_words_written_on_the_page_are_words_whatever_they_look_like(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    key = balloon["key"]
    opened(page, book, number)
    letters(page, key).focus()
    page.keyboard.press("Enter")
    field = page.locator(".in-place")
    expect(field).to_be_focused()
    field.fill(PAYLOAD)
    done(page, book, lambda: field.press("Enter"))
    assert book.lines()[key] == PAYLOAD
    assert PAYLOAD in letters(page, key).get_attribute("aria-label")
    assert page.locator(".sheet img").count() == 1
    assert page.locator(".page-editor script, .inspector b").count() == 0
    page.goto(f"{book.address}/lines")
    row = page.locator(f'tr[data-key="{key}"] input')
    expect(row).to_have_value(PAYLOAD)
    assert page.locator(".lines script, .lines img").count() == 0


def test_a_panel_is_cut_in_two_and_made_one_again_and_both_are_taken_back(page: Any, book: Book) -> None:
    number, _ = book.spoken()
    opened(page, book, number)
    panels = page.locator("g.panel")
    count = panels.count()
    sizes = [box["width"] * box["height"] for box in (panels.nth(i).bounding_box() for i in range(count))]
    panels.nth(sizes.index(max(sizes))).focus()
    page.keyboard.press("Enter")
    done(page, book, page.get_by_role("button", name="分割する").click)
    expect(panels).to_have_count(count + 1)
    assert len(book.graph(number)["panels"]) == count + 1
    done(page, book, page.get_by_role("button", name=re.compile("と結合")).last.click)
    expect(panels).to_have_count(count)
    done(page, book, page.get_by_role("button", name="元に戻す").click)
    done(page, book, page.get_by_role("button", name="元に戻す").click)
    assert len(book.graph(number)["panels"]) == count


def test_a_cut_that_leaves_too_little_is_taken_off_the_page_with_its_reason(page: Any, book: Book) -> None:
    number, _ = book.spoken()
    opened(page, book, number)
    before = book.head
    panel = page.locator("g.panel").first
    panel.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="線を引いて切る").click()
    panel.scroll_into_view_if_needed()
    sheet = page.locator(".sheet svg").bounding_box()
    box = panel.locator("path").bounding_box()
    left, right = max(box["x"], sheet["x"]) + 2, min(box["x"] + box["width"], sheet["x"] + sheet["width"]) - 2
    y = box["y"] + box["height"] - 12
    page.mouse.move(left, y)
    page.mouse.down()
    page.mouse.move(right, y, steps=5)
    page.mouse.up()
    expect(page.locator(".cuts g")).to_have_count(1)
    page.get_by_role("button", name="分割する").click()
    expect(page.locator(".notice.fault")).to_contain_text("小さく")
    expect(page.locator(".cuts g")).to_have_count(0)
    at_rest(page)
    assert book.head == before


def test_an_edit_of_what_is_not_the_newest_any_more_is_taken_back_and_said(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    before = book.place(number, balloon["key"])

    def stale(route: Any) -> None:
        sent = json.loads(route.request.post_data) | {"base_version": "2524bd9c-008a-5498-a3e9-fa863853c5cb"}
        route.continue_(post_data=json.dumps(sent))

    page.route("**/feedback*", stale)
    letters(page, balloon["key"]).focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".notice.fault")).to_contain_text("最新の版")
    at_rest(page)
    expect(page.locator(".left-behind")).to_have_count(0)
    assert book.place(number, balloon["key"]) == before


def test_words_are_replaced_in_all_lines_at_once_and_taken_back_at_once(page: Any, book: Book) -> None:
    old = book.lines()
    letter = "の"
    concerned = {key for key, text in old.items() if letter in text}
    page.goto(f"{book.address}/lines")
    page.get_by_label("検索").fill(letter)
    page.get_by_label("置き換え後").fill("<u>$&")
    before = book.head
    page.get_by_role("button", name=f"{len(concerned)}件を置換").click()
    page.get_by_role("button", name=f"{len(concerned)}件を保存").click()
    until(lambda: book.head != before, 60, "another version")
    book.api.until(book.work, "completed")
    assert book.lines() == {key: text.replace(letter, "<u>$&") for key, text in old.items()}
    undo = page.get_by_role("button", name="元に戻す")
    expect(page.locator(".lines [role=status]")).not_to_contain_text("反映しています", timeout=WAIT_MS)
    undo.click()
    until(lambda: book.lines() == old, 60, "the old words")
    book.api.until(book.work, "completed")


def test_one_of_three_other_stagings_is_taken_by_a_click_and_given_back_by_an_undo(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    key = balloon["panel"]
    page.locator(f'g.panel[data-key="{key}"]').focus()
    page.keyboard.press("Enter")
    page.locator(".stagings summary").click()
    ways = page.locator(".staging")
    expect(ways).to_have_count(3)
    drawn = ways.locator("image").evaluate_all("all => all.map((each) => each.getAttribute('href'))")
    assert len(set(drawn)) == 3
    old, versions = book.direction(key), len(book.versions())
    done(page, book, ways.first.click)
    new = book.direction(key)
    assert (new["shot"], new["figures"]) != (old["shot"], old["figures"])
    assert len(book.versions()) == versions + 1
    expect(ways).to_have_count(3)
    done(page, book, page.get_by_role("button", name="元に戻す").click)
    assert book.direction(key) == old


def test_who_may_only_look_finds_nothing_to_take_hold_of(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    viewer = {"signed_in": True, "asks_for_token": True, "role": "viewer", "tenant": "t", "paid": False}
    page.route("**/studio/session", lambda route: route.fulfill(json=viewer))
    page.goto(f"{book.address}/pages/{number}")
    letters(page, balloon["key"]).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".inspector h2")).to_contain_text(balloon["text"]["source"][:4])
    assert page.locator(".in-place, .handle, .pad, .inspector .danger").count() == 0
    assert page.locator(".inspector :is(textarea, select, input):enabled").count() == 0
    expect(page.locator(".editor-state")).to_contain_text("閲覧の権限")


def test_a_strip_is_given_another_title_and_has_the_old_one_after_an_undo(page: Any, book: Book) -> None:
    work = book.api.post(STORY[:500], settings={"layout": "yonkoma"})
    book.api.until(work, "completed", limit_s=WAIT_MS / 1000)
    strips = Book(book.api, work)
    opened(page, strips, 1)
    old = [title["text"]["source"] for title in strips.graph(1)["titles"]]
    page.locator(".elements .element").first.click()
    title = page.get_by_label("この話のタイトル")
    expect(title).to_have_value(old[0])
    title.fill(PAYLOAD[:28])
    done(page, strips, page.get_by_role("button", name="このタイトルにする").click)
    assert [title["text"]["source"] for title in strips.graph(1)["titles"]] == [PAYLOAD[:28], *old[1:]]
    done(page, strips, page.get_by_role("button", name="元に戻す").click)
    assert [title["text"]["source"] for title in strips.graph(1)["titles"]] == old
