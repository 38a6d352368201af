"""Frames a shot by distance and angle: direction, panel size, the figures in; a stage and where each stands out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from drawing.art.clear_of_joints import clear_of_joints
from drawing.art.figure import Figure
from drawing.art.figure_spacing import DEPTHS, DISTANT, LOW, across, crops, cut_low, nearer, room_of
from drawing.art.stage import Stage, seeded
from manga.geometry import Rect
from manga.storyboard import Angle, FigureDirection, SceneDirection, Shot

__all__ = ["DISTANT", "FRAMINGS", "Standing", "over_shoulder", "stage_for", "standings"]


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
_BEASTS = {Shot.FULL: 0.6, Shot.LONG: 0.42, Shot.ESTABLISHING: 0.31}
"""How much of the height animals among themselves take."""
_FAR_BEAST = 1.15
"""How far off an animal is at most among its like: low on the ground it is soon lost."""
_BEFORE_US = 1.5
"""How much larger somebody is past whose shoulder we look."""
_ANTS = {Shot.LONG: 0.058, Shot.ESTABLISHING: 0.043}
"""Least height of a head in distant views, as a share of the side of a square as large as the panel."""
_INDOORS = 1.25
"""How much nearer a whole room is seen than a whole street, lest half of the picture be ceiling."""
_BEHIND = 1.13
"""How much farther off those stand who have somebody on both sides."""
_ON_PAPER = 0.97
"""Of the height: whoever is low on the ground has his feet above it, however near he is."""
_DONE_BELOW = frozenset({"kneel", "crouch", "crawl", "sit", "run", "chase", "jump", "dig", "fall"})
"""Deeds that show in the legs: whoever does one has his feet in the picture."""
_RISE = {Shot.BUST: 0.09, Shot.MEDIUM: 0.06, Shot.CLOSE: 0.05}
"""How much higher the eyes lie in a wide picture than in a square one, as a share of its height."""
_CLOSER = {Shot.MEDIUM: 1.6, Shot.BUST: 1.6, Shot.CLOSE: 1.35}
"""How much nearer a face is seen that is alone in a low wide picture."""
_CLOSER_PAST = 1.28
"""The same at most, past a shoulder, which is larger still."""
_FILLS, _TALL, _LOWER, _CHIN = 0.6, 0.8, 0.11, 0.96
"""Of the width, a face that leaves no room beside it, and the height from which it can give way; how much lower it is
then, of the height, and how low its chin is at most."""
FLATTER = 0.45
"""How much less depth there is where no feet are seen: whoever is far behind would seem to be a child."""
OVERHEAD = 0.18
"""Of the height: what is free above people who are cut at the knees."""
SKY = 0.16
"""Of the height: what the first view of a place leaves above the horizon, from however high it is seen."""
_NEAR = frozenset({Shot.MEDIUM, Shot.BUST, Shot.CLOSE})
_SHOWS_HANDS, _HANDS = frozenset({Shot.BUST, Shot.MEDIUM}), 0.85
"""Views that show what hands hold; heads below the chin, so much these need."""
_STANDING, _NEARER = 7.4, 1.4
"""Heads of somebody who stands; how much nearer those are seen at most who are lower."""
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

    @property
    def sides(self) -> tuple[float, float]:
        """Between which lines of the picture the body is."""
        body = self.figure.marks.body
        return self.x + body.x * self.size, self.x + body.right * self.size

    def placed(self, r: Rect) -> Rect:
        """A box of the figure's own on the picture."""
        size = self.size
        return Rect(x=self.x + r.x * size, y=self.y + r.y * size, width=r.width * size, height=r.height * size)


