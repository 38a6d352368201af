"""A line in fewer of its own words."""

import pytest

from offline.wishes.revising.lettering import shortened


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("ああ、よかったな。今日はもう休みなさい", "今日はもう休みなさい"),
        ("よし、村の人を起こそう", "村の人を起こそう"),
        ("川があふれます。逃げましょう", "川があふれます。"),
        ("もし雨が降ったら、すぐに橋を渡りなさい", "すぐに橋を渡りなさい"),
        ("Well, nothing is broken for good. You only have to listen,", "Nothing is broken for good."),
        ("Oh, please come in", "Come in"),
        ("If it rains tonight, cross the bridge at once", "Cross the bridge at once"),
    ],
)
def test_opening_words_and_all_but_the_fullest_sentence_go(text: str, shorter: str) -> None:
    assert shortened(text) == shorter


@pytest.mark.parametrize("text", ["はい", "あと少しで飛ぶんです", "She was right", "うん、……", "…", "Yes, no."])
def test_where_nothing_can_be_left_out_there_is_no_answer(text: str) -> None:
    answer = shortened(text)
    assert answer is None or answer in text


@pytest.mark.parametrize(
    "text", ["えっと、あの、橋が、壊れて、しまったのです。本当に。", "No. No! No? Never, never, never."]
)
def test_every_word_of_the_answer_is_the_lines_own(text: str) -> None:
    answer = shortened(text)
    assert answer is not None
    assert answer.casefold() in text.casefold()
