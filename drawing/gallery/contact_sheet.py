"""Draws one contact sheet: cells with a word under each, as many rows as they need. Millimetres; out comes a WebP."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from drawing.art.draw_panel import draw_panel
from drawing.art.figure import Figure
from drawing.ink.canvas import Canvas
from drawing.ink.paths import rect
from drawing.ink.pen import Pen
from drawing.lettering.fonts import standard_folders
from drawing.pages.preview_pictures import SHEET_MM, sheet
from drawing.pages.preview_text import TextWriter
from manga.geometry import Rect
from manga.panel_brief import PanelBrief

WORD_MM = 4.2
_GAP = 2.0
_GREYS = 16


@dataclass(frozen=True, slots=True)
class SheetCell:
    """`paint` draws into a box of the sheet and may not leave it."""

    word: str
    paint: Callable[[Canvas, Rect], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`aspect` is a cell's height by its width."""

    name: str
    cells: tuple[SheetCell, ...]
    columns: int
    aspect: float
    width_px: int = 1400
    framed: bool = False


def webp_of(page: Sheet) -> bytes:
    """The sheet as a grey WebP."""
    wide = (SHEET_MM - _GAP) / page.columns - _GAP
    high = wide * page.aspect
    row = high + WORD_MM + _GAP
    rows = -(-len(page.cells) // page.columns)

    def draw(writer: TextWriter) -> None:
        for i, cell in enumerate(page.cells):
            x = _GAP + (i % page.columns) * (wide + _GAP)
            box = Rect(x=x, y=_GAP + (i // page.columns) * row, width=wide, height=high)
            _lay(writer, cell, box, framed=page.framed)

    return encoded(sheet(_GAP + rows * row, standard_folders(), page.width_px, draw).png)


def _lay(writer: TextWriter, cell: SheetCell, box: Rect, *, framed: bool) -> None:
    border = rect(box.x, box.y, box.width, box.height)
    with writer.canvas.saved():
        writer.canvas.clip(border)
        cell.paint(writer.canvas, box)
    if framed:
        writer.canvas.stroke(border, 0.5)
    wide = writer.faces["gothic"].width(cell.word)
    writer.line(cell.word, box.x + 0.6, box.bottom + 0.5, min(3.0, (box.width - 0.6) / max(1.0, wide)), grey=60)


def encoded(data: bytes, width_px: int | None = None) -> bytes:
    """A PNG as a small WebP: few greys, without loss, so that ink stays sharp."""
    with Image.open(io.BytesIO(data)) as opened:
        image = opened.convert("L")
    if width_px is not None and image.width > width_px:
        image = image.resize((width_px, round(image.height * width_px / image.width)), Image.Resampling.LANCZOS)
    step = 255 / (_GREYS - 1)
    image = image.point([round(round(value / step) * step) for value in range(256)])
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=True, quality=60, method=4)
    return out.getvalue()


def whole(figure: Figure, box: Rect, canvas: Canvas, unit: float | None = None) -> None:
    """A figure standing in a box; `unit` is the height of an adult's head in millimetres, else it fills the box."""
    body = figure.marks.body
    bottom = max(body.bottom, 0.0)
    fitting = min(0.92 * box.height / (bottom - body.y), 0.94 * box.width / body.width)
    size = fitting if unit is None else min(unit * figure.scale, fitting)
    with canvas.moved(box.centre[0] - body.centre[0] * size, box.y + 0.97 * box.height - bottom * size, size):
        figure.ink(Pen.on(canvas))


def upper(figure: Figure, box: Rect, canvas: Canvas) -> None:
    """From the head to below the hands' usual place, so that what is held can be seen."""
    body, head = figure.marks.body, figure.marks.head
    size = min(0.92 * box.height / (0.64 * body.height), 0.94 * box.width / body.width)
    with canvas.moved(box.centre[0] - head.centre[0] * size, box.y + 0.04 * box.height - body.y * size, size):
        figure.ink(Pen.on(canvas))


def portrait(figure: Figure, box: Rect, canvas: Canvas) -> None:
    """Head and shoulders."""
    head = figure.marks.head
    size = min(0.7 * box.height / head.height, 0.82 * box.width / head.width)
    with canvas.moved(box.centre[0] - head.centre[0] * size, box.y + 0.47 * box.height - head.centre[1] * size, size):
        figure.ink(Pen.on(canvas))


def picture(request: PanelBrief, canvas: Canvas, box: Rect) -> None:
    """A panel's picture, fitted to the box's width."""
    canvas.draw(draw_panel(request).drawing, box.x, box.y, box.width / request.width_mm)
