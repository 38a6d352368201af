"""Things that a panel names stand on the floor beside its people, each once, at a size that can be seen."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

LOOKS = {"a": Look.model_validate({"gender": "male"})}


def drawn(*props: str, shot: str = "full", holds: str = "", setting: str = "road") -> DrawnPanel:
    figure = {"character": "a", "x": 0.4, "facing": "right", "holds": holds}
    told = {"shot": shot, "setting": setting, "props": props, "figures": [figure]}
    return draw_panel(brief_for(80, 60, SceneDirection.model_validate(told), LOOKS))


@pytest.mark.parametrize("shot", ["full", "long", "establishing"])
@pytest.mark.parametrize("prop", ["bucket", "bench", "basket", "rope", "sword", "ball"])
def test_it_is_seen_wherever_the_floor_is(prop: str, shot: str) -> None:
    assert prop in drawn(prop, shot=shot).drawn.things


def test_small_ones_are_large_enough_to_be_seen() -> None:
    sizes = [max(box.width * 80, box.height * 60) for box in drawn("key", shot="long").things]
    assert sizes
    assert max(sizes) > 3


def test_what_is_held_lies_nowhere_else() -> None:
    found = drawn("basket", holds="basket").drawn
    assert found.figures[0].holds == ("basket",)
    assert "basket" not in found.things


def test_no_face_is_covered() -> None:
    panel = drawn("bucket", "bench", "basket", "stone")
    face = panel.figures[0].face
    assert face
    assert not any(box.x < face.right and face.x < box.right and box.y < face.bottom and face.y < box.bottom
                   for box in panel.things)  # fmt: skip


def test_parts_of_a_place_and_clothes_are_not_strewn_about() -> None:
    assert drawn("window", "snow", "hat", "cloud").drawn.things == ()
