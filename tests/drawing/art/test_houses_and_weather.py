"""Houses are those of the story's culture; snow lies on roofs and on the ground and no flake is on a face."""

from random import Random

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.ink import effect_lines
from drawing.ink.canvas import Canvas
from drawing.ink.paths import reach
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection


def drawn(setting: str, culture: str, *, weather: str = "clear", period: str = "early_modern") -> DrawnPanel:
    figures = [{"character": "a", "facing": "right", "x": 0.3}]
    told = {"shot": "medium", "setting": setting, "weather": weather, "figures": figures, "background": "full"}
    brief = brief_for(80, 60, SceneDirection.model_validate(told), {"a": Look()}, period, culture=culture)
    return draw_panel(brief)


@pytest.mark.parametrize("setting", ["village", "farmhouse", "town"])
def test_a_house_of_the_west_is_another_one(setting: str) -> None:
    west, east = (drawn(setting, culture).drawing for culture in ("west", "japan"))
    assert west.calls != east.calls


def test_a_western_cottage_has_a_door_of_its_own() -> None:
    assert "door" in drawn("farmhouse", "west").drawn.parts
    assert "door" not in drawn("farmhouse", "japan").drawn.parts


@pytest.mark.parametrize("fall", [effect_lines.rain, effect_lines.snow])
def test_nothing_falls_on_a_face(fall: object) -> None:
    face = Rect(x=20, y=15, width=30, height=30)
    free, all_over = Canvas(80, 60), Canvas(80, 60)
    fall(free, Random(1), n=200, off=[face])  # type: ignore[operator]
    fall(all_over, Random(1), n=200)  # type: ignore[operator]
    assert _inks(free, face) == 0
    assert _inks(all_over, face) > 0


def _inks(canvas: Canvas, face: Rect) -> int:
    """How many marks begin in the box: each is a subpath of one call."""
    marks = (mark for call in canvas.finish().calls for mark in str(call[1]).split("M")[1:])
    boxes = (reach("M" + mark)[1] for mark in marks)
    return sum(face.contains(Rect(x=b[0], y=b[1], width=b[2] - b[0], height=b[3] - b[1])) for b in boxes)


def test_weather_stays_outside_of_a_room() -> None:
    assert drawn("farmhouse", "west", weather="snow").drawn.weather == ""
    assert drawn("village", "west", weather="snow").drawn.weather == "snow"
