"""Eyes at a keyhole and in the dark."""

import pytest

from drawing.art.panel import DrawnPanel, PanelRequest, draw_panel
from drawing.art.peering import CAT, DARK, KEYHOLE
from manga.storyboard import SceneDirection


def _drawn(word: str, setting: str = "mansion") -> DrawnPanel:
    direction = SceneDirection.model_validate({"shot": "insert", "setting": setting, "props": (word,)})
    return draw_panel(PanelRequest(80, 50, direction, {}))


@pytest.mark.parametrize("word", [KEYHOLE, DARK, CAT])
def test_eyes_are_drawn_and_no_thing_is_missed(word: str) -> None:
    drawn = _drawn(word)
    assert not drawn.missing
    assert len(drawn.drawing.calls) > 10


def test_eyes_in_the_dark_are_all_that_is_light() -> None:
    assert _drawn(DARK).ink > 0.7
    assert _drawn(CAT).ink > 0.7
    assert len(_drawn(CAT).drawing.calls) > len(_drawn(DARK).drawing.calls) + 8, "ears, cheeks and whiskers"
    assert 0.15 < _drawn(KEYHOLE).ink < 0.7
