"""Bodies in their clothes: limbs have form, collars go round necks, cloth folds where it is pulled."""

from functools import cache
from math import dist

import pytest

from drawing.art.body import body
from drawing.art.body_turn import seen, turn_of
from drawing.art.draw_panel import draw_panel
from drawing.art.outfits.cloth_folds import Fold, at_bend, ink_folds
from drawing.art.outfits.cloth_shadows import shade_trunk
from drawing.art.outfits.collars import ink_collar
from drawing.art.outfits.legs_and_shoes import legs
from drawing.art.outfits.neck_collars import hoop, nearer
from drawing.art.outfits.outfit_parts import outfit
from drawing.art.outfits.skirts_and_trousers import hanging, on_heels
from drawing.art.outfits.sleeves import RADII, arm_folds, bag_folds, sleeve
from drawing.art.outfits.trunk_folds import trunk_folds
from drawing.art.points_in_space import View
from drawing.art.poses import POSES
from drawing.art.proportions import proportions
from drawing.art.skeleton import skeleton
from drawing.art.trunk_outline import Frame
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, flattened, from_data
from drawing.ink.pen import BLACK, DARK, DARK_TONE, LIGHT, MID, MID_TONE, WHITE, Pen, Shade
from manga.characters import Look
from manga.geometry import Point
from manga.panel_brief import brief_for
from manga.storyboard import Pose, SceneDirection
from manga.vocabulary.clothes_and_hair import outfits

OUTFITS = tuple(outfits().entries)
VIEWS = (0.0, 38.0, -38.0, 90.0, 180.0)


@cache
def frame_of(pose: Pose, gender: str = "male", yaw: float = 0.0) -> Frame:
    p = proportions(Look.model_validate({"gender": gender}))
    return Frame(skeleton(POSES[pose], p), p, View(yaw))


def worn(word: str, gender: str = "male") -> Look:
    return Look.model_validate({"outfit": word, "gender": gender})


def inside(point: Point, outlines: list[list[Point]], slack: float = 0.05) -> bool:
    x, y = point
    for ring in outlines:
        odd = False
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                odd = not odd
        if odd or min(dist(point, p) for p in ring) < slack:
            return True
    return False


def marks(folds: list[Fold], mm: float, shade: Shade = WHITE) -> list[tuple[str | float, ...]]:
    canvas = Canvas(60, 60)
    with canvas.moved(30, 30, mm):
        ink_folds(Pen.on(canvas), folds, shade)
    return list(canvas.finish().calls)


@pytest.mark.parametrize("word", OUTFITS)
def test_every_bent_elbow_has_folds_that_start_inside_the_bend(word: str) -> None:
    frame, clothes = frame_of(Pose.RUN, yaw=-70.0), outfit(worn(word))
    for bones in (frame.bones.left, frame.bones.right):
        arm = sleeve(frame, bones, clothes)
        _, elbow, _ = arm.joints
        folds = bag_folds(frame, arm) if clothes.sleeve == "kimono" else arm_folds(arm, clothes)
        near = [f for f in folds if dist(f.start, elbow) < 2.2 * arm.radius]
        assert len(near) >= (1 if clothes.sleeve in {"short", "bare"} else 2)


@pytest.mark.parametrize("word", OUTFITS)
@pytest.mark.parametrize("pose", [Pose.STAND, Pose.RUN, Pose.CHEER])
def test_folds_lie_on_the_clothes(word: str, pose: Pose) -> None:
    frame, clothes = frame_of(pose, yaw=-70.0 if pose is Pose.RUN else -38.0), outfit(worn(word))
    parts = body(frame, POSES[pose], clothes)
    outlines = [ring for part in (*parts.behind, *parts.front) if part.outline for ring in flattened(part.outline, 6)]
    arms = [sleeve(frame, bones, clothes) for bones in (frame.bones.left, frame.bones.right)]
    folds = trunk_folds(frame, clothes, arms) + [f for a in arms for f in arm_folds(a, clothes)]
    outside = [f for f in folds for p in (f.start, f.end) if not inside(p, outlines)]
    assert len(outside) <= len(folds) * 0.04


def test_the_more_a_limb_is_bent_the_more_it_folds() -> None:
    def reach(end: Point) -> float:
        return sum(dist(f.start, f.end) * f.weight for f in at_bend((0, 0), (0, 1), end, 0.15))

    straight, half, sharp = reach((0, 2)), reach((0.7, 1.7)), reach((1, 0.9))
    assert straight < half < sharp
    assert len(at_bend((0, 0), (0, 1), (1, 1), 0.15, cloth=False)) == 1


def test_folds_fan_out_from_the_inner_side() -> None:
    for end, side in (((1, 1), 1), ((-1, 1), -1)):
        folds = at_bend((0, 0), (0, 1), end, 0.15)
        assert all(f.start[0] * side > 0 for f in folds)
        assert max(f.end[1] for f in folds) - min(f.end[1] for f in folds) > 0.2


