"""Tails: a balloon's body and a mouth in; out comes a short curved wedge.

It stops before the mouth and stays off the face.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

from drawing.ink.paths import Path, ellipse
from drawing.lettering.balloons import BalloonBody
from drawing.lettering.figure_anchors import Speaker
from manga.geometry import Point, Rect, bounds

STOP_HEADS = 0.35
"""How far before the mouth a tail ends, in heads (the trade: 0.3 to 0.6)."""
FACE_MARGIN_HEADS = 0.1
USUAL_EM, LONGEST_EM, FARTHEST_EM = 2.8, 5.0, 9.0
"""A tail is short where that is plain enough, and reaches far only where somebody else could be meant."""
SHORTEST_EM, SHORTEST_SPIKED_EM = 0.35, 1.0
"""A tail that ends sooner is none; among the spikes of a shout it is lost before that."""
SWAY = 0.17
"""How far the middle of a tail lies off the straight way, by its length: it is bent like a horn."""
BENT_EM = 4.0
"""A longer tail is bent no more: others keep off its straight way."""
_BESIDE_EM = 0.4
"""What a tail of usual length takes beside its straight way."""
BASE_EM = 1.2
STRAIGHTEST_TURN = 0.55
"""Cosine of the widest angle between the way to the tip and the way on to the mouth."""
_SUNK = 0.985
"""Where the feet of a tail stand, as a share of the body's radius: inside, so that nothing gapes."""


@dataclass(frozen=True, slots=True)
class Tail:
    """`root` on the body's curve, `tip` in front of the mouth."""

    root: Point
    tip: Point
    mouth: Point
    box: Rect

    @property
    def length(self) -> float:
        return hypot(self.tip[0] - self.root[0], self.tip[1] - self.root[1])

    def no_longer_than(self, most: float) -> "Tail":
        """The same tail, ending sooner."""
        if self.length <= most:
            return self
        (x0, y0), (x1, y1), share = self.root, self.tip, most / self.length
        tip = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
        return Tail(self.root, tip, self.mouth, bounds((self.root, tip)))

    def samples(self, count: int = 7) -> list[Point]:
        (x0, y0), (x1, y1) = self.root, self.tip
        return [(x0 + (x1 - x0) * i / (count - 1), y0 + (y1 - y0) * i / (count - 1)) for i in range(count)]


TURNS = (0.0, 0.4, -0.4, 0.8, -0.8)
"""Where a tail may leave its balloon, in radians from the straight way to the mouth."""


def tails_to(
    speaker: Speaker,
    body: BalloonBody,
    centre: Point,
    em: float,
    keep_off: Sequence[Rect] = (),
    *,
    outset: bool = False,
    shortest: float = SHORTEST_EM,
) -> Iterator[Tail]:
    """Tails that lead over none of the boxes to keep off; short ones before long, and among each the straightest first.
    None where there is no room for one.

    `outset`: they begin off the border; `shortest` is told in em.
    """
    mx, my = speaker.mouth
    straight = atan2(my - centre[1], mx - centre[0])
    free: list[Tail] = []
    for turn in TURNS:
        tail = _tail(speaker, body, centre, em, straight + turn, outset=outset, shortest=shortest)
        if tail is not None and not crosses(tail, keep_off):
            free.append(tail)
            short = tail.no_longer_than(USUAL_EM * em)
            if outset or _stands_out(short, body, centre):
                yield short
    for nearer, reach in ((USUAL_EM, LONGEST_EM), (LONGEST_EM, FARTHEST_EM)):
        yield from (tail.no_longer_than(reach * em) for tail in free if tail.length > nearer * em)


def _stands_out(tail: Tail, body: BalloonBody, centre: Point) -> bool:
    """Whether a tail ends outside all that its balloon reaches, the spikes of a shout included."""
    x, y = tail.tip[0] - centre[0], tail.tip[1] - centre[1]
    return hypot(x / body.reach[0], y / body.reach[1]) > 1


def _tail(
    speaker: Speaker, body: BalloonBody, centre: Point, em: float, angle: float, *, outset: bool, shortest: float
) -> Tail | None:
    """The tail that leaves the body at an angle."""
    mx, my = speaker.mouth
    x, y = body.at(angle)
    if outset:
        x, y = (
            x * body.reach[0] / body.rx + 0.25 * em * cos(angle),
            y * body.reach[1] / body.ry + 0.25 * em * sin(angle),
        )
    root = (centre[0] + x, centre[1] + y)
    whole = hypot(mx - root[0], my - root[1])
    outwards = (mx - root[0]) * cos(angle) + (my - root[1]) * sin(angle)
    if whole < 1e-6 or outwards < 0.5 * whole or body.depth(mx - centre[0], my - centre[1]) <= 1:
        return None
    room = whole - STOP_HEADS * speaker.head_height
    if speaker.face is not None:
        entered = entry(root, speaker.mouth, speaker.face.inset(-FACE_MARGIN_HEADS * speaker.head_height))
        if entered is not None:
            room = min(room, entered * whole - 0.02 * em)
    if room < shortest * em:
        return None
    share = min(room, FARTHEST_EM * em) / whole
    tip = (root[0] + (mx - root[0]) * share, root[1] + (my - root[1]) * share)
    return Tail(root, tip, speaker.mouth, bounds((root, tip)))


