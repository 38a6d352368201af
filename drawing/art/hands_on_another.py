"""Lays hands on another: figures that stand beside each other in, the same figures touching out.

The doer is drawn after the one whom he touches; a hand that does not reach so far stays where it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from drawing.art.acts import Doing, doings
from drawing.art.figure import Figure, Reach
from drawing.art.frame_shot import Standing
from manga.geometry import Point
from manga.storyboard import Pose, SceneDirection, Shot

_NEARER = 0.999
"""Of his distance: the doer is drawn after the one whom he touches."""
_THING_HAND = -1
"""What is held is in the right hand."""
_HANDS = frozenset({"hand", "wrist"})
_NEAR_VIEWS = frozenset({Shot.MEDIUM, Shot.BUST})
_SMALL, _STOOPS = 0.8, 0.9
"""Of another's height, that of a child beside him; heads that somebody reaches farther who stoops to one."""
_KNEELING = 1.9
"""Heads: how much lower a kneeling one's shoulders are."""
_FREE = 0.03
"""Of the height: what is free above one who is held up."""
_ON_KNEES, _SEEN = 3.6, 0.6
"""Heads from the floor to the top of the head of one who kneels; the share of the height above which it has to be."""
_BOWS = 1.3
"""Heads that whoever is on his knees reaches farther to a beast, bowed over it."""
_BEARS, _BACK = 1.1, 0.6
"""Of a rider's seat, the least height of what he rides; of a beast's height, that of its back."""
_BESIDE = 2.1
"""Heads from the head of one who lies to whoever is by him."""
_BENDS = frozenset({Pose.REACH, Pose.GIVE, Pose.STAND, Pose.CROUCH, Pose.KNEEL})
_ASIDE, _HIP = 0.8, 1.9
"""Heads from the middle of the head to a hand at the hip, and from the chin down to it."""
_CHEST = 1.45
"""Heads below the middle of a head."""
_ARM = 2.7
"""Heads of an adult: farther than this from a shoulder no hand goes."""
_AT: Mapping[str, tuple[float, float]] = {
    "mouth": (0.22, -0.16), "neck": (0.12, 0.2), "shoulder": (0.5, 0.5), "chest": (0.2, 1.0), "side": (0.36, 1.35),
    "back": (-0.3, 1.0), "arm": (0.5, 0.85),
}  # fmt: skip
"""Parts of a body: towards the doer, and below the chin; in the other's heads."""


def joined(scene: SceneDirection, standing: Sequence[Standing], height: float) -> list[Standing]:
    """The farther first; of two who touch the doer last. `height` of the picture, mm: nobody kneels out of it."""
    by_key = {s.direction.character: s for s in standing}
    for i, doing in doings(scene).items():
        if doing.other is None:
            continue
        doer, other = (by_key.get(scene.figures[k].character) for k in (i, doing.other))
        if doer is None or other is None:
            continue
        if doing.act.astride or doing.act.lying:
            by_key[doer.direction.character] = (_astride if doing.act.astride else _at_the_head)(doer, other)
            continue
        if doer.figure.reaching is None:
            continue
        other = _held_up(other, doer, height) if doing.act.lifts else other
        other = _on_back(other, doer) if doing.act.borne else other
        doer = doer if doing.act.borne else replace(doer, z=min(doer.z, other.z) * _NEARER)
        deep = doer.y - _ON_KNEES * doer.size > _SEEN * height
        doer = _reached(doer, other, doing, low=scene.shot in _NEAR_VIEWS, deep=deep)
        meets = scene.shot in _NEAR_VIEWS and (doing.near or doing.act.near) in _HANDS
        if doing.act.answers or meets:
            doer, other = _answering(other, doer, deep=deep)
        by_key |= {doer.direction.character: doer, other.direction.character: other}
    return sorted((by_key[s.direction.character] for s in standing), key=lambda s: -s.z)


