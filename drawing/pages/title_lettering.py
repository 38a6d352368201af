"""Sets the words of a title page large: page and facts in, texts and the space they take out.

Japanese stands in columns at the upper right, English in lines across the top. The type is as large as its share of
the page allows, so a title of three letters and one of sixty both fill their place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from drawing.lettering.break_into_columns import Column
from drawing.lettering.fonts import Faces
from drawing.lettering.horizontal_text import line_ways, set_level
from drawing.lettering.kinsoku import may_break
from drawing.lettering.letter_page import moved_run
from drawing.lettering.punctuation import Words
from drawing.lettering.vertical_cells import TypeCell, cells
from drawing.lettering.vertical_text import LEADING, TypeFaces, set_vertically
from drawing.pages.scene_graph import BookFacts
from manga.book import PageGraph
from manga.concept import Genre
from manga.geometry import Rect, bounds
from manga.lettering import Balloon, BalloonKind, FaceName, TextRun
from manga.paper import PAPERS
from manga.values import Span

KEY = "title"
TITLE_B4_MM = 42.0
AUTHOR_B4_MM = 7.0
MOST_COLUMNS = 6
FEWER = 0.88
"""How much smaller type may be for one column less."""
UPRIGHT_SHARE = (0.28, 0.68)
LEVEL_SHARE = (0.96, 0.25)
"""How much of the text area's width and height a title may take."""
_NOWHERE = Span(start=0, end=0)
_JOINT = 1.2
"""A column may be so many em longer to end with a phrase."""
STANDARD: FaceName = "antique"
_FACES: dict[Genre, FaceName] = {
    Genre.SCHOOL: "heavy",
    Genre.COMEDY: "pop",
    Genre.ADVENTURE: "sharp",
    Genre.SCIENCE_FICTION: "heavy",
    Genre.HORROR: "sharp",
}


@dataclass(frozen=True, slots=True)
class TitleType:
    """Texts in reading order, the title first, and the box around all of them."""

    texts: tuple[Balloon, ...]
    block: Rect


def set_title(page: PageGraph, facts: BookFacts, faces: Faces) -> TitleType:
    texts = tuple(_upright(page, facts, faces) if facts.language == "ja" else _level(page, facts, faces))
    return TitleType(texts, bounds(corner for text in texts for corner in text.polygon))


def display_face(facts: BookFacts, faces: Faces) -> FaceName:
    """The face that fits the genre and has every letter of the title."""
    wanted: list[FaceName] = [_FACES[facts.genre]] if facts.genre in _FACES else []
    letters = [c for c in facts.title if not c.isspace()]
    return next((face for face in (*wanted, STANDARD) if all(faces[face].has(c) for c in letters)), "gothic_heavy")


def _upright(page: PageGraph, facts: BookFacts, faces: Faces) -> Iterator[Balloon]:
    area, scale = _area(page), PAPERS[page.paper].scale
    face = display_face(facts, faces)
    columns, size = _columns(facts.title, UPRIGHT_SHARE[0] * area.width, UPRIGHT_SHARE[1] * area.height)
    size = min(size, TITLE_B4_MM * scale)
    run = set_vertically(columns, facts.title, _NOWHERE, TypeFaces(face, face, size), faces)
    left, foot = area.right - run.box.width, area.y + run.box.height
    yield _text("title", moved_run(run, left, area.y), 0)
    if facts.author:
        columns, small = _columns(facts.author, 0.08 * area.width, 0.5 * area.height)
        small = min(small, AUTHOR_B4_MM * scale)
        author = set_vertically(columns, facts.author, _NOWHERE, TypeFaces("antique", "antique", small), faces)
        top = max(area.y, foot - author.box.height)
        yield _text("author", moved_run(author, left - author.box.width - 0.9 * small, top), 1)


