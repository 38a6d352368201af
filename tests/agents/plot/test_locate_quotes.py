"""Copied words are found where they stand, to the letter."""

import random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.plot.locate_quotes import Folded, fold
from manga.values import Span

STORY = (
    "　その晩、ごんは、穴の中で考えました。\n"
    "「兵十のおっかあは、床についていて、うなぎが食べたいと言ったにちがいない……。」\n"
)


def place_of(words: str, text: str = STORY, start: int = 0) -> str | None:
    found = Folded(text, start).places(words)
    return text[found[0].start - start : found[0].end - start] if found else None


@pytest.mark.parametrize(
    ("copied", "stands"),
    [
        ("ごんは、穴の中で", "ごんは、穴の中で"),
        ("ごんは、 穴の\n中で", "ごんは、穴の中で"),
        ("「兵十のおっかあは", "兵十のおっかあは"),
        ("考えました。「兵十の", "考えました。\n「兵十の"),
        ("兵十《ひょうじゅう》のおっかあ", "兵十のおっかあ"),
        ("ちがいない...", "ちがいない……。"),
        ("ちがいない…", "ちがいない……。"),
        ("「……", "……"),
        ("...", None),
        ("ごんは穴の中で考えました", "ごんは、穴の中で考えました"),
        ("ごんは,穴の中で", "ごんは、穴の中で"),
        ("その夜、", None),
        ("「」", None),
        ("", None),
    ],
)
def test_what_copying_changes_does_not_matter(copied: str, stands: str | None) -> None:
    assert place_of(copied) == stands


def test_points_that_open_a_speech_are_not_the_full_stop_before_it() -> None:
    told = "扉がひらいた。\n\n「……だれだ」\n"
    assert place_of("……だれだ", told) == "……だれだ"
    assert place_of("「……だれだ」", told) == "……だれだ"
    assert place_of("ひらいた。……だれだ", told) == "ひらいた。\n\n「……だれだ"


@pytest.mark.parametrize(
    ("copied", "stands"),
    [
        ("“Don't go”, said JIM", "Don’t go,” said Jim"),
        ("Wait--no", "Wait — no"),
        ("ＥＶＥＲＹ day", "Every day"),
    ],
)
def test_quotation_marks_dashes_and_case_do_not_matter(copied: str, stands: str) -> None:
    assert place_of(copied, "Every day. “Don’t go,” said Jim. “Wait — no!”") == stands


def test_places_count_from_where_the_stretch_begins() -> None:
    assert Folded("村の猫", 100).places("猫")[0].start == 102


def test_all_places_are_told_in_order() -> None:
    assert [span.start for span in Folded("はい。いいえ。はい。").places("はい")] == [0, 7]


def test_a_near_miss_is_taken_where_it_is_the_only_one() -> None:
    near = Folded(STORY).near("床についてて、うなぎを食べたいと言った")
    assert near is not None
    assert STORY[near.start : near.end] == "床についていて、うなぎが食べたいと言った"


def test_a_near_miss_of_two_places_is_none() -> None:
    text = "ごんは川のほとりに立っていました。\nごんは川のほとりに立っていました。"
    assert Folded(text).near("ごんは河のほとりに立っていました") is None


def test_a_long_speech_is_found_by_its_ends() -> None:
    letters = random.Random(7).choices("あいうえおかきくけこさしすせそたちつてと山川村空", k=2000)
    speech = "".join(letters)
    text = f"ごんは立ちました。「{speech}」雨がふりました。"
    near = Folded(text).near(speech[:30] + "の" + speech[31:900] + speech[930:])
    assert near is not None
    assert text[near.start : near.end] == speech
    assert Folded(text).near(speech[:300] + "の" + speech[-300:]) is None


def test_short_words_are_near_only_where_they_are_looked_for_alone() -> None:
    folded = Folded(STORY)
    assert folded.near("考えまた") is None
    near = folded.near("考えまた", Span(start=10, end=20))
    assert near is not None
    assert STORY[near.start : near.end] == "考えました"


@pytest.mark.parametrize("copied", ["ごんわ", "まったく別のことばがここに書いてあります", ""])
def test_other_words_come_near_to_nothing(copied: str) -> None:
    assert Folded(STORY).near(copied) is None


@given(st.text(max_size=60), st.data())
def test_every_piece_of_a_text_is_found_where_it_stands_or_earlier(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    found = Folded(text).places(piece)
    if any(letter.isalnum() for letter in fold(piece)):
        assert found
        assert all(fold(piece) in fold(text[span.start : span.end]) for span in found)


@given(st.text(max_size=40), st.text(max_size=200))
def test_looking_for_anything_in_anything_is_safe(words: str, text: str) -> None:
    folded = Folded(text)
    for span in (*folded.places(words), *filter(None, [folded.near(words)])):
        assert 0 <= span.start < span.end <= len(text)


def test_many_tries_take_no_time() -> None:
    folded = Folded("あいうえお" * 2400)
    begun = perf_counter()
    assert folded.near("あいうえお" * 40 + "かきくけこさしすせそたち") is None
    assert perf_counter() - begun < 3


@pytest.mark.parametrize("words", ["……どなたですか", "…どなたですか", "「……どなたですか」"])
def test_a_silence_that_opens_an_utterance_does_not_begin_with_the_sentence_before_it(words: str) -> None:
    text = "戸があいた。\n\n「……どなたですか」\n"
    (span,) = Folded(text).places(words)
    assert text[span.start : span.end] == "……どなたですか"
