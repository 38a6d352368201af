"""Things that a panel names stand on the floor beside its people, each once, at a size that can be seen."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.things.find_drawing import thing_of
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

LOOKS = {"a": Look.model_validate({"gender": "male"})}


def drawn(
    *props: str, shot: str = "full", holds: str = "", setting: str = "road", aspect: float = 1.3, **more: object
) -> DrawnPanel:
    figure = {"character": "a", "x": 0.4, "facing": "right", "holds": holds}
    told = {"shot": shot, "setting": setting, "props": props, "figures": [figure], **more}
    return draw_panel(brief_for(60 * aspect, 60, SceneDirection.model_validate(told), LOOKS))


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


@pytest.mark.parametrize("prop", ["clock", "window"])
def test_what_a_wall_has_hangs_there_and_nowhere_in_the_open(prop: str) -> None:
    told = drawn(prop, setting="corridor").drawn
    assert prop in {*told.things, *told.parts}
    assert prop not in drawn("window", setting="road").drawn.things


@pytest.mark.parametrize("prop", ["sea", "hut", "city wall"])
def test_what_is_far_off_is_seen_in_the_open_and_not_before_a_mood(prop: str) -> None:
    assert prop in drawn(prop).drawn.things
    assert prop not in drawn(prop, effects=("flash",)).drawn.things


@pytest.mark.parametrize(
    ("word", "name"), [("shrine gate", "torii"), ("old street lamp", "street_lamp"), ("oil lamp", "oil_lamp"),
                       ("garden gate", "door"), ("pistol", "pistol")],
)  # fmt: skip
def test_of_two_names_in_some_words_the_longer_one_counts(word: str, name: str) -> None:
    assert thing_of(word) == name


def test_low_furniture_that_people_would_cover_stands_before_them() -> None:
    assert "desk" in drawn("desk", shot="medium", setting="road", aspect=0.7).drawn.things


def test_parts_of_a_place_and_clothes_are_not_strewn_about() -> None:
    assert drawn("window", "snow", "scarf", "cloud").drawn.things == ()


def test_a_hat_that_nobody_wears_lies_about() -> None:
    assert "hat" in drawn("hat").drawn.things


@pytest.mark.parametrize("setting", ["road", "office"])
@pytest.mark.parametrize("prop", ["stone steps", "pillar", "puddle", "trapdoor", "crowd"])
def test_a_part_that_the_place_lacks_is_there_where_it_is_named(prop: str, setting: str) -> None:
    things = drawn(prop, setting=setting).drawn.things
    assert thing_of(prop) in {word.replace(" ", "_") for word in things}


@pytest.mark.parametrize("prop", ["tower", "church", "bridge", "lightning"])
def test_what_is_far_off_is_seen_behind_people_in_the_open_alone(prop: str) -> None:
    made = drawn(prop)
    assert prop in made.drawn.things
    assert min(box.y for box in made.things) < made.figures[0].body.bottom - 0.3
    assert drawn(prop, setting="office").drawn.things == ()


def test_a_beast_that_is_named_among_things_stands_there_unless_it_is_one_of_the_people() -> None:
    assert drawn("horse").drawn.things == ("horse",)
    horse = Look.model_validate({"kind": "horse", "outfit": "none"})
    told = {"shot": "full", "setting": "road", "props": ("horse",), "figures": [{"character": "h"}]}
    assert draw_panel(brief_for(80, 60, SceneDirection.model_validate(told), {"h": horse})).drawn.things == ()
