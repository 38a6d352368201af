"""What a person has moved stands where the person put it, and nothing else on the page has moved."""

from itertools import pairwise

import pytest

from drawing.ink.paths import flattened, from_data
from drawing.lettering.letter_page import letter_page
from drawing.lettering.moved_letters import Placing
from drawing.lettering.punctuation import lost
from drawing.pages.audit_text import drawn
from manga.brief import Language
from manga.geometry import Rect, bounds, overlap_area
from manga.lettering import Balloon, PageLettering, Sfx
from manga.paper import Direction
from manga.storyboard import Storyboard
from tests.drawing.lettering import desk
from tests.drawing.lettering.desk import manner, panel, part


def _lettered(placings: dict[str, Placing] | None = None, text: str = "もう、だれもいないのか。") -> PageLettering:
    board = _board(text)
    return letter_page(board.pages[0], desk.drawn(board)[0], manner(), placings).page


def _board(text: str) -> Storyboard:
    parts = [part(1, text, who="a"), part(2, "ここにいるよ。", who="b")]
    return desk.board([panel(1, parts, (("a", 0.3), ("b", 0.75))), panel(2, [part(3, "ドン", kind="sfx")])])


def _panel_box() -> Rect:
    return bounds(_board("あ").pages[0].frame("b0001").polygon)


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


def test_a_tail_points_where_a_person_wants_it_and_the_balloon_stays() -> None:
    before, after = _lettered(), _lettered({"l0001.1": Placing(tip=(0.9, 0.95))})
    one, two = _balloon(before, "l0001.1"), _balloon(after, "l0001.1")
    panel = _panel_box()
    assert two.tail_tip == pytest.approx((panel.x + 0.9 * panel.width, panel.y + 0.95 * panel.height), abs=0.02)
    assert two.text == one.text
    assert two.tail_tip is not None
    outer = bounds(flattened(from_data(two.outline), 4)[0])
    assert outer.inset(-0.1).contains(Rect(x=two.tail_tip[0], y=two.tail_tip[1], width=0, height=0))


def test_a_tip_inside_the_balloon_is_no_tail_and_one_off_the_page_stays_on_it() -> None:
    middle = _middle(_lettered(), "l0001.1")
    panel = _panel_box()
    own = ((middle[0] - panel.x) / panel.width, (middle[1] - panel.y) / panel.height)
    assert _balloon(_lettered({"l0001.1": Placing(tip=own)}), "l0001.1").tail_tip is None
    far = _balloon(_lettered({"l0001.1": Placing(tip=(5, -4))}), "l0001.1").tail_tip
    assert far is not None
    assert 0 <= far[1] <= 2


@pytest.mark.parametrize("text", ["もう、だれもいないのか。", "ＡＢ12年――「ええっ！？」 Hello then", "が"])
def test_type_runs_across_where_a_person_wants_it_with_every_letter_in_its_order(text: str) -> None:
    usual, across = _lettered(text=text), _lettered({"l0001.1": Placing(runs="level")}, text)
    one, two = _balloon(usual, "l0001.1").text, _balloon(across, "l0001.1").text
    assert (one.vertical, two.vertical) == (True, False)
    assert lost(text, drawn(two)) == 0
    assert all(two.box.inset(-0.01).contains(glyph.box) for glyph in (*two.glyphs, *two.ruby))
    assert not any(a.box.inset(0.05).overlap(b.box.inset(0.05)) for a, b in pairwise(two.glyphs))
    assert not overlap_area(*(b.polygon for b in across.balloons))


def test_a_balloon_is_set_in_the_face_that_a_person_wants_and_its_neighbours_in_their_own() -> None:
    page = _lettered({"l0001.1": Placing(face="hand")})
    assert {glyph.face for glyph in _balloon(page, "l0001.1").text.glyphs} == {"hand"}
    others = [glyph for balloon in page.balloons if balloon.key != "l0001.1" for glyph in balloon.text.glyphs]
    assert {glyph.face for glyph in others} == {"antique"}


def test_english_stands_upright_where_a_person_wants_it() -> None:
    board = desk.board([panel(1, [part(1, "No, I will not go.", who="a")])], direction=Direction.LTR)
    placings = {"l0001.1": Placing(runs="vertical")}
    page = letter_page(board.pages[0], desk.drawn(board)[0], manner(Language.EN), placings).page
    assert page.balloons[0].text.vertical
    assert drawn(page.balloons[0].text).replace(" ", "") == "No,Iwillnotgo."


def test_drawn_letters_are_filled_as_a_person_wants_them() -> None:
    assert _sound(_lettered()).style == "black"
    assert _sound(_lettered({"l0003.1": Placing(ink="white")})).style == "white"
