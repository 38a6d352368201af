"""How somebody sits: on a seat, on his heels, with his knees drawn up; and what his hands do meanwhile.

In: a look, a direction, whether he talks. Out: a whole pose.
"""

from collections.abc import Collection
from dataclasses import replace

from drawing.art.pose_spec import ArmPose, PoseSpec, mirrored
from drawing.art.poses import POSES
from drawing.art.props.limp_things import around_neck
from drawing.art.standing import STANCES, WHOLE, chance_of, gestures, habit, idle
from manga.characters import Look
from manga.storyboard import FigureDirection, Pose, SceneDirection

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
    return replace(_on_heels(pose), lean=POSES[Pose.KNEEL].lean + 8, shoulders=0)


def seated_low(pose: Pose, *, mats: bool) -> PoseSpec:
    """Where there is no seat: on the heels on mats, with the knees drawn up on the ground; a writer kneels anyway."""
    if pose is Pose.WRITE:
        return replace(_on_heels(pose), sits=False)
    return POSES[Pose.KNEEL] if mats else STANCES["knees_up"]


def _on_heels(pose: Pose) -> PoseSpec:
    heels = POSES[Pose.KNEEL]
    return replace(POSES[pose], left_leg=heels.left_leg, right_leg=heels.right_leg)


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
