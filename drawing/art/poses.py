"""The poses, each as a `PoseSpec`, those of housework among them."""

from drawing.art.pose_spec import BEARS, FREE, LOOSE, ArmPose, LegPose, PoseSpec
from manga.storyboard import Pose

_OUT = (1, 0.6, -0.2)
_PEGS = ArmPose(target=(0.56, -0.42, 1.44), hand="grip", pole=_OUT, fingers=(0, -1, 0.1))
_OAR = ArmPose(target=(0.34, 0.98, 1.2), hand="grip", pole=(1, 0.7, -0.2))
_HAULS = ArmPose(target=(0.16, 1.2, 1.02), hand="grip", pole=(1, 0.6, -0.2))
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
    Pose.PULL: PoseSpec(
        right=_HAULS, left=ArmPose(target=(0.1, 1.06, 1.44), hand="grip", pole=(1, 0.6, -0.2)),
        left_leg=LegPose((42, 8), 22, -16, 12), right_leg=LegPose((14, 8), 58, 12, 12), lean=-20, nod=10, shoulders=4,
    ),
    Pose.CRANK: PoseSpec(
        left=ArmPose(target=(0.3, 0.5, 1.16), hand="grip", pole=_OUT),
        right=ArmPose(target=(0.42, 1.16, 1.1), hand="grip", pole=_OUT),
        left_leg=LegPose((26, 8), 20), right_leg=LegPose((-16, 6), 8, 12), lean=8, nod=6, twist=8, shoulders=-6,
    ),
    Pose.TURN: PoseSpec(
        left=ArmPose(upper=(-16, 16), fore=(26, 6)), right=ArmPose(upper=(24, 14), fore=(44, 6)),
        left_leg=LegPose((20, 4), 10, -6), right_leg=LegPose((-18, 4), 12, 22), lean=2, twist=24, shoulders=3,
    ),
    Pose.GIVE: PoseSpec(
        left=_OFFERS, right=_OFFERS, left_leg=LegPose((12, 4), 8), right_leg=LegPose((-10, 4), 6, 12), lean=8, nod=6,
    ),
}  # fmt: skip


_FIST_UP = ArmPose(target=(0.5, 0.5, 0.75), hand="fist")
_HANG = ArmPose()

_PRAYS = ArmPose(target=(0.05, 0.86, 0.6), hand="edge", pole=(1, 0.8, -0.2), fingers=(-0.06, -1, 0.3))
_COVERS = ArmPose(target=(0.2, 0.56, 0.4), on_head=True, hand="flat", pole=(0.7, 1, 0.1), fingers=(-0.2, -1, 0.0))
_CLUTCHES = ArmPose(target=(0.5, 0.06, 0.14), on_head=True, hand="laid", pole=(1, 0.5, 0.3), fingers=(-0.62, -1, -0.1))

