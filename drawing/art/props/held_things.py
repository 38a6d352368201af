"""Things held in hands: a word, the pose, the body's hands in; a way to ink it, in the figure's heads, out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import atan2, cos, hypot, pi, sin

from drawing.art.acts import LINES
from drawing.art.body import DressedBody
from drawing.art.hand_shapes import PINCH
from drawing.art.hands import HandOutline, ink_fingers, ink_hand
from drawing.art.poses_with_things import AT_WORK, LOOKING, Deed, calls_at_work, deed_of
from drawing.art.props.housework_tools import chore, is_chore
from drawing.art.props.ladders_and_desks import FIRM, climbed_thing, climbs, table
from drawing.art.props.limp_things import Neck, around_neck, ink_around
from drawing.art.props.stove_table_basin import ink_hands
from drawing.art.props.things_used_at_head import AT_EAR, at_the_ear, at_the_eye, played
from drawing.art.things.draw_own_shape import word_of
from drawing.art.things.draw_shape_file import draw_shape
from drawing.art.things.find_drawing import Thing, can_be_held, thing_named, thing_of
from drawing.art.things.ink_font_glyphs import Handle
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, rect
from drawing.ink.pen import Pen, Shade, showing
from manga.geometry import Point
from manga.storyboard import Pose

_THRUSTS = frozenset({Pose.FIGHT, Pose.AIM})
"""Poses that point what is held by its end at somebody."""
_WITH_A_TOOL = frozenset({Pose.DIG, Pose.SWEEP})
_BOOKS = frozenset({"book", "notepad"})
_ABOVE = 0.1
"""Heads: fingers close around the lower end of a thing."""
_CLEAR = 0.78
"""Heads from the middle of the head: beyond it nothing crosses a face."""
_ASIDE, _SLANT, _END = 1.0, 0.25, 0.16
"""Radians by which what is held up by its end leans, if it would reach the face and else; what is below a hand."""
_CHIN = 0.1
"""Heads from the neck up to it."""
_TOOL, _POLE = 2.4, 5.2
"""Heads: the least and the greatest length of what is worked with in both hands."""
_TALL = 1.6
"""Heads: what is longer would cross the face, and lies behind it."""
_HUNG = 0.4
"""Of its size: how far the middle of what is long and hangs lies below the hands."""
_NECK, _LIMP = 0.27, 0.7
"""Heads: half a neck with what lies on it; how thick that is against the same on a beast."""


@dataclass(frozen=True, slots=True)
class Held:
    """A thing in a hand, ready to be inked."""

    outline: Path
    ink: Callable[[Pen], None]
    under: bool
    """Drawn before the arms."""
    behind: bool = False
    """And before the body, too: he is between it and us."""
    over: Callable[[Pen], None] | None = None
    """What of one that is drawn before the arms lies before the hands, to be inked after them."""


def held(word: str, pose: Pose, body: DressedBody, frame: Frame) -> Held | None:
    """None for a thing that cannot be drawn."""
    worn = around_neck(word)
    return _around_the_neck(worn, frame) if worn else _in_the_hand(word, pose, body, frame)


def _as_held(name: str, thing: Held) -> Held:
    """It tells that it is in a hand."""
    word = word_of(name)
    over = showing("grip", word, thing.over) if thing.over else None
    return replace(thing, ink=showing("holds", word, thing.ink), over=over)


def _in_the_hand(word: str, pose: Pose, body: DressedBody, frame: Frame) -> Held | None:
    """None for a thing that the artist cannot draw."""
    if pose is Pose.CLIMB:
        side, climbed = 1 if body.hands[0].centre[0] > body.neck[0] else -1, climbed_thing(word) or "rope"
        firm = climbed in FIRM
        ink = showing("thing" if firm else "holds", climbed, climbs(climbed, [h.centre for h in body.hands], side))
        return Held((), ink, True, behind=firm)
    if pose is Pose.WRITE:
        return _written(body, frame, thing_of(word) or "")
    pulled = pose is Pose.PULL and thing_of(word) not in {None, *LINES}
    work = None if pulled else chore(pose, body, frame)
    if work is None:
        return _thing(word, pose, body, frame)
    call = showing("holds", thing_of(word) or "", at_the_ear(word, body, frame)) if calls_at_work(word, pose) else None
    over = _both(work.over, call) if call else work.over
    return Held(work.outline, work.under, True, work.behind, over)


def _both(first: Callable[[Pen], None] | None, then: Callable[[Pen], None]) -> Callable[[Pen], None]:
    def ink(pen: Pen) -> None:
        if first:
            first(pen)
        then(pen)

    return ink


def _thing(word: str, pose: Pose, body: DressedBody, frame: Frame) -> Held | None:
    """None for a word that names none."""
    name = thing_of(word)
    if name is None or not can_be_held(name):
        return None
    if thing_named(name).stands:
        return _beside(thing_named(name), frame)
    name = AT_WORK[pose] if pose in _WITH_A_TOOL and not thing_named(name).long else name
    thing = thing_named(name)
    return _as_held(name, _by_hand(name, thing, pose, body, frame))


def _by_hand(name: str, thing: Thing, pose: Pose, body: DressedBody, frame: Frame) -> Held:
    if name == "telescope" and pose in LOOKING:
        return Held((), at_the_eye(frame), False)
    deed = deed_of(name, pose) if pose is not Pose.CARRY else None
    if deed and name in AT_EAR:
        return Held((), at_the_ear(name, body, frame), False)
    music = played(name, body, frame) if deed else None
    return Held((), music, not frame.shows_front) if music else _in_hand(name, thing, pose, body, frame)


def _in_hand(name: str, thing: Thing, pose: Pose, body: DressedBody, frame: Frame) -> Held:
    left, right = (h.centre for h in body.hands)
    if pose is Pose.AIM and name == "gun":
        return _between(thing, right, left, 2.9)
    if pose in _WITH_A_TOOL:
        return _worked_with(thing, right, left)
    deed = deed_of(name, pose)
    if deed and not (thing.long and pose is not Pose.CARRY):
        return _held_up(thing, deed, body)
    if thing.long:
        return _closed(_upright(thing, right, frame), body.hands[1], body.skin)
    if thing.handle:
        ahead = (-1 if frame.view.yaw < 0 else 1) if pose in _THRUSTS else 0
        return _closed(_by_its_end(thing, thing.handle, right, body, ahead), body.hands[1], body.skin)
    at = (right[0], right[1] + thing.size * (0.38 if thing.hangs else -0.2))
    return _closed(_placed(thing, at, 0.0, thing.size, under=False), body.hands[1], body.skin)


def _held_up(thing: Thing, deed: Deed, body: DressedBody) -> Held:
    """In one hand or between both, the fingers before it."""
    left, right = (h.centre for h in body.hands)
    if thing.handle and not deed.both:
        return _closed(_by_its_end(thing, thing.handle, right, body), body.hands[1], body.skin)
    at = body.hands[1].at(*PINCH) if deed.right.hand == "pinch" else right
    room = (min(left[1], right[1]) if deed.both else at[1]) - body.neck[1] + _CHIN
    lift = min(deed.lift, room / thing.size - 0.5) if deed.low else deed.lift
    lift = -_HUNG if thing.hangs and thing.size > _TALL else lift
    found = _in_deed(thing, replace(deed, lift=lift), left, at)
    if not found.under:
        return _closed(found, body.hands[1], body.skin)
    return replace(found, over=_gripped(found, body.hands if deed.both else body.hands[1:], body.skin))


def _by_its_end(thing: Thing, handle: Handle, hand: Point, body: DressedBody, ahead: int = 0) -> Held:
    """Held up; what would reach the face leans away from it. `ahead`: to the left (-1) or right (1) instead."""
    out = -1 if hand[0] < body.neck[0] else 1
    reaches = thing.size * (1 - _END) > hand[1] - body.neck[1] + _CHIN
    up = -pi / 2 + out * (_ASIDE if reaches else _SLANT)
    turn = (up if ahead == 0 else 0.0 if ahead > 0 else pi) - handle.turn
    (x, y), c, s = handle.at, cos(turn) * thing.size, sin(turn) * thing.size
    return _placed(thing, (hand[0] - c * x + s * y, hand[1] - s * x - c * y), turn, thing.size, under=False)


def _around_the_neck(name: str, frame: Frame) -> Held:
    """Between chin and collar."""
    x, y = frame.flat(frame.bones.neck)
    neck = Neck((x, y + 0.02), _NECK, _NECK, (0.0, 1.0))
    return Held((), showing("thing", name, lambda pen: ink_around(pen, name, neck, _LIMP)), False)


def _beside(thing: Thing, frame: Frame) -> Held:
    """On the floor, on the side to which the figure looks, an arm's length away."""
    side = -1 if frame.view.yaw < 0 else 1
    size = thing.size
    return _placed(thing, (side * (size * thing.stands + 0.62), -size * 0.49), 0.0, size, under=True)


