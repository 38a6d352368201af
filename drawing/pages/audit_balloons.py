"""Audits the balloons of one page, recomputed from shapes: overlaps, faces hidden, tails to the right mouth."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import hypot

from drawing.ink.paths import Path, box, common, flattened, from_data, poly
from drawing.lettering.balloons import BOXED
from drawing.lettering.beam_search import reads_before
from drawing.lettering.figure_anchors import Speaker, speaker_of, visible
from drawing.lettering.tails import entry
from manga.artwork import FigureAnchors
from manga.book import PageGraph, PanelNode
from manga.geometry import Point, Rect, area, bounds, distance, inside, intersection, overlap_area
from manga.lettering import Balloon, BalloonKind
from manga.paper import Direction
from manga.plot import DOUBT

TOUCH_MM2 = 0.3
"""Less than this shared is a rounding of the drawing."""
FACE_LIMIT, HEAD_LIMIT = 0.02, 0.25
AIM_HEADS = 0.6
WIDEST_TURN = 0.5
"""Cosine of the widest angle between a balloon's way to its tip and on to the mouth."""


def overlapping_pairs(page: PageGraph) -> int:
    """Pairs of balloons that share area, tails included, and are not one shape on purpose."""
    shapes = [_shape(balloon) for balloon in page.balloons]
    boxes = [box(shape) for shape in shapes]
    one = {frozenset((b.key, b.joins)) for b in page.balloons if b.joins}
    keys = [balloon.key for balloon in page.balloons]
    pairs = ((i, j) for i, j in combinations(range(len(shapes)), 2) if frozenset((keys[i], keys[j])) not in one)
    return sum(1 for i, j in pairs if boxes[i].overlap(boxes[j]) > 0 and _shared(shapes[i], shapes[j]) > TOUCH_MM2)


def _shape(balloon: Balloon) -> Path:
    return from_data(balloon.outline) if balloon.outline else poly(balloon.polygon)


def _shared(a: Path, b: Path) -> float:
    return sum(area(line) for line in flattened(common(a, b), 4) if len(line) > 2)


def covers_a_face(balloon: Balloon, page: PageGraph) -> bool:
    """Whether a balloon hides more than 2 % of the seen part of any face of the page."""
    faces = (_seen(figure.face, panel) for panel in page.panels for figure in panel.figures)
    return any(_hides(balloon, face, FACE_LIMIT) for face in faces if face)


def covers_a_head(balloon: Balloon, page: PageGraph) -> bool:
    """Whether a balloon hides a quarter of the seen part of any head of the page, its hair or hat included."""
    heads = (_seen(figure.head, panel) for panel in page.panels for figure in panel.figures)
    return any(_hides(balloon, head, HEAD_LIMIT) for head in heads if head)


def _seen(box_: Rect | None, panel: PanelNode) -> Sequence[Point]:
    seen = intersection(panel.polygon, box_.polygon()) if box_ is not None else ()
    return seen if len(seen) > 2 and area(seen) > 0 else ()


def _hides(balloon: Balloon, shape: Sequence[Point], limit: float) -> bool:
    if bounds(balloon.polygon).overlap(bounds(shape)) <= 0:
        return False
    return overlap_area(balloon.polygon, shape) > limit * area(shape)


def wants_speaker(balloon: Balloon) -> bool:
    return balloon.kind not in BOXED


def tail_is_right(balloon: Balloon, page: PageGraph) -> bool:
    """Whether the reader is led to the speaker, or rightly to nobody."""
    panel = next((p for p in page.panels if p.key == balloon.panel), None)
    if panel is None:
        return False
    seen = [f for f in panel.figures if visible(f, bounds(panel.polygon))]
    speaker = next((f for f in seen if f.character == balloon.speaker), None)
    doubtful = balloon.confidence < DOUBT or balloon.kind is BalloonKind.OFF_PANEL
    if balloon.tail_tip is None:
        return speaker is None or doubtful or len(seen) == 1 or _is_led(balloon, page)
    if balloon.kind is BalloonKind.OFF_PANEL and balloon.confidence >= DOUBT:
        return _leads_out(balloon, balloon.tail_tip, panel)
    if speaker is None or doubtful:
        return False
    others = [f for f in seen if f is not speaker]
    return _on_outline(balloon, balloon.tail_tip) and _aims(balloon, balloon.tail_tip, speaker_of(speaker), others)


