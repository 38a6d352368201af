"""Whoever is on a bridge stands on its deck, between its parapets, with the river below."""

import pytest

from drawing.art.settings.bridges_and_ponds import deck_at
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Canvas


def scenery(width: float, unit: float, centre: float) -> Scenery:
    stage = Stage(width, 90, horizon=40, unit=unit, camera=4.5, centre=centre)
    return Scenery.on(Canvas(width, 90), stage)


@pytest.mark.parametrize(("width", "unit", "centre"), [(60, 9, 30), (150, 12, 20), (150, 12, 130), (90, 6, 45)])
def test_the_deck_is_as_wide_as_the_picture_where_people_stand(width: float, unit: float, centre: float) -> None:
    s = scenery(width, unit, centre)
    left, right = deck_at(s, -1, 0, 1.0)[0], deck_at(s, 1, 0, 1.0)[0]
    assert left < 0.1 * width
    assert right > 0.9 * width


def test_feet_are_on_the_deck_and_its_middle_is_higher() -> None:
    s = scenery(80, 9, 40)
    assert deck_at(s, 0, 0, 1.0)[1] == pytest.approx(s.stage.floor())
    assert deck_at(s, 0, 0, 2.2)[1] < s.stage.floor(2.2)
