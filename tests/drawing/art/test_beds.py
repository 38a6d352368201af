"""Whoever is said to lie in a bed lies in one, in a room with chairs."""

from drawing.art.draw_panel import draw_panel
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, Pose, SceneDirection, Shot


def _head_height(told: str, setting: str = "castle_room") -> float:
    figure = FigureDirection(character="c01", x=0.4, facing="right", pose=Pose.LIE)
    direction = SceneDirection(shot=Shot.FULL, setting=setting, seen=told, figures=(figure,))
    drawn = draw_panel(brief_for(100, 66, direction, {"c01": Look(outfit="tunic")}, "medieval"))
    return drawn.figures[0].head.y


def test_whoever_lies_in_bed_lies_higher_than_on_the_floor() -> None:
    assert _head_height("He was lying awake in bed.") < _head_height("He lay on the floor.")


def test_there_are_no_beds_in_a_garden_nor_where_one_sleeps_on_the_floor() -> None:
    for setting in ("garden", "japanese_room"):
        assert _head_height("He lay in bed.", setting) == _head_height("He lay there.", setting)
