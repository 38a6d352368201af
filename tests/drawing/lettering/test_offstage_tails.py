"""Voices from outside the picture: a tail to the side where the speaker is known to be, and none on a guess."""

from dataclasses import replace

from drawing.lettering.balloon_spots import examined
from drawing.lettering.offstage_tails import led_out
from drawing.lettering.placed_pieces import BalloonSpot
from drawing.lettering.spot_costs import rough
from manga.geometry import Rect, inside
from manga.lettering import BalloonKind
from tests.drawing.lettering.spots_desk import page_of, panel_at, person, piece_of

ABOVE, BELOW = Rect(x=15, y=20, width=150, height=70), Rect(x=65, y=100, width=50, height=70)


def voice(speaker_x: float, *, doubtful: bool = False, listener: str = "b") -> BalloonSpot:
    there = panel_at(ABOVE, [person("a", speaker_x, 60), person("b", 90, 60)])
    here = panel_at(BELOW, [person(listener, 90, 150)], index=1)
    page = page_of(there, here)
    piece = replace(piece_of("おい", here, BalloonKind.OFF_PANEL), talker="a")
    spot = examined(piece, piece.variants[0], (90.0, 118.0), 0.0)
    assert spot is not None
    return led_out([spot], page, {piece.key} if doubtful else ())[0]


def test_a_tail_leads_out_of_the_panel_to_the_side_where_the_speaker_stood_beside_who_is_seen() -> None:
    for speaker_x, side in ((130.0, 1), (50.0, -1)):
        tail = voice(speaker_x).tail
        assert tail is not None
        assert inside(tail.tip, BELOW.polygon())
        assert min(tail.tip[0] - BELOW.x, BELOW.right - tail.tip[0]) < 1.0, "it ends at the border"
        assert not inside(tail.mouth, BELOW.polygon())
        assert (tail.mouth[0] - tail.root[0]) * side > 0


def test_nobody_is_pointed_at_where_the_speaker_or_his_side_is_a_guess() -> None:
    assert voice(130.0, doubtful=True).tail is None
    assert voice(130.0, listener="c").tail is None


def test_a_voice_is_set_on_the_side_that_it_comes_from() -> None:
    here = panel_at(BELOW, [person("b", 90, 150)])
    piece = piece_of("おい", here, BalloonKind.OFF_PANEL)
    page = page_of(here)
    best = [
        min((rough(replace(piece, side=side), page, piece.variants[0], (x, 118.0)), x) for x in (75.0, 90.0, 105.0))[1]
        for side in (1, -1)
    ]
    assert best == [105.0, 75.0]
