"""Letters that a model drew by itself are found and painted out where their ground is even; lines alone are none."""

from pathlib import Path

import numpy as np
import pytest
from PIL import ImageDraw, ImageFont

from drawing.lettering.fonts import FILES, standard_folders
from drawing.raster import find_letters, read_letters
from drawing.raster.find_letters import found_letters
from drawing.raster.paint_out_letters import painted_out
from drawing.raster.read_letters import Reading
from manga.lettering import FaceName
from tests.drawing.raster.pictures import Picture, box, disc, panel_of, paper


def font(role: FaceName, em: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(standard_folders()[0]) / FILES[role]), em)


def scene() -> Picture:
    """Lines and discs, no letters."""
    image = disc(box(paper(480, 360, 200), 0, 260, 479, 359, 120), 120, 200, 60, 40)
    for x in range(0, 480, 30):
        ImageDraw.Draw(image).line((x, 250, x + 60, 359), fill=0, width=3)
    return image


def balloon(text: str = "LOOK OUT!", *, upright: bool = False) -> Picture:
    image = scene()
    pen = ImageDraw.Draw(image)
    pen.ellipse((210, 20, 460, 190), fill=255, outline=0, width=3)
    if upright:
        for i, letter in enumerate(text):
            pen.text((335, 65 + 27 * i), letter, font=font("antique", 25), fill=0, anchor="mm")
    else:
        pen.text((335, 105), text, font=font("comic", 32), fill=0, anchor="mm")
    return image


def found(image: Picture) -> list[str]:
    return [one.text for one in found_letters(np.asarray(image))]


def test_lines_and_columns_of_both_languages_are_read_and_a_picture_without_letters_has_none() -> None:
    assert found(balloon()) == ["LOOK OUT!"]
    assert found(balloon("待ってくれ", upright=True)) == ["待ってくれ"]
    assert found(scene()) == []


def test_a_column_that_is_not_read_lying_is_read_letter_by_letter() -> None:
    column = paper(60, 240)
    for i, letter in enumerate("バタバタ"):
        ImageDraw.Draw(column).text((30, 30 + 60 * i), letter, font=font("heavy", 52), fill=0, anchor="mm")
    lying = np.ascontiguousarray(np.rot90(np.asarray(column)))
    assert read_letters.read(read_letters.side_by_side(lying)).text == "バタバタ"


def test_a_sound_in_a_column_over_the_drawing_is_read_without_what_is_behind_it() -> None:
    image = paper(700, 900, 190)
    pen = ImageDraw.Draw(image)
    for x in range(-300, 700, 46):
        pen.line((x, 0, x + 300, 900), fill=0, width=7)
    for i in range(3):
        at, halo = (360 + 12 * i, 200 + 190 * i), {"stroke_width": 16, "stroke_fill": 255}
        pen.text(at, "ズ", font=font("sharp", 190), fill=0, anchor="mm", **halo)
    assert len(found(image)) == 1


def test_a_signature_in_a_lower_corner_is_found() -> None:
    image = scene().resize((1440, 1080))
    ImageDraw.Draw(image).text((1330, 1050), "A. Kern", font=font("hand", 22), fill=0, anchor="mm")
    assert found(image)


def test_on_an_even_ground_they_are_painted_out_and_the_line_of_the_balloon_stays() -> None:
    image = balloon()
    clean, left = painted_out(image, found_letters(np.asarray(image)))
    assert (left, found(clean)) == ((), [])
    inside = np.asarray(clean)[60:150, 260:410]
    assert inside.min() > 240
    assert (np.asarray(clean)[:20] == np.asarray(image)[:20]).all()
    assert np.asarray(clean)[105, 205:220].min() < 60


def test_over_the_drawing_itself_they_stay() -> None:
    image = scene()
    for x in range(-60, 480, 12):
        ImageDraw.Draw(image).line((x, 40, x + 100, 240), fill=0, width=3)
    pen = ImageDraw.Draw(image)
    pen.text((240, 140), "CRASH", font=font("comic_sfx", 90), fill=0, stroke_width=6, stroke_fill=255, anchor="mm")
    there = found_letters(np.asarray(image))
    clean, left = painted_out(image, there)
    assert there
    assert left == there
    assert (np.asarray(clean) == np.asarray(image)).all()


@pytest.mark.parametrize("color", [False, True])
def test_a_panel_tells_of_them_only_where_they_are_looked_for(color: bool) -> None:
    image = balloon().convert("RGB")
    told = panel_of(image, color=color, lettered=True)
    assert (told.letters, told.letters_stay) == (("LOOK OUT!",), False)
    assert panel_of(image, color=color).letters == ()
    assert panel_of(scene().convert("RGB"), color=color, lettered=True).letters == ()


def test_without_the_library_of_the_weights_none_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_letters, "network", lambda name: None)
    assert found(balloon()) == []


def test_the_same_stroke_again_and_again_is_no_word_unless_it_is_read_with_certainty() -> None:
    for strokes, sure in (("1111", 0.85), ("WWW", 0.85), ("D", 0.85), ("KA", 0.7)):
        assert not find_letters._is_text(sure - 0.1, Reading(strokes, 0.9))
        assert find_letters._is_text(sure, Reading(strokes, 0.9))
    assert find_letters._is_text(0.6, Reading("LOOK", 0.9))


def test_a_row_of_one_kanji_is_no_word_though_it_is_read_with_certainty_and_a_row_of_one_kana_is() -> None:
    for accepts in (find_letters._is_text, find_letters._is_surely_text, find_letters._is_signature):
        assert not accepts(0.95, Reading("山山山", 0.95))
        assert accepts(0.95, Reading("ゴゴゴ", 0.95))
        assert accepts(0.95, Reading("火山", 0.95))
