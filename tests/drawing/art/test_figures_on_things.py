"""Whoever is said to be on or in a thing that the panel names is there, and rides what has wheels."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.figures_on_things import supports
from drawing.art.what_a_picture_shows import place_of_thing
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import PanelBrief, brief_for
from manga.storyboard import SceneDirection

LOOKS = {
    "a": Look.model_validate({"kind": "cat", "outfit": "none"}),
    "b": Look.model_validate({"gender": "male", "age": "child"}),
}


def brief(seen: str, *props: str, who: str = "a", pose: str = "sit", shot: str = "full") -> PanelBrief:
    figures = [{"character": key, "pose": pose, "facing": "left", "x": 0.3 + 0.4 * (key == "b")} for key in who]
    told = {"shot": shot, "setting": "field", "figures": figures, "props": props, "seen": seen}
    return brief_for(90, 90, SceneDirection.model_validate(told), LOOKS)


def drawn(told: PanelBrief) -> DrawnPanel:
    return draw_panel(told)


def body(made: DrawnPanel, who: str = "a") -> Rect:
    return next(one.body for one in made.figures if one.character == who)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ("The cat sits on the sled.", ("sled", False)),
        ("The cat rides down the slope on an old wooden sled.", ("sled", False)),
        ("A cat in the big basket looks up.", None),
        ("The cat stands by the sled.", None),
        ("The cat paws at the snow on the sled's edge.", None),
    ],
)
def test_the_sentence_says_on_what_somebody_is(seen: str, found: tuple[str, bool] | None) -> None:
    told = brief(seen, "sled")
    support = supports(told, told.direction).get("a")
    assert (support and (support.name, support.inside)) == found


def test_whoever_comes_up_the_stairs_is_half_way_up() -> None:
    told = brief("The boy comes up the dark stairs.", "stairs", who="b", pose="climb")
    assert set(supports(told, told.direction)) == {"b"}
    made = drawn(told)
    stairs, boy = place_of_thing(made.drawing, "stairs"), body(made, "b")
    assert stairs
    assert stairs.y < boy.bottom < stairs.bottom
    assert stairs.x < boy.centre[0] < stairs.right


def test_whoever_was_named_last_is_on_it() -> None:
    told = brief("The boy waves, and the cat lies on the stone.", "stone", who="ab")
    assert set(supports(told, told.direction)) == {"a"}


def test_nobody_is_named_by_a_part_of_another_word() -> None:
    told = brief("The boy, all papers scattered, stands on the stone.", "stone", who="ab")
    assert set(supports(told, told.direction)) == {"b"}


def test_nobody_is_on_what_somebody_holds() -> None:
    told = brief("The boy leans on the stick.", "stick", who="b")
    held = told.direction.figures[0].model_copy(update={"holds": "stick"})
    direction = told.direction.model_copy(update={"figures": (held,)})
    assert not supports(told.model_copy(update={"direction": direction}), direction)


def test_a_beast_on_a_thing_is_higher_than_beside_it_and_both_are_seen() -> None:
    on, beside = (drawn(brief(f"The cat sits {where} the sled.", "sled")) for where in ("on", "beside"))
    assert body(on).bottom < body(beside).bottom
    assert on.drawn.things == beside.drawn.things == ("sled",)
    assert (on.drawn.figures[0].deed, beside.drawn.figures[0].deed) == ("ride", "sit")


def test_of_somebody_in_a_thing_the_lower_part_is_behind_it() -> None:
    made = drawn(brief("The boy stands in the drum.", "drum", who="b", pose="stand")).drawing
    figure, thing = (next(one for one in made.shown if one.kind == kind) for kind in ("figure", "thing"))
    assert figure.end <= thing.first
