"""Animals as figures: on four legs when they are animals, upright when they act as people do in fables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as File
from typing import Any, Final

from drawing.art.animals.bird_and_tortoise import bird_body, tortoise_body
from drawing.art.animals.breeds import Body, Breed
from drawing.art.animals.four_legged_bodies import BeastBody, Leg, facing_body, side_body, sitting_body, upright_tail
from drawing.art.animals.frogs_and_spiders import frog_body, shell_on_back, spider_body
from drawing.art.animals.hare import hare_body
from drawing.art.animals.head import AnimalHead
from drawing.art.animals.lying_animals import lying_body, recumbent_body
from drawing.art.animals.owls_and_waders import owl_body, wader_body
from drawing.art.animals.snake import snake_body
from drawing.art.animals.species import breed_of
from drawing.art.animals.things_in_mouth import carried
from drawing.art.body_turn import turn_of
from drawing.art.expressions import FACES, Face
from drawing.art.face import HeadView, head_view
from drawing.art.figure import Figure, Marks, Tail, human, posed, tipped
from drawing.art.outfits.outfit_parts import Outfit, drawn_look, outfit
from drawing.art.proportions import CHILD
from drawing.art.spirits.spirit_kinds import aspect_of
from drawing.art.things.find_drawing import thing_of
from drawing.art.wounds_and_marks import ink_on_beast
from drawing.ink.paths import Path, mapped
from drawing.ink.pen import Pen
from manga.characters import Age, Look
from manga.geometry import Point, Rect, bounds
from manga.read_yaml import read_yaml
from manga.storyboard import Expression, Pose

_PAWS: dict[Pose, Leg] = {
    Pose.THINK: ((-0.5, -1.25), (-1.0, -1.02), (-0.92, -1.72)),
    Pose.POINT: ((-0.5, -1.3), (-1.1, -1.16), (-1.7, -1.42)),
    Pose.REACH: ((-0.5, -1.3), (-1.05, -1.2), (-1.5, -1.75)),
    Pose.WAVE: ((-0.5, -1.35), (-1.1, -1.3), (-1.36, -1.98)),
    Pose.FIST: ((-0.5, -1.35), (-1.05, -1.2), (-1.2, -1.8)),
}
"""The joints of the paw that a sitting beast lifts."""
_ACTING = frozenset({*_PAWS, Pose.AKIMBO, Pose.CHEER, Pose.SHRUG, Pose.CLASP, Pose.CARRY, Pose.AIM, Pose.BOW})
_GAITS = {Pose.RUN: "run", Pose.WALK: "walk", Pose.CROUCH: "crouch", Pose.KNEEL: "crouch", Pose.CRAWL: "crouch",
          Pose.CHEER: "leap", Pose.JUMP: "leap", Pose.CLIMB: "leap", Pose.FIGHT: "leap", Pose.BOW: "sniff",
          Pose.DIG: "sniff", Pose.LOOK_DOWN: "sniff", Pose.CARRY: "walk"}  # fmt: skip
_GOING = frozenset({Pose.RUN, Pose.WALK})
_ALOFT = _GOING | {Pose.CHEER, Pose.JUMP, Pose.CLIMB, Pose.FIGHT}
"""Poses in which a bird is on the wing."""
_STANDS_UP = re.compile("upright|two legs|hind legs|二本足|二本脚|後足で|立って歩")
"""Marks of a beast that goes about as people do."""
UNDRESSED = frozenset({"none", "casual"})
"""Outfits of a beast that goes about as beasts do."""
_LOW: Final = frozenset({Pose.STAND, Pose.CROUCH, Pose.KNEEL, Pose.WALK, Pose.CARRY, Pose.BOW})
_FAR: Final = 0.7
"""Radians: a body turned less stays with its feet on the ground."""
_WINGED: Final = frozenset({"bird", "owl", "wader"})
_TOOLS = frozenset({"hoe", "broom"})
_PERSON = 0.8
"""The head of a beast in clothes against a man's: it goes about among people as one of them."""
_LIMBED = frozenset({"slender", "heavy", "frog"})
"""Bodies that can stand up like a person's."""


_YOUNG: Mapping[Age, float] = {Age.CHILD: 0.6, Age.TEEN: 0.8}
"""Of its parents' size."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A row of the file, which says what its fields mean."""

    pose: Pose | None = None
    head: float = 0.0
    back: bool = False
    turn: float = 0.0
    lift: float = 0.0
    holding: bool = False


@cache
def _bearings() -> Mapping[str, Mapping[str, Bearing]]:
    told = read_yaml(File(__file__).with_name("beast_poses.yaml").read_text(encoding="utf-8"))
    return {plan: {deed: _bearing(dict(row)) for deed, row in rows.items()} for plan, rows in told.items()}


def _bearing(row: dict[str, Any]) -> Bearing:
    like = row.pop("as", None)
    return Bearing(Pose(like) if like else None, **row)


def bearing_of(breed: Breed, deed: str, holds: str) -> Bearing | None:
    """How a beast of this body does it; None where its pose says all."""
    plan = "bird" if breed.body in _WINGED else breed.body
    found = _bearings().get(plan, {}).get(deed) or _bearings()["every"].get(deed)
    return None if found is None or (found.holding and not holds) else found


