"""Other ways of showing a panel: each is another direction, and the edit that is offered makes just that one."""

import pytest

from editing.panel_stagings import other_directions, stagings
from manga.storyboard import Angle, FigureDirection, SceneDirection, Shot
from tests.editing.works import board, edited, panels, sent, state


def test_an_edit_makes_of_a_panel_what_its_staging_shows() -> None:
    for key in panels(state())[:4]:
        now, ways = stagings(state(), key)
        assert len(ways) >= 3
        for way in ways:
            once = edited(state(), sent(key, "selection", **way.change))
            shown = next(panel.direction for panel in board(once).panels() if panel.key == key)
            assert shown == way.brief.direction != now.direction
            assert way.brief.cast == now.cast


@pytest.mark.parametrize("shot", list(Shot))
def test_two_people_can_be_seen_in_three_other_ways_from_any_distance(shot: Shot) -> None:
    pair = (
        FigureDirection(character="c01", x=0.3, facing="right"),
        FigureDirection(character="c02", x=0.7, facing="left"),
    )
    found = dict(other_directions(SceneDirection(shot=shot, setting="river", figures=pair)))
    assert len(found) >= 3
    mirrored = [(figure.x, figure.facing) for figure in found["other_side"].figures]
    assert mirrored == [(0.7, "left"), (0.3, "right")]


def test_nobody_is_looked_past_from_nearer_and_an_empty_place_has_no_other_side() -> None:
    past = SceneDirection(shot=Shot.BUST, angle=Angle.OVER_SHOULDER, setting="river")
    found = dict(other_directions(past))
    assert found["nearer"].angle is Angle.EYE
    assert "other_side" not in found