def entry(start: Point, end: Point, box: Rect) -> float | None:
    """Where a segment first meets a box, 0..1; None when it passes by."""
    low, high = 0.0, 1.0
    dx, dy = end[0] - start[0], end[1] - start[1]
    for at, step, near, far in ((start[0], dx, box.x, box.right), (start[1], dy, box.y, box.bottom)):
        if abs(step) < 1e-9:
            if not near <= at <= far:
                return None
            continue
        t0, t1 = sorted(((near - at) / step, (far - at) / step))
        low, high = max(low, t0), min(high, t1)
    return low if low <= high else None


def crosses(tail: Tail, boxes: Sequence[Rect]) -> bool:
    """Whether the way from the balloon to the mouth leads over one of some boxes."""
    return any(entry(tail.root, tail.mouth, box) is not None for box in boxes)


def misleads(tail: Tail, middle: Point, rivals: Sequence[Speaker]) -> bool:
    """Whether a reader who follows the tail from the middle of the type could take somebody else for the speaker."""
    x, y = tail.tip
    along, on = (x - middle[0], y - middle[1]), (tail.mouth[0] - x, tail.mouth[1] - y)
    way = hypot(*on)
    forward = along[0] * on[0] + along[1] * on[1]
    if forward < STRAIGHTEST_TURN * hypot(*along) * way:
        return True
    return any(hypot(rival.mouth[0] - x, rival.mouth[1] - y) <= 1.05 * way for rival in rivals)


def aside(tail: Tail, em: float) -> float:
    """How far from the straight way to its tip a tail, bent as it may be, is drawn with clearance."""
    beyond = min(max(tail.length / em, USUAL_EM), BENT_EM) - USUAL_EM
    return (_BESIDE_EM + SWAY / 2 * beyond) * em


def wedge(tail: Tail, body: BalloonBody, centre: Point, em: float, bend: float) -> Path:
    """The tail as a shape to be joined with its balloon: its foot on the body's curve, hollow sides, fine at the tip.

    `bend` -1..1 curves it to one side.
    """
    (x0, y0), (x1, y1) = tail.root, tail.tip
    length = tail.length
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    half = min(BASE_EM * em / 2, 0.3 * min(body.rx, body.ry), 0.26 * em + 0.2 * length)
    sway = (bend + (1 if bend >= 0 else -1)) / 2 * SWAY * min(length, BENT_EM * em)

    def foot(side: float) -> Point:
        x, y = x0 - centre[0] - side * uy * half, y0 - centre[1] + side * ux * half
        on = body.at(atan2(y, x))
        return (centre[0] + on[0] * _SUNK, centre[1] + on[1] * _SUNK)

    def hollow(at: Point, side: float) -> Point:
        x, y = (0.45 * x0 + 0.2 * at[0] + 0.35 * x1), (0.45 * y0 + 0.2 * at[1] + 0.35 * y1)
        across = side * 0.12 * half + sway
        return (x - uy * across, y + ux * across)

    left, right = foot(1), foot(-1)
    inner = (centre[0] + (x0 - centre[0]) * 0.8, centre[1] + (y0 - centre[1]) * 0.8)
    return (
        ("M", *inner),
        ("L", *left),
        ("Q", *hollow(left, 1), x1, y1),
        ("Q", *hollow(right, -1), *right),
        ("Z",),
    )


def bubbles(tail: Tail, em: float) -> tuple[Path, ...]:
    """The small bubbles that lead from a thought to its thinker, largest first; the last one lies at the tip."""
    (x0, y0), (x1, y1) = tail.root, tail.tip
    length = hypot(x1 - x0, y1 - y0)
    count = 3 if length > 1.9 * em else 2 if length > 0.9 * em else 1
    radii = (0.4 * em, 0.27 * em, 0.17 * em)[3 - count :] if count > 1 else (0.22 * em,)
    first, last = radii[0] / length, 1 - radii[-1] / length
    found: list[Path] = []
    for i, radius in enumerate(radii):
        t = first + (last - first) * i / (count - 1) if count > 1 else max(0.5, last)
        found.append(ellipse(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, radius * 1.12, radius * 0.92))
    return tuple(found)
