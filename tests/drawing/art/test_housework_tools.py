"""Whoever does the work of a house has the hands at it: over the pot, on the board, at the door."""

from itertools import product
from math import dist

import pytest

from drawing.art import draw_panel
from drawing.art.body import body
from drawing.art.body_turn import seen, turn_of
from drawing.art.figure import human
from drawing.art.make_figure import Ground, figure_of
from drawing.art.outfits.outfit_parts import outfit
from drawing.art.points_in_space import minus, size
from drawing.art.poses import POSES
from drawing.art.proportions import proportions
from drawing.art.props.housework_tools import chore, is_chore
from drawing.art.sitting_and_leaning import AT_A_BENCH, kneeling_at_work
from drawing.art.skeleton import Skeleton, skeleton
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.characters import Age, Look
from manga.geometry import bounds
from manga.panel_brief import brief_for
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

LOOKS = [Look(gender="male"), Look(gender="female", outfit="kimono"), Look(age=Age.CHILD), Look(age=Age.ELDER)]
GROUNDS: tuple[Ground, ...] = ("seats", "mats")
CHORES = tuple(
    map(Pose, ("cook", "cut", "wash", "pour", "hang", "sweep", "knock", "row", "pull", "crank", "turn", "give"))
)
FACINGS = ("front", "left", "right")


def posed(pose: Pose, look: Look) -> Skeleton:
    return skeleton(POSES[pose], proportions(look))


@pytest.mark.parametrize("look", LOOKS)
def test_one_hand_stirs_above_the_pot_that_the_other_holds(look: Look) -> None:
    bones = posed(Pose.COOK, look)
    assert bones.right.wrist[1] < bones.left.wrist[1] - 0.2
    assert all(arm.wrist[2] > arm.shoulder[2] + 0.5 for arm in (bones.left, bones.right))


@pytest.mark.parametrize("look", LOOKS)
def test_the_hand_with_the_knife_and_the_one_that_holds_fast_lie_on_one_board(look: Look) -> None:
    bones = posed(Pose.CUT, look)
    assert abs(bones.right.wrist[1] - bones.left.wrist[1]) < 0.3
    assert 0.3 < dist(bones.right.wrist, bones.left.wrist) < 1.2


@pytest.mark.parametrize("look", LOOKS)
def test_the_pot_that_pours_is_held_above_the_cup(look: Look) -> None:
    bones = posed(Pose.POUR, look)
    assert bones.right.wrist[1] < bones.left.wrist[1] - 0.3


@pytest.mark.parametrize("look", LOOKS)
def test_washing_is_hung_above_the_shoulders_and_a_door_is_knocked_at_before_the_face(look: Look) -> None:
    hangs, knocks = posed(Pose.HANG, look), posed(Pose.KNOCK, look)
    assert max(arm.wrist[1] for arm in (hangs.left, hangs.right)) < hangs.neck[1]
    assert abs(knocks.right.wrist[1] - knocks.neck[1]) < 0.4
    assert knocks.right.wrist[2] > knocks.head[2] + 0.5


@pytest.mark.parametrize("look", LOOKS)
def test_both_hands_pull_at_one_height_and_hand_over_together(look: Look) -> None:
    rows, gives = posed(Pose.ROW, look), posed(Pose.GIVE, look)
    assert rows.left.wrist[1] == pytest.approx(rows.right.wrist[1])
    assert rows.left_leg.ankle[2] > 0.6, "the feet are braced before the body"
    assert dist(gives.left.wrist, gives.right.wrist) < 0.7
    assert gives.left.wrist[2] > gives.neck[2] + 0.6


@pytest.mark.parametrize(("pose", "facing"), list(product(CHORES, FACINGS)))
def test_no_hand_at_work_hides_the_face(pose: Pose, facing: str) -> None:
    for look in LOOKS:
        marks = human(look, Expression.NEUTRAL, pose, facing).marks
        assert marks.face is not None
        for hand in marks.hands:
            (x, y), face = hand.centre, marks.face
            assert not (face.x < x < face.right and face.y < y < face.bottom)


@pytest.mark.parametrize("pose", [pose for pose in CHORES if is_chore(pose)])
def test_what_is_worked_with_is_drawn_from_every_side_and_lies_at_the_hands(pose: Pose) -> None:
    look = Look(gender="female")
    for facing in (*FACINGS, "back"):
        frame = seen(POSES[pose], proportions(look), turn_of(pose, facing))
        work = chore(pose, body(frame, POSES[pose], outfit(look)), frame)
        assert work is not None
        canvas = Canvas(100, 100)
        work.under(Pen(canvas, 0.03))
        if work.over:
            work.over(Pen(canvas, 0.03))
        assert canvas.finish().calls
        if work.outline:
            points = [(float(op[1]), float(op[2])) for op in work.outline if len(op) > 2]
            box, grip = bounds(points), frame.flat(frame.bones.right.wrist)
            assert box.x - 0.9 < grip[0] < box.right + 0.9


def boats_drawn(setting: str, monkeypatch: pytest.MonkeyPatch) -> int:
    figure = FigureDirection(character="c01", pose=Pose.ROW, facing="left")
    scene = SceneDirection(shot=Shot.FULL, setting=setting, figures=(figure,))
    drawn: list[int] = []
    monkeypatch.setattr(draw_panel, "draw_boat", lambda pen, ahead: drawn.append(ahead))
    assert draw_panel.draw_panel(brief_for(80, 60, scene, {"c01": LOOKS[0]})).missing == ()
    return len(drawn)


def test_whoever_rows_sits_in_a_boat_of_his_own_unless_the_place_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert boats_drawn("river", monkeypatch) == 1
    assert boats_drawn("boat", monkeypatch) == 0


def test_whoever_cooks_stands_behind_the_stove_and_whoever_is_seen_from_behind_before_it() -> None:
    front, back = (human(LOOKS[0], Expression.NEUTRAL, Pose.COOK, facing).marks for facing in ("front", "back"))
    assert front.body.bottom == pytest.approx(back.body.bottom, abs=0.5)
    assert turn_of(Pose.KNOCK, "front") < -60
    assert turn_of(Pose.COOK, "front") == 0


@pytest.mark.parametrize("pose", sorted(AT_A_BENCH))
@pytest.mark.parametrize("look", LOOKS)
def test_where_people_live_on_the_floor_the_same_work_is_done_on_the_knees(pose: Pose, look: Look) -> None:
    scene = SceneDirection(shot=Shot.FULL, setting="farmhouse")
    directed = FigureDirection(character="c01", pose=pose, facing="left")
    stands, kneels = (figure_of(look, directed, scene, ground) for ground in GROUNDS)
    assert kneels.low
    assert not stands.low
    assert kneels.marks.head.y > stands.marks.head.y + 0.8


@pytest.mark.parametrize("pose", sorted(AT_A_BENCH))
def test_hands_on_the_knees_reach_what_they_work_at(pose: Pose) -> None:
    for look in LOOKS:
        p, spec = proportions(look), kneeling_at_work(pose)
        bones = skeleton(spec, p)
        for arm in (bones.left, bones.right):
            assert size(minus(arm.wrist, arm.shoulder)) < p.upper_arm + p.forearm - 0.005
            assert arm.wrist[1] < -0.4, "above the floor"
