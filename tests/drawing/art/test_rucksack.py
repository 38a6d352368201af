"""Pupils in uniform have a bag on the back where they are on the way, and now and then a hand at its strap."""

from math import dist

import pytest

from drawing.art.body_turn import seen
from drawing.art.make_figure import figure_of
from drawing.art.poses import STANCES
from drawing.art.proportions import proportions
from drawing.art.props.rucksack import MARK, pack, straps, with_rucksack
from drawing.art.standing import (
    fitting,
)
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box
from drawing.ink.pen import Pen
from manga.characters import Age, Look
from manga.plot import TimeOfDay
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

PUPIL = Look(gender="female", age=Age.TEEN, outfit="sailor")


def told(**how: object) -> FigureDirection:
    return FigureDirection.model_validate({"character": "c01", **how})


def there(setting: str = "street", **how: object) -> SceneDirection:
    return SceneDirection.model_validate({"shot": Shot.FULL, "setting": setting, **how})


def test_only_pupils_in_uniform_who_are_on_the_way_by_day_with_free_hands_have_it() -> None:
    assert MARK in with_rucksack(PUPIL, told(), there()).marks
    assert MARK in with_rucksack(PUPIL, told(pose=Pose.RUN), there("road")).marks
    for look, how, scene in (
        (PUPIL, told(), there("room")),
        (PUPIL, told(holds="umbrella"), there()),
        (PUPIL, told(), there(time_of_day=TimeOfDay.NIGHT)),
        (PUPIL.model_copy(update={"age": Age.ADULT}), told(), there()),
        (PUPIL.model_copy(update={"outfit": "kimono"}), told(), there()),
    ):
        assert with_rucksack(look, how, scene) == look
    once = with_rucksack(PUPIL, told(), there())
    assert with_rucksack(once, told(), there()) == once


@pytest.mark.parametrize(("yaw", "side"), [(74.0, -1), (-74.0, 1)])
def test_it_stands_out_behind_the_back(yaw: float, side: int) -> None:
    for look in (PUPIL, PUPIL.model_copy(update={"age": Age.CHILD})):
        frame = seen(STANCES["strap"], proportions(look), yaw)
        bag, trunk = box(pack(frame)[0]), box(frame.trunk(1.0))
        assert (bag.centre[0] - trunk.centre[0]) * side > 0.3


def test_straps_lie_on_the_chest_and_are_not_seen_from_behind() -> None:
    def drawn(yaw: float, *, worn: bool = True) -> int:
        canvas = Canvas(100, 100)
        straps(seen(STANCES["strap"], proportions(PUPIL), yaw), worn=worn)(Pen(canvas, 0.03))
        return len(canvas.finish().calls)

    assert drawn(0) > 3
    assert drawn(180) == drawn(0, worn=False) == 0


@pytest.mark.parametrize("age", [Age.CHILD, Age.TEEN])
def test_a_hand_at_the_strap_reaches_it(age: Age) -> None:
    frame = seen(STANCES["strap"], proportions(PUPIL.model_copy(update={"age": age})), 0.0)
    strap = [frame.surface(-a, t, 1.03) for a, t in ((54, 0.22), (60, 0.36), (76, 0.48))]
    assert min(dist(frame.flat(frame.bones.right.wrist), point) for point in strap) < 0.4


def test_whoever_has_it_may_hold_its_strap_and_others_may_not() -> None:
    worn = with_rucksack(PUPIL, told(), there())
    assert {"strap", "straps"} <= set(fitting(worn, Expression.NEUTRAL))
    assert not {"strap", "straps"} & set(fitting(PUPIL, Expression.NEUTRAL))
    walks = told(pose=Pose.WALK)
    with_it, without = (figure_of(PUPIL, walks, there(setting)).silhouette for setting in ("street", "classroom"))
    assert len(with_it) == len(without) + 1
