"""Typefaces by role: found in folders, played by gothic where they are not."""

from pathlib import Path

import pytest

from drawing.lettering.fonts import FILES, Faces, faces, standard_folders
from tests.drawing.lettering.typing_desk import all_faces


def test_without_any_font_file_gothic_plays_all_roles() -> None:
    bare = Faces(())
    assert set(bare.absent) == set(FILES)
    assert bare["antique"].has("漢")
    assert bare["antique"].width("あ") == pytest.approx(1.0, abs=0.05)


def test_the_faces_that_the_project_fetches_have_what_they_set() -> None:
    found = all_faces()
    if not found.absent:
        assert found["antique"].has("あ")
        assert found["sharp"].has("ド")
        assert found["comic"].has("A")


def test_a_character_that_a_face_lacks_is_set_in_gothic() -> None:
    found = all_faces()
    assert found.setting("comic", "漢") is found["gothic"]
    assert found.lacks("\U0001f98a")
    assert not found.lacks("漢 字")


def test_the_faces_of_a_list_of_folders_are_opened_once() -> None:
    assert faces(standard_folders()) is faces(standard_folders())


def test_faces_are_looked_for_in_the_checkout_then_under_the_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MANGA_HOME", str(tmp_path))
    first, second = standard_folders()
    assert first.endswith("assets/fonts")
    assert second == str(tmp_path / "fonts")


def test_vertical_outlines_hang_below_their_origin_and_level_ones_stand_on_it() -> None:
    gothic = all_faces()["gothic"]
    down = [float(op[2]) for op in gothic.outline("漢", vertical=True) if len(op) > 2]
    up = [float(op[2]) for op in gothic.outline("H", vertical=False) if len(op) > 2]
    assert min(down) >= 0
    assert max(up) <= 0.001


def test_a_small_kana_stands_in_the_upper_right_of_its_upright_cell() -> None:
    gothic = all_faces()["gothic"]
    xs = [float(op[1]) for op in gothic.outline("っ", vertical=True) if len(op) > 2]
    assert sum(xs) / len(xs) > 0
