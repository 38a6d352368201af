"""Balloons of one speaker become one shape or hang on a neck; others stay apart; type never meets."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.ink.paths import flattened
from drawing.lettering.beam_search import overlap, reads_before
from drawing.lettering.free_space import PageSpace
from drawing.lettering.join_balloons import in_turn, joined, neck
from drawing.lettering.place_balloons import place
from drawing.lettering.placed_pieces import BalloonSpot
from manga.geometry import Rect
from manga.lettering import BalloonKind
from tests.drawing.lettering.spots_desk import page_of, panel_at, person, piece_of

WIDE = Rect(x=15, y=20, width=150, height=80)
WORDS = ("直して、もう一回、星を見るの", "おじいさんにも、見せてあげよう")


def pair(
    x: float, y: float, *, second: str = "a", kind: BalloonKind = BalloonKind.SPEECH
) -> tuple[list[BalloonSpot], PageSpace]:
    panel = panel_at(WIDE, [person("a", x, y), person("b", 165 - (x - 15), 80)])
    page = page_of(panel)
    pieces = [
        replace(piece_of(text, panel, kind, who=who, rank=rank, count=2), talker=who)
        for rank, (text, who) in enumerate(zip(WORDS, ("a", second), strict=True))
    ]
    return list(joined(place(pieces, page).spots, page)), page


@settings(max_examples=12)
@given(st.floats(40, 70), st.floats(60, 85))
def test_joined_balloons_meet_or_hang_on_a_neck_while_their_type_stays_apart_and_in_order(x: float, y: float) -> None:
    (first, second), page = pair(x, y)
    if second.joins is None:
        return
    assert second.joins == first.piece.key
    texts = [spot.variant.text_at(spot.centre) for spot in (first, second)]
    assert texts[0].overlap(texts[1].inset(-0.5 * first.variant.em)) == 0
    assert reads_before(first.seen, second.seen, rtl=page.rtl)
    assert overlap(first, second, 0.0) == (second.neck is None)
    assert (first.tail is None) or (second.tail is None)


def test_two_parts_of_one_speech_become_one() -> None:
    assert pair(60, 80)[0][1].joins is not None


@pytest.mark.parametrize(("second", "kind"), [("b", BalloonKind.SPEECH), ("a", BalloonKind.THOUGHT)])
def test_what_others_say_and_thoughts_stay_apart(second: str, kind: BalloonKind) -> None:
    first, other = pair(60, 80, second=second, kind=kind)[0]
    assert other.joins is None
    assert not overlap(first, other, 0.0)


def test_a_neck_is_one_shape_that_is_thinner_in_the_middle() -> None:
    (line,) = flattened(neck((0.0, 0.0), (10.0, 0.0), 4.0), 8)
    ends = max(abs(y) for _, y in line)
    middle = max(abs(y) for x, y in line if 4 < x < 6)
    assert middle < 0.8 * ends


def test_the_second_of_joined_balloons_is_never_the_higher_one() -> None:
    for x in (45.0, 60.0, 70.0):
        first, second = pair(x, 80)[0]
        assert second.joins is None or second.neck is not None or second.centre[1] >= first.centre[1] - 0.01


def test_a_balloon_is_not_drawn_up_where_the_eye_would_wander(monkeypatch: pytest.MonkeyPatch) -> None:
    (_, together), _ = pair(60, 80)
    assert together.neck is None
    monkeypatch.setattr(
        "drawing.lettering.join_balloons.wanders", lambda layout, _: int(layout.chosen[-1].joins is not None)
    )
    (_, apart), _ = pair(60, 80)
    assert apart.joins is None or apart.neck is not None
    assert apart.centre != together.centre


def test_a_balloon_is_in_turn_while_the_next_text_of_its_panel_is_read_after_it() -> None:
    (first, second), page = pair(60, 80)
    assert in_turn(first, second, page)
    assert not in_turn(second, first, page)
