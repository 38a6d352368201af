"""Sheets of all things, a hundred to a sheet, and one of a hundred things in hands."""

from drawing.art.panel import draw_panel
from drawing.art.things.drawable import can_be_held, thing_named, thing_of
from drawing.gallery.contact import Sheet, SheetCell
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot
from manga.vocabulary.things import things

_A_SHEET = 100
_LOOKS = (
    Look.model_validate({"gender": "female", "age": "adult", "outfit": "casual", "hair_style": "bob"}),
    Look.model_validate({"gender": "male", "age": "adult", "outfit": "suit"}),
)


def sheets() -> tuple[Sheet, ...]:
    """In the order of the vocabulary."""
    names = [entry.key for entry in things().values() if not entry.like]
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
