"""Where people stand in a panel's picture: as company, clear of a corner that is another panel's, clear of words."""

import pytest

from drawing.art.draw_panel import draw_panel, expected_anchors
from manga.artwork import FigureAnchors
from manga.characters import Look
from manga.geometry import Polygon
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot

LOOKS = {
    key: Look.model_validate({"gender": gender, "age": "teen"})
    for key, gender in (("c01", "male"), ("c02", "female"), ("c03", "male"), ("c04", "female"))
}
FOUR = (0.85, 0.62, 0.38, 0.15)
NOTCHED: Polygon = ((0, 0), (120, 0), (120, 60), (60, 60), (60, 20), (0, 20))
"""A panel of 120 by 60 millimetres whose foot on the left is another panel's."""


def seen(
    shot: str, xs: tuple[float, ...], width: float, height: float, outline: Polygon = (), talking: tuple[str, ...] = ()
) -> tuple[FigureAnchors, ...]:
    figures = [{"character": key, "x": x} for key, x in zip(sorted(LOOKS), xs, strict=False)]
    direction = SceneDirection.model_validate({"shot": shot, "setting": "street", "figures": figures})
    return expected_anchors(brief_for(width, height, direction, LOOKS, outline=outline, speakers=talking))


def middles(found: tuple[FigureAnchors, ...], width: float) -> list[float]:
    return sorted(figure.body.centre[0] * width for figure in found)


@pytest.mark.parametrize("shot", ["full", "long"])
def test_two_in_a_wide_view_are_company_and_not_at_both_ends(shot: str) -> None:
    near, far = middles(seen(shot, (0.73, 0.27), 150, 40), 150)
    assert far - near < 0.25 * 150


def test_people_in_a_low_wide_view_are_no_ants() -> None:
    found = seen("establishing", (0.6,), 150, 38)
    assert found[0].head is not None
    assert found[0].head.height * 38 >= 3


@pytest.mark.parametrize("shot", ["full", "long", "establishing"])
def test_nobody_stands_where_another_panel_is(shot: str) -> None:
    xs = (0.8, 0.5, 0.2)
    notched = middles(seen(shot, xs, 120, 60, NOTCHED), 120)
    assert notched[0] > 60
    assert sum(notched) > sum(middles(seen(shot, xs, 120, 60), 120))


def test_a_face_that_speaks_leaves_room_for_its_words() -> None:
    silent, speaking = seen("extreme_close", (0.5,), 50, 57)[0].face, seen("extreme_close", (0.62,), 50, 57)[0].face
    assert silent is not None
    assert speaking is not None
    assert silent.x < 0.2
    assert speaking.x > 0.33


@pytest.mark.parametrize("shot", ["bust", "medium"])
def test_heads_are_higher_in_a_wide_picture_that_has_room_for_words_beside_them(shot: str) -> None:
    square, wide = (seen(shot, (0.3, 0.7), width, 60)[0].face for width in (60, 110))
    assert square is not None
    assert wide is not None
    assert wide.centre[1] < square.centre[1] - 0.02


def alone(shot: str, facing: str, width: float = 150, height: float = 40) -> FigureAnchors:
    figure = {"character": "c01", "x": 0.5, "facing": facing}
    direction = SceneDirection.model_validate({"shot": shot, "setting": "room", "figures": [figure]})
    return expected_anchors(brief_for(width, height, direction, LOOKS))[0]


@pytest.mark.parametrize("shot", ["medium", "bust", "close"])
@pytest.mark.parametrize("facing", ["left", "right", "front"])
def test_who_is_alone_in_a_low_wide_picture_stands_off_its_middle_and_looks_into_the_rest(
    shot: str, facing: str
) -> None:
    face = alone(shot, facing).face
    assert face is not None
    middle = face.centre[0]
    assert abs(middle - 0.5) > 0.08
    if facing != "front":
        assert (middle > 0.5) is (facing == "left")


@pytest.mark.parametrize("shot", ["medium", "bust", "close"])
def test_and_is_seen_nearer_than_in_a_square_one(shot: str) -> None:
    low, square = alone(shot, "left").head, alone(shot, "left", 40, 40).head
    assert low is not None
    assert square is not None
    assert low.height > 1.1 * square.height


