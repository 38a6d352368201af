"""A face is where its model told, if that can be true; everybody else is where the direction sent them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.art.draw_panel import draw_panel, expected_anchors
from drawing.raster.match_faces import matched, mouth_of
from manga.artwork import FigureAnchors
from manga.characters import Look
from manga.geometry import Rect, inside
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot
from tests.drawing.art.test_draw_panel import LOOKS, directed
from tests.drawing.raster.pictures import disc, panel_of, paper, scene

LEFT = Rect(x=0.1, y=0.2, width=0.15, height=0.25)
RIGHT = Rect(x=0.7, y=0.3, width=0.15, height=0.25)
SQUARE = 1.0


def expected(*people: str) -> tuple[FigureAnchors, ...]:
    looks = {who: Look() for who in people}
    return expected_anchors(brief_for(80, 80, scene(*people), looks))


def face_of(figures: tuple[FigureAnchors, ...], who: str) -> Rect | None:
    return next(figure.face for figure in figures if figure.character == who)


def test_told_faces_win_over_the_direction() -> None:
    found = matched([("c02", LEFT), ("c01", RIGHT)], expected("c01", "c02"), SQUARE)
    assert found.found_by == "model"
    assert [figure.character for figure in found.figures] == ["c02", "c01"]
    assert face_of(found.figures, "c01") == RIGHT
    assert face_of(found.figures, "c02") == LEFT


def test_without_a_told_face_the_direction_stands() -> None:
    people = expected("c01", "c02")
    assert matched([], people, SQUARE).figures == people
    assert matched([], people, SQUARE).found_by == "direction"


@pytest.mark.parametrize(
    "box",
    [
        Rect(x=0.1, y=0.1, width=0.01, height=0.01),
        Rect(x=0, y=0, width=1, height=1),
        Rect(x=0, y=0.4, width=0.9, height=0.1),
        Rect(x=0.4, y=0, width=0.05, height=0.9),
    ],
    ids=["a speck", "all", "a stripe", "a pole"],
)
def test_what_cannot_be_a_face_is_not_believed(box: Rect) -> None:
    assert matched([("c01", box)], expected("c01"), SQUARE).found_by == "direction"


def test_the_shape_of_a_face_is_judged_in_millimetres() -> None:
    upright = Rect(x=0.2, y=0.2, width=0.1, height=0.35)
    assert matched([("c01", upright)], expected("c01"), 3.0).found_by == "model"
    assert matched([("c01", upright)], expected("c01"), 1.0).found_by == "direction"


def test_two_faces_in_one_place_are_one() -> None:
    found = matched([("c01", LEFT), ("c02", LEFT.moved(0.01, 0))], expected("c01", "c02"), SQUARE)
    assert face_of(found.figures, "c01") == LEFT
    assert face_of(found.figures, "c02") != LEFT.moved(0.01, 0)


def test_nobody_has_more_faces_than_there_are_figures() -> None:
    found = matched([("c01", LEFT), ("x", RIGHT)], expected("c01"), SQUARE)
    assert [figure.character for figure in found.figures] == ["c01"]
    assert face_of(found.figures, "c01") == LEFT


def test_faces_of_nobody_in_particular_go_from_left_to_right() -> None:
    found = matched([("a", RIGHT), ("b", LEFT)], expected("c01", "c02"), SQUARE)
    assert face_of(found.figures, "c01") == LEFT
    assert face_of(found.figures, "c02") == RIGHT


def test_a_face_that_was_not_told_gives_way_to_one_that_was() -> None:
    people = expected("c01", "c02")
    theirs = face_of(people, "c02")
    assert theirs is not None
    found = matched([("c01", theirs)], people, SQUARE)
    assert face_of(found.figures, "c02") is None
    assert next(f.mouth for f in found.figures if f.character == "c02") is None


@given(st.floats(0, 0.8), st.floats(0, 0.8), st.floats(0.05, 0.2), st.sampled_from(list(Shot)))
def test_head_body_and_mouth_follow_the_face(x: float, y: float, size: float, shot: Shot) -> None:
    face = Rect(x=x, y=y, width=size, height=size)
    people = expected_anchors(brief_for(80, 80, scene("c01", shot=shot), {"c01": Look()}))
    (figure, *_) = matched([("c01", face)], people, SQUARE).figures or (None,)
    if figure is None:
        return
    assert figure.face == face
    assert figure.mouth is not None
    assert inside(figure.mouth, face.polygon())
    assert figure.mouth[1] > face.y + 2 / 3 * face.height
    unit = Rect(x=0, y=0, width=1, height=1)
    assert figure.head is not None
    assert all(unit.contains(part, 1e-3) for part in (figure.body, figure.head, *figure.hands))
    assert figure.head.overlap(face) > 0.6 * face.area


def test_somebody_whose_back_was_directed_and_whose_face_was_told_has_a_whole_body() -> None:
    away = SceneDirection(shot=Shot.BUST, figures=(FigureDirection(character="c01", facing="back"),), setting="street")
    (figure,) = matched([("c01", LEFT)], expected_anchors(brief_for(80, 80, away, {"c01": Look()})), SQUARE).figures
    assert figure.face == LEFT
    assert figure.mouth == mouth_of(LEFT)
    assert figure.body.area > LEFT.area


def test_faces_are_told_of_the_whole_picture_and_kept_of_what_the_panel_shows() -> None:
    face = Rect(x=0.05, y=0.3, width=0.1, height=0.3)
    eyes = disc(disc(paper(800, 400), 70, 170, 6), 90, 170, 6)
    panel = panel_of(eyes, 40, 40, direction=scene("c01"), boxes=(("c01", face),))
    (figure,) = panel.figures
    assert figure.face is not None
    assert figure.face.width == pytest.approx(0.2, abs=0.001)
    assert figure.face.height == pytest.approx(0.3, abs=0.001)
    assert figure.face.x >= 0
    assert panel.found_by == "model"


def test_a_panel_of_people_without_looks_still_knows_where_they_are() -> None:
    panel = panel_of(paper(), direction=scene("c01", "c02"))
    assert [figure.character for figure in panel.figures] == ["c01", "c02"]
    assert all(figure.face for figure in panel.figures)
    assert panel.found_by == "direction"


@pytest.mark.parametrize("shot", list(Shot))
@pytest.mark.parametrize("setting", ["classroom", "river", "hospital"])
def test_what_is_expected_is_where_the_artist_draws_it(shot: Shot, setting: str) -> None:
    people = tuple(directed(name, x) for name, x in zip(LOOKS, (0.2, 0.5, 0.8), strict=False))
    scene_of = SceneDirection(shot=shot, figures=people, setting=setting)
    request = brief_for(90, 60, scene_of, LOOKS)
    assert expected_anchors(request) == draw_panel(request).figures
