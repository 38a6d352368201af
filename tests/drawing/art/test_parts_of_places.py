"""A picture of a detail shows its thing, or what marks the place: never a floor alone."""

import pytest

from drawing.art.draw_panel import draw_panel
from drawing.ink.drawing_calls import Call
from drawing.ink.paths import box, from_data
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

SIDE = 60.0


def calls(setting: str, width: float = SIDE, height: float = SIDE, **told: object) -> tuple[Call, ...]:
    direction = SceneDirection.model_validate({"shot": "insert", "setting": setting, "background": "partial", **told})
    return draw_panel(brief_for(width, height, direction, {}, period="early_modern", seed=4)).drawing.calls


@pytest.mark.parametrize("setting", ["restaurant", "mansion", "room", "classroom", "palace", "village", "street"])
@pytest.mark.parametrize("shape", [(60.0, 60.0), (90.0, 40.0), (34.0, 70.0)])
def test_a_detail_without_a_thing_shows_what_stands_in_the_place(setting: str, shape: tuple[float, float]) -> None:
    width, height = shape
    found = [box(from_data(str(c[1]))) for c in calls(setting, width, height) if c[0] == "s"]
    seen = [b for b in found if 0 < b.centre[0] < width and 0 < b.centre[1] < height * 0.72 and b.width < width]
    assert len(seen) > 8


def test_what_is_written_hangs_on_a_plate() -> None:
    plain, written = (calls("restaurant", props=props) for props in ((), ("sign",)))
    assert written != plain
    plates = [box(from_data(str(c[1]))) for c in written if c[0] == "f" and float(c[2]) == 255]
    assert any(abs(b.centre[0] - SIDE / 2) < 8 and 10 < b.width < 50 for b in plates[-6:])


def test_the_flower_of_a_lily_pond_is_on_its_water() -> None:
    flower = calls("lily_pond", props=("flower",))
    assert flower != calls("garden", props=("flower",))
    assert len(flower) > 80
