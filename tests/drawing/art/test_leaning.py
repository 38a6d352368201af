"""Somebody alone leans on a counter now and then, where there are such, with the shoulder over it pushed up."""

import pytest

from drawing.art.make_figure import figure_of
from drawing.art.proportions import proportions
from drawing.art.sitting_and_leaning import (
    leaning,
    leans,
)
from drawing.art.skeleton import skeleton
from drawing.ink.paths import box
from manga.characters import Age, Look
from manga.storyboard import FigureDirection, Pose, SceneDirection, Shot

LOOKS = [Look(gender="male", outfit="suit"), Look(gender="female"), Look(age=Age.ELDER)]


def told(**how: object) -> FigureDirection:
    return FigureDirection.model_validate({"character": "c01", **how})


def seen(number: int, setting: str = "kitchen", shot: Shot = Shot.FULL, people: int = 1) -> SceneDirection:
    others = tuple(told() for _ in range(people))
    return SceneDirection(shot=shot, setting=setting, seen=str(number), figures=others)


def test_now_and_then_and_the_same_each_time() -> None:
    found = [leans(LOOKS[0], told(), seen(i)) for i in range(60)]
    assert 8 < sum(found) < 40
    assert found == [leans(LOOKS[0], told(), seen(i)) for i in range(60)]


def test_nobody_leans_where_there_is_no_counter_nor_in_company_nor_with_full_hands() -> None:
    for i in range(30):
        assert not leans(LOOKS[0], told(), seen(i, "forest"))
        assert not leans(LOOKS[0], told(), seen(i, people=2))
        assert not leans(LOOKS[0], told(holds="book"), seen(i))
        assert not leans(LOOKS[0], told(pose=Pose.WALK), seen(i))
        assert not leans(LOOKS[0], told(), seen(i, shot=Shot.BUST))
        assert not leans(Look(age=Age.CHILD), told(), seen(i)), "it is too high for a child"


def test_nobody_leans_who_is_said_to_stand_otherwise() -> None:
    def some(said: str) -> bool:
        return any(leans(LOOKS[0], told(), seen(i).model_copy(update={"seen": f"{said} {i}"})) for i in range(60))

    assert not any(map(some, ("He stands still.", "She stands upright.", "棒立ちの男。")))
    assert some("He still counts the money.")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("facing", ["left", "right", "front"])
def test_the_hand_lies_on_the_counter_which_stands_on_the_floor_beside_him(look: Look, facing: str) -> None:
    directed = told(facing=facing)
    number = next(i for i in range(60) if leans(look, directed, seen(i)))
    figure = figure_of(look, directed, seen(number))
    board, front = box(figure.silhouette[-1]), box(figure.silhouette[-3])
    hand = figure.marks.hands[0 if facing == "left" else 1].centre
    assert board.x - 0.1 < hand[0] < board.right + 0.1
    assert abs(hand[1] - board.bottom) < 0.25
    assert front.bottom == pytest.approx(0.0, abs=0.01)
    assert figure.marks.face is not None
    assert figure.marks.face.bottom < board.y


@pytest.mark.parametrize("look", LOOKS)
def test_the_shoulder_over_the_counter_is_pushed_up(look: Look) -> None:
    body = skeleton(leaning(told(facing="right")), proportions(look))
    assert body.right.shoulder[1] < body.left.shoulder[1] - 0.1
    other = skeleton(leaning(told(facing="left")), proportions(look))
    assert other.left.shoulder[1] < other.right.shoulder[1] - 0.1
