"""Columns: like in length, broken at phrases, no word torn, no letter alone, nothing lost."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.break_costs import BOUND, WORD, prices
from drawing.lettering.break_into_columns import MAX_COLUMNS, MAX_LETTERS, UTMOST_LETTERS, measured, ways
from drawing.lettering.kinsoku import CANNOT_BEGIN, CANNOT_END, violations
from drawing.lettering.punctuation import Words, letters
from drawing.lettering.vertical_cells import cells
from tests.drawing.lettering.typing_desk import ALPHABET, columns_of

LINES = [
    "昨日の夜、学校の屋上にいたよね？",
    "運んできたのは、教頭先生の古いトラックだった",
    "だから言ったでしょう、あの人には気をつけなさいって",
    "部員、二人いないと、だめなんだってさ",
    "待ってください！",
    "これは、ごみじゃありません！",
    "雨がやむと、猫は、そっと穴からはい出ました",
    "兄さんはびっくりしてとびあがりました",
    "先生の声が、急に小さくなった",
    "まだ、間に合うよ",
]


@settings(max_examples=60)
@given(st.text(alphabet=ALPHABET, min_size=1, max_size=60))
def test_no_way_to_break_a_text_loses_a_letter(text: str) -> None:
    for way in ways(cells(Words(text)), text):
        assert letters("".join(cell.text for column in way.columns for cell in column)) == letters(text)


@settings(max_examples=80)
@given(st.text(alphabet="あいうえおか漢字犬猫来た、。っゃー！？（）「」", min_size=1, max_size=48))
def test_a_column_never_begins_or_ends_against_kinsoku_where_there_is_a_choice(text: str) -> None:
    if any(b in CANNOT_BEGIN for b in text) and not any(c not in CANNOT_BEGIN | CANNOT_END for c in text):
        return
    columns = columns_of("あ" + text + "い")
    if all(len(run) < UTMOST_LETTERS for run in _unbreakable("あ" + text + "い")):
        assert violations(columns) == 0


def _unbreakable(text: str) -> list[str]:
    """The stretches of a text that kinsoku holds together."""
    runs = [text[0]]
    for before, after in itertools.pairwise(text):
        if after in CANNOT_BEGIN or before in CANNOT_END:
            runs[-1] += after
        else:
            runs.append(after)
    return runs


@pytest.mark.parametrize("text", LINES)
def test_no_way_tears_a_word_or_leaves_a_particle_over(text: str) -> None:
    costs = prices(text)
    for way in ways(cells(Words(text)), text):
        starts = [column[0].start for column in way.columns[1:]]
        before = [text[start - 1] for start in starts]
        assert all(costs.get(s, WORD) < BOUND or b in "、！？" for s, b in zip(starts, before, strict=True)), text


@pytest.mark.parametrize("text", LINES)
def test_no_column_of_the_best_way_is_a_single_letter(text: str) -> None:
    assert all(len(column.rstrip("、")) > 1 for column in columns_of(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("昨日の夜、学校の屋上にいたよね？", "昨日の夜、/学校の屋上に/いたよね？"),
        ("運んできたのは、教頭先生の古いトラックだった", "運んできたのは、/教頭先生の古い/トラックだった"),
        ("怒られるよ\nだから、静かに", "怒られるよ/だから、/静かに"),
        ("……土星だ", "……土星だ"),
        ("待ってください！", "待って/ください！"),
        ("ほんとに？　昨日、ねじを三本なくした人が？", "ほんとに？/昨日、ねじを三本/なくした人が？"),
    ],
)
def test_lines_break_as_a_letterer_would_break_them(text: str, wanted: str) -> None:
    assert "/".join(columns_of(text)) == wanted


@pytest.mark.parametrize("length", [1, 8, 16, 24, 32])
def test_a_usual_text_keeps_to_eight_letters_and_four_columns(length: int) -> None:
    columns = columns_of("山川" * (length // 2) or "山")
    assert max(map(len, columns)) <= MAX_LETTERS
    assert len(columns) <= MAX_COLUMNS


@pytest.mark.parametrize("text", LINES)
def test_the_longest_column_is_not_much_longer_than_the_usual_one(text: str) -> None:
    lengths = [len(column.rstrip("、")) for column in columns_of(text)]
    assert max(lengths) <= 2 * sum(lengths) / len(lengths)


def test_a_word_longer_than_any_column_is_cut_and_all_of_it_is_there() -> None:
    text = "スーパーカリフラジリスティックエクスピアリドーシャス"
    columns = columns_of(text)
    assert "".join(columns) == text
    assert max(map(len, columns)) <= UTMOST_LETTERS + 1
    assert violations(columns) == 0


def test_a_comma_hangs_below_a_full_column() -> None:
    assert measured(cells(Words("あいうえおかきく、"))) == 8


def test_ways_differ_in_their_columns_and_come_best_first() -> None:
    found = ways(cells(Words(LINES[0])), LINES[0])
    assert len({len(way.columns) for way in found}) == len(found)
    assert [way.cost for way in found] == sorted(way.cost for way in found)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　\n "])
def test_a_text_of_nothing_has_no_way(text: str) -> None:
    assert ways(cells(Words(text)), text) == ()


@pytest.mark.parametrize("text", ["ー" * 300, "あ" * 2000, "「" * 200, "、" * 200, "漢字。" * 300, "\U0001f98a" * 100])
def test_hostile_lengths_end_soon(text: str) -> None:
    start = time.process_time()
    found = ways(cells(Words(text)), text)
    assert letters("".join(c.text for column in found[0].columns for c in column)) == letters(text)
    assert time.process_time() - start < 3
