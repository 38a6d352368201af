"""Beasts together and beasts that have no kind of their own: where they stand, and what is drawn of them."""

import pytest

from drawing.art.animals.animal_figure import animal
from drawing.art.animals.muzzle import ink_muzzle
from drawing.art.animals.species import breed_called, breed_of, unknown_beast
from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.expressions import FACES
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, from_data
from drawing.ink.pen import BLACK, WHITE, Pen
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import Expression, Pose, SceneDirection

LOOKS = {
    "c01": Look.model_validate({"kind": "rabbit", "hair_color": "white", "outfit": "none"}),
    "c02": Look.model_validate({"kind": "tortoise", "outfit": "none"}),
    "c03": Look.model_validate({"kind": "beast", "outfit": "none"}),
}


def drawn(one: dict[str, object], other: dict[str, object], width: float = 40, **how: object) -> DrawnPanel:
    figures = ({"x": 0.27, "facing": "right", **one}, {"x": 0.73, "facing": "left", **other})
    direction = SceneDirection.model_validate({"shot": "full", "setting": "road", **how, "figures": figures})
    return draw_panel(brief_for(width, 50, direction, LOOKS))


@pytest.mark.parametrize("pose", ["stand", "run", "lie"])
@pytest.mark.parametrize("shot", ["full", "long", "medium"])
def test_two_beasts_that_meet_do_not_stand_in_each_others_face(pose: str, shot: str) -> None:
    for other in ("c02", "c03"):
        found = drawn({"character": "c01", "pose": pose}, {"character": other, "pose": "stand"}, shot=shot).figures
        left, right = (figure.face for figure in found)
        assert left
        assert right
        assert left.overlap(right) == 0


def test_a_beast_in_the_foreground_has_its_feet_in_the_picture() -> None:
    near: dict[str, object] = {"character": "c02", "pose": "lie", "depth": "foreground"}
    found = drawn({"character": "c01", "pose": "run", "depth": "background"}, near, shot="long", width=60)
    tortoise = next(figure for figure in found.figures if figure.character == "c02")
    assert tortoise.body.bottom < 1.0


def _beast(*marks: str) -> Look:
    return Look.model_validate({"kind": "beast", "outfit": "none", "marks": marks})


@pytest.mark.parametrize(
    ("mark", "body"),
    [
        ("蛙", "frog"),
        ("toad", "frog"),
        ("河童", "kappa"),
        ("蜘蛛", "spider"),
        ("狸", "slender"),
        ("白い蛇", "snake"),
        ("serpent", "snake"),
        ("mole", "slender"),
        ("deer", "tall"),
    ],
)
def test_a_beast_without_a_kind_is_drawn_as_what_its_marks_say(mark: str, body: str) -> None:
    breed = breed_of(_beast("wet", mark))
    assert breed.body == body
    assert breed.horns is (body == "tall")


def test_what_has_befallen_a_beast_is_not_what_it_is() -> None:
    assert unknown_beast(_beast("wet", "bandage: leg")) == ""
    assert unknown_beast(_beast("wet", "walrus")) == "walrus"


@pytest.mark.parametrize("pose", [Pose.STAND, Pose.RUN, Pose.LIE, Pose.POINT, Pose.SIT])
def test_frogs_and_kappas_can_do_what_others_do(pose: Pose) -> None:
    for mark in ("frog", "kappa", "spider", "snake"):
        figure = animal(_beast(mark), Expression.HAPPY, pose, "left")
        assert figure.marks.face
        assert figure.marks.mouth
        assert figure.marks.body.height > 0.5


def test_a_beast_that_nobody_can_draw_is_reported_and_drawn_as_another() -> None:
    direction = SceneDirection.model_validate({"shot": "full", "setting": "field", "figures": ({"character": "c01"},)})
    for mark, missing in (("鰐", ("beast: 鰐",)), ("蛇", ()), ("dragon", ()), ("蛙", ())):
        drawn_panel = draw_panel(brief_for(40, 40, direction, {"c01": _beast(mark)}))
        assert drawn_panel.missing == missing
        assert len(drawn_panel.figures) == 1


@pytest.mark.parametrize("expression", [Expression.HAPPY, Expression.SHOCK])
def test_a_beak_that_points_at_the_reader_is_in_the_middle_of_the_face(expression: Expression) -> None:
    canvas = Canvas(10, 10)
    ink_muzzle(Pen(canvas, 0.01), breed_called("bird"), FACES[expression], (0.0, 0.2), "front")
    boxes = [box(from_data(str(call[1]))) for call in canvas.finish().calls if call[0] == "f"]
    assert min(b.x for b in boxes) == pytest.approx(-max(b.right for b in boxes), abs=0.01)