def _leads_out(balloon: Balloon, tip: Point, panel: PanelNode) -> bool:
    """Whether the tail of a voice from outside points past everybody to a place outside the panel, close before it."""
    aim, near = balloon.aims_at, 0.5 * balloon.text.size_q
    if aim is None or inside(aim, panel.polygon) or distance(tip, aim) > near or not _on_outline(balloon, tip):
        return False
    heads = (figure.head or figure.face for figure in panel.figures)
    return not any(head is not None and entry(tip, aim, head) is not None for head in heads)


def _is_led(balloon: Balloon, page: PageGraph) -> bool:
    """Whether a balloon without a tail is one shape with one of the same speaker whose tail is right."""
    near = (b for b in page.balloons if b.key == balloon.joins or b.joins == balloon.key)
    same = [b for b in near if b.speaker == balloon.speaker]
    return any(
        tail_is_right(b, page) if b.tail_tip else b.joins is not None and b.joins != balloon.key and _is_led(b, page)
        for b in same
    )


def _on_outline(balloon: Balloon, tip: Point) -> bool:
    """Whether the tail that is drawn ends where the graph says."""
    lines = flattened(from_data(balloon.outline), 8)
    return any(hypot(x - tip[0], y - tip[1]) < 1.2 for line in lines for x, y in line)


def _aims(balloon: Balloon, tip: Point, speaker: Speaker, others: Sequence[FigureAnchors]) -> bool:
    """Whether the tail ends outside all faces, nearer to this mouth than to any other, and points to it freely."""
    centre, mouth = balloon.text.box.centre, speaker.mouth
    rivals = [speaker_of(figure) for figure in others]
    faces = [face for face in (rival.face for rival in rivals) if face is not None]
    if any(inside(tip, face.polygon()) for face in (*faces, *([speaker.face] if speaker.face else []))):
        return False
    if any(entry(tip, mouth, face) is not None for face in faces):
        return False
    hits = _miss(centre, tip, mouth) <= AIM_HEADS * speaker.head_height
    nearest = all(distance(tip, mouth) < distance(tip, rival.mouth) for rival in rivals)
    forward = (tip[0] - centre[0]) * (mouth[0] - tip[0]) + (tip[1] - centre[1]) * (mouth[1] - tip[1])
    turn = forward / max(1e-6, distance(tip, centre) * distance(tip, mouth))
    return turn > 0 and (hits or (nearest and turn > WIDEST_TURN))


def _miss(start: Point, through: Point, target: Point) -> float:
    """How far the line from a balloon through its tip passes by the mouth."""
    dx, dy = through[0] - start[0], through[1] - start[1]
    length = hypot(dx, dy)
    return abs(dx * (target[1] - start[1]) - dy * (target[0] - start[0])) / length if length else float("inf")


def in_order(page: PageGraph) -> bool:
    """Whether balloons follow their panels, and those of one panel are met in their order."""
    rtl = page.direction is Direction.RTL
    places = {panel.key: i for i, panel in enumerate(page.panels)}
    followed = [places[b.panel] for b in sorted(page.balloons, key=lambda b: b.order) if b.panel in places]
    if followed != sorted(followed):
        return False
    for panel in page.panels:
        own = sorted((b for b in page.balloons if b.panel == panel.key), key=lambda b: b.order)
        boxes: list[Rect] = [bounds(b.polygon) for b in own]
        if not all(reads_before(a, b, rtl=rtl) for a, b in pairwise(boxes)):
            return False
    return True
