"""Handles on the page in a real browser, each by the pointer and in another way: tails, borders, sounds, scenes."""

from typing import Any

import pytest

from tests.end_to_end.browsing import browser, marks
from tests.end_to_end.service_program import Api
from tests.end_to_end.studio_book import at_rest, done, expect, letters, opened, page
from tests.end_to_end.studio_service import Book, Json
from tests.server.stories import FOX

__all__ = ["browser", "page"]
pytestmark = marks(400)


def _drawn(book: Book, number: int, key: str, kind: str = "balloons") -> Json:
    found: Json = next(each for each in book.graph(number)[kind] if each["key"] == key)
    return found


def _drag(page: Any, handle: Any, right: float, down: float) -> None:
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.keyboard.down("Alt")  # without snapping
    page.mouse.move(x + right, y + down, steps=6)
    page.mouse.up()
    page.keyboard.up("Alt")


def _pixels(page: Any, book: Book, number: int) -> float:
    return float(page.locator(".sheet svg").bounding_box()["width"] / book.graph(number)["trim"]["width"])


def test_a_tail_is_pointed_by_its_tip_by_arrow_keys_and_by_buttons(page: Any, book: Book) -> None:
    number = next(n for n in book.numbers[1:] if any(b["tail_tip"] for b in book.graph(n)["balloons"]))
    balloon = next(b for b in book.graph(number)["balloons"] if b["tail_tip"])
    key, (x, y) = balloon["key"], balloon["tail_tip"]
    opened(page, book, number)
    letters(page, key).focus()
    page.keyboard.press(" ")
    tip = page.get_by_role("button", name="しっぽの先")
    pixels = _pixels(page, book, number)
    middle = book.place(number, key)
    right, down = (20 if x > middle[0] else -20), (30 if y > middle[1] else -30)  # away: inside it there is no tail
    done(page, book, lambda: _drag(page, tip.locator(".knob"), right, down))
    dragged = _drawn(book, number, key)
    assert dragged["tail_tip"] == pytest.approx((x + right / pixels, y + down / pixels), abs=0.8)
    assert dragged["text"] == balloon["text"]
    tip.focus()
    done(page, book, lambda: page.keyboard.press("Shift+ArrowLeft"))
    keyed = _drawn(book, number, key)["tail_tip"]
    assert keyed == pytest.approx((dragged["tail_tip"][0] - 5, dragged["tail_tip"][1]), abs=0.05)
    done(page, book, page.get_by_role("button", name="しっぽを下へ").click)
    assert _drawn(book, number, key)["tail_tip"] == pytest.approx((keyed[0], keyed[1] + 5), abs=0.05)


