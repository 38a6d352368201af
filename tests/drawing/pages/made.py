"""Scene graphs made by hand, without artist or letterer: a book in which every gate holds, to be spoilt on purpose.

A page has three tiers: two panels, one, two. All but the second panel have a figure's words in a balloon whose tail
points to the figure's mouth.
"""

from collections.abc import Callable, Sequence
from math import hypot

from drawing.ink.paths import poly, rect, to_data, union
from manga.artwork import FigureAnchors
from manga.book import PageGraph, PanelNode
from manga.geometry import Point, Rect
from manga.lettering import Balloon, BalloonKind, Glyph, TextRun
from manga.paper import PAPERS, Direction, PaperName, Side, side_of
from manga.values import Span

B5 = PAPERS[PaperName.B5]
BOXES = (
    Rect(x=71, y=18.5, width=95, height=70),
    Rect(x=16, y=18.5, width=51.6, height=70),
    Rect(x=16, y=93.5, width=150, height=70),
    Rect(x=93, y=168.5, width=73, height=70),
    Rect(x=16, y=168.5, width=73.6, height=70),
)
HEIGHTS = (80, 70, 60)
"""Of the tiers of even pages, so that no two neighbours are cut alike."""
SHOTS = ("medium", "bust", "full", "medium", "long")
IMPORTANCE = (3, 1, 4, 2, 2)
SILENT = 1
WORDS = "あいうえおかきくけこさしすせそたちつてとなにぬね"
COLUMN = 8
PAGES = 8
LONGEST_TAIL = 30.0
"""From the balloon's middle, millimetres."""


def run(words: str, right: float, top: float, number: int, size: float = 4.0, column: int = COLUMN) -> TextRun:
    """Columns of eight letters from a right edge leftwards."""
    glyphs = []
    for i, letter in enumerate(words):
        x, y = right - 1.25 * size * (i // column) - size, top + size * (i % column)
        box = Rect(x=x, y=y, width=size, height=size)
        glyphs.append(Glyph(text=letter, face="antique", at=(x + size / 2, y), size_mm=size, vertical=True, box=box))
    columns = -(-len(words) // column)
    width, height = size * (1 + 1.25 * (columns - 1)), size * min(column, len(words))
    span = Span(start=number * 100, end=number * 100 + len(words))
    box = Rect(x=right - width, y=top, width=width, height=height)
    return TextRun(source=words, span=span, vertical=True, size_q=size * 4, glyphs=tuple(glyphs), box=box)


def figure(box: Rect) -> FigureAnchors:
    x, y = box.centre[0], box.y
    return FigureAnchors(
        character="c01",
        body=Rect(x=x - 14, y=y + 42, width=28, height=28),
        head=Rect(x=x - 8, y=y + 42, width=16, height=20),
        face=Rect(x=x - 6, y=y + 46, width=12, height=13),
        mouth=(x, y + 56),
    )


def balloon(number: int, order: int, box: Rect, words: str = WORDS, size: float = 4.0, column: int = COLUMN) -> Balloon:
    text = run(words, box.right - 3, box.y + 3, number, size, column)
    body = text.box.inset(-2) if column > COLUMN else Rect(x=box.right - 20, y=box.y + 1, width=19, height=36)
    mouth = figure(box).mouth
    assert mouth is not None
    tip = short_of(body.centre, mouth, 13, LONGEST_TAIL)
    tail = poly(((body.x + 4, body.bottom - 6), (body.x + 8, body.bottom - 3), tip))
    return Balloon(
        key=f"l{number:04}.1",
        panel=f"b{number:04}",
        line=f"l{number:04}",
        kind=BalloonKind.SPEECH,
        speaker="c01",
        outline=to_data(union(rect(body.x, body.y, body.width, body.height), tail)),
        polygon=body.polygon(),
        tail_tip=tip,
        aims_at=mouth,
        text=text,
        order=order,
    )


def short_of(start: Point, end: Point, by: float, most: float = 1e9) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    k = min(1 - by / hypot(dx, dy), most / hypot(dx, dy))
    return (start[0] + dx * k, start[1] + dy * k)


def boxes_of(number: int) -> tuple[Rect, ...]:
    """The panels of a page."""
    if number % 2:
        return BOXES
    tops = (18.5, 18.5 + HEIGHTS[0] + 5, 18.5 + HEIGHTS[0] + HEIGHTS[1] + 10)
    tiers = (0, 0, 1, 2, 2)
    return tuple(
        Rect(x=box.x, y=tops[tier], width=box.width, height=HEIGHTS[tier])
        for box, tier in zip(BOXES, tiers, strict=True)
    )


def panel(number: int, box: Rect, importance: int, spans: tuple[Span, ...] = ()) -> PanelNode:
    return PanelNode(
        key=f"b{number:04}",
        address=f"p01.k{number % 10}",
        polygon=box.polygon(),
        importance=importance,
        role="hook" if number % 10 == len(BOXES) - 1 else "talk",
        shot=SHOTS[number % 10],
        speakers=("c01",) if spans else (),
        picture=f"blob-{number}",
        media_type="application/x-manga-art+json",
        picture_box=box,
        figures=(figure(box),),
        spans=spans,
    )


def page(number: int) -> PageGraph:
    first = number * 10
    boxes = boxes_of(number)
    spoken = [i for i in range(len(boxes)) if i != SILENT]
    balloons = tuple(balloon(first + i, order, boxes[i]) for order, i in enumerate(spoken))
    spans = {b.panel: (b.text.span,) for b in balloons}
    panels = tuple(
        panel(first + i, box, IMPORTANCE[i], spans.get(f"b{first + i:04}", ())) for i, box in enumerate(boxes)
    )
    return PageGraph(
        key=f"g{number:03}",
        number=number,
        side=side_of(number, Side.LEFT),
        direction=Direction.RTL,
        paper=PaperName.B5,
        trim=B5.trim,
        bleed=B5.bleed,
        live=B5.live,
        language="ja",
        title="星",
        panels=panels,
        balloons=balloons,
        folio=number,
    )


def book(pages: int = PAGES) -> tuple[PageGraph, ...]:
    return tuple(page(number) for number in range(1, pages + 1))


def with_balloon(graph: PageGraph, at: int, change: Callable[[Balloon], Balloon]) -> PageGraph:
    found = tuple(change(b) if i == at else b for i, b in enumerate(graph.balloons))
    return graph.model_copy(update={"balloons": found})


def with_panel(graph: PageGraph, at: int, **update: object) -> PageGraph:
    found = tuple(p.model_copy(update=update) if i == at else p for i, p in enumerate(graph.panels))
    return graph.model_copy(update={"panels": found})


def without_panel(graph: PageGraph, at: int) -> PageGraph:
    gone = graph.panels[at].key
    return graph.model_copy(
        update={
            "panels": tuple(p for p in graph.panels if p.key != gone),
            "balloons": tuple(b for b in graph.balloons if b.panel != gone),
        }
    )


def silenced(graph: PageGraph, at: int) -> PageGraph:
    """A panel without its words, which the story does not have either."""
    quiet = with_panel(graph, at, spans=())
    return quiet.model_copy(update={"balloons": tuple(b for b in graph.balloons if b.panel != graph.panels[at].key)})


def each(pages: Sequence[PageGraph], change: Callable[[PageGraph], PageGraph]) -> tuple[PageGraph, ...]:
    return tuple(change(graph) for graph in pages)
