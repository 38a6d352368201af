"""Spaces figures across a picture: a direction, its figures and the stage in, places beside one another out.

Who talks with whom stands within reach, with a way between heads for a tail; who only is there stands close, one behind
the other's shoulder. Nobody is spread from border to border because the panel is wide.
"""

import itertools
from collections.abc import Collection, Sequence

from drawing.art.acts import gaps as contact_gaps
from drawing.art.figure import Figure
from drawing.art.stage import Stage, seeded
from manga.storyboard import Angle, FigureDirection, Pose, SceneDirection, Shot

DISTANT = frozenset({Shot.FULL, Shot.LONG, Shot.ESTABLISHING})
DEPTHS = {"foreground": 0.84, "middle": 1.0, "background": 1.5}
_APART = 3.3
"""How far two heads are from each other at most in a talk, in heads."""
_COMPANY = {Shot.FULL: 3.3, Shot.LONG: 4.2, Shot.ESTABLISHING: 5.0}
"""The same among two whole figures."""
_GROUPED = (1.4, 2.1, 2.9)
"""The same among more than two, by how many of two neighbours talk."""
_NEAR_WIDER = 1.4
"""How much more that is in near views: balloons stand between heads."""
_WAY = 0.11
"""Of the width: so much a tail needs between the heads of two who talk among others."""
_OFF_MIDDLE = 0.13
"""Of the width: how far off the middle a silent group stands."""
LOW = 1.9
"""Width by height from which on a panel is low and wide."""
_PAST_A_SHOULDER = 1.3
"""Of the height: so far from a panel's edge, which cuts the back before us, the one who speaks stands at most."""
NOSE_ROOM = 0.35
"""Share of such a panel's width from which one who is alone in it looks into the rest."""
_CROPPED = 0.62
"""Of half a head: so much of it is seen on the side where the panel's edge cuts it."""
_SMALLEST = 0.7
"""Of an adult's reach, the least that somebody small has."""
_EMBRACE = 0.9
"""Heads from head to head of two who hold each other: arms reach around the other's back."""
_BESIDE = 0.6
"""Heads from the middle of somebody to a beast that he touches."""
_LONG = 2.6
"""Heads: a body wider than this needs its width on the floor."""
_CLEAR = 1.06
"""Of its width: what a beast that is longer than high keeps for itself, lest two stand in each other; so do two who
lie side by side."""
_CROWDED = 0.5
"""Of the width: beside a larger head in the middle of its picture, texts have room only on both of its sides."""
_LEGS = frozenset(
    {Pose.RUN, Pose.FALL, Pose.FIGHT, Pose.LIE, Pose.BOW, Pose.KNEEL, Pose.JUMP, Pose.CLIMB, Pose.CRAWL, Pose.DIG,
     Pose.ROW, Pose.PULL, Pose.SIT, Pose.CROUCH}
)  # fmt: skip
"""What they do shows in their legs."""
_SMALL = 3.4
"""Heads: a beast lower than this comes to the lower border, where people are cut at the knees."""
_LOW_PANELS = {1: 2.4, 2: 2.1}
"""Width by height from which on so many people, or more (1.5), are cut at the knees."""
_KNEES, _WAIST = (1.5, 0.175), (2.8, 0.25)
"""Width by height of a panel, and the share of its height that heads then take."""


def cut_low(
    direction: SceneDirection, figures: Sequence[Figure], width: float, height: float, talking: Collection[str] = ()
) -> float:
    """In a low wide panel people are not shown from head to foot, tiny, but cut at the knees or the waist: the share of
    the height that a head takes then; 0 where they are shown whole. From afar only those who are silent are."""
    aspect, views = width / height, {Shot.FULL, *((Shot.LONG,) if talking else ())}
    if not figures or direction.shot not in views or aspect < _LOW_PANELS.get(len(figures), _KNEES[0]):
        return 0.0
    people = [d for f, d in zip(figures, direction.figures, strict=True) if f.human]
    beasts = all(f.human or f.marks.body.height * f.scale < _SMALL for f in figures)
    if not beasts or len(people) < min(2, len(figures)) or any(d.pose in _LEGS for d in people):
        return 0.0
    share = min(1.0, (aspect - _KNEES[0]) / (_WAIST[0] - _KNEES[0])) * (direction.shot is Shot.FULL)
    return _KNEES[1] + share * (_WAIST[1] - _KNEES[1])


def is_whole(figure: Figure, shot: Shot) -> bool:
    """Whether all of a figure counts in this view: a beast that runs has its body beside its face, not under it."""
    return shot in DISTANT or (shot is Shot.MEDIUM and is_long(figure))


def nearer(figure: Figure, directed: FigureDirection) -> float:
    """How much wider a long beast is in the foreground."""
    return 1 / min(1.0, DEPTHS[directed.depth]) if is_long(figure) else 1.0


