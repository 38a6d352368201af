"""House punctuation: only stops and outer quotes go, and what is lost is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.lettering.punctuation import Words, is_control, letters, lost, magazine, punctuated, unpaused, without
from manga.values import Ruby
from tests.drawing.lettering.typing_desk import ALPHABET

JAPANESE = st.text(alphabet=ALPHABET, min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("「そうか。」", "そうか"),
        ("そうか。わかった。", "そうか\nわかった"),
        ("犬は「わん」と言った。", "犬は「わん」と言った"),
        ("決まることだからな。――が、", "決まることだからな――が、"),
        ("「これは、", "これは、"),
        ("「『よし』」", "よし"),
        ("「あ」と「い」", "「あ」と「い」"),
        ("３．１４だ。", "３．１４だ"),
        ("。", "。"),
        ("「」", "「」"),
    ],
)
def test_magazine_punctuation(source: str, wanted: str) -> None:
    assert magazine(Words(source)).text == wanted


@given(JAPANESE)
def test_magazine_punctuation_loses_stops_and_outer_quotes_only(text: str) -> None:
    kept = magazine(Words(text)).text
    assert set(letters(text)) - set(letters(kept)) <= set(letters("。．「」『』"))
    assert lost(text, kept) == 0


@given(JAPANESE)
def test_literal_punctuation_changes_nothing(text: str) -> None:
    assert punctuated(Words(text), "literal") == Words(text)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("Captain,", "Captain"),
        ("he assented to the proposal; ", "he assented to the proposal"),
        ("Oh, no.", "Oh, no."),
        ("Wait--", "Wait--"),
        (",", ","),
    ],
)
def test_english_words_end_with_no_comma(source: str, wanted: str) -> None:
    assert unpaused(source) == wanted
    assert lost(source, wanted) == 0


def test_magazine_punctuation_moves_ruby_along() -> None:
    words = magazine(Words("「そう。狐だ。」", (Ruby(start=4, end=5, reading="きつね"),)))
    (ruby,) = words.ruby
    assert words.text[ruby.start : ruby.end] == "狐"


@given(st.text(alphabet="ab漢字\n", min_size=1, max_size=20), st.sets(st.integers(0, 20), max_size=8))
def test_what_is_dropped_is_gone_and_nothing_else(text: str, dropped: set[int]) -> None:
    assert without(Words(text), dropped).text == "".join(c for i, c in enumerate(text) if i not in dropped)


def test_lost_letters_are_counted() -> None:
    assert lost("おれは知らんが", "おれは知ら") == 2
    assert lost("ab", "ab") == 0
    assert lost("ab", "axb") == 1
    assert lost("", "") == 0


def test_width_case_quotes_dashes_and_spaces_are_no_loss() -> None:
    assert lost("“Ｉt’s  —  so”", '"IT\'S--SO"') == 0


def test_control_characters_are_no_letters_and_line_breaks_no_control_characters() -> None:
    assert all(is_control(c) for c in "\x00\x07\x1b\x7f\x9b")
    assert not any(is_control(c) for c in "\n\tあ\u200d<")
    assert letters("あ\x00い\x1b") == "あい"