POSES: dict[Pose, PoseSpec] = {
    **CHORES,
    Pose.STAND: PoseSpec(
        left=ArmPose(upper=(-3, 8), fore=(14, 4)), right=ArmPose(upper=(3, 15), fore=(28, -6)),
        left_leg=BEARS, right_leg=FREE, shoulders=7, roll=4,
    ),
    Pose.RELAXED: PoseSpec(
        left=ArmPose(upper=(6, 16), fore=(36, -8)), right=LOOSE, left_leg=LegPose((15, 12), 22, 6, 26),
        right_leg=BEARS, shoulders=-7, roll=-4, twist=-6,
    ),
    Pose.WALK: PoseSpec(
        left=ArmPose(upper=(-26, 8), fore=(-4, 6)), right=ArmPose(upper=(24, 8), fore=(46, 2)),
        left_leg=LegPose((25, 2), 6, -14), right_leg=LegPose((-17, 2), 16, 26), lean=4, shoulders=4, twist=6,
    ),
    Pose.RUN: PoseSpec(
        left=ArmPose(upper=(-48, 14), fore=(42, -12), hand="fist"), right=ArmPose(upper=(38, 14), fore=(122, -22),
        hand="fist"),
        left_leg=LegPose((58, 3), 80, 6), right_leg=LegPose((-24, 3), 62, 40), lean=17, shoulders=6, twist=10, nod=-10,
    ),
    Pose.POINT: PoseSpec(
        right=ArmPose(upper=(74, 26), fore=(84, 20), hand="point"), left=LOOSE, left_leg=LegPose((-6, 6)),
        right_leg=LegPose((8, 5)), shoulders=4, twist=8,
    ),
    Pose.WAVE: PoseSpec(
        right=ArmPose(upper=(18, 64), fore=(16, 158), hand="open"), left=LOOSE, left_leg=BEARS, right_leg=FREE,
        shoulders=6, roll=-5,
    ),
    Pose.REACH: PoseSpec(
        right=ArmPose(upper=(76, 14), fore=(86, 8), hand="open"), left=ArmPose(upper=(-16, 14), fore=(8, 10)),
        left_leg=LegPose((-16, 3), 10, 20), right_leg=LegPose((22, 4), 12), lean=12, twist=12, nod=-6,
    ),
    Pose.FIST: PoseSpec(
        right=_FIST_UP, left=ArmPose(upper=(-8, 18), fore=(24, 6), hand="fist"), left_leg=LegPose((3, 9)),
        right_leg=LegPose((-3, 9)), shoulders=-4, lean=3,
    ),
    Pose.THINK: PoseSpec(
        right=ArmPose(target=(0.12, 0.89, 0.42), on_head=True, hand="fist", pole=(0.5, 1, 0.1)),
        left=ArmPose(target=(-0.22, 1.12, 0.66), hand="relaxed", pole=(0.9, 0.6, -0.2)),
        left_leg=BEARS, right_leg=FREE, shoulders=5, nod=8, roll=4,
    ),
    Pose.AKIMBO: PoseSpec(
        left=ArmPose(target=(0.66, 1.58, 0.2), hand="fist", pole=(1, 0.1, -0.25)),
        right=ArmPose(target=(0.66, 1.58, 0.2), hand="fist", pole=(1, 0.1, -0.25)),
        left_leg=LegPose((10, 13), 14, 2, 24), right_leg=LegPose((-2, 0), 1, outward=16), shoulders=-5, lean=-3,
    ),
    Pose.CHEER: PoseSpec(
        left=ArmPose(upper=(18, 148), fore=(8, 168), hand="fist"), right=ArmPose(upper=(18, 142), fore=(8, 172),
        hand="fist"),
        left_leg=LegPose((0, 10)), right_leg=LegPose((6, 8), 14, 10), lean=-5, nod=-8,
    ),
    Pose.SHRUG: PoseSpec(
        left=ArmPose(upper=(12, 26), fore=(48, 58), hand="open"), right=ArmPose(upper=(12, 26), fore=(48, 58),
        hand="open"),
        left_leg=FREE, right_leg=BEARS, shoulders=-6, roll=8,
    ),
    Pose.CLASP: PoseSpec(
        left=ArmPose(target=(0.13, 0.98, 0.68), hand="fist"), right=ArmPose(target=(0.12, 1.0, 0.76), hand="laid"),
        left_leg=LegPose((0, 2)), right_leg=LegPose((0, 2)), nod=7, roll=3,
    ),
    Pose.SIT: PoseSpec(
        left=ArmPose(target=(0.34, 1.72, 1.05), hand="relaxed"), right=ArmPose(target=(0.34, 1.72, 1.05),
        hand="relaxed"),
        left_leg=LegPose((82, 13), 84, 0, 14), right_leg=LegPose((80, 11), 78, 0, 14), lean=3, sits=True,
    ),
    Pose.KNEEL: PoseSpec(
        left=ArmPose(target=(0.3, 1.66, 0.95), hand="flat"), right=ArmPose(target=(0.3, 1.66, 0.95), hand="flat"),
        left_leg=LegPose((80, 15), 170, -72), right_leg=LegPose((80, 15), 170, -72), lean=3, nod=3,
    ),
    Pose.BOW: PoseSpec(
        left=ArmPose(upper=(38, 6), fore=(46, 0), hand="flat"), right=ArmPose(upper=(38, 6), fore=(46, 0), hand="flat"),
        left_leg=LegPose((-6, 2)), right_leg=LegPose((-6, 2)), lean=40, nod=18,
    ),
    Pose.LIE: PoseSpec(
        left=ArmPose(target=(0.04, 1.36, 0.5), hand="laid", pole=(1, 0.4, 0)),
        right=ArmPose(upper=(2, 13), fore=(16, 6)), left_leg=LegPose((6,
        4), 12),
        right_leg=LegPose((0, 4)), lies=True, nod=-4,
    ),
    Pose.CARRY: PoseSpec(
        left=ArmPose(target=(0.4, 1.3, 0.84), hand="grip"), right=ArmPose(target=(0.4, 1.3, 0.84), hand="grip"),
        left_leg=LegPose((8, 4), 6), right_leg=LegPose((-6, 4), 6, 8), lean=-3,
    ),
    Pose.AIM: PoseSpec(
        left=ArmPose(target=(-0.1, 0.24, 1.5), hand="grip", pole=(0.3, 1, 0)),
        right=ArmPose(target=(0.2, 0.28, 0.62), hand="grip", pole=(1, 0.5, -0.2)),
        left_leg=LegPose((18, 6), 12), right_leg=LegPose((-14, 8), 8, 6), lean=5, twist=-24, nod=4,
    ),
    Pose.CROUCH: PoseSpec(
        left=ArmPose(target=(0.3, 1.5, 1.15), hand="relaxed"), right=ArmPose(target=(0.22, 1.35, 1.2), hand="relaxed"),
        left_leg=LegPose((108, 12), 138, 24), right_leg=LegPose((98, 12), 132, 30), lean=26, nod=-12,
    ),
    Pose.FALL: PoseSpec(
        left=ArmPose(upper=(60, 92), fore=(40, 132), hand="open"), right=ArmPose(upper=(96, 40), fore=(128, 30),
        hand="open"),
        left_leg=LegPose((72, 12), 40, -12), right_leg=LegPose((34, 10), 58, 20), lean=-34, nod=16, roll=-8, twist=10,
        lift=0.5,
    ),
    Pose.FIGHT: PoseSpec(
        right=ArmPose(target=(0.02, 0.3, 1.86), hand="fist", pole=(1, 0.4, 0)),
        left=ArmPose(target=(0.2, 0.62, 0.6), hand="fist", pole=(0.8, 1, -0.2)),
        left_leg=LegPose((38, 6), 44, 0, 14), right_leg=LegPose((-34, 8), 10, 30, 20), lean=14, twist=26, nod=-6,
    ),
    Pose.HUG: PoseSpec(
        left=ArmPose(target=(0.26, 0.6, 1.14), hand="laid", pole=(1, 0.7, 0.1), fingers=(-0.2, -0.35, 1)),
        right=ArmPose(target=(0.3, 1.02, 1.06), hand="laid", pole=(1, 0.9, 0.1), fingers=(-0.2, 0.3, 1)),
        left_leg=LegPose((12, 3), 10), right_leg=LegPose((-14, 4), 8, 22), lean=3, nod=12, roll=6,
    ),
    Pose.JUMP: PoseSpec(
        left=ArmPose(upper=(100, 30), fore=(140, 24), hand="open"), right=ArmPose(upper=(-40, 34), fore=(-4, 40),
        hand="open"),
        left_leg=LegPose((74, 8), 88, 10), right_leg=LegPose((-8, 8), 62, 34), lean=10, nod=-10, twist=8, lift=0.75,
        onward=True,
    ),
    Pose.CLIMB: PoseSpec(
        left=ArmPose(target=(0.0, -1.16, 0.98), hand="grip", pole=(1, 0.5, -0.2)),
        right=ArmPose(target=(0.0, 0.2, 1.12), hand="grip", pole=(0.6, 1, -0.3)),
        left_leg=LegPose((46, 4), 62, 24), right_leg=LegPose((88, 8), 116, 24), lean=5, nod=-18, lift=0.4, onward=True,
    ),
    Pose.CRAWL: PoseSpec(
        left=ArmPose(upper=(16, 6), fore=(18, 4), hand="flat", fingers=(0, 1, 0.15)),
        right=ArmPose(upper=(-14, 6), fore=(-4, 4), hand="flat", fingers=(0, 1, 0.15)),
        left_leg=LegPose((-14, 4), 88, -10), right_leg=LegPose((22, 6), 124, -10), lean=74, nod=-52,
    ),
    Pose.PRAY: PoseSpec(
        left=_PRAYS, right=_PRAYS, left_leg=LegPose((0, 2)), right_leg=LegPose((0, 2)), nod=12, lean=3,
    ),
    Pose.WEEP: PoseSpec(
        left=_COVERS, right=_COVERS, left_leg=LegPose((4, 2), 6), right_leg=LegPose((0, 2)), lean=9, nod=18,
    ),
    Pose.DESPAIR: PoseSpec(
        left=_CLUTCHES, right=_CLUTCHES, left_leg=LegPose((12, 8), 20), right_leg=LegPose((0, 5), 10), lean=14, nod=16,
    ),
    Pose.FOLD: PoseSpec(
        left=ArmPose(target=(-0.3, 1.02, 0.56), hand="hidden", pole=(1, 0.7, -0.1)),
        right=ArmPose(target=(0.08, 1.0, 0.7), hand="laid", pole=(1, 0.7, -0.1)),
        left_leg=FREE, right_leg=BEARS, shoulders=-4, lean=-2,
    ),
    Pose.LOOK_UP: PoseSpec(
        left=ArmPose(upper=(-6, 10), fore=(8, 6)), right=ArmPose(upper=(-2, 14), fore=(14, 4), hand="open"),
        left_leg=BEARS, right_leg=FREE, lean=-5, nod=-20,
    ),
    Pose.LOOK_DOWN: PoseSpec(
        left=ArmPose(upper=(8, 6), fore=(18, 2)), right=ArmPose(upper=(10, 8), fore=(20, 2)), left_leg=BEARS,
        right_leg=FREE, lean=7, nod=24, shoulders=4,
    ),
    Pose.LOOK_BACK: PoseSpec(
        left=ArmPose(upper=(-14, 10), fore=(8, 8)), right=ArmPose(upper=(14, 10), fore=(34, 4)),
        left_leg=LegPose((14, 3), 8, -6), right_leg=LegPose((-10, 3), 12, 20), nod=2,
    ),
    Pose.LOOKOUT: PoseSpec(
        left=ArmPose(target=(0.62, 1.56, 0.2), hand="fist", pole=(1, 0.1, -0.25)),
        right=ArmPose(target=(0.46, -0.12, 0.34), on_head=True, hand="edge", pole=(1, 0.4, 0.1),
        fingers=(-1, -0.18, 0.5)),
        left_leg=FREE, right_leg=BEARS, lean=3, nod=-6, onward=True,
    ),
    Pose.LISTEN: PoseSpec(
        right=ArmPose(target=(0.5, 0.42, -0.02), on_head=True, hand="flat", pole=(1, 0.8, 0.1), fingers=(0.2, -1, 0)),
        left=LOOSE, left_leg=BEARS, right_leg=FREE, lean=6, roll=-9, shoulders=-4, onward=True,
    ),
    Pose.WHISPER: PoseSpec(
        left=ArmPose(target=(0.34, 0.6, 0.4), on_head=True, hand="flat", pole=(0.8, 1, 0.1), fingers=(-0.1, -1, 0.3)),
        right=LOOSE, left_leg=LegPose((-8, 4), 6, 14), right_leg=LegPose((10, 3), 12), lean=11, nod=4, onward=True,
    ),
    Pose.WRITE: PoseSpec(
        left=ArmPose(target=(0.34, 1.42, 0.98), hand="flat", pole=(1, 0.5, -0.2), fingers=(-0.7, 0.1, 0.5)),
        right=ArmPose(target=(0.2, 1.34, 1.06), hand="pinch", pole=(1, 0.5, -0.2), fingers=(-0.5, 0.5, 0.7)),
        left_leg=LegPose((82, 13), 84, 0, 14), right_leg=LegPose((80, 11), 80, 0, 14), lean=12, nod=18, sits=True,
    ),
    Pose.DIG: PoseSpec(
        right=ArmPose(target=(0.0, 0.92, 0.56), hand="grip", pole=(1, 0.6, -0.3)),
        left=ArmPose(target=(0.1, 1.62, 1.3), hand="grip", pole=(1, 0.6, -0.2)),
        left_leg=LegPose((34, 7), 34), right_leg=LegPose((-16, 6), 10, 12), lean=26, nod=8, twist=-8,
    ),
}  # fmt: skip