def _lies(figure: Figure) -> bool:
    return figure.human and figure.marks.body.width > figure.marks.body.height


def is_long(figure: Figure) -> bool:
    return not figure.human and figure.marks.body.width > _LONG


def room_of(figure: Figure, least: float, shot: Shot) -> float:
    """The width that a figure needs, in an adult's heads; whole bodies count in distant views."""
    needed = least * max(0.5, figure.scale)
    if not is_whole(figure, shot):
        return needed
    share = _CLEAR if is_long(figure) else 1.0 if _lies(figure) else 0.9
    return max(needed, figure.marks.body.width * figure.scale * share)


def across(
    direction: SceneDirection,
    figures: Sequence[Figure],
    stage: Stage,
    talking: Collection[str] = (),
    texts: int = 0,
) -> list[float]:
    """Where each figure's foot stands, millimetres from the left; `talking` are the characters that speak, `texts` is
    how many texts the picture holds."""
    if not figures:
        return []
    wanted = [f.x * stage.width for f in direction.figures]
    if len(figures) == 1:
        return [_alone(direction, figures[0], stage, wanted[0], texts)]
    order = sorted(range(len(figures)), key=lambda i: (wanted[i], i))
    halves = {
        i: _half(direction, figures[i]) * nearer(figures[i], direction.figures[i]) * stage.unit
        for i in range(len(figures))
    }
    touching = _touching(direction, figures, order)
    if direction.shot in DISTANT and all(map(_lies, figures)):
        halves = {
            i: _CLEAR * figure.marks.body.width * figure.scale * stage.unit / 2 for i, figure in enumerate(figures)
        }
    gaps = [touching[a] * stage.unit if a in touching else halves[a] + halves[b] for a, b in itertools.pairwise(order)]
    xs = _apart([wanted[i] for i in order], gaps, halves[order[0]], halves[order[-1]], stage.width)
    widest = _widest([direction.figures[i].character in talking for i in order], direction, stage)
    xs = _gathered(xs, gaps, widest, direction, stage, silent=not talking)
    for k in (k for k in range(len(gaps)) if order[k] in touching):
        middle = (xs[k] + xs[k + 1]) / 2
        xs[k], xs[k + 1] = middle - gaps[k] / 2, middle + gaps[k] / 2
    placed = dict(zip(order, xs, strict=True))
    return [placed[i] - _offset(direction, figures[i], stage) for i in range(len(figures))]


def _alone(direction: SceneDirection, figure: Figure, stage: Stage, wanted: float, texts: int) -> float:
    whole = is_whole(figure, direction.shot)
    half = (figure.marks.body if whole else figure.marks.head).width / 2 * stage.unit * figure.scale
    cropped = crops(direction, stage.width, stage.height)
    side = min(half * (_CROPPED if cropped else 1.05), stage.width / 2)
    if texts > 1 and not whole and 2 * half > _CROWDED * stage.width:
        wanted = stage.width / 2
    elif cropped:
        wanted = stage.width if wanted > stage.width / 2 else 0.0
    elif is_low(stage.width, stage.height) and direction.shot is not Shot.ESTABLISHING:
        wanted = _with_nose_room(direction, wanted / stage.width) * stage.width
    return max(side, min(stage.width - side, wanted)) - _offset(direction, figure, stage)


def _with_nose_room(direction: SceneDirection, x: float) -> float:
    """Where somebody alone in a low wide picture stands: off its middle, with more room before his face than behind."""
    facing = direction.figures[0].facing
    if facing in ("left", "right"):
        return max(x, 1 - NOSE_ROOM) if facing == "left" else min(x, NOSE_ROOM)
    if abs(x - 0.5) > 0.05:
        return x
    return seeded("alone", direction.seen, direction.place, direction.shot).choice((NOSE_ROOM, 1 - NOSE_ROOM))


def is_low(width: float, height: float) -> bool:
    return width > LOW * height


def _apart(wanted: Sequence[float], gaps: Sequence[float], first: float, last: float, width: float) -> list[float]:
    """The places nearest to the wanted ones at which nobody stands in another one, or beyond the panel's sides."""
    total = first + last + sum(gaps)
    squeeze = min(1.0, width / total) if total else 1.0
    xs = list(wanted)
    xs[0] = max(xs[0], first * squeeze)
    for k, gap in enumerate(gaps):
        xs[k + 1] = max(xs[k + 1], xs[k] + gap * squeeze)
    limit = width - last * squeeze
    for k in range(len(xs) - 1, -1, -1):
        xs[k] = min(xs[k], limit)
        limit = xs[k] - (gaps[k - 1] * squeeze if k else 0)
    return xs


