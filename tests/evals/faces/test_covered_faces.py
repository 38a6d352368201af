"""What letters cover is counted against boxes that are known to be right; the counts can fall."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from evals.faces.covered_faces import Cover, cover_in
from evals.faces.lettered_pages import Hung, hang
from evals.faces.others_pictures import OthersPicture, SeenFigure, pictures_in, strayed
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import PanelBrief, brief_for
from tests.drawing.raster.pictures import encoded, outline, paper, scene

FACE = Rect(x=0.4, y=0.4, width=0.2, height=0.2)
HEAD = Rect(x=0.35, y=0.3, width=0.3, height=0.35)
HAND = Rect(x=0.1, y=0.8, width=0.1, height=0.1)


def panel() -> PanelBrief:
    return brief_for(80, 60, scene("c01"), {"c01": Look()}, outline=outline(80, 60))


def hung(picture: OthersPicture) -> Hung:
    return hang(panel(), picture, "right")


def seen(*figures: SeenFigure) -> OthersPicture:
    image = paper(800, 600)
    image.paste(0, (360, 280, 380, 300))
    return OthersPicture("one", encoded(image), figures)


def covered_by(box: Rect) -> Cover:
    figure = SeenFigure("c01", HEAD, FACE, (HAND,))
    return cover_in(hung(seen(figure)), outline(80, 60), [box.polygon()])


def test_a_balloon_over_eyes_covers_face_features_and_hair() -> None:
    cover = covered_by(Rect(x=30, y=18, width=20, height=14))
    assert (cover.faces, cover.covered, cover.features, cover.hair, cover.hidden) == (1, 1, 1, 1, 0)


def test_a_balloon_beside_everything_covers_nothing() -> None:
    cover = covered_by(Rect(x=55, y=0, width=20, height=15))
    assert (cover.covered, cover.features, cover.hair, cover.hidden) == (0, 0, 0, 0)


def test_a_balloon_over_a_hand_that_holds_something_hides_it() -> None:
    assert covered_by(Rect(x=8, y=48, width=8, height=6)).hidden == 1


def test_a_face_that_the_crop_cuts_off_is_not_counted() -> None:
    far = SeenFigure("c01", Rect(x=0, y=0.4, width=0.1, height=0.2), Rect(x=0.0, y=0.42, width=0.05, height=0.1))
    wide = encoded(paper(2400, 600))
    assert hang(panel(), OthersPicture("wide", wide, (far,)), "none").people == ()


def test_our_artist_goes_astray_and_knows_where_its_people_are() -> None:
    straight, mirrored = strayed(panel(), "as directed"), strayed(panel(), "mirrored")
    assert straight.figures[0].face
    assert mirrored.figures[0].face
    x = straight.figures[0].head.centre[0]
    assert mirrored.figures[0].head.centre[0] == pytest.approx(1 - x, abs=0.15)


def test_pictures_come_with_boxes_in_pixels(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(paper(400, 200)))
    boxes = tmp_path / "boxes.json"
    boxes.write_text(json.dumps({"a.png": [{"head": [40, 20, 80, 100], "face": None, "hands": [[0, 0, 40, 20]]}]}))
    (picture,) = pictures_in(tmp_path, boxes)
    assert picture.figures[0].head == Rect(x=0.1, y=0.1, width=0.2, height=0.5)
    assert picture.figures[0].contact == (Rect(x=0, y=0, width=0.1, height=0.1),)
    assert Image.open(io.BytesIO(picture.data)).size == (400, 200)


def test_boxes_without_a_head_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(paper()))
    (tmp_path / "boxes.json").write_text('{"a.png": [{"face": null}]}')
    with pytest.raises(ValueError, match=r"boxes\.json: not boxes"):
        pictures_in(tmp_path, tmp_path / "boxes.json")
