"""Plain standing is varied without chance, and whoever lies is drawn so that the face can be read."""

from math import atan2, degrees, dist

import pytest

from drawing.art.draw_panel import draw_panel
from drawing.art.figure import human
from drawing.art.make_figure import figure_of, figures_of, rests
from drawing.art.pose_spec import PoseSpec, mirrored
from drawing.art.poses import POSES, STANCES
from drawing.art.poses_with_things import deed_of, doing
from drawing.art.proportions import MAN, proportions
from drawing.art.skeleton import Skeleton, skeleton
from drawing.art.standing import (
    fitting,
    stance_name,
    stance_of,
)
from manga.characters import Age, Kind, Look
from manga.panel_brief import brief_for
from manga.plot import Weather
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

BOY = Look(gender="male", age=Age.TEEN, outfit="gakuran")


def told(pose: Pose = Pose.STAND, **how: object) -> FigureDirection:
    return FigureDirection.model_validate({"character": "c01", "pose": pose, **how})


def seen(shot: Shot, word: str = "", **how: object) -> SceneDirection:
    return SceneDirection.model_validate({"shot": shot, "setting": "room", "seen": word, **how})


def test_the_same_panel_gives_the_same_stance_and_many_panels_give_many() -> None:
    scenes = [seen(Shot.FULL, str(i)) for i in range(40)]
    stances = [stance_of(BOY, told(), scene) for scene in scenes]
    assert stances == [stance_of(BOY, told(), scene) for scene in scenes]
    assert len({id(s) for s in stances}) >= 4


@pytest.mark.parametrize("pose", [p for p in Pose if p is not Pose.STAND])
def test_a_directed_pose_is_never_replaced(pose: Pose) -> None:
    assert all(stance_of(BOY, told(pose), seen(Shot.FULL, str(i))) is None for i in range(20))


def test_the_hands_of_one_who_talks_move_more_and_otherwise_than_a_listeners() -> None:
    scenes = [seen(Shot.MEDIUM, str(i)) for i in range(60)]
    talk, calm = (
        [stance_of(BOY, told(expression=Expression.SERIOUS), scene, talks=talks) for scene in scenes]
        for talks in (True, False)
    )
    rest = (POSES[Pose.STAND], mirrored(POSES[Pose.STAND]))
    assert sum(s in rest for s in talk) < sum(s in rest for s in calm)
    asks = (STANCES["offers"], mirrored(STANCES["offers"]), STANCES["both"], mirrored(STANCES["both"]))
    assert any(s in asks for s in talk)
    assert not any(s in asks for s in calm)


@pytest.mark.parametrize("mood", list(Expression))
def test_nobody_throws_up_both_arms_because_of_a_mood(mood: Expression) -> None:
    for look in (BOY, Look(gender="female"), Look(age=Age.CHILD), Look(age=Age.ELDER, outfit="kimono")):
        for i in range(20):
            found = stance_of(look, told(expression=mood), seen(Shot.MEDIUM, str(i)), talks=True)
            assert found is not None
            body = skeleton(found, proportions(look))
            assert body.left.wrist[1] > body.head[1] or body.right.wrist[1] > body.head[1]


def test_everyone_has_a_gesture_that_is_his_own() -> None:
    def most(who: str) -> int:
        directed = told(expression=Expression.NEUTRAL).model_copy(update={"character": who})
        made = [stance_of(BOY, directed, seen(Shot.FULL, str(i)), talks=True) for i in range(80)]
        return max(sum(s in (g, mirrored(g)) for s in made) for g in STANCES.values())

    assert all(most(who) > 80 * 0.25 for who in ("c01", "c02", "c03", "c04"))


def test_full_hands_go_into_no_pocket() -> None:
    assert all(stance_of(BOY, told(holds="letter"), seen(Shot.FULL, str(i))) is None for i in range(20))


def test_a_kimono_has_no_trouser_pockets() -> None:
    look = Look(gender="male", outfit="kimono")
    pockets = (STANCES["pockets"], STANCES["pocket"])
    assert all(stance_of(look, told(), seen(Shot.FULL, str(i))) not in pockets for i in range(40))


@pytest.mark.parametrize("mood", [Expression.SAD, Expression.CRY, Expression.FEAR])
def test_the_sad_do_not_cross_their_arms(mood: Expression) -> None:
    stances = [stance_of(BOY, told(expression=mood), seen(Shot.FULL, str(i))) for i in range(30)]
    assert STANCES["crossed"] not in stances


@pytest.mark.parametrize("shot", [Shot.CLOSE, Shot.BUST, Shot.MEDIUM])
@pytest.mark.parametrize("facing", ["left", "right", "front", "back"])
def test_a_near_face_of_one_who_lies_is_tilted_by_25_degrees_at_most(shot: Shot, facing: str) -> None:
    figure = figure_of(BOY, told(Pose.LIE, facing=facing), seen(shot))
    mouth, eyes = figure.marks.mouth, figure.marks.eyes
    assert mouth is not None
    assert abs(degrees(atan2(mouth[0] - eyes[0], mouth[1] - eyes[1]))) < 45
    assert figure.marks.body.height > figure.marks.body.width * 0.9


