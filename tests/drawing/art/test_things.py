"""Things: every one is drawn, stays near its box, and is found by its words."""

import pytest

from drawing.art.body import body
from drawing.art.draw_panel import draw_panel
from drawing.art.figure import human
from drawing.art.outfits.outfit_parts import outfit
from drawing.art.points_in_space import View
from drawing.art.poses import POSES
from drawing.art.poses_with_things import deed_of, doing
from drawing.art.proportions import proportions
from drawing.art.props.held_things import Held, can_hold, held
from drawing.art.skeleton import skeleton
from drawing.art.things.draw_shape_file import shape_names
from drawing.art.things.find_drawing import HEAD_CM, in_period, thing_named, thing_of
from drawing.art.trunk_outline import Frame
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, from_data
from drawing.ink.pen import Pen
from manga.characters import Look
from manga.geometry import Point, Rect, bounds
from manga.panel_brief import brief_for
from manga.storyboard import Expression, Pose, SceneDirection
from manga.vocabulary.things import things


@pytest.mark.parametrize("name", sorted(shape_names()))
def test_a_thing_fills_a_box_of_one_unit(name: str) -> None:
    canvas = Canvas(40, 40)
    with canvas.moved(20, 20, 10):
        thing_named(name).draw(Pen.on(canvas))
    calls = canvas.finish().calls
    assert len(calls) > 2
    for call in calls:
        if call[0] in {"f", "s"}:
            b = box(from_data(str(call[1])))
            assert b.x > 12
            assert b.y > 12
            assert b.right < 28
            assert b.bottom < 28


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("火縄銃", "gun"),
        ("栗", "chestnuts"),
        ("a gold watch", "watch"),
        ("うなぎ", "eel"),
        ("松たけ", "mushrooms"),
        ("びく", "basket"),
        ("combs", "comb"),
        ("two eggs", "egg"),
        ("a fountain pen", "fountain_pen"),
        ("a string", "rope"),
        ("おにぎり", "rice_ball"),
        ("自転車", "bicycle"),
        ("黒電話", "telephone"),
        ("スマホ", "phone"),
    ],
)
def test_words_find_things(word: str, name: str) -> None:
    assert thing_of(word) == name


def test_an_unknown_word_finds_nothing() -> None:
    assert thing_of("theodolite") is None
    assert all(thing_of(word) is None for word in ("opening", "spring", "beggar", "infant"))


def test_no_grass_grows_around_a_thing_on_a_roof() -> None:
    def marks(place: str) -> int:
        direction = SceneDirection.model_validate({"shot": "insert", "setting": place, "props": ["telescope"]})
        return len(draw_panel(brief_for(60, 50, direction, {})).drawing.calls)

    assert marks("rooftop") == marks("street") < marks("room")


def held_by_somebody(thing: str) -> Held:
    look = Look.model_validate({"gender": "female", "age": "adult"})
    spec = doing(POSES[Pose.STAND], deed_of(thing_of(thing), Pose.STAND))
    p = proportions(look)
    frame = Frame(skeleton(spec, p), p, View(-38))
    found = held(thing, Pose.STAND, body(frame, spec, outfit(look)), frame)
    assert found
    return found


def reach(thing: str) -> Rect:
    canvas = Canvas(40, 40)
    with canvas.moved(20, 30):
        held_by_somebody(thing).ink(Pen(canvas, 0.02))
    found = [box(from_data(str(call[1]))) for call in canvas.finish().calls if call[0] in {"f", "s"}]
    return bounds([corner for b in found for corner in b.polygon()])


@pytest.mark.parametrize("thing", ["cupboard", "door", "pier glass", "great lamp"])
def test_what_is_larger_than_hands_stands_on_the_floor_beside_somebody(thing: str) -> None:
    where = reach(thing)
    assert where.bottom == pytest.approx(30, abs=0.3), "on the floor"
    assert where.right < 20, "not before the body"
    assert where.height > 4


def test_somebody_with_a_telescope_has_its_eyepiece_at_the_eye_and_its_feet_on_the_floor() -> None:
    where = reach("telescope")
    assert where.bottom == pytest.approx(30, abs=0.2)
    assert 19 < where.right < 20.3
    assert where.y < 30 - 6


@pytest.mark.parametrize(("word", "name"), [("lantern", "lantern"), ("提灯", "paper_lantern"), ("姿見", "pier_glass")])
def test_lanterns_are_of_glass_unless_they_are_of_paper(word: str, name: str) -> None:
    assert thing_of(word) == name


def test_a_lantern_of_the_old_east_is_of_paper_whatever_it_is_called() -> None:
    assert in_period("a lantern", "old_japan") == "paper_lantern"
    assert in_period("a lantern", "early_modern") == "a lantern"
    assert in_period("a sword", "old_japan") == "a sword"


@pytest.mark.parametrize(
    ("word", "name"),
    [("her violin", "violin"), ("ヴァイオリン", "violin"), ("a flute", "flute"), ("ピアノ", "piano"),
     ("lute", "guitar"), ("三味線", "guitar"), ("straw hat", "bonnet"), ("hat", "hat")],
)  # fmt: skip
def test_instruments_and_a_womans_hat_are_things_of_their_own(word: str, name: str) -> None:
    assert thing_of(word) == name


def playing(thing: str, yaw: float) -> tuple[Held, tuple[Point, ...], Point]:
    """What is played, the middles of the hands and that of the head."""
    look = Look.model_validate({"gender": "female", "age": "adult"})
    spec = doing(POSES[Pose.STAND], deed_of(thing, Pose.STAND))
    p = proportions(look)
    frame = Frame(skeleton(spec, p), p, View(yaw))
    made = body(frame, spec, outfit(look))
    found = held(thing, Pose.STAND, made, frame)
    assert found
    return found, tuple(h.centre for h in made.hands), frame.flat(frame.bones.head)


