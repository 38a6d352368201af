"""How somebody stands and what idle hands do, where a direction says only that he stands.

The choice is the same in every run: it follows from who it is and from what the panel shows.

In: a look, a face's mood, the weather. Out: names of stances that suit them, of these and of those that talk has, too.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from random import Random

from drawing.art.outfits.outfit_parts import has
from drawing.art.pose_spec import BEARS, FREE, ArmPose, LegPose, PoseSpec, mirrored
from drawing.art.poses import POSES
from drawing.art.poses_with_things import deed_of
from drawing.art.props.limp_things import around_neck
from drawing.art.props.rucksack import MARK
from drawing.art.stage import seeded
from drawing.art.things.find_drawing import thing_named, thing_of
from manga.characters import Age, Look
from manga.plot import Weather
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

_IDLE_HANGS = ArmPose(upper=(2, 10), fore=(20, 2))
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
        left=_IDLE_HANGS, right=_AT_BREAST,
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
        left=_IDLE_HANGS, right=_AT_STRAP, left_leg=BEARS, right_leg=FREE, shoulders=6, roll=4,
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
    "hip": PoseSpec(left=ON_HIP, right=_IDLE_HANGS, left_leg=BEARS, right_leg=FREE, shoulders=6, roll=4),
    "back": PoseSpec(left=AT_BACK, right=_IDLE_HANGS, left_leg=FREE, right_leg=BEARS, shoulders=-6, roll=-3),
    "breast": PoseSpec(
        left=_AT_BREAST, right=_IDLE_HANGS,
        left_leg=FREE, right_leg=BEARS, shoulders=-6, roll=-3,
    ),
    "belt": PoseSpec(left=_AT_BELT, right=_IDLE_HANGS, left_leg=FREE, right_leg=BEARS, shoulders=-6, roll=-3),
    "elbow": PoseSpec(
        left=ELBOW, right=_IDLE_HANGS,
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


_HANGS = ArmPose(upper=(2, 10), fore=(18, 4))
_POCKET = ArmPose(target=(0.52, 1.78, 0.24), hand="hidden", pole=(0.9, 0.2, -0.55))
_PALM = ArmPose(target=(0.54, 1.14, 0.78), hand="open", pole=(1, 0.7, -0.3), fingers=(0.6, -0.5, 0.5))
_STARTS = ArmPose(target=(0.6, 0.6, 0.62), hand="open", pole=(1, 0.7, -0.3), fingers=(0.25, -1, 0.1))
_REST = (FREE, BEARS)

STANCES: dict[str, PoseSpec] = {
    **IDLE,
    "pockets": PoseSpec(left=_POCKET, right=_POCKET, left_leg=_REST[0], right_leg=_REST[1], shoulders=-6, roll=-2),
    "pocket": PoseSpec(left=_HANGS, right=_POCKET, left_leg=_REST[0], right_leg=_REST[1], shoulders=-5, roll=-3),
    "crossed": PoseSpec(
        left=ArmPose(target=(-0.3, 0.98, 0.56), hand="hidden", pole=(1, 0.7, -0.1)),
        right=ArmPose(target=(0.1, 1.0, 0.7), hand="laid", pole=(1, 0.7, -0.1)),
        left_leg=FREE, right_leg=BEARS, shoulders=-6, lean=-2,
    ),
    "hip": PoseSpec(
        left=_HANGS, right=ArmPose(target=(0.64, 1.56, 0.2), hand="fist", pole=(1, 0.1, -0.25)),
        left_leg=_REST[0], right_leg=_REST[1], shoulders=-7, roll=4,
    ),
    "behind": PoseSpec(
        left=AT_BACK, right=AT_BACK, left_leg=BEARS, right_leg=FREE, shoulders=6, roll=4,
    ),
    "folded": PoseSpec(
        left=ArmPose(target=(0.22, 1.56, 0.6), hand="relaxed", pole=(1, 0.4, -0.3)),
        right=ArmPose(target=(0.24, 1.52, 0.68), hand="relaxed", pole=(1, 0.4, -0.3)),
        left_leg=LegPose((0, -2), 1), right_leg=LegPose((6, 3), 9, 2, 14), shoulders=4, nod=3, roll=3,
    ),
    "elbow": PoseSpec(
        left=_HANGS, right=ELBOW,
        left_leg=FREE, right_leg=BEARS, nod=6, roll=4, shoulders=-5,
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
        left_leg=_REST[0], right_leg=_REST[1], shoulders=-5, roll=-6, nod=4,
    ),
    "offers": PoseSpec(
        left=_HANGS,
        right=ArmPose(target=(0.56, 1.2, 0.74), hand="open", pole=(1, 0.7, -0.3), fingers=(0.8, -0.2, 0.5)),
        left_leg=_REST[0], right_leg=_REST[1], shoulders=-5, roll=4,
    ),
    "both": PoseSpec(
        left=_PALM, right=_PALM, left_leg=_REST[0], right_leg=_REST[1], shoulders=-4, roll=3, lean=2,
    ),
    "counts": PoseSpec(
        left=_HANGS,
        right=ArmPose(target=(0.54, 0.62, 0.62), hand="point", pole=(1, 0.8, -0.2), fingers=(0.08, -1, 0.2)),
        left_leg=BEARS, right_leg=FREE, shoulders=4, lean=3,
    ),
    "clench": PoseSpec(
        left=ArmPose(upper=(-8, 14), fore=(20, 8), hand="fist"),
        right=ArmPose(target=(0.46, 0.66, 0.74), hand="fist", pole=(1, 0.7, -0.2), fingers=(-0.1, -1, 0.3)),
        left_leg=LegPose((6, 8), 6), right_leg=LegPose((-4, 8), 2), lean=6,
    ),
    "wide": PoseSpec(
        left=ArmPose(upper=(14, 30), fore=(46, 50), hand="open"),
        right=ArmPose(upper=(10, 26), fore=(52, 42), hand="open"), left_leg=FREE, right_leg=BEARS, shoulders=5, lean=4,
    ),
    "startled": PoseSpec(
        left=_STARTS, right=_STARTS, left_leg=LegPose((14, 6), 16), right_leg=LegPose((-6, 6), 4), lean=-7, shoulders=3,
    ),
    "mouth": PoseSpec(
        left=_HANGS,
        right=ArmPose(target=(0.2, 0.74, 0.4), on_head=True, hand="laid", pole=(0.8, 1, 0), fingers=(-0.5, -1, 0)),
        left_leg=BEARS, right_leg=FREE, nod=5, roll=4, shoulders=4,
    ),
    "cheek": PoseSpec(
        left=ArmPose(target=(-0.16, 1.2, 0.58), hand="laid", pole=(0.9, 0.6, -0.1)),
        right=ArmPose(target=(0.42, 0.6, 0.16), on_head=True, hand="laid", pole=(0.8, 1, 0.1), fingers=(-0.2, -1, 0)),
        left_leg=BEARS, right_leg=FREE, nod=3, roll=-7, shoulders=5,
    ),
    "glad": PoseSpec(
        left=ArmPose(target=(0.1, 0.74, 0.62), hand="fist", pole=(0.9, 0.8, 0), fingers=(-0.3, -1, 0.2)),
        right=ArmPose(target=(0.08, 0.78, 0.72), hand="laid", pole=(0.9, 0.8, 0), fingers=(-0.5, -1, 0.2)),
        left_leg=BEARS, right_leg=FREE, nod=2, roll=6, shoulders=-4,
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

_SAYS: dict[Expression, tuple[str, ...]] = {
    **dict.fromkeys(
        (Expression.SMILE, Expression.HAPPY, Expression.RELIEF), ("heart", "offers", "both", "glad", "cheek")
    ),
    Expression.LAUGH: ("glad", "both", "wide", "mouth", "neck"),
    **dict.fromkeys((Expression.ANGRY, Expression.SHOUT), ("counts", "clench", "hip", "wide")),
    **dict.fromkeys((Expression.SURPRISE, Expression.SHOCK), ("startled", "mouth", "both", "heart")),
    Expression.FEAR: ("startled", "heart", "elbow"),
    Expression.SHY: ("neck", "cheek", "mouth", "elbow"),
    Expression.SMIRK: ("hip", "crossed", "offers", "explains"),
    **dict.fromkeys((Expression.SAD, Expression.CRY), ("heart", "elbow", "both")),
}
"""What hands do in a talk, by the face that goes with the words."""
_TELLS = ("explains", "offers", "counts", "both", "crossed")
_SOFT = frozenset({"glad", "cheek", "mouth"})
"""Of women and children."""
_MANLY = frozenset({"neck"})
_RAISED = frozenset({"heart", "counts", "clench", "startled", "mouth", "cheek", "glad", "neck", "chin"})
_SHOWN = {Shot.BUST: _RAISED, Shot.CLOSE: frozenset({"cheek"}), Shot.EXTREME_CLOSE: frozenset[str]()}
"""What is seen whole where a picture ends at the chest, and where it ends at the chin."""
_MOVED, _EASY = 0.78, 0.88
"""How often hands do something: of one who speaks, of one who only stands there."""
WHOLE = frozenset({Shot.MEDIUM, Shot.FULL, Shot.LONG, Shot.ESTABLISHING})
"""Views in which arms are seen."""


def stance_of(
    look: Look, directed: FigureDirection, scene: SceneDirection, *, talks: bool = False, taken: Collection[str] = ()
) -> PoseSpec | None:
    """None where the pose stays as it is: for other poses, and for full hands. Stances of others are `taken`."""
    if directed.pose is not Pose.STAND:
        return None
    if directed.holds and not around_neck(directed.holds):
        return _one_handed(look, directed, scene)
    found = STANCES.get(stance_name(look, directed, scene, talks=talks, taken=taken), POSES[Pose.STAND])
    return mirrored(found) if chance_of(directed, scene, "side").random() < 0.5 else found


def _one_handed(look: Look, directed: FigureDirection, scene: SceneDirection) -> PoseSpec | None:
    """Where a thing hangs in one hand, or is held at the side, the other is free."""
    thing = thing_of(directed.holds)
    chance = chance_of(directed, scene, "free hand")
    if thing is None or thing_named(thing).stands or deed_of(thing, Pose.STAND) or chance.random() > _EASY:
        return None
    return ONE_HANDED[chance.choice(one_handed(look, directed.expression))]


def stance_name(
    look: Look, directed: FigureDirection, scene: SceneDirection, *, talks: bool = False, taken: Collection[str] = ()
) -> str:
    """One of `STANCES`; empty for arms that hang."""
    if directed.pose is not Pose.STAND:
        return ""
    chance = chance_of(directed, scene, "stance")
    speaks = talks and chance.random() < _MOVED
    if talks and not speaks and scene.shot not in WHOLE:
        return ""
    names = gestures(look, directed, scene) if speaks else idle(look, directed, scene)
    names = [name for name in names if name not in taken] or names
    if not names or (not speaks and chance.random() > _EASY):
        return ""
    return habit(names, directed.character, chance)


def chance_of(directed: FigureDirection, scene: SceneDirection, purpose: str) -> Random:
    return seeded(purpose, directed.character, scene.seen, scene.shot, directed.expression, round(directed.x, 2))


def idle(look: Look, directed: FigureDirection, scene: SceneDirection) -> list[str]:
    names = fitting(look, directed.expression, scene.weather)
    shown = _SHOWN.get(scene.shot)
    return names if shown is None else [name for name in names if name not in _RAISED or name in shown]


def habit(names: Sequence[str], character: str, chance: Random) -> str:
    """Everyone has a gesture that is his own, and makes it as often as all others together."""
    own = seeded("habit", character).choice(sorted(STANCES))
    nearest = min(names, key=lambda name: (seeded(own, name).random(), name))
    return nearest if chance.random() < 0.45 else chance.choice(names)


def gestures(look: Look, directed: FigureDirection, scene: SceneDirection) -> list[str]:
    soft = look.gender == "female" or look.age is Age.CHILD
    names = [
        name
        for name in _SAYS.get(directed.expression, _TELLS)
        if (soft or name not in _SOFT)
        and not (soft and name in _MANLY)
        and (look.age is not Age.CHILD or name != "crossed")
    ]
    shown = _SHOWN.get(scene.shot)
    return names if shown is None else [name for name in names if name in shown]


def reclining() -> PoseSpec:
    """Somebody who lies, as a near view shows him: upright on the paper, the arms at rest."""
    return replace(POSES[Pose.LIE], lies=False)
