"""Balloon shapes: a set text and a kind in, half axes that hold it and the drawn outline out (millimetres).

Every balloon is a superellipse |x/rx|^p + |y/ry|^p = 1 about the text's centre; kinds differ in power and in how the
outline leaves that curve. The text decides the size, never the other way round.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, hypot, pi, sin
from random import Random

from drawing.ink.paths import Path, poly, rect, smooth
from drawing.lettering.vertical_text import TypeFaces
from manga.geometry import Point, Polygon, Rect
from manga.lettering import BalloonKind, FaceName, LetterFace, TextRun
from manga.plot import LineKind

STEPS = 14
BOXED = frozenset({BalloonKind.CAPTION, BalloonKind.MONOLOGUE})
TAILED = frozenset(BalloonKind) - BOXED - {BalloonKind.OFF_PANEL}
_KINDS: Mapping[LineKind, BalloonKind] = {
    LineKind.SPEECH: BalloonKind.SPEECH,
    LineKind.SHOUT: BalloonKind.SHOUT,
    LineKind.WHISPER: BalloonKind.WHISPER,
    LineKind.THOUGHT: BalloonKind.THOUGHT,
    LineKind.MONOLOGUE: BalloonKind.MONOLOGUE,
    LineKind.NARRATION: BalloonKind.CAPTION,
    LineKind.SONG: BalloonKind.WAVERING,
    LineKind.LETTER: BalloonKind.CAPTION,
    LineKind.TELEPHONE: BalloonKind.TELEPHONE,
    LineKind.SIGN: BalloonKind.CAPTION,
}
BOX_POWER = 30.0
COMPACT_POWER = 3.6
BUMP_HEIGHT, BUMPS_DIFFER = 0.5, 0.68
"""Height of a cloud's bump by its width, and the width of the small ones by that of the large."""
ROUND_POINTS = 30
"""Points of a round border, at even ways: by even angles a tall balloon would show corners."""
NARROWEST, WIDEST = 0.5, 2.2
"""Width by height of the slimmest and the flattest balloon."""
_FACES: Mapping[BalloonKind, tuple[FaceName, FaceName]] = {
    BalloonKind.SHOUT: ("gothic_heavy", "gothic_heavy"),
    BalloonKind.THOUGHT: ("round", "round"),
    BalloonKind.TELEPHONE: ("round", "round"),
    BalloonKind.CAPTION: ("gothic", "gothic"),
    BalloonKind.WAVERING: ("hand", "hand"),
}


def enclosing(points: Sequence[Point], power: float, aspect: float) -> tuple[Point, float, float]:
    """Centre, rx and ry = `aspect` * rx of a shape that holds all points. ValueError without points."""
    flat = [(x, y / aspect) for x, y in points]
    cx = (min(x for x, _ in flat) + max(x for x, _ in flat)) / 2
    cy = (min(y for _, y in flat) + max(y for _, y in flat)) / 2
    best, centre = _farthest(flat, cx, cy, power)[0], (cx, cy)
    for step in range(STEPS):
        _, (fx, fy) = _farthest(flat, cx, cy, power)
        share = 0.12 / (1 + 0.45 * step)
        cx, cy = cx + (fx - cx) * share, cy + (fy - cy) * share
        radius = _farthest(flat, cx, cy, power)[0]
        if radius < best:
            best, centre = radius, (cx, cy)
    return (centre[0], centre[1] * aspect), best, best * aspect


