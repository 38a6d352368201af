"""Joins balloons of one speaker that follow one another in a panel to one shape.

The second is drawn up to the first until they run into each other, type still apart (連結); where that hides something
or goes against the order of reading, a neck leads from one to the other (数珠つなぎ). Of both one tail is left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import atan2, cos, hypot, pi, sin

from drawing.ink.paths import Path
from drawing.lettering.balloon_spots import examined, tailless
from drawing.lettering.beam_search import Layout, overlap, surely_before, tail_meets
from drawing.lettering.free_space import PageSpace
from drawing.lettering.placed_pieces import BalloonSpot
from drawing.lettering.reader_gaze import wanders
from drawing.lettering.spot_costs import rough
from drawing.lettering.tails import entry
from manga.geometry import Point, bounds
from manga.lettering import BalloonKind

JOINED = frozenset({BalloonKind.SPEECH, BalloonKind.OFF_PANEL})
SHARED_EM = 0.55
"""How far the second balloon reaches into the first."""
APART_EM = 0.55
"""How far type of joined balloons is apart."""
WORSE = 1.2
"""How much dearer its new place may be for the second balloon."""
CLEAR_EM = 0.6
NECK_EM, LONGEST_NECK_EM = 0.42, 3.0
"""Half of a neck's width, and how far it leads at most."""
DIRECTIONS = (1.0, 0.88, 0.75, 0.62, 0.5)
"""Where the second balloon may lie from a first on its right, in half turns, clockwise from the right."""


def joined(spots: Sequence[BalloonSpot], page: PageSpace) -> tuple[BalloonSpot, ...]:
    """The balloons of a page with those joined that belong together."""
    found = list(spots)
    for i in range(1, len(found)):
        first, second = found[i - 1], found[i]
        if _belong(first, second):
            rest = [*found[: i - 1], *found[i + 1 :]]
            drawn_up = _drawn_up(first, second, rest, page)
            if drawn_up and _leads(drawn_up, i, found, page):
                found[i] = drawn_up
            else:
                found[i] = _necked(first, second, rest) or second
    return tuple(found)


def _leads(spot: BalloonSpot, place: int, before: Sequence[BalloonSpot], page: PageSpace) -> bool:
    """Whether the eye wanders no more than before with another spot at a place, and the next text is read after it."""
    after = [*before[:place], spot, *before[place + 1 :]]
    if wanders(Layout(tuple(after)), page) > wanders(Layout(tuple(before)), page):
        return False
    return all(in_turn(spot, other, page) for other in after[place + 1 : place + 2])


def in_turn(first: BalloonSpot, second: BalloonSpot, page: PageSpace) -> bool:
    """Whether the second text is still read after the first one, where both are in one panel."""
    apart = first.piece.panel.index != second.piece.panel.index
    return apart or surely_before(first.seen, second.seen, rtl=page.rtl)


def _belong(first: BalloonSpot, second: BalloonSpot) -> bool:
    a, b = first.piece, second.piece
    same = a.panel.index == b.panel.index and a.talker == b.talker and (a.talker is not None or a.line == b.line)
    return same and a.kind is b.kind and a.kind in JOINED and not (first.cut or second.cut)


def _drawn_up(
    first: BalloonSpot, second: BalloonSpot, rest: Sequence[BalloonSpot], page: PageSpace
) -> BalloonSpot | None:
    """The cheapest place at which the second runs into the first."""
    options = (spot for centre in _beside(first, second, page) if (spot := _at(second, centre, page)) is not None)
    fitting = [spot for spot in options if _fits(first, spot, rest, page)]
    best = min(fitting, key=_price, default=None)
    if best is None or _price(best) > _price(second) + WORSE:
        return None
    return replace(best, tail=None if first.tail else best.tail, joins=first.piece.key)


