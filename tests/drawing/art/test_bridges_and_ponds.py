"""The moon lies on still water by night, where nobody hides it; a ditch is dry or has water in it."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

LOOKS = {
    "c01": Look.model_validate({"kind": "beast", "outfit": "none", "marks": ["mole"]}),
    "c02": Look.model_validate({"kind": "fox", "outfit": "none"}),
}


def drawn(setting: str, time: str = "night", weather: str = "clear", shot: str = "full", **how: object) -> DrawnPanel:
    figures = [{"character": "c01", "x": 0.27}, {"character": "c02", "x": 0.73}] if shot != "insert" else []
    told = {"shot": shot, "setting": setting, "time_of_day": time, "weather": weather, "figures": figures, **how}
    return draw_panel(brief_for(90, 60, SceneDirection.model_validate(told), LOOKS))


@pytest.mark.parametrize("setting", ["pond", "channel"])
def test_the_moon_lies_on_the_water_on_clear_nights_only(setting: str) -> None:
    clear, cloudy = drawn(setting), drawn(setting, weather="cloudy")
    assert clear.drawing != cloudy.drawing
    assert clear.missing == cloudy.missing == ()
    assert clear.drawing != drawn(setting, time="day").drawing


def test_a_ditch_is_another_picture_when_water_runs_in_it() -> None:
    assert drawn("ditch", "day").drawing != drawn("channel", "day").drawing


def test_a_beast_that_digs_is_seen_whole_however_near_the_view_is() -> None:
    direction = SceneDirection.model_validate(
        {"shot": "bust", "setting": "ditch", "figures": [{"character": "c01", "pose": "dig", "facing": "right"}]}
    )
    body = draw_panel(brief_for(60, 60, direction, LOOKS)).figures[0].body
    assert body.bottom <= 1.02
    assert body.width < 0.9


def test_no_stars_are_seen_through_rain() -> None:
    def bare(weather: str) -> DrawnPanel:
        told = {"shot": "long", "setting": "summit", "time_of_day": "night", "weather": weather}
        return draw_panel(brief_for(90, 60, SceneDirection.model_validate(told), {}))

    white = [sum(call[0] == "f" for call in bare(weather).drawing.calls) for weather in ("clear", "cloudy")]
    assert white[0] >= white[1] + 7
