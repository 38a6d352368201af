"""Sets horizontal English: capitals in centred lines shaped like a diamond, after Blambot's conventions.

Top left of the box at (0, 0), millimetres. Dashes become `--`; the pronoun's I alone keeps its crossbars
(`drawing.lettering.glyph_outlines` draws the others plain).
"""

import re
from collections.abc import Iterator, Sequence
from math import pi, sin

from drawing.lettering.fonts import Faces, Typeface
from drawing.lettering.punctuation import is_control
from drawing.lettering.vertical_text import Q_MM
from manga.geometry import Rect
from manga.lettering import FaceName, Glyph, TextRun
from manga.values import Span

LEADING = 1.1
ASCENT = 0.78
MAX_LETTERS = 22
"""Letters on the widest line of a usual balloon."""
OVERLONG = 2.5
"""No line of several words is this many times as long as the middle one."""
MOST_WAYS = 9
MOST_ENDS = 48
LONG_WORD = 12
"""Letters of a word, its space among them, that may well have a line to itself."""
LONE_LAST, LONE_FIRST = 0.35, 0.08
_SMALL_WORDS = frozenset({"A", "AN", "THE", "I", "OF", "TO", "MY", "HIS", "HER", "YOUR", "IN", "ON", "AT"})
_DASH = re.compile(r"\s*[—―–─]+\s*|\s+--?\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})


def in_capitals(text: str) -> str:
    """The words as letterers write them."""
    plain = "".join(c for c in text if not is_control(c))
    return " ".join(_DASH.sub("--", plain).translate(_QUOTES).upper().split())


def words_of(text: str) -> tuple[str, ...]:
    """Pieces between which a line may break; a piece ends with its space or its dashes. Overlong ones are cut."""
    pieces: list[str] = []
    for word in text.split(" "):
        halves = re.split(r"(?<=--)(?=[^\s.,!?\"'-])", word)
        pieces += [*halves[:-1], halves[-1] + " "]
    return tuple(part for piece in pieces for part in _cut(piece))


def _cut(piece: str) -> Iterator[str]:
    for start in range(0, len(piece), MAX_LETTERS):
        yield piece[start : start + MAX_LETTERS]


def line_ways(text: str, face: FaceName, faces: Faces) -> tuple[tuple[str, ...], ...]:
    """Ways to break a text into lines, best first, each with another number of lines."""
    pieces = words_of(in_capitals(text))
    widths = [_width(piece, face, faces) for piece in pieces]
    total = sum(widths)
    usual = MAX_LETTERS * 0.62
    fewest = max(1, int(total / (usual * 1.25)))
    most = min(len(pieces), max(fewest, round((total * 1.1) ** 0.5) + 2))
    found: list[tuple[float, tuple[str, ...]]] = []
    for n in range(max(min(fewest, most), most - MOST_WAYS), most + 1):
        cost, lines = _diamond(pieces, widths, n)
        wide = max(sum(_width(piece, face, faces) for piece in line) for line in lines)
        found.append((cost + _shape_cost(wide, n, usual), tuple("".join(line).strip() for line in lines)))
    found.sort(key=lambda way: (way[0], len(way[1])))
    return tuple(lines for _, lines in found)


def _shape_cost(wide: float, lines: int, usual: float) -> float:
    aspect = wide / (lines * LEADING) / 1.55
    off = abs(aspect - 1) if aspect >= 1 else 1 / aspect - 1
    return 0.22 * off + 0.5 * max(0.0, wide - usual)


def _diamond(pieces: Sequence[str], widths: Sequence[float], n: int) -> tuple[float, list[tuple[str, ...]]]:
    """The least uneven way to break into `n` lines whose widths follow a diamond."""
    profile = [0.62 + 0.38 * sin(pi * (i + 0.5) / n) for i in range(n)]
    unit = max(sum(widths) / sum(profile), 1e-6)
    sums = [0.0]
    for width in widths:
        sums.append(sums[-1] + width)

    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for line in range(n):
        reached: dict[int, tuple[float, int]] = {}
        for start, (spent, _) in best[line].items():
            for end in _line_ends(sums, start, len(pieces) - (n - line - 1), unit, last=line == n - 1):
                uneven = ((sums[end] - sums[start]) / unit - profile[line]) ** 2
                cost = spent + uneven + _rag_cost(pieces[start:end], line, n)
                if end not in reached or cost < reached[end][0]:
                    reached[end] = (cost, start)
        best.append(reached if len(reached) <= MOST_ENDS else _cheapest(reached))
    lines: list[tuple[str, ...]] = []
    end = len(pieces)
    for line in range(n, 0, -1):
        start = best[line][end][1]
        lines.append(tuple(pieces[start:end]))
        end = start
    return best[n][len(pieces)][0], lines[::-1]


def _cheapest(reached: dict[int, tuple[float, int]]) -> dict[int, tuple[float, int]]:
    """The ends worth following in a long text."""
    return dict(sorted(reached.items(), key=lambda entry: (entry[1][0], entry[0]))[:MOST_ENDS])


def _line_ends(sums: Sequence[float], start: int, limit: int, unit: float, *, last: bool) -> Iterator[int]:
    """Where a line may end: never so far that it would be a multiple of the usual width."""
    if last:
        yield limit
        return
    for end in range(start + 1, limit + 1):
        if end > start + 1 and sums[end] - sums[start] > OVERLONG * unit:
            return
        yield end


def _rag_cost(line: Sequence[str], i: int, n: int) -> float:
    """A single word is left for the last line, or begins, only where nothing else fits; small words begin a line."""
    last = i == n - 1
    lone = len(line) == 1 and n > 1 and len(line[0]) < LONG_WORD
    hanging = not last and line[-1].strip() in _SMALL_WORDS
    return (LONE_LAST if lone and last else LONE_FIRST if lone and i == 0 else 0.0) + 0.03 * hanging


def set_level(lines: Sequence[str], source: str, span: Span, face: FaceName, size_mm: float, faces: Faces) -> TextRun:
    """Set lines one below the other, each centred."""
    widths = [_width(line, face, faces) * size_mm for line in lines]
    width = max(widths)
    glyphs: list[Glyph] = []
    for i, line in enumerate(lines):
        baseline = (i * LEADING + ASCENT) * size_mm
        glyphs.extend(_line(line, (width - widths[i]) / 2, baseline, face, size_mm, faces))
    height = ((len(lines) - 1) * LEADING + 1) * size_mm
    return TextRun(
        source=source,
        span=span,
        vertical=False,
        size_q=round(size_mm / Q_MM, 2),
        glyphs=tuple(glyphs),
        box=Rect(x=0, y=0, width=width, height=height),
    )


def _line(text: str, x: float, baseline: float, face: FaceName, size_mm: float, faces: Faces) -> Iterator[Glyph]:
    for character, advance in _advances(text, face, faces):
        width = advance * size_mm
        if not character.isspace():
            box = Rect(x=x, y=baseline - ASCENT * size_mm, width=width, height=size_mm)
            yield Glyph(text=character, face=face, at=(x, baseline), size_mm=size_mm, vertical=False, box=box)
        x += width


def _advances(text: str, face: FaceName, faces: Faces) -> list[tuple[str, float]]:
    """Each character with its kerned advance; one by one when the face does not set them one to one."""
    typeface: Typeface = faces.setting(face, text)
    shaped = typeface.shape(text, vertical=False)
    if len(shaped) == len(text):
        return [(c, s.advance) for c, s in zip(text, shaped, strict=True)]
    return [(c, faces.setting(face, c).width(c)) for c in text]


def _width(text: str, face: FaceName, faces: Faces) -> float:
    return sum(advance for _, advance in _advances(text, face, faces))