def _widest(talk: Sequence[bool], direction: SceneDirection, stage: Stage) -> list[float]:
    """How far each is at most from the next one."""
    if len(talk) == 2:
        return [(_COMPANY[direction.shot] if direction.shot in DISTANT else _APART) * stage.unit]
    pairs = ((a + b, a and b) for a, b in itertools.pairwise(talk))
    unit = stage.unit * (1.0 if direction.shot in DISTANT else _NEAR_WIDER)
    return [max(_GROUPED[count] * unit, _WAY * stage.width * both) for count, both in pairs]


def _gathered(
    xs: Sequence[float],
    gaps: Sequence[float],
    widest: Sequence[float],
    direction: SceneDirection,
    stage: Stage,
    *,
    silent: bool,
) -> list[float]:
    """People stand within reach of each other, however wide the panel is; `gaps` is the least that they need."""
    if direction.angle is Angle.OVER_SHOULDER:
        return _before_a_back(xs, direction, stage)
    found = [0.0]
    for (a, b), gap, most in zip(itertools.pairwise(xs), gaps, widest, strict=True):
        found.append(found[-1] + min(b - a, max(most, gap)))
    left = (xs[0] + xs[-1] - found[-1]) / 2
    if silent and len(xs) > 2 and abs(xs[0] + xs[-1] - stage.width) < 0.1 * stage.width:
        side = seeded("group", direction.seen, direction.place, *(f.character for f in direction.figures)).choice(
            (-1, 1)
        )
        free = (stage.width - found[-1]) / 2 - 1.3 * stage.unit
        left += side * max(0.0, min(_OFF_MIDDLE * stage.width, free))
    return [left + x for x in found]


def _before_a_back(xs: Sequence[float], direction: SceneDirection, stage: Stage) -> list[float]:
    """Whoever is seen past a shoulder stands not farther from it than a talk allows, however wide the panel is."""
    backs = [figure.x for figure in direction.figures if figure.facing == "back"]
    if len(xs) != 2 or len(backs) != 1:
        return list(xs)
    most = min(stage.width, _PAST_A_SHOULDER * stage.height)
    left, right = xs
    if backs[0] < 0.5:
        return [left, min(right, most)]
    return [max(left, stage.width - most), right]


def _touching(direction: SceneDirection, figures: Sequence[Figure], order: Sequence[int]) -> dict[int, float]:
    """By index of the left one of two neighbours who touch: heads from head to head."""
    told = contact_gaps(direction)
    found: dict[int, float] = {}
    for a, b in itertools.pairwise(order):
        near = told.get(frozenset((a, b)))
        if _embrace(direction, figures, a, b):
            found[a] = _EMBRACE
        elif near is not None:
            found[a] = near * max(_SMALLEST, min(figures[a].scale, figures[b].scale))
            beasts = [_half_whole(figures[k]) for k in (a, b) if is_whole(figures[k], direction.shot)]
            found[a] = max(found[a], _BESIDE + sum(beasts)) if any(beasts) else found[a]
    return found


def _half_whole(figure: Figure) -> float:
    """Of a beast, half of its length, in an adult's heads: whoever touches it stands before its head."""
    return 0.0 if figure.human else figure.marks.body.width * figure.scale / 2


def _embrace(direction: SceneDirection, figures: Sequence[Figure], left: int, right: int) -> bool:
    """Whether two neighbours hold each other: one hugs, towards the other, who does not turn away."""
    one, other = direction.figures[left], direction.figures[right]
    if not (figures[left].human and figures[right].human):
        return False
    hugs = (one.pose is Pose.HUG and one.facing == "right") or (other.pose is Pose.HUG and other.facing == "left")
    return hugs and one.facing != "left" and other.facing != "right"


def crops(direction: SceneDirection, width: float, height: float) -> bool:
    """Whether a face that fills the panel goes to its side, cut by the edge: one that speaks is placed off the middle,
    and its words need room that only a wide panel has anyway."""
    off = bool(direction.figures) and abs(direction.figures[0].x - 0.5) > 0.05
    return direction.shot is Shot.EXTREME_CLOSE and off and width < 1.5 * height


def _half(direction: SceneDirection, figure: Figure) -> float:
    """Half the width that a figure keeps for itself, in an adult's heads."""
    wide = figure.marks.head.width
    if is_whole(figure, direction.shot) and figure.marks.body.width > _LONG:
        wide = figure.marks.body.width * (_CLEAR if is_long(figure) else 0.8)
    return max(0.62, wide * 0.5) * figure.scale


def _offset(direction: SceneDirection, figure: Figure, stage: Stage) -> float:
    """How far what a direction places lies from the figure's foot: the head, or the body in distant views."""
    marks = figure.marks
    middle = marks.body.centre[0] if is_whole(figure, direction.shot) else marks.head.centre[0]
    return middle * stage.unit * figure.scale
