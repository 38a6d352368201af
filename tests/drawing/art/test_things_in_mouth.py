"""What a beast has in its mouth, and what has wound itself around a neck: where it is drawn."""

from itertools import cycle

import pytest

from drawing.art.animals.animal_figure import animal
from drawing.art.draw_panel import draw_panel
from drawing.art.figure import Figure
from drawing.art.make_figure import figure_of
from drawing.art.things.find_drawing import thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, from_data
from drawing.ink.pen import Pen
from manga.characters import Look
from manga.geometry import Rect, bounds
from manga.panel_brief import brief_for
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

KINDS = ("fox", "dog", "cat", "wolf", "bear", "mouse")
FACINGS = ("front", "left", "right")
THINGS = ("eel", "fish", "rope", "letter", "stick", "bone", "snake")


def made(kind: str, facing: str, holds: str, pose: Pose = Pose.STAND, *, near: bool = False) -> Figure:
    look = Look.model_validate({"kind": kind, "outfit": "none", "hair_color": "tone"})
    return animal(look, Expression.NEUTRAL, pose, facing, holds, near=near)


def inked(figure: Figure) -> list[tuple[object, ...]]:
    canvas = Canvas(10, 10)
    figure.ink(Pen(canvas, 0.02))
    return [call for call in canvas.finish().calls if call[0] == "f"]


def added(with_it: Figure, without: Figure) -> list[Rect]:
    """The surfaces that one of two figures has and the other has not, in the order of drawing."""
    before = set(inked(without))
    return [box(from_data(str(call[1]))) for call in inked(with_it) if call not in before]


def reaches(rect: Rect, x: float, y: float, by: float = 0.12) -> bool:
    return rect.x - by <= x <= rect.right + by and rect.y - by <= y <= rect.bottom + by


@pytest.mark.parametrize("facing", FACINGS)
@pytest.mark.parametrize(("kind", "thing"), [*zip(KINDS, cycle(THINGS)), *(("fox", thing) for thing in THINGS)])
def test_what_a_beast_has_in_its_mouth_begins_between_its_jaws(kind: str, facing: str, thing: str) -> None:
    for near in (False, True):
        bare, carrying = made(kind, facing, "", near=near), made(kind, facing, thing, near=near)
        assert carrying.marks.mouth
        assert any(reaches(rect, *carrying.marks.mouth) for rect in added(carrying, bare)[:2])


@pytest.mark.parametrize("facing", FACINGS)
def test_the_lip_lies_over_what_a_beast_has_in_its_mouth(facing: str) -> None:
    """The last surfaces that come with the thing are small and at the mouth: the muzzle, not the thing."""
    figure = made("fox", facing, "fish")
    thing, *_, lip = added(figure, made("fox", facing, ""))
    assert figure.marks.mouth
    assert lip.area < 0.4 * thing.area
    assert reaches(lip, *figure.marks.mouth)


@pytest.mark.parametrize("facing", FACINGS)
@pytest.mark.parametrize("thing", ["fish", "stick", "bone"])
def test_a_thing_with_two_ends_lies_across_the_mouth(facing: str, thing: str) -> None:
    figure = made("fox", facing, thing)
    found = bounds([p for r in added(figure, made("fox", facing, "")) for p in r.polygon()])
    assert figure.marks.mouth
    assert found.width > 1.5 * found.height
    assert found.x < figure.marks.mouth[0] - 0.2
    assert found.right > figure.marks.mouth[0] + 0.2


@pytest.mark.parametrize("mark", ["heron", "goose", "owl"])
@pytest.mark.parametrize("holds", ["fish", "letter"])
def test_the_beak_that_a_bird_has_closes_over_what_it_carries(mark: str, holds: str) -> None:
    look = Look.model_validate({"kind": "bird", "outfit": "none", "marks": (mark,)})
    bare, carrying = (animal(look, Expression.NEUTRAL, Pose.STAND, "left", thing) for thing in ("", holds))
    assert len(inked(carrying)) > len(inked(bare))
    assert inked(carrying)[-1] in inked(bare)


