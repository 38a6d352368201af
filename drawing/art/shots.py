"""Distance and angle of a view. In: direction, panel size, the figures. Out: a stage and where each stands."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from drawing.art.figure import Figure
from drawing.art.stage import Stage, seeded
from manga.storyboard import Angle, FigureDirection, Pose, SceneDirection, Shot


@dataclass(frozen=True, slots=True)
class _Framing:
    head: float
    """Height of an adult's head as a share of the panel's height."""
    eyes: float
    """Where the eyes lie, from the top; for distant views where the floor lies."""
    room: float
    """Width that one figure needs, heads."""


FRAMINGS: dict[Shot, _Framing] = {
    Shot.EXTREME_CLOSE: _Framing(1.0, 0.52, 0.9),
    Shot.CLOSE: _Framing(0.6, 0.56, 1.2),
    Shot.BUST: _Framing(0.37, 0.52, 1.65),
    Shot.MEDIUM: _Framing(0.26, 0.42, 1.9),
    Shot.FULL: _Framing(0.122, 0.955, 2.1),
    Shot.LONG: _Framing(0.08, 0.9, 2.0),
    Shot.ESTABLISHING: _Framing(0.055, 0.88, 1.8),
    Shot.INSERT: _Framing(0.3, 0.5, 1.6),
}
DISTANT = frozenset({Shot.FULL, Shot.LONG, Shot.ESTABLISHING})
_BEASTS = {Shot.FULL: 0.56, Shot.LONG: 0.34, Shot.ESTABLISHING: 0.22}
"""How much of the height animals among themselves take."""
_DEPTHS = {"foreground": 0.84, "middle": 1.0, "background": 1.5}
_BEFORE_US = 1.5
"""How much larger somebody is past whose shoulder we look."""
_APART = 3.3
"""How far two heads are from each other at most in a talk, in heads."""
_COMPANY = {Shot.FULL: 3.3, Shot.LONG: 4.2, Shot.ESTABLISHING: 5.0}
"""The same among whole figures: company is a group, not a row from border to border."""
_WAY = 0.2
"""Of the width: among more than two a tail needs a way between heads."""
_ANTS = {Shot.LONG: 0.058, Shot.ESTABLISHING: 0.043}
"""Least height of a head in distant views, as a share of the side of a square as large as the panel."""
_INDOORS = 1.25
"""How much nearer a whole room is seen than a whole street, lest half of the picture be ceiling."""
_CROPPED = 0.62
"""Of half a head: so much of it is seen on the side where the panel's edge cuts it."""
_BEHIND = 1.13
"""How much farther off those stand who have somebody on both sides."""
_EMBRACE = 1.15
"""Heads from head to head of two who hold each other: arms reach around the other's back."""
_ON_PAPER = 0.97
"""Of the height: whoever is low on the ground has his feet above it, however near he is."""
_LONG = 2.6
"""Heads: a body wider than this needs its width on the floor."""
_CLEAR = 1.06
"""Of its width: what a beast that is longer than high keeps for itself, lest two stand in each other."""
_RISE = {Shot.BUST: 0.09, Shot.MEDIUM: 0.06, Shot.CLOSE: 0.05}
"""How much higher the eyes lie in a wide picture than in a square one, as a share of its height."""
_CAMERAS = {Angle.HIGH: 1.5, Angle.BIRD: 2.1, Angle.LOW: 0.4}


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure on the stage: where its origin lies on the picture (mm) and how large a head of it is."""

    figure: Figure
    direction: FigureDirection
    x: float
    y: float
    size: float
    z: float


def stage_for(
    direction: SceneDirection,
    figures: Sequence[Figure],
    width: float,
    height: float,
    period: str,
    seed: int,
    *,
    outdoors: bool,
) -> Stage:
    """Scale, horizon and camera for the shot."""
    framing = FRAMINGS[direction.shot]
    unit = max(framing.head * height, min(0.12 * height, _ANTS.get(direction.shot, 0.0) * sqrt(width * height)))
    if direction.shot is Shot.ESTABLISHING and not outdoors:
        unit *= _INDOORS
    if figures:
        unit /= min(1.0, max(f.scale for f in figures))
        if direction.shot in _BEASTS and all(f.low for f in figures):
            unit = _BEASTS[direction.shot] * height / max(max(_tall(f), 2.4 * f.scale) for f in figures)
        pairs = zip(figures, direction.figures, strict=True)
        unit = min(unit, width * 0.94 / sum(_breadth(f, framing, direction.shot) * _nearer(f, d) for f, d in pairs))
        if _crops(direction, width, height):
            unit = min(unit, 0.8 * height, 0.95 * width)
        if direction.shot in DISTANT:
            unit = min(unit, height * 0.9 / max(_tall(f) for f in figures))
    eyes = max((eye_height(f) for f in figures), default=5.9)
    if direction.shot in DISTANT or not figures:
        floor = framing.eyes * height if direction.shot in DISTANT else height * 1.1
        camera = 5.9 if not figures else max(2.2, min(6.2, eyes))
    else:
        floor = _eyes(framing, direction.shot, width / height) * height + eyes * unit
        camera = eyes
    if direction.shot in DISTANT:
        camera = min(camera, 4.4 if outdoors else 5.4)
    camera *= _CAMERAS.get(direction.angle, 1.0)
    if direction.shot in {Shot.ESTABLISHING, Shot.LONG} and direction.angle is not Angle.LOW:
        camera = max(camera, 6.0 if direction.shot is Shot.ESTABLISHING else 5.0)
    return Stage(
        width, height, floor - camera * unit, unit, camera, width * _aside(direction), direction.time_of_day,
        direction.weather, period, seed,
    )  # fmt: skip


def _eyes(framing: _Framing, shot: Shot, aspect: float) -> float:
    """Where the eyes lie: a wide picture has room for words beside the heads, and needs none above them."""
    return framing.eyes - _RISE.get(shot, 0.0) * min(1.0, max(0.0, (aspect - 1.0) / 0.7))


def _aside(direction: SceneDirection) -> float:
    """Where the view goes, as a share of the width: straight on at the whole place, past the middle at people."""
    if direction.fixed_camera or direction.shot is Shot.ESTABLISHING or not direction.figures:
        return 0.5
    who = (f"{f.character}{f.facing}{f.x}" for f in direction.figures)
    return seeded("aside", direction.place, direction.seen, direction.shot, *who).choice((0.22, 0.34, 0.5, 0.66, 0.78))


def _breadth(figure: Figure, framing: _Framing, shot: Shot) -> float:
    """The width that a figure needs, in an adult's heads; whole bodies count in distant views."""
    needed = framing.room * max(0.5, figure.scale)
    if not _is_whole(figure, shot):
        return needed
    return max(needed, figure.marks.body.width * figure.scale * (_CLEAR if _is_long(figure) else 0.9))


