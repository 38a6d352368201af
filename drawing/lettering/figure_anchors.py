"""Where figures are on the page: anchors in shares of a picture in, millimetres of the page out."""

from collections.abc import Sequence
from dataclasses import dataclass

from drawing.lettering.busy_ground import BusyGround, ground_of
from manga.artwork import Breakout, FigureAnchors, PanelArt
from manga.geometry import Point, Polygon, Rect, bounds

_ALIKE = 0.02


MIDDLE: Point = (0.5, 0.5)


def picture_box(polygon: Polygon, width: float, height: float, focus: Point = MIDDLE) -> Rect:
    """Where a picture lies behind its panel: it covers the panel's bounding box and keeps its own proportion. `focus`
    is the place of the picture (shares) that comes as near to the panel's centre as that allows."""
    box = bounds(polygon)
    if box.height <= 0 or abs(width / height / (box.width / box.height) - 1) < _ALIKE:
        return box
    scale = max(box.width / width, box.height / height)
    w, h = width * scale, height * scale
    x = min(box.x, max(box.right - w, box.centre[0] - focus[0] * w))
    y = min(box.y, max(box.bottom - h, box.centre[1] - focus[1] * h))
    return Rect(x=x, y=y, width=w, height=h)


def figures_on_page(art: PanelArt, polygon: Polygon, focus: Point = MIDDLE) -> tuple[FigureAnchors, ...]:
    """A picture's figures, in millimetres of the page."""
    box = picture_box(polygon, art.width, art.height, focus)
    return tuple(_placed(figure, box) for figure in art.figures)


@dataclass(frozen=True, slots=True)
class SeenOnPage:
    """What lies in a picture beside its figures, in millimetres of the page: faces of nobody known, things, told hands,
    and where it is quiet."""

    faces: tuple[Rect, ...]
    things: tuple[Rect, ...]
    ground: BusyGround | None
    hands: tuple[Rect, ...] = ()


def seen_on_page(art: PanelArt, polygon: Polygon, focus: Point = MIDDLE) -> SeenOnPage | None:
    """None where nobody has looked."""
    if art.where is None:
        return None
    box = picture_box(polygon, art.width, art.height, focus)
    seen = (art.where.faces, art.where.things, art.where.hands)
    faces, things, hands = (tuple(_rect(one, box) for one in boxes) for boxes in seen)
    return SeenOnPage(faces, things, ground_of(art.where.busy, box), hands)


def breakout_on_page(art: PanelArt, polygon: Polygon, focus: Point = MIDDLE) -> Breakout | None:
    """What of a figure lies on its panel's border and beyond, in millimetres of the page."""
    if art.breakout is None:
        return None
    box = picture_box(polygon, art.width, art.height, focus)
    outlines = tuple(tuple(_point(point, box) for point in line) for line in art.breakout.outlines)
    return Breakout(character=art.breakout.character, outlines=outlines)


def _placed(figure: FigureAnchors, box: Rect) -> FigureAnchors:
    return FigureAnchors(
        character=figure.character,
        body=_rect(figure.body, box),
        head=_rect(figure.head, box) if figure.head else None,
        face=_rect(figure.face, box) if figure.face else None,
        mouth=_point(figure.mouth, box) if figure.mouth else None,
        hands=tuple(_rect(hand, box) for hand in figure.hands),
    )


def _point(point: Point, box: Rect) -> Point:
    return (round(box.x + point[0] * box.width, 3), round(box.y + point[1] * box.height, 3))


def _rect(share: Rect, box: Rect) -> Rect:
    x, y = _point((share.x, share.y), box)
    return Rect(x=x, y=y, width=round(share.width * box.width, 3), height=round(share.height * box.height, 3))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a tail may point to: the mouth (or where it must be), how high the head is, and what must stay free."""

    character: str
    mouth: Point
    head_height: float
    face: Rect | None


def speaker_of(figure: FigureAnchors) -> Speaker:
    """A figure as somebody who speaks. Without a mouth the lower face is meant, then the head, then the upper body."""
    head = figure.head or figure.face
    if figure.face is not None:
        mouth = figure.mouth or (figure.face.centre[0], figure.face.y + 0.75 * figure.face.height)
    elif figure.head is not None:
        mouth = figure.mouth or (figure.head.centre[0], figure.head.y + 0.7 * figure.head.height)
    else:
        mouth = figure.mouth or (figure.body.centre[0], figure.body.y + 0.15 * figure.body.height)
    height = head.height if head is not None else 0.2 * figure.body.height
    return Speaker(figure.character, mouth, max(height, 1.0), figure.face or figure.head)


def visible(figure: FigureAnchors, panel: Rect) -> bool:
    """Whether the mouth lies in the panel, so that a tail can point there."""
    x, y = speaker_of(figure).mouth
    return panel.x <= x <= panel.right and panel.y <= y <= panel.bottom


def find_speaker(figures: Sequence[FigureAnchors], character: str | None, panel: Rect) -> Speaker | None:
    """The speaker of a line, where he can be seen."""
    return next((speaker_of(f) for f in figures if f.character == character and visible(f, panel)), None)
