"""Spots for one balloon: type inside, faces free, captions in corners, background before bodies."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.balloon_spots import (
    FACE_LIMIT,
    HAIR_LIMIT,
    LONG_HEADS,
    TAILLESS,
    anywhere,
    covered,
    hair_covered,
    spots,
)
from drawing.lettering.free_space import around
from drawing.lettering.placed_pieces import BalloonSpot
from drawing.lettering.spot_costs import CORNER_MM
from drawing.lettering.tails import LONGEST_EM, USUAL_EM
from manga.geometry import Rect, overlap_area
from manga.lettering import BalloonKind
from tests.drawing.lettering.spots_desk import TEXT_AREA, moved, page_of, panel_at, person, piece_of, variant_of

WIDE = Rect(x=15, y=20, width=150, height=70)
TEXT = "怒られるよ。だから、静かに"


def best(*people: tuple[str, float, float], box: Rect = WIDE, kind: BalloonKind = BalloonKind.SPEECH) -> BalloonSpot:
    panel = panel_at(box, [person(*one) for one in people])
    who = people[0][0] if people else None
    piece = piece_of(TEXT, panel, kind, who=who)
    return spots(piece, page_of(panel), piece.variants)[0]


@settings(max_examples=40)
@given(st.floats(30, 150), st.floats(35, 80), st.sampled_from(list(BalloonKind)))
def test_type_lies_in_the_panel_and_in_the_pages_text_area(x: float, y: float, kind: BalloonKind) -> None:
    panel = panel_at(WIDE, [person("a", x, y)])
    piece = piece_of(TEXT, panel, kind, who="a")
    for spot in spots(piece, page_of(panel), piece.variants):
        text = spot.variant.text_at(spot.centre)
        assert TEXT_AREA.contains(text, 1e-3)
        assert WIDE.contains(text, 1e-3)


@settings(max_examples=40)
@given(st.floats(30, 150), st.floats(40, 80))
def test_where_there_is_room_no_face_is_hidden_and_the_tail_is_there(x: float, y: float) -> None:
    spot = best(("a", x, y))
    shape = moved(spot.variant.flat, spot.centre)
    assert max(covered(shape, spot.piece.panel.faces)) <= FACE_LIMIT
    assert spot.tail is not None


@pytest.mark.parametrize("x", [40.0, 90.0, 140.0])
def test_a_caption_stands_in_a_corner_of_its_panel(x: float) -> None:
    spot = best(("a", x, 60.0), kind=BalloonKind.CAPTION)
    assert min(spot.box.x - WIDE.x, WIDE.right - spot.box.right) == pytest.approx(CORNER_MM, abs=0.01)
    assert min(spot.box.y - WIDE.y, WIDE.bottom - spot.box.bottom) == pytest.approx(CORNER_MM, abs=0.01)
    assert not spot.cut


def test_a_caption_in_a_slanted_panel_shares_the_slanted_border_and_keeps_its_type_off_it() -> None:
    polygon = ((15.0, 20.0), (165.0, 30.0), (165.0, 90.0), (15.0, 84.0))
    panel = panel_at(WIDE, polygon=polygon)
    piece = piece_of(TEXT, panel, BalloonKind.CAPTION)
    spot = spots(piece, page_of(panel), piece.variants)[0]
    text = spot.variant.text_at(spot.centre).inset(-0.3 * spot.variant.em)
    assert panel.holds(text.polygon(), text)
    assert spot.cut or panel.holds(moved(spot.variant.flat, spot.centre), spot.box)


@pytest.mark.parametrize("kind", [BalloonKind.SPEECH, BalloonKind.CAPTION])
def test_free_background_comes_before_bodies(kind: BalloonKind) -> None:
    spot = best(("a", 125.0, 50.0), kind=kind)
    assert spot.box.overlap(spot.piece.panel.figures[0].body) / spot.box.area < 0.1


def test_only_a_small_part_of_a_balloon_leans_out_of_its_panel() -> None:
    spot = best(("a", 90.0, 60.0))
    assert 1 - WIDE.overlap(spot.box) / spot.box.area <= 0.2


def test_a_panel_too_small_for_the_type_has_no_spot_but_the_page_has() -> None:
    panel = panel_at(Rect(x=20, y=20, width=8, height=8))
    piece = piece_of(TEXT, panel)
    assert spots(piece, page_of(panel), piece.variants) == []
    nearest = next(anywhere(piece, TEXT_AREA, piece.variants))
    assert TEXT_AREA.contains(nearest.variant.text_at(nearest.centre), 1e-6)


def test_a_wished_corner_is_kept() -> None:
    panel = panel_at(WIDE)
    piece = replace(piece_of(TEXT, panel), place="bottom_left")
    spot = spots(piece, page_of(panel), piece.variants)[0]
    assert spot.centre[0] < WIDE.centre[0]
    assert spot.centre[1] > WIDE.centre[1] - 5


def test_the_same_piece_has_the_same_spots() -> None:
    assert best(("a", 70.0, 60.0)) == best(("a", 70.0, 60.0))


def test_a_tail_may_be_missing_where_only_one_person_is_seen_and_not_where_two_are() -> None:
    small = Rect(x=20, y=20, width=40, height=40)
    alone = panel_at(small, [person("a", 40, 45, 30)])
    two = panel_at(small, [person("a", 40, 45, 30), person("b", 57, 57, 4)])
    for panel, least, most in ((alone, 0.0, TAILLESS), (two, TAILLESS, 10 * TAILLESS)):
        found = [
            s for s in spots(piece_of("だめ", panel, who="a"), page_of(panel), (variant_of("だめ"),)) if not s.tail
        ]
        assert found
        assert all(least < spot.cost < most + 100 for spot in found)


def test_a_speaker_in_a_crowd_is_pointed_at_though_the_emptiest_places_are_out_of_reach() -> None:
    crowd = [person("a", 163, 175, 20), person("b", 136, 171, 19), person("c", 105, 168, 14)]
    panel = panel_at(Rect(x=16, y=135, width=169, height=125), crowd)
    piece = piece_of("動かないと、日が暮れてしまいます", panel, who="a")
    assert spots(piece, page_of(panel), piece.variants * 4)[0].tail is not None


@pytest.mark.parametrize("x", [28.0, 40.0, 60.0])
def test_a_tail_is_no_spear_across_the_picture(x: float) -> None:
    """Small heads far apart: the balloon comes to the speaker, however much paper is free on the other side."""
    rivals = [person(name, x + 24 * i, 66.0, 8.0) for i, name in enumerate(("b", "c", "d"), start=1)]
    panel = panel_at(WIDE, [person("a", x, 66.0, 8.0), *rivals])
    piece = piece_of(TEXT, panel, who="a")
    spot = spots(piece, page_of(panel), piece.variants)[0]
    assert spot.tail is not None
    assert spot.tail.length <= max(LONGEST_EM * spot.variant.em, LONG_HEADS * 8.0)


def test_a_balloon_stands_beside_a_hat_and_not_on_it() -> None:
    """A tall head leaves more paper over it than beside it; words that cost nothing there still go beside."""
    bare = person("a", 90, 78, 16.0)
    hatted = bare.model_copy(update={"head": Rect(x=78, y=30, width=24, height=52)})
    panel = panel_at(WIDE, [hatted])
    piece = piece_of(TEXT, panel, who="a")
    spot = spots(piece, page_of(panel), piece.variants)[0]
    assert max(hair_covered(moved(spot.variant.flat, spot.centre), panel), default=0.0) <= HAIR_LIMIT


def test_what_of_a_head_is_no_face_is_hair_and_all_of_it_where_no_face_is_seen() -> None:
    seen = person("a", 90, 78, 16.0).model_copy(
        update={"head": Rect(x=80, y=60, width=20, height=20), "face": Rect(x=80, y=70, width=20, height=10)}
    )
    away = seen.model_copy(update={"face": None})
    over = Rect(x=80, y=55, width=20, height=7).polygon()
    assert list(hair_covered(over, panel_at(WIDE, [seen]))) == pytest.approx([0.2])
    assert list(hair_covered(over, panel_at(WIDE, [away]))) == pytest.approx([0.1])
    assert list(hair_covered(Rect(x=80, y=72, width=20, height=5).polygon(), panel_at(WIDE, [seen]))) == [0.0]


def test_a_balloon_comes_near_enough_for_a_short_tail() -> None:
    spot = best(("a", 40.0, 70.0))
    assert spot.tail is not None
    assert spot.tail.length <= USUAL_EM * spot.variant.em + 0.01


def test_a_balloon_keeps_off_a_figure_that_stands_before_a_border() -> None:
    figure = Rect(x=60, y=15, width=40, height=40).polygon()
    page = around(page_of(panel_at(WIDE)), [figure])
    piece = piece_of(TEXT, page.panels[0])
    spot = spots(piece, page, piece.variants)[0]
    assert overlap_area(figure, moved(spot.variant.flat, spot.centre)) < 1


def test_spots_that_are_apart_lie_all_over_the_panel() -> None:
    panel = panel_at(Rect(x=12, y=12, width=110, height=110))
    piece = piece_of("それはだめだよと言ったのに", panel)
    settings_ = piece.variants * 5
    near, apart = (spots(piece, page_of(panel), settings_, 40, apart=apart) for apart in (False, True))

    def reach(found: list[BalloonSpot]) -> float:
        return max(spot.centre[1] for spot in found) - min(spot.centre[1] for spot in found)

    assert reach(apart) > 1.3 * reach(near)


def test_a_caption_finds_the_gap_between_two_faces() -> None:
    caption = variant_of("ああ", BalloonKind.CAPTION)
    apart = 8.0 + 2 * caption.body.reach[0] + 0.2
    panel = panel_at(Rect(x=12, y=40, width=70, height=36), [person("a", 30, 60), person("b", 30 + apart, 60)])
    left, right = panel.faces
    found = spots(piece_of("ああ", panel, BalloonKind.CAPTION), page_of(panel), (caption,), 400)
    assert any(left.right < spot.box.x and spot.box.right < right.x for spot in found)
