"""Gallery sheets of people: heads, ages, outfits, expressions, poses, hands, and what they hold."""

from math import pi
from typing import get_args

from drawing.art.figure import human
from drawing.art.hands import hand, ink_hand
from drawing.art.make_figure import figure_of
from drawing.art.pose_spec import HandShape
from drawing.art.poses import STANCES
from drawing.art.poses_with_things import DEEDS
from drawing.gallery.contact_sheet import Sheet, SheetCell, portrait, upper, whole
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.characters import Age, Look
from manga.geometry import Rect
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.clothes_and_hair import hair_styles, outfits

FACINGS = ("front", "left", "right", "back")
_TONES = ("black", "tone", "white", "grey")


def _look(**words: object) -> Look:
    return Look.model_validate(words)


CAST: tuple[tuple[str, Look], ...] = (
    ("girl, sailor", _look(gender="female", age="teen", hair_style="bob", outfit="sailor", eyes="round")),
    ("boy, gakuran", _look(gender="male", age="teen", hair_style="messy", outfit="gakuran", eyes="sharp")),
    ("woman, suit", _look(gender="female", hair_style="bun", hair_color="tone", outfit="suit", glasses=True)),
    ("man, coat", _look(gender="male", hair_style="swept", outfit="coat", eyes="narrow", facial_hair="moustache")),
    ("old man", _look(gender="male", age="elder", hair_style="bald", facial_hair="long_beard", outfit="kimono")),
    ("old woman", _look(gender="female", age="elder", hair_style="bun", hair_color="white", outfit="apron")),
    ("samurai", _look(gender="male", hair_style="topknot", outfit="samurai", eyes="sharp", brows="thick")),
    ("child", _look(gender="male", age="child", hair_style="spiky", outfit="casual")),
    ("hunter", _look(gender="male", hat="hunting", outfit="hunting", build="stout", facial_hair="beard")),
    ("lady", _look(gender="female", hair_style="curly", hair_color="tone", outfit="victorian_dress")),
    ("pupil", _look(gender="female", age="teen", hair_style="braids", outfit="school", glasses=True, seed=2)),
    ("young man", _look(gender="male", hair_style="parted", hair_color="tone", outfit="casual", seed=3)),
    ("bride", _look(gender="female", hair_style="shimada", outfit="kimono", eyes="gentle", seed=4)),
    ("student", _look(gender="female", hair_style="wavy", hair_color="grey", outfit="blazer", seed=1)),
    ("policeman", _look(gender="male", hair_style="crew", outfit="uniform", brows="thick", build="tall", seed=8)),
    ("robot", _look(gender="male", hair_style="bald", outfit="armour", outfit_tone="light", marks=("robot",))),
    ("dancer", _look(gender="female", age="teen", hair_style="two_buns", outfit="dress", seed=5)),
)


def _head(look: Look, expression: Expression, facing: str) -> SheetCell:
    def paint(canvas: Canvas, box: Rect) -> None:
        portrait(human(look, expression, Pose.STAND, facing), box, canvas)

    return SheetCell(facing, paint)


def _body(
    word: str,
    look: Look,
    pose: Pose = Pose.STAND,
    facing: str = "left",
    holds: str = "",
    *,
    unit: float | None = None,
    near: bool = False,
) -> SheetCell:
    scene = SceneDirection(shot=Shot.FULL, setting="room", seen=word)
    directed = FigureDirection.model_validate(
        {"character": word, "pose": pose, "facing": facing, "holds": holds, "x": 0.5}
    )

    def paint(canvas: Canvas, box: Rect) -> None:
        figure = figure_of(look, directed, scene)
        if near:
            upper(figure, box, canvas)
        else:
            whole(figure, box, canvas, unit)

    return SheetCell(word, paint)


