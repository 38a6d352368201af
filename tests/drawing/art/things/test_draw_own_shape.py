"""Things of one work's own: their shapes are drawn in inserts and in hands, by our pen, and told by their words."""

from typing import Any

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.things.draw_own_shape import outline, with_shape, word_of
from drawing.art.things.find_drawing import can_be_held, thing_named, thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.characters import Kind, Look
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot
from manga.thing_shapes import Mark, ThingShape

ANVIL = {"path": "M 0 24 L 96 30 L 60 90 L 30 90 Z", "surface": "dark"}


def shape(word: str = "seltzogene", **more: Any) -> ThingShape:
    return ThingShape.of({"key": "t01", "word": word, "cm": 40, "marks": [ANVIL, {"path": "O 50 50 9 9"}], **more})


def drawn(word: str, *shapes: ThingShape, look: Look | None = None) -> DrawnPanel:
    """A panel that shows the thing: in somebody's hand, or alone."""
    if look is None:
        return draw_panel(brief_for(60, 50, insert(word), {}, things=shapes))
    figure = FigureDirection(character="c01", holds=word)
    direction = SceneDirection(shot=Shot.FULL, setting="room", figures=(figure,), background="none")
    return draw_panel(brief_for(60, 80, direction, {"c01": look}, things=shapes))


def insert(word: str) -> SceneDirection:
    return SceneDirection(shot=Shot.INSERT, setting="room", props=(word,))


def test_an_unknown_thing_is_shown_by_its_own_shape_and_told_by_the_words_of_the_panel() -> None:
    assert drawn("an old seltzogene").missing == ("prop: an old seltzogene",)
    one = drawn("an old seltzogene", shape())
    assert (one.missing, one.drawn.things) == ((), ("an old seltzogene",))


@pytest.mark.parametrize("grip", ["handle", "pinch", "palm", "two_hands", "arm"])
@pytest.mark.parametrize("kind", [Kind.HUMAN, Kind.FOX])
def test_a_hand_or_a_mouth_takes_it_by_its_grip(grip: str, kind: Kind) -> None:
    one = drawn("seltzogene", shape(grip=grip, grip_x=10, grip_y=95), look=Look(kind=kind))
    (figure,) = one.drawn.figures
    assert (one.missing, figure.holds) == ((), ("seltzogene",))


def test_what_nobody_lifts_stands_beside_whoever_has_to_do_with_it_or_is_told_as_not_drawn() -> None:
    tall = drawn("seltzogene", shape(grip="none", cm=150), look=Look())
    assert (tall.missing, tall.drawn.things) == ((), ("seltzogene",))
    assert drawn("seltzogene", shape(grip="none"), look=Look()).missing == ("prop: seltzogene",)


def test_the_register_goes_before_a_shape_of_the_same_word() -> None:
    assert with_shape("sword", [shape("sword")]) == "sword"


def test_two_works_may_have_two_shapes_of_one_word() -> None:
    square, round_ = (shape(marks=[{"path": path}]) for path in ("M 0 0 L 100 0 L 100 100 L 0 100 Z", "O 50 50 50 50"))
    assert drawn("seltzogene", square).drawing != drawn("seltzogene", round_).drawing


def test_a_shape_is_drawn_within_its_box_with_no_more_calls_than_it_has_marks() -> None:
    name = with_shape("seltzogene", [shape()])
    canvas = Canvas(10, 10)
    with canvas.moved(5, 5, 4):
        thing_named(name).draw(Pen.on(canvas))
    calls = canvas.finish().calls
    assert 0 < len([call for call in calls if call[0] in {"f", "s", "t"}]) <= 2 * 5
    assert (word_of(thing_of(name) or ""), can_be_held(name)) == ("seltzogene", True)


@pytest.mark.parametrize(
    ("surface", "ends"), [("white", ["Z", "Z"]), ("line", ["L", "L"])], ids=["a surface is closed", "a line is not"]
)
def test_parts_of_a_path_end_as_their_surface_asks(surface: str, ends: list[str]) -> None:
    path = outline(Mark.of({"surface": surface, "path": "M 0 0 L 9 0 L 9 9 M 20 20 L 30 20 L 30 30"}))
    begins = [at for at, op in enumerate(path) if op[0] == "M"]
    assert [path[at - 1][0] for at in (begins[1], len(path))] == ends
