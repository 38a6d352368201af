"""Long stories are cut where a scene is likely to end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.plot.story_parts import PART, SLACK, after, before, parts_of
from manga.brief import Language
from manga.quotations import find_quotations
from manga.story_source import read_source
from tests.agents.plot_drafts import source_of

SENTENCE = "ごんは村の小川の堤まで出て来ました。"
SPOKEN = "「兵十、いわしを持って来たよ。ここへ置いておくからな。」\n"


@pytest.mark.parametrize(
    ("language", "characters", "parts"), [("ja", 6000, 1), ("ja", 6500, 2), ("ja", 50_000, 9), ("en", 12_000, 1)]
)
def test_as_many_parts_as_calls_are_planned(language: str, characters: int, parts: int) -> None:
    sentence = SENTENCE + "\n" if language == "ja" else "The giant sat down and wept for a long while.\n"
    story = "　" + sentence * (characters // len(sentence))
    assert len(parts_of(read_source(story, "ja" if language == "ja" else "en"))) == parts


def test_a_part_begins_with_a_chapter() -> None:
    text = SENTENCE * 150 + "\n\n二\n\n" + SENTENCE * 210
    first, second = parts_of(source_of(text + "\n"))
    assert text[second.start : second.start + 3] == "二\n\n"
    assert first.end == second.start


def test_a_part_begins_after_a_wide_blank_rather_than_at_any_paragraph() -> None:
    paragraphs = [f"　{SENTENCE}\n"] * 400
    paragraphs[190] += "\n\n"
    source = source_of("".join(paragraphs))
    assert source.text[: parts_of(source)[1].start].endswith("\n\n\n")


def test_no_part_begins_within_what_somebody_says() -> None:
    source = source_of(SPOKEN * 300)
    for part in parts_of(source)[1:]:
        assert not any(q.outer_start < part.start < q.outer_end for q in find_quotations(source))


def test_neighbours_are_read_in_whole_sentences() -> None:
    source = source_of((SENTENCE + "\n") * 400)
    first, second = parts_of(source)
    assert before(source, first) == ""
    assert before(source, second).endswith(SENTENCE)
    assert after(source, first).startswith(SENTENCE)
    assert after(source, second) == ""
    assert len(after(source, first)) <= 240


PIECES = st.sampled_from(
    [
        SENTENCE,
        SPOKEN,
        "\n",
        "\n\n\n",
        "二\n\n",
        "＊　＊　＊\n",
        "　",
        "「閉じない",
        "The end came. ",
        "あ" * 900,
        "…" * 50,
    ]
)


@given(st.lists(PIECES, max_size=40), st.integers(1, 30), st.sampled_from(list(Language)))
def test_parts_tile_any_story(pieces: list[str], times: int, language: Language) -> None:
    source = source_of(SENTENCE + "".join(pieces) * times, language)
    parts = parts_of(source)
    assert parts[0].start == 0
    assert parts[-1].end == len(source.text)
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert all(any(c.isalnum() for c in source.text[p.start : p.end]) for p in parts)
    most = PART[language]
    if len(source.text) > most:
        assert len(parts) <= -(-len(source.text) // most)


@given(st.integers(13, 5000))
def test_parts_of_even_text_are_about_as_long_as_planned(sentences: int) -> None:
    source = source_of((SENTENCE + "\n") * sentences)
    longest = max(part.end - part.start for part in parts_of(source))
    assert longest <= PART[Language.JA] * (1 + 2 * SLACK)