def _written(body: DressedBody, frame: Frame, name: str) -> Held:
    """Paper, or the book in which he writes, on a table before somebody, and a pencil in his hand."""
    wrists = (frame.bones.left.wrist, frame.bones.right.wrist)
    written = name if name in _BOOKS else "paper"
    outline, ink = table(frame, max(v[1] for v in wrists) + 0.1, min(v[2] for v in wrists) - 0.2, written)
    pen_hand = body.hands[1]

    def over(pen: Pen) -> None:
        ink_hands(pen, body)
        x, y = pen_hand.at(*PINCH)
        with pen.canvas.moved(x, y, 0.62, 0.5 if pen_hand.at(0, 1)[0] < x else -0.5):
            draw_shape(Pen(pen.canvas, pen.weight / 0.62), "pencil")

    return Held(outline, showing("thing", "table", ink), True, over=showing("holds", "pencil", over))


def _in_deed(thing: Thing, deed: Deed, left: Point, right: Point) -> Held:
    size = thing.size
    if deed.both:
        x, y = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
        return _placed(thing, (x, y - size * deed.lift), 0.0, size, under=True)
    lift = size * deed.lift + (_ABOVE if deed.lift > 0 else 0.0) * (deed.right.hand != "pinch")
    return _placed(thing, (right[0], right[1] - lift), 0.0, size, under=size > _TALL)


