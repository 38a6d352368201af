"""Outlines of set glyphs as filled shapes (millimetres), and which glyphs no face has."""

from collections.abc import Iterable, Sequence
from itertools import chain
from math import cos, sin

from drawing.ink.paths import Path, mapped, rect
from drawing.lettering.fonts import Faces
from drawing.lettering.vertical_text import narrowed, widened
from manga.geometry import Point
from manga.lettering import FaceName, Glyph, TextRun

DASHES = frozenset("—―─－-")
CROSSBARRED: FaceName = "comic"
"""The face whose capital I has crossbars."""
BAR_WIDTH = 0.07
_STEM = 0.115


def run_outline(run: TextRun, faces: Faces) -> Path:
    """All glyphs and ruby of a run as one path."""
    plain = _plain_capitals(run.glyphs) if not run.vertical else frozenset()
    body = (glyph_outline(g, faces, plain=i in plain) for i, g in enumerate(run.glyphs))
    return tuple(chain.from_iterable((*body, *(glyph_outline(g, faces) for g in run.ruby))))


def glyph_outline(glyph: Glyph, faces: Faces, *, plain: bool = False) -> Path:
    """One cell's shape. `plain` draws a capital I without crossbars."""
    if glyph.vertical and all(c in DASHES for c in glyph.text):
        return _bar(glyph)
    if plain:
        return _stem(glyph, faces)
    text = widened(glyph.text) if glyph.vertical else narrowed(glyph.text)
    em = faces.setting(glyph.face, text).outline(text, vertical=glyph.vertical)
    size, (x, y) = glyph.size_mm, glyph.at
    flat = _scaled(em, size * glyph.stretch, size, x, y)
    return turned(flat, glyph.box.centre, glyph.turn) if glyph.turn else flat


def missing_glyphs(run: TextRun, faces: Faces) -> int:
    """Glyphs that no face has and that would print as an empty box."""
    return sum(_is_missing(g, faces) for g in (*run.glyphs, *run.ruby))


def _is_missing(glyph: Glyph, faces: Faces) -> bool:
    if glyph.vertical and all(c in DASHES for c in glyph.text):
        return False
    text = widened(glyph.text) if glyph.vertical else narrowed(glyph.text)
    face = faces.setting(glyph.face, text)
    return not all(face.has(c) for c in text)


def _bar(glyph: Glyph) -> Path:
    """A dash of any length as one line without gaps."""
    width = glyph.size_mm * BAR_WIDTH
    return rect(glyph.at[0] - width / 2, glyph.box.y, width, glyph.box.height)


def _stem(glyph: Glyph, faces: Faces) -> Path:
    """The I of words: a stem as high and as thick as the face's H."""
    em = faces.setting(glyph.face, "H").outline("H", vertical=False)
    top = min(float(op[2]) for op in em if len(op) > 2)
    width = _STEM * glyph.size_mm
    middle = glyph.box.centre[0]
    return rect(middle - width / 2, glyph.at[1] + top * glyph.size_mm, width, -top * glyph.size_mm)


def _plain_capitals(glyphs: Sequence[Glyph]) -> frozenset[int]:
    """Places of the capital I's that are letters of a word, not the pronoun."""
    found = {
        i
        for i, glyph in enumerate(glyphs)
        if glyph.text == "I"
        and glyph.face == CROSSBARRED
        and any(_touches(glyph, other) and other.text.isalpha() for other in _neighbours(glyphs, i))
    }
    return frozenset(found)


def _neighbours(glyphs: Sequence[Glyph], i: int) -> Iterable[Glyph]:
    return (*glyphs[max(0, i - 1) : i], *glyphs[i + 1 : i + 2])


def _touches(a: Glyph, b: Glyph) -> bool:
    gap = max(a.box.x, b.box.x) - min(a.box.right, b.box.right)
    return abs(a.at[1] - b.at[1]) < 0.01 and gap < 0.12 * a.size_mm


def _scaled(path: Path, sx: float, sy: float, dx: float, dy: float) -> Path:
    return mapped(path, lambda x, y: (x * sx + dx, y * sy + dy))


def turned(path: Path, centre: Point, turn: float) -> Path:
    c, s = cos(turn), sin(turn)
    cx, cy = centre
    return mapped(path, lambda x, y: (cx + c * (x - cx) - s * (y - cy), cy + s * (x - cx) + c * (y - cy)))
