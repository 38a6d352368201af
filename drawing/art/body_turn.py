"""How far a posed body is turned: a pose and where somebody looks in, the turn and the frame out."""

from drawing.art.points_in_space import View
from drawing.art.pose_spec import PoseSpec
from drawing.art.proportions import Proportions
from drawing.art.skeleton import lifted, skeleton
from drawing.art.trunk_outline import Frame
from manga.storyboard import Pose

FACING = {"front": 0.0, "left": -38.0, "right": 38.0, "back": 180.0}
_SIDELONG = frozenset(
    {Pose.FALL, Pose.FIGHT, Pose.HUG, Pose.CRAWL, Pose.JUMP, Pose.DIG, Pose.SWEEP, Pose.HANG, Pose.KNOCK, Pose.ROW,
     Pose.GIVE}
)  # fmt: skip
_PAST_IT = frozenset({Pose.HANG, Pose.KNOCK, Pose.ROW})
"""Before whom something stands that would hide him from the front."""
_NOT_FRONTAL = _SIDELONG | {Pose.RUN, Pose.AIM, Pose.BOW, Pose.REACH, Pose.WALK, Pose.CLIMB, Pose.LOOK_UP, Pose.LOOKOUT}


def turn_of(pose: Pose, facing: str) -> float:
    """Poses that act along a line need a view from the side."""
    turn = FACING[facing]
    if pose in {Pose.WALK, Pose.RUN} and facing in {"left", "right"}:
        return turn * 1.85
    if pose in _SIDELONG and facing in {"left", "right"}:
        return turn * 1.75
    if facing == "front" and pose in _PAST_IT:
        return -66.0
    if facing == "front" and pose in _NOT_FRONTAL:
        return -34.0 if pose is Pose.WALK else -48.0
    if pose in {Pose.AIM, Pose.BOW, Pose.CLIMB, Pose.LOOK_UP} and facing in {"left", "right"}:
        return turn * 1.5
    return turn


_LAP = 70.0
"""Degrees that thighs are raised, from which on they lie before us and are seen from above."""
_FROM_ABOVE = 0.32
"""How far we look down on them: else they are two stumps."""
CUSHION = 0.24
"""Heads between the hip joints and what one sits on."""


def seen(spec: PoseSpec, p: Proportions, turn: float) -> Frame:
    bones, usual = skeleton(spec, p), View(turn)
    if spec.lift or min(spec.left_leg.thigh[0], spec.right_leg.thigh[0]) < _LAP:
        return Frame(bones, p, usual)
    view = View(turn, _FROM_ABOVE)
    legs = (bones.left_leg, bones.right_leg)
    low = max(view.flat(v)[1] + r for leg in legs for v, r in ((leg.knee, 0.2), (leg.toe, 0.1), (leg.heel, 0.1)))
    return Frame(lifted(bones, min(0.0, 0.16 - low)), p, view)


_AWAY = 104.0
"""Degrees: how far the body of somebody who looks back is turned from us, to the other side."""


def body_turn(pose: Pose, turn: float) -> float:
    if pose is not Pose.LOOK_BACK or abs(turn) > 120:
        return turn
    return _AWAY if turn <= 0 else -_AWAY