def _closed(thing: Held, grip: HandOutline, skin: Shade) -> Held:
    """A thing before the palm, and the fingers of the hand around it."""

    def ink(pen: Pen) -> None:
        thing.ink(pen)
        if grip.shape.pieces:
            ink_fingers(pen, grip, skin)
            return
        x, y, reach = *grip.centre, grip.radius * 2
        with pen.canvas.saved():
            pen.canvas.clip(rect(x - reach, y - 0.1 * grip.radius, 2 * reach, 2 * reach))
            ink_hand(pen, grip, skin)

    return Held(thing.outline, ink, False)


def _gripped(thing: Held, hands: Sequence[HandOutline], skin: Shade) -> Callable[[Pen], None]:
    """The thing once more on the palms, and the fingers around it: it is large, so that only there it shows."""
    pressed = [h for h in hands if h.shape.fingers]

    def ink(pen: Pen) -> None:
        with pen.canvas.saved():
            pen.canvas.clip(tuple(op for h in pressed for op in h.outline))
            thing.ink(pen)
        for h in pressed:
            ink_fingers(pen, h, skin)

    return ink


def _placed(thing: Thing, at: Point, turn: float, size: float, *, under: bool) -> Held:
    def ink(pen: Pen) -> None:
        with pen.canvas.moved(at[0], at[1], size, turn):
            thing.draw(Pen(pen.canvas, pen.weight / size))

    return Held((), ink, under)


def _worked_with(thing: Thing, grip: Point, fore: Point) -> Held:
    """A tool that comes down to the floor."""
    dx, dy = fore[0] - grip[0], fore[1] - grip[1]
    steep = max(0.3, dy / (hypot(dx, dy) or 1.0))
    return _between(thing, grip, fore, max(_TOOL, min(_POLE, -grip[1] / steep / 0.9)), 0.4)


def _between(thing: Thing, grip: Point, fore: Point, length: float, ahead: float = 0.26) -> Held:
    """A long thing that two hands hold: its handle in the first, its length through the second; its middle lies
    `ahead` of the first, in its own length."""
    dx, dy = fore[0] - grip[0], fore[1] - grip[1]
    turn = atan2(dy, dx)
    reach = hypot(dx, dy) or 1.0
    middle = (grip[0] + dx / reach * length * ahead, grip[1] + dy / reach * length * ahead)

    def ink(pen: Pen) -> None:
        mirror = dx < 0
        with pen.canvas.moved(middle[0], middle[1], length, turn + pi if mirror else turn, mirror=mirror):
            thing.draw(Pen(pen.canvas, pen.weight / length))

    return Held((), ink, True)


def _upright(thing: Thing, at: Point, frame: Frame) -> Held:
    """A gun or a stick held at the side, leaning outwards so far that it clears the face."""
    x, y = frame.flat(frame.bones.head)
    out = 1 if at[0] > x else -1
    size = thing.size
    lean = atan2(_CLEAR - abs(at[0] - x), max(0.5, at[1] - y)) if size * 0.62 > at[1] - y - 0.5 else 0.0
    lean = out * max(0.12, min(0.6, lean))
    middle = (at[0] + sin(lean) * size * 0.12, at[1] - cos(lean) * size * 0.12)

    def ink(pen: Pen) -> None:
        with pen.canvas.moved(middle[0], middle[1], size, lean - pi / 2):
            thing.draw(Pen(pen.canvas, pen.weight / size))

    return Held((), ink, True)


def stands_in_hand(word: str, pose: Pose) -> bool:
    """Whether one hand closes around it from the side, as around a stem."""
    if pose is Pose.CLIMB:
        return True
    name = thing_of(word) if word else None
    if (
        name is None
        or pose in _WITH_A_TOOL | {Pose.AIM, Pose.WRITE}
        or is_chore(pose)
        or thing_named(name).stands
        or (name == "telescope" and pose in LOOKING)
    ):
        return False
    deed = deed_of(name, pose)
    return not thing_named(name).hangs and not (deed is not None and deed.both)


def can_hold(word: str, period: str = "modern") -> bool:
    name = thing_of(word, period)
    return (name is not None and can_be_held(name)) or climbed_thing(word) is not None
