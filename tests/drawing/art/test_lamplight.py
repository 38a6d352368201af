"""Light of lamps fades without rings; of one that is not in the picture it falls from aside."""

from itertools import pairwise

import pytest

from drawing.art.draw_panel import draw_panel
from drawing.art.settings.room_in_perspective import lamplight
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, from_data
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.plot import TimeOfDay
from manga.storyboard import SceneDirection


def test_no_ring_is_seen_in_the_light_of_a_lamp() -> None:
    canvas = Canvas(80, 60)
    lamplight(Scenery.on(canvas, Stage(80, 60, 30, 8, 7, 40, TimeOfDay.NIGHT)), (30, 12))
    densities = [float(call[3]) for call in canvas.finish().calls if call[0] == "t"]
    assert max(b - a for a, b in pairwise([0.0, *densities])) <= 0.035
    assert densities[-1] > 0.4


@pytest.mark.parametrize("seed", range(4))
def test_a_face_by_night_indoors_has_light_from_one_side_behind_it(seed: int) -> None:
    direction = SceneDirection.model_validate(
        {
            "shot": "close",
            "setting": "room",
            "background": "none",
            "time_of_day": "night",
            "figures": [{"character": "c01", "x": 0.5}],
        }
    )
    looks = {"c01": Look.model_validate({"gender": "female", "age": "teen"})}
    drawing = draw_panel(brief_for(80, 60, direction, looks, seed=seed)).drawing
    (light,) = [c for c in drawing.calls[: drawing.backdrop] if c[0] == "g"]
    assert box(from_data(str(light[1]))).width > 80
    assert light[3] == light[6], "level"
    assert abs(float(light[4]) - float(light[7])) > 0.4