def _is_whole(figure: Figure, shot: Shot) -> bool:
    """Whether all of a figure counts in this view: a beast that runs has its body beside its face, not under it."""
    return shot in DISTANT or (shot is Shot.MEDIUM and _is_long(figure))


def _nearer(figure: Figure, directed: FigureDirection) -> float:
    """How much wider a long beast is in the foreground."""
    return 1 / min(1.0, _DEPTHS[directed.depth]) if _is_long(figure) else 1.0


def _is_long(figure: Figure) -> bool:
    return not figure.human and figure.marks.body.width > _LONG


def eye_height(figure: Figure) -> float:
    """Of a figure on the floor, in an adult's heads."""
    return -figure.marks.eyes[1] * figure.scale


def _tall(figure: Figure) -> float:
    return figure.marks.body.height * figure.scale + 0.25


def standings(direction: SceneDirection, figures: Sequence[Figure], stage: Stage) -> list[Standing]:
    """Each figure on the floor, spread so that faces stay clear; the farther first."""
    places = _spread(direction, figures, stage)
    found = []
    for figure, directed, x in zip(figures, direction.figures, places, strict=True):
        z = _DEPTHS[directed.depth] if len(figures) > 1 or directed.depth != "foreground" else 1.0
        if direction.shot in DISTANT and min(places) < x < max(places):
            z *= _BEHIND
        size = stage.unit * figure.scale / z
        y = _lifted(direction, figure, stage.floor(z), size, stage)
        found.append(Standing(figure, directed, x, y, size, z))
    found = [_shoulder(s, stage) if over_shoulder(direction, s.direction) else s for s in found]
    return sorted(found, key=lambda s: -s.z)


def over_shoulder(direction: SceneDirection, directed: FigureDirection) -> bool:
    """Whether this is the one past whose shoulder the view goes."""
    near = direction.shot not in DISTANT and len(direction.figures) == 2
    return near and direction.angle is Angle.OVER_SHOULDER and directed.facing == "back"


def _shoulder(s: Standing, stage: Stage) -> Standing:
    """Large before the view, cut by the edge: the back of a head and a shoulder."""
    marks, size = s.figure.marks, s.size * _BEFORE_US
    left = s.direction.x < 0.5
    head = marks.head
    middle = (head.x + head.width / 2) * size
    x = (stage.width * 0.04 if left else stage.width * 0.96) - middle
    y = stage.height * 0.52 - (head.y + head.height / 2) * size
    return replace(s, x=x, y=y, size=size, z=0.5)


def _lifted(direction: SceneDirection, figure: Figure, floor: float, size: float, stage: Stage) -> float:
    """In near views a small figure is lifted until its face shows."""
    if direction.shot in DISTANT:
        return min(floor, _ON_PAPER * stage.height) if figure.low else floor
    head = figure.marks.head
    if head.height * size > 0.8 * stage.height:
        eyes = floor + figure.marks.eyes[1] * size
        return (
            floor if 0.25 < eyes / stage.height < 0.75 else floor - eyes + FRAMINGS[direction.shot].eyes * stage.height
        )
    low, high = 0.86 * stage.height, (0.03 if direction.shot is Shot.EXTREME_CLOSE else 0.1) * stage.height
    bottom = floor + (head.y + head.height) * size
    if bottom > low and head.height * size < low:
        floor -= bottom - low
    top = floor + head.y * size
    if top < high and direction.shot is not Shot.EXTREME_CLOSE:
        floor += min(high - top, max(0.0, low - (floor + (head.y + head.height) * size)))
    return floor


