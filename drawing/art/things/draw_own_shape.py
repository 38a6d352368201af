"""Draws a thing that is one work's own, by the marks of its shape.

Things go by their names all over the artist. The name of such a thing is its word with the whole shape behind it: it
says by itself what is drawn, and nothing needs to know which work a picture belongs to.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import zip_longest
from math import hypot

from drawing.art.things.draw_shape_file import Ink, ink_mark
from drawing.art.things.ink_font_glyphs import Handle, on_a_table
from drawing.ink.paths import Op, Path, ellipse, mapped, to_data_moved
from drawing.ink.pen import SHADES, Pen
from manga.geometry import Point
from manga.thing_shapes import BOX, Command, Mark, ThingShape, corners, find_shape, read_path
from manga.vocabulary.things import ThingEntry

_BEHIND = "\x1f"
"""Between the word and the shape: no word holds it."""
_NEAR_MIDDLE = 0.15
"""Of the box: what is held so near its middle has no end."""


def with_shape(word: str, shapes: Sequence[ThingShape]) -> str:
    """The word itself, or the name of the work's own thing that it means."""
    shape = find_shape(word, shapes)
    return word if shape is None else f"{word}{_BEHIND}{shape.model_dump_json()}"


def is_own(name: str) -> bool:
    return _BEHIND in name


def word_of(name: str) -> str:
    """What a thing is called, whatever stands behind it."""
    return name.partition(_BEHIND)[0]


@lru_cache(maxsize=256)
def _shape(name: str) -> ThingShape:
    return ThingShape.model_validate_json(name.partition(_BEHIND)[2])


def entry_of(name: str) -> ThingEntry:
    """The thing as the register would have it."""
    shape = _shape(name)
    told = {"key": word_of(name), "class": shape.kind, "cm": shape.cm, "grip": shape.grip, "view": shape.view}
    return ThingEntry.model_validate(told)


def ink_of(name: str, *, lying: bool = False) -> Ink:
    """Fills a box of one unit around the origin; what lies on a table before us is lower than that."""
    return partial(draw_marks, marks=_shape(name).marks, lying=lying)


def draw_marks(pen: Pen, marks: Sequence[Mark], *, lying: bool = False, flat: bool = False) -> None:
    """`flat` greys are for whoever draws after them; else they are toned like the rest of the book."""
    for mark in marks:
        path = outline(mark, lying=lying)
        tone = SHADES[mark.surface].tone if flat and mark.surface != "line" else 0.0
        ink_mark(pen, path, "white" if tone else mark.surface)
        if tone:
            pen.canvas.fill(path, round(255 * (1 - tone)))


def outline(mark: Mark, *, lying: bool = False) -> Path:
    """In a box of one unit around the origin. Every part of a surface is closed, a line is as it is told."""
    path = tuple(op for command in read_path(mark.path) for op in _ops(command))
    if mark.surface != "line":
        path = tuple(_closed(path))
    return mapped(path, on_a_table) if lying else path


def outlines_of(shape: ThingShape) -> list[dict[str, str]]:
    """Surfaces and path data for whoever shows the shape as SVG, in the box of 100 by 100: written by us, not by a
    model, and without the command that SVG does not know."""
    whole = (BOX, 0.0, 0.0, BOX, BOX / 2, BOX / 2)
    return [{"surface": mark.surface, "path": to_data_moved(outline(mark), whole)} for mark in shape.marks]


def _ops(command: Command) -> Path:
    letter, numbers = command
    if letter == "O":
        x, y, rx, ry = numbers
        return ellipse(x / BOX - 0.5, y / BOX - 0.5, rx / BOX, ry / BOX)
    return mapped(((letter, *numbers),), lambda px, py: (px / BOX - 0.5, py / BOX - 0.5))


def _closed(path: Path) -> Iterator[Op]:
    for op, following in zip_longest(path, path[1:]):
        yield op
        if op[0] not in ("M", "Z") and (following is None or following[0] == "M"):
            yield ("Z",)


def half_width(name: str) -> float:
    """How far it reaches to each side of its middle, in its own size."""
    points = [point for mark in _shape(name).marks for command in read_path(mark.path) for point in corners(command)]
    return max(abs(x / BOX - 0.5) for x, _ in points)


def handle_of(name: str) -> Handle | None:
    """Where it is held, and where the rest of it points; None for what is held around its middle."""
    shape = _shape(name)
    at: Point = (shape.grip_x / BOX - 0.5, shape.grip_y / BOX - 0.5)
    return Handle.from_end(at) if hypot(*at) > _NEAR_MIDDLE else None
