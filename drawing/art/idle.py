"""What the hands of somebody do who only stands there: one at the chin, one on the lapel, both in the sleeves.

In: a look, a face's mood, the weather. Out: names of stances that suit them, of these and of those that talk has, too.
"""

from drawing.art.outfits.outfit_parts import has
from drawing.art.pose_spec import BEARS, FREE, ArmPose, LegPose, PoseSpec
from drawing.art.props.rucksack import MARK
from manga.characters import Age, Look
from manga.plot import Weather
from manga.storyboard import Expression

_HANGS = ArmPose(upper=(2, 10), fore=(20, 2))
AT_BACK = ArmPose(target=(0.1, 1.5, -0.55), hand="hidden", pole=(1, 0.5, -0.3))
ON_HIP = ArmPose(target=(0.64, 1.58, 0.2), hand="fist", pole=(1, 0.1, -0.25))
ELBOW = ArmPose(target=(-0.12, 1.16, 0.52), hand="laid", pole=(0.9, 0.8, 0.1))
"""Of the other arm, which hangs."""
_AT_BREAST = ArmPose(target=(0.02, 0.98, 0.46), hand="hidden", pole=(1, 0.8, -0.1))
_AT_BELT = ArmPose(target=(0.44, 1.66, 0.34), hand="fist", pole=(1, 0.2, -0.3))
_SLEEVE = ArmPose(target=(-0.12, 1.24, 0.6), hand="hidden", pole=(1, 0.6, -0.1))
_AT_STRAP = ArmPose(target=(0.56, 0.84, 0.46), hand="fist", pole=(1, 0.8, -0.4), fingers=(-0.2, -1, 0))
_BEHIND_HEAD = ArmPose(target=(0.16, 0.06, -0.36), on_head=True, hand="hidden", pole=(1, -0.1, 0.1))

IDLE: dict[str, PoseSpec] = {
    "chin": PoseSpec(
        right=ArmPose(target=(0.12, 0.89, 0.4), on_head=True, hand="fist", pole=(0.5, 1, 0.1)),
        left=ArmPose(target=(-0.2, 1.14, 0.62), hand="relaxed", pole=(0.9, 0.6, -0.2)),
        left_leg=BEARS, right_leg=FREE, shoulders=6, nod=5, roll=4,
    ),
    "sleeves": PoseSpec(left=_SLEEVE, right=_SLEEVE, left_leg=FREE, right_leg=BEARS, shoulders=-5, roll=-2),
    "breast": PoseSpec(
        left=_HANGS, right=_AT_BREAST,
        left_leg=BEARS, right_leg=FREE, shoulders=6, roll=3,
    ),
    "lapel": PoseSpec(
        left=AT_BACK, right=ArmPose(target=(0.26, 0.74, 0.52), hand="fist", pole=(1, 0.8, -0.2),
        fingers=(-0.6, -0.7, 0.2)),
        left_leg=FREE, right_leg=BEARS, shoulders=-6, lean=-2, roll=-2,
    ),
    "back": PoseSpec(
        left=AT_BACK, right=ArmPose(upper=(4, 14), fore=(34, -4)), left_leg=BEARS, right_leg=FREE, shoulders=7, roll=4,
    ),
    "wrist": PoseSpec(
        left=ArmPose(target=(0.14, 1.86, 0.5), hand="relaxed", pole=(1, 0.3, -0.3)),
        right=ArmPose(target=(0.12, 1.76, 0.58), hand="laid", pole=(1, 0.3, -0.3), fingers=(-0.5, 0.9, 0.2)),
        left_leg=BEARS, right_leg=FREE, shoulders=5, roll=4, nod=2,
    ),
    "hips": PoseSpec(
        left=ON_HIP, right=ON_HIP, left_leg=LegPose((10, 13), 14, 2, 24), right_leg=BEARS, shoulders=-6, lean=-3,
    ),
    "belt": PoseSpec(
        left=_AT_BELT, right=_AT_BELT, left_leg=FREE, right_leg=BEARS, shoulders=-6, lean=-3, roll=-3,
    ),
    "strap": PoseSpec(
        left=_HANGS, right=_AT_STRAP, left_leg=BEARS, right_leg=FREE, shoulders=6, roll=4,
    ),
    "straps": PoseSpec(
        left=_AT_STRAP, right=_AT_STRAP, left_leg=FREE, right_leg=BEARS, shoulders=-5, roll=-3, lean=-2,
    ),
    "easy": PoseSpec(
        left=_BEHIND_HEAD, right=_BEHIND_HEAD, left_leg=BEARS, right_leg=FREE, shoulders=6, lean=-4, nod=-4, roll=-3,
    ),
    "sways": PoseSpec(
        left=AT_BACK, right=AT_BACK, left_leg=LegPose((4, -6), 2, outward=10), right_leg=LegPose((10, 10), 18, 8, 24),
        shoulders=7, twist=10, roll=-5,
    ),
}  # fmt: skip