def characters() -> Sheet:
    cells = []
    for name, look in CAST:
        for facing in FACINGS:
            cell = _head(look, Expression.NEUTRAL, facing)
            cells.append(SheetCell(f"{name}: {facing}", cell.paint))
    return Sheet("characters", tuple(cells), 8, 1.0)


def hair() -> Sheet:
    cells = []
    for i, style in enumerate(hair_styles().entries):
        for gender, facing in (("female", "left"), ("male", "front"), ("female", "back")):
            look = _look(gender=gender, hair_style=style, hair_color=_TONES[i % 4])
            cells.append(SheetCell(f"{style} {gender}", _head(look, Expression.SMILE, facing).paint))
    return Sheet("hair", tuple(cells), 9, 1.05)


def ages() -> Sheet:
    cells = [
        _body(f"{age} {gender} {build}", _look(age=age, gender=gender, build=build), unit=5.4)
        for build in ("medium", "slim", "stout")
        for age in Age
        for gender in ("female", "male")
    ]
    return Sheet("ages", tuple(cells), 8, 1.7)


def clothes() -> Sheet:
    cells = [
        _body(f"{outfit} {gender[0]}", _look(outfit=outfit, gender=gender, hair_style=style))
        for outfit in outfits().entries
        for gender, style in (("female", "bob"), ("male", "short"))
    ]
    return Sheet("outfits", tuple(cells), 12, 2.1)


def expressions() -> Sheet:
    cells = [
        SheetCell(expression.value, _head(look, expression, facing).paint)
        for expression in Expression
        for look, facing in ((CAST[0][1], "left"), (CAST[1][1], "front"))
    ]
    return Sheet("expressions", tuple(cells), 8, 1.0)


def poses() -> Sheet:
    boy, woman = CAST[7][1].model_copy(update={"age": Age.TEEN}), _look(gender="female", outfit="kimono")
    held = {Pose.AIM: "gun", Pose.CARRY: "box"}
    cells = [
        _body(f"{pose} {facing}", look, pose, facing, held.get(pose, ""))
        for pose in Pose
        for look, facing in ((boy, "left"), (woman, "front"))
    ]
    return Sheet("poses", tuple(cells), 8, 1.25)


def deeds() -> Sheet:
    """What is done with things, standing and sitting."""
    man, girl = CAST[3][1], CAST[0][1]
    cells = [
        _body(name, look, pose, facing, name, near=True)
        for name in (*DEEDS, "gun", "stick", "basket", "bag")
        for look, pose, facing in ((man, Pose.STAND, "left"), (girl, Pose.SIT, "front"))
    ]
    return Sheet("deeds", tuple(cells), 8, 1.2)


def stances() -> Sheet:
    def cell(name: str, look: Look, facing: str) -> SheetCell:
        def paint(canvas: Canvas, box: Rect) -> None:
            whole(human(look, Expression.NEUTRAL, Pose.STAND, facing, stance=STANCES[name]), box, canvas)

        return SheetCell(name, paint)

    cells = [
        cell(name, look, facing)
        for name in STANCES
        for look, facing in ((CAST[3][1], "left"), (_look(gender="female", age="teen", outfit="school"), "front"))
    ]
    return Sheet("stances", tuple(cells), 10, 1.9)


def hands() -> Sheet:
    def cell(shape: HandShape, *, left: bool) -> SheetCell:
        def paint(canvas: Canvas, box: Rect) -> None:
            size = box.height * 0.72
            drawn = hand((box.centre[0], box.bottom - box.height * 0.1), -pi / 2, size, shape, thumb_left=left)
            ink_hand(Pen(canvas, canvas.line * 1.3), drawn)

        return SheetCell(shape, paint)

    shapes = [shape for shape in get_args(HandShape) if shape != "hidden"]
    return Sheet("hands", tuple(cell(s, left=side) for s in shapes for side in (False, True)), 8, 1.1)


def sheets() -> tuple[Sheet, ...]:
    return (characters(), hair(), ages(), clothes(), expressions(), poses(), deeds(), stances(), hands())
