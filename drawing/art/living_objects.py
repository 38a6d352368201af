"""Who is an object (an umbrella that speaks, a kettle that was an animal) is drawn as that thing, and told as himself.

In: a panel's brief. Out: the brief in which such beings are things of the scene; and, of the finished drawing, who of
them is seen and where, so that a balloon can point at him.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import pi

from drawing.art.insert_shots import reach_of
from drawing.art.stage import Stage
from drawing.art.things.draw_own_shape import with_shape, word_of
from drawing.art.things.find_drawing import thing_named, thing_of
from drawing.art.what_a_picture_shows import place_of_thing
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import Drawing
from drawing.ink.pen import Pen
from manga.artwork import Drawn, DrawnFigure, FigureAnchors
from manga.characters import Kind, Look
from manga.geometry import Rect
from manga.panel_brief import PanelBrief
from manga.storyboard import Pose, Shot

_NEAR = frozenset({Shot.MEDIUM, Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE})
_ALOFT, _HIGH, _ASLANT = frozenset({Pose.JUMP, Pose.CHEER, Pose.FALL, Pose.RUN}), 0.3, 0.5
"""Poses of an object that is in the air; of the height, its middle then; radians that it leans."""
_STEPS, _SMALLER = 8, 0.55
"""Places that are tried lest it cover a face; how much smaller it is where all of them do."""
_LEAST, _MOST, _LOWEST = 0.3, 0.8, 0.96
"""Of the picture's height: how large such a one is drawn, and how low he stands."""


def objects_in(brief: PanelBrief) -> dict[str, str]:
    """By key of the figure the word of what he is: the first mark of his sheet that does not change on the way."""
    looks = ((figure.character, brief.looks.get(figure.character)) for figure in brief.direction.figures)
    return {who: word for who, look in looks if look is not None and (word := object_of(look))}


def object_of(look: Look) -> str:
    """The word of what somebody is; empty for whoever has a body. Marks of wounds, gloves and the like stand before
    those of the sheet, and none of them is a thing."""
    if look.kind is not Kind.THING:
        return ""
    return next((mark for mark in look.marks if thing_of(mark)), look.marks[0] if look.marks else "")


def unknown_objects(brief: PanelBrief, objects: Mapping[str, str]) -> Iterator[str]:
    """The words of those that this artist cannot draw."""
    return (word for word in objects.values() if thing_of(with_shape(word, brief.things), brief.period) is None)


def ink_object(canvas: Canvas, look: Look, box: Rect) -> None:
    """On a sheet: the thing alone, as large as the box bears. Nothing where the artist does not know it."""
    if (name := thing_of(object_of(look))) is None:
        return
    thing, size = thing_named(name), _MOST * min(box.width, box.height)
    with canvas.moved(*box.centre, size, -pi / 2 if thing.long else 0.0):
        thing.draw(Pen.on(canvas))


def _held(brief: PanelBrief, objects: Mapping[str, str]) -> set[str | None]:
    """Names of what the others hold."""
    others = (figure for figure in brief.direction.figures if figure.character not in objects)
    return {thing_of(with_shape(figure.holds, brief.things), brief.period) for figure in others if figure.holds}


def stand_objects(
    canvas: Canvas, stage: Stage, brief: PanelBrief, objects: Mapping[str, str], faces: Sequence[Rect] = ()
) -> None:
    """Those that nobody holds, each upright on the ground where he is directed to be, or aslant in the air where he
    leaps; before everybody, but before nobody's face."""
    held = _held(brief, objects)
    for figure in brief.direction.figures:
        word = with_shape(objects.get(figure.character, ""), brief.things)
        name = thing_of(word, brief.period) if word else None
        if name is None or name in held:
            continue
        thing = thing_named(name)
        size = min(_MOST * canvas.height, max(thing.size * stage.unit, _LEAST * canvas.height))
        below = 0.5 if thing.long else reach_of(name).bottom
        foot, aloft = min(stage.floor(), canvas.height * _LOWEST), figure.pose in _ALOFT
        places = (
            (x, _HIGH * canvas.height if aloft else foot - below * large, large)
            for large in (size, _SMALLER * size)
            for x in _across(figure.x * canvas.width, large, canvas.width)
        )
        first = next(places)
        x, y, size = next((place for place in (first, *places) if not _covers(place, faces)), first)
        with canvas.moved(x, y, size, -pi / 2 if thing.long else _ASLANT if aloft else 0.0):
            thing.draw(Pen.on(canvas))


def _across(wanted: float, size: float, width: float) -> list[float]:
    """Where it may be, the wanted place first and the nearest to it next."""
    low = min(size / 2, width / 2)
    tried = (low + (width - 2 * low) * i / _STEPS for i in range(_STEPS + 1))
    return [wanted, *sorted(tried, key=lambda x: abs(x - wanted))]


def _covers(place: tuple[float, float, float], faces: Sequence[Rect]) -> bool:
    """Whether a box of that size around that point lies on a face."""
    x, y, size = place
    return any(
        2 * abs(face.centre[0] - x) < size + face.width and 2 * abs(face.centre[1] - y) < size + face.height
        for face in faces
    )


def with_objects_as_things(brief: PanelBrief, objects: Mapping[str, str]) -> PanelBrief:
    """Whoever holds one of them holds the thing; one who is alone and near is an insert of it."""
    if not objects:
        return brief
    direction = brief.direction
    figures = tuple(figure for figure in direction.figures if figure.character not in objects)
    props = tuple(dict.fromkeys((*objects.values(), *direction.props)))
    shot = Shot.INSERT if not figures and direction.shot in _NEAR else direction.shot
    return brief.model_copy(
        update={"direction": direction.model_copy(update={"figures": figures, "props": props, "shot": shot})}
    )


def seen_objects(drawing: Drawing, brief: PanelBrief, objects: Mapping[str, str]) -> Iterator[FigureAnchors]:
    """Where those are that can be seen; an object has neither head nor face, and speaks from its middle."""
    for who, word in objects.items():
        name = thing_of(with_shape(word, brief.things), brief.period)
        box = place_of_thing(drawing, word_of(name)) if name else None
        if box is not None:
            yield FigureAnchors(character=who, body=box, mouth=box.centre)


def with_objects(drawn: Drawn, seen: Sequence[FigureAnchors]) -> Drawn:
    """The account of a picture, with them among its figures."""
    figures = (*drawn.figures, *(DrawnFigure(character=one.character) for one in seen))
    return drawn.model_copy(update={"figures": figures}) if seen else drawn