def _way(doer: Standing, other: Standing) -> int:
    return 1 if _head(other)[0] >= _head(doer)[0] else -1


def _head(s: Standing) -> Point:
    x, y = s.figure.marks.head.centre
    return (s.x + x * s.size, s.y + y * s.size)


def _astride(doer: Standing, other: Standing) -> Standing:
    """On the back of a beast that can bear him, before it."""
    body, head = other.figure.marks.body, other.figure.marks.head
    seat = doer.figure.seat * doer.size
    if other.figure.human or body.height * other.size < _BEARS * seat:
        return doer
    top = other.y + (body.bottom - _BACK * body.height) * other.size
    away = 1 if body.centre[0] > head.centre[0] else -1
    x = other.x + (body.centre[0] + away * 0.02 * body.width) * other.size
    return replace(doer, x=x, y=top + seat, z=other.z * _NEARER)


def _at_the_head(doer: Standing, other: Standing) -> Standing:
    """Behind one who lies, beside his chest, with the face over him, however high he lies."""
    (head, _), body = other.figure.marks.head.centre, other.figure.marks.body
    if body.width < body.height:
        return doer
    x = other.x + (head + _BESIDE * (1 if body.centre[0] > head else -1)) * other.size
    chin, top = doer.y + doer.figure.marks.head.bottom * doer.size, other.y + body.y * other.size
    return replace(doer, x=x, y=doer.y - max(0.0, chin - top), z=max(doer.z, other.z / _NEARER))


def _on_back(other: Standing, doer: Standing) -> Standing:
    """With the chin above the other's shoulder, behind him."""
    way = {"right": -1, "left": 1}.get(doer.direction.facing, 0)
    x, y = _head(doer)
    head, before = other.figure.marks.head, doer.direction.facing == "back"
    return replace(
        other, x=x + way * 0.62 * doer.size - head.centre[0] * other.size,
        y=y + 0.12 * doer.size - head.centre[1] * other.size, z=doer.z * (_NEARER**2 if before else 1 / _NEARER),
    )  # fmt: skip


def _reached(doer: Standing, other: Standing, doing: Doing, *, low: bool, deep: bool) -> Standing:
    """With his hands on the other, where they come so far. `low`: what is below the chest is not in the picture, and
    hands meet before it; `deep`: neither is one who kneels."""
    way, act = _way(doer, other), doing.act
    holds = bool(doer.direction.holds) and act.name != "crown"
    brings = act.armed or (holds and act.name == "feed")
    near = _THING_HAND if brings else -_THING_HAND if holds else -way
    part = "chest" if brings and not act.armed else doing.near or act.near  # below the face, lest it hide it
    wanted = [(near, part), (-near, "" if holds else act.far)]
    kneels = doer.direction.pose in _BENDS and not act.lifts and not deep
    kneels = kneels and not all(_reachable(doer, other, part, low=low) for _, part in wanted if part)
    reaches = []
    for side, part in ((side, part) for side, part in wanted if part):
        found = (_reachable(doer, other, one, low=low, kneels=kneels) for one in (part, "arm", "shoulder", "head"))
        at = next((point for point in found if point), None)
        reaches += [Reach(side, at, act.grip)] if at else []
    if holds and not brings and not act.answers and reaches:
        reaches.append(Reach(_THING_HAND, _beside(doer, -way), "grip"))
    return replace(doer, figure=doer.figure.reaching(reaches, kneels)) if reaches and doer.figure.reaching else doer


def _beside(doer: Standing, way: int) -> Point:
    """At his own hip, away from the other: what he holds there hides nobody."""
    head = doer.figure.marks.head
    return (head.centre[0] + way * _ASIDE, head.bottom + _HIP)


def _reachable(doer: Standing, other: Standing, part: str, *, low: bool, kneels: bool = False) -> Point | None:
    """Where a hand lies on a part of the other, in the doer's heads; None where it does not come so far."""
    meets = low and part in _HANDS
    at = _in_heads(_meeting(doer, other) if meets else _part(other, part, -_way(doer, other)), doer)
    return at if _is_near(at, doer.figure, kneels, _BOWS if kneels and not other.figure.human else 0.0) else None


