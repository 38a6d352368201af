"""Clothes of European fairy tales: a tunic is no kimono, and a gown reaches the ground."""

from dataclasses import replace
from itertools import cycle

import pytest

from drawing.art.body import body
from drawing.art.figure import human
from drawing.art.outfits.clothes_from_behind import WRAPPED
from drawing.art.outfits.outfit_parts import Outfit, outfit
from drawing.art.outfits.skirts_and_trousers import hanging
from drawing.art.points_in_space import View
from drawing.art.poses import POSES
from drawing.art.proportions import proportions
from drawing.art.skeleton import skeleton
from drawing.art.trunk_outline import Frame
from drawing.ink.canvas import Canvas
from drawing.ink.paths import flattened
from drawing.ink.pen import Pen
from manga.characters import Look
from manga.geometry import Point
from manga.storyboard import Expression, Pose


def dressed(word: str, age: str, gender: str, yaw: float) -> tuple[Frame, Outfit]:
    look = Look.model_validate({"outfit": word, "age": age, "gender": gender})
    p = proportions(look)
    return Frame(skeleton(POSES[Pose.STAND], p), p, View(yaw)), outfit(look)


def cloth(frame: Frame, worn: Outfit) -> list[Point]:
    return [p for ring in flattened(hanging(frame, worn)[0], 4) for p in ring]


@pytest.mark.parametrize("age", ["child", "adult"])
@pytest.mark.parametrize("yaw", [0.0, -38.0, 180.0])
def test_a_tunic_ends_on_the_thighs_and_flares(age: str, yaw: float) -> None:
    frame, worn = dressed("tunic", age, "male", yaw)
    skirt = cloth(frame, worn)
    low = max(y for _, y in skirt)
    hip, knee = (max(frame.flat(v)[1] for v in pair) for pair in _joints(frame))
    assert hip + 0.4 * (knee - hip) < low < knee + 0.05
    near = [x for x, y in skirt if y > low - 0.15]
    left, right = frame.edge(0.72)
    assert max(near) - min(near) > 1.15 * (right[0] - left[0])


@pytest.mark.parametrize("gender", ["female", "male"])
def test_a_gown_reaches_the_ground(gender: str) -> None:
    frame, worn = dressed("gown", "adult", gender, 0.0)
    assert max(y for _, y in cloth(frame, worn)) > -0.2


def test_neither_is_crossed_on_the_breast_nor_tied_with_a_sash() -> None:
    for word in ("tunic", "gown"):
        for gender in ("female", "male"):
            _, worn = dressed(word, "adult", gender, 0.0)
            assert worn.collar not in WRAPPED
            assert worn.sleeve == "tight"


def test_hose_differ_from_every_tunic() -> None:
    for tone in ("white", "light", "mid", "dark", "black"):
        worn = outfit(Look.model_validate({"outfit": "tunic", "outfit_tone": tone}))
        assert worn.bottom != worn.top


def _joints(frame: Frame) -> tuple[tuple[tuple[float, float, float], ...], ...]:
    legs = (frame.bones.left_leg, frame.bones.right_leg)
    return tuple(leg.hip for leg in legs), tuple(leg.knee for leg in legs)


@pytest.mark.parametrize("yaw", [0.0, -38.0, 90.0, 180.0])
def test_a_mantle_hangs_behind_whoever_faces_us_and_before_everything_of_others(yaw: float) -> None:
    look = Look.model_validate({"outfit": "tunic", "gender": "male", "marks": ("cloak",)})
    p = proportions(look)
    frame = Frame(skeleton(POSES[Pose.STAND], p), p, View(yaw))
    plain = body(frame, POSES[Pose.STAND], replace(outfit(look), mantle=None))
    cloaked = body(frame, POSES[Pose.STAND], outfit(look))
    hangs = (cloaked.behind[0] if yaw != 180.0 else cloaked.front[-1]).outline
    points = [point for ring in flattened(hangs, 4) for point in ring]
    shoulder, knee = frame.flat(frame.bones.left.shoulder)[1], frame.flat(frame.bones.left_leg.knee)[1]
    assert min(y for _, y in points) < shoulder + 0.1
    assert max(y for _, y in points) > knee
    assert len(cloaked.behind) + len(cloaked.front) == len(plain.behind) + len(plain.front) + 2


@pytest.mark.parametrize(("pose", "facing"), [*zip(Pose, cycle(("front", "right")), strict=False)])
def test_both_can_be_drawn_in_every_pose(pose: Pose, facing: str) -> None:
    for word, gender in (("tunic", "male"), ("gown", "female")):
        look = Look.model_validate({"outfit": word, "gender": gender, "marks": ("cloak",)})
        canvas = Canvas(60, 60)
        with canvas.moved(30, 55, 14):
            human(look, Expression.NEUTRAL, pose, facing).ink(Pen.on(canvas))
        assert len(canvas.finish().calls) > 80


@pytest.mark.parametrize("facing", ["front", "left", "back"])
def test_a_knight_has_a_helm_of_steel_and_a_warrior_of_japan_a_black_one(facing: str) -> None:
    def black(*marks: str) -> int:
        look = Look.model_validate({"outfit": "armour", "hat": "helmet", "hair_color": "white", "marks": marks})
        canvas = Canvas(60, 60)
        with canvas.moved(30, 200, 40):
            human(look, Expression.NEUTRAL, Pose.STAND, facing).ink(Pen.on(canvas))
        return sum(call[0] == "f" and call[2] == 0 for call in canvas.finish().calls)

    assert black("knight") != black()
