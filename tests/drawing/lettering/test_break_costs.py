"""Where Japanese may be broken: gladly before a phrase, never inside a word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.lettering.break_costs import BOUND, HELPED, PHRASE, TIED, WORD, prices, unwrapped
from drawing.lettering.punctuation import Words, letters
from manga.values import Ruby


def price(text: str) -> float:
    """The price of the break that a stroke marks."""
    place = text.index("/")
    return prices(text.replace("/", "")).get(place, WORD)


@pytest.mark.parametrize(
    "text",
    [
        "雨が/あがると",
        "部員、/二人いないと",
        "古い/トラックだった",
        "夕方の/風が",
        "ちゃんと/聞いておけば",
        "二人は/笑った",
    ],
)
def test_a_new_phrase_is_a_good_place(text: str) -> None:
    assert price(text) == PHRASE


@pytest.mark.parametrize(
    "text",
    [
        "穴からは/い出ました",
        "古いトラッ/クだった",
        "かく/れていました",
        "待ってく/ださい",
        "間に/合うよ",
        "ぶる/ぶるふるえて",
    ],
)
def test_the_inside_of_a_word_is_not_a_place(text: str) -> None:
    assert price(text) == WORD


@pytest.mark.parametrize(
    "text",
    [
        "運ん/でくる",
        "だめなんだって/さ",
        "じいちゃ/ん",
        "うるさい/なあ",
        "先生/が来た",
        "言われ/たくない",
        "十/年前に",
        "お/前は",
    ],
)
def test_endings_particles_and_counted_things_stay_with_their_word(text: str) -> None:
    assert price(text) >= BOUND


@pytest.mark.parametrize("text", ["立って/いました", "勉強/する"])
def test_a_helping_verb_is_parted_only_in_need(text: str) -> None:
    assert price(text) == HELPED


def test_a_short_name_of_two_nouns_is_tied() -> None:
    assert price("教頭/先生") == TIED


def test_a_scrap_that_the_dictionary_does_not_know_is_not_torn() -> None:
    assert price("うわア/ぬすと狐め") < TIED
    assert price("うわアぬ/すと狐め") >= BOUND


def test_dots_that_begin_a_line_stand_alone_only_before_much_text() -> None:
    assert price("……/土星だ") > 1
    assert price("……/ほんとうに長いはなしだ") < 1


@given(st.text(min_size=1, max_size=60))
def test_every_place_lies_inside_the_text_and_no_price_is_below_a_phrase(text: str) -> None:
    found = prices(text)
    assert all(0 < place <= len(text) for place in found)
    assert all(PHRASE <= value <= WORD for value in found.values())


def test_lines_are_read_each_by_itself() -> None:
    text = "だアい\nいきの"
    assert min(prices(text)) < text.index("\n")
    assert not any(place == 4 for place in prices(text))


def test_a_line_break_inside_a_phrase_was_the_sources_and_goes() -> None:
    assert unwrapped(Words("それからはきもの\nの泥を")).text == "それからはきものの泥を"
    assert unwrapped(Words("天文部\n部員募集")).text == "天文部\n部員募集"
    assert unwrapped(Words("怒られるよ。\nだから")).text == "怒られるよ。\nだから"


def test_ruby_moves_with_a_line_break_that_goes() -> None:
    words = unwrapped(Words("はきもの\nの泥を", (Ruby(start=6, end=7, reading="どろ"),)))
    (ruby,) = words.ruby
    assert words.text[ruby.start : ruby.end] == "泥"


@given(st.text(alphabet="あ漢の\n\x00\x07\x1b。", max_size=40))
def test_unwrapping_loses_nothing_that_is_lettered(text: str) -> None:
    kept = unwrapped(Words(text)).text
    assert letters(kept) == letters(text)
    assert not any(a < " " and a != "\n" for a, _ in pairwise(kept + " "))