def _farthest(flat: Sequence[Point], cx: float, cy: float, power: float) -> tuple[float, Point]:
    reached, point = max((abs(x - cx) ** power + abs(y - cy) ** power, (x, y)) for x, y in flat)
    return reached ** (1 / power), point


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of balloon is built. `air_em` is kept between type and border, `swell` how far spikes stand out."""

    power: float
    air_em: tuple[float, float]
    swell: float = 0.0


FORMS: Mapping[BalloonKind, Form] = {
    BalloonKind.SPEECH: Form(2.45, (0.4, 0.4)),
    BalloonKind.SHOUT: Form(2.3, (0.32, 0.35), 0.26),
    BalloonKind.WHISPER: Form(2.45, (0.4, 0.4)),
    BalloonKind.THOUGHT: Form(2.4, (0.35, 0.35), 0.2),
    BalloonKind.MONOLOGUE: Form(BOX_POWER, (0.3, 0.3)),
    BalloonKind.CAPTION: Form(BOX_POWER, (0.6, 0.6)),
    BalloonKind.TELEPHONE: Form(3.6, (0.55, 0.5), 0.07),
    BalloonKind.OFF_PANEL: Form(2.45, (0.4, 0.4)),
    BalloonKind.WAVERING: Form(2.3, (0.55, 0.5), 0.06),
}


def kind_of(line: LineKind, *, off_panel: bool) -> BalloonKind:
    """What a line is put in. A voice from outside the picture has a plain balloon that points at nobody."""
    kind = _KINDS[line]
    return BalloonKind.OFF_PANEL if off_panel and kind is BalloonKind.SPEECH else kind


def faces_of(kind: BalloonKind, wanted: LetterFace, size_mm: float) -> TypeFaces:
    """The faces a kind is lettered in, or those that a person wants; all kinds share one size."""
    usual: tuple[FaceName, FaceName] = ("antique", "gothic")
    if wanted == "auto":
        return TypeFaces(*_FACES.get(kind, usual), size_mm)
    return TypeFaces(*(usual if wanted == "antique" else (wanted, wanted)), size_mm)


@dataclass(frozen=True, slots=True)
class BalloonBody:
    """A balloon's curve about (0, 0). `reach` is how far its outline comes, spikes included; `text` is where the
    middle of its type lies."""

    rx: float
    ry: float
    power: float
    reach: tuple[float, float]
    text: Point = (0.0, 0.0)

    def at(self, angle: float) -> Point:
        """The point of the curve in a direction."""
        c, s = cos(angle), sin(angle)
        k: float = (abs(c / self.rx) ** self.power + abs(s / self.ry) ** self.power) ** (-1 / self.power)
        return (k * c, k * s)

    def rim(self, count: int = 24) -> list[Point]:
        """Points all along the reach, the corners of a box among them."""
        kx, ky = self.reach[0] / self.rx, self.reach[1] / self.ry
        points = (self.at(2 * pi * i / count) for i in range(count))
        found = [(x * kx, y * ky) for x, y in points]
        if self.power > BOX_POWER / 2:
            found += [(sx * self.reach[0], sy * self.reach[1]) for sx in (-1, 1) for sy in (-1, 1)]
        return found

    def depth(self, x: float, y: float, clearance: float = 0.0) -> float:
        """Below 1 inside the reach widened by `clearance`, above 1 outside."""
        a, b = self.reach[0] + clearance, self.reach[1] + clearance
        result: float = (abs(x) / a) ** self.power + (abs(y) / b) ** self.power
        return result


def body_for(run: TextRun, kind: BalloonKind, *, compact: bool = False) -> BalloonBody:
    """The smallest body of a kind that holds a text with its air.

    A compact body is squarer, and so smaller about the same text.
    """
    form = FORMS[kind]
    power = max(form.power, COMPACT_POWER) if compact else form.power
    em = run.size_q * 0.25
    ax, ay = form.air_em[0] * em, form.air_em[1] * em
    wide, high = run.box.width + 2 * ax, run.box.height + 2 * ay
    if kind in BOXED:
        return BalloonBody(wide / 2, high / 2, power, (wide / 2, high / 2))
    aspect = min(max(high / wide, 1 / WIDEST), 1 / NARROWEST)
    (x, y), rx, ry = enclosing(_corners(run, ax, ay), power, aspect)
    swollen = 1 + form.swell
    return BalloonBody(rx, ry, power, (rx * swollen, ry * swollen), (-x, -y))


def _corners(run: TextRun, ax: float, ay: float) -> list[Point]:
    """Corners of the columns or lines with their air, about the centre of the text."""
    cx, cy = run.box.centre
    widened = (Rect(x=r.x - ax, y=r.y - ay, width=r.width + 2 * ax, height=r.height + 2 * ay) for r in row_boxes(run))
    return [(x - cx, y - cy) for row in widened for x, y in row.polygon()]


def row_boxes(run: TextRun) -> tuple[Rect, ...]:
    """The boxes of the columns or lines, and of their readings."""
    rows: dict[float, Rect] = {}
    for glyph in (*run.glyphs, *run.ruby):
        box = glyph.box
        row = round(box.centre[0] if run.vertical else box.centre[1], 2)
        rows[row] = _around_both(rows[row], box) if row in rows else box
    return tuple(rows.values())


def _around_both(a: Rect, b: Rect) -> Rect:
    x, y = min(a.x, b.x), min(a.y, b.y)
    return Rect(x=x, y=y, width=max(a.right, b.right) - x, height=max(a.bottom, b.bottom) - y)


def hull(body: BalloonBody, centre: Point, kind: BalloonKind, steps: int = 28) -> Polygon:
    """The body's flat curve, for measuring."""
    if kind in BOXED:
        return Rect(x=centre[0] - body.rx, y=centre[1] - body.ry, width=2 * body.rx, height=2 * body.ry).polygon()
    points = (body.at(2 * pi * i / steps) for i in range(steps))
    return tuple((round(centre[0] + x, 3), round(centre[1] + y, 3)) for x, y in points)