def animal(
    look: Look,
    expression: Expression,
    pose: Pose,
    facing: str,
    holds: str = "",
    *,
    near: bool = False,
    deed: str = "",
) -> Figure:
    """A beast without clothes handles no gun, and digs with its paws. `deed` is what it does more closely than the
    pose says.

    `near` views show an animal that only stands as sitting, so that its chest is under its face.
    """
    if aspect_of(look) is not None:
        return human(look, expression, pose, facing, holds)
    look, breed = drawn_look(look), breed_of(look)
    if pose is Pose.AIM and look.outfit in UNDRESSED:
        pose, holds = Pose.CROUCH, ""
    if thing_of(holds) in _TOOLS and look.outfit in UNDRESSED:
        holds = ""
    turn = turn_of(pose, facing)
    dressed = look.outfit not in UNDRESSED
    erect = dressed or any(_STANDS_UP.search(mark) for mark in look.marks)
    acts = breed.body in _LIMBED and pose is not Pose.LIE and erect
    if acts or breed.body == "kappa":
        return _upright(look, breed, expression, pose, turn, holds)
    deed = deed if bearing_of(breed, deed, holds) else pose.value
    made = _bearing_itself(look, breed, expression, deed, pose, facing, holds)
    if made is None and near and pose in _LOW and not breed.hoofs:
        pose = Pose.SIT
    made = made or _on_fours(look, breed, expression, pose, facing, holds)
    return replace(made, scale=made.scale * _YOUNG.get(look.age, 1.0))


def _bearing_itself(
    look: Look, breed: Breed, expression: Expression, deed: str, pose: Pose, facing: str, holds: str
) -> Figure | None:
    """As the file has it for this body; seen from the side, where alone it can be read."""
    bears = bearing_of(breed, deed, holds)
    if bears is None:
        return None
    side = facing if facing in {"left", "right"} else "left"
    made = _on_fours(look, breed, expression, bears.pose or pose, side, holds, bears=bears)
    way = -1 if side == "left" else 1
    if bears.turn or bears.lift:
        far = bears.lift or abs(bears.turn) > _FAR
        made = tipped(made, way * bears.turn, (0.0, -1.0 if far else 0.0), lowest=-bears.lift if far else None)
    return replace(made, deed=deed)


def _upright(look: Look, breed: Breed, expression: Expression, pose: Pose, turn: float, holds: str) -> Figure:
    view = head_view(turn * 1.1)
    head = AnimalHead(look, breed, FACES[expression], view)
    slim = 1.3 if breed.body == "heavy" else 0.9
    p = replace(
        CHILD,
        neck=0.02,
        head=breed.scale if look.outfit in UNDRESSED else max(breed.scale, _PERSON),
        chest=CHILD.chest * slim,
        waist=CHILD.waist * slim,
        shoulder=CHILD.shoulder * slim,
        foot=0.2,
    )
    clothes = replace(outfit(look) if look.outfit not in UNDRESSED else _fur(breed), paws=breed.socks or breed.coat)
    tail = _behind(breed, turn)
    made = posed(look, head, p, clothes, pose, turn, holds, head_scale=breed.grown, tail=tail)
    return replace(made, human=False, face=expression.value)


def _behind(breed: Breed, turn: float) -> Tail | None:
    if breed.body == "kappa":
        return shell_on_back(turn)
    return upright_tail(breed, turn) if breed.tail != "none" else None


def _fur(breed: Breed) -> Outfit:
    return Outfit(breed.coat, breed.coat, "tight", "fur", "fur", "paw")


def _on_fours(
    look: Look, breed: Breed, expression: Expression, pose: Pose, facing: str, holds: str, bears: Bearing | None = None
) -> Figure:
    body = _body(breed, pose, facing)
    view: HeadView = {"front": "front", "back": "back"}.get(facing, "three_quarter")  # type: ignore[assignment]
    if (pose in _GAITS or pose in _PAWS or pose is Pose.LIE or breed.hoofs or breed.leaps) and view in {
        "front",
        "back",
    }:
        view = "back" if view == "back" and pose in _PAWS else "three_quarter"
    face = FACES[expression] if pose is Pose.LIE else _awake(FACES[expression])
    head = AnimalHead(look, breed, face, view, laid=breed.leaps and pose in {Pose.LIE, Pose.RUN})
    body = replace(body, tilt=body.tilt + bears.head, back=bears.back) if bears is not None else body
    made = _joined(body, head, breed, holds, mirror=facing == "right")
    perches = breed.body == "owl" and pose not in _ALOFT
    return replace(made, perches=perches, deed=body.deed, face=expression.value)


def _awake(face: Face) -> Face:
    """Only who lies sleeps: with shut eyes others are content, or look down."""
    if face.eyes != "closed":
        return face
    return replace(face, eyes="happy" if face.mouth == "smile" else "half")


