"""A being that is an object is drawn as that thing, wherever a panel shows it, and counts as seen."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel, expected_anchors
from drawing.art.living_objects import ink_object, object_of
from drawing.ink.canvas import Canvas
from manga.characters import Kind, Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot

UMBRELLA = Look(kind=Kind.THING, marks=("one bent rib", "umbrella"))
LOOKS = {"a": Look(), "u": UMBRELLA}
WALKER = FigureDirection(character="a", x=0.3)
BEING = FigureDirection(character="u", x=0.7)


def drawn(shot: Shot, *figures: FigureDirection, looks: dict[str, Look] | None = None) -> DrawnPanel:
    direction = SceneDirection(shot=shot, setting="room", figures=figures)
    return draw_panel(brief_for(90, 60, direction, looks or LOOKS))


@pytest.mark.parametrize("shot", [Shot.FULL, Shot.MEDIUM, Shot.BUST, Shot.LONG])
def test_it_stands_beside_people_where_it_is_directed_to_be(shot: Shot) -> None:
    made = drawn(shot, WALKER, BEING)
    assert {figure.character for figure in made.drawn.figures} == {"a", "u"}
    assert made.drawn.things == ("umbrella",)
    where = {anchors.character: anchors for anchors in made.figures}
    assert where["u"].body.centre[0] == pytest.approx(0.7, abs=0.05)
    assert (where["u"].head, where["u"].face) == (None, None)
    assert where["u"].mouth == where["u"].body.centre, "its balloon points at it"


def test_it_is_before_nobodys_face_and_in_the_air_where_it_leaps() -> None:
    made = drawn(Shot.MEDIUM, WALKER, BEING.model_copy(update={"x": 0.3}))
    where = {anchors.character: anchors for anchors in made.figures}
    face, box = where["a"].face, where["u"].body
    assert face
    assert not (box.x < face.right and face.x < box.right and box.y < face.bottom and face.y < box.bottom)
    leaps = drawn(Shot.FULL, BEING.model_copy(update={"pose": "jump"})).figures[0]
    assert leaps.body.bottom < drawn(Shot.FULL, BEING).figures[0].body.bottom - 0.2


def test_alone_and_near_it_is_an_insert_of_the_thing() -> None:
    near, far = drawn(Shot.CLOSE, BEING), drawn(Shot.LONG, BEING)
    assert all({one.character for one in made.drawn.figures} == {"u"} for made in (near, far))
    assert near.figures[0].body.area > 2 * far.figures[0].body.area


def test_whoever_holds_it_holds_the_thing() -> None:
    made = drawn(Shot.MEDIUM, WALKER.model_copy(update={"holds": "umbrella"}), BEING)
    assert [(one.character, one.holds) for one in made.drawn.figures] == [("a", ("umbrella",)), ("u", ())]
    assert made.drawn.things == (), "there is one of it"


def test_a_thing_that_nobody_knows_is_not_seen() -> None:
    strange = {**LOOKS, "u": Look(kind=Kind.THING, marks=("zzyzx",))}
    made = drawn(Shot.FULL, WALKER, BEING, looks=strange)
    assert {one.character for one in made.drawn.figures} == {"a"}
    assert made.missing == ("prop: zzyzx",)


def test_it_has_no_body_for_pictures_that_are_drawn_elsewhere() -> None:
    direction = SceneDirection(shot=Shot.FULL, setting="room", figures=(WALKER, BEING))
    assert [one.character for one in expected_anchors(brief_for(90, 60, direction, LOOKS))] == ["a"]


def test_its_sheet_is_of_the_thing() -> None:
    assert object_of(UMBRELLA) == "umbrella"
    assert object_of(Look(marks=("umbrella",))) == "", "a person who has one"
    canvas = Canvas(50, 60)
    ink_object(canvas, UMBRELLA, Rect(x=0, y=0, width=50, height=60))
    assert [one.name for one in canvas.finish().shown] == ["umbrella"]