def test_a_small_figure_has_fewer_folds_and_a_tiny_one_none() -> None:
    folds = at_bend((0, 0), (0, 1), (1, 1), 0.15)
    ink = [sum(len(str(call[1])) for call in marks(folds, mm) if call[0] == "f") for mm in (2, 5, 9, 30)]
    assert ink[0] == 0
    assert ink[1] < ink[2] < ink[3]


def test_folds_are_white_on_black_cloth() -> None:
    folds = at_bend((0, 0), (0, 1), (1, 1), 0.15)
    assert {call[2] for call in marks(folds, 20, BLACK)} == {255.0}
    assert {call[2] for call in marks(folds, 20, WHITE)} == {0.0}


@pytest.mark.parametrize("kind", list(RADII))
def test_an_arm_has_an_upper_arm_a_narrower_forearm_and_a_wrist(kind: str) -> None:
    upper, fore = RADII[kind]
    assert max(fore) < max(upper)
    assert fore[-1] < fore[1]
    assert upper[-1] == fore[0]


@pytest.mark.parametrize("yaw", VIEWS)
def test_a_collar_goes_round_the_neck_in_every_view(yaw: float) -> None:
    frame = frame_of(Pose.STAND, yaw=yaw)
    angles = nearer(frame)
    band = hoop(frame, angles, 0.1, 1.2)
    neck, head = frame.flat(frame.bones.neck), frame.flat(frame.bones.head)
    middle = neck[0] + (head[0] - neck[0]) * 0.15
    assert band[0][0] < middle - frame.neck
    assert band[-1][0] > middle + frame.neck
    front = [y for a, (_, y) in zip(angles, band, strict=True) if abs(a) < 30]
    nape = [y for a, (_, y) in zip(angles, band, strict=True) if abs(a) > 150]
    assert not front or not nape or min(front) > max(nape)


@pytest.mark.parametrize("yaw", [0.0, 38.0, -38.0, 180.0])
@pytest.mark.parametrize("gender", ["male", "female"])
def test_shoulders_fall_from_the_neck_to_the_arm_without_a_step(gender: str, yaw: float) -> None:
    frame, clothes = frame_of(Pose.STAND, gender, yaw), outfit(worn("gakuran"))
    for bones in (frame.bones.left, frame.bones.right):
        arm = sleeve(frame, bones, clothes)
        line = [y for _, y in (*arm.slope, *arm.top[2:])]
        assert line == sorted(line)
        assert line[0] < frame.flat(frame.bones.neck)[1] + 0.2


def test_the_hem_of_a_skirt_swings_in_and_out_and_trails_behind_who_runs() -> None:
    clothes = outfit(worn("sailor", "female"))

    def hem(pose: Pose) -> list[Point]:
        outline, _ = hanging(frame_of(pose, "female", -70.0), clothes)
        return [(float(op[-2]), float(op[-1])) for op in outline if op[0] == "C"]

    heights = [y for _, y in hem(Pose.STAND)]
    turns = sum((b - a) * (c - b) < 0 for a, b, c in zip(heights, heights[1:], heights[2:], strict=False))
    assert turns >= 8
    middle = frame_of(Pose.RUN, "female", -70.0).flat((0, 0, 0))[0]
    across = [x - middle for x, _ in hem(Pose.RUN)]
    assert max(across) > -min(across)


@pytest.mark.parametrize("word", ["gakuran", "uniform", "none", "sailor"])
def test_legs_are_drawn_in_pieces_that_have_an_outline(word: str) -> None:
    pieces = legs(frame_of(Pose.RUN), outfit(worn(word)), sits=False)
    assert len(pieces) >= 5
    assert all(outline for outline, _ in pieces)


@pytest.mark.parametrize("hour", ["evening", "night"])
@pytest.mark.parametrize("shot", ["bust", "full"])
def test_paper_shows_between_dark_ground_and_the_contour_of_hair_and_cloth(hour: str, shot: str) -> None:
    """Paper differs from toned hair by more than 25 points of 255, as it does from black cloth."""

    def rim(time: str) -> float:
        figure = {"character": "c01", "x": 0.5, "facing": "front"}
        direction = SceneDirection.model_validate(
            {"shot": shot, "setting": "rooftop", "background": "full", "time_of_day": time, "figures": [figure]}
        )
        look = Look(gender="male", outfit="gakuran", hair_style="crew", hair_color="tone")
        calls = draw_panel(brief_for(50, 60, direction, {"c01": look})).drawing.calls
        covered = {call[1] for call in calls if call[0] == "f" and call[2] == 255}
        return max(float(call[2]) for call in calls if call[0] == "s" and call[3] == 255 and call[1] in covered)

    assert rim(hour) > rim("day")
    assert rim(hour) / 2 > 0.3  # millimetres on either side, of which the contour takes half its own
    assert 255 * MID > 25


