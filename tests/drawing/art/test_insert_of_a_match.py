"""A struck match is seen in the dark, whatever the shape of its panel."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection, Shot


def drawn(width: float, height: float, prop: str, texts: int = 0) -> DrawnPanel:
    direction = SceneDirection(shot=Shot.INSERT, setting="room", background="partial", props=(prop,))
    return draw_panel(brief_for(width, height, direction, {}, texts=texts))


@pytest.mark.parametrize("size", [(50, 50), (30, 60), (90, 35)])
def test_a_match_burns_in_the_dark(size: tuple[float, float]) -> None:
    match, candle = drawn(*size, "match"), drawn(*size, "candle")
    assert match.missing == ()
    assert match.ink > candle.ink + 0.05


def test_its_flame_gives_way_to_words() -> None:
    assert drawn(50, 50, "match").drawing != drawn(50, 50, "match", texts=1).drawing


def test_who_matches_something_is_no_match() -> None:
    assert drawn(50, 50, "matchless").missing == ("prop: matchless",)