def _held_up(other: Standing, doer: Standing, height: float) -> Standing:
    """Before the doer, his sides as high as the doer's chin, or as the picture lets him have his head in it."""
    way, (x, y) = _way(doer, other), _head(doer)
    side_x, side_y = _part_in_heads(other.figure, "side", -way)
    up = max(y + 0.6 * doer.size - side_y * other.size, _FREE * height - other.figure.marks.head.y * other.size)
    return replace(other, x=x + way * 1.35 * doer.size - side_x * other.size, y=up)


def _meeting(doer: Standing, other: Standing) -> Point:
    """Between two, before their chests."""
    (x, y), (other_x, _) = _head(doer), _head(other)
    return ((x + other_x) / 2, y + _CHEST * doer.size)


def _answering(other: Standing, doer: Standing, *, deep: bool) -> tuple[Standing, Standing]:
    """The other's hand comes to the doer's, who kneels to one who is much smaller, where it has nothing else to do."""
    if other.figure.reaching is None or other.direction.holds or doer.figure.reaching is None:
        return doer, other
    if _stature(other) < _SMALL * _stature(doer) and doer.direction.pose in _BENDS and not deep:
        doer = replace(doer, figure=doer.figure.reaching((), True))
    at = _in_heads(_foremost_hand(doer, other), other)
    stoops = _STOOPS if _stature(doer) < _SMALL * _stature(other) else 0.0
    if not _is_near(at, other.figure, more=stoops):
        return doer, other
    reach = Reach(_way(doer, other), at, "open")
    return doer, replace(other, figure=other.figure.reaching([reach], False))


def _stature(s: Standing) -> float:
    return s.figure.marks.body.height * s.figure.scale


def _foremost_hand(doer: Standing, other: Standing) -> Point:
    """Below the doer's hand that is nearest to the other."""
    way = _way(doer, other)
    x, y = max((hand.centre for hand in doer.figure.marks.hands), key=lambda c: c[0] * way)
    return (doer.x + x * doer.size, doer.y + (y + 0.12) * doer.size)


def _is_near(at: Point, figure: Figure, kneels: bool = False, more: float = 0.0) -> bool:
    head = figure.marks.head
    shoulder = (head.centre[0], head.bottom + 0.45 + (_KNEELING if kneels else 0.0))
    return (at[0] - shoulder[0]) ** 2 + (at[1] - shoulder[1]) ** 2 < (_ARM + more) ** 2


def _in_heads(point: Point, s: Standing) -> Point:
    return ((point[0] - s.x) / s.size, (point[1] - s.y) / s.size)


def _part(other: Standing, part: str, towards: int) -> Point:
    """A part of somebody on the picture; `towards` is the side on which the doer is."""
    x, y = _part_in_heads(other.figure, part, towards)
    return (other.x + x * other.size, other.y + y * other.size)


def _part_in_heads(figure: Figure, part: str, towards: int) -> Point:
    head, face, hands = figure.marks.head, figure.marks.face, figure.marks.hands
    if part in {"hand", "wrist"} and hands:
        return max((h.centre for h in hands), key=lambda c: c[0] * towards)
    if part == "head" and not figure.human:
        return (head.centre[0] - towards * 0.16 * head.width, head.y + 0.1 * head.height)
    if part == "head":
        return (head.centre[0] + towards * 0.2 * head.width, head.y + 0.28 * head.height)
    if part == "face":
        middle = face.centre if face else head.centre
        return (middle[0] + towards * 0.3 * head.width, middle[1] + 0.12 * head.height)
    out, down = _AT.get(part, _AT["arm"])
    return (head.centre[0] + towards * out, (face.bottom if face else head.bottom) + down)
