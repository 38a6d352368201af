"""Where faces look, and when sides may change."""

import pytest

from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit_conversations import looks, sides_kept
from drawing.pages.audit_gates import Sheaf
from manga.artwork import FigureAnchors
from manga.geometry import Rect
from tests.drawing.pages.faults import OTHER_FAULTS
from tests.drawing.pages.made import SILENT, with_panel

FACE = Rect(x=10, y=10, width=12, height=13)


@pytest.mark.parametrize(("x", "side"), [(16.0, 0), (18.0, 1), (14.0, -1)])
def test_a_face_looks_to_where_its_mouth_is(x: float, side: int) -> None:
    assert looks(FigureAnchors(character="c01", body=FACE, face=FACE, mouth=(x, 20))) == side


def test_a_face_that_is_not_seen_looks_nowhere() -> None:
    assert looks(FigureAnchors(character="c01", body=FACE, head=FACE)) == 0


@pytest.mark.parametrize(("shot", "ok"), [("medium", False), ("establishing", True)])
def test_a_view_that_shows_the_place_anew_may_turn_the_camera(shot: str, ok: bool) -> None:
    book = OTHER_FAULTS["two who change sides"][1]()
    shown = tuple(with_panel(page, SILENT, shot=shot) if page.number == 4 else page for page in book)
    assert sides_kept(Sheaf(shown, faces(standard_folders()))).ok is ok
