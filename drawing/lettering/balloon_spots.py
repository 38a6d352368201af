"""Spots where one balloon could lie: a set text and its panel in, spots with their cost out, cheapest first.

The cost is what an editor would hold against the spot, before any other balloon is looked at. A spot that is free may
lean over the border where the page allows; one that is not is cut by the border, its text whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import hypot, inf
from typing import TypeAlias

from drawing.lettering.balloons import BOXED
from drawing.lettering.figure_anchors import Speaker
from drawing.lettering.free_space import PageSpace, PanelSpace, lies_on
from drawing.lettering.placed_pieces import BalloonSpot, TextPiece, Variant, meet
from drawing.lettering.spot_costs import CAPTION_OUT, CORNER_MM, covering, rough
from drawing.lettering.tails import LONGEST_EM, SHORTEST_EM, SHORTEST_SPIKED_EM, USUAL_EM, Tail, misleads, tails_to
from manga.geometry import Point, Polygon, Rect, bounds, inside, overlap_area
from manga.lettering import BalloonKind

GRID = 8
SHORTLIST = 56
KEPT = 32
POINTED = 12
"""Spots with a tail that are looked for farther off where none of the cheapest has one."""
FACE_LIMIT, HAIR_LIMIT, HAND_LIMIT = 0.02, 0.05, 0.015
PAD_EM = 0.4
TAILLESS = 150.0
"""What a balloon pays that should have a tail and has none."""
LONE_TAILLESS = 3.0
"""The same where nobody else could be meant, or another balloon leads there."""
SLANTED_MM = (3.0, 6.0)
"""How far a caption may like to stand off a border that is slanted and would cut it too deeply."""
LONG_HEADS, SPEAR = 2.0, 20.0
"""A tail longer than so many heads, and than the usual longest one, is a spear across the picture; what it costs."""
EACH_EM = 0.7
"""What each em costs by which a tail is longer than usual: nearer balloons are worth looking for."""
_CUT_MM = 1.5
"""How far off its panel's border a tail ends, if the border cuts its balloon."""
ALIKE = 2
"""How many spots within an em of each other are looked at, where spots are to be apart."""
_WORSE = 100.0
_FACE, _HAIR, _HAND = 10.0, 3.0, 8.0
_EACH_HAIR, _MOST_HAIR = 30.0, 0.25
"""What hair costs beside that, and the share from which on it costs no more: about as much as a face."""
_SNUG = 0.05

_Glanced: TypeAlias = tuple[float, Variant, Point]
"""What a place costs at a glance."""


@dataclass(slots=True)
class Looked:
    """What places of pieces in their settings cost at a glance, and what was seen where one was examined, by identity;
    pieces and settings thereby stay who they are. For one page. Grows."""

    glanced: dict[tuple[int, int], list[_Glanced]] = field(default_factory=dict)
    examined: dict[tuple[int, int, Point], BalloonSpot | None] = field(default_factory=dict)
    pieces: dict[int, TextPiece] = field(default_factory=dict)

    def at_a_glance(self, piece: TextPiece, page: PageSpace, variant: Variant) -> list[_Glanced]:
        self.pieces[id(piece)] = piece
        key = (id(piece), id(variant))
        if key not in self.glanced:
            places = _grid(piece, page, variant)
            # the variant is named even where it has no place
            self.glanced[key] = [(inf, variant, (0.0, 0.0))]
            self.glanced[key] += [(rough(piece, page, variant, at) + variant.cost, variant, at) for at in places]
        return self.glanced[key][1:]

    def exactly(self, piece: TextPiece, variant: Variant, centre: Point, cost: float) -> BalloonSpot | None:
        key = (id(piece), id(variant), centre)
        if key not in self.examined:
            self.examined[key] = examined(piece, variant, centre, cost)
        return self.examined[key]


def spots(
    piece: TextPiece,
    page: PageSpace,
    variants: Sequence[Variant],
    kept: int = KEPT,
    *,
    apart: bool = False,
    before: Looked | None = None,
) -> list[BalloonSpot]:
    """The best spots inside the panel; all over it, when they are to be `apart`. What was looked at `before` is not
    looked at again."""
    known = before or Looked()
    glanced = [entry for variant in variants for entry in known.at_a_glance(piece, page, variant)]
    glanced.sort(key=lambda entry: entry[0])
    glanced = list(_scattered(glanced)) if apart else glanced
    looked = (known.exactly(piece, variant, centre, cost) for cost, variant, centre in glanced)
    found = [spot for spot in islice(looked, max(SHORTLIST, kept)) if spot is not None]
    if piece.speaker is not None and not any(spot.tail for spot in found):
        found += islice((spot for spot in looked if spot is not None and spot.tail), POINTED)
    found.sort(key=lambda spot: spot.cost)
    return found[:kept]