def test_near_by_a_beast_that_runs_is_its_face_and_not_a_body_cut_off() -> None:
    def body(shot: str) -> float:
        figures = ({"character": "c01", "pose": "run", "facing": "left"},)
        direction = SceneDirection.model_validate({"shot": shot, "setting": "road", "figures": figures})
        made = draw_panel(brief_for(30, 50, direction, LOOKS)).figures[0]
        assert made.face
        return made.face.centre[0]

    assert 0.3 < body("bust") < 0.7
    assert body("full") < 0.4


@pytest.mark.parametrize("pose", ["lie", "fall"])
@pytest.mark.parametrize("size", [(40, 100), (50, 50), (100, 45)])
def test_near_by_a_beast_that_lies_is_seen_whole_and_no_head_hangs_in_the_air(pose: str, size: tuple[int, int]) -> None:
    looks = {"c01": Look.model_validate({"kind": "fox", "outfit": "none"})}
    for shot in ("bust", "close", "extreme_close"):
        figures = ({"character": "c01", "pose": pose, "facing": "left", "expression": "shock"},)
        direction = SceneDirection.model_validate({"shot": shot, "setting": "road", "figures": figures})
        (found,) = draw_panel(brief_for(*size, direction, looks)).figures
        assert found.body.x > -0.02
        assert found.body.right < 1.02
        assert found.body.bottom < 1.0


def test_a_beast_that_is_struck_down_does_not_roar() -> None:
    fallen, shocked = (animal(_fox(), Expression.SHOCK, pose, "left") for pose in (Pose.FALL, Pose.LIE))
    canvases = [Canvas(10, 10), Canvas(10, 10)]
    for figure, canvas in zip((fallen, shocked), canvases, strict=True):
        figure.ink(Pen(canvas, 0.02))
    assert len(canvases[0].finish().calls) < len(canvases[1].finish().calls), "no fangs"


def _fox() -> Look:
    return Look.model_validate({"kind": "fox", "outfit": "none"})


def test_a_small_beast_among_others_keeps_a_face_that_can_be_read() -> None:
    looks = {"c01": _beast("bear"), "c02": _beast("mole"), "c03": _fox()}
    figures = [{"character": key, "x": x} for key, x in (("c01", 0.2), ("c02", 0.5), ("c03", 0.8))]
    direction = SceneDirection.model_validate({"shot": "full", "setting": "field", "figures": figures})
    heads = {f.character: f.head.height for f in draw_panel(brief_for(90, 60, direction, looks)).figures if f.head}
    assert min(heads.values()) > 0.4 * max(heads.values())
    assert heads["c02"] > 0.09


def test_from_afar_a_beast_in_the_background_is_no_dot() -> None:
    far: dict[str, object] = {"character": "c01", "depth": "background"}
    found = drawn(far, {"character": "c02", "depth": "background"}, shot="establishing", width=80)
    assert min(figure.body.height for figure in found.figures) > 0.1


def test_a_snake_is_banded_unless_the_story_says_its_colour() -> None:
    assert breed_of(_beast("snake")).coat.tone > 0
    assert breed_of(_beast("白い蛇")).coat == WHITE
    assert breed_of(_beast("a black snake")).coat == BLACK


def test_a_snake_that_goes_is_longer_than_high_and_one_that_rests_raises_its_head() -> None:
    going, resting = (animal(_beast("snake"), Expression.CALM, pose, "left").marks for pose in (Pose.WALK, Pose.STAND))
    assert going.body.width > 2 * going.body.height
    assert resting.head.bottom < resting.body.centre[1]


@pytest.mark.parametrize("mark", ["青鷺", "鶴", "heron", "a white crane"])
def test_a_bird_on_long_legs_stands_high_and_flies_wide(mark: str) -> None:
    look = Look.model_validate({"kind": "bird", "outfit": "none", "marks": (mark,)})
    standing, flying = (animal(look, Expression.CALM, pose, "left").marks.body for pose in (Pose.STAND, Pose.RUN))
    assert breed_of(look).body == "wader"
    assert standing.height > 1.2 * standing.width
    assert flying.width > standing.width


@pytest.mark.parametrize(
    ("look", "coat"),
    [
        (
            {"hair_color": "white", "marks": ["pure white fur all over", "only the tip of the long tail is ink black"]},
            WHITE,
        ),
        ({"hair_color": "tone", "marks": ["white fur with black ears"]}, WHITE),
        ({"hair_color": "tone", "marks": ["a black cat with white paws"]}, BLACK),
        ({"hair_color": "white", "marks": ["cat"]}, WHITE),
        ({"hair_color": "black", "marks": []}, BLACK),
        ({"hair_color": "tone", "marks": ["黒い猫", "胸が白い"]}, BLACK),
    ],
)
def test_the_color_of_a_part_is_not_the_coats(look: dict[str, object], coat: object) -> None:
    assert breed_of(Look.model_validate({"kind": "cat", "outfit": "none", **look})).coat == coat


def test_one_white_feather_makes_no_white_crow() -> None:
    crow = Look.model_validate(
        {"kind": "bird", "hair_color": "black", "marks": ["crow", "a single white feather in a wing"]}
    )
    assert breed_of(crow).coat == BLACK
