"""Where a drawn sound comes from, and what its letters must not hide: a panel in, boxes of the page out."""

from collections.abc import Iterator
from math import hypot

from drawing.lettering.free_space import PanelSpace
from drawing.lettering.sound_words import At
from manga.artwork import FigureAnchors
from manga.geometry import Point, Rect

FOOT = 0.15
"""The share of a body's height that are its feet."""


def sources(panel: PanelSpace, at: At, speaker: str | None) -> tuple[Rect, ...]:
    """Where a sound may come from; none where it comes from all around, or nobody makes it."""
    if at == "around":
        return ()
    if at == "thing" and panel.things:
        return panel.things
    own = [figure for figure in panel.figures if figure.character == speaker] or panel.figures
    return tuple(place for figure in own for place in _places(figure, at))


def _places(figure: FigureAnchors, at: At) -> Iterator[Rect]:
    if at == "feet":
        body = figure.body
        yield Rect(x=body.x, y=body.bottom - FOOT * body.height, width=body.width, height=FOOT * body.height)
    elif at == "mouth":
        yield figure.face or figure.head or figure.body
    else:
        yield from figure.hands or (figure.body,)


def away(start: Point, places: tuple[Rect, ...]) -> float:
    """How far a point is from the nearest of some boxes; 0 where there are none."""
    return min((hypot(*_gap(start, place)) for place in places), default=0.0)


def _gap(point: Point, box: Rect) -> Point:
    x, y = point
    return max(0.0, box.x - x, x - box.right), max(0.0, box.y - y, y - box.bottom)


def untouchable(panel: PanelSpace) -> tuple[Rect, ...]:
    """Hands and things that are looked at: a sound beside them is heard, one over them hides what makes it."""
    return (*panel.hands, *panel.things)
