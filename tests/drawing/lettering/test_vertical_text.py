"""Vertical setting: from the right, ruby beside its base, marks upright, no two letters on one place, nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.break_into_columns import ways
from drawing.lettering.glyph_outlines import missing_glyphs
from drawing.lettering.kinsoku import violations
from drawing.lettering.punctuation import Words, letters
from drawing.lettering.vertical_cells import cells
from drawing.lettering.vertical_text import RUBY_SIZE, is_kana, narrowed, set_vertically, widened
from drawing.pages.audit_text import drawn, rows
from manga.values import DOT, Ruby
from tests.drawing.lettering.typing_desk import ALPHABET, HAND, NOWHERE, all_faces, set_text

HOSTILE = [
    "<svg onload=alert(1)>",
    "\x00\x1b[31m赤",
    "e\u0301e\u0301か\u3099",
    "\U0001f98a狐\U0002000b",
    "あ" * 300,
    "&amp;\\u0000'\"",
    "\u202eあい\u202c",
]


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=40))
def test_any_text_at_all_can_be_set_without_loss(text: str) -> None:
    broken = ways(cells(Words(text)), text)
    if broken:
        run = set_vertically(broken[0].columns, text, NOWHERE, HAND, all_faces())
        assert letters("".join(g.text for g in run.glyphs)) == letters(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_set_as_what_it_is(text: str) -> None:
    run = set_vertically(ways(cells(Words(text)), text)[0].columns, text, NOWHERE, HAND, all_faces())
    assert letters(drawn(run)) == letters(text)
    assert all(run.box.contains(glyph.box, 1e-3) for glyph in run.glyphs)


@settings(max_examples=60)
@given(st.text(alphabet=ALPHABET, min_size=1, max_size=60))
def test_letters_stand_inside_the_texts_box_and_never_on_each_other(text: str) -> None:
    broken = ways(cells(Words(text)), text)
    if not broken:
        return
    run = set_vertically(broken[0].columns, text, NOWHERE, HAND, all_faces())
    assert all(run.box.contains(glyph.box, 1e-3) for glyph in run.glyphs)
    for i, a in enumerate(run.glyphs):
        assert all(a.box.overlap(b.box) < 1e-6 for b in run.glyphs[i + 1 :])


def test_columns_run_from_the_right_and_all_begin_at_one_height() -> None:
    run = set_text("だれだか知らないが、いつも戸の前に花を置いていくんだ")
    first = [row for row in rows(run) if row]
    tops = {
        min(g.box.y for g in run.glyphs if abs(g.box.centre[0] - x) < 0.1)
        for x in {g.box.centre[0] for g in run.glyphs}
    }
    assert len(first) > 2
    assert letters("".join(first)) == letters(run.source)
    assert tops == {0.0}


@pytest.mark.parametrize(
    "text",
    [
        "昨日の夜、学校の屋上にいたよね？",
        "えっ……見てたのか！？ ちょっと、まって、くれよっ！！",
        "（おや、なんだろう）と犬は思いました。",
    ],
)
def test_real_lines_have_no_kinsoku_violation(text: str) -> None:
    assert violations(rows(set_text(text))) == 0


def test_ruby_stands_right_of_its_base_at_half_size_and_within_its_length() -> None:
    run = set_text("昨日の夜", (Ruby(start=0, end=2, reading="きのう"),))
    base = [g for g in run.glyphs if g.text in "昨日"]
    assert [g.text for g in run.ruby] == list("きのう")
    assert all(g.size_mm == HAND.size_mm * RUBY_SIZE and g.box.x >= base[0].box.right - 1e-6 for g in run.ruby)
    assert run.ruby[0].box.y >= base[0].box.y
    assert run.ruby[-1].box.bottom <= base[-1].box.bottom + 1e-6
    assert all(run.box.contains(g.box, 1e-3) for g in (*run.glyphs, *run.ruby))


def test_ruby_of_one_column_never_touches_the_column_beside_it() -> None:
    run = set_text(
        "兄さんが、昨日の夜の教室で",
        (Ruby(start=5, end=7, reading="きのう"), Ruby(start=10, end=12, reading="きょうしつ")),
    )
    assert len(rows(run)) > 1
    assert all(r.box.overlap(g.box) < 1e-6 for r in run.ruby for g in run.glyphs)


def test_a_long_reading_spreads_its_base() -> None:
    run = set_text("兵十だ", (Ruby(start=0, end=2, reading="ひょうじゅう"),))
    assert run.box.height > set_text("兵十だ").box.height


@pytest.mark.parametrize("number", ["12", "100", "!?", "!!"])
def test_tate_chu_yoko_lies_level_in_one_em_of_its_column(number: str) -> None:
    run = set_text(f"第{number}")
    (glyph,) = [g for g in run.glyphs if g.text == number]
    assert not glyph.vertical
    assert glyph.box.width == glyph.box.height == HAND.size_mm
    width = all_faces().setting(glyph.face, number).width(number) * glyph.size_mm * glyph.stretch
    assert width <= HAND.size_mm * 1.001


def test_a_latin_word_is_turned_and_lies_in_its_cell() -> None:
    (glyph,) = [g for g in set_text("あのNASAだ").glyphs if g.text == "NASA"]
    assert glyph.turn > 1.5
    assert glyph.box.height > glyph.box.width


def test_kana_are_antique_and_kanji_gothic() -> None:
    used = {g.text: g.face for g in set_text("兵十がカ・").glyphs}
    assert used == {"兵": "gothic", "十": "gothic", "が": "antique", "カ": "antique", "・": "gothic"}
    assert is_kana("ー")
    assert not is_kana("漢")


@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_wide_and_narrow_twins_lead_back_to_each_other(text: str) -> None:
    assert narrowed(widened(text)) == text


def test_a_dot_stands_right_of_the_middle_of_each_letter_that_is_emphasised() -> None:
    run = set_text("あれは、だれだ", tuple(Ruby(start=i, end=i + 1, reading=DOT) for i in (0, 1, 4, 5)))
    bases = [g for g in run.glyphs if g.text in "あれだ"][:2] + [g for g in run.glyphs if g.text in "だれ"][1:3]
    assert [dot.text for dot in run.ruby] == [DOT] * 4
    assert [dot.box.centre[1] for dot in run.ruby] == pytest.approx([base.box.centre[1] for base in bases])
    assert all(dot.box.x >= base.box.right - 1e-6 for dot, base in zip(run.ruby, bases, strict=True))
    assert missing_glyphs(run, all_faces()) == 0