def _scattered(glanced: Sequence[_Glanced]) -> Iterator[_Glanced]:
    """The first few of every place: else the best place alone would fill the list, and another balloon may take it."""
    seen: dict[Point, int] = {}
    for entry in glanced:
        _, variant, (x, y) = entry
        place = (round(x / variant.em), round(y / variant.em))
        seen[place] = seen.get(place, 0) + 1
        if seen[place] <= ALIKE:
            yield entry


def _grid(piece: TextPiece, page: PageSpace, variant: Variant) -> Iterator[Point]:
    """Centres at which the type, with a little air, lies in the panel and in the page's text area."""
    panel, heads, faces = piece.panel.box, piece.panel.heads, piece.panel.faces
    borders = _borders(piece)
    type_ = variant.text_at((0.0, 0.0)).inset(-PAD_EM * variant.em)
    in_page = variant.text_at((0.0, 0.0))
    room, area = piece.panel.room, page.text_area
    x0, x1 = max(room.x - type_.x, area.x - in_page.x), min(room.right - type_.right, area.right - in_page.right)
    y0, y1 = max(room.y - type_.y, area.y - in_page.y), min(room.bottom - type_.bottom, area.bottom - in_page.bottom)
    if x1 < x0 or y1 < y0:
        return
    rx, ry = variant.body.reach
    across = [edge for border in borders for edge in (panel.x + rx + border, panel.right - rx - border)]
    down = [edge for border in borders for edge in (panel.y + ry + border, panel.bottom - ry - border)]
    across += [edge for head in heads for edge in (head.x - rx - 0.3, head.right + rx + 0.3)]
    down += [edge for head in heads for edge in (head.y - ry - 0.3, head.bottom + ry + 0.3)]
    across += [edge for face in faces for edge in (face.x - rx - _SNUG, face.right + rx + _SNUG)]
    down += [face.y - ry - _SNUG for face in faces]
    for x in _steps(x0, x1, across):
        for y in _steps(y0, y1, down):
            yield (x, y)


def _borders(piece: TextPiece) -> tuple[float, ...]:
    """How far off its panel's sides a piece may like to stand; farther where they are slanted, millimetres."""
    if piece.kind not in BOXED:
        return (0.0,)
    return (CORNER_MM,) if piece.panel.upright else (CORNER_MM, *SLANTED_MM)


def _steps(low: float, high: float, snug: Sequence[float]) -> list[float]:
    """Positions from one limit to the other, and those right at borders and beside heads."""
    even = [low + (high - low) * i / (GRID - 1) for i in range(GRID)]
    return sorted({round(v, 3) for v in (*even, *(v for v in snug if low <= v <= high))})


def examined(piece: TextPiece, variant: Variant, centre: Point, cost: float) -> BalloonSpot | None:
    """The spot, weighed exactly; None when its type would cross a border that it must not."""
    panel = piece.panel
    text = variant.text_at(centre).inset(-PAD_EM * variant.em * 0.95)
    leans = not panel.holds(text.polygon(), text)
    if leans and not panel.leaves_type(text):
        return None
    shape = tuple((centre[0] + x, centre[1] + y) for x, y in variant.flat)
    box = variant.box_at(centre)
    held = panel.holds(shape, box)
    at_slant = piece.kind in BOXED and not held and panel.box.inset(-0.01).contains(box)
    cut = at_slant or (not held and not _may_lean(panel, box, shape))
    if leans and cut:
        return None
    cost += 0.8 * leans + (CAPTION_OUT if piece.kind in BOXED and not (held or at_slant) else 0.0)
    cost += sum(_FACE + _WORSE * share for share in covered(shape, panel.faces) if share > FACE_LIMIT * 0.75)
    cost += sum(
        _HAIR + _EACH_HAIR * min(_MOST_HAIR, share) for share in hair_covered(shape, panel) if share > HAIR_LIMIT
    )
    cost += sum(_HAND + _WORSE * share for share in covered(shape, panel.told_hands) if share > HAND_LIMIT)
    cost += _WORSE * any(lies_on(figure, shape) for figure in panel.before)
    tail = pointed(piece, variant, centre)
    if piece.speaker is not None and tail is None:
        cost += tailless(piece, piece.speaker)
    if tail is not None and not _tail_stays(tail, panel.polygon, cut=cut):
        cost += _WORSE / 4
    if tail is not None and piece.speaker is not None:
        far = tail.length - max(LONGEST_EM * variant.em, LONG_HEADS * piece.speaker.head_height)
        cost += (SPEAR + far / variant.em) if far > 0 else 0.0
        cost += EACH_EM * max(0.0, tail.length / variant.em - USUAL_EM)
    return BalloonSpot(piece, variant, centre, box, cut, tail, cost)


