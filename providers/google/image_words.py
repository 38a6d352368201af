"""A panel's direction as sentences: what an image model follows better than fields. In English.

The words are ours; names, places and things are the story's, so they belong inside the fenced data.
"""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from manga.plot import Emotion, Ground, TimeOfDay, Weather
from manga.storyboard import Angle, Expression, FigureDirection, SceneDirection, Shot
from manga.vocabulary.acting import effects, poses

SHOTS: Final[Mapping[Shot, str]] = {
    Shot.ESTABLISHING: "An establishing shot: the place is the subject, people are small in it",
    Shot.LONG: "A long shot: whole figures with much of the place around them",
    Shot.FULL: "A full shot: figures from head to foot fill the height",
    Shot.MEDIUM: "A medium shot: figures from the hips up",
    Shot.BUST: "A bust shot: figures from the chest up",
    Shot.CLOSE: "A close-up: the face fills most of the height",
    Shot.EXTREME_CLOSE: "An extreme close-up: eyes, or a part of the face or hand, fill the frame",
    Shot.INSERT: "An insert: a thing or a hand in close view, and no face",
}
ANGLES: Final[Mapping[Angle, str]] = {
    Angle.EYE: "at eye level",
    Angle.HIGH: "seen from above, so that people look small",
    Angle.LOW: "seen from below, so that people look tall",
    Angle.BIRD: "seen steeply from the air",
    Angle.OVER_SHOULDER: "seen over the shoulder of somebody whose back is cut by the frame",
}
FACES: Final[Mapping[Expression, str]] = {
    Expression.NEUTRAL: "a quiet face",
    Expression.SMILE: "a slight smile",
    Expression.HAPPY: "a happy face",
    Expression.LAUGH: "laughing with open mouth",
    Expression.SURPRISE: "wide eyes, taken by surprise",
    Expression.SHOCK: "shocked: small pupils, open mouth",
    Expression.ANGRY: "angry: brows drawn down",
    Expression.SERIOUS: "a serious face",
    Expression.SAD: "sad: brows raised in the middle, eyes lowered",
    Expression.CRY: "crying, tears on the cheeks",
    Expression.SHY: "shy, blushing, looking aside",
    Expression.SMIRK: "a crooked smile",
    Expression.SHOUT: "shouting with wide open mouth",
    Expression.RELIEF: "relieved, shoulders sunk",
    Expression.FEAR: "afraid: drawn back, sweat on the temple",
    Expression.CALM: "calm, eyes soft",
}
GROUNDS: Final = {
    "full": "The place is drawn in full.",
    "partial": "The place is only hinted at by a few things.",
    "none": "No place: white ground or tone only.",
    "dark": "No place: dark ground.",
}
_DEPTHS: Final = {"foreground": "near", "middle": "", "background": "far back"}
_FACING: Final = {
    "left": "facing left",
    "right": "facing right",
    "front": "turned to the front",
    "back": "seen from behind",
}


def scene(direction: SceneDirection, names: Mapping[str, str]) -> tuple[str, ...]:
    """All of a direction. `names` by character key."""
    return tuple(_sentences(direction, names))


def plain_scene(direction: SceneDirection, names: Mapping[str, str]) -> tuple[str, ...]:
    """View, place and people alone, with the calm words: no feeling is named and no effect."""
    people = (f"{names.get(f.character, f.character)}: {_where(f)}, {_does(f)}." for f in direction.figures)
    place = direction.place or direction.setting
    return (f"{SHOTS[direction.shot]}, {ANGLES[direction.angle]}.", *([f"Place: {place}."] if place else []), *people)


def _sentences(direction: SceneDirection, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{SHOTS[direction.shot]}, {ANGLES[direction.angle]}."
    if direction.seen:
        yield direction.seen
    yield from (_of_figure(figure, names) for figure in _left_to_right(direction))
    if not direction.figures:
        yield "Nobody is seen."
    yield _of_place(direction)
    if direction.props:
        yield f"To be seen: {', '.join(direction.props)}."
    if direction.lighting:
        yield f"Light: {direction.lighting}."
    if direction.emotion is not Emotion.NEUTRAL:
        yield f"The feeling of the panel: {direction.emotion.value.replace('_', ' ')}."
    if direction.effects:
        yield f"Effects: {'; '.join(effects().entries[effect].say for effect in direction.effects)}."
    if direction.flashback:
        yield "It is a memory: lighter lines, thinner tone, no black areas."
    if direction.fixed_camera:
        yield "The camera stands where it stood in the panel before."


def _left_to_right(direction: SceneDirection) -> list[FigureDirection]:
    return sorted(direction.figures, key=lambda figure: figure.x)


def _of_figure(figure: FigureDirection, names: Mapping[str, str]) -> str:
    who = names.get(figure.character, figure.character)
    holding = f", holding {figure.holds}" if figure.holds else ""
    face = "" if figure.facing == "back" else f", {FACES[figure.expression]}"
    return f"{who}: {_where(figure)}, {_FACING[figure.facing]}, {_does(figure)}{holding}{face}."


def side_of(figure: FigureDirection) -> Literal["left", "middle", "right"]:
    """The third of the frame in which it stands."""
    return "left" if figure.x < 0.36 else "right" if figure.x > 0.64 else "middle"


def _does(figure: FigureDirection) -> str:
    return poses().entries[figure.pose.value].say


def _where(figure: FigureDirection) -> str:
    side = side_of(figure)
    place = "in the middle" if side == "middle" else f"at the {side}"
    depth = _DEPTHS[figure.depth]
    return f"{place}, {depth}" if depth else place


def _of_place(direction: SceneDirection) -> str:
    told = [direction.place or direction.setting.replace("_", " ")]
    if direction.time_of_day is not TimeOfDay.DAY:
        told.append(direction.time_of_day.value)
    if direction.weather is not Weather.CLEAR:
        told.append(direction.weather.value)
    if direction.ground is not Ground.DRY:
        told.append(f"{direction.ground.value} ground")
    place = ", ".join(filter(None, told))
    return f"Place: {place}. {GROUNDS[direction.background]}" if place else GROUNDS[direction.background]
