"""Hands: every finger is there, the thumb sits beside the forefinger, and things are gripped, not pasted on."""

from itertools import pairwise
from math import dist, pi, sin
from typing import get_args

import pytest

from drawing.art.body import body
from drawing.art.figure import human
from drawing.art.hand_shapes import PINCH, HandPiece, hand_shape
from drawing.art.hands import hand, ink_fingers, ink_hand
from drawing.art.outfits.outfit_parts import outfit
from drawing.art.points_in_space import View
from drawing.art.pose_spec import HandShape
from drawing.art.poses import POSES, STANCES
from drawing.art.poses_with_things import deed_of, doing
from drawing.art.proportions import MAN, WOMAN, proportions
from drawing.art.skeleton import skeleton
from drawing.art.trunk_outline import Frame
from drawing.ink.canvas import Call, Canvas
from drawing.ink.paths import Path, box, flattened, from_data
from drawing.ink.pen import Pen
from manga.characters import Age, Look
from manga.storyboard import Expression, Pose

FINGERED = tuple(s for s in get_args(HandShape) if s not in {"hidden", "paw", "edge"})


def calls_of(shape: HandShape, mm: float, *, fingers: bool = False) -> list[Call]:
    canvas = Canvas(60, 60)
    drawn = hand((30.0, 50.0), -pi / 2, mm, shape, thumb_left=False)
    (ink_fingers if fingers else ink_hand)(Pen(canvas, 0.3), drawn)
    return list(canvas.finish().calls)


def middle(path: Path) -> float:
    b = box(path)
    return b.x + b.width / 2


@pytest.mark.parametrize("shape", FINGERED)
def test_a_near_hand_has_a_palm_four_fingers_and_a_thumb(shape: HandShape) -> None:
    assert len(hand_shape(shape).pieces) == 6
    assert sum(piece.before for piece in hand_shape(shape).pieces) == 5
    covers = [call for call in calls_of(shape, 20) if call[0] == "f"]
    assert len(covers) == 6


@pytest.mark.parametrize("shape", FINGERED)
def test_fingers_stand_side_by_side_and_the_thumb_on_the_side_of_the_forefinger(shape: HandShape) -> None:
    pieces = hand_shape(shape).pieces
    roots = sorted((p.edge[0][1:], p) for p in pieces if p.before)
    low = min(roots, key=lambda found: float(found[0][1]))
    across = sorted(middle(p.cover) for p in pieces if p.before and p is not low[1])
    assert all(b - a > 0.05 for a, b in pairwise(across))
    assert box(low[1].cover).right > 0.2


@pytest.mark.parametrize("shape", ["open", "flat", "relaxed", "laid"])
def test_fingers_have_joints_and_the_middle_one_is_the_longest(shape: HandShape) -> None:
    fingers = [p for p in hand_shape(shape).pieces if p.before]
    assert max(box(p.cover).bottom for p in fingers) == pytest.approx(0.95, abs=0.15)
    assert len(hand_shape(shape).lines) >= 4


def test_a_small_hand_is_one_outline_with_a_few_lines() -> None:
    small, large = calls_of("open", 3), calls_of("open", 20)
    assert len([c for c in small if c[0] == "f"]) == 1
    assert len(small) < len(large) / 3


@pytest.mark.parametrize("look", [Look(gender="male", age=Age.ADULT), Look(gender="female", age=Age.TEEN)])
def test_a_hand_is_about_seven_tenths_of_a_head(look: Look) -> None:
    assert proportions(look).hand == pytest.approx(0.68, abs=0.06)
    assert MAN.hand > WOMAN.hand


def test_a_bent_finger_of_a_laid_hand_is_shorter_than_of_a_flat_one() -> None:
    def reach(shape: HandShape) -> float:
        return max(box(p.cover).bottom for p in hand_shape(shape).pieces)

    assert reach("laid") < reach("flat") - 0.1


def test_hands_that_lie_on_somebody_close_round_him() -> None:
    assert {POSES[Pose.HUG].left.hand, POSES[Pose.HUG].right.hand} == {"laid"}
    assert STANCES["elbow"].right.hand == STANCES["heart"].right.hand == "laid"


