"""Makes the title page (扉): the book's words and its picture in, a scene graph out.

The picture is drawn for the page when the hand is ours, and then fills it to the bleed. Otherwise it is one that the
book holds already, and then it keeps beside the words, because nobody knows for sure what would lie under them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from drawing.lettering.figure_anchors import MIDDLE
from drawing.lettering.fonts import Faces
from drawing.pages.scene_graph import BookFacts, blank_page, pictured
from drawing.pages.title_lettering import KEY, TitleType, set_title
from drawing.pages.title_picture import CoverPlan, leads_of, scene_of
from drawing.pages.title_picture_of_two_worlds import OtherWorld, apart, without
from drawing.pages.title_picture_people import Lead
from manga.artwork import FigureAnchors, PanelArt
from manga.book import PageGraph, PanelNode
from manga.characters import Cast
from manga.geometry import Point, Rect, bounds
from manga.paper import Side
from manga.storyboard import PanelDraft, SceneDirection, Shot, Storyboard

OURS = "application/x-manga-art+json"
TALLEST = 1.5
"""How much higher than wide a borrowed picture may be cut, and the other way round."""
NEARLY = 0.85
_NEAR = {Shot.BUST: 1.2, Shot.CLOSE: 0.9, Shot.MEDIUM: 1.0, Shot.FULL: 0.6, Shot.LONG: 0.1, Shot.ESTABLISHING: 0.1}


def cover_plan(
    facts: BookFacts,
    storyboard: Storyboard,
    cast: Cast,
    art: Mapping[str, PanelArt],
    faces: Faces,
    period: str,
    culture: str = "",
) -> CoverPlan | None:
    """What the page's own picture shows; None where it would not look like the book, or there is nothing to show."""
    scene, leads = scene_of(storyboard), leads_of(storyboard, cast)
    other, here = _other_world(storyboard, leads)
    if other:
        scene, leads = here, without(leads, other.lead, storyboard)
    if scene is None or not leads or any(picture.media_type != OURS for picture in art.values()):
        return None
    page = _blank(facts, Side.LEFT)
    block = set_title(page, facts, faces).block
    return CoverPlan(
        width_mm=page.bleed.width,
        height_mm=page.bleed.height,
        title=block.moved(-page.bleed.x, -page.bleed.y),
        title_on_top=facts.language != "ja",
        leads=leads,
        scene=scene,
        looks={person.key: person.look for person in cast.characters},
        period=period,
        other=other,
        culture=culture,
    )


def _other_world(storyboard: Storyboard, leads: Sequence[Lead]) -> tuple[OtherWorld | None, SceneDirection | None]:
    """The world of somebody who never meets the hero, and the hero's own place."""
    away = apart(storyboard, leads) if leads else None
    if away is None:
        return None, None
    there, here = (scene_of(storyboard, who) for who in (away.character, leads[0].character))
    return (OtherWorld(away, there), here) if there and here else (None, None)


def title_page(
    facts: BookFacts,
    side: Side,
    storyboard: Storyboard,
    art: Mapping[str, PanelArt],
    faces: Faces,
    cover: PanelArt | None = None,
) -> PageGraph:
    """The page before page 1. `cover` is a picture of the size of the bleed."""
    page = _blank(facts, side)
    words = set_title(page, facts, faces)
    if cover is not None:
        panels: tuple[PanelNode, ...] = (_whole(cover, page),)
    else:
        chosen = _chosen(storyboard, art)
        panels = (_beside(*chosen, page, words, on_top=facts.language != "ja"),) if chosen else ()
    return page.model_copy(update={"panels": panels, "balloons": words.texts})


def _blank(facts: BookFacts, side: Side) -> PageGraph:
    return blank_page(KEY, 0, side, facts).model_copy(update={"kind": "title"})


def _whole(cover: PanelArt, page: PageGraph) -> PanelNode:
    edges = ("top", "bottom", "left", "right")
    return pictured(_node(page.bleed, edges, Shot.FULL.value, ""), cover, page.bleed.polygon())


def _beside(draft: PanelDraft, art: PanelArt, page: PageGraph, words: TitleType, *, on_top: bool) -> PanelNode:
    """The picture in what the words leave free, over three edges of the page, cut no more than it bears; nobody steps
    out of it here."""
    gap, bleed = 0.03 * page.trim.width, page.bleed
    left, top = bleed.x, words.block.bottom + gap if on_top else bleed.y
    right = bleed.right if on_top else words.block.x - gap
    width, height = max(1.0, right - left), max(1.0, bleed.bottom - top)
    aspect = art.height / art.width
    height = _rounded(width * aspect * TALLEST, height)
    width = _rounded(height / aspect * TALLEST, width)
    box = Rect(x=left, y=bleed.bottom - height, width=width, height=height)
    edges = ("bottom", "left", *(("right",) if on_top and width > bleed.width - 1 else ()))
    node = _node(box, edges, draft.direction.shot.value, draft.scene)
    inside = art.model_copy(update={"breakout": None})
    return pictured(node.model_copy(update={"borderless": False}), inside, box.polygon(), _focus(art))


def _rounded(size: float, most: float) -> float:
    """No more than there is, and all of that when little would be left: a picture does not end just before an edge."""
    return most if size > NEARLY * most else size


def _focus(art: PanelArt) -> Point:
    """The middle of all heads: what must not be cut away."""
    heads = [head for figure in art.figures if (head := figure.head or figure.face) is not None]
    return bounds([corner for head in heads for corner in head.polygon()]).centre if heads else MIDDLE


def _node(box: Rect, edges: tuple[str, ...], shot: str, scene: str) -> PanelNode:
    return PanelNode(
        key=KEY,
        address="p00.k1",
        polygon=box.polygon(),
        borderless=True,
        bleeds=edges,
        importance=5,
        role="splash",
        shot=shot,
        scene=scene,
        picture="",
        media_type="",
        picture_box=box,
    )


def _chosen(storyboard: Storyboard, art: Mapping[str, PanelArt]) -> tuple[PanelDraft, PanelArt] | None:
    """The panel whose picture shows the hero best; the weightiest picture when nobody is shown."""
    drawn = [(p, art[p.key]) for p in storyboard.panels() if p.key in art and art[p.key].status == "drawn"]
    hero = _hero([a for _, a in drawn])
    return max(drawn, key=lambda pair: _merit(pair[0], pair[1], hero), default=None)


def _hero(art: Sequence[PanelArt]) -> str | None:
    """Who is seen most often with a face."""
    seen = Counter(f.character for a in art for f in a.figures if f.face is not None)
    return min(seen, key=lambda name: (-seen[name], name)) if seen else None


def _merit(panel: PanelDraft, art: PanelArt, hero: str | None) -> float:
    figure = next((f for f in art.figures if f.character == hero and f.face is not None), None)
    alone = len(art.figures) == 1
    aspect = art.width / art.height
    return (
        (2.0 + _NEAR.get(panel.direction.shot, 0.0) + 0.6 * alone + _whole_head(figure) if figure else 0.0)
        + 0.25 * panel.importance
        - 0.8 * abs(aspect - 0.8)
        - (0.5 if art.ink > 0.5 else 0.0)
    )


def _whole_head(figure: FigureAnchors) -> float:
    """Better when the whole head is in the picture."""
    head = figure.head or figure.face
    inside = head is not None and Rect(x=0, y=0, width=1, height=1).contains(head)
    return 0.6 if inside else -0.6
