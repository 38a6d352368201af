"""The poses of those who do the work of a house: they cook, cut, pour, wash up, hang up washing, sweep, knock, row, and
hand something over."""

from drawing.art.pose_spec import BEARS, FREE, LOOSE, ArmPose, LegPose, PoseSpec
from manga.storyboard import Pose

_OUT = (1, 0.6, -0.2)
_PEGS = ArmPose(target=(0.56, -0.42, 1.44), hand="grip", pole=_OUT, fingers=(0, -1, 0.1))
_OAR = ArmPose(target=(0.34, 0.98, 1.2), hand="grip", pole=(1, 0.7, -0.2))
_OFFERS = ArmPose(target=(0.16, 0.94, 1.2), hand="flat", pole=_OUT, fingers=(-0.35, 0.1, 1))

CHORES: dict[Pose, PoseSpec] = {
    Pose.COOK: PoseSpec(
        left=ArmPose(target=(0.44, 1.3, 1.0), hand="fist", pole=_OUT),
        right=ArmPose(target=(0.34, 0.8, 1.0), hand="grip", pole=_OUT),
        left_leg=BEARS, right_leg=FREE, shoulders=5, lean=5, nod=14,
    ),
    Pose.CUT: PoseSpec(
        left=ArmPose(target=(0.5, 1.34, 1.02), hand="laid", pole=_OUT, fingers=(-0.5, 0.5, 0.5)),
        right=ArmPose(target=(0.36, 1.26, 0.96), hand="grip", pole=_OUT, fingers=(-0.3, 0.4, 0.8)),
        left_leg=BEARS, right_leg=FREE, shoulders=-4, lean=8, nod=18,
    ),
    Pose.WASH: PoseSpec(
        left=ArmPose(target=(0.2, 1.4, 1.05), hand="grip", pole=_OUT, fingers=(-0.3, 1, 0.4)),
        right=ArmPose(target=(0.14, 1.36, 1.1), hand="laid", pole=_OUT, fingers=(-0.5, 0.8, 0.3)),
        left_leg=FREE, right_leg=BEARS, shoulders=-5, lean=9, nod=16,
    ),
    Pose.POUR: PoseSpec(
        left=ArmPose(target=(0.56, 1.34, 0.98), hand="grip", pole=_OUT, fingers=(-0.5, 0.1, 0.6)),
        right=ArmPose(target=(0.5, 0.66, 0.92), hand="grip", pole=(1, 0.4, -0.2), fingers=(-0.3, -0.2, 0.8)),
        left_leg=BEARS, right_leg=FREE, shoulders=5, lean=4, nod=14,
    ),
    Pose.HANG: PoseSpec(
        left=_PEGS, right=_PEGS, left_leg=LegPose((8, 4), 8), right_leg=LegPose((-8, 4), 6, 16), lean=-3, nod=-14,
    ),
    Pose.SWEEP: PoseSpec(
        right=ArmPose(target=(0.02, 0.72, 0.62), hand="grip", pole=(1, 0.6, -0.3)),
        left=ArmPose(target=(0.14, 1.42, 1.0), hand="grip", pole=_OUT),
        left_leg=LegPose((22, 6), 16), right_leg=LegPose((-12, 6), 8, 10), lean=12, nod=12, twist=-10, shoulders=4,
    ),
    Pose.KNOCK: PoseSpec(
        right=ArmPose(target=(0.1, 0.0, 1.02), hand="fist", pole=(1, 1, -0.2), fingers=(0, -0.9, 0.5)), left=LOOSE,
        left_leg=LegPose((14, 3), 8), right_leg=LegPose((-8, 4), 6, 12), lean=4, shoulders=5,
    ),
    Pose.ROW: PoseSpec(
        left=_OAR, right=_OAR, left_leg=LegPose((74, 10), 44, -10), right_leg=LegPose((74, 10), 44, -10), lean=-10,
        nod=6,
    ),
    Pose.GIVE: PoseSpec(
        left=_OFFERS, right=_OFFERS, left_leg=LegPose((12, 4), 8), right_leg=LegPose((-10, 4), 6, 12), lean=8, nod=6,
    ),
}  # fmt: skip