def _spread(direction: SceneDirection, figures: Sequence[Figure], stage: Stage) -> list[float]:
    n = len(figures)
    if not n:
        return []
    wanted = [f.x * stage.width for f in direction.figures]
    if n == 1:
        marks = figures[0].marks
        box = marks.body if _is_whole(figures[0], direction.shot) else marks.head
        half = box.width / 2 * stage.unit * figures[0].scale
        crops = _crops(direction, stage.width, stage.height)
        side = min(half * (_CROPPED if crops else 1.05), stage.width / 2)
        if crops:
            wanted = [stage.width * (1.0 if wanted[0] > stage.width / 2 else 0.0)]
        return [max(side, min(stage.width - side, wanted[0])) - _offset(direction, figures[0], stage)]
    order = sorted(range(n), key=lambda i: (wanted[i], i))
    halves = {
        i: _half(direction, figures[i]) * _nearer(figures[i], direction.figures[i]) * stage.unit for i in range(n)
    }
    embraces = {a for a, b in itertools.pairwise(order) if _embrace(direction, figures, a, b)}
    gaps = [_EMBRACE * stage.unit if a in embraces else halves[a] + halves[b] for a, b in itertools.pairwise(order)]
    total = halves[order[0]] + halves[order[-1]] + sum(gaps)
    squeeze = min(1.0, stage.width / total) if total else 1.0
    xs = [wanted[i] for i in order]
    xs[0] = max(xs[0], halves[order[0]] * squeeze)
    for k, gap in enumerate(gaps):
        xs[k + 1] = max(xs[k + 1], xs[k] + gap * squeeze)
    limit = stage.width - halves[order[-1]] * squeeze
    for k in range(n - 1, -1, -1):
        xs[k] = min(xs[k], limit)
        limit = xs[k] - (gaps[k - 1] * squeeze if k else 0)
    xs = _gathered(xs, gaps, direction, stage)
    for k in (k for k in range(n - 1) if order[k] in embraces):
        middle = (xs[k] + xs[k + 1]) / 2
        xs[k], xs[k + 1] = middle - gaps[k] / 2, middle + gaps[k] / 2
    placed = dict(zip(order, xs, strict=True))
    return [placed[i] - _offset(direction, figures[i], stage) for i in range(n)]


def _embrace(direction: SceneDirection, figures: Sequence[Figure], left: int, right: int) -> bool:
    """Whether two neighbours hold each other: one hugs, towards the other, who does not turn away."""
    one, other = direction.figures[left], direction.figures[right]
    if not (figures[left].human and figures[right].human):
        return False
    hugs = (one.pose is Pose.HUG and one.facing == "right") or (other.pose is Pose.HUG and other.facing == "left")
    return hugs and one.facing != "left" and other.facing != "right"


def _crops(direction: SceneDirection, width: float, height: float) -> bool:
    """Whether a face that fills the panel goes to its side, cut by the edge: one that speaks is placed off the middle,
    and its words need room that only a wide panel has anyway."""
    off = bool(direction.figures) and abs(direction.figures[0].x - 0.5) > 0.05
    return direction.shot is Shot.EXTREME_CLOSE and off and width < 1.5 * height


def _gathered(xs: list[float], gaps: Sequence[float], direction: SceneDirection, stage: Stage) -> list[float]:
    """People stand within reach of each other, however wide the panel is; `gaps` is the least that they need."""
    near = direction.shot not in DISTANT
    if (near and len(xs) != 2) or direction.angle is Angle.OVER_SHOULDER:
        return xs
    widest = (_APART if near else _COMPANY[direction.shot]) * stage.unit
    if len(xs) > 2:
        widest = max(widest, _WAY * stage.width)
    found = [0.0]
    for (a, b), gap in zip(itertools.pairwise(xs), gaps, strict=True):
        found.append(found[-1] + min(b - a, max(widest, gap)))
    middle = (xs[0] + xs[-1] - found[-1]) / 2
    return [middle + x for x in found]


def _half(direction: SceneDirection, figure: Figure) -> float:
    """Half the width that a figure keeps for itself, in an adult's heads."""
    wide = figure.marks.head.width
    if _is_whole(figure, direction.shot) and figure.marks.body.width > _LONG:
        wide = figure.marks.body.width * (_CLEAR if _is_long(figure) else 0.8)
    return max(0.62, wide * 0.5) * figure.scale


def _offset(direction: SceneDirection, figure: Figure, stage: Stage) -> float:
    """How far what a direction places lies from the figure's foot: the head, or the body in distant views."""
    marks = figure.marks
    middle = marks.body.centre[0] if _is_whole(figure, direction.shot) else marks.head.centre[0]
    return middle * stage.unit * figure.scale
