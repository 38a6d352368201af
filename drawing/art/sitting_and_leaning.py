"""How somebody sits on a seat or his heels, or leans on a counter or table; and what his hands do meanwhile.

In: a look, a direction, whether he talks. Out: a whole pose.

In: a direction and its scene; a figure in the stance. Out: whether he leans; the figure with the counter beside it.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from drawing.art.figure import Figure
from drawing.art.pose_spec import BEARS, FREE, ArmPose, PoseSpec, mirrored
from drawing.art.poses import POSES, STANCES
from drawing.art.props.limp_things import around_neck
from drawing.art.stage import seeded
from drawing.art.standing import ON_HIP, WHOLE, chance_of, gestures, habit, idle
from drawing.ink.paths import poly, rect
from drawing.ink.pen import LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.characters import Age, Look
from manga.storyboard import FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.places import has

_SEEN = frozenset({Shot.FULL, Shot.LONG})
_OFTEN = 0.35
_LONG, _DEEP, _THICK = 2.1, 0.34, 0.16
"""Heads: how far it goes on beside him, how much of its top is seen, how thick the top is."""
_LEANS = PoseSpec(
    left=ON_HIP,
    right=ArmPose(target=(1.02, 1.62, 0.1), hand="flat", pole=(1, 0.1, -0.6), fingers=(0.8, 0.5, 0.3)),
    left_leg=BEARS, right_leg=FREE, shoulders=8, roll=5,
)  # fmt: skip


_UPRIGHT = re.compile(
    r"\b(?:upright|straight|stiff|rigid|erect|motionless|rooted|frozen|bolt)\b"
    r"|\bstands? (?:still|in|by|at|on|before|behind|beside)\b|直立|まっすぐ|棒立|立ちつく",
    re.IGNORECASE,
)
"""Words of whoever leans on nothing."""


def leans(look: Look, directed: FigureDirection, scene: SceneDirection) -> bool:
    """Alone, with free hands, in a view that shows what he leans on, and not said to stand otherwise; the same in
    every run."""
    free = directed.pose is Pose.STAND and not directed.holds and directed.facing != "back"
    if not free or len(scene.figures) != 1 or not has(scene.setting, "counter") or scene.shot not in _SEEN:
        return False
    if _UPRIGHT.search(scene.seen):
        return False
    chance = seeded("leans", directed.character, scene.seen, scene.shot)
    return look.age is not Age.CHILD and chance.random() < _OFTEN


def leaning(directed: FigureDirection) -> PoseSpec:
    """On the side from which he looks away."""
    return mirrored(_LEANS) if directed.facing == "left" else _LEANS


def at_counter(figure: Figure, directed: FigureDirection) -> Figure:
    """With the counter under the flat hand, behind the body."""
    hand = figure.marks.hands[0 if directed.facing == "left" else 1]
    way = 1 if hand.centre[0] > figure.marks.head.centre[0] else -1
    near, top = hand.centre[0] - way * 0.42, hand.centre[1] + 0.08
    far = near + way * _LONG

    board = poly(((near, top), (far, top), (far + way * 0.1, top - _DEEP), (near + way * 0.16, top - _DEEP)))
    edge = rect(min(near, far), top, _LONG, _THICK)
    front = rect(min(near, far) + 0.06, top + _THICK, _LONG - 0.12, -top - _THICK)

    def ink(pen: Pen) -> None:
        pen.shape(front, MID_TONE, 1.2)
        for k in (0.34, 0.67):
            x = near + way * _LONG * k
            pen.straight(((x, top + _THICK), (x, 0.0)), 0.9)
        pen.shape(board, WHITE, 1.2)
        pen.shape(edge, LIGHT_TONE, 1.2)
        figure.ink(pen)

    return replace(figure, deed="lean", ink=ink, silhouette=(*figure.silhouette, front, edge, board))


AT_A_BENCH = frozenset({Pose.COOK, Pose.CUT, Pose.WASH, Pose.POUR})
_SAID = frozenset({"explains", "offers", "both", "counts", "heart", "clench", "startled", "mouth", "cheek", "glad",
                   "crossed", "neck", "wide"})  # fmt: skip
"""Gestures that need no legs."""
_RESTS = frozenset({"crossed", "chin", "sleeves", "elbow"})
_IN_LAP = ArmPose(target=(0.14, 1.62, 0.9), hand="relaxed", pole=(1, 0.4, -0.2))
_LAID = ArmPose(target=(0.16, 1.56, 0.96), hand="laid", pole=(1, 0.4, -0.2), fingers=(-0.5, 0.7, 0.4))
_PROPS = ArmPose(target=(0.72, 1.84, -0.2), hand="flat", pole=(1, -0.2, -0.6), fingers=(0.4, 0.6, -0.4))
_MOVED, _EASY = 0.72, 0.4
"""How often hands do something other than rest: of one who speaks, of one who only sits there."""


def kneeling_at_work(pose: Pose) -> PoseSpec:
    """Where people live on the floor, and where there is none: the same work done on the knees."""
    return replace(on_heels(POSES[pose]), lean=POSES[Pose.KNEEL].lean + 8, shoulders=0)


def seated_low(pose: Pose, *, mats: bool) -> PoseSpec:
    """Where there is no seat: on the heels on mats, with the knees drawn up on the ground; a writer kneels anyway."""
    if pose is Pose.WRITE:
        return replace(on_heels(POSES[pose]), sits=False)
    return POSES[Pose.KNEEL] if mats else STANCES["knees_up"]


def on_heels(spec: PoseSpec) -> PoseSpec:
    """The same on the knees."""
    heels = POSES[Pose.KNEEL]
    return replace(spec, left_leg=heels.left_leg, right_leg=heels.right_leg)


def sitting(
    base: PoseSpec, look: Look, directed: FigureDirection, scene: SceneDirection, *, talks: bool = False,
    taken: Collection[str] = (),
) -> PoseSpec:  # fmt: skip
    """The pose with hands that talk or rest; as it is for full hands, and for views that show none."""
    if (directed.holds and not around_neck(directed.holds)) or scene.shot not in WHOLE:
        return base
    chance = chance_of(directed, scene, "seated")
    speaks = talks and chance.random() < _MOVED
    names = [n for n in (gestures if speaks else idle)(look, directed, scene) if n in (_SAID if speaks else _RESTS)]
    names = [name for name in names if name not in taken] or names
    if names and (speaks or chance.random() < _EASY):
        found = _armed(base, STANCES[habit(names, directed.character, chance)])
    else:
        found = _resting(base, chance.random(), propped=base.sits)
    return mirrored(found) if chance.random() < 0.5 else found


def _armed(base: PoseSpec, stance: PoseSpec) -> PoseSpec:
    """Arms that would hang stay in the lap."""
    left, right = (
        given if given.target or given.hand == "open" else kept
        for given, kept in ((stance.left, base.left), (stance.right, base.right))
    )
    return replace(
        base, left=left, right=right, roll=stance.roll, nod=base.nod + stance.nod, shoulders=stance.shoulders * 0.6
    )


def _resting(base: PoseSpec, at: float, *, propped: bool) -> PoseSpec:
    """Hands in the lap, one over the other, or one behind on the seat; around drawn-up knees they stay."""
    if at < 0.4 or base is STANCES["knees_up"]:
        return base
    if at < 0.8 or not propped:
        return replace(base, left=_IN_LAP, right=_LAID, shoulders=3, roll=3)
    return replace(base, right=_PROPS, lean=base.lean - 7, shoulders=-5, roll=-3)
