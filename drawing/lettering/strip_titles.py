"""Sets the titles of strips: their words and places in, type that fits out. Millimetres of the page."""

from drawing.lettering.fonts import Faces
from drawing.lettering.horizontal_text import in_capitals, set_level
from manga.brief import Language
from manga.comic_strips import StripHead
from manga.geometry import Rect
from manga.lettering import FaceName, Glyph, StripTitle, TextRun
from manga.values import Span

HEAD_Q = {Language.JA: 22.0, Language.EN: 22.0}
"""Size of a title on a B4 manuscript."""
Q_MM = 0.25
_NOWHERE = Span(start=0, end=0)
"""Titles are the book's words, not the story's."""


def set_head(head: StripHead, language: Language, scale: float, found: Faces) -> StripTitle:
    """A title in one line in the middle of its place; as much smaller as it must be."""
    face: FaceName = "gothic_heavy" if language is Language.JA else "comic"
    words = head.title if language is Language.JA else in_capitals(head.title)
    size = min(HEAD_Q[language] * Q_MM * scale, head.box.height)
    run = set_level([words], head.title, _NOWHERE, face, size, found)
    if run.box.width > head.box.width:
        run = set_level([words], head.title, _NOWHERE, face, size * head.box.width / run.box.width, found)
    (x, y), (w, h) = head.box.centre, (run.box.width, run.box.height)
    return StripTitle(panel=head.panel, text=moved_run(run, x - w / 2, y - h / 2))


def moved_run(run: TextRun, dx: float, dy: float) -> TextRun:
    """A run at another place."""

    def moved(glyph: Glyph) -> Glyph:
        x, y = glyph.at
        return glyph.model_copy(
            update={"at": (round(x + dx, 3), round(y + dy, 3)), "box": _rounded(glyph.box.moved(dx, dy))}
        )

    return run.model_copy(
        update={
            "glyphs": tuple(map(moved, run.glyphs)),
            "ruby": tuple(map(moved, run.ruby)),
            "box": _rounded(run.box.moved(dx, dy)),
        }
    )


def _rounded(rect: Rect) -> Rect:
    return Rect(x=round(rect.x, 3), y=round(rect.y, 3), width=round(rect.width, 3), height=round(rect.height, 3))
