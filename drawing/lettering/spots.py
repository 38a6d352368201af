"""Where one balloon could lie: a set text and its panel in, spots with their cost out, cheapest first.

The cost is what an editor would hold against the spot, before any other balloon is looked at. A spot that is free may
lean over the border where the page allows; one that is not is cut by the border, its text whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Literal

from drawing.lettering.anchors import Speaker
from drawing.lettering.balloons import BOXED, Body
from drawing.lettering.space import PageSpace, PanelSpace
from drawing.lettering.tails import Tail, misleads, tails_to
from manga.geometry import Point, Polygon, Rect, bounds, inside, overlap_area
from manga.lettering import BalloonKind, TextRun

GRID = 8
SHORTLIST = 56
KEPT = 32
FACE_LIMIT = 0.02
OVER_BODY, OVER_BODY_BOXED = 0.8, 1.3
"""What it costs to lie over a body altogether, where background might be free."""
ROUND = 0.06
"""A balloon hides about as much as its box without this share on every side."""
PAD_EM = 0.4
CORNER_MM = 1.2
"""How far a caption stands off the border of its panel's corner."""
OFF_CORNER, FAR_MM = 0.6, 8.0
"""What a caption pays for each side on which it is as far as this from its corner."""
CAPTION_OUT = 2.0
"""What a caption pays for crossing its panel's border at all."""
LEAN_FREELY = 0.12
"""The share of a balloon that may hang out of its panel for next to nothing."""
_WORSE = 100.0
TAILLESS = 150.0
"""What a balloon pays that should have a tail and has none."""
_FACE = 10.0