def outline(body: BalloonBody, centre: Point, kind: BalloonKind, rng: Random) -> Path:
    """The drawn border, without a tail; empty for a monologue, which has none."""
    if kind is BalloonKind.MONOLOGUE:
        return ()
    if kind is BalloonKind.CAPTION:
        return rect(centre[0] - body.rx, centre[1] - body.ry, 2 * body.rx, 2 * body.ry)
    return _DRAWERS.get(kind, _drawn_round)(body, centre, rng)


def _around(body: BalloonBody, centre: Point, angle: float, k: float) -> Point:
    x, y = body.at(angle)
    return (centre[0] + x * k, centre[1] + y * k)


def _drawn_round(body: BalloonBody, centre: Point, rng: Random) -> Path:
    """A curve drawn by hand: never quite regular, never inside the body."""
    phases = [rng.uniform(0, 2 * pi) for _ in range(2)]
    points: list[Point] = []
    for a in _spread(body, [1.0] * ROUND_POINTS, 0.0)[:-1]:
        k = 1.012 + 0.008 * sin(2 * a + phases[0]) + 0.006 * sin(3 * a + phases[1])
        points.append(_around(body, centre, a, k))
    return smooth(points, closed=True)


def _spiked(body: BalloonBody, centre: Point, rng: Random) -> Path:
    """Spikes of unequal length with hollow sides, longer at the corners than along the edges."""
    count = 15 + rng.randrange(0, 4)
    path: list[tuple[str | float, ...]] = []
    valleys = [2 * pi * (i + rng.uniform(-0.14, 0.14)) / count for i in range(count)]
    for i, valley in enumerate(valleys):
        following = valleys[i + 1] if i + 1 < count else valleys[0] + 2 * pi
        peak = valley + (following - valley) * rng.uniform(0.4, 0.6)
        long = 1.0 + FORMS[BalloonKind.SHOUT].swell * rng.uniform(0.5, 1.0)
        start = _around(body, centre, valley, 1.0)
        tip = _around(body, centre, peak, long)
        end = _around(body, centre, following, 1.0)
        if not path:
            path.append(("M", *start))
        path.append(("Q", *_between(start, tip, centre), *tip))
        path.append(("Q", *_between(end, tip, centre), *end))
    return (*path, ("Z",))