def stage_for(
    direction: SceneDirection,
    figures: Sequence[Figure],
    width: float,
    height: float,
    period: str,
    seed: int,
    *,
    outdoors: bool,
    talking: Collection[str] = (),
) -> Stage:
    """Scale, horizon and camera for the shot; `talking` are the characters that speak."""
    framing, cut = FRAMINGS[direction.shot], cut_low(direction, figures, width, height, talking)
    framing = replace(framing, head=framing.head * _closer(direction, width / height) * _lower(direction, figures))
    unit = cut * height or max(
        framing.head * height, min(0.12 * height, _ANTS.get(direction.shot, 0.0) * sqrt(width * height))
    )
    if direction.shot is Shot.ESTABLISHING and not outdoors:
        unit *= _INDOORS
    if figures:
        unit /= min(1.0, max(f.scale for f in figures))
        if direction.shot in _BEASTS and all(f.low for f in figures):
            unit = _BEASTS[direction.shot] * height / max(max(_tall(f), 2.4 * f.scale) for f in figures)
        pairs = zip(figures, direction.figures, strict=True)
        unit = min(unit, width * 0.94 / sum(room_of(f, framing.room, direction.shot) * nearer(f, d) for f, d in pairs))
        if crops(direction, width, height):
            unit = min(unit, 0.8 * height, 0.95 * width)
        if direction.shot in DISTANT and not cut:
            unit = min(unit, height * 0.9 / max(_tall(f) for f in figures))
    eyes = max((eye_height(f) for f in figures), default=5.9)
    if direction.shot in DISTANT or not figures:
        floor = framing.eyes * height if direction.shot in DISTANT else height * 1.1
        floor = OVERHEAD * height + max(map(_tall, figures)) * unit if cut else floor
        camera = 5.9 if not figures else max(2.2, min(6.2, eyes))
    else:
        floor = _eyes(framing, direction.shot, width / height) * height + eyes * unit
        camera = eyes
    if direction.shot in DISTANT:
        camera = min(camera, 5.2 if cut else 4.4 if outdoors else 5.4)
    camera *= min(1.15 if cut else 9.0, _CAMERAS.get(direction.angle, 1.0))
    if direction.shot in {Shot.ESTABLISHING, Shot.LONG} and direction.angle is not Angle.LOW:
        camera = max(camera, 6.0 if direction.shot is Shot.ESTABLISHING else 5.0)
    if direction.shot is Shot.ESTABLISHING and outdoors:
        camera = min(camera, (floor - SKY * height) / unit)
    return Stage(
        width, height, floor - camera * unit, unit, camera, width * _aside(direction), direction.time_of_day,
        direction.weather, period, seed, ground=direction.ground,
    )  # fmt: skip


def _closer(direction: SceneDirection, aspect: float) -> float:
    """How much nearer a face is seen that is alone in a low wide picture: else it is small on an empty band."""
    seen = [figure for figure in direction.figures if not over_shoulder(direction, figure)]
    if len(seen) != 1 or aspect < LOW:
        return 1.0
    most = _CLOSER.get(direction.shot, 1.0)
    most = most if len(direction.figures) == 1 else min(most, _CLOSER_PAST)
    return 1 + (most - 1) * min(1.0, (aspect - LOW + 0.4) / 1.2)


def _lower(direction: SceneDirection, figures: Sequence[Figure]) -> float:
    """How much nearer those are seen whole who are all low: on their knees, on a seat, or children."""
    tallest = max((-f.marks.body.y * f.scale for f in figures), default=_STANDING)
    return max(1.0, min(_NEARER, _STANDING / tallest)) if direction.shot is Shot.FULL else 1.0


def _eyes(framing: _Framing, shot: Shot, aspect: float) -> float:
    """Where the eyes lie: a wide picture has room for words beside the heads, and needs none above them."""
    return framing.eyes - _RISE.get(shot, 0.0) * min(1.0, max(0.0, (aspect - 1.0) / 0.7))


def _aside(direction: SceneDirection) -> float:
    """Where the view goes, as a share of the width: straight on at the whole place, past the middle at people."""
    if direction.fixed_camera or direction.shot is Shot.ESTABLISHING or not direction.figures:
        return 0.5
    who = (f"{f.character}{f.facing}{f.x}" for f in direction.figures)
    return seeded("aside", direction.place, direction.seen, direction.shot, *who).choice((0.22, 0.34, 0.5, 0.66, 0.78))


