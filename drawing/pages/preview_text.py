"""Small text of previews: words and a box in, set lines or columns out. No kinsoku, no ruby: read fast, judged, gone.

Lengths are millimetres; what does not fit ends with an ellipsis.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drawing.ink.canvas import Canvas
from drawing.lettering.fonts import Faces, Typeface
from manga.lettering import FaceName

LEADING = 1.35
"""From line to line, in letters' heights."""
COLUMN = 1.2
"""From column to column."""
_ASCENT = 0.86
_MORE = "…"
CLOSING = "、。，．！？」』）…ー々っゃゅょッャュョ"
"""Letters that stay with the one before."""
_WORD = re.compile(rf"(?:[!-~]+[{CLOSING}]* ?|[^!-~][{CLOSING}]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TextWriter:
    """Writes on a canvas."""

    canvas: Canvas
    faces: Faces

    def line(self, text: str, x: float, y: float, size: float, *, grey: float = 0, face: FaceName = "gothic") -> float:
        """One line whose top left is (x, y). Answers its length."""
        text = one_line(text)
        font = self.faces.setting(face, text)
        with self.canvas.moved(x, y + _ASCENT * size, size):
            self.canvas.fill(font.outline(text, vertical=False), grey)
        return font.width(text) * size

    def lines(
        self, lines: Sequence[str], x: float, y: float, size: float, *, grey: float = 0, face: FaceName = "gothic"
    ) -> float:
        """Lines under each other. Answers where the next thing may begin, below."""
        for n, text in enumerate(lines):
            self.line(text, x, y + n * LEADING * size, size, grey=grey, face=face)
        return y + len(lines) * LEADING * size

    def columns(
        self, columns: Sequence[str], right: float, y: float, size: float, *, face: FaceName = "gothic"
    ) -> None:
        """Columns from a right edge leftwards."""
        for n, text in enumerate(columns):
            font = self.faces.setting(face, text)
            with self.canvas.moved(right - size / 2 - n * COLUMN * size, y, size):
                self.canvas.fill(font.outline(text, vertical=True))

    def wrapped(self, text: str, size: float, width: float, most: int, *, face: FaceName = "gothic") -> list[str]:
        """At most `most` lines of a width."""
        text = one_line(text)
        return cut(list(_broken(text, self.faces.setting(face, text), width / size)), most)


def one_line(text: str) -> str:
    return " ".join(text.split())


def in_columns(text: str, length: int, most: int) -> list[str]:
    """At most `most` columns of about `length` letters; none begins with a mark that closes."""
    columns = [""]
    for whole in _words("".join(text.split())):
        for word in _pieces(whole, length):
            if columns[-1] and len(columns[-1]) + len(word.rstrip(CLOSING)) > length:
                columns.append("")
            columns[-1] += word
    return cut(columns, most)


def _pieces(word: str, length: int) -> Iterator[str]:
    """A word that is too long for a column, broken; the marks that close stay with its last letters."""
    body = word.rstrip(CLOSING) or word
    *others, last = (body[at : at + length] for at in range(0, len(body), length))
    yield from others
    yield last + word[len(body) :]


def cut(lines: list[str], most: int) -> list[str]:
    """The first lines; the last of them says that there is more."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}{_MORE}"] if most else []


def _broken(text: str, font: Typeface, width: float) -> Iterator[str]:
    """Breaks after spaces where there are any, else between letters. `width` in em."""
    line = ""
    for whole in _words(text):
        word = whole
        if line and font.width((line + word).rstrip()) > width:
            yield line.rstrip()
            line = ""
        while font.width(word) > width and len(word) > 1:
            room = next((n for n in range(len(word) - 1, 0, -1) if font.width(word[:n]) <= width), 1)
            yield word[:room]
            word = word[room:]
        line += word
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Latin words with their space; other letters one by one, with the marks that close after them."""
    return (found.group() for found in _WORD.finditer(text))
