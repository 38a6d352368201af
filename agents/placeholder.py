"""The picture that stands where drawing failed: a framed note with what should be seen, and why it is not. A brief and
a reason in, drawing calls out.

Pure and picklable, so it runs in the process pool: the note's letters are outlines of the gothic face.
"""

import json
from collections.abc import Iterator
from typing import Final

from drawing.ink.canvas import Canvas
from drawing.ink.paths import mapped, rect
from drawing.lettering.fonts import Faces, faces, standard_folders
from manga.lettering import FaceName
from providers.base import PanelBrief, Picture

MODEL = "placeholder/1"
FACE: Final[FaceName] = "gothic"
SIZE_MM = 3.2
"""About 13 Q."""
LEADING = 1.5


def placeholder(brief: PanelBrief, reason: str = "") -> Picture:
    """Nobody takes it for a drawing: a pale tone, a framed slip of paper, the scene in words, the reason."""
    canvas = Canvas(brief.width_mm, brief.height_mm)
    whole = rect(0, 0, brief.width_mm, brief.height_mm)
    canvas.fill(whole, 255)
    canvas.tone(whole, 0.12)
    _write(canvas, _words(brief), reason)
    return Picture(
        data=json.dumps(canvas.finish().to_json(), separators=(",", ":"), ensure_ascii=False).encode(),
        media_type="application/x-manga-art+json",
        width=brief.width_mm,
        height=brief.height_mm,
        model=MODEL,
    )


def _words(brief: PanelBrief) -> str:
    direction = brief.direction
    names = "、".join(person.name for person in brief.cast)
    return direction.seen or " ".join(part for part in (direction.place or direction.setting, names) if part)


def _write(canvas: Canvas, text: str, reason: str) -> None:
    """The slip at the foot, as high as its lines: balloons like the top. Letters get smaller with a small panel,
    surplus lines are cut, of both texts alike."""
    size = min(SIZE_MM, canvas.width / 8, canvas.height / 4)
    found = faces(standard_folders())
    width = canvas.width * 0.76 - 2 * size
    room = max(1, int((canvas.height * 0.8 - size) / (size * LEADING)))
    told, why = list(_broken(text, width / size, found)), list(_broken(reason, width / size, found))
    lines = [*told[: max(1, room - min(len(why), room // 2))], *why][:room]
    height = len(lines) * size * LEADING + size
    left, top = canvas.width * 0.12, max((canvas.height - height) / 2, canvas.height * 0.95 - height)
    slip = rect(left, top, canvas.width * 0.76, height)
    canvas.fill(slip, 255)
    canvas.stroke(slip, 0.3)
    for i, line in enumerate(lines):
        _set(canvas, line, left + size, top + size * (0.5 + LEADING * i + 1), size, found)


def _broken(text: str, ems: float, found: Faces) -> Iterator[str]:
    """Lines no wider than `ems`; Latin words stay whole, but for their hyphens, where they fit."""
    line = ""
    for piece in _pieces(text):
        if line and _width(line + piece.rstrip(), found) > ems:
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for character in " ".join(text.split()):
        if character.isascii():
            word += character
        if word and (not character.isascii() or character in " -/"):
            yield word
            word = ""
        if not character.isascii():
            yield character
    if word:
        yield word


def _width(text: str, found: Faces) -> float:
    return found.setting(FACE, text).width(text)


def _set(canvas: Canvas, line: str, x: float, baseline: float, size: float, found: Faces) -> None:
    em = found.setting(FACE, line).outline(line, vertical=False)
    canvas.fill(mapped(em, lambda px, py: (x + px * size, baseline + py * size)))
