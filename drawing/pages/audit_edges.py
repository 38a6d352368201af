"""What crosses edges: figures before borders, the fold of pictures over two pages, tails that reach too far."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from drawing.layout.spreads import FOLD_MM, fold_of
from drawing.lettering.anchors import speaker_of
from drawing.lettering.spots import LONG_HEADS
from drawing.lettering.tails import LONGEST_EM
from drawing.pages.audit_sheaf import Measure, Sheaf, counted, shared
from drawing.pages.breakouts import stands_clear
from manga.book import Gate, PageGraph
from manga.geometry import Point, Polygon, Rect, bounds, distance, inside, intersection, nearest_on
from manga.lettering import Balloon, BalloonKind

SLACK_MM = 0.5


def breakouts(sheaf: Sheaf) -> Gate:
    """Figures before borders that lie on what was read before, on somebody or on words, and more than one on a page."""
    return counted("breakouts", {page.number: _wrong(page) for page in sheaf.body})


def _wrong(page: PageGraph) -> int:
    out = [panel for panel in page.panels if panel.breakout is not None]
    return max(0, len(out) - 1) + sum(not stands_clear(panel, page) for panel in out)


def in_the_fold(sheaf: Sheaf) -> Gate:
    """Faces, balloons and sounds of pictures over two pages that the binding swallows."""
    return counted("in_the_fold", {page.number: _swallowed(page) for page in sheaf.body})


def _swallowed(page: PageGraph) -> int:
    fold = fold_of(page.trim, page.side)
    return sum(_crosses(box, fold) for box in _whole(page)) if page.spread == "first" else 0


def _crosses(box: Rect, fold: float) -> bool:
    return box.x < fold + FOLD_MM - SLACK_MM and box.right > fold - FOLD_MM + SLACK_MM


def _whole(page: PageGraph) -> Iterator[Rect]:
    faces = (f.face for panel in page.panels for f in panel.figures if f.face is not None)
    yield from (bounds(seen) for face in faces if len(seen := intersection(face.polygon(), page_ground(page))) > 2)
    yield from (bounds(balloon.polygon) for balloon in page.balloons)
    yield from (bounds(sfx.polygon) for sfx in page.sfx)


def page_ground(page: PageGraph) -> Polygon:
    """All that the panels of a page cover."""
    return bounds([corner for panel in page.panels for corner in panel.polygon]).polygon()


def far_tails(sheaf: Sheaf) -> Gate:
    """Tails that reach farther than two heads, or lead through another panel."""
    bad = {page.number: sum(_far(balloon, page) for balloon in page.balloons) for page in sheaf.body}
    whole = sum(balloon.tail_tip is not None for page in sheaf.body for balloon in page.balloons)
    return shared("far_tails", bad, whole, most=0.01, gate="at most 0.01")


def _far(balloon: Balloon, page: PageGraph) -> bool:
    tip = balloon.tail_tip
    if tip is None or balloon.kind is BalloonKind.OFF_PANEL:
        return False
    root = _nearest(tip, balloon.polygon)
    panel = next(panel for panel in page.panels if panel.key == balloon.panel)
    figure = next((f for f in panel.figures if f.character == balloon.speaker), None)
    heads = LONG_HEADS * speaker_of(figure).head_height if figure is not None else 0.0
    if distance(tip, root) > max(heads, LONGEST_EM * 0.25 * balloon.text.size_q + SLACK_MM):
        return True
    others = [other.polygon for other in page.panels if other is not panel]
    way = [(root[0] + (tip[0] - root[0]) * t / 8, root[1] + (tip[1] - root[1]) * t / 8) for t in range(2, 9)]
    return any(inside(point, polygon) for polygon in others for point in way)


def _nearest(point: Point, shape: Polygon) -> Point:
    """Of a balloon's hull the place nearest to a point; the point itself where it lies within."""
    if inside(point, shape):
        return point
    places = (nearest_on(point, a, b) for a, b in pairwise((*shape, shape[0])))
    return min(places, key=lambda place: distance(place, point))


EDGES: Mapping[str, Measure] = {"breakouts": breakouts, "in_the_fold": in_the_fold, "far_tails": far_tails}