def test_one_who_lies_far_away_lies_along_the_floor() -> None:
    figure = figure_of(BOY, told(Pose.LIE), seen(Shot.LONG))
    assert figure.marks.body.width > figure.marks.body.height * 2
    assert not rests(told(Pose.LIE), seen(Shot.LONG))


@pytest.mark.parametrize("kind", [Kind.FOX, Kind.DOG, Kind.CAT, Kind.HORSE, Kind.BEAR])
@pytest.mark.parametrize("shot", [Shot.BUST, Shot.FULL])
def test_a_beast_that_lies_is_long_and_low(kind: Kind, shot: Shot) -> None:
    standing, lying = (
        figure_of(Look(kind=kind, outfit="none"), told(pose, facing="left"), seen(shot)).marks.body
        for pose in (Pose.RUN, Pose.LIE)
    )
    assert lying.height < standing.height * 0.9
    assert lying.width > lying.height * 1.6


def test_in_a_ward_one_lies_in_a_bed_above_the_floor() -> None:
    scene = {"shot": Shot.FULL, "figures": (told(Pose.LIE),)}
    tops = []
    for setting in ("hospital", "corridor"):
        direction = SceneDirection.model_validate({**scene, "setting": setting})
        (figure,) = draw_panel(brief_for(90, 60, direction, {"c01": BOY})).figures
        tops.append(figure.body.bottom)
    assert tops[0] < tops[1] - 0.1


def test_who_stands_bears_on_one_leg_and_leaves_the_other_free() -> None:
    body = skeleton(POSES[Pose.STAND], MAN)
    bearing, free = sorted((body.left_leg, body.right_leg), key=lambda leg: abs(leg.ankle[0] - body.head[0]))
    assert abs(bearing.ankle[0] - body.head[0]) < 0.35
    assert abs(free.ankle[0] - body.head[0]) > 0.6
    assert bearing.hip[1] < free.hip[1]
    assert (body.left.shoulder[1] - body.right.shoulder[1]) * (body.left_leg.hip[1] - body.right_leg.hip[1]) < 0


@pytest.mark.parametrize("name", ["book", "box"])
def test_what_is_read_or_carried_lies_between_both_hands(name: str) -> None:
    spec = doing(POSES[Pose.STAND], deed_of(name, Pose.STAND))
    body = skeleton(spec, MAN)
    assert dist(body.left.wrist, body.right.wrist) < 1.0
    assert min(body.left.wrist[2], body.right.wrist[2]) > 0.5


def test_a_telephone_is_at_the_ear_and_a_cup_below_the_mouth() -> None:
    calls, drinks = (skeleton(doing(POSES[Pose.STAND], deed_of(n, Pose.STAND)), MAN) for n in ("phone", "cup"))
    assert dist(calls.right.wrist, calls.head) < 0.95
    assert drinks.right.wrist[1] > drinks.head[1] + 0.3


@pytest.mark.parametrize("name", ["phone", "receiver"])
def test_a_telephone_is_held_with_the_hand_that_is_seen_beside_the_face(name: str) -> None:
    for facing, side in (("left", 1), ("right", -1)):
        made = human(Look(), Expression.NEUTRAL, Pose.STAND, facing, name)
        face, high = made.marks.face, min(made.marks.hands, key=lambda hand: hand.y)
        assert face is not None
        assert side * (high.x + high.width / 2 - face.x - face.width / 2) > 0, facing


def test_who_cooks_and_telephones_has_one_hand_at_the_ear_and_one_over_the_pot() -> None:
    calls, cooks = (human(Look(), Expression.NEUTRAL, Pose.COOK, "left", holds) for holds in ("phone", ""))
    assert calls.marks.face is not None
    high, low = sorted(hand.y + hand.height / 2 for hand in calls.marks.hands)
    assert high < calls.marks.face.bottom
    assert abs(low - min(hand.y + hand.height / 2 for hand in cooks.marks.hands)) < 0.2


def test_a_pose_that_needs_its_hands_keeps_them() -> None:
    assert deed_of("book", Pose.POINT) is None


def test_the_feet_of_one_who_kneels_lie_side_by_side_under_the_body() -> None:
    bones = skeleton(POSES[Pose.KNEEL], MAN)
    for leg in (bones.left_leg, bones.right_leg):
        assert abs(leg.ankle[0]) < abs(leg.knee[0]) * 0.7
        assert leg.ankle[2] < leg.knee[2], "behind the knees"
    assert bones.left_leg.ankle[0] > 0 > bones.right_leg.ankle[0], "not crossed"


def test_who_hugs_a_child_kneels_down_to_it_whether_it_hugs_back_or_not() -> None:
    looks = {"m": Look(gender="male"), "c": Look(age=Age.CHILD)}
    heights = []
    for other in (Age.CHILD, Age.ADULT):
        looks["c"] = Look(age=other)
        figures = (told(Pose.HUG, x=0.4, facing="right"), told(x=0.6, facing="left"))
        directed = tuple(f.model_copy(update={"character": who}) for f, who in zip(figures, "mc", strict=True))
        heights.append(figures_of(looks, seen(Shot.FULL, figures=directed))[0].marks.body.height)
    assert heights[0] < 0.8 * heights[1]


