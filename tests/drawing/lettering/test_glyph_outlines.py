"""What is drawn of set type: paths in their cells, bars for dashes, the plain I of words, glyphs that no face has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.ink.paths import to_data
from drawing.lettering.glyph_outlines import glyph_outline, missing_glyphs, run_outline
from drawing.lettering.horizontal_text import set_level
from manga.lettering import TextRun
from tests.drawing.lettering.typing_desk import HAND, NOWHERE, all_faces, set_text


def level(*lines: str) -> TextRun:
    return set_level(lines, " ".join(lines), NOWHERE, "comic", 10.0, all_faces())


def test_outlines_lie_where_their_cells_are() -> None:
    run = set_text("犬が、ちょっと待って！")
    xs = [float(op[i]) for op in run_outline(run, all_faces()) for i in range(1, len(op), 2)]
    assert min(xs) > -0.5
    assert max(xs) < run.box.width + 0.5


@pytest.mark.parametrize("text", ["<svg onload=alert(1)>", "\"'><script>", "]]>&amp;", "url(javascript:0)", "\\n\\x00"])
def test_hostile_text_becomes_nothing_but_paths(text: str) -> None:
    data = to_data(run_outline(set_text(text), all_faces()))
    assert set(data) <= set("MLCQZ0123456789.-e ,")


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=20))
def test_any_text_at_all_can_be_drawn(text: str) -> None:
    if text.strip():
        run_outline(level(text), all_faces())


def test_a_dash_of_any_length_is_one_bar_as_long_as_its_cell() -> None:
    (bar,) = [g for g in set_text("あ———い").glyphs if "—" in g.text]
    ys = [float(op[2]) for op in glyph_outline(bar, all_faces()) if len(op) > 2]
    assert min(ys) == pytest.approx(bar.box.y)
    assert max(ys) == pytest.approx(bar.box.bottom)
    assert bar.box.height == 3 * HAND.size_mm


def test_only_the_pronoun_keeps_its_crossbars() -> None:
    assert len(run_outline(level("I"), all_faces())) != 5
    assert len(run_outline(level("II"), all_faces())) == 10


def test_a_letter_that_no_face_has_is_counted_and_one_that_gothic_has_is_not() -> None:
    assert missing_glyphs(set_text("漢あ\U0001f98a"), all_faces()) == 1
    assert missing_glyphs(set_text("鱻麤——"), all_faces()) == 0


def test_a_turned_word_is_drawn_as_high_as_it_is_long() -> None:
    (glyph,) = [g for g in set_text("あのNASAだ").glyphs if g.turn]
    path = glyph_outline(glyph, all_faces())
    xs, ys = ([float(op[i]) for op in path for i in range(k, len(op), 2)] for k in (1, 2))
    assert max(ys) - min(ys) > max(xs) - min(xs)