def _covers(thing: str, pose: Pose = Pose.STAND) -> list[str]:
    canvas = Canvas(40, 80)
    with canvas.moved(20, 70, 9):
        human(Look(outfit="gakuran"), Expression.NEUTRAL, pose, "front", thing).ink(Pen.on(canvas))
    return [str(call[1]) for call in canvas.finish().calls if call[0] == "f"]


def _drawn(pieces: tuple[HandPiece, ...]) -> int:
    return sum(1 for p in pieces if p.before)


@pytest.mark.parametrize("thing", ["mirror", "cup", "flower", "stick", "lantern", "bag"])
def test_a_held_thing_lies_before_the_palm_and_behind_the_fingers(thing: str) -> None:
    covers = _covers(thing)
    again = covers[-_drawn(hand_shape("grip").pieces) :]
    assert all(cover in covers[:-5] for cover in again)
    first = max(covers.index(cover) for cover in again)
    assert len(covers) - 5 - first > 1  # the thing's own marks lie between


@pytest.mark.parametrize(("thing", "hands"), [("box", 2), ("book", 2), ("umbrella", 1)])
def test_what_is_drawn_before_the_arms_lies_before_the_palms_and_behind_the_fingers(thing: str, hands: int) -> None:
    covers = _covers(thing)
    fingers = covers[-hands * _drawn(hand_shape("fist").pieces) :]
    before = covers[: -len(fingers)]
    first = max(before.index(cover) for cover in fingers)
    assert len(before) - first > 3  # the thing's own marks, and sleeves, lie between
    assert before[-1] in before[:-1]  # the thing is inked twice: behind the arms, and on the palms


def test_a_hand_turns_its_fingers_to_the_side_around_something_upright() -> None:
    spec = doing(POSES[Pose.STAND], deed_of("flower", Pose.STAND))
    frame = Frame(skeleton(spec, MAN), MAN, View(-38.0))
    plain, turned = (
        body(frame, spec, outfit(Look()), upright=upright).hands[1].turn + pi / 2 for upright in (False, True)
    )
    assert abs(sin(turned)) < abs(sin(plain))
    assert abs(sin(turned)) < 0.4


def test_an_outline_holds_all_pieces() -> None:
    for shape in FINGERED:
        whole = box(hand_shape(shape).outline)
        for piece in hand_shape(shape).pieces:
            part = box(from_data("".join(_text(op) for op in piece.cover)))
            assert part.x > whole.x - 0.03
            assert part.right < whole.right + 0.03


def _text(op: tuple[str | float, ...]) -> str:
    return f"{op[0]}{' '.join(str(v) for v in op[1:])}"


@pytest.mark.parametrize("facing", ["left", "right", "front"])
@pytest.mark.parametrize("thing", ["sword", "gun", "stick"])
def test_a_long_thing_at_the_side_crosses_no_face(thing: str, facing: str) -> None:
    def face_is_covered_by(held: str) -> int:
        figure = human(Look(gender="male", outfit="samurai"), Expression.NEUTRAL, Pose.STAND, facing, held)
        canvas = Canvas(60, 90)
        with canvas.moved(30, 80, 10):
            figure.ink(Pen.on(canvas))
        face = figure.marks.face
        assert face is not None
        x, y = 30 + 10 * face.centre[0], 80 + 10 * face.centre[1]
        half = 4.0 * face.width
        return sum(
            1
            for call in canvas.finish().calls
            if call[0] == "f" and _spans(flattened(from_data(str(call[1])), 3), x - half, x + half, y)
        )

    assert face_is_covered_by(thing) == face_is_covered_by("")


def _spans(rings: list[list[tuple[float, float]]], left: float, right: float, y: float) -> bool:
    """Whether an outline crosses a level line between two places."""
    return any(
        (ay > y) != (by > y) and left < ax + (bx - ax) * (y - ay) / (by - ay) < right
        for ring in rings
        for (ax, ay), (bx, by) in pairwise(ring)
    )


def test_a_hand_seen_from_its_side_is_half_as_broad_as_a_flat_one_and_a_pinch_meets_at_its_tips() -> None:
    edge, flat = (box(hand_shape(name).outline) for name in ("edge", "flat"))
    assert edge.width < 0.6 * flat.width
    assert edge.height > 0.9 * flat.height
    index, thumb = (box(piece.edge) for piece in hand_shape("pinch").pieces[-2:])
    assert dist((index.right, index.bottom), PINCH) < 0.2
    assert abs(index.bottom - thumb.bottom) < 0.16