ONE_HANDED: dict[str, PoseSpec] = {
    "hip": PoseSpec(left=ON_HIP, right=_HANGS, left_leg=BEARS, right_leg=FREE, shoulders=6, roll=4),
    "back": PoseSpec(left=AT_BACK, right=_HANGS, left_leg=FREE, right_leg=BEARS, shoulders=-6, roll=-3),
    "breast": PoseSpec(
        left=_AT_BREAST, right=_HANGS,
        left_leg=FREE, right_leg=BEARS, shoulders=-6, roll=-3,
    ),
    "belt": PoseSpec(left=_AT_BELT, right=_HANGS, left_leg=FREE, right_leg=BEARS, shoulders=-6, roll=-3),
    "elbow": PoseSpec(
        left=ELBOW, right=_HANGS,
        left_leg=BEARS, right_leg=FREE, shoulders=5, roll=3, nod=3,
    ),
}  # fmt: skip
"""The left arm of one whose right hand holds something at the side."""

_LOW = frozenset({Expression.SAD, Expression.CRY, Expression.SHY, Expression.FEAR})
_MUSING = frozenset({Expression.SERIOUS, Expression.NEUTRAL, Expression.CALM})
_FIRM = _MUSING | {Expression.ANGRY, Expression.SMIRK}
_GLAD = frozenset({Expression.SMILE, Expression.HAPPY, Expression.LAUGH, Expression.RELIEF, Expression.SMIRK})
_COLD = frozenset({"crossed", "sleeves", "pockets", "elbow", "folded", "straps"})


def fitting(look: Look, mood: Expression, weather: Weather = Weather.CLEAR) -> list[str]:
    """Never empty; in the cold arms are kept close to the body."""
    names = _dejected(look) if mood in _LOW else _at_ease(look, mood)
    names = [*names, "strap", "straps"] if MARK in look.marks else names
    close = [name for name in names if name in _COLD]
    return close if weather is Weather.SNOW and close else names


def one_handed(look: Look, mood: Expression) -> list[str]:
    """The same for somebody with one free hand, of `ONE_HANDED`."""
    if mood in _LOW:
        return ["elbow"]
    if has(look, "wide sleeves"):
        return ["back", "breast"] if look.gender != "female" else ["back", "elbow"]
    return ["hip", "back", *(["belt"] if has(look, "belt") else [])]


def _dejected(look: Look) -> list[str]:
    if look.gender == "female" or has(look, "wide sleeves"):
        return ["elbow", "folded", "heart", "wrist"]
    return ["elbow", "wrist", "heart", *(["pockets"] if has(look, "pockets") else [])]


def _at_ease(look: Look, mood: Expression) -> list[str]:
    child = look.age is Age.CHILD
    names = _of_women(look) if look.gender == "female" else _of_men(look)
    if mood in _FIRM and not child:
        names += ["crossed"]
    if mood in _MUSING and not child:
        names += ["chin"]
    return [*names, *_of_children(mood)] if child else names


def _of_children(mood: Expression) -> list[str]:
    return ["sways", "hips"] if mood in _GLAD else ["sways", "wrist"]


def _of_women(look: Look) -> list[str]:
    if has(look, "wide sleeves") or look.age is Age.ELDER:
        return ["folded", "behind", "wrist", *(["sleeves"] if has(look, "wide sleeves") else ["elbow"])]
    return ["hip", "behind", "folded", "back", *(["sways"] if look.age is Age.TEEN else ["elbow"])]


def _of_men(look: Look) -> list[str]:
    elder = look.age is Age.ELDER
    if has(look, "wide sleeves"):
        return ["sleeves", "breast", "folded", "behind", *(["belt"] if has(look, "belt") else [])]
    names = ["behind"] if elder or look.age is Age.CHILD else ["hip", "back"]
    if has(look, "pockets") and not elder:
        names += ["pockets", "pocket"]
    if has(look, "lapels"):
        names.append("lapel")
    if has(look, "belt"):
        names.append("belt")
    return [*names, "hips"] if look.build == "stout" or look.age is Age.TEEN else names
