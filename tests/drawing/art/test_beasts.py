"""Beasts together and beasts that have no kind of their own: where they stand, and what is drawn of them."""

import pytest

from drawing.art.panel import DrawnPanel, PanelRequest, draw_panel
from manga.characters import Look
from manga.storyboard import SceneDirection

LOOKS = {
    "c01": Look.model_validate({"kind": "rabbit", "hair_color": "white", "outfit": "none"}),
    "c02": Look.model_validate({"kind": "tortoise", "outfit": "none"}),
    "c03": Look.model_validate({"kind": "beast", "outfit": "none"}),
}


def drawn(one: dict[str, object], other: dict[str, object], width: float = 40, **how: object) -> DrawnPanel:
    figures = ({"x": 0.27, "facing": "right", **one}, {"x": 0.73, "facing": "left", **other})
    direction = SceneDirection.model_validate({"shot": "full", "setting": "road", **how, "figures": figures})
    return draw_panel(PanelRequest(width, 50, direction, LOOKS))


@pytest.mark.parametrize("pose", ["stand", "run", "lie"])
@pytest.mark.parametrize("shot", ["full", "long", "medium"])
def test_two_beasts_that_meet_do_not_stand_in_each_others_face(pose: str, shot: str) -> None:
    for other in ("c02", "c03"):
        found = drawn({"character": "c01", "pose": pose}, {"character": other, "pose": "stand"}, shot=shot).figures
        left, right = (figure.face for figure in found)
        assert left
        assert right
        assert left.overlap(right) == 0


def test_a_beast_in_the_foreground_has_its_feet_in_the_picture() -> None:
    near = {"character": "c02", "pose": "lie", "depth": "foreground"}
    found = drawn({"character": "c01", "pose": "run", "depth": "background"}, near, shot="long", width=60)
    tortoise = next(figure for figure in found.figures if figure.character == "c02")
    assert tortoise.body.bottom < 1.0
