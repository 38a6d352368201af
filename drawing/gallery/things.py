"""Sheets of all things, a hundred to a sheet."""

from drawing.art.things.catalogue import thing_named
from drawing.gallery.contact import Sheet, SheetCell
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.geometry import Rect
from manga.vocabulary.things import things

_A_SHEET = 100


def sheets() -> tuple[Sheet, ...]:
    """In the order of the vocabulary."""
    names = [entry.key for entry in things().values() if not entry.like]
    parts = [names[i : i + _A_SHEET] for i in range(0, len(names), _A_SHEET)]
    return tuple(Sheet(f"things_{i}", tuple(map(_cell, part)), 10, 1.0) for i, part in enumerate(parts, 1))


def _cell(name: str) -> SheetCell:
    def paint(canvas: Canvas, box: Rect) -> None:
        with canvas.moved(*box.centre, 0.8 * box.width):
            thing_named(name).draw(Pen.on(canvas))

    return SheetCell(name, paint)
