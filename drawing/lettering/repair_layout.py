"""Repairs a page's layout with faults: the balloons of single panels are placed anew.

A search over a whole page keeps few layouts and may lose the only good one of a crowded panel; with the other panels
held still, all spots of one panel can be weighed against each other.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from drawing.lettering.balloon_spots import Looked, spots
from drawing.lettering.beam_search import Effort, Layout, Pairs, grown
from drawing.lettering.free_space import PageSpace
from drawing.lettering.placed_pieces import BalloonSpot, TextPiece, Variant
from drawing.lettering.reader_gaze import wanders

FAULTY = 9.0
"""A piece that costs this much hides a face or has lost its tail."""
PATIENT = Effort(beam=80, spots=140, variants=99, alike=6)
WIDE = Effort(beam=80, spots=140, variants=99, alike=1)
"""Places far from one another, not the best of each."""


Candidates: TypeAlias = Callable[[TextPiece], Sequence[BalloonSpot]]
Smaller: TypeAlias = Callable[[TextPiece], Sequence[Variant]]
"""A piece's settings in smaller type, for a panel where nothing else is without fault."""


@dataclass(slots=True)
class Memory:
    """What was seen of the places of a page's pieces, one by one and in pairs. Grows."""

    looked: Looked = field(default_factory=Looked)
    pairs: Pairs = field(default_factory=Pairs)


def mended(
    layout: Layout, pieces: Sequence[TextPiece], page: PageSpace, smaller: Smaller, memory: Memory | None = None
) -> Layout:
    """The layout with its faulty panels set anew, each by itself; then, where that is not enough, with neighbours."""
    known = memory or Memory()

    def apart(piece: TextPiece) -> Sequence[BalloonSpot]:
        ways = (*piece.variants, *smaller(piece))
        return spots(piece, page, ways, PATIENT.spots, apart=True, before=known.looked)

    candidates = _once(apart)
    for reach in (0, 1):
        for panel in _faulty(layout):
            if panel in _faulty(layout):
                near = range(panel - reach, panel + reach + 1)
                layout = _anew(layout, pieces, page, near, candidates, known.pairs)
    return layout


def _once(find: Candidates) -> Candidates:
    """The same search, which looks for a piece once."""
    known: dict[str, Sequence[BalloonSpot]] = {}

    def candidates(piece: TextPiece) -> Sequence[BalloonSpot]:
        if piece.key not in known:
            known[piece.key] = find(piece)
        return known[piece.key]

    return candidates


def led(layout: Layout, pieces: Sequence[TextPiece], page: PageSpace, memory: Memory | None = None) -> Layout:
    """The layout with the texts of one panel set anew, or of two neighbours, where the eye would wander and that leads
    it better."""
    known = memory or Memory()
    candidates = _once(lambda piece: spots(piece, page, piece.variants, WIDE.spots, before=known.looked))
    for reach in (0, 1):
        if not wanders(layout, page):
            break
        ways = [layout]
        for panel in sorted({piece.panel.index for piece in pieces}):
            near = range(panel, panel + reach + 1)
            ways += _ways(layout, pieces, page, near, candidates, known.pairs, WIDE)
        able = [way for way in ways if way.worst <= max(FAULTY, layout.worst)]
        layout = min(able, key=lambda way: (wanders(way, page), way.cost))
    return layout


def _faulty(layout: Layout) -> list[int]:
    found = {s.piece.panel.index for s, cost in zip(layout.chosen, layout.prices, strict=True) if cost > FAULTY}
    return sorted(found)


def _anew(
    layout: Layout,
    pieces: Sequence[TextPiece],
    page: PageSpace,
    near: Container[int],
    candidates: Candidates,
    pairs: Pairs,
) -> Layout:
    """With the balloons of the panels in `near` set anew, if that is better."""
    best = next(iter(_ways(layout, pieces, page, near, candidates, pairs)), layout)
    return best if best.cost < layout.cost - 1e-9 else layout


def _ways(
    layout: Layout,
    pieces: Sequence[TextPiece],
    page: PageSpace,
    near: Container[int],
    candidates: Candidates,
    pairs: Pairs,
    effort: Effort = PATIENT,
) -> list[Layout]:
    """Layouts with the balloons of the panels in `near` set anew, best first."""
    start = Layout()
    for spot, price in zip(layout.chosen, layout.prices, strict=True):
        if spot.piece.panel.index not in near:
            start = start.joined(spot, price)
    beam = [start]
    for piece in pieces:
        if piece.panel.index in near:
            beam = grown(beam, candidates(piece), page, effort, pairs)
    return [_in_order(found, pieces) for found in beam]


def _in_order(layout: Layout, pieces: Sequence[TextPiece]) -> Layout:
    rank = {piece.key: i for i, piece in enumerate(pieces)}
    ordered = sorted(zip(layout.chosen, layout.prices, strict=True), key=lambda entry: rank[entry[0].piece.key])
    return replace(layout, chosen=tuple(s for s, _ in ordered), prices=tuple(c for _, c in ordered))