def heads(found: tuple[FigureAnchors, ...], height: float) -> list[float]:
    """Heights of heads, millimetres, from the left."""
    ordered = sorted(found, key=lambda figure: figure.body.centre[0])
    return [figure.head.height * height if figure.head else 0.0 for figure in ordered]


@pytest.mark.parametrize("talking", [(), ("c01", "c04")])
def test_four_in_a_low_wide_panel_are_cut_at_the_knees_and_stand_together(talking: tuple[str, ...]) -> None:
    found = seen("full", FOUR, 150, 42, talking=talking)
    assert min(heads(found, 42)) > 0.15 * 42
    places = middles(found, 150)
    assert places[-1] - places[0] < 0.62 * 150
    assert [f.character for f in sorted(found, key=lambda f: f.body.centre[0])] == ["c04", "c03", "c02", "c01"]


def test_who_talks_stands_farther_from_the_others_than_who_only_is_there() -> None:
    d, c, b, a = middles(seen("full", FOUR, 150, 42, talking=("c01", "c02")), 150)
    assert a - b > b - c > c - d


def test_faces_of_a_group_stay_clear_of_each_other() -> None:
    faces = [figure.face for figure in seen("full", FOUR, 150, 42)]
    for face in faces:
        assert face is not None
        assert all(other is face or other is None or face.overlap(other) < 0.1 * face.area for other in faces)


def test_from_afar_only_the_silent_are_shown_whole() -> None:
    silent, talk = (heads(seen("long", FOUR, 150, 42, talking=who), 42) for who in ((), ("c01",)))
    assert max(silent) < 0.16 * 42 < min(talk)


@pytest.mark.parametrize("size", [(70.0, 60.0), (60.0, 90.0)])
def test_in_other_panels_a_full_view_shows_everybody_from_head_to_foot(size: tuple[float, float]) -> None:
    width, height = size
    for figure in seen("full", FOUR[:3], width, height):
        assert figure.body.bottom < 0.99


def test_a_low_wide_view_of_nobody_is_a_view_of_the_place() -> None:
    assert seen("full", (), 150, 40) == ()


def test_a_face_with_two_texts_leaves_room_on_both_of_its_sides() -> None:
    figure = {"character": "c01", "x": 0.62}
    direction = SceneDirection.model_validate({"shot": "close", "setting": "street", "figures": [figure]})
    one, two = (
        expected_anchors(brief_for(63, 67, direction, LOOKS, speakers=("c01",), texts=texts))[0].face
        for texts in (1, 2)
    )
    assert one is not None
    assert two is not None
    assert one.centre[0] > 0.58
    assert abs(two.centre[0] - 0.5) < 0.06


@pytest.mark.parametrize("shot", ["full", "long"])
def test_two_who_lie_side_by_side_do_not_lie_in_each_other(shot: str) -> None:
    figures = [{"character": key, "x": x, "pose": "lie"} for key, x in (("c01", 0.7), ("c02", 0.3))]
    direction = SceneDirection.model_validate({"shot": shot, "setting": "rooftop", "figures": figures})
    left, right = sorted((f.body for f in expected_anchors(brief_for(71, 50, direction, LOOKS))), key=lambda b: b.x)
    assert left.right <= right.x + 0.01
    assert left.x >= 0
    assert right.right <= 1


@pytest.mark.parametrize(("width", "talking", "lower"), [(34, (), True), (34, ("c01",), False), (120, (), False)])
def test_a_face_that_fills_a_narrow_picture_leaves_room_above_it_for_what_is_told(
    width: float, talking: tuple[str, ...], lower: bool
) -> None:
    figure = FigureDirection(character="c01", facing="front")
    direction = SceneDirection(shot=Shot.CLOSE, setting="room", background="none", figures=(figure,))

    def top(texts: int) -> float:
        request = brief_for(width, 48, direction, {"c01": Look()}, speakers=talking, texts=texts)
        face = draw_panel(request).figures[0].face
        assert face
        return face.y

    assert (top(1) > top(0)) is lower
