"""Titles of strips: in the middle of their place, in one line, smaller where they must be."""

import pytest

from drawing.lettering.fonts import faces, standard_folders
from drawing.lettering.strip_titles import HEAD_Q, Q_MM, set_head
from manga.brief import Language
from manga.comic_strips import StripHead
from manga.geometry import Rect

BOX = Rect(x=20, y=18, width=70, height=6)
SCALE = 0.82


def _set(title: str, language: Language = Language.JA, box: Rect = BOX) -> Rect:
    return set_head(StripHead(panel="b0001", title=title, box=box), language, SCALE, faces(standard_folders())).text.box


@pytest.mark.parametrize(("title", "language"), [("望遠鏡", Language.JA), ("The lantern", Language.EN)])
def test_a_title_stands_in_the_middle_of_its_place(title: str, language: Language) -> None:
    box = _set(title, language)
    assert box.centre == pytest.approx(BOX.centre, abs=0.01)
    assert box.height == pytest.approx(min(BOX.height, HEAD_Q[language] * Q_MM * SCALE), abs=0.01)


def test_a_long_title_shrinks_to_its_place() -> None:
    box = _set("むかしむかしあるところにおじいさんとおばあさんがいました")
    assert box.width == pytest.approx(BOX.width, abs=0.01)
    assert box.height < 4


def test_an_english_title_is_set_in_capitals() -> None:
    head = StripHead(panel="b0001", title="The lantern", box=BOX)
    run = set_head(head, Language.EN, SCALE, faces(standard_folders())).text
    assert "".join(glyph.text for glyph in run.glyphs) == "THELANTERN"
    assert run.source == "The lantern"
