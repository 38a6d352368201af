"""Beasts do what they are directed to do by the body that they have, and the young are smaller than the grown."""

from math import pi

import pytest

from drawing.art.animals.animal_figure import animal, bearing_of
from drawing.art.animals.species import breed_called
from drawing.art.draw_panel import draw_panel
from drawing.art.figure import Figure
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import Expression, Pose, SceneDirection


def made(kind: str, pose: Pose, deed: str = "", *, age: str = "adult", holds: str = "") -> Figure:
    look = Look.model_validate({"kind": kind, "outfit": "none", "age": age})
    return animal(look, Expression.NEUTRAL, pose, "left", holds, deed=deed)


@pytest.mark.parametrize("kind", ["cat", "mouse", "tortoise", "bird", "bear", "horse"])
@pytest.mark.parametrize(
    "pose", [Pose.LOOK_UP, Pose.LOOK_BACK, Pose.LISTEN, Pose.PULL, Pose.FALL, Pose.FIGHT, Pose.BOW]
)
def test_every_body_does_it(kind: str, pose: Pose) -> None:
    assert made(kind, pose).deed == pose.value


def test_the_muzzle_goes_up_and_the_head_turns_round() -> None:
    level, up, back = (made("horse", pose).marks for pose in (Pose.STAND, Pose.LOOK_UP, Pose.LOOK_BACK))
    assert up.mouth[1] < level.mouth[1]  # type: ignore[index]
    assert level.mouth[0] < level.head.centre[0] < back.mouth[0]  # type: ignore[index]


def test_a_tortoise_on_its_back_has_its_head_at_the_ground_and_its_feet_above() -> None:
    over = made("tortoise", Pose.LIE, "on_back")
    bearing = bearing_of(breed_called("tortoise"), "on_back", "")
    assert bearing is not None
    assert bearing.turn == pytest.approx(pi, abs=0.01)
    assert over.deed == "on_back"
    assert over.marks.head.centre[1] > over.marks.body.centre[1]
    assert over.marks.body.bottom == pytest.approx(0, abs=0.01)


def test_nothing_is_given_with_an_empty_mouth() -> None:
    assert made("cat", Pose.GIVE, holds="ribbon").deed == "give"
    assert made("cat", Pose.GIVE).deed != "give"


def test_a_child_of_a_beast_is_smaller_than_its_mother_in_one_picture() -> None:
    looks = {age: Look.model_validate({"kind": "fox", "outfit": "none", "age": age}) for age in ("adult", "child")}
    figures = [{"character": key, "x": x, "pose": "sit"} for key, x in (("adult", 0.3), ("child", 0.7))]
    direction = SceneDirection.model_validate({"shot": "full", "setting": "field", "figures": figures})
    high = {one.character: one.body.height for one in draw_panel(brief_for(90, 60, direction, looks)).figures}
    assert high["child"] < 0.75 * high["adult"]
