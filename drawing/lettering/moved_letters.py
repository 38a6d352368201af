"""Moves letters to where a person wants them, from where they were set.

Everything else on the page stays. A place is a share of the panel's box, so that it holds when the page is lettered
again, with other words or in another frame.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import atan2, cos, hypot, radians, sin
from typing import Literal, TypeAlias

from drawing.ink.paths import (
    from_data,
    mapped,
    to_data,
)
from drawing.lettering.balloon_spots import pointed
from drawing.lettering.balloons import BOXED
from drawing.lettering.free_space import PageSpace
from drawing.lettering.placed_pieces import BalloonSpot, Variant
from drawing.lettering.tails import SHORTEST_EM, Tail, tails_to
from manga.geometry import Point, Rect, bounds
from manga.lettering import BalloonKind, LetterFace, Sfx
from manga.values import Value

EDGE_MM = 1.0
"""How far a moved text stays inside the trim at least."""


Runs: TypeAlias = Literal["auto", "vertical", "level"]
"""Whether type runs down in columns or across in rows; by itself as the book's language has it."""
Ink: TypeAlias = Literal["auto", "black", "white"]


class Placing(Value):
    """A person's word on one text: its middle and its tail's tip as shares of the panel's box, its size against its
    own, its turn, the way its type runs, its typeface, and what drawn letters are filled with."""

    x: float | None = None
    y: float | None = None
    scale: float = 1.0
    turn_deg: float = 0.0
    tip: Point | None = None
    runs: Runs = "auto"
    ink: Ink = "auto"
    face: LetterFace = "auto"

    @property
    def puts(self) -> bool:
        """Whether a balloon stands, or points, other than by itself."""
        return self.x is not None or self.tip is not None or self.scale != 1.0


def own_place(spot: BalloonSpot, variant: Variant, placing: Placing, page: PageSpace) -> BalloonSpot:
    """The spot that a person wants, its tail anew. Type never leaves the page."""
    panel = spot.piece.panel
    middle = spot.variant.text_at(spot.centre).centre
    if placing.x is not None and placing.y is not None:
        middle = (panel.box.x + placing.x * panel.box.width, panel.box.y + placing.y * panel.box.height)
    width, height = variant.run.box.width, variant.run.box.height
    x, y = _kept_inside(middle, width, height, page.trim)
    centre = (round(x - variant.body.text[0], 3), round(y - variant.body.text[1], 3))
    if placing.x is None and variant is spot.variant:
        moved = replace(spot, tail=None)
    else:
        moved = replace(spot, variant=variant, centre=centre, box=variant.box_at(centre), cut=False, tail=None)
    if placing.tip is not None and spot.piece.kind not in BOXED:
        return replace(moved, tail=_own_tail(moved, placing.tip, page.trim))
    return replace(moved, tail=pointed(spot.piece, variant, centre) or _any_tail(moved))


def parted(spot: BalloonSpot, placings: Mapping[str, Placing]) -> BalloonSpot:
    """A balloon by itself where it, or the one that it joins, is put elsewhere by a person."""
    moved = [placings[key] for key in (spot.piece.key, spot.joins) if key is not None and key in placings]
    if spot.joins is None or all(placing.x is None and placing.scale == 1.0 for placing in moved):
        return spot
    return replace(spot, joins=None, neck=None, tail=pointed(spot.piece, spot.variant, spot.centre))


def _own_tail(spot: BalloonSpot, tip: Point, trim: Rect) -> Tail | None:
    """The tail to where a person wants its tip; none when that is in the balloon itself."""
    panel, body, (cx, cy) = spot.piece.panel.box, spot.variant.body, spot.centre
    x, y = _kept_inside((panel.x + tip[0] * panel.width, panel.y + tip[1] * panel.height), 0, 0, trim)
    angle = atan2(y - cy, x - cx)
    dx, dy = body.at(angle)
    if spot.piece.kind is BalloonKind.THOUGHT:
        dx, dy = (
            dx * body.reach[0] / body.rx + 0.25 * spot.variant.em * cos(angle),
            dy * body.reach[1] / body.ry + 0.25 * spot.variant.em * sin(angle),
        )
    if hypot(x - cx, y - cy) < hypot(dx, dy) + SHORTEST_EM * spot.variant.em:
        return None
    root = (cx + dx, cy + dy)
    return Tail(root, (x, y), (x, y), bounds((root, (x, y))))


def _any_tail(spot: BalloonSpot) -> Tail | None:
    """The straightest tail, whatever it crosses: the person has put the balloon there."""
    speaker = spot.piece.speaker
    if speaker is None:
        return None
    outset = spot.piece.kind is BalloonKind.THOUGHT
    return next(tails_to(speaker, spot.variant.body, spot.centre, spot.variant.em, (), outset=outset), None)


def own_sound(sfx: Sfx, placing: Placing | None, page: PageSpace) -> Sfx:
    """Drawn letters at another place, larger or smaller, turned clockwise."""
    if placing is None:
        return sfx
    panel = next(space.box for space in page.panels if space.key == sfx.panel)
    box = bounds(sfx.polygon)
    middle = box.centre
    if placing.x is not None and placing.y is not None:
        middle = (panel.x + placing.x * panel.width, panel.y + placing.y * panel.height)
    across, along = placing.scale * cos(radians(placing.turn_deg)), placing.scale * sin(radians(placing.turn_deg))
    width = abs(across) * box.width + abs(along) * box.height
    height = abs(along) * box.width + abs(across) * box.height
    to = _kept_inside(middle, width, height, page.trim)

    def move(x: float, y: float) -> Point:
        dx, dy = x - box.centre[0], y - box.centre[1]
        return (to[0] + dx * across - dy * along, to[1] + dx * along + dy * across)

    return sfx.model_copy(
        update={
            "outline": to_data(mapped(from_data(sfx.outline), move)),
            "polygon": tuple((round(x, 2), round(y, 2)) for x, y in (move(*p) for p in sfx.polygon)),
            "style": sfx.style if placing.ink == "auto" else placing.ink,
        }
    )


def _kept_inside(middle: Point, width: float, height: float, trim: Rect) -> Point:
    room = trim.inset(EDGE_MM)
    half_w, half_h = min(width, room.width) / 2, min(height, room.height) / 2
    return (
        min(max(middle[0], room.x + half_w), room.right - half_w),
        min(max(middle[1], room.y + half_h), room.bottom - half_h),
    )
