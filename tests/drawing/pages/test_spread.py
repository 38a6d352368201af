"""The second page of a spread shows the same panel from its other side, and none of its words."""

import pytest

from drawing.layout.spreads import to_second
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit_sheaf import Sheaf
from drawing.pages.scene import second_half
from manga.geometry import bounds
from manga.paper import PAPERS, Direction
from tests.drawing.pages.made import page


def test_the_second_half_is_the_first_one_moved_over_the_fold() -> None:
    first, blank = page(1), page(2).model_copy(update={"balloons": ()})
    dx = to_second(PAPERS[first.paper], Direction.RTL)
    second = second_half(first, blank)
    assert (second.number, second.balloons) == (2, ())
    for old, new in zip(first.panels, second.panels, strict=True):
        assert bounds(new.polygon).x == pytest.approx(bounds(old.polygon).x + dx, abs=0.01)
        assert new.picture_box.x == pytest.approx(old.picture_box.x + dx)
        assert [f.body.x for f in new.figures] == pytest.approx([f.body.x + dx for f in old.figures])
        assert (new.picture, new.spans) == (old.picture, ())


def test_a_spread_is_measured_once() -> None:
    halves = (page(1).model_copy(update={"spread": "first"}), page(2).model_copy(update={"spread": "second"}))
    assert Sheaf(halves, faces(standard_folders())).body == halves[:1]