def test_hands_that_hug_lie_on_the_other_and_do_not_reach_past_him() -> None:
    body = skeleton(POSES[Pose.HUG], MAN)
    for arm in (body.left, body.right):
        assert MAN.chest < arm.wrist[2] - body.neck[2] < 1.3


def test_no_hand_comes_up_from_the_lower_edge_of_a_face_that_fills_the_picture() -> None:
    for mood in Expression:
        for i in range(12):
            found = stance_of(BOY, told(expression=mood), seen(Shot.CLOSE, str(i)), talks=True)
            assert found in (POSES[Pose.STAND], mirrored(POSES[Pose.STAND]))


def _hangs(body: Skeleton, pose: PoseSpec) -> bool:
    """Whether both hands hang beside the hips."""
    arms = ((body.left, pose.left), (body.right, pose.right))
    return all(
        arm.hand != "hidden" and bones.wrist[1] > body.pelvis[1] - 0.35 and abs(bones.wrist[0]) > 0.35
        for bones, arm in arms
    )


@pytest.mark.parametrize("talks", [True, False])
@pytest.mark.parametrize("shot", [Shot.MEDIUM, Shot.FULL, Shot.LONG])
def test_the_arms_of_few_who_only_stand_there_hang_down_on_both_sides(shot: Shot, *, talks: bool) -> None:
    looks = (BOY, Look(gender="female"), Look(age=Age.CHILD), Look(age=Age.ELDER, outfit="kimono", gender="male"))
    moods = (Expression.NEUTRAL, Expression.SMILE, Expression.SERIOUS, Expression.SAD)
    hanging = 0
    for look in looks:
        for mood in moods:
            for i in range(10):
                spec = stance_of(look, told(expression=mood), seen(shot, str(i)), talks=talks)
                assert spec is not None
                hanging += _hangs(skeleton(spec, proportions(look)), spec)
    assert hanging < 0.3 * len(looks) * len(moods) * 10


def test_whoever_has_one_hand_full_does_something_with_the_other() -> None:
    for thing, outfit in (("gun", "hunting"), ("bag", "suit"), ("stick", "kimono")):
        look = Look(gender="male", outfit=outfit)
        made = [stance_of(look, told(holds=thing), seen(Shot.FULL, str(i))) for i in range(20)]
        assert sum(s is not None for s in made) > 12
        assert all(s.right.target is None for s in made if s), "the full hand stays at the side"


def test_two_in_one_picture_do_not_stand_alike() -> None:
    for i in range(30):
        scene = seen(Shot.FULL, str(i))
        first = stance_name(BOY, told(x=0.3), scene)
        second = stance_name(BOY, told(x=0.7), scene, taken=(first,))
        assert not first or first != second


def test_an_elder_holds_his_hands_behind_his_back_and_a_kimono_has_sleeves_for_them() -> None:
    elder = Look(gender="male", age=Age.ELDER, outfit="suit")
    assert "behind" in fitting(elder, Expression.NEUTRAL)
    assert {"sleeves", "breast"} < set(fitting(Look(gender="male", outfit="kimono"), Expression.NEUTRAL))
    assert "chin" not in fitting(Look(age=Age.CHILD), Expression.SERIOUS)


def test_arms_are_kept_close_in_the_snow() -> None:
    for look in (BOY, Look(gender="female"), Look(gender="male", outfit="kimono")):
        assert not {"hip", "hips", "behind", "back"} & set(fitting(look, Expression.NEUTRAL, Weather.SNOW))


@pytest.mark.parametrize("name", sorted(set(STANCES) - {"knees_up", "startled", "clench"}))
def test_whoever_stands_at_ease_shifts_his_weight(name: str) -> None:
    body = skeleton(STANCES[name], MAN)
    shoulders = body.left.shoulder[1] - body.right.shoulder[1]
    hips = body.left_leg.hip[1] - body.right_leg.hip[1]
    assert abs(shoulders) > 0.1
    assert shoulders * hips < 0


@pytest.mark.parametrize("spec", [STANCES["chin"], POSES[Pose.THINK]])
@pytest.mark.parametrize("look", [Look(gender="male"), Look(gender="female", outfit="kimono")])
def test_a_hand_at_the_chin_leaves_the_mouth_free(look: Look, spec: PoseSpec) -> None:
    for facing in ("front", "left", "right"):
        marks = human(look, Expression.NEUTRAL, Pose.STAND, facing, stance=spec).marks
        assert marks.mouth is not None
        assert all(hand.y > marks.mouth[1] for hand in marks.hands)


@pytest.mark.parametrize("look", [Look(gender="male"), Look(gender="female"), Look(age=Age.CHILD)])
def test_a_hand_at_the_chin_reaches_it(look: Look) -> None:
    body = skeleton(STANCES["chin"], proportions(look))
    assert 0.4 < body.right.wrist[1] - body.head[1] < 0.95
    assert abs(body.right.wrist[0]) < 0.4
