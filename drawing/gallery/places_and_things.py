"""Contact sheets of animals, of places by hour and weather, and of things, alone and in hands."""

from drawing.art.animals.animal_figure import animal
from drawing.art.draw_panel import draw_panel
from drawing.art.settings.place_painters import PLACES
from drawing.art.things.find_drawing import can_be_held, set_pieces, thing_named, thing_of
from drawing.gallery.contact_sheet import Sheet, SheetCell, picture, whole
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.characters import Kind, Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.plot import TimeOfDay, Weather
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.things import things

HOURS: tuple[tuple[str, TimeOfDay, Weather], ...] = (
    ("day", TimeOfDay.DAY, Weather.CLEAR),
    ("evening", TimeOfDay.EVENING, Weather.CLEAR),
    ("night", TimeOfDay.NIGHT, Weather.CLEAR),
    ("rain", TimeOfDay.DAY, Weather.RAIN),
    ("snow", TimeOfDay.DAY, Weather.SNOW),
)
_ACTS = (
    (Pose.STAND, Expression.NEUTRAL, "left"),
    (Pose.SIT, Expression.SMILE, "front"),
    (Pose.RUN, Expression.SURPRISE, "left"),
    (Pose.LIE, Expression.CALM, "right"),
    (Pose.THINK, Expression.SERIOUS, "left"),
    (Pose.CHEER, Expression.HAPPY, "left"),
    (Pose.BOW, Expression.NEUTRAL, "left"),
)
_DEEDS = {Pose.CHEER: "leap", Pose.BOW: "sniff", Pose.LIE: "asleep"}
"""What a pose is called of a beast."""
_BY_MARK = ("raccoon dog", "frog", "kappa", "monkey", "ox", "deer", "pig", "goat", "tiger", "lion",
            "spider", "snake")  # fmt: skip
"""Beasts that the marks of a look name."""
_PERSON = Look.model_validate({"gender": "female", "age": "teen", "outfit": "school", "hair_style": "long"})
_PEOPLED = 6


def animals() -> Sheet:
    def cell(kind: Kind, pose: Pose, expression: Expression, facing: str, outfit: str, mark: str = "") -> SheetCell:
        marks, clad = (mark,) if mark else (), outfit != "none"
        look = Look.model_validate({"kind": kind, "outfit": outfit, "hair_color": "tone", "marks": marks})

        def paint(canvas: Canvas, box: Rect) -> None:
            whole(animal(look, expression, pose, facing), box, canvas)

        name = (mark or kind.value) if pose is _ACTS[0][0] else _DEEDS.get(pose, pose.value)
        return SheetCell("dressed" if clad else name, paint)

    kinds = [kind for kind in Kind if kind not in (Kind.HUMAN, Kind.THING)]
    cells: list[SheetCell] = []
    for kind in kinds:
        cells += [cell(kind, *act, "none") for act in _ACTS]
        cells.append(cell(kind, Pose.POINT, Expression.HAPPY, "left", "victorian_suit"))
    for mark in _BY_MARK:
        cells += [cell(Kind.BEAST, *act, "none", mark) for act in _ACTS]
        cells.append(cell(Kind.BEAST, Pose.POINT, Expression.HAPPY, "left", "none", mark))
    return Sheet("animals", tuple(cells), 8, 0.86)


def _place(name: str, hour: str, time: TimeOfDay, weather: Weather, *, peopled: bool) -> SheetCell:
    someone = (FigureDirection(character="c01", x=0.36, facing="right"),) if peopled else ()
    direction = SceneDirection(
        shot=Shot.FULL if peopled else Shot.LONG,
        setting=name,
        figures=someone,
        time_of_day=time,
        weather=weather,
    )

    def paint(canvas: Canvas, box: Rect) -> None:
        looks = {"c01": _PERSON} if peopled else {}
        picture(brief_for(80, 80 * box.height / box.width, direction, looks, seed=3), canvas, box)

    return SheetCell(f"{name}: {hour}", paint)


def settings() -> tuple[Sheet, ...]:
    """Outdoors by every hour and weather, indoors by the three hours; somebody stands in each by evening."""
    cells = []
    for name, place in PLACES.items():
        hours = HOURS if place.outdoors else HOURS[:3]
        cells += [_place(name, hour, time, weather, peopled=hour == "evening") for hour, time, weather in hours]
    half = 60
    parts = [cells[i : i + half] for i in range(0, len(cells), half)]
    return tuple(
        Sheet(f"settings_{n}", tuple(part), _PEOPLED, 0.7, 1500, framed=True) for n, part in enumerate(parts, 1)
    )


def sheets() -> tuple[Sheet, ...]:
    return (animals(), *settings())


_A_SHEET = 100
_LOOKS = (
    Look.model_validate({"gender": "female", "age": "adult", "outfit": "casual", "hair_style": "bob"}),
    Look.model_validate({"gender": "male", "age": "adult", "outfit": "suit"}),
)


def thing_sheets() -> tuple[Sheet, ...]:
    """In the order of the vocabulary, and what a direction alone names."""
    names = [entry.key for entry in (*things().values(), *set_pieces().entries.values()) if not entry.like]
    parts = [names[i : i + _A_SHEET] for i in range(0, len(names), _A_SHEET)]
    made = (Sheet(f"things_{i}", tuple(map(_cell, part)), 10, 1.0) for i, part in enumerate(parts, 1))
    return (*made, held())


def held() -> Sheet:
    """Evenly from all that hands hold."""
    names = [name for name in things() if thing_of(name) == name and can_be_held(name) and not thing_named(name).stands]
    chosen = [names[len(names) * i // _A_SHEET] for i in range(_A_SHEET)]
    return Sheet("things_in_hands", tuple(_in_hand(name, _LOOKS[i % 2]) for i, name in enumerate(chosen)), 10, 1.3)


def _in_hand(name: str, look: Look) -> SheetCell:
    figure = FigureDirection(character="a", holds=name, facing="left")
    direction = SceneDirection(shot=Shot.MEDIUM, setting="room", place="room", background="none", figures=(figure,))

    def paint(canvas: Canvas, box: Rect) -> None:
        made = draw_panel(brief_for(box.width, box.height, direction, {"a": look}))
        canvas.draw(made.drawing, box.x, box.y)

    return SheetCell(name, paint)


def _cell(name: str) -> SheetCell:
    def paint(canvas: Canvas, box: Rect) -> None:
        with canvas.moved(*box.centre, 0.8 * box.width):
            thing_named(name).draw(Pen.on(canvas))

    return SheetCell(name, paint)
