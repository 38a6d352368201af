"""Whoever sits talks with the hands, or rests them otherwise from picture to picture; the legs stay as they are."""

import pytest

from drawing.art.pose_spec import PoseSpec, mirrored
from drawing.art.poses import POSES
from drawing.art.proportions import proportions
from drawing.art.sitting_and_leaning import seated_low, sitting
from drawing.art.skeleton import skeleton
from manga.characters import Age, Look
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

LOOKS = [Look(gender="male"), Look(gender="female", outfit="kimono"), Look(age=Age.CHILD), Look(age=Age.ELDER)]
BASES = [POSES[Pose.SIT], seated_low(Pose.SIT, mats=True), seated_low(Pose.SIT, mats=False)]


def seen(number: int, shot: Shot = Shot.FULL) -> SceneDirection:
    return SceneDirection(shot=shot, setting="kitchen", seen=str(number))


def told(**how: object) -> FigureDirection:
    return FigureDirection.model_validate({"character": "c01", "pose": Pose.SIT, **how})


def made(base: PoseSpec, look: Look, count: int = 40, *, talks: bool, **how: object) -> list[PoseSpec]:
    return [sitting(base, look, told(**how), seen(i), talks=talks) for i in range(count)]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("look", LOOKS)
def test_hands_of_the_seated_differ_from_picture_to_picture_and_legs_do_not(base: PoseSpec, look: Look) -> None:
    for talks in (True, False):
        found = made(base, look, talks=talks)
        assert len({(s.left, s.right) for s in found}) >= (3 if talks or base is not BASES[2] else 1)
        legs = {frozenset({s.left_leg, s.right_leg}) for s in found}
        assert legs == {frozenset({base.left_leg, base.right_leg})}
        assert all(s.sits == base.sits for s in found)


@pytest.mark.parametrize("look", LOOKS)
def test_no_hand_of_the_seated_hangs_below_the_seat(look: Look) -> None:
    for mood in (Expression.NEUTRAL, Expression.HAPPY, Expression.SAD, Expression.ANGRY):
        for spec in made(BASES[0], look, 20, talks=True, expression=mood):
            body = skeleton(spec, proportions(look))
            assert all(arm.wrist[1] < body.pelvis[1] + 0.35 for arm in (body.left, body.right))


def test_full_hands_and_faces_from_near_stay_as_they_are() -> None:
    assert all(spec is BASES[0] for spec in made(BASES[0], LOOKS[0], 10, talks=True, holds="bowl"))
    near = [sitting(BASES[0], LOOKS[0], told(), seen(i, Shot.CLOSE), talks=True) for i in range(10)]
    assert all(spec is BASES[0] for spec in near)


def test_those_who_talk_move_their_hands_more_than_those_who_only_sit_there() -> None:
    talk, rest = (made(BASES[0], LOOKS[0], 60, talks=talks) for talks in (True, False))
    still = (BASES[0], mirrored(BASES[0]))
    assert sum(s in still for s in talk) < sum(s in still for s in rest)
    assert made(BASES[0], LOOKS[0], talks=True) == made(BASES[0], LOOKS[0], talks=True)