def _beside(first: BalloonSpot, second: BalloonSpot, page: PageSpace) -> Iterator[Point]:
    for turn in DIRECTIONS:
        angle = turn * pi if page.rtl else (1 - turn) * pi
        far = hypot(*first.variant.body.at(angle)) + hypot(*second.variant.body.at(angle + pi))
        far -= SHARED_EM * second.variant.em
        yield (round(first.centre[0] + far * cos(angle), 3), round(first.centre[1] + far * sin(angle), 3))


def _at(second: BalloonSpot, centre: Point, page: PageSpace) -> BalloonSpot | None:
    if not page.text_area.contains(second.variant.text_at(centre), 1e-3):
        return None
    cost = rough(second.piece, page, second.variant, centre) + second.variant.cost
    return examined(second.piece, second.variant, centre, cost)


def _fits(first: BalloonSpot, spot: BalloonSpot, rest: Sequence[BalloonSpot], page: PageSpace) -> bool:
    em = spot.variant.em
    own, other = spot.variant.text_at(spot.centre), first.variant.text_at(first.centre)
    if (
        spot.cut
        or own.inset(-APART_EM * em).overlap(other) > 0
        or not surely_before(first.seen, spot.seen, rtl=page.rtl)
    ):
        return False
    if not overlap(first, spot, -0.1 * em) or tail_meets(first, spot):
        return False
    tail = None if first.tail else spot.tail
    led = replace(spot, tail=tail)
    return not any(
        overlap(o, spot, CLEAR_EM * em) or tail_meets(o, spot) or tail_meets(led, o) for o in (*rest,)
    ) and not tail_meets(led, first)


def _price(spot: BalloonSpot) -> float:
    """What a place costs, its tail apart: joined balloons need one between them."""
    if spot.tail is not None or spot.piece.speaker is None:
        return spot.cost
    return spot.cost - tailless(spot.piece, spot.piece.speaker)


def _necked(first: BalloonSpot, second: BalloonSpot, rest: Sequence[BalloonSpot]) -> BalloonSpot | None:
    """The second with a neck to the first, where nothing lies between them."""
    start, end = _rim(second, first.centre), _rim(first, second.centre)
    if hypot(end[0] - start[0], end[1] - start[1]) > LONGEST_NECK_EM * second.variant.em:
        return None
    boxes = [*second.piece.panel.heads, *(o.box for o in rest)]
    wide = NECK_EM * second.variant.em
    if any(entry(start, end, box.inset(-wide)) is not None for box in boxes):
        return None
    crossing = [o for o in (first, *rest) if o.tail is not None and o.tail.box.overlap(bounds((start, end))) > 0]
    if crossing:
        return None
    return replace(second, tail=None if first.tail else second.tail, joins=first.piece.key, neck=(start, end))


def _rim(spot: BalloonSpot, towards: Point) -> Point:
    x, y = spot.variant.body.at(atan2(towards[1] - spot.centre[1], towards[0] - spot.centre[0]))
    return (spot.centre[0] + x, spot.centre[1] + y)


def neck(start: Point, end: Point, em: float) -> Path:
    """The shape of a neck, hollow on both sides, its ends well inside the balloons."""
    length = max(1e-6, hypot(end[0] - start[0], end[1] - start[1]))
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    wide, deep = NECK_EM * em, 0.35 * em
    x0, y0, x1, y1 = start[0] - ux * deep, start[1] - uy * deep, end[0] + ux * deep, end[1] + uy * deep
    mx, my = (x0 + x1) / 2, (y0 + y1) / 2
    thin = 0.35 * wide
    return (
        ("M", x0 - uy * wide, y0 + ux * wide),
        ("Q", mx - uy * thin, my + ux * thin, x1 - uy * wide, y1 + ux * wide),
        ("L", x1 + uy * wide, y1 - ux * wide),
        ("Q", mx + uy * thin, my - ux * thin, x0 + uy * wide, y0 - ux * wide),
        ("Z",),
    )
