"""The title page (扉): the book's facts and the best picture of its hero in, a scene graph out.

The title is set large, upright for Japanese and level for English; the picture is one that the book holds already, so
it costs nothing and fits the story.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from drawing.lettering.breaking import ways
from drawing.lettering.cells import cells
from drawing.lettering.fonts import Faces
from drawing.lettering.horizontal import line_ways, set_level
from drawing.lettering.page import moved_run
from drawing.lettering.punctuation import Words
from drawing.lettering.vertical import Hand, set_vertically
from drawing.pages.scene import BookFacts, blank_page, pictured
from manga.artwork import FigureAnchors, PanelArt
from manga.book import PageGraph, PanelNode
from manga.geometry import Rect
from manga.lettering import Balloon, BalloonKind, FaceName, TextRun
from manga.paper import Side
from manga.storyboard import PanelDraft, Shot, Storyboard
from manga.values import Span

KEY = "title"
TITLE_B4_MM = 27.0
AUTHOR_B4_MM = 6.6
MOST_ENLARGED = 1.9
_NOWHERE = Span(start=0, end=0)
_NEAR = {Shot.BUST: 1.2, Shot.CLOSE: 0.9, Shot.MEDIUM: 1.0, Shot.FULL: 0.6, Shot.LONG: 0.1, Shot.ESTABLISHING: 0.1}


def title_page(
    facts: BookFacts, side: Side, storyboard: Storyboard, art: Mapping[str, PanelArt], faces: Faces
) -> PageGraph:
    """The page before page 1."""
    upright = facts.language == "ja"
    page = blank_page(KEY, 0, side, facts).model_copy(update={"kind": "title"})
    texts, free = _upright(page, facts, faces) if upright else _level(page, facts, faces)
    chosen = _chosen(storyboard, art)
    panels = (_panel(chosen[0], chosen[1], free),) if chosen else ()
    return page.model_copy(update={"panels": panels, "balloons": texts})


def _upright(page: PageGraph, facts: BookFacts, faces: Faces) -> tuple[tuple[Balloon, ...], Rect]:
    """Title at the upper right, author at its foot to the left; the picture has what is left."""
    frame = _frame(page)
    size = TITLE_B4_MM * facts.paper.scale
    words = Words(facts.title)
    columns = ways(cells(words), words.text)[0].columns if len(facts.title) > 9 else (cells(words),)
    longest = max(sum(cell.length for cell in column) for column in columns)
    size = min(size, 0.72 * frame.height / max(longest, 1.0), 0.3 * frame.width / (1.28 * len(columns)))
    run = set_vertically(columns, facts.title, _NOWHERE, Hand("antique", "antique", size), faces)
    left = frame.right - 0.35 * size - run.box.width
    texts = [_text("title", moved_run(run, left, frame.y + 0.5 * size), 0)]
    if facts.author:
        small = AUTHOR_B4_MM * facts.paper.scale
        small = min(small, 0.5 * frame.height / max(1, len(facts.author)))
        author = set_vertically(
            (cells(Words(facts.author)),), facts.author, _NOWHERE, Hand("antique", "antique", small), faces
        )
        left -= author.box.width + 0.9 * small
        top = frame.y + 0.5 * size + max(0.0, run.box.height - author.box.height)
        texts.append(_text("author", moved_run(author, left, top), 1))
    gap = 5 * facts.paper.scale
    free = Rect(x=frame.x, y=frame.y, width=max(1.0, left - gap - frame.x), height=frame.height)
    return tuple(texts), free


def _level(page: PageGraph, facts: BookFacts, faces: Faces) -> tuple[tuple[Balloon, ...], Rect]:
    """Title across the top, author below it, the picture under both."""
    frame = _frame(page)
    size = TITLE_B4_MM * facts.paper.scale
    y = frame.y + 0.3 * size
    texts: list[Balloon] = []
    lines: tuple[tuple[str, str, FaceName, float], ...] = (("title", facts.title, "comic_sfx", size),)
    if facts.author:
        lines = (*lines, ("author", facts.author, "comic", AUTHOR_B4_MM * facts.paper.scale))
    for order, (key, words, face, height) in enumerate(lines):
        run = _fitting(words, face, height, frame, faces)
        texts.append(_text(key, moved_run(run, frame.centre[0] - run.box.width / 2, y), order))
        y += run.box.height + 0.4 * height
    gap = 3 * facts.paper.scale
    return tuple(texts), Rect(x=frame.x, y=y + gap, width=frame.width, height=max(1.0, frame.bottom - y - gap))


def _fitting(words: str, face: FaceName, size: float, frame: Rect, faces: Faces) -> TextRun:
    way = min(line_ways(words, face, faces), key=len)
    run = set_level(way, words, _NOWHERE, face, size, faces)
    shrink = min(1.0, frame.width / run.box.width, 0.3 * frame.height / run.box.height)
    return run if shrink == 1.0 else set_level(way, words, _NOWHERE, face, size * shrink, faces)


def _frame(page: PageGraph) -> Rect:
    return page.live.inset(0.03 * page.live.width)


def _text(key: str, run: TextRun, order: int) -> Balloon:
    return Balloon(
        key=key,
        panel=KEY,
        line=key,
        kind=BalloonKind.MONOLOGUE,
        polygon=run.box.polygon(),
        text=run,
        order=order,
    )


def _panel(draft: PanelDraft, art: PanelArt, free: Rect) -> PanelNode:
    """The picture as large as the free space and its lines allow, in the lower middle."""
    per_unit = 1.0 if art.media_type.endswith("json") else free.width / art.width
    scale = min(free.width / art.width, 0.92 * free.height / art.height, MOST_ENLARGED * per_unit)
    width, height = art.width * scale, art.height * scale
    box = Rect(
        x=free.x + (free.width - width) / 2, y=free.y + (free.height - height) * 0.86, width=width, height=height
    )
    node = PanelNode(
        key=KEY,
        address="p00.k1",
        polygon=box.polygon(),
        importance=5,
        role="splash",
        shot=draft.direction.shot.value,
        scene=draft.scene,
        picture="",
        media_type="",
        picture_box=box,
    )
    return pictured(node, art, box.polygon())


def _chosen(storyboard: Storyboard, art: Mapping[str, PanelArt]) -> tuple[PanelDraft, PanelArt] | None:
    """The panel whose picture shows the hero best; the weightiest picture when nobody is shown."""
    drawn = [(p, art[p.key]) for p in storyboard.panels() if p.key in art and art[p.key].status == "drawn"]
    if not drawn:
        return None
    hero = _hero([a for _, a in drawn])
    return max(drawn, key=lambda pair: (_merit(pair[0], pair[1], hero), -_number(storyboard, pair[0])))


def _number(storyboard: Storyboard, panel: PanelDraft) -> int:
    return storyboard.panels().index(panel)


def _hero(art: Sequence[PanelArt]) -> str | None:
    """Who is seen most often with a face."""
    seen = Counter(f.character for a in art for f in a.figures if f.face is not None)
    return min(seen, key=lambda name: (-seen[name], name)) if seen else None


def _merit(panel: PanelDraft, art: PanelArt, hero: str | None) -> float:
    figure = next((f for f in art.figures if f.character == hero and f.face is not None), None)
    alone = len(art.figures) == 1
    aspect = art.width / art.height
    return (
        (2.0 + _NEAR.get(panel.direction.shot, 0.0) + 0.6 * alone + _whole(figure) if figure else 0.0)
        + 0.25 * panel.importance
        - 0.8 * abs(aspect - 0.8)
        - (0.5 if art.ink > 0.5 else 0.0)
    )


def _whole(figure: FigureAnchors) -> float:
    """Better when the whole head is in the picture."""
    head = figure.head or figure.face
    inside = head is not None and Rect(x=0, y=0, width=1, height=1).contains(head)
    return 0.6 if inside else -0.6
