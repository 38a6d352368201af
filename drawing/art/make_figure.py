"""Makes a figure from a look and a direction: which rig draws it, and what it can do."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from drawing.art.acts import Act, Doing, doings
from drawing.art.animals.animal_figure import animal
from drawing.art.figure import Figure, Reach, human
from drawing.art.frame_shot import DISTANT
from drawing.art.lying_down import tilted
from drawing.art.outfits.outfit_parts import IN_SOCKS, drawn_look
from drawing.art.pose_spec import PoseSpec
from drawing.art.poses import ACTS, POSES
from drawing.art.props.rucksack import with_rucksack
from drawing.art.sitting_and_leaning import (
    AT_A_BENCH,
    at_counter,
    kneeling_at_work,
    leaning,
    leans,
    on_heels,
    seated_low,
    sitting,
)
from drawing.art.stage import seeded
from drawing.art.standing import reclining, stance_name, stance_of, to_a_child
from drawing.art.things.find_drawing import thing_of
from manga.characters import Age, Kind, Look
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.clothes_and_hair import headgear

Ground = Literal["seats", "mats", "earth"]

FAR_HEAD = 1.1
"""Heads of small figures are drawn a little larger, so that their faces can be read."""


_MILD = frozenset({Expression.NEUTRAL, Expression.SERIOUS, Expression.SMILE, Expression.SMIRK, Expression.CALM})
"""Faces that can be read from the side."""
_UPRIGHT = frozenset(
    {Pose.STAND, Pose.RELAXED, Pose.THINK, Pose.SHRUG, Pose.CLASP, Pose.FIST, Pose.SIT, Pose.KNEEL, Pose.FOLD,
     Pose.PRAY, Pose.LOOK_DOWN}
)  # fmt: skip
_LEAST_HEAD, _GROWN = 0.55, 1.6
"""Of the largest head of a beast, the least of another's; and how much larger than life a small one gets for that."""
_PAIR = 2
_SEATED = frozenset({Pose.SIT, Pose.WRITE})
_FACES = frozenset({Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE})
"""So near that of a beast that runs only its face is seen, not a body cut off behind it."""
_LOWEST_HAND = {Shot.MEDIUM: 1.05, Shot.BUST: 0.78}
"""Heads below the neck: so low a thing in a hand is still in the picture."""
_SIDEWAYS = {"left": -62.0, "right": 62.0}
"""Whoever does something at another is seen from the side."""
_TURNS = (38.0, 52.0, 52.0, 74.0)


def figures_of(
    looks: Mapping[str, Look],
    scene: SceneDirection,
    ground: Ground = "seats",
    talking: Collection[str] = (),
    seated: Collection[str] = (),
) -> list[Figure]:
    """All of a scene, as they are directed: who hugs a child does it on his knees, and the hands of those who are
    `talking` say it, too; those who are `seated` have something to sit on."""
    does = doings(scene)
    looks = _crowned(looks, scene, does)
    held = [looks[f.character] for f in scene.figures if f.pose is Pose.HUG or len(scene.figures) == _PAIR]
    child = any(look.age is Age.CHILD and look.kind is Kind.HUMAN for look in held)
    made: list[Figure] = []
    taken: list[str] = []
    for i, f in enumerate(_with_free_hands(scene, does)):
        look, talks = with_rucksack(looks[f.character], f, scene), f.character in talking
        kneels = child and look.age is not Age.CHILD
        act = does[i].act if i in does else None
        on = "seats" if f.character in seated else ground
        make = partial(figure_of, look, f, scene, on, kneels=kneels, talks=talks, taken=tuple(taken), act=act)
        made.append(_movable(make) if f.pose is not Pose.LIE else make())
        taken.append(stance_name(look, f, scene, talks=talks, taken=taken))
    return _readable(made)


def _with_free_hands(scene: SceneDirection, does: Mapping[int, Doing]) -> Iterator[FigureDirection]:
    """What somebody sets on another's head is in no hand any more."""
    for i, figure in enumerate(scene.figures):
        crowns = i in does and does[i].act.name == "crown" and headgear().find(figure.holds) is not None
        yield figure.model_copy(update={"holds": ""}) if crowns else figure


def _crowned(looks: Mapping[str, Look], scene: SceneDirection, does: Mapping[int, Doing]) -> Mapping[str, Look]:
    """What somebody sets on another's head is there, and no longer on his own."""
    changed = dict(looks)
    for i, doing in does.items():
        if doing.act.name != "crown" or doing.other is None:
            continue
        doer, other = (scene.figures[k].character for k in (i, doing.other))
        named = (found.key for word in (scene.figures[i].holds, *scene.props) if (found := headgear().find(word)))
        hat = next(named, looks[doer].hat)
        changed[other] = looks[other].model_copy(update={"hat": hat} if hat != "none" else {})
        changed[doer] = looks[doer].model_copy(update={"hat": "none"} if looks[doer].hat == hat else {})
    return changed


def _movable(make: Callable[..., Figure]) -> Figure:
    """A figure whose hands may go elsewhere, if they can."""
    own = make()
    if not own.human:
        return own
    raising = partial(_with_hands_raised, make)
    return replace(own, reaching=partial(_with_reaches, make), raising=raising)


def _with_hands_raised(make: Callable[..., Figure], lowest: float) -> Figure:
    return _movable(partial(make, lowest=lowest))


def _with_reaches(make: Callable[..., Figure], reaches: Sequence[Reach], kneels_down: bool) -> Figure:
    return make(reaches=reaches, kneels_down=kneels_down)