@pytest.mark.parametrize("facing", FACINGS)
def test_an_eel_hangs_from_the_mouth_by_its_head(facing: str) -> None:
    figure = made("fox", facing, "eel")
    found = bounds([p for r in added(figure, made("fox", facing, "")) for p in r.polygon()])
    assert figure.marks.mouth
    assert found.bottom > figure.marks.mouth[1] + 0.7


@pytest.mark.parametrize("words", ["eel around neck", "rope around its neck"])
@pytest.mark.parametrize("facing", FACINGS)
@pytest.mark.parametrize("pose", [Pose.STAND, Pose.SIT, Pose.RUN, Pose.CROUCH, Pose.LIE])
def test_what_has_wound_itself_around_a_neck_lies_between_head_and_body(words: str, facing: str, pose: Pose) -> None:
    """Beside the head, across the neck, and off the face."""
    for kind in ("fox", "dog", "bear", "mouse"):
        bare, wound = made(kind, facing, "", pose), made(kind, facing, words, pose)
        head, body, face = wound.marks.head, wound.marks.body, wound.marks.face
        surfaces = added(wound, bare)
        turns = [r for r in surfaces if max(r.width, r.height) > 0.3 * head.width and r.overlap(body) > 0.4 * r.area]
        assert len(turns) >= 2
        around = bounds([p for r in turns for p in r.polygon()])
        assert reaches(around, *head.centre, by=0.5 * max(head.width, head.height) + 0.3)
        assert face is None or all(r.overlap(face) < 0.45 * face.area for r in surfaces)


def test_an_eel_whose_head_is_in_the_mouth_goes_from_there_around_the_neck() -> None:
    bare, around = made("fox", "front", ""), made("fox", "front", "eel around neck")
    both = made("fox", "front", "eel in mouth, around neck")
    assert both.marks.mouth
    assert any(reaches(r, *both.marks.mouth) for r in added(both, around))
    assert len(added(both, bare)) > len(added(around, bare)) - 3


@pytest.mark.parametrize("facing", FACINGS)
def test_a_snake_around_a_persons_neck_is_there_and_not_in_his_hand(facing: str) -> None:
    look = Look.model_validate({"gender": "male", "outfit": "kimono"})
    scene = SceneDirection(shot=Shot.FULL, setting="road")

    def person(holds: str) -> Figure:
        of = {"character": "c01", "facing": facing, "holds": holds}
        return figure_of(look, FigureDirection.model_validate(of), scene)

    figure = person("snake around neck")
    coils = bounds([p for r in added(figure, person("")) for p in r.polygon()])
    head = figure.marks.head
    assert abs(coils.centre[0] - head.centre[0]) < 0.5
    assert head.centre[1] < coils.centre[1] < head.bottom + 0.6


@pytest.mark.parametrize("pose", [Pose.DIG, Pose.STAND, Pose.SIT])
def test_a_beast_digs_with_its_paws(pose: Pose) -> None:
    for tool in ("hoe", "broom"):
        assert inked(made("fox", "left", tool, pose)) == inked(made("fox", "left", "", pose))


def test_the_words_for_it_name_the_thing() -> None:
    assert thing_of("eel around neck") == "eel"
    assert thing_of("a snake around his neck") == "snake"
    assert thing_of("首にうなぎ") == "eel"
    assert thing_of("bone") == "bone"


@pytest.mark.parametrize("shot", ["close", "bust", "full"])
@pytest.mark.parametrize("holds", ["eel", "eel in mouth, around neck"])
def test_it_is_in_the_picture_from_near_and_from_afar(shot: str, holds: str) -> None:
    def calls(held: str) -> int:
        of = ({"character": "c01", "facing": "front", "holds": held},)
        direction = SceneDirection.model_validate({"shot": shot, "setting": "river", "figures": of})
        look = Look.model_validate({"kind": "fox", "outfit": "none"})
        found = draw_panel(brief_for(45, 97, direction, {"c01": look}))
        assert found.missing == ()
        return len(found.drawing.calls)

    assert calls(holds) > calls("") + 2
