"""Bodies and heads: hands reach, feet stand, every look can be drawn."""

from math import dist
from typing import get_args

import pytest

from drawing.art.animals.figure import animal
from drawing.art.figure import Figure, human
from drawing.art.poses import POSES
from drawing.art.proportions import MAN, proportions
from drawing.art.rig import minus, size, two_bones
from drawing.art.skeleton import skeleton
from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.pen import Pen
from manga.characters import Age, Kind, Look
from manga.storyboard import Expression, Pose

FACINGS = ("front", "left", "right", "back")


def inked(figure: Figure) -> Drawing:
    canvas = Canvas(80, 80)
    with canvas.moved(40, 70, 9):
        figure.ink(Pen.on(canvas))
    return canvas.finish()


def test_two_bones_keep_their_lengths_and_reach_what_is_in_reach() -> None:
    joint, end = two_bones((0, 0, 0), (0.6, 0.9, 0.5), 1.0, 0.9, (1, 0, 0))
    assert size(joint) == pytest.approx(1.0)
    assert size(minus(end, joint)) == pytest.approx(0.9)
    assert size(minus(end, (0.6, 0.9, 0.5))) == pytest.approx(0, abs=1e-6)


def test_two_bones_stretch_towards_what_is_out_of_reach() -> None:
    _, end = two_bones((0, 0, 0), (5, 0, 0), 1.0, 0.9, (0, 1, 0))
    assert end == pytest.approx((1.89, 0, 0))


@pytest.mark.parametrize("pose", list(Pose))
def test_the_lowest_foot_is_on_the_floor(pose: Pose) -> None:
    body = skeleton(POSES[pose], MAN)
    low = max(v[1] for leg in (body.left_leg, body.right_leg) for v in (leg.knee, leg.ankle, leg.toe, leg.heel))
    assert low == pytest.approx(-0.08 - POSES[pose].lift, abs=0.26)


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("gender", ["male", "female"])
def test_clasped_hands_meet(age: Age, gender: str) -> None:
    look = Look.model_validate({"age": age, "gender": gender})
    body = skeleton(POSES[Pose.CLASP], proportions(look))
    assert dist(body.left.wrist, body.right.wrist) < 0.35


@pytest.mark.parametrize("age", list(Age))
def test_arms_that_hug_enclose_somebody_before_the_chest_and_a_blow_goes_further(age: Age) -> None:
    p = proportions(Look(age=age))
    hug, blow = skeleton(POSES[Pose.HUG], p), skeleton(POSES[Pose.FIGHT], p)
    reach = (p.upper_arm + p.forearm) * 0.4
    assert min(hug.left.wrist[2], hug.right.wrist[2]) > hug.neck[2] + reach
    assert blow.right.wrist[2] > hug.right.wrist[2]


def test_whoever_falls_has_left_the_floor_and_his_head_is_behind_his_feet() -> None:
    body = skeleton(POSES[Pose.FALL], MAN)
    assert max(leg.heel[1] for leg in (body.left_leg, body.right_leg)) < -0.4
    assert body.head[2] < min(leg.toe[2] for leg in (body.left_leg, body.right_leg)) - 1.0


@pytest.mark.parametrize("age", list(Age))
def test_a_thinking_hand_is_at_the_chin(age: Age) -> None:
    body = skeleton(POSES[Pose.THINK], proportions(Look(age=age)))
    chin = (body.head[0], body.head[1] + 0.48, body.head[2] + 0.3)
    assert dist(body.right.wrist, chin) < 0.5


def test_a_runner_moves_along_its_way_and_not_like_a_star() -> None:
    body = skeleton(POSES[Pose.RUN], MAN)
    knees = body.left_leg.knee, body.right_leg.knee
    assert abs(knees[0][2] - knees[1][2]) > 1.2
    assert abs(knees[0][0] - knees[1][0]) < 0.9
    assert body.head[2] > body.pelvis[2] + 0.5


def test_children_are_shorter_than_adults_and_have_larger_heads_for_their_height() -> None:
    child, man = proportions(Look(age=Age.CHILD)), proportions(Look(gender="male"))
    assert child.stature * child.head < man.stature * man.head * 0.75
    assert child.stature < man.stature


@pytest.mark.parametrize("pose", list(Pose))
@pytest.mark.parametrize("facing", FACINGS)
def test_every_pose_is_drawn_from_every_side(pose: Pose, facing: str) -> None:
    for look in (Look(gender="male", outfit="suit"), Look(gender="female", outfit="kimono")):
        assert len(inked(human(look, Expression.NEUTRAL, pose, facing)).calls) > 60


@pytest.mark.parametrize("outfit", get_args(Look.model_fields["outfit"].annotation))
def test_every_outfit_is_drawn(outfit: str) -> None:
    for gender in ("male", "female"):
        look = Look.model_validate({"outfit": outfit, "gender": gender})
        assert len(inked(human(look, Expression.SMILE, Pose.STAND, "left")).calls) > 60


@pytest.mark.parametrize("style", get_args(Look.model_fields["hair_style"].annotation))
@pytest.mark.parametrize("facing", FACINGS)
def test_every_hair_style_has_its_own_outline(style: str, facing: str) -> None:
    look = Look.model_validate({"hair_style": style})
    other = Look(hair_style="short" if style != "short" else "long")
    mine, theirs = (human(w, Expression.NEUTRAL, Pose.STAND, facing).silhouette for w in (look, other))
    assert mine != theirs


@pytest.mark.parametrize("hat", get_args(Look.model_fields["hat"].annotation))
@pytest.mark.parametrize("beard", get_args(Look.model_fields["facial_hair"].annotation))
def test_hats_and_beards_are_drawn_from_every_side(hat: str, beard: str) -> None:
    look = Look.model_validate({"hat": hat, "facial_hair": beard, "glasses": True, "marks": ("scar", "freckles")})
    for facing in FACINGS:
        assert inked(human(look, Expression.ANGRY, Pose.STAND, facing)).calls


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.HUMAN])
@pytest.mark.parametrize("pose", list(Pose))
def test_every_animal_acts_every_pose(kind: Kind, pose: Pose) -> None:
    for facing in FACINGS:
        figure = animal(Look(kind=kind, outfit="none"), Expression.SURPRISE, pose, facing)
        assert len(inked(figure).calls) > 15
        assert figure.marks.head.width > 0.3


def test_an_animal_in_clothes_stands_upright() -> None:
    naked, dressed = (
        animal(Look.model_validate({"kind": "cat", "outfit": outfit}), Expression.SMILE, Pose.STAND, "left")
        for outfit in ("none", "victorian_suit")
    )
    assert dressed.marks.head.y < naked.marks.head.y