def _readable(figures: list[Figure]) -> list[Figure]:
    """Beasts among beasts: a small one is drawn larger than life, lest its face be lost beside a great one's."""
    largest = max((_head(f) for f in figures if not f.human), default=0.0)
    return [
        f if f.human else replace(f, scale=f.scale * max(1.0, min(_GROWN, _LEAST_HEAD * largest / _head(f))))
        for f in figures
    ]


def _head(figure: Figure) -> float:
    return figure.marks.head.height * figure.scale


def embodied_thing(look: Look) -> Look:
    """Where an object has to have a body, that of a spirit."""
    return look.model_copy(update={"kind": Kind.SPIRIT}) if look.kind is Kind.THING else look


def figure_of(
    look: Look,
    directed: FigureDirection,
    scene: SceneDirection,
    ground: Ground = "seats",
    *,
    kneels: bool = False,
    talks: bool = False,
    taken: Collection[str] = (),
    reaches: Sequence[Reach] = (),
    act: Act | None = None,
    kneels_down: bool = False,
    lowest: float | None = None,
) -> Figure:
    """`ground` says what somebody sits on here; `kneels` is for one who hugs somebody small; nobody stands in a way
    that is `taken`; `act` is what he does more closely than the pose says; `kneels_down` to one who is low;
    `lowest`: as `human` reads it."""
    near, look = scene.shot not in DISTANT, drawn_look(embodied_thing(look))
    if look.hat != "none" and thing_of(directed.holds) == "hat":
        look = look.model_copy(update={"hat": "none"})
    if ground == "mats":  # shoes stay at the door
        look = look.model_copy(update={"marks": (*look.marks, IN_SOCKS)})
    if look.kind is not Kind.HUMAN:
        pose = Pose.SIT if directed.pose is Pose.RUN and scene.shot in _FACES else directed.pose
        closer = act.name if act is not None else ""
        return animal(look, directed.expression, pose, directed.facing, directed.holds, near=near, deed=closer)
    if rests(directed, scene):
        facing = directed.facing if directed.facing != "back" else "front"
        lying = human(look, directed.expression, Pose.STAND, facing, stance=reclining())
        return tilted(lying, to_left=directed.facing != "right")
    look = with_rucksack(look, directed, scene)
    low, leant = _low(directed.pose, ground), leans(look, directed, scene)
    own = act is not None and act.name in ACTS and not (low and act.alone)
    if act is not None and own:
        stance: PoseSpec | None = ACTS[act.name]
    elif kneels and directed.pose is Pose.HUG:
        stance = to_a_child()
    elif leant:
        stance = leaning(directed)
    elif low or directed.pose is Pose.SIT:
        stance = _seated(look, directed, scene, ground, talks=talks, taken=taken)
    else:
        stance = stance_of(look, directed, scene, talks=talks, taken=taken)
    stance = on_heels(stance or POSES[directed.pose]) if kneels_down else stance
    pose = Pose(act.held_as) if act is not None and own and act.held_as else directed.pose  # with arms of its own
    made = human(
        look, directed.expression, pose, directed.facing, directed.holds, stance=stance,
        yaw=_turn(directed, scene, act), head_scale=1.0 if near else FAR_HEAD, reaches=reaches,
        lowest=lowest or (None if own and act is not None and not act.alone else _lowest(look, scene)),
    )  # fmt: skip
    made = at_counter(made, directed) if leant else made
    made = replace(made, deed=act.name) if act is not None and own else made
    return replace(made, low=True) if low else made


def _lowest(look: Look, scene: SceneDirection) -> float | None:
    """A child beside others holds its things high: low pictures are cut at the hips of those who are grown."""
    small = scene.shot is Shot.FULL and look.age is Age.CHILD and len(scene.figures) > 1
    return _LOWEST_HAND.get(Shot.BUST if small else scene.shot)


def _low(pose: Pose, ground: Ground) -> bool:
    """Whether somebody sits or kneels on the ground who would sit on a seat or stand at a bench elsewhere."""
    if pose in AT_A_BENCH:
        return ground == "mats" or (ground == "earth" and pose is not Pose.POUR)
    return pose in _SEATED and ground != "seats"


def _seated(
    look: Look, directed: FigureDirection, scene: SceneDirection, ground: Ground, *, talks: bool,
    taken: Collection[str],
) -> PoseSpec:  # fmt: skip
    """Of whoever sits, and of whoever is low at what he does."""
    pose = directed.pose
    if pose in AT_A_BENCH:
        return kneeling_at_work(pose)
    base = POSES[pose] if ground == "seats" else seated_low(pose, mats=ground == "mats")
    return sitting(base, look, directed, scene, talks=talks, taken=taken) if pose is Pose.SIT else base


def _turn(directed: FigureDirection, scene: SceneDirection, act: Act | None) -> float | None:
    """People together turn to each other, not to the reader; strong feelings keep the face in view."""
    if act is not None and not act.alone and directed.facing in _SIDEWAYS:
        return _SIDEWAYS[directed.facing]
    if len(scene.figures) < 2 or directed.facing not in {"left", "right"} or directed.pose not in _UPRIGHT:
        return None
    chance = seeded("turn", directed.character, scene.seen, scene.shot, directed.expression)
    turns = _TURNS if directed.expression in _MILD else _TURNS[:2]
    return chance.choice(turns) * (1 if directed.facing == "right" else -1)


def rests(directed: FigureDirection, scene: SceneDirection) -> bool:
    """Whether somebody who lies is seen so near that he is drawn on a pillow instead of along the floor."""
    return directed.pose is Pose.LIE and scene.shot not in DISTANT
