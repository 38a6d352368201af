"""How somebody stands when a direction says only that he stands: hands in pockets, arms crossed, a hand on the hip.

The choice is the same in every run: it follows from who it is and from what the panel shows.
"""

from dataclasses import replace

from drawing.art.poses import BEARS, FREE, POSES, ArmPose, LegPose, PoseSpec, mirrored
from drawing.art.stage import seeded
from manga.characters import Age, Look
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection

_HANGS = ArmPose(upper=(2, 10), fore=(18, 4))
_POCKET = ArmPose(target=(0.52, 1.78, 0.24), hand="hidden", pole=(0.9, 0.2, -0.55))
_REST = (FREE, BEARS)

STANCES: dict[str, PoseSpec] = {
    "pockets": PoseSpec(left=_POCKET, right=_POCKET, left_leg=_REST[0], right_leg=_REST[1], shoulders=-6, roll=-2),
    "pocket": PoseSpec(left=_HANGS, right=_POCKET, left_leg=_REST[0], right_leg=_REST[1], shoulders=-8, roll=-3),
    "crossed": PoseSpec(
        left=ArmPose(target=(-0.3, 0.98, 0.56), hand="hidden", pole=(1, 0.7, -0.1)),
        right=ArmPose(target=(0.1, 1.0, 0.7), hand="laid", pole=(1, 0.7, -0.1)),
        left_leg=FREE, right_leg=BEARS, shoulders=-6, lean=-2,
    ),
    "hip": PoseSpec(
        left=_HANGS, right=ArmPose(target=(0.64, 1.56, 0.2), hand="fist", pole=(1, 0.1, -0.25)),
        left_leg=_REST[0], right_leg=_REST[1], shoulders=-10, roll=4,
    ),
    "behind": PoseSpec(
        left=ArmPose(target=(0.1, 1.5, -0.55), hand="hidden", pole=(1, 0.5, -0.3)),
        right=ArmPose(target=(0.1, 1.5, -0.55), hand="hidden", pole=(1, 0.5, -0.3)),
        left_leg=BEARS, right_leg=FREE, shoulders=6, roll=4,
    ),
    "folded": PoseSpec(
        left=ArmPose(target=(0.22, 1.56, 0.6), hand="relaxed", pole=(1, 0.4, -0.3)),
        right=ArmPose(target=(0.24, 1.52, 0.68), hand="relaxed", pole=(1, 0.4, -0.3)),
        left_leg=LegPose((0, -2), 1), right_leg=LegPose((6, 3), 9, 2, 14), shoulders=4, nod=3, roll=3,
    ),
    "elbow": PoseSpec(
        left=_HANGS, right=ArmPose(target=(-0.12, 1.16, 0.52), hand="laid", pole=(0.9, 0.8, 0.1)),
        left_leg=FREE, right_leg=BEARS, nod=6, roll=4, shoulders=-7,
    ),
    "leaning": PoseSpec(
        left=ArmPose(upper=(-4, 12), fore=(22, 8)), right=ArmPose(upper=(6, 14), fore=(34, -6)),
        left_leg=LegPose((16, 12), 22, 6, 26), right_leg=BEARS, shoulders=-10, roll=3, lean=-4,
    ),
    "explains": PoseSpec(
        left=_HANGS, right=ArmPose(upper=(6, 17), fore=(62, 34), hand="open"),
        left_leg=_REST[0], right_leg=_REST[1], shoulders=-6, roll=3, lean=3,
    ),
    "heart": PoseSpec(
        left=_HANGS, right=ArmPose(target=(0.06, 0.76, 0.56), hand="laid", pole=(0.9, 0.8, 0.1)),
        left_leg=BEARS, right_leg=FREE, nod=4, roll=4, shoulders=5,
    ),
    "neck": PoseSpec(
        left=_POCKET, right=ArmPose(target=(0.1, -0.08, -0.42), hand="hidden", pole=(1, -0.3, 0.2)),
        left_leg=_REST[0], right_leg=_REST[1], shoulders=-8, roll=-6, nod=4,
    ),
    "knees_up": PoseSpec(
        left=ArmPose(target=(0.12, 1.3, 1.12), hand="relaxed", pole=(1, 0.4, -0.1)),
        right=ArmPose(target=(0.12, 1.36, 1.12), hand="relaxed", pole=(1, 0.4, -0.1)),
        left_leg=LegPose((133, 8), 108, 4), right_leg=LegPose((130, 6), 108, 4), lean=14, nod=-8,
    ),
}  # fmt: skip

TO_A_CHILD = replace(
    POSES[Pose.KNEEL], left=POSES[Pose.HUG].left, right=POSES[Pose.HUG].right, lean=9, nod=10, roll=6,
)  # fmt: skip
"""Whoever hugs somebody much smaller kneels down to him."""
_LOW = frozenset({Expression.SAD, Expression.CRY, Expression.SHY, Expression.FEAR})
_FIRM = frozenset({Expression.ANGRY, Expression.SERIOUS, Expression.SMIRK, Expression.NEUTRAL, Expression.CALM})
_POCKETS = frozenset({"gakuran", "casual", "hoodie", "coat", "suit", "blazer", "school", "victorian_suit"})
_WRAPPED = frozenset({"kimono", "hakama", "samurai", "robe", "monk"})


def stance_of(look: Look, directed: FigureDirection, scene: SceneDirection) -> PoseSpec | None:
    """None where the pose stays as it is: for other poses, and for full hands."""
    if directed.pose is not Pose.STAND or directed.holds:
        return None
    names = _fitting(look, directed.expression)
    chance = seeded(directed.character, scene.seen, scene.shot, directed.expression, round(directed.x, 2))
    found = POSES[Pose.STAND] if chance.random() < 0.3 or not names else STANCES[chance.choice(names)]
    return mirrored(found) if chance.random() < 0.5 else found


def _fitting(look: Look, mood: Expression) -> list[str]:
    female, wrapped = look.gender == "female", look.outfit in _WRAPPED
    if mood in _LOW:
        return ["elbow", "folded", "heart"] if female or wrapped else ["elbow", "leaning", "heart"]
    names = ["leaning", "explains"] if not wrapped else ["folded", "explains"]
    if look.outfit in _POCKETS and not female and look.age is not Age.ELDER:
        names += ["pockets", "pocket"]
    if mood in _FIRM and look.age is not Age.CHILD:
        names.append("crossed")
    if female:
        names += ["folded", "behind"] if wrapped or look.age is Age.ELDER else ["hip", "behind"]
    elif look.age in {Age.ELDER, Age.CHILD}:
        names.append("behind")
    return names


def reclining() -> PoseSpec:
    """Somebody who lies, as a near view shows him: upright on the paper, the arms at rest."""
    return replace(POSES[Pose.LIE], lies=False)
