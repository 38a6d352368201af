"""A robot's head: of metal from every side, with the feelings of anybody."""

import pytest

from drawing.art.figure import human
from drawing.art.head import head
from drawing.art.robot import is_robot
from drawing.ink.paths import Path, box, flattened
from manga.characters import Look
from manga.storyboard import Expression, Pose

ROBOT = Look(gender="male", hair_style="bald", outfit="armour", marks=("ロボット",))
MAN = ROBOT.model_copy(update={"marks": ()})


def _jaw(skin: Path) -> float:
    """How broad the head is near the chin, between a twentieth and a third of its height."""
    low, points = box(skin).bottom, [p for line in flattened(skin) for p in line]
    near = [x for x, y in points if low - 0.35 < y < low - 0.05]
    return max(near) - min(near)


def test_the_marks_of_the_sheet_say_who_is_a_robot_in_both_languages() -> None:
    assert is_robot(ROBOT)
    assert is_robot(ROBOT.model_copy(update={"marks": ("an old Robot",)}))
    assert not is_robot(MAN)


@pytest.mark.parametrize("view", ["front", "three_quarter", "profile", "back"])
def test_it_is_broader_at_the_jaw_than_a_man_and_has_something_on_top(view: str) -> None:
    robot, man = (head(look, Expression.HAPPY, view) for look in (ROBOT, MAN))  # type: ignore[arg-type]
    top = min(box(path).y for path in robot.outlines)
    assert view == "profile" or _jaw(robot.skin) > _jaw(man.skin) + 0.1
    assert top < min(box(path).y for path in man.outlines) - 0.1


def test_it_has_a_face_that_balloons_keep_clear_of() -> None:
    marks = human(ROBOT, Expression.SAD, Pose.STAND, "left").marks
    assert marks.face is not None
    assert marks.mouth is not None