def _between(foot: Point, tip: Point, centre: Point) -> Point:
    """A control point that hollows the side of a spike."""
    x, y = (foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2
    return (x + (centre[0] - x) * 0.045, y + (centre[1] - y) * 0.045)


def _clouded(body: BalloonBody, centre: Point, rng: Random) -> Path:
    """Full round bumps, large and small in turn, that meet in sharp notches on the body's curve."""
    around = pi * (1.5 * (body.rx + body.ry) - (body.rx * body.ry) ** 0.5)
    count = max(4, min(8, round(around / (0.95 * body.ry + 0.3 * body.rx))))
    widths = [w * rng.uniform(0.9, 1.1) for _ in range(count) for w in (1.0, BUMPS_DIFFER)]
    notches = _spread(body, widths, rng.uniform(0, 2 * pi))
    path: list[tuple[str | float, ...]] = [("M", *_around(body, centre, notches[0], 1.0))]
    for a, b in pairwise(notches):
        path.append(("C", *_bump(body, centre, a, b), *_around(body, centre, b, 1.0)))
    return (*path, ("Z",))


def _spread(body: BalloonBody, widths: Sequence[float], start: float) -> list[float]:
    """Angles around the body, the last of them the first again; the ways between them are as some widths."""
    fine = [start + 2 * pi * i / 120 for i in range(121)]
    points = [body.at(angle) for angle in fine]
    along = [0.0, *accumulate(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points))]
    shares = [0.0, *accumulate(width / sum(widths) for width in widths)]
    places = [min(range(121), key=lambda i: abs(along[i] - share * along[-1])) for share in shares]
    return [fine[i] for i in places]


def _bump(body: BalloonBody, centre: Point, a: float, b: float) -> tuple[float, float, float, float]:
    """The two control points of a bump that stands out by the same height all around the cloud."""
    (x0, y0), (x1, y1) = _around(body, centre, a, 1.0), _around(body, centre, b, 1.0)
    width = hypot(x1 - x0, y1 - y0)
    nx, ny = (y1 - y0) / max(width, 1e-6), -(x1 - x0) / max(width, 1e-6)
    high = min(BUMP_HEIGHT * width, 1.33 * FORMS[BalloonKind.THOUGHT].swell * min(body.rx, body.ry))
    bulge = 0.12 * width
    ux, uy = -ny * bulge, nx * bulge
    return (x0 + nx * high - ux, y0 + ny * high - uy, x1 + nx * high + ux, y1 + ny * high + uy)


def _toothed(body: BalloonBody, centre: Point, rng: Random) -> Path:
    """Small even teeth: a voice out of a machine."""
    count = 2 * max(18, round((body.rx + body.ry) * 0.9))
    swell = FORMS[BalloonKind.TELEPHONE].swell
    points = [
        _around(body, centre, 2 * pi * i / count, 1.0 + (swell * rng.uniform(0.7, 1.0) if i % 2 else 0.0))
        for i in range(count)
    ]
    return poly(points)


def _wavering(body: BalloonBody, centre: Point, rng: Random) -> Path:
    """A trembling line."""
    phase = rng.uniform(0, 2 * pi)
    swell = FORMS[BalloonKind.WAVERING].swell
    count = 72
    points = [
        _around(body, centre, 2 * pi * i / count, 1 + swell / 2 * (1 + sin(12 * 2 * pi * i / count + phase)))
        for i in range(count)
    ]
    return smooth(points, closed=True)


_DRAWERS: Mapping[BalloonKind, Callable[[BalloonBody, Point, Random], Path]] = {
    BalloonKind.SHOUT: _spiked,
    BalloonKind.THOUGHT: _clouded,
    BalloonKind.TELEPHONE: _toothed,
    BalloonKind.WAVERING: _wavering,
}
