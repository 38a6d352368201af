"""A page's layout with faults in, the same with the balloons of single panels placed anew out.

A search over a whole page keeps few layouts and may lose the only good one of a crowded panel; with the other panels
held still, all spots of one panel can be weighed against each other.
"""

from collections.abc import Sequence
from dataclasses import replace

from drawing.lettering.beam import Effort, Layout, grown
from drawing.lettering.space import PageSpace
from drawing.lettering.spots import Piece, Spot, spots

FAULTY = 9.0
"""A piece that costs this much hides a face or has lost its tail."""
PATIENT = Effort(beam=80, spots=140, variants=99, alike=6)


def mended(layout: Layout, pieces: Sequence[Piece], page: PageSpace) -> Layout:
    """The layout with its faulty panels placed anew, each by itself; then, where that is not enough, with neighbours."""
    for reach in (0, 1):
        for panel in _faulty(layout):
            if panel in _faulty(layout):
                layout = _panels_anew(layout, pieces, page, panel, reach)
    return layout


def _faulty(layout: Layout) -> list[int]:
    found = {s.piece.panel.index for s, cost in zip(layout.chosen, layout.prices, strict=True) if cost > FAULTY}
    return sorted(found)


def _panels_anew(layout: Layout, pieces: Sequence[Piece], page: PageSpace, panel: int, reach: int) -> Layout:
    """With the balloons of one panel, and of `reach` panels before and after it, set anew, if that is better."""
    near = range(panel - reach, panel + reach + 1)
    known = zip(layout.chosen, layout.prices, strict=True)
    still = [(spot, cost) for spot, cost in known if spot.piece.panel.index not in near]
    start = Layout()
    for spot, cost in still:
        start = start.joined(spot, cost)
    beam = [start]
    for piece in pieces:
        if piece.panel.index in near:
            beam = grown(beam, _candidates(piece, page), page, PATIENT)
            if not beam:
                return layout
    best = beam[0]
    return _in_order(best, pieces) if best.cost < layout.cost - 1e-9 else layout


def _candidates(piece: Piece, page: PageSpace) -> list[Spot]:
    return spots(piece, page, (*piece.variants, *piece.spare), PATIENT.spots)


def _in_order(layout: Layout, pieces: Sequence[Piece]) -> Layout:
    rank = {piece.key: i for i, piece in enumerate(pieces)}
    ordered = sorted(zip(layout.chosen, layout.prices, strict=True), key=lambda entry: rank[entry[0].piece.key])
    return replace(layout, chosen=tuple(s for s, _ in ordered), prices=tuple(c for _, c in ordered))
