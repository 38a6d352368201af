"""Makes a page's scene graph from its storyboard, pictures and letters. Geometry is copied, not made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drawing.ink.paths import (
    from_data,
    placed,
    to_data,
)
from drawing.layout.spreads import to_second
from drawing.lettering.figure_anchors import MIDDLE, breakout_on_page, figures_on_page, picture_box
from drawing.pages.breakouts import with_clear_breakouts
from manga.artwork import PanelArt
from manga.book import PageGraph, PanelNode
from manga.concept import Genre
from manga.geometry import Point, Polygon, Rect
from manga.lettering import PageLettering
from manga.paper import PAPERS, Direction, Paper, Side
from manga.storyboard import LinePart, PanelDraft, PanelFrame, Storyboard, StoryPage
from manga.values import Span


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What every page of a book shares."""

    title: str
    author: str | None
    language: str
    direction: Direction
    paper: Paper
    genre: Genre | None = None
    """The leading one; decides in which face the title is set."""


def body_page(
    page: StoryPage, art: Mapping[str, PanelArt], lettering: PageLettering, facts: BookFacts, number: int
) -> PageGraph:
    """The graph of a story page. Panels whose picture is missing are left out of `art` and stay white."""
    nodes = tuple(
        _node(panel, page.frame(panel.key), art.get(panel.key), f"p{number:02}.k{i}")
        for i, panel in enumerate(page.panels, start=1)
    )
    graph = blank_page(page.key, number, page.side, facts).model_copy(
        update={
            "panels": nodes,
            "balloons": lettering.balloons,
            "sfx": lettering.sfx,
            "folio": number,
            "layout": page.layout.name,
            "titles": lettering.titles,
            "spread": page.spread,
        }
    )
    return with_clear_breakouts(graph)


def body_pages(
    storyboard: Storyboard, art: Mapping[str, PanelArt], letters: Mapping[str, PageLettering], facts: BookFacts
) -> Iterator[PageGraph]:
    """The graphs of all story pages in order; `letters` by page key, pages without any are bare."""
    before: PageGraph | None = None
    for page in storyboard.pages:
        graph = body_page(page, art, letters.get(page.key, PageLettering(page=page.key)), facts, page.number)
        before = second_half(before, graph) if page.spread == "second" and before is not None else graph
        yield before


def second_half(first: PageGraph, second: PageGraph) -> PageGraph:
    """The page that shows the other half of the panel of the page before it, and of the sounds in it."""
    dx = to_second(PAPERS[first.paper], first.direction)
    nodes = (panel.model_copy(update=_aside(panel, dx)) for panel in first.panels)
    sounds = (
        sfx.model_copy(
            update={
                "outline": to_data(placed(from_data(sfx.outline), dx, 0.0, 1.0)),
                "polygon": tuple((round(x + dx, 3), y) for x, y in sfx.polygon),
            }
        )
        for sfx in first.sfx
    )
    return second.model_copy(update={"panels": tuple(nodes), "sfx": tuple(sounds)})


def _aside(panel: PanelNode, dx: float) -> dict[str, object]:
    def moved(box: Rect | None) -> Rect | None:
        return box.moved(dx, 0) if box is not None else None

    figures = (
        figure.model_copy(
            update={
                "body": moved(figure.body),
                "head": moved(figure.head),
                "face": moved(figure.face),
                "mouth": (figure.mouth[0] + dx, figure.mouth[1]) if figure.mouth else None,
                "hands": tuple(hand.moved(dx, 0) for hand in figure.hands),
            }
        )
        for figure in panel.figures
    )
    return {
        "polygon": tuple((round(x + dx, 3), y) for x, y in panel.polygon),
        "picture_box": panel.picture_box.moved(dx, 0),
        "figures": tuple(figures),
        "spans": (),
        "speakers": (),
    }


def blank_page(key: str, number: int, side: Side, facts: BookFacts) -> PageGraph:
    paper = facts.paper
    return PageGraph(
        key=key,
        number=number,
        side=side,
        direction=facts.direction,
        paper=paper.name,
        trim=paper.trim,
        bleed=paper.bleed,
        live=paper.live,
        language=facts.language,
        title=facts.title,
    )


def _node(panel: PanelDraft, frame: PanelFrame, art: PanelArt | None, address: str) -> PanelNode:
    parts = panel.dialogue.parts
    node = PanelNode(
        key=panel.key,
        address=address,
        polygon=frame.polygon,
        borderless=frame.borderless,
        bleeds=frame.bleeds,
        importance=panel.importance,
        role=panel.role.value,
        shot=panel.direction.shot.value,
        fixed_camera=panel.direction.fixed_camera,
        flashback=panel.direction.flashback,
        scene=panel.scene,
        speakers=tuple(dict.fromkeys(p.speaker for p in parts if p.speaker)),
        picture="",
        media_type="",
        picture_box=Rect(x=0, y=0, width=0, height=0),
        placeholder=True,
        spans=_spans(parts),
    )
    return pictured(node, art, frame.polygon) if art is not None else node


def pictured(node: PanelNode, art: PanelArt, polygon: Polygon, focus: Point = MIDDLE) -> PanelNode:
    """The panel with its picture behind it; `focus` is what of the picture is seen first when not all of it is."""
    return node.model_copy(
        update={
            "picture": art.blob,
            "media_type": art.media_type,
            "picture_box": picture_box(polygon, art.width, art.height, focus),
            "figures": figures_on_page(art, polygon, focus),
            "breakout": breakout_on_page(art, polygon, focus),
            "placeholder": art.status != "drawn",
        }
    )


def _spans(parts: tuple[LinePart, ...]) -> tuple[Span, ...]:
    return tuple(part.span for part in parts)
