"""Who is stout is broad from every side, in trunk, limbs and face; who is slim is narrow."""

from functools import cache
from itertools import pairwise

import pytest

from drawing.art.face import face_shape
from drawing.art.outfits.outfit_parts import outfit
from drawing.art.outfits.sleeves import thickness
from drawing.art.points_in_space import View
from drawing.art.poses import POSES
from drawing.art.proportions import proportions
from drawing.art.skeleton import skeleton
from drawing.art.trunk_outline import Frame
from manga.characters import Look
from manga.storyboard import Pose

BODIES = [(age, gender) for age in ("child", "teen", "adult", "elder") for gender in ("female", "male")]


def look_of(age: str, gender: str, build: str) -> Look:
    return Look.model_validate({"age": age, "gender": gender, "build": build})


@cache
def frame_of(age: str, gender: str, build: str, yaw: float = 0.0) -> Frame:
    p = proportions(look_of(age, gender, build))
    return Frame(skeleton(POSES[Pose.STAND], p), p, View(yaw))


def width(frame: Frame, t: float) -> float:
    left, right = frame.edge(t)
    return right[0] - left[0]


@pytest.mark.parametrize(("age", "gender"), BODIES)
@pytest.mark.parametrize("yaw", [0.0, -38.0, -90.0, 180.0])
def test_the_stout_are_broad_and_the_slim_narrow_from_every_side(age: str, gender: str, yaw: float) -> None:
    slim, medium, stout = (width(frame_of(age, gender, build, yaw), 0.7) for build in ("slim", "medium", "stout"))
    assert stout > 1.3 * medium
    assert slim < 0.9 * medium


@pytest.mark.parametrize(("age", "gender"), BODIES)
def test_limbs_and_faces_go_with_the_trunk(age: str, gender: str) -> None:
    slim, medium, stout = (look_of(age, gender, build) for build in ("slim", "medium", "stout"))
    arms = [thickness(frame_of(age, gender, look.build)) for look in (slim, medium, stout)]
    assert arms[2] > 1.2 * arms[1]
    assert arms[0] < 0.88 * arms[1]
    jaws = [face_shape(look).jaw for look in (slim, medium, stout)]
    assert jaws[0] < jaws[1] < jaws[2]


@pytest.mark.parametrize(("age", "gender"), BODIES)
def test_a_belly_stands_forward_and_the_back_stays_smooth(age: str, gender: str) -> None:
    medium, stout = (frame_of(age, gender, build, -90.0) for build in ("medium", "stout"))
    assert medium.edge(0.72)[0][0] - stout.edge(0.72)[0][0] > 0.2
    back = [stout.edge(0.2 + 0.05 * i)[1][0] for i in range(17)]
    bends = [b - a for a, b in pairwise(back)]
    turns = [abs(b - a) for a, b in pairwise(bends)]
    assert max(turns) < 0.06


@pytest.mark.parametrize(("age", "gender"), BODIES)
def test_no_trunk_stands_out_beyond_hanging_arms(age: str, gender: str) -> None:
    frame = frame_of(age, gender, "stout")
    shoulders = frame.flat(frame.bones.left.shoulder)[0] - frame.flat(frame.bones.right.shoulder)[0]
    assert width(frame, 0.68) < abs(shoulders) + 2 * 0.2 * thickness(frame) + 0.05
    assert outfit(look_of(age, gender, "stout")) == outfit(look_of(age, gender, "slim"))


@pytest.mark.parametrize("age", ["teen", "adult"])
def test_men_have_square_shoulders_and_a_thick_neck_and_women_have_hips(age: str) -> None:
    man, woman = frame_of(age, "male", "medium"), frame_of(age, "female", "medium")
    assert man.p.shoulder > 1.2 * woman.p.shoulder
    assert width(man, 0.33) > 1.2 * width(man, 0.7)
    assert width(man, 0.33) > 1.2 * width(man, 1.0)
    assert width(woman, 1.0) > width(woman, 0.33) * 0.95
    assert man.neck > 1.15 * woman.neck


@pytest.mark.parametrize(("age", "gender"), BODIES)
def test_no_neck_is_a_long_tube(age: str, gender: str) -> None:
    look = look_of(age, gender, "medium")
    frame = frame_of(age, gender, "medium")
    chin = frame.bones.head[1] + face_shape(look).chin_y
    shoulders = frame.edge(0.06)[0][1]
    assert shoulders - chin < 0.36
    assert shoulders - chin < 1.6 * frame.neck