@pytest.mark.parametrize("pose", list(Pose))
@pytest.mark.parametrize("facing", ["front", "left", "right", "back"])
def test_in_no_pose_do_folds_stray_from_the_figure(pose: Pose, facing: str) -> None:
    frame, clothes = frame_of(pose, yaw=turn_of(pose, facing)), outfit(worn("uniform"))
    parts = body(frame, POSES[pose], clothes)
    outlines = [ring for part in (*parts.behind, *parts.front) if part.outline for ring in flattened(part.outline, 6)]
    arms = [sleeve(frame, bones, clothes) for bones in (frame.bones.left, frame.bones.right)]
    folds = trunk_folds(frame, clothes, arms) + [f for a in arms for f in arm_folds(a, clothes)]
    assert sum(not inside(f.end, outlines, 0.12) for f in folds) <= 1


def test_near_cloth_is_shaded_on_the_side_turned_from_the_light_and_small_or_black_cloth_is_not() -> None:
    frame = frame_of(Pose.STAND)

    def tones(shade: Shade, mm: float) -> list[tuple[str | float, ...]]:
        canvas = Canvas(90, 90)
        with canvas.moved(45, 80, mm):
            shade_trunk(Pen.on(canvas), frame, shade, 1.06)
        return [call for call in canvas.finish().calls if call[0] == "t"]

    (call,) = tones(WHITE, 15)
    assert call[3] == LIGHT
    assert box(from_data(str(call[1]))).x > 45
    assert tones(MID_TONE, 15)[0][3] == DARK
    assert tones(BLACK, 15) == tones(WHITE, 6) == tones(DARK_TONE, 15) == []


def test_grown_women_wear_no_school_girls_skirts_with_bare_arms() -> None:
    everyday = [Look.model_validate({"gender": "female", "age": "adult", "seed": seed}) for seed in range(6)]
    clothes = {(o.sleeve, o.lower, o.collar) for o in map(outfit, everyday)}
    assert {sleeve for sleeve, _, _ in clothes} == {"long"}
    assert {lower for _, lower, _ in clothes} >= {"long_skirt", "trousers"}


def test_the_buttons_of_a_blouse_end_above_the_skirt() -> None:
    def drawn(gender: str) -> int:
        canvas = Canvas(60, 60)
        look = Look.model_validate({"gender": gender, "age": "adult", "seed": 0})
        ink_collar(Pen.on(canvas), frame_of(Pose.STAND), outfit(look))
        return len(canvas.finish().calls)

    assert drawn("female") < drawn("male")


@pytest.mark.parametrize("gender", ["male", "female"])
@pytest.mark.parametrize("pose", [Pose.KNEEL, Pose.SIT])
def test_the_sash_of_a_kimono_is_seen_over_the_lap(pose: Pose, gender: str) -> None:
    look = worn("kimono", gender)
    frame, clothes = seen(POSES[pose], proportions(look), 0.0), outfit(look)
    assert frame.lap
    canvas = Canvas(100, 100)
    hanging(frame, clothes)[1](Pen(canvas, 0.03))
    sash = frame.surface(0, 0.7)
    covers = [flattened(from_data(str(call[1]))) for call in canvas.finish().calls if call[0] == "f"]
    above = [rings for rings in covers if inside(sash, rings, 0.0)]
    assert above, "something covers the sash's place last"
    assert max(y for ring in above[-1] for _, y in ring) < frame.surface(0, 0.95)[1]


def test_who_kneels_before_us_has_two_knees_and_a_hem_under_the_cloth() -> None:
    look = worn("kimono", "female")
    clothes, p = outfit(look), proportions(look)
    frame = seen(POSES[Pose.KNEEL], p, 0.0)
    assert all(on_heels(frame, leg) for leg in (frame.bones.left_leg, frame.bones.right_leg))
    (outline, ink), drawn = hanging(frame, clothes), Canvas(100, 100)
    ink(Pen(drawn, 0.03))
    hull = box(outline)
    chest = frame.edge(0.2)
    assert hull.width > chest[1][0] - chest[0][0], "the lap is broader than the chest"
    standing = Canvas(100, 100)
    hanging(frame_of(Pose.STAND, "female"), clothes)[1](Pen(standing, 0.03))
    assert len(drawn.finish().calls) > len(standing.finish().calls) + 3


@pytest.mark.parametrize(("setting", "off"), [("japanese_room", True), ("living room", False), ("road", False)])
def test_shoes_stay_at_the_door_of_a_house_with_mats(setting: str, off: bool) -> None:
    def ink(**look: object) -> tuple[object, ...]:
        scene = {"shot": "full", "setting": setting, "figures": [{"character": "c01", "x": 0.5}]}
        request = brief_for(
            70, 90, SceneDirection.model_validate(scene), {"c01": Look.model_validate({"outfit": "suit", **look})}
        )
        return draw_panel(request).drawing.calls

    assert (ink() == ink(marks=("in socks",))) == off
