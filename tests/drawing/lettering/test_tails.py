"""Tails: from the balloon's curve towards the mouth, short of it, off every face, misleading nobody."""

from math import cos, hypot, pi, sin
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.ink.paths import flattened, union
from drawing.lettering.balloons import hull, outline
from drawing.lettering.figure_anchors import speaker_of
from drawing.lettering.tails import FARTHEST_EM, USUAL_EM, Tail, bubbles, crosses, entry, misleads, tails_to, wedge
from manga.geometry import Point, Rect, bounds, inside
from manga.lettering import BalloonKind
from tests.drawing.lettering.spots_desk import person, variant_of

VARIANT = variant_of("怒られるよ。だから、静かに")
SPEAKER = speaker_of(person("a", 60, 80))


def first_tail(centre: Point, *keep_off: Rect) -> Tail | None:
    return next(tails_to(SPEAKER, VARIANT.body, centre, VARIANT.em, keep_off), None)


@settings(max_examples=150)
@given(st.floats(0, 150), st.floats(0, 200))
def test_a_tail_begins_on_its_balloon_and_stops_short_of_the_mouth_and_off_the_face(x: float, y: float) -> None:
    for tail in tails_to(SPEAKER, VARIANT.body, (x, y), VARIANT.em):
        assert VARIANT.body.depth(tail.root[0] - x, tail.root[1] - y) == pytest.approx(1, abs=1e-6)
        gap = hypot(tail.tip[0] - SPEAKER.mouth[0], tail.tip[1] - SPEAKER.mouth[1])
        assert gap >= 0.3 * SPEAKER.head_height
        assert SPEAKER.face is not None
        assert not inside(tail.tip, SPEAKER.face.polygon())
        assert hypot(tail.tip[0] - tail.root[0], tail.tip[1] - tail.root[1]) <= FARTHEST_EM * VARIANT.em + 1e-6


def test_a_balloon_over_the_mouth_has_no_tail() -> None:
    assert first_tail(SPEAKER.mouth) is None


def test_a_tail_goes_round_somebody_elses_head_or_is_not_there() -> None:
    centre = (60.0, 20.0)
    beside = Rect(x=55, y=45, width=4, height=10)
    tail = first_tail(centre, beside)
    assert tail is None or not crosses(tail, [beside])
    wall = Rect(x=0, y=50, width=200, height=4)
    assert first_tail(centre, wall) is None


def test_a_tail_that_ends_nearer_to_somebody_else_misleads() -> None:
    tail = Tail((20, 20), (30, 30), (60, 60), bounds(((20, 20), (30, 30))))
    other, far = speaker_of(person("b", 32, 34)), speaker_of(person("c", 120, 120))
    assert misleads(tail, (10, 10), [other])
    assert not misleads(tail, (10, 10), [far])


def test_a_tail_that_turns_back_misleads() -> None:
    tail = Tail((20, 20), (30, 20), (20, 60), bounds(((20, 20), (30, 20))))
    assert misleads(tail, (0, 20), [])


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [((0, 5), (20, 5), 0.5), ((12, 5), (20, 5), 0.0), ((0, 50), (20, 50), None), ((0, 0), (0, 10), None)],
)
def test_where_a_way_first_meets_a_box(start: Point, end: Point, share: float | None) -> None:
    assert entry(start, end, Rect(x=10, y=0, width=10, height=10)) == share


@settings(max_examples=60)
@given(st.floats(-pi, pi), st.floats(20, 60), st.floats(-1, 1), st.integers(0, 9))
def test_balloon_and_tail_are_one_outline_without_crumbs(angle: float, far: float, bend: float, seed: int) -> None:
    centre = (SPEAKER.mouth[0] + far * cos(angle), SPEAKER.mouth[1] + far * sin(angle))
    tail = first_tail(centre)
    if tail is None:
        return
    path = outline(VARIANT.body, centre, BalloonKind.SPEECH, Random(seed))
    lines = flattened(union(path, wedge(tail, VARIANT.body, centre, VARIANT.em, bend)), 8)
    assert len([line for line in lines if len(line) > 3]) == 1
    assert min(hypot(x - tail.tip[0], y - tail.tip[1]) for x, y in lines[0]) < 0.1


def test_the_foot_of_a_tail_stands_inside_the_body() -> None:
    centre = (60.0, 25.0)
    tail = first_tail(centre)
    assert tail is not None
    path = wedge(tail, VARIANT.body, centre, VARIANT.em, 0.0)
    shape = hull(VARIANT.body, centre, BalloonKind.SPEECH, 90)
    feet = [(float(path[1][1]), float(path[1][2])), (float(path[3][3]), float(path[3][4]))]
    assert all(inside(foot, shape) for foot in feet)
    assert hypot(feet[0][0] - feet[1][0], feet[0][1] - feet[1][1]) <= 1.3 * VARIANT.em


@pytest.mark.parametrize("length", [1.0, 3.0, 6.0, 12.0, 20.0])
def test_bubbles_become_smaller_and_lie_between_thought_and_thinker(length: float) -> None:
    tail = Tail((0, 0), (0, length), (0, length + 5), Rect(x=0, y=0, width=0, height=length))
    sizes = [bounds(flattened(bubble, 8)[0]) for bubble in bubbles(tail, 4.0)]
    heights = [size.height for size in sizes]
    assert heights == sorted(heights, reverse=True)
    assert all(-0.1 <= size.centre[1] <= length + 0.1 for size in sizes)


def test_where_it_is_plain_who_speaks_a_tail_is_short_and_long_ones_come_after() -> None:
    found = list(tails_to(SPEAKER, VARIANT.body, (60.0, 10.0), VARIANT.em))
    assert found[0].length <= USUAL_EM * VARIANT.em + 1e-6
    assert found[-1].length > USUAL_EM * VARIANT.em


@pytest.mark.parametrize("bend", [-1.0, -0.2, 0.2, 1.0])
def test_a_tail_is_bent_like_a_horn(bend: float) -> None:
    tail = next(tails_to(SPEAKER, VARIANT.body, (60.0, 10.0), VARIANT.em))
    (line,) = flattened(wedge(tail, VARIANT.body, (60.0, 10.0), VARIANT.em, bend), 8)
    (x0, y0), (x1, y1) = tail.root, tail.tip
    off = [((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / tail.length for x, y in line]
    assert abs(sum(off) / len(off)) > 0.02 * tail.length