def _tail_stays(tail: Tail, panel: Polygon, *, cut: bool) -> bool:
    """Whether a tail ends in its panel; that of a balloon which the border cuts may not be cut off with it."""
    if not cut:
        return inside(tail.tip, panel)
    x, y = tail.tip
    return all(inside(point, panel) for point in (tail.root, (x - _CUT_MM, y), (x + _CUT_MM, y)))


def tailless(piece: TextPiece, speaker: Speaker) -> float:
    """What it costs to have no tail."""
    rivals = piece.follows is None and piece.panel.rivals(speaker.character)
    return TAILLESS if rivals else LONE_TAILLESS


def pointed(piece: TextPiece, variant: Variant, centre: Point) -> Tail | None:
    """The tail to the speaker, if there is one, nobody else stands in its way and nobody else could be meant."""
    speaker = piece.speaker
    if speaker is None:
        return None
    others = piece.panel.others(speaker.character)
    outset = piece.kind is BalloonKind.THOUGHT
    shortest = SHORTEST_SPIKED_EM if piece.kind is BalloonKind.SHOUT else SHORTEST_EM
    tails = tails_to(speaker, variant.body, centre, variant.em, others, outset=outset, shortest=shortest)
    middle = variant.text_at(centre).centre
    rivals = piece.panel.rivals(speaker.character)
    return next((tail for tail in tails if not misleads(tail, middle, rivals)), None)


def _may_lean(panel: PanelSpace, box: Rect, shape: Polygon) -> bool:
    if not panel.overhang.allows(panel.box, box):
        return False
    return not any(inside(point, earlier) for earlier in panel.read for point in shape)


def covered(shape: Polygon, faces: Sequence[Rect]) -> list[float]:
    """The share of each face that a shape hides."""
    reach = bounds(shape)
    return [
        overlap_area(shape, face.polygon()) / face.area if face.area and reach.overlap(face) else 0.0 for face in faces
    ]


def hair_covered(shape: Polygon, panel: PanelSpace) -> Iterator[float]:
    """The share of each head's hair that a shape hides; of somebody turned away all of the head is hair."""
    reach = bounds(shape)
    for head, face in panel.heads_and_faces:
        bare = face.overlap(head) if face is not None else 0.0
        if reach.overlap(head) and head.area > bare:
            hidden = overlap_area(shape, head.polygon())
            hidden -= overlap_area(shape, meet(face, head).polygon()) if face is not None and bare else 0.0
            yield hidden / (head.area - bare)


def anywhere(piece: TextPiece, within: Rect, variants: Sequence[Variant], steps: int = 14) -> Iterator[BalloonSpot]:
    """Spots all over a part of the page, nearest to the panel first, without tails: the last resort, over art if need
    be."""
    home = piece.panel.box.centre
    for variant in variants:
        type_ = variant.text_at((0.0, 0.0))
        free_x, free_y = within.width - type_.width, within.height - type_.height
        xs = [within.x - type_.x + free_x * i / (steps - 1) for i in range(steps)]
        ys = [within.y - type_.y + free_y * i / (steps - 1) for i in range(steps)]
        centres = [(x, y) for x in xs for y in ys] if free_x > 0 and free_y > 0 else []
        for centre in sorted(centres, key=lambda c: (hypot(c[0] - home[0], c[1] - home[1]), c)):
            box = variant.box_at(centre)
            cost = _WORSE + covering(piece.panel, box, piece.kind)
            yield BalloonSpot(piece, variant, centre, box, cut=False, tail=None, cost=cost)
