"""Bodies and heads: hands reach, feet stand, every look can be drawn."""

from itertools import cycle
from math import dist
from typing import get_args

import pytest

from drawing.art.animals.animal_figure import animal
from drawing.art.figure import Figure, human
from drawing.art.points_in_space import minus, size, two_bones
from drawing.art.poses import POSES
from drawing.art.proportions import MAN, proportions
from drawing.art.skeleton import Skeleton, skeleton
from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.pen import Pen
from manga.characters import Age, Kind, Look
from manga.storyboard import Expression, Pose
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits

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
    reach = (p.upper_arm + p.forearm) * 0.34
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
def test_every_pose_is_drawn_from_every_side(pose: Pose) -> None:
    looks = (Look(gender="male", outfit="suit"), Look(gender="female", outfit="kimono"))
    for facing, look in zip(FACINGS, cycle(looks), strict=False):
        assert len(inked(human(look, Expression.NEUTRAL, pose, facing)).calls) > 60


@pytest.mark.parametrize("outfit", outfits().entries)
def test_every_outfit_is_drawn(outfit: str) -> None:
    for gender in ("male", "female"):
        look = Look.model_validate({"outfit": outfit, "gender": gender})
        assert len(inked(human(look, Expression.SMILE, Pose.STAND, "left")).calls) > 60


@pytest.mark.parametrize("style", hair_styles().entries)
@pytest.mark.parametrize("facing", FACINGS)
def test_every_hair_style_has_its_own_outline(style: str, facing: str) -> None:
    look = Look.model_validate({"hair_style": style})
    other = Look(hair_style="short" if style != "short" else "long")
    mine, theirs = (human(w, Expression.NEUTRAL, Pose.STAND, facing).silhouette for w in (look, other))
    assert mine != theirs


@pytest.mark.parametrize("hat", headgear().entries)
@pytest.mark.parametrize("beard", get_args(Look.model_fields["facial_hair"].annotation))
def test_hats_and_beards_are_drawn_from_every_side(hat: str, beard: str) -> None:
    look = Look.model_validate({"hat": hat, "facial_hair": beard, "glasses": True, "marks": ("scar", "freckles")})
    for facing in FACINGS:
        assert inked(human(look, Expression.ANGRY, Pose.STAND, facing)).calls


@pytest.mark.parametrize("kind", [k for k in Kind if k not in (Kind.HUMAN, Kind.THING)])
def test_every_animal_acts_every_pose(kind: Kind) -> None:
    for pose, facing in zip(Pose, cycle(FACINGS), strict=False):
        figure = animal(Look(kind=kind, outfit="none"), Expression.SURPRISE, pose, facing)
        assert len(inked(figure).calls) > 15
        assert figure.marks.head.width > 0.3


def test_an_animal_in_clothes_stands_upright() -> None:
    naked, dressed = (
        animal(Look.model_validate({"kind": "cat", "outfit": outfit}), Expression.SMILE, Pose.STAND, "left")
        for outfit in ("none", "victorian_suit")
    )
    assert dressed.marks.head.y < naked.marks.head.y


CHORES = tuple(
    map(Pose, ("cook", "cut", "wash", "pour", "hang", "sweep", "knock", "row", "pull", "crank", "turn", "give"))
)
ACTS = [Pose.CLIMB, Pose.PRAY, Pose.WEEP, Pose.DESPAIR, Pose.FOLD, Pose.LOOKOUT, Pose.LISTEN, Pose.WHISPER,
        Pose.WRITE, Pose.DIG, *CHORES]  # fmt: skip
AGES = [(age, gender) for age in Age for gender in ("male", "female")]


def posed_body(pose: Pose, age: Age, gender: str) -> Skeleton:
    return skeleton(POSES[pose], proportions(Look.model_validate({"age": age, "gender": gender})))


@pytest.mark.parametrize("pose", ACTS)
@pytest.mark.parametrize(("age", "gender"), AGES)
def test_every_hand_of_an_act_reaches_its_target(pose: Pose, age: Age, gender: str) -> None:
    p = proportions(Look.model_validate({"age": age, "gender": gender}))
    body = skeleton(POSES[pose], p)
    for arm in (body.left, body.right):
        assert size(minus(arm.wrist, arm.shoulder)) < p.upper_arm + p.forearm - 0.005
        assert size(minus(arm.elbow, arm.shoulder)) == pytest.approx(p.upper_arm, abs=0.01)


@pytest.mark.parametrize("pose", list(Pose))
def test_knees_bend_backwards_only(pose: Pose) -> None:
    for leg in (POSES[pose].left_leg, POSES[pose].right_leg):
        assert 0 <= leg.knee <= 170


@pytest.mark.parametrize(("age", "gender"), AGES)
def test_who_climbs_grips_one_line_with_both_hands_and_draws_up_a_knee(age: Age, gender: str) -> None:
    body = posed_body(Pose.CLIMB, age, gender)
    assert abs(body.left.wrist[0] - body.right.wrist[0]) < 0.1
    assert body.left.wrist[1] < body.head[1] - 0.1
    assert abs(body.left_leg.knee[1] - body.right_leg.knee[1]) > 0.3
    assert max(leg.toe[1] for leg in (body.left_leg, body.right_leg)) < -0.3


@pytest.mark.parametrize(("age", "gender"), AGES)
def test_hands_that_weep_lie_before_the_face_and_hands_that_pray_meet(age: Age, gender: str) -> None:
    weeps, prays = posed_body(Pose.WEEP, age, gender), posed_body(Pose.PRAY, age, gender)
    for arm in (weeps.left, weeps.right):
        assert dist(arm.wrist, weeps.head) < 0.85
        assert arm.wrist[2] > weeps.head[2] + 0.3
    assert dist(prays.left.wrist, prays.right.wrist) < 0.25


@pytest.mark.parametrize(("age", "gender"), AGES)
def test_who_crawls_has_hands_and_knees_on_the_floor(age: Age, gender: str) -> None:
    body = posed_body(Pose.CRAWL, age, gender)
    assert max(leg.knee[1] for leg in (body.left_leg, body.right_leg)) > -0.4
    assert max(arm.wrist[1] for arm in (body.left, body.right)) > -0.9
    assert body.neck[2] > body.pelvis[2] + 1.0


@pytest.mark.parametrize("facing", ["left", "right"])
def test_who_looks_back_goes_one_way_and_looks_the_other(facing: str) -> None:
    figure = human(Look(gender="male"), Expression.NEUTRAL, Pose.LOOK_BACK, facing)
    ahead = human(Look(gender="male"), Expression.NEUTRAL, Pose.STAND, facing)
    assert figure.marks.mouth is not None
    assert ahead.marks.mouth is not None
    assert (figure.marks.mouth[0] - figure.marks.head.centre[0]) * (1 if facing == "right" else -1) > 0


@pytest.mark.parametrize("age", list(Age))
def test_seated_knees_lie_clearly_below_the_hips_and_the_seat_under_them(age: Age) -> None:
    look = Look(gender="male", age=age)
    seated, standing = (human(look, Expression.NEUTRAL, pose, "front") for pose in (Pose.SIT, Pose.STAND))
    assert seated.marks.body.height < 0.93 * standing.marks.body.height
    assert 0.2 * standing.marks.body.height < seated.seat < 0.4 * standing.marks.body.height
    assert seated.marks.body.bottom < 0.35
