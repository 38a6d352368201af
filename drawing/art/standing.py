"""How somebody stands and what idle hands do, where a direction says only that he stands.

The choice is the same in every run: it follows from who it is and from what the panel shows.

In: a look, a face's mood, the weather. Out: names of stances that suit them, of these and of those that talk has, too.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from random import Random

from drawing.art.outfits.outfit_parts import has
from drawing.art.pose_spec import ArmPose, PoseSpec, mirrored
from drawing.art.poses import ONE_HANDED, POSES, STANCES
from drawing.art.poses_with_things import deed_of
from drawing.art.props.limp_things import around_neck
from drawing.art.props.rucksack import MARK
from drawing.art.stage import seeded
from drawing.art.things.find_drawing import thing_named, thing_of
from manga.characters import Age, Look
from manga.plot import Weather
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

ON_HIP = ArmPose(target=(0.64, 1.58, 0.2), hand="fist", pole=(1, 0.1, -0.25))

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


def to_a_child() -> PoseSpec:
    """Whoever hugs somebody much smaller kneels down to him."""
    hugs = POSES[Pose.HUG]
    return replace(POSES[Pose.KNEEL], left=hugs.left, right=hugs.right, lean=9, nod=10, roll=6)


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
