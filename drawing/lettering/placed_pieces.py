"""Pieces of text and where they are placed: a part in its settings, the place of its balloon (millimetres)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from drawing.lettering.balloons import BalloonBody
from drawing.lettering.figure_anchors import Speaker
from drawing.lettering.free_space import PanelSpace
from drawing.lettering.tails import Tail
from manga.geometry import Point, Polygon, Rect
from manga.lettering import BalloonKind, TextRun

Place = Literal["auto", "top_right", "top_left", "bottom_right", "bottom_left"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to set a part: its type at (0, 0), the body that holds it, and what the way costs."""

    run: TextRun
    body: BalloonBody
    cost: float
    rim: tuple[Point, ...]
    flat: Polygon
    """The body's curve about (0, 0)."""

    @property
    def em(self) -> float:
        return self.run.size_q * 0.25

    def text_at(self, centre: Point) -> Rect:
        w, h = self.run.box.width, self.run.box.height
        dx, dy = self.body.text
        return Rect(x=centre[0] + dx - w / 2, y=centre[1] + dy - h / 2, width=w, height=h)

    def box_at(self, centre: Point) -> Rect:
        rx, ry = self.body.reach
        return Rect(x=centre[0] - rx, y=centre[1] - ry, width=2 * rx, height=2 * ry)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A part to be placed. `rank` of `count` is its place in its panel; `talker` says it, seen or not; one that
    `follows` another (its key) is the rest of what did not fit there."""

    key: str
    panel: PanelSpace
    kind: BalloonKind
    variants: tuple[Variant, ...]
    speaker: Speaker | None
    rank: int
    count: int
    talker: str | None = None
    place: Place = "auto"
    follows: str | None = None
    side: int = 0
    """Of a voice from outside the panel: 1: it comes from the right, -1: from the left, 0: nobody knows from where."""

    @property
    def line(self) -> str:
        """The line that it holds, or a part of."""
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class BalloonSpot:
    """A place for a balloon. `cut` balloons end at the panel's border; one that `joins` another (its key) is one shape
    with it, or linked to it by a neck."""

    piece: TextPiece
    variant: Variant
    centre: Point
    box: Rect
    cut: bool
    tail: Tail | None
    cost: float
    joins: str | None = None
    neck: tuple[Point, Point] | None = None

    @cached_property
    def seen(self) -> Rect:
        """The box of what is drawn of the body."""
        rx, ry = self.variant.body.rx, self.variant.body.ry
        whole = Rect(x=self.centre[0] - rx, y=self.centre[1] - ry, width=2 * rx, height=2 * ry)
        return meet(whole, self.piece.panel.box) if self.cut else whole

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the balloon with its tail, and an em around: nothing else of it reaches out
        farther, and no clearance is wider."""
        boxes, em = [self.box, *([self.tail.box] if self.tail else [])], self.variant.em
        left, top = min(box.x for box in boxes), min(box.y for box in boxes)
        right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
        return left - em, top - em, right + em, bottom + em


def meet(a: Rect, b: Rect) -> Rect:
    """What two boxes share; without size where they do not."""
    x, y = max(a.x, b.x), max(a.y, b.y)
    return Rect(x=x, y=y, width=max(0.0, min(a.right, b.right) - x), height=max(0.0, min(a.bottom, b.bottom) - y))
