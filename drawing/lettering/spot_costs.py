"""What a spot for a balloon costs at a glance: a piece, a setting and a centre in, a cost out.

Hidden faces before all, then bodies; too far from the mouth; out of the panel; captions away from their corners.
"""

from math import hypot, sqrt

from drawing.lettering.balloons import BOXED
from drawing.lettering.figure_anchors import Speaker
from drawing.lettering.free_space import PageSpace, PanelSpace
from drawing.lettering.placed_pieces import Place, TextPiece, Variant
from manga.geometry import Point, Rect
from manga.lettering import BalloonKind

OVER_BODY, OVER_BODY_BOXED = 0.8, 1.3
"""What it costs to lie over a body altogether, where background might be free."""
OVER_BUSY = 2.0
"""What it costs to lie over a part of the picture that is full of lines, where a quiet part might be free."""
ROUND = 0.06
"""A balloon hides about as much as its box without this share on every side."""
CORNER_MM = 0.0
"""How far a caption stands off the border of its panel's corner: it shares that border, as in print."""
OFF_CORNER, FAR_MM = 0.6, 8.0
"""What a caption pays for each side on which it is as far as this from its corner."""
CAPTION_OUT = 2.0
"""What a caption pays for crossing its panel's border at all."""
WISHED = 2.5
"""What it costs to stand a whole panel away from the corner that a person wishes."""
OFF_SIDE = 1.2
"""The same from the side on which a voice from outside the panel is heard."""
LEAN_FREELY = 0.12
"""The share of a balloon that may hang out of its panel for next to nothing."""
_CORNERS: dict[Place, tuple[float, float]] = {
    "top_right": (1.0, 0.0),
    "top_left": (0.0, 0.0),
    "bottom_right": (1.0, 1.0),
    "bottom_left": (0.0, 1.0),
}


def rough(piece: TextPiece, page: PageSpace, variant: Variant, centre: Point) -> float:
    """The cost of a place before its shape is looked at exactly."""
    panel = piece.panel
    box = variant.box_at(centre)
    return (
        covering(panel, box, piece.kind)
        + _position(piece, page, box)
        + (_distance(piece.speaker, box, panel.box) if piece.speaker else 0.0)
        + _overflow(panel, box, piece.kind)
    )


def covering(panel: PanelSpace, box: Rect, kind: BalloonKind) -> float:
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
    busy = OVER_BUSY * panel.ground.under(box) if panel.ground is not None else 0.0
    return cost + busy + (OVER_BODY_BOXED if boxed else OVER_BODY) * over / max(box.area, 1e-6)


def _position(piece: TextPiece, page: PageSpace, box: Rect) -> float:
    """Upper, outer, in the order of speaking; the last of a tier a little lower; captions in corners."""
    panel = piece.panel.box
    x = (box.centre[0] - panel.x) / max(panel.width, 1e-6)
    y = (box.centre[1] - panel.y) / max(panel.height, 1e-6)
    ahead = x if page.rtl else 1 - x
    turn = (piece.rank + 0.5) / piece.count
    cost = 0.35 * abs((1 - turn) - ahead) if piece.count > 1 else 0.3 * (1 - ahead)
    lower = 0.45 if piece.panel.ends_tier and piece.rank == piece.count - 1 else 0.25 * turn
    cost += 0.6 * abs(y - lower)
    if piece.side:
        cost += OFF_SIDE * (1 - x if piece.side > 0 else x)
    if piece.place != "auto":
        cx, cy = _CORNERS[piece.place]
        cost += WISHED * hypot(x - cx, y - cy)
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