def _columns(text: str, width: float, height: float) -> tuple[tuple[Column, ...], float]:
    """The columns that can be set largest in a space, and their size in millimetres."""
    found = []
    for n in range(1, MOST_COLUMNS + 1):
        columns = in_columns(text, n)
        longest = max(sum(cell.length for cell in column) for column in columns)
        size = min(height / max(longest, 1.0), width / (1 + LEADING * (len(columns) - 1)))
        found.append((size * FEWER ** (len(columns) - 1), -n, columns, size))
    *_, columns, size = max(found, key=lambda way: way[:2])
    return columns, size


def in_columns(text: str, n: int) -> tuple[Column, ...]:
    """A text in at most `n` columns of like length, broken at phrases where one ends nearby."""
    words = Words(" ".join(text.split()))
    pieces = cells(words)
    reach = list(accumulate((cell.length for cell in pieces), initial=0.0))
    cuts = {_cut(pieces, reach, reach[-1] * k / n) for k in range(1, n)}
    edges = [0, *sorted(cut for cut in cuts if 0 < cut < len(pieces)), len(pieces)]
    columns = (_trimmed(pieces[a:b]) for a, b in pairwise(edges))
    return tuple(column for column in columns if column) or (pieces,)


def _cut(pieces: Sequence[TypeCell], reach: Sequence[float], wanted: float) -> int:
    """The place between two cells that is nearest to a wanted length, and where a column may end; 0 for none."""

    def cost(i: int) -> float:
        return abs(reach[i] - wanted) - (_JOINT if _begins_phrase(pieces[i - 1].text, pieces[i].text) else 0.0)

    allowed = [i for i in range(1, len(pieces)) if may_break(pieces[i - 1].text, pieces[i].text)]
    return min(allowed, key=lambda i: (cost(i), -i), default=0)


def _begins_phrase(before: str, after: str) -> bool:
    """Titles are nouns tied by particles: a phrase begins after kana that are followed by something else, or a mark."""
    return not before[-1].isalnum() or (_is_hiragana(before[-1]) and not _is_hiragana(after[0]))


def _is_hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"


def _trimmed(column: Column) -> Column:
    filled = [i for i, cell in enumerate(column) if not cell.text.isspace()]
    return column[filled[0] : filled[-1] + 1] if filled else ()


def _level(page: PageGraph, facts: BookFacts, faces: Faces) -> Iterator[Balloon]:
    area, scale = _area(page), PAPERS[page.paper].scale
    face: FaceName = "comic_sfx" if all(faces["comic_sfx"].has(c) for c in facts.title.upper()) else "gothic_heavy"
    room = (LEVEL_SHARE[0] * area.width, LEVEL_SHARE[1] * area.height)
    title = _largest(facts.title, face, TITLE_B4_MM * scale, room, faces)
    yield _text("title", moved_run(title, area.centre[0] - title.box.width / 2, area.y), 0)
    if facts.author:
        author = _largest(facts.author, "comic", AUTHOR_B4_MM * scale, (room[0], 0.05 * area.height), faces)
        gap = 0.9 * AUTHOR_B4_MM * scale
        top = area.y + title.box.height + gap
        yield _text("author", moved_run(author, area.centre[0] - author.box.width / 2, top), 1)


def _largest(words: str, face: FaceName, size: float, room: tuple[float, float], faces: Faces) -> TextRun:
    """The way to break lines that can be set largest."""
    found = []
    for lines in line_ways(words, face, faces):
        run = set_level(lines, words, _NOWHERE, face, size, faces)
        shrink = min(1.0, room[0] / run.box.width, room[1] / run.box.height)
        found.append((round(shrink, 4), -len(lines), lines))
    shrink, _, lines = max(found)
    return set_level(lines, words, _NOWHERE, face, size * shrink, faces)


def _area(page: PageGraph) -> Rect:
    paper = PAPERS[page.paper]
    return paper.text_area.inset(2.0 * paper.scale)


def _text(key: str, run: TextRun, order: int) -> Balloon:
    return Balloon(
        key=key, panel=KEY, line=key, kind=BalloonKind.MONOLOGUE, polygon=run.box.polygon(), text=run, order=order
    )
