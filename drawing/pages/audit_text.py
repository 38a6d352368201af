"""Audits the text of one page, recomputed from glyphs: letters lost, kinsoku, missing glyphs, the smallest type."""

from collections.abc import Sequence
from itertools import pairwise

from drawing.lettering.fonts import Faces
from drawing.lettering.glyph_outlines import missing_glyphs
from drawing.lettering.kinsoku import violations
from drawing.lettering.punctuation import letters, lost
from manga.book import PageGraph
from manga.lettering import Balloon, Glyph, TextRun
from manga.paper import PAPERS, PaperName
from manga.values import Span

LATIN_CANNOT_BEGIN = frozenset(",.!?;:)")


def drawn(run: TextRun) -> str:
    """The words in the order in which they are read: columns from the right, or lines from the top."""
    return "".join(rows(run))


def rows(run: TextRun) -> list[str]:
    """Columns or lines of a run, found by where the glyphs are, not by their order."""
    lines: dict[float, list[Glyph]] = {}
    for glyph in run.glyphs:
        lines.setdefault(_line(glyph, run, lines), []).append(glyph)
    keys = sorted(lines, reverse=run.vertical)
    return ["".join(g.text for g in sorted(lines[key], key=lambda g: _along(g, run))) for key in keys]


def _line(glyph: Glyph, run: TextRun, known: dict[float, list[Glyph]]) -> float:
    where = glyph.box.centre[0] if run.vertical else glyph.box.centre[1]
    near = 0.4 * glyph.size_mm
    return next((key for key in known if abs(key - where) < near), where)


def _along(glyph: Glyph, run: TextRun) -> float:
    return glyph.box.y if run.vertical else glyph.box.x


def letters_lost(page: PageGraph) -> int:
    """Characters of texts that are not drawn, and whole texts of a panel that have no balloon."""
    missing = sum(lost(balloon.text.source, drawn(balloon.text)) for balloon in page.balloons)
    shown = {balloon.text.span for balloon in page.balloons} | {sfx.span for sfx in page.sfx} | _in_two(page)
    wanted = {span for panel in page.panels for span in panel.spans}
    return missing + sum(_length(span) for span in wanted - shown)


def _in_two(page: PageGraph) -> set[Span]:
    """Places in the source of texts that were too long for one balloon and stand in two."""
    pairs = pairwise(sorted(page.balloons, key=lambda balloon: balloon.order))
    return {
        Span(start=a.text.span.start, end=b.text.span.end)
        for a, b in pairs
        if a.line == b.line and a.text.span.end == b.text.span.start
    }


def _length(span: Span) -> int:
    return max(1, span.end - span.start)


def kinsoku_breaks(page: PageGraph) -> int:
    return sum(_breaks(balloon) for balloon in page.balloons)


def _breaks(balloon: Balloon) -> int:
    found: Sequence[str] = rows(balloon.text)
    if balloon.text.vertical:
        return violations(found)
    return sum(1 for row in found[1:] if row and row[0] in LATIN_CANNOT_BEGIN and not row.startswith("..."))


def glyphs_missing(page: PageGraph, faces: Faces) -> int:
    in_sounds = sum(1 for sfx in page.sfx for c in sfx.text if faces.lacks(c))
    return in_sounds + sum(missing_glyphs(balloon.text, faces) for balloon in page.balloons)


def smallest_q(page: PageGraph) -> float | None:
    """The smallest body type, in Q as it would be on B5."""
    scale = PAPERS[PaperName.B5].scale / PAPERS[page.paper].scale
    sizes = [
        min(g.size_mm for g in balloon.text.glyphs) * 4 * scale for balloon in page.balloons if balloon.text.glyphs
    ]
    return min(sizes, default=None)


def letter_count(page: PageGraph) -> int:
    return sum(len(letters(drawn(balloon.text))) for balloon in page.balloons)
