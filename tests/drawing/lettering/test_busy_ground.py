"""Balloons look for the quiet part of a picture, and keep off faces that belong to nobody known."""

from dataclasses import replace

import pytest

from drawing.lettering.balloon_spots import covered, spots
from drawing.lettering.busy_ground import ground_of
from drawing.lettering.figure_anchors import SeenOnPage
from drawing.lettering.free_space import looked_at
from manga.geometry import Rect
from tests.drawing.lettering.spots_desk import page_of, panel_at, piece_of

BOX = Rect(x=20, y=20, width=120, height=80)
QUIET_LEFT = ("0" * 6 + "f" * 6,) * 8
QUIET_RIGHT = ("f" * 6 + "0" * 6,) * 8


def test_what_is_under_a_box_is_the_mean_of_its_cells() -> None:
    ground = ground_of(QUIET_LEFT, BOX)
    assert ground is not None
    assert ground.under(Rect(x=20, y=20, width=60, height=80)) == pytest.approx(0)
    assert ground.under(Rect(x=80, y=30, width=40, height=20)) == pytest.approx(1)
    assert ground.under(Rect(x=75, y=30, width=10, height=10)) == pytest.approx(0.5)
    assert ground.under(Rect(x=120, y=30, width=40, height=20)) == pytest.approx(0.5)
    assert ground.under(Rect(x=150, y=30, width=40, height=20)) == pytest.approx(0)


def test_where_nobody_has_looked_there_is_no_ground() -> None:
    assert ground_of((), BOX) is None


@pytest.mark.parametrize(("rows", "left"), [(QUIET_LEFT, True), (QUIET_RIGHT, False)])
def test_a_balloon_lies_where_it_is_quiet(rows: tuple[str, ...], left: bool) -> None:
    page = looked_at(page_of(panel_at(BOX)), {"b0000": SeenOnPage((), (), ground_of(rows, BOX))})
    piece = piece_of("ここは静かだ", page.panels[0])
    assert (spots(piece, page, piece.variants)[0].centre[0] < BOX.centre[0]) is left


def test_no_balloon_hides_a_face_that_belongs_to_nobody() -> None:
    free = page_of(panel_at(BOX))
    piece = piece_of("ここは静かだ", free.panels[0])
    place = spots(piece, free, piece.variants)[0]
    face = Rect(x=place.centre[0] - 6, y=place.centre[1] - 8, width=12, height=16)
    page = looked_at(free, {"b0000": SeenOnPage((face,), (), None)})
    found = spots(replace(piece, panel=page.panels[0]), page, piece.variants)[0]
    shape = tuple((found.centre[0] + x, found.centre[1] + y) for x, y in found.variant.flat)
    assert max(covered(shape, page.panels[0].faces)) <= 0.02


def test_no_balloon_hides_a_hand_that_a_model_tells() -> None:
    free = page_of(panel_at(BOX))
    piece = piece_of("ここは静かだ", free.panels[0])
    place = spots(piece, free, piece.variants)[0]
    hand = Rect(x=place.centre[0] - 3, y=place.centre[1] - 3, width=6, height=6)
    page = looked_at(free, {"b0000": SeenOnPage((), (), None, (hand,))})
    found = spots(replace(piece, panel=page.panels[0]), page, piece.variants)[0]
    shape = tuple((found.centre[0] + x, found.centre[1] + y) for x, y in found.variant.flat)
    assert covered(shape, page.panels[0].hands) == [0.0]