def _body(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    return _BODIES.get(breed.body, _four_legged)(breed, pose, facing)


def _tortoise(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    going, up, lying = pose in _GOING, pose in _ACTING, pose is Pose.LIE
    body = tortoise_body(breed, walking=going, upright=up, lying=lying)
    return replace(body, deed="walk" if going else "lie" if lying else "stand")


def _bird(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    flying, roosting = pose in _ALOFT, pose is Pose.LIE
    return replace(bird_body(breed, flying=flying, roosting=roosting), deed=_winged(flying=flying, roosting=roosting))


def _winged(*, flying: bool, roosting: bool) -> str:
    return "fly" if flying else "lie" if roosting else "stand"


def _wader(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    """It walks on its legs."""
    going, roosting = pose is Pose.WALK, pose is Pose.LIE
    flying = pose in _ALOFT and not going
    body = wader_body(breed, flying=flying, going=going, roosting=roosting)
    return replace(body, deed="walk" if going else _winged(flying=flying, roosting=roosting))


def _owl(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    flying = pose in _ALOFT
    return replace(owl_body(breed, flying=flying, back=facing == "back"), deed=_winged(flying=flying, roosting=False))


def _snake(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    going, lying = pose in _GOING, pose is Pose.LIE
    body = snake_body(breed, going=going, lying=lying, back=facing == "back")
    return replace(body, deed="crawl" if going else "lie" if lying else "stand")


def _spider(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    return spider_body(breed)


def _frog(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    leaping = pose in {Pose.RUN, Pose.CHEER, Pose.JUMP}
    return replace(frog_body(breed, leaping=leaping), deed="jump" if leaping else "sit")


_BODIES: dict[Body, Callable[[Breed, Pose, str], BeastBody]] = {
    "shell": _tortoise, "bird": _bird, "wader": _wader, "owl": _owl, "snake": _snake, "spider": _spider, "frog": _frog,
}  # fmt: skip
"""All others go on four legs."""


_GAIT_DEEDS = {"leap": "jump", "sniff": "look_down"}
"""What a gait is called among deeds, where it has another name."""


def _four_legged(breed: Breed, pose: Pose, facing: str) -> BeastBody:
    gait = _GAITS.get(pose, "stand")
    going = _GAIT_DEEDS.get(gait, gait)
    if breed.leaps and (pose is Pose.LIE or gait in {"run", "walk", "crouch", "sniff"} or pose is Pose.STAND):
        lies = pose is Pose.LIE
        return replace(hare_body(breed, "lie" if lies else gait), deed="lie" if lies else going)
    if pose is Pose.LIE:
        return replace(lying_body(breed), deed="lie")
    if breed.hoofs and pose in {Pose.SIT, Pose.KNEEL, Pose.CROUCH}:
        return replace(recumbent_body(breed), deed="lie")
    if gait == "stand" and breed.body != "tall" and not breed.hoofs:
        if facing in {"front", "back"} and pose not in _PAWS:
            return replace(facing_body(breed, back=facing == "back"), deed="sit")
        if pose is not Pose.STAND:
            return replace(sitting_body(breed, _PAWS.get(pose)), deed=pose.value if pose in _PAWS else "sit")
    return replace(side_body(breed, gait), deed=going)


def _joined(body: BeastBody, head: AnimalHead, breed: Breed, holds: str, *, mirror: bool) -> Figure:
    flip = -1 if mirror else 1

    def put(x: float, y: float) -> Point:
        return (flip * x, y)

    k = breed.grown

    def on(x: float, y: float) -> Point:
        return put(*body.in_head(x, y, k))

    def box(r: Rect) -> Rect:
        return bounds([on(*p) for p in r.polygon()])

    flank, has = _flank(body), carried(holds, head, body)

    def ink(pen: Pen) -> None:
        with pen.canvas.moved(0, 0, 1.0, mirror=mirror):
            with body.head_on(pen.canvas, k):
                head.ink_behind(Pen(pen.canvas, pen.weight / k))
            body.ink(pen)
            ink_on_beast(pen, head.look, flank)
            if has.around is not None:
                has.around(pen)
            with body.head_on(pen.canvas, k):
                head.ink(Pen(pen.canvas, pen.weight / k))
            if has.held is not None:
                has.held(pen)

    silhouette: list[Path] = [mapped(p, put) for p in body.outlines] + [mapped(p, on) for p in head.outlines]
    points = [(float(op[i]), float(op[i + 1])) for path in silhouette for op in path for i in range(1, len(op), 2)]
    face = head.face_box
    paws = tuple(Rect(x=put(x, y)[0] - 0.18, y=y - 0.18, width=0.36, height=0.24) for x, y in body.paws)
    marks = Marks(
        bounds(points),
        box(head.box),
        box(face) if face else None,
        on(*head.mouth) if face else None,
        paws,
        on(*head.eye),
    )
    return Figure(tuple(silhouette), ink, marks, breed.scale, low=True, human=False)


def _flank(body: BeastBody) -> Point:
    """The middle of its largest part."""
    boxes = [
        bounds([(float(op[i]), float(op[i + 1])) for op in p for i in range(1, len(op), 2)]) for p in body.outlines if p
    ]
    return max(boxes, key=lambda box: box.width * box.height).centre