Place = Literal["auto", "top_right", "top_left", "bottom_right", "bottom_left"]
_CORNERS: dict[Place, tuple[float, float]] = {
    "top_right": (1.0, 0.0),
    "top_left": (0.0, 0.0),
    "bottom_right": (1.0, 1.0),
    "bottom_left": (0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to set a part: its type at (0, 0), the body that holds it, and what the way costs."""

    run: TextRun
    body: Body
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
class Piece:
    """A part to be placed. `rank` of `count` is its place in its panel; `talker` says it, seen or not."""

    key: str
    panel: PanelSpace
    kind: BalloonKind
    variants: tuple[Variant, ...]
    speaker: Speaker | None
    rank: int
    count: int
    talker: str | None = None
    place: Place = "auto"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a balloon. `cut` balloons end at the panel's border."""

    piece: Piece
    variant: Variant
    centre: Point
    box: Rect
    cut: bool
    tail: Tail | None
    cost: float

    @property
    def seen(self) -> Rect:
        """The box of what is drawn of the body."""
        rx, ry = self.variant.body.rx, self.variant.body.ry
        whole = Rect(x=self.centre[0] - rx, y=self.centre[1] - ry, width=2 * rx, height=2 * ry)
        return _meet(whole, self.piece.panel.box) if self.cut else whole


def spots(piece: Piece, page: PageSpace, variants: Sequence[Variant], kept: int = KEPT) -> list[Spot]:
    """The best spots inside the panel."""
    rough = [(_rough(piece, page, v, centre) + v.cost, v, centre) for v, centre in _grid(piece, page, variants)]
    rough.sort(key=lambda entry: entry[0])
    found: list[Spot] = []
    for cost, variant, centre in rough[: max(SHORTLIST, kept)]:
        spot = _examined(piece, variant, centre, cost)
        if spot is not None:
            found.append(spot)
    found.sort(key=lambda spot: spot.cost)
    return found[:kept]


def _grid(piece: Piece, page: PageSpace, variants: Sequence[Variant]) -> Iterator[tuple[Variant, Point]]:
    """Centres at which the type, with a little air, lies in the panel and in the page's text area."""
    panel, heads = piece.panel.box, piece.panel.heads
    border = CORNER_MM if piece.kind in BOXED else 0.0
    for variant in variants:
        type_ = variant.text_at((0.0, 0.0)).inset(-PAD_EM * variant.em)
        in_page = variant.text_at((0.0, 0.0))
        room, area = piece.panel.room, page.text_area
        x0, x1 = max(room.x - type_.x, area.x - in_page.x), min(room.right - type_.right, area.right - in_page.right)
        y0, y1 = (
            max(room.y - type_.y, area.y - in_page.y),
            min(room.bottom - type_.bottom, area.bottom - in_page.bottom),
        )
        if x1 < x0 or y1 < y0:
            continue
        rx, ry = variant.body.reach
        across = [panel.x + rx + border, panel.right - rx - border]
        down = [panel.y + ry + border, panel.bottom - ry - border]
        across += [edge for head in heads for edge in (head.x - rx - 0.3, head.right + rx + 0.3)]
        down += [edge for head in heads for edge in (head.y - ry - 0.3, head.bottom + ry + 0.3)]
        for x in _steps(x0, x1, across):
            for y in _steps(y0, y1, down):
                yield variant, (x, y)


def _steps(low: float, high: float, snug: Sequence[float]) -> list[float]:
    """Positions from one limit to the other, and those right at borders and beside heads."""
    even = [low + (high - low) * i / (GRID - 1) for i in range(GRID)]
    return sorted({round(v, 3) for v in (*even, *(v for v in snug if low <= v <= high))})


def _meet(a: Rect, b: Rect) -> Rect:
    x, y = max(a.x, b.x), max(a.y, b.y)
    return Rect(x=x, y=y, width=max(0.0, min(a.right, b.right) - x), height=max(0.0, min(a.bottom, b.bottom) - y))


def _rough(piece: Piece, page: PageSpace, variant: Variant, centre: Point) -> float:
    panel = piece.panel
    box = variant.box_at(centre)
    return (
        _covering(panel, box, piece.kind)
        + _position(piece, page, box)
        + (_distance(piece.speaker, box, panel.box) if piece.speaker else 0.0)
        + _overflow(panel, box, piece.kind)
    )


def _covering(panel: PanelSpace, box: Rect, kind: BalloonKind) -> float:
    """What of the picture would be hidden, and how much of the balloon lies over somebody."""
    boxed = kind in BOXED
    rounded = 0.0 if boxed else ROUND * min(box.width, box.height)
    left, top = box.x + rounded, box.y + rounded
    right, bottom = box.x + box.width - rounded, box.y + box.height - rounded
    cost = over = 0.0
    for x0, y0, x1, y1, weight, body in panel.obstacles:
        width = min(right, x1) - max(left, x0)
        height = min(bottom, y1) - max(top, y0)
        if width > 0 and height > 0:
            cost += weight * width * height
            if body and width * height > over:
                over = width * height
    return cost + (OVER_BODY_BOXED if boxed else OVER_BODY) * over / max(box.area, 1e-6)


def _position(piece: Piece, page: PageSpace, box: Rect) -> float:
    """Upper, outer, in the order of speaking; the last of a tier a little lower; captions in corners."""
    panel = piece.panel.box
    x = (box.centre[0] - panel.x) / max(panel.width, 1e-6)
    y = (box.centre[1] - panel.y) / max(panel.height, 1e-6)
    ahead = x if page.rtl else 1 - x
    turn = (piece.rank + 0.5) / piece.count
    cost = 0.35 * abs((1 - turn) - ahead) if piece.count > 1 else 0.3 * (1 - ahead)
    lower = 0.45 if piece.panel.ends_tier and piece.rank == piece.count - 1 else 0.25 * turn
    cost += 0.6 * abs(y - lower)
    if piece.place != "auto":
        cx, cy = _CORNERS[piece.place]
        cost += 0.5 * hypot(x - cx, y - cy)
    if piece.kind is BalloonKind.CAPTION:
        gaps = min(box.x - panel.x, panel.right - box.right), min(box.y - panel.y, panel.bottom - box.bottom)
        cost += sum(OFF_CORNER * min(1.0, abs(gap - CORNER_MM) / FAR_MM) for gap in gaps)
    else:
        cost += 0.5 * max(0.0, 0.5 - hypot(x - 0.5, y - 0.5))
    return cost


def _distance(speaker: Speaker, box: Rect, panel: Rect) -> float:
    """How far the mouth is from the balloon, and whether the balloon lies below it."""
    mx, my = speaker.mouth
    dx = max(0.0, box.x - mx, mx - box.right)
    dy = max(0.0, box.y - my, my - box.bottom)
    far: float = hypot(dx, dy) / max(1.0, sqrt(panel.area))
    return 1.1 * far + (0.45 if box.centre[1] > my else 0.0)


def _overflow(panel: PanelSpace, box: Rect, kind: BalloonKind) -> float:
    """A balloon may lean out a little; a caption belongs inside."""
    out = 1 - panel.box.overlap(box) / box.area
    if out <= 1e-6:
        return 0.0
    if kind in BOXED:
        return CAPTION_OUT + 4.0 * out
    far = 2.0 * max(0.0, out - LEAN_FREELY)
    return 0.6 * out + far + (0.05 if panel.overhang.allows(panel.box, box) else 0.3 + out)


def _examined(piece: Piece, variant: Variant, centre: Point, cost: float) -> Spot | None:
    """The spot, weighed exactly; None when its type would cross a border that it must not."""
    panel = piece.panel
    text = variant.text_at(centre).inset(-PAD_EM * variant.em * 0.95)
    leans = not panel.holds(text.polygon(), text)
    if leans and not panel.leaves_type(text):
        return None
    shape = tuple((centre[0] + x, centre[1] + y) for x, y in variant.flat)
    box = variant.box_at(centre)
    cut = not panel.holds(shape, box) and not _may_lean(panel, box, shape)
    if leans and cut:
        return None
    cost += 0.8 * leans + (CAPTION_OUT if piece.kind in BOXED and cut else 0.0)
    cost += sum(_FACE + _WORSE * share for share in covered(shape, panel.faces) if share > FACE_LIMIT * 0.75)
    tail = pointed(piece, variant, centre)
    if piece.speaker is not None and tail is None:
        cost += TAILLESS
    if tail is not None and not (inside(tail.tip, panel.polygon) and (not cut or inside(tail.root, panel.polygon))):
        cost += _WORSE / 4
    return Spot(piece, variant, centre, box, cut, tail, cost)


def pointed(piece: Piece, variant: Variant, centre: Point) -> Tail | None:
    """The tail to the speaker, if there is one, nobody else stands in its way and nobody else could be meant."""
    speaker = piece.speaker
    if speaker is None:
        return None
    others = piece.panel.others(speaker.character)
    outset = piece.kind is BalloonKind.THOUGHT
    tails = tails_to(speaker, variant.body, centre, variant.em, others, outset=outset)
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


def anywhere(piece: Piece, page: PageSpace, variants: Sequence[Variant], steps: int = 14) -> Iterator[Spot]:
    """Spots all over the page, nearest to the panel first, without tails: the last resort, over art if need be."""
    limits = page.text_area
    home = piece.panel.box.centre
    for variant in variants:
        type_ = variant.text_at((0.0, 0.0))
        free_x, free_y = limits.width - type_.width, limits.height - type_.height
        xs = [limits.x - type_.x + free_x * i / (steps - 1) for i in range(steps)]
        ys = [limits.y - type_.y + free_y * i / (steps - 1) for i in range(steps)]
        centres = [(x, y) for x in xs for y in ys] if free_x > 0 and free_y > 0 else []
        for centre in sorted(centres, key=lambda c: (hypot(c[0] - home[0], c[1] - home[1]), c)):
            box = variant.box_at(centre)
            cost = _WORSE + _covering(piece.panel, box, piece.kind)
            yield Spot(piece, variant, centre, box, cut=False, tail=None, cost=cost)
