"""Spirits, gods and demons are people by their bodies and themselves by head and silhouette."""

from itertools import combinations

import pytest

from drawing.art.animals.animal_figure import animal
from drawing.art.draw_panel import draw_panel
from drawing.art.figure import Figure, human
from drawing.art.spirits.spirit_kinds import aspect_of, embodied
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import Call
from drawing.ink.pen import Pen
from manga.characters import Kind, Look
from manga.geometry import Rect, bounds
from manga.panel_brief import brief_for
from manga.storyboard import Expression, Pose, SceneDirection

NAMED = ("frost", "snow", "wind", "hail", "spring", "summer", "autumn", "winter", "tree", "ghost", "幽霊", "雪女",
         "angel", "fairy", "death", "moon", "fire", "water", "天狗", "雷神", "demon", "something else")  # fmt: skip
DIVINE = ("螺髪と光背", "閻魔の冠", "鬼の角と虎の皮", "神将の炎", "buddha")


def spirit(word: str) -> Look:
    return Look(kind=Kind.SPIRIT, marks=(word,))


def inked(figure: Figure) -> tuple[Call, ...]:
    canvas = Canvas(40, 80)
    with canvas.moved(20, 78, 8):
        figure.ink(Pen.on(canvas))
    return canvas.finish().calls


def reach(figure: Figure) -> Rect:
    return bounds(
        [(float(op[i]), float(op[i + 1])) for p in figure.silhouette for op in p for i in range(1, len(op), 2)]
    )


def test_no_two_spirits_look_alike() -> None:
    drawn = {word: inked(animal(spirit(word), Expression.NEUTRAL, Pose.STAND, "front")) for word in NAMED}
    for one, other in combinations(NAMED, 2):
        assert drawn[one] != drawn[other], f"{one} and {other}"


@pytest.mark.parametrize("word", NAMED)
@pytest.mark.parametrize("facing", ["front", "left", "back"])
def test_spirits_have_faces_with_feelings_and_stand_among_people(word: str, facing: str) -> None:
    calm, angry = (animal(spirit(word), e, Pose.STAND, facing) for e in (Expression.NEUTRAL, Expression.ANGRY))
    assert calm.human
    assert calm.marks.body.bottom < 0.6, "on the floor"
    assert 4 < calm.marks.body.height < 9
    assert (inked(calm) == inked(angry)) is (facing == "back")


@pytest.mark.parametrize("mark", DIVINE)
def test_gods_and_demons_are_told_from_men_by_their_heads(mark: str) -> None:
    look = Look.model_validate({"gender": "male", "outfit": "robe", "marks": (mark,)})
    man = look.model_copy(update={"marks": ()})
    theirs, his = (human(one, Expression.NEUTRAL, Pose.STAND, "left") for one in (look, man))
    assert reach(theirs).y < reach(his).y - 0.1, "higher than any hair"


def test_a_ghost_has_no_feet() -> None:
    ghost, woman = (
        human(look, Expression.NEUTRAL, Pose.STAND, "front")
        for look in (spirit("幽霊"), embodied(spirit("幽霊"), aspect_of(spirit("幽霊"))))  # type: ignore[arg-type]
    )
    assert reach(ghost).width > reach(woman).width
    assert ghost.silhouette[-1] != woman.silhouette[-1]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "human", "marks": ("cloak",)}, False),
        ({"kind": "human", "marks": ("角がある", "snow")}, False),
        ({"kind": "beast", "marks": ("ogre",)}, True),
        ({"kind": "beast", "marks": ("monkey",)}, False),
        ({"kind": "fox", "marks": ("angel",)}, False),
        ({"kind": "spirit", "marks": ()}, True),
    ],
)
def test_men_and_beasts_stay_what_they_are(fields: dict[str, object], expected: bool) -> None:
    assert (aspect_of(Look.model_validate(fields)) is not None) is expected


def test_a_spirit_takes_every_pose() -> None:
    for pose in Pose:
        assert len(inked(animal(spirit("wind"), Expression.NEUTRAL, pose, "left"))) > 60, pose


def test_spirits_and_demons_stand_in_one_panel() -> None:
    looks = {"c01": spirit("wind"), "c02": Look.model_validate({"gender": "male", "marks": ("鬼の角",)})}
    figures = [{"character": key, "x": x} for key, x in (("c01", 0.3), ("c02", 0.7))]
    direction = SceneDirection.model_validate({"shot": "full", "setting": "garden", "figures": figures})
    assert len(draw_panel(brief_for(90, 60, direction, looks)).figures) == 2


def test_a_stone_jizo_does_not_move_whatever_happens() -> None:
    look = Look.model_validate({"hair_style": "short", "outfit": "kimono", "marks": ("石の地蔵",)})
    still, running = (human(look, face, pose, "left") for face, pose in (
        (Expression.NEUTRAL, Pose.STAND), (Expression.SHOCK, Pose.RUN)))  # fmt: skip
    assert still.marks == running.marks
    plain = human(look.model_copy(update={"marks": ()}), Expression.NEUTRAL, Pose.STAND, "left")
    assert still.marks.body != plain.marks.body
