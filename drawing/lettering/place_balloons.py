"""Places all balloons of a page at once: pieces in reading order in, one spot for each out, none overlapping.

A beam search over the spots of each piece; where none is left, other settings of the text, then any free place of
the page. Deterministic: ties are broken by the order of the grid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from drawing.lettering.balloon_spots import FACE_LIMIT, TAILLESS, anywhere, covered, pointed, spots
from drawing.lettering.beam_search import (
    CLEARANCE_EM,
    Effort,
    Layout,
    diverse,
    grown,
    overlap,
    surely_before,
    tail_meets,
    tails_meet,
)
from drawing.lettering.free_space import PageSpace
from drawing.lettering.placed_pieces import BalloonSpot, TextPiece, meet
from drawing.lettering.repair_layout import FAULTY, Memory, Smaller, led, mended
from drawing.lettering.tails import LONGEST_EM
from manga.geometry import inside

__all__ = ["PlacedBalloons", "place"]

CLOSE_EM = 0.3
POOR = 3.0
"""A piece that costs more than this is tried in all its settings."""
FULLEST = 0.72
"""Balloons whose boxes need more of the text area than this share are not even tried."""
LAST_VARIANTS = 5
CROWD = 14
"""A page with more texts is not searched for the best place of each: no place is good there."""


@dataclass(frozen=True, slots=True)
class PlacedBalloons:
    """The chosen spots in reading order; `unplaced` is a piece for which the page has no room at all.

    `faulty` are pieces without a place, or in one where they hide a face or have lost their tail;
    `harm` is what those cost.
    `room` is below 1 on a page that is too full: the share of the balloons' area that there is.
    """

    spots: tuple[BalloonSpot, ...]
    unplaced: tuple[str, ...] = ()
    room: float = 1.0
    faulty: tuple[str, ...] = ()
    harm: float = 0.0


QUICK = Effort(beam=10, spots=32, variants=3, alike=3)
THOROUGH = Effort(beam=20, spots=120, variants=99, alike=2)


@dataclass(slots=True)
class Searches:
    """What was found for the same pieces before, by effort, and what was seen on the way. Grows."""

    found: dict[Effort, tuple[Layout, list[str]]] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)


def place(
    pieces: Sequence[TextPiece], page: PageSpace, smaller: Smaller = lambda _: (), known: Searches | None = None
) -> PlacedBalloons:
    """Find a spot for every piece: quickly, and where that has faults, thoroughly. A page that is too full is left.
    `known` grows."""
    known = known or Searches()
    least = sum(min(4 * v.body.reach[0] * v.body.reach[1] for v in piece.variants) for piece in pieces)
    if least > FULLEST * page.text_area.area:
        room = FULLEST * page.text_area.area / least
        keys = tuple(piece.key for piece in pieces)
        return PlacedBalloons((), keys, room, keys, inf)
    layout, unplaced = _found(pieces, page, QUICK, known)
    if unplaced or len(pieces) > CROWD:
        return _placed(layout, unplaced)
    if layout.worst > FAULTY:
        layout = mended(layout, pieces, page, smaller, known.memory)
    if layout.worst > FAULTY:
        second, still = _found(pieces, page, THOROUGH, known)
        second = mended(second, pieces, page, smaller, known.memory)
        if not still and second.cost < layout.cost:
            layout = second
    return _placed(led(layout, pieces, page, known.memory), ())


def _found(pieces: Sequence[TextPiece], page: PageSpace, effort: Effort, known: Searches) -> tuple[Layout, list[str]]:
    if effort not in known.found:
        known.found[effort] = _searched(pieces, page, effort, known.memory)
    return known.found[effort]


def _placed(layout: Layout, unplaced: Sequence[str]) -> PlacedBalloons:
    faults = {spot.piece.key: price for spot, price in zip(layout.chosen, layout.prices, strict=True) if price > FAULTY}
    harm = inf if unplaced else sum(faults.values())
    return PlacedBalloons(layout.chosen, tuple(unplaced), faulty=(*unplaced, *faults), harm=harm)


def _searched(pieces: Sequence[TextPiece], page: PageSpace, effort: Effort, memory: Memory) -> tuple[Layout, list[str]]:
    beam = [Layout()]
    unplaced: list[str] = []
    for piece in pieces:
        usual = spots(piece, page, piece.variants[: effort.variants], effort.spots, before=memory.looked)
        found = grown(beam, usual, page, effort, memory.pairs)
        if not found or found[0].cost - beam[0].cost > POOR:
            every = spots(piece, page, piece.variants, THOROUGH.spots, before=memory.looked)
            wide = grown(beam, every, page, effort, memory.pairs)
            found = diverse(sorted([*found, *wide], key=lambda layout: layout.cost), effort)
        if not found:
            found = _anywhere(beam[0], piece, page)
        if found:
            beam = found
        else:
            unplaced.append(piece.key)
    return beam[0], unplaced


def _anywhere(layout: Layout, piece: TextPiece, page: PageSpace) -> list[Layout]:
    """The nearest free place of the panel, then of the page, with full clearance, then with little, at the last
    with none; in the order of speaking before others, and clear of faces first."""
    own = meet(piece.panel.room, page.text_area)
    for within, clearance in (
        *((own, clearance) for clearance in (CLEARANCE_EM, CLOSE_EM)),
        *((page.text_area, clearance) for clearance in (CLEARANCE_EM, CLOSE_EM, 0.02)),
    ):
        free = (
            spot
            for spot in anywhere(piece, within, piece.variants[:LAST_VARIANTS])
            if not any(overlap(spot, other, clearance * spot.variant.em) for other in layout.chosen)
        )
        if best := _best(free, layout, page):
            return [_put(layout, best)]
    return []


def _best(free: Iterable[BalloonSpot], layout: Layout, page: PageSpace) -> BalloonSpot | None:
    """The first in the order of speaking that lies on no face, else the first in the order of speaking, else the first
    that lies on no face."""
    best, grade = None, 4
    for spot in free:
        found = 2 * (not _follows(layout, spot, page)) + _hides_faces(spot, page)
        if found < grade:
            best, grade = spot, found
        if not grade:
            break
    return best


def _hides_faces(spot: BalloonSpot, page: PageSpace) -> bool:
    """Whether a spot lies on a face of any panel."""
    (x, y), flat = spot.centre, spot.variant.flat
    shape = tuple((x + dx, y + dy) for dx, dy in flat)
    return any(share > FACE_LIMIT for panel in page.panels for share in covered(shape, panel.faces))


def _follows(layout: Layout, spot: BalloonSpot, page: PageSpace) -> bool:
    """Whether a spot is read after the texts of its panel that are there already."""
    own = [other.seen for other in layout.chosen if other.piece.panel.index == spot.piece.panel.index]
    return all(surely_before(seen, spot.seen, rtl=page.rtl) for seen in own)


def _put(layout: Layout, spot: BalloonSpot) -> Layout:
    """The layout with a spot whose tail, if it can have one, lies on nothing, crosses none and leads out of no other
    panel."""
    free = _without_crossed_tails(layout, spot)
    tail = pointed(spot.piece, spot.variant, spot.centre)
    near = (
        tail is not None and tail.length <= LONGEST_EM * spot.variant.em and inside(tail.root, spot.piece.panel.polygon)
    )
    tailed = replace(spot, tail=tail if near else None)
    met = any(tail_meets(tailed, other) or tails_meet(tailed, other) for other in free.chosen)
    own = spot if met else tailed
    return free.joined(own, own.cost)


def _without_crossed_tails(layout: Layout, spot: BalloonSpot) -> Layout:
    """Tails that the new balloon would lie on are given up."""
    found = Layout()
    for other, price in zip(layout.chosen, layout.prices, strict=True):
        crossed = tail_meets(other, spot)
        found = found.joined(replace(other, tail=None), price + TAILLESS) if crossed else found.joined(other, price)
    return found
