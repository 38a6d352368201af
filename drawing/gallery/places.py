"""Sheets of animals that act, and of places by the hour and the weather."""

from drawing.art.animals.figure import animal
from drawing.art.settings.places import PLACES
from drawing.gallery.contact import Sheet, SheetCell, picture, whole
from drawing.ink.canvas import Canvas
from manga.characters import Kind, Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.plot import TimeOfDay, Weather
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

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

    kinds = [kind for kind in Kind if kind is not Kind.HUMAN]
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