def inked(found: Held) -> list[Rect]:
    canvas = Canvas(40, 40)
    with canvas.moved(20, 30):
        found.ink(Pen(canvas, 0.02))
    boxes = [box(from_data(str(call[1]))) for call in canvas.finish().calls if call[0] in {"f", "s"}]
    return [Rect(x=b.x - 20, y=b.y - 30, width=b.width, height=b.height) for b in boxes]


@pytest.mark.parametrize("yaw", [-38, -20, 0, 20, 38])
def test_a_violin_lies_under_the_chin_and_its_neck_in_the_left_hand(yaw: float) -> None:
    found, (left, right), (x, y) = playing("violin", yaw)
    marks = inked(found)
    whole = bounds([corner for b in marks for corner in b.polygon()])
    assert y < whole.centre[1] < y + 2
    assert all(whole.x - 0.3 < hx < whole.right + 0.3 for hx, _ in (left, right))
    assert abs(left[0] - x) > 0.3, "beside the face"
    covered = [b for b in marks if b.width > 0.4 and b.height > 0.4 and b.x < x < b.right and b.y < y < b.bottom]
    assert not covered, "nothing large lies over the face"


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_flute_goes_to_the_side_that_is_looked_to_and_leaves_the_mouth_free(facing: str) -> None:
    for gender in ("male", "female"):
        marks = human(Look.model_validate({"gender": gender}), Expression.NEUTRAL, Pose.STAND, facing, "flute").marks
        assert marks.mouth is not None
        way = 1 if facing == "right" else -1
        assert all((hand.centre[0] - marks.mouth[0]) * way > 0.15 for hand in marks.hands)


def test_a_flute_is_at_the_mouth_and_a_guitar_below_the_neck() -> None:
    flute, _, (x, y) = playing("flute", -20)
    assert min(abs(b.centre[0] - x) + abs(b.centre[1] - y - 0.36) for b in inked(flute)) < 0.5
    guitar, hands, (_, y) = playing("guitar", -20)
    belly = max(inked(guitar), key=lambda b: b.width * b.height)
    assert belly.centre[1] > y + 1.0
    assert belly.x < hands[1][0] < belly.right


def test_who_is_seen_from_behind_has_his_violin_behind_him() -> None:
    assert playing("violin", 180)[0].under
    assert not playing("violin", -20)[0].under


def insert_of(*props: str) -> list[Rect]:
    direction = SceneDirection.model_validate({"shot": "insert", "setting": "room", "props": props})
    calls = draw_panel(brief_for(60, 48, direction, {})).drawing.calls
    return [box(from_data(str(c[1]))) for c in calls if c[0] == "f"]


def test_a_door_in_a_picture_of_things_stands_large_behind_the_small_one() -> None:
    tall = [b for b in insert_of("door", "bottle") if b.height > 40 and b.width < 50]
    assert max(b.bottom for b in tall) == pytest.approx(48 * 0.68, abs=0.6), "at the foot of the wall"
    assert len(insert_of("door", "bottle")) > len(insert_of("door"))


def test_a_jar_is_no_cup_and_a_cup_of_the_old_east_has_no_handle() -> None:
    assert (thing_of("塩の壺"), thing_of("a jar of salt")) == ("jar", "jar")
    assert in_period("cup", "old_china") == "bowl"
    assert in_period("cup", "modern") == "cup"


@pytest.mark.parametrize("name", ["wrench", "flashlight", "magnifying_glass", "screwdriver", "knife"])
def test_what_has_a_handle_is_held_by_it_and_its_head_is_up(name: str) -> None:
    look = Look.model_validate({"gender": "female", "age": "adult"})
    spec = doing(POSES[Pose.STAND], deed_of(name, Pose.STAND))
    p = proportions(look)
    frame = Frame(skeleton(spec, p), p, View(-38))
    made = body(frame, spec, outfit(look))
    found = held(name, Pose.STAND, made, frame)
    assert found
    x, y = made.hands[1].centre
    whole = bounds([corner for b in inked(found) for corner in b.polygon()])
    assert whole.x < x < whole.right
    assert y - whole.y > 0.55 * whole.height, "most of it is above the hand"
    assert whole.y > made.neck[1] - 0.75, "below the eyes"


@pytest.mark.parametrize("name", ["computer", "bouquet", "tulip", "magic_wand", "sheet_of_paper", "mantel_clock"])
def test_what_is_held_in_front_leaves_the_face_free(name: str) -> None:
    for facing in ("left", "front", "right"):
        figure = human(Look(), Expression.NEUTRAL, Pose.STAND, facing, name)
        canvas = Canvas(40, 40)
        with canvas.moved(20, 30):
            figure.ink(Pen(canvas, 0.02))
        told = canvas.finish()
        (thing,) = (one for one in told.shown if one.kind == "holds")
        boxes = [box(from_data(str(c[1]))) for c in told.calls[thing.first : thing.end] if c[0] in {"f", "s"}]
        face = figure.marks.face
        assert face
        assert min(b.y for b in boxes) > 30 + face.centre[1]


def test_sizes_are_centimetres_and_what_is_tiny_can_be_read() -> None:
    assert thing_named("mantel_clock").size * HEAD_CM == things()["mantel_clock"].cm
    assert 1.0 < thing_named("coin").size * HEAD_CM / things()["coin"].cm < 2.0


@pytest.mark.parametrize("name", ["car", "house", "star", "fire"])
def test_what_no_hand_holds_is_reported(name: str) -> None:
    assert not can_hold(name)
