"""Words become cells, columns and glyphs, and nothing is lost on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.breaking import measured, ways
from drawing.lettering.cells import cells
from drawing.lettering.fonts import Faces, faces, standard_folders
from drawing.lettering.horizontal import in_capitals, line_ways, set_level
from drawing.lettering.kinsoku import CANNOT_BEGIN, violations
from drawing.lettering.outlines import missing_glyphs, run_outline
from drawing.lettering.punctuation import Words, letters, lost, magazine, punctuated
from drawing.lettering.vertical import Hand, set_vertically
from drawing.pages.audit_text import drawn, rows
from manga.lettering import TextRun
from manga.values import Ruby, Span

NOWHERE = Span(start=0, end=0)
HAND = Hand("antique", "gothic", 4.0)
JAPANESE = st.text(alphabet="あいうかきっゃー漢字兵十、。！？…「」『』—ＡＢab12 　\n", min_size=1, max_size=60)


@pytest.fixture(scope="module")
def found() -> Faces:
    return faces(standard_folders())


def set_text(text: str, found: Faces, ruby: tuple[Ruby, ...] = ()) -> TextRun:
    words = punctuated(Words(text, ruby), "magazine")
    return set_vertically(ways(cells(words), words.text)[0].columns, text, NOWHERE, HAND, found)


@given(JAPANESE)
def test_cells_joined_are_the_text(text: str) -> None:
    assert "".join(cell.text for cell in cells(Words(text))) == text


@settings(deadline=None, max_examples=60)
@given(JAPANESE)
def test_no_way_to_break_a_text_loses_a_letter(text: str) -> None:
    for way in ways(cells(Words(text)), text):
        assert letters("".join(cell.text for column in way.columns for cell in column)) == letters(text)


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=40))
def test_any_text_at_all_can_be_set_without_loss(text: str) -> None:
    found = faces(standard_folders())
    broken = ways(cells(Words(text)), text)
    if broken:
        run = set_vertically(broken[0].columns, text, NOWHERE, HAND, found)
        assert letters("".join(g.text for g in run.glyphs)) == letters(text)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="あいうえおか漢字、。っゃー！？（）「」", min_size=1, max_size=32))
def test_columns_neither_begin_nor_end_against_kinsoku_where_there_is_a_choice(text: str) -> None:
    best = ways(cells(Words("あ" + text + "い")), "あ" + text + "い")[0]
    columns = ["".join(cell.text for cell in column) for column in best.columns]
    if not any(c in CANNOT_BEGIN or c in "（「" for c in text):
        assert violations(columns) == 0


@pytest.mark.parametrize(
    "text",
    [
        "昨日の夜、学校の屋上にいたよね？",
        "だれだか知らんが、おれに栗やまつたけなんかを、くれるんだよ",
        "「ごん、お前だったのか。いつも栗をくれたのは。」",
        "えっ……見てたのか！？ ちょっと、まって、くれよっ！！",
        "（おや、なんだろう）と兵十は思いました。",
    ],
)
def test_real_lines_have_no_kinsoku_violation(text: str, found: Faces) -> None:
    assert violations(rows(set_text(text, found))) == 0


def test_lines_break_at_phrases() -> None:
    text = "昨日の夜、学校の屋上にいたよね？"
    best = ways(cells(Words(text)), text)[0]
    assert ["".join(c.text for c in column) for column in best.columns] == ["昨日の夜、", "学校の屋上に", "いたよね？"]


@pytest.mark.parametrize("length", [1, 8, 16, 24, 32])
def test_a_usual_text_keeps_to_eight_letters_and_four_columns(length: int) -> None:
    text = "あ" * length
    best = ways(cells(Words(text)), text)[0]
    assert max(measured(column) for column in best.columns) <= 8
    assert len(best.columns) <= 4


def test_a_comma_hangs_below_a_full_column() -> None:
    assert measured(cells(Words("あいうえおかきく、"))) == 8


def test_marks_and_short_numbers_stand_upright_in_one_cell() -> None:
    kinds = {cell.text: cell.kind for cell in cells(Words("えっ！？12人でAIとNASAへ——1984年"))}
    assert (kinds["！？"], kinds["12"], kinds["AI"]) == ("tcy", "tcy", "tcy")
    assert (kinds["NASA"], kinds["——"], kinds["1"]) == ("turned", "bar", "char")


def test_ruby_stands_right_of_its_base_at_half_size_and_within_its_length(found: Faces) -> None:
    run = set_text("昨日の夜", found, (Ruby(start=0, end=2, reading="きのう"),))
    base = [g for g in run.glyphs if g.text in "昨日"]
    assert [g.text for g in run.ruby] == list("きのう")
    assert all(g.size_mm == HAND.size_mm / 2 and g.box.x >= base[0].box.right - 1e-6 for g in run.ruby)
    assert run.ruby[0].box.y >= base[0].box.y and run.ruby[-1].box.bottom <= base[-1].box.bottom + 1e-6
    assert all(run.box.contains(g.box, 1e-3) for g in (*run.glyphs, *run.ruby))


def test_a_long_reading_spreads_its_base(found: Faces) -> None:
    run = set_text("兵十だ", found, (Ruby(start=0, end=2, reading="ひょうじゅう"),))
    plain = set_text("兵十だ", found)
    assert run.box.height > plain.box.height


def test_columns_run_from_the_right_and_letters_do_not_overlap(found: Faces) -> None:
    run = set_text("だれだか知らんが、おれに栗やまつたけなんかをくれるんだ", found)
    assert letters(drawn(run)) == letters(run.source)
    for i, a in enumerate(run.glyphs):
        assert all(a.box.overlap(b.box) < 1e-6 for b in run.glyphs[i + 1 :])


def test_kana_are_antique_and_kanji_gothic(found: Faces) -> None:
    faces_used = {g.text: g.face for g in set_text("兵十がカ・", found).glyphs}
    assert faces_used == {"兵": "gothic", "十": "gothic", "が": "antique", "カ": "antique", "・": "gothic"}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("「そうか。」", "そうか"),
        ("そうか。わかった。", "そうか\nわかった"),
        ("兵十は「ごん」と言った。", "兵十は「ごん」と言った"),
        ("決まることだからな。――が、", "決まることだからな――が、"),
        ("「これは、", "これは、"),
        ("３．１４だ。", "３．１４だ"),
        ("。", "。"),
    ],
)
def test_magazine_punctuation(source: str, wanted: str) -> None:
    assert magazine(Words(source)).text == wanted


@given(JAPANESE)
def test_magazine_punctuation_loses_stops_and_outer_quotes_only(text: str) -> None:
    kept = magazine(Words(text)).text
    assert set(letters(text)) - set(letters(kept)) <= set(letters("。．「」『』"))
    assert lost(text, kept) == 0


def test_magazine_punctuation_moves_ruby_along() -> None:
    words = magazine(Words("「そう。兵十だ。」", (Ruby(start=4, end=6, reading="ひょうじゅう"),)))
    (ruby,) = words.ruby
    assert words.text[ruby.start : ruby.end] == "兵十"


def test_a_lost_letter_is_counted() -> None:
    assert lost("おれは知らんが", "おれは知ら") == 2


def test_a_letter_that_no_face_has_is_counted_and_one_that_gothic_has_is_not(found: Faces) -> None:
    assert missing_glyphs(set_text("漢あ\U0001f98a", found), found) == 1
    assert missing_glyphs(set_text("鱻麤", found), found) == 0


def test_outlines_lie_where_their_cells_are(found: Faces) -> None:
    run = set_text("兵十、ちょっと待って！", found)
    xs = [float(op[i]) for op in run_outline(run, found) for i in range(1, len(op), 2)]
    assert min(xs) > -0.5 and max(xs) < run.box.width + 0.5


def test_english_is_set_in_capitals_with_double_dashes() -> None:
    assert in_capitals("It’s sold — sold and gone…") == "IT'S SOLD--SOLD AND GONE..."


def test_english_lines_make_a_diamond_and_lose_nothing(found: Faces) -> None:
    text = "I buy hair. Take yer hat off and let's have a sight at the looks of it."
    run = set_level(line_ways(text, "comic", found)[0], text, NOWHERE, "comic", 3.6, found)
    lengths = [len(row) for row in rows(run)]
    assert lost(text, drawn(run)) == 0
    assert len(lengths) >= 3 and lengths[0] < max(lengths[1:-1]) and lengths[-1] <= max(lengths)


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="abcI '.,—-", min_size=1, max_size=120).filter(lambda text: text.strip()))
def test_any_english_text_can_be_set(text: str) -> None:
    found = faces(standard_folders())
    for way in line_ways(text, "comic", found)[:1]:
        run = set_level(way, text, NOWHERE, "comic", 3.6, found)
        assert lost(text, drawn(run)) == 0


def test_only_the_pronoun_keeps_its_crossbars(found: Faces) -> None:
    def widths(text: str) -> float:
        run = set_level((text,), text, NOWHERE, "comic", 10.0, found)
        path = run_outline(run, found)
        return max(float(op[1]) for op in path if len(op) > 1) - min(float(op[1]) for op in path if len(op) > 1)

    alone = set_level(("I",), "I", NOWHERE, "comic", 10.0, found)
    assert len(run_outline(alone, found)) != 5
    word = set_level(("II",), "II", NOWHERE, "comic", 10.0, found)
    assert len(run_outline(word, found)) == 10
    assert widths("II") > 0


def test_without_any_font_file_gothic_plays_all_roles() -> None:
    bare = Faces(())
    assert "antique" in bare.absent
    assert bare["antique"].has("漢")
