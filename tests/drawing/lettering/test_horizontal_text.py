"""English lines: capitals in a diamond, no word alone at the end, no word cut that a line can hold, nothing lost."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.horizontal_text import MAX_LETTERS, in_capitals, line_ways, set_level, words_of
from drawing.lettering.punctuation import lost
from drawing.pages.audit_text import drawn, rows
from tests.drawing.lettering.typing_desk import NOWHERE, all_faces

LINES = [
    "I never said that the boat would wait for you.",
    "Take the lamp off the shelf and let us have a good look at it.",
    "The storm had been coming since noon, and by evening the sea was the colour of slate.",
    "Which is all very good.",
    "He needed a new overcoat and he was without gloves.",
    "Out of the fog the ship came slowly towards the rocks.",
]


def best(text: str) -> tuple[str, ...]:
    return line_ways(text, "comic", all_faces())[0]


def test_english_is_set_in_capitals_with_double_dashes() -> None:
    assert in_capitals("It’s sold — sold and gone…") == "IT'S SOLD--SOLD AND GONE..."


@pytest.mark.parametrize("text", LINES)
def test_lines_make_a_diamond(text: str) -> None:
    lengths = [len(line) for line in best(text)]
    assert len(lengths) == 1 or max(lengths[0], lengths[-1]) <= max(lengths)
    assert len(lengths) < 3 or lengths[0] < max(lengths[1:-1]) + 3


@pytest.mark.parametrize("text", LINES)
def test_no_single_word_is_left_for_the_last_line(text: str) -> None:
    assert " " in best(text)[-1]


@settings(max_examples=40)
@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=MAX_LETTERS - 1), min_size=1, max_size=24))
def test_no_word_is_cut_that_a_line_can_hold(words: list[str]) -> None:
    for lines in line_ways(" ".join(words), "comic", all_faces()):
        assert " ".join(lines).split() == [word.upper() for word in words]


def test_a_word_wider_than_any_balloon_is_cut_without_a_hyphen() -> None:
    lines = best("a" * 60)
    assert "".join(lines) == "A" * 60
    assert max(map(len, lines)) <= MAX_LETTERS


def test_a_line_may_break_after_a_double_dash() -> None:
    assert words_of("OUT AGAIN--YOU") == ("OUT ", "AGAIN--", "YOU ")


@settings(max_examples=40)
@given(
    st.text(alphabet="abcI '.,—-<>&\x00\x1be\u0301\U0001f98a", min_size=1, max_size=120).filter(
        lambda t: bool(in_capitals(t))
    )
)
def test_any_english_text_can_be_set_inside_its_box_without_loss(text: str) -> None:
    for lines in line_ways(text, "comic", all_faces())[:2]:
        run = set_level(lines, text, NOWHERE, "comic", 3.6, all_faces())
        assert lost(text, drawn(run)) == 0
        assert all(run.box.contains(glyph.box, 1e-3) for glyph in run.glyphs)


def test_every_line_is_centred() -> None:
    run = set_level(best(LINES[2]), LINES[2], NOWHERE, "comic", 3.6, all_faces())
    middle = run.box.centre[0]
    for height in {glyph.at[1] for glyph in run.glyphs}:
        line = [glyph.box for glyph in run.glyphs if glyph.at[1] == height]
        assert (min(b.x for b in line) + max(b.right for b in line)) / 2 == pytest.approx(middle, abs=0.01)
    assert len(rows(run)) > 3


def test_ways_have_different_numbers_of_lines() -> None:
    counts = [len(lines) for lines in line_ways(LINES[2], "comic", all_faces())]
    assert len(set(counts)) == len(counts) > 2


@pytest.mark.parametrize("text", ["word " * 800, "a" * 4000, "I " * 800, "--" * 500])
def test_hostile_lengths_end_soon(text: str) -> None:
    start = time.process_time()
    lines = best(text)
    assert lost(text, "".join(lines)) == 0
    assert time.process_time() - start < 3
