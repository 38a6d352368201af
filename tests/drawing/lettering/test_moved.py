"""What a person has moved stands where the person put it, and nothing else on the page has moved."""

import pytest

from drawing.lettering.moved import Placing
from drawing.lettering.page import letter_page
from drawing.pages.audit_text import drawn
from manga.geometry import bounds
from manga.lettering import Balloon, PageLettering, Sfx
from tests.drawing.lettering import desk
from tests.drawing.lettering.desk import manner, panel, part


def _lettered(placings: dict[str, Placing] | None = None, text: str = "もう、だれもいないのか。") -> PageLettering:
    parts = [part(1, text, who="a"), part(2, "ここにいるよ。", who="b")]
    board = desk.board([panel(1, parts, (("a", 0.3), ("b", 0.75))), panel(2, [part(3, "ドン", kind="sfx")])])
    page = board.pages[0]
    return letter_page(page, desk.drawn(board)[0], manner(), placings).page


def _balloon(page: PageLettering, key: str) -> Balloon:
    return next(balloon for balloon in page.balloons if balloon.key == key)


def _middle(page: PageLettering, key: str) -> tuple[float, float]:
    return _balloon(page, key).text.box.centre


def test_a_moved_balloon_stands_at_its_place_with_its_words_and_the_others_have_not_moved() -> None:
    before = _lettered()
    after = _lettered({"l0001.1": Placing(x=0.5, y=0.8)})
    assert _middle(after, "l0001.1") != pytest.approx(_middle(before, "l0001.1"), abs=1)
    assert drawn(_balloon(after, "l0001.1").text) == drawn(_balloon(before, "l0001.1").text)
    assert _balloon(after, "l0002.1") == _balloon(before, "l0002.1")
    assert after.sfx == before.sfx


def test_other_words_keep_the_place() -> None:
    placing = {"l0001.1": Placing(x=0.5, y=0.6)}
    short = _lettered(placing, "そう。")
    long = _lettered(placing, "もう、だれもいないのか。")
    assert _middle(short, "l0001.1") == pytest.approx(_middle(long, "l0001.1"), abs=0.05)


def test_a_balloon_is_set_larger_without_losing_its_middle() -> None:
    before, after = _lettered(), _lettered({"l0001.1": Placing(scale=1.3)})
    one, two = _balloon(before, "l0001.1"), _balloon(after, "l0001.1")
    assert two.text.size_q == pytest.approx(1.3 * one.text.size_q, rel=0.02)
    assert two.text.box.centre == pytest.approx(one.text.box.centre, abs=0.05)


def test_type_never_leaves_the_page() -> None:
    page = _lettered({"l0001.1": Placing(x=5.0, y=-4.0)})
    trim = manner().paper.trim
    assert trim.contains(_balloon(page, "l0001.1").text.box)


def _sound(page: PageLettering) -> Sfx:
    return page.sfx[0]


def test_a_sound_is_turned_and_enlarged_about_its_middle() -> None:
    before, after = _lettered(), _lettered({"l0003.1": Placing(scale=0.5, turn_deg=90)})
    one, two = bounds(_sound(before).polygon), bounds(_sound(after).polygon)
    assert (two.width, two.height) == pytest.approx((one.height / 2, one.width / 2), abs=0.1)
    assert two.centre == pytest.approx(one.centre, abs=0.1)
    assert after.balloons == before.balloons
