"""Where a reader's eye goes, and texts set anew where it would wander."""

import pytest

from drawing.lettering.balloon_spots import spots
from drawing.lettering.beam_search import Layout
from drawing.lettering.reader_gaze import backtracks, crossings, wanders
from drawing.lettering.repair_layout import FAULTY, led
from manga.geometry import Point, Rect
from tests.drawing.lettering.spots_desk import page_of, panel_at, piece_of

LEFT_OUT = panel_at(Rect(x=12, y=12, width=75, height=90))
BELOW = panel_at(Rect(x=12, y=110, width=150, height=60), index=1)
PAGE = page_of(LEFT_OUT, BELOW)


@pytest.mark.parametrize(
    ("way", "times"),
    [([(0, 0), (9, 9), (9, 0), (0, 9)], 1), ([(0, 0), (9, 0), (9, 9), (0, 9)], 0)],
)
def test_a_way_that_crosses_itself_is_counted(way: list[Point], times: int) -> None:
    assert crossings(way) == times


@pytest.mark.parametrize("rtl", [True, False])
def test_only_up_and_towards_the_beginning_is_back(rtl: bool) -> None:
    assert backtracks([(10, 50), (60, 20)], rtl=rtl) == int(rtl)
    assert backtracks([(60, 50), (10, 20)], rtl=rtl) == int(not rtl)


def test_texts_of_a_panel_are_set_anew_where_the_eye_would_go_back() -> None:
    pieces = [piece_of("それはだめだよ", LEFT_OUT, rank=n, count=2) for n in range(2)]
    ways = [spots(piece, PAGE, piece.variants, 140) for piece in pieces]
    low = max(ways[0], key=lambda spot: (spot.centre[1], -spot.centre[0]))
    high = min(ways[1], key=lambda spot: (spot.centre[1], -spot.centre[0]))
    back = Layout().joined(low, low.cost).joined(high, high.cost)
    assert wanders(back, PAGE)
    mended = led(back, pieces, PAGE)
    assert not wanders(mended, PAGE)
    assert [spot.piece.key for spot in mended.chosen] == [piece.key for piece in pieces]
    assert mended.worst < FAULTY


def test_a_page_that_leads_the_eye_stays_as_it_is() -> None:
    piece = piece_of("それはだめだよ", LEFT_OUT)
    spot = spots(piece, PAGE, piece.variants, 1)[0]
    layout = Layout().joined(spot, spot.cost)
    assert led(layout, [piece], PAGE) is layout
