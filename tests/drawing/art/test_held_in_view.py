"""What is held is in the picture where hands are shown, however low its holder stands among others."""

import pytest

from drawing.art.draw_panel import draw_panel
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

LOOKS = {
    "man": Look.model_validate({"gender": "male"}),
    "boy": Look.model_validate({"gender": "male", "age": "child"}),
}


@pytest.mark.parametrize("holds", ["box", "lantern", "cup"])
@pytest.mark.parametrize("shot", ["bust", "medium"])
@pytest.mark.parametrize("pose", ["stand", "sit"])
def test_a_small_one_beside_a_tall_one_shows_what_he_holds(holds: str, shot: str, pose: str) -> None:
    figures = [
        {"character": "man", "x": 0.3, "facing": "right"},
        {"character": "boy", "x": 0.7, "facing": "left", "pose": pose, "holds": holds},
    ]
    told = {"shot": shot, "setting": "room", "background": "none", "figures": figures}
    found = draw_panel(brief_for(150, 56, SceneDirection.model_validate(told), LOOKS)).drawn.figures
    assert {word for one in found for word in one.holds} == {holds}


def test_who_stands_over_one_on_the_ground_is_seen_with_him() -> None:
    figures = [{"character": "man", "x": 0.3, "pose": "akimbo"}, {"character": "boy", "x": 0.6, "pose": "lie"}]
    told = {"shot": "medium", "setting": "shore", "figures": figures}
    found = draw_panel(brief_for(100, 50, SceneDirection.model_validate(told), LOOKS)).drawn.figures
    assert {one.character for one in found} == {"man", "boy"}