def test_a_balloon_is_set_across_and_upright_again(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    letters(page, balloon["key"]).focus()
    page.keyboard.press(" ")
    choice = page.get_by_label("組み方向")
    done(page, book, lambda: choice.select_option("level"))
    assert not _drawn(book, number, balloon["key"])["text"]["vertical"]
    expect(choice).to_have_value("level")
    done(page, book, page.get_by_role("button", name="元に戻す").click)
    assert _drawn(book, number, balloon["key"])["text"] == balloon["text"]


def test_the_same_is_done_by_a_sentence_about_the_balloon(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    letters(page, balloon["key"]).focus()
    page.keyboard.press(" ")
    page.get_by_role("button", name="相談する").click()
    expect(page.locator(".aims .chip.blue")).to_be_visible()
    for wish, vertical in (("横書きにして", False), ("縦書きに戻して", True)):
        page.get_by_label("変えたいこと").fill(wish)
        done(page, book, page.get_by_role("button", name="伝える").click)
        assert _drawn(book, number, balloon["key"])["text"]["vertical"] is vertical
        page.get_by_role("button", name="相談する").click()


def _upright(book: Book, number: int) -> tuple[str, int]:
    """A panel with another one to its left, and the side between them."""
    panels = book.graph(number)["panels"]
    for panel in panels:
        polygon = panel["polygon"]
        left = min(x for x, _ in polygon)
        for i, (a, b) in enumerate(zip(polygon, (*polygon[1:], polygon[0]), strict=True)):
            if max(a[0], b[0]) < left + 8 and abs(a[1] - b[1]) > 20 and left > 60:
                return panel["key"], i
    raise AssertionError("no panel stands beside another one")


def _width(book: Book, number: int, key: str) -> float:
    xs = [x for x, _ in next(p for p in book.graph(number)["panels"] if p["key"] == key)["polygon"]]
    return float(max(xs) - min(xs))


def test_a_border_is_moved_by_dragging_by_keys_and_by_buttons_and_its_gutter_goes_along(page: Any, book: Book) -> None:
    number = 2
    key, _ = _upright(book, number)
    opened(page, book, number)
    page.locator(f'g.panel[data-key="{key}"]').focus()
    page.keyboard.press("Enter")
    old = _width(book, number, key)
    pixels = _pixels(page, book, number)
    side = page.get_by_role("button", name="の左の枠線")
    done(page, book, lambda: _drag(page, side.locator(".knob"), -20, 0))
    dragged = _width(book, number, key)
    assert dragged - old == pytest.approx(20 / pixels, abs=1)
    assert len(book.graph(number)["panels"]) == page.locator("g.panel").count()
    side.focus()
    done(page, book, lambda: page.keyboard.press("ArrowRight"))
    assert _width(book, number, key) == pytest.approx(dragged - 1, abs=0.3)
    done(page, book, page.get_by_role("button", name="左の枠線を外へ").click)
    assert _width(book, number, key) == pytest.approx(dragged, abs=0.3)


def test_a_border_that_has_nowhere_to_go_goes_back_with_its_reason(page: Any, book: Book) -> None:
    number = 2
    key, _ = _upright(book, number)
    before = book.head
    opened(page, book, number)
    page.locator(f'g.panel[data-key="{key}"]').focus()
    page.keyboard.press("Enter")
    page.get_by_label("移動量").first.select_option("20")
    for _ in range(9):
        page.get_by_role("button", name="左の枠線を内へ").click()
    expect(page.locator(".notice.fault").first).to_contain_text("小さく")
    expect(page.locator(".handle.dragged")).to_have_count(0)
    if book.head != before:
        book.api.until(book.work, "completed")
    at_rest(page)


def test_a_sound_is_turned_by_its_handle_and_by_keys_and_filled_white(page: Any, book: Book) -> None:
    number = next(n for n in book.numbers[1:] if book.graph(n)["sfx"])
    sound = book.graph(number)["sfx"][0]
    opened(page, book, number)
    letters(page, sound["key"]).focus()
    page.keyboard.press(" ")
    done(page, book, lambda: page.keyboard.press("]"))
    turned = _drawn(book, number, sound["key"], "sfx")
    assert turned["polygon"] != sound["polygon"]
    expect(page.get_by_role("group", name="回転")).to_contain_text("5°")
    done(page, book, lambda: _drag(page, page.locator(".handle.turning .knob"), 60, 20))
    assert _drawn(book, number, sound["key"], "sfx")["polygon"] != turned["polygon"]
    other = "black" if sound["style"] == "white" else "white"
    done(page, book, lambda: page.get_by_label("文字の色").select_option(other))
    assert _drawn(book, number, sound["key"], "sfx")["style"] == other


def test_redo_survives_a_reload(page: Any, book: Book) -> None:
    number, balloon = book.spoken()
    opened(page, book, number)
    letters(page, balloon["key"]).focus()
    done(page, book, lambda: page.keyboard.press("Shift+ArrowDown"))
    moved = book.place(number, balloon["key"])
    done(page, book, page.get_by_role("button", name="元に戻す").click)
    page.reload()
    at_rest(page)
    done(page, book, page.get_by_role("button", name="やり直す").click)
    assert book.place(number, balloon["key"]) == pytest.approx(moved, abs=0.01)
    expect(page.get_by_role("button", name="やり直す")).to_be_disabled()


def test_scenes_change_places_by_dragging_and_by_arrows(page: Any, book: Book) -> None:
    def order() -> list[str]:
        found = book.api.client.get(f"/v1/works/{book.work}?include=plot").json()["phase_results"]
        return [scene["key"] for scene in next(r["content"] for r in found if r["phase"] == 3)["scenes"]]

    before = order()
    assert len(before) > 1
    page.goto(f"{book.address}/plot")
    cards = page.locator(".scene")
    expect(cards).to_have_count(len(before))
    old = book.head
    cards.nth(1).get_by_role("button", name="場面2を前へ").click()
    book.until_newer(old)
    assert order() == [before[1], before[0], *before[2:]]
    expect(cards.first).to_have_id(before[1])
    old = book.head
    cards.nth(1).drag_to(cards.nth(0), target_position={"x": 8, "y": 30})
    book.until_newer(old)
    assert order() == before


def test_two_who_are_one_person_become_one_and_what_they_say_goes_over(page: Any, studio: Api) -> None:
    pair = Book(studio, studio.post(FOX))
    studio.until(pair.work, "completed")
    page.goto(f"{pair.address}/characters")
    cards = page.locator(".sheet.card")
    expect(cards).to_have_count(2)
    cards.first.get_by_text("同じ人物がほかにもいる").click()
    cards.first.get_by_label("同じ人物", exact=False).select_option(index=1)
    before = pair.head
    cards.first.get_by_role("button", name="ひとりにまとめる").click()
    pair.until_newer(before)
    expect(cards).to_have_count(1)
    said = [part["speaker"] for panel in pair.panels() for part in panel["dialogue"]["parts"] if part["speaker"]]
    assert len(said) == 2
    assert len(set(said)) == 1
