"""Pixels speak against told faces: blank ones and those beside a face that is seen; right ones stay."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from drawing.art.draw_panel import draw_panel
from drawing.ink.pdf import to_pdf
from drawing.pages.pdf_to_pixels import pixels
from drawing.raster.busy_areas import busy_rows, is_blank
from drawing.raster.check_told_faces import checked
from drawing.raster.find_faces import FoundFace, found_faces
from drawing.raster.match_faces import matched
from drawing.raster.panel_from_picture import make_panel
from manga.artwork import FigureAnchors
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import PanelBrief, brief_for
from manga.storyboard import Shot
from tests.drawing.raster.pictures import box, disc, encoded, outline, paper, scene
from tests.drawing.raster.test_match_faces import LEFT, RIGHT, expected, face_of

SQUARE = 1.0
SEEN = FoundFace(LEFT, 0.8)
DOUBTFUL = FoundFace(LEFT, 0.27)


def drawn_nothing(_: Rect) -> bool:
    return False


def test_a_face_where_one_is_seen_stays() -> None:
    found = checked([("c01", LEFT)], [SEEN], drawn_nothing, SQUARE)
    assert (found.told, found.vetoed, found.others, found.beside) == ((("c01", LEFT),), (), (), ())


def test_a_face_beside_one_that_is_seen_is_struck_out_and_never_put_there() -> None:
    beside = LEFT.moved(0.3, 0.1)
    found = checked([("c01", beside)], [SEEN], drawn_nothing, SQUARE)
    assert (found.told, found.vetoed, found.others) == ((), ("c01",), (SEEN,))


@pytest.mark.parametrize(
    ("face", "aspect"), [(DOUBTFUL, SQUARE), (SEEN, 4.0), (FoundFace(LEFT.inset(0.07), 0.9), SQUARE)]
)
def test_a_doubtful_one_a_far_one_and_one_of_another_size_strike_out_nothing(face: FoundFace, aspect: float) -> None:
    told = (("c01", LEFT.moved(0.25, 0.3)),)
    assert checked(told, [face], drawn_nothing, aspect).told == told


def test_a_seen_face_of_somebody_told_strikes_out_nobody_else() -> None:
    told = (("c01", LEFT), ("c02", LEFT.moved(0.3, 0)))
    assert checked(told, [SEEN], drawn_nothing, SQUARE).told == told


def test_a_face_on_blank_paper_is_struck_out() -> None:
    found = checked([("c01", LEFT)], [], lambda _: True, SQUARE)
    assert found.vetoed == ("c01",)


def test_a_seen_face_that_sticks_out_of_its_box_is_kept_free_too() -> None:
    assert checked([("c01", LEFT.moved(0.06, 0.05))], [SEEN], drawn_nothing, SQUARE).beside == (LEFT,)


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_faces_seen_in_one_box_the_surer_one_is_meant(order: int) -> None:
    told = LEFT.moved(0.06, 0.05)
    seen = [FoundFace(LEFT, 0.9), FoundFace(told, 0.3)][::order]
    assert checked([("c01", told)], seen, drawn_nothing, SQUARE).beside == (LEFT,)


def test_faces_that_are_seen_go_to_those_who_are_left_where_they_are_as_many() -> None:
    found = matched([], expected("c01", "c02"), SQUARE, [RIGHT, LEFT])
    assert (found.found_by, found.strangers) == ("detector", ())
    assert (face_of(found.figures, "c01"), face_of(found.figures, "c02")) == (LEFT, RIGHT)


def test_where_they_are_fewer_the_nearest_are_meant_and_the_others_stand_as_directed() -> None:
    people = expected("c01", "c02")
    found = matched([], people, SQUARE, [RIGHT])
    assert (found.found_by, found.strangers) == ("detector", ())
    assert face_of(found.figures, "c02") == RIGHT
    assert face_of(found.figures, "c01") == face_of(people, "c01")


def test_where_they_are_more_those_left_over_are_nobodys() -> None:
    found = matched([], expected("c01"), SQUARE, [RIGHT, LEFT])
    assert len(found.strangers) == 1
    assert {face_of(found.figures, "c01"), *found.strangers} == {LEFT, RIGHT}


def test_told_faces_beyond_those_who_were_directed_are_nobodys_and_kept_free() -> None:
    found = matched([("c01", LEFT), ("c02", RIGHT)], expected("c01"), SQUARE)
    assert (face_of(found.figures, "c01"), found.strangers) == (LEFT, (RIGHT,))


def test_where_a_told_face_was_struck_out_no_seen_one_takes_its_place() -> None:
    found = matched([], expected("c01"), SQUARE, [RIGHT], vetoed=("c01",))
    assert found.strangers == (RIGHT,)
    assert face_of(found.figures, "c01") != RIGHT


def drawn_people() -> tuple[bytes, PanelBrief, tuple[FigureAnchors, ...]]:
    """Two people of our own artist, as pixels."""
    brief = brief_for(90, 70, scene("c01", "c02", shot=Shot.BUST), {"c01": Look(), "c02": Look(hair_style="long")})
    drawn = draw_panel(brief)
    out = io.BytesIO()
    pixels(to_pdf(drawn.drawing), width_px=1024).save(out, "PNG", compress_level=1)
    return out.getvalue(), brief, drawn.figures


def test_faces_are_found_in_a_picture_and_nothing_else_is() -> None:
    data, _, figures = drawn_people()
    with Image.open(io.BytesIO(data)) as image:
        found = found_faces(np.asarray(image.convert("L")))
    heads = [figure.head for figure in figures if figure.head]
    assert found
    assert all(any(head.overlap(one.box) > 0.5 * one.box.area for head in heads) for one in found)
    assert found_faces(np.asarray(box(paper(), 100, 100, 300, 200))) == ()


def test_boxes_that_lie_two_heads_beside_their_faces_leave_the_faces_to_be_kept_free() -> None:
    data, brief, figures = drawn_people()
    faces = [figure.face for figure in figures if figure.face]
    wrong = tuple(
        (figure.character, Rect(x=figure.face.x, y=0.7, width=figure.face.width, height=figure.face.height))
        for figure in figures
        if figure.face
    )
    panel = make_panel(
        data,
        width_mm=90,
        height_mm=70,
        outline=outline(90, 70),
        direction=brief.direction.model_copy(update={"figures": brief.direction.figures[::-1]}),
        boxes=wrong,
        looks=brief.looks,
    )
    kept = [*panel.where.faces, *(figure.face for figure in panel.figures if figure.face)]
    assert all(any(face.overlap(one) > 0.5 * face.area for one in kept) for face in faces)


def test_a_picture_is_busy_where_it_has_lines_and_quiet_on_paper_tone_and_black() -> None:
    image = box(box(paper(640, 640), 320, 0, 640, 320, grey=150), 0, 320, 320, 640, grey=0)
    for i in range(40):
        box(image, 330 + 8 * i, 330, 333 + 8 * i, 630)
    rows = busy_rows(np.asarray(image), 60)
    assert (len(rows), len(rows[0])) == (20, 20)
    assert {rows[4][4], rows[4][15], rows[15][4]} == {"0"}
    assert int(rows[15][15], 16) >= 12


def test_blank_is_paper_or_an_even_tone_and_not_a_face() -> None:
    face = disc(disc(paper(grey=200), 300, 200, 6), 340, 200, 6)
    there = Rect(x=270 / 640, y=170 / 480, width=100 / 640, height=100 / 480)
    assert is_blank(np.asarray(paper(grey=200)), there)
    assert not is_blank(np.asarray(face), there)
    assert is_blank(np.asarray(face), there.moved(0.3, 0.3))


def test_a_map_of_a_picture_is_small() -> None:
    data, brief, _ = drawn_people()
    panel = make_panel(
        data, width_mm=90, height_mm=70, outline=outline(90, 70), direction=brief.direction, looks=brief.looks
    )
    assert len(json.dumps(panel.where.to_json())) < 1500
    assert encoded(paper())