def eye_height(figure: Figure) -> float:
    """Of a figure on the floor, in an adult's heads."""
    return -figure.marks.eyes[1] * figure.scale


def _tall(figure: Figure) -> float:
    return figure.marks.body.height * figure.scale + 0.25


def standings(
    direction: SceneDirection, figures: Sequence[Figure], stage: Stage, talking: Collection[str] = (), texts: int = 0
) -> list[Standing]:
    """Each figure on the floor, so that faces stay clear; the farther first. `talking` are those who speak, `texts` is
    how many texts the picture holds."""
    places = across(direction, figures, stage, talking, texts)
    whole = direction.shot in DISTANT and not cut_low(direction, figures, stage.width, stage.height, talking)
    found = []
    for figure, directed, x in zip(figures, direction.figures, places, strict=True):
        z = DEPTHS[directed.depth] if len(figures) > 1 or directed.depth != "foreground" else 1.0
        z = min(z, _FAR_BEAST) if figure.low and not any(f.human for f in figures) else z
        if direction.shot in DISTANT and min(places) < x < max(places):
            z *= _BEHIND
        z = z if whole or direction.shot not in DISTANT else 1 + FLATTER * (z - 1)
        size = stage.unit * figure.scale / z
        y = _lifted(direction, figure, stage.floor(z), size, stage, whole=whole, holds=bool(directed.holds))
        y += _below_words(direction, figure, (y, size), stage, talking, texts)
        found.append(Standing(figure, directed, x, y, size, z))
    if direction.shot in _NEAR:
        found = clear_of_joints(found, stage.unit, stage.width, stage.height)
    found = [_shoulder(s, stage) if over_shoulder(direction, s.direction) else s for s in found]
    return sorted(found, key=lambda s: -s.z)


def _below_words(
    direction: SceneDirection,
    figure: Figure,
    at: tuple[float, float],
    stage: Stage,
    talking: Collection[str],
    texts: int,
) -> float:
    """A face that fills a picture which is not low leaves room above it for what is told there."""
    told = texts > 0 and not talking and direction.shot is Shot.CLOSE and len(direction.figures) == 1
    (y, size), head = at, figure.marks.head
    chin = y + (head.y + head.height) * size
    fills = head.width * size > _FILLS * stage.width and stage.height > _TALL * stage.width
    return max(0.0, min(_LOWER * stage.height, _CHIN * stage.height - chin)) if told and fills else 0.0


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


def _lifted(
    direction: SceneDirection, figure: Figure, floor: float, size: float, stage: Stage, *, whole: bool, holds: bool
) -> float:
    """In near views a small figure is lifted until its face shows, and what it `holds`; in others one whose deed shows
    in its legs."""
    if whole:
        return min(floor, _ON_PAPER * stage.height) if figure.low or figure.deed in _DONE_BELOW else floor
    head = figure.marks.head
    if head.height * size > 0.8 * stage.height:
        eyes = floor + figure.marks.eyes[1] * size
        return (
            floor if 0.25 < eyes / stage.height < 0.75 else floor - eyes + FRAMINGS[direction.shot].eyes * stage.height
        )
    low, high = 0.86 * stage.height, (0.03 if direction.shot is Shot.EXTREME_CLOSE else 0.1) * stage.height
    if holds and figure.human and direction.shot in _SHOWS_HANDS:
        low = max(high + head.height * size, min(low, stage.height - _HANDS * size))
    bottom = floor + (head.y + head.height) * size
    if bottom > low and head.height * size < low:
        floor -= bottom - low
    top = floor + head.y * size
    if top < high and direction.shot is not Shot.EXTREME_CLOSE:
        floor += min(high - top, max(0.0, low - (floor + (head.y + head.height) * size)))
    return floor
