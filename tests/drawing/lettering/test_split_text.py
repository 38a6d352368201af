"""Halves of a long text: every letter in one of them, cut where the reader breathes, readings and places along."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.split_text import first_half, halves
from manga.brief import Language
from manga.storyboard import LinePart
from tests.drawing.lettering.desk import part
from tests.drawing.lettering.typing_desk import ALPHABET


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        (Language.JA, "はいはい、けんかしない。色なら、あたしに任せてよ", "はいはい、けんかしない。"),
        (Language.JA, "うたがわれた者が、いちばんよく見るからです", "うたがわれた者が、"),
        (Language.JA, "学校の屋上でだれかを見た", "学校の屋上で"),
        (Language.EN, "The bishop is late. Nobody told me that!", "The bishop is late. "),
        (Language.EN, "I knew it, but the bishop told nobody", "I knew it, "),
    ],
)
def test_a_text_is_cut_after_a_sentence_then_a_comma_then_a_phrase(language: Language, text: str, first: str) -> None:
    assert [half.text for half in halves(part(1, text, who="a"), language)] == [first, text[len(first) :]]


@settings(max_examples=40)
@given(st.text(alphabet=ALPHABET, min_size=1, max_size=40), st.integers(0, 30))
def test_halves_are_the_whole_and_so_are_their_places_and_readings(text: str, at: int) -> None:
    ruby = ((at, at + 2, "よみ"),) if at + 2 <= len(text) else ()
    whole = part(1, text, who="a", ruby=ruby)
    pair = halves(whole, Language.JA)
    if not pair:
        return
    one, two = pair
    assert one.text + two.text == text
    assert (one.span.start, one.span.end, two.span.end) == (whole.span.start, two.span.start, whole.span.end)
    assert [(h.text[r.start : r.end], r.reading) for h in pair for r in h.ruby] == [(text[a:b], r) for a, b, r in ruby]
    assert LinePart.of(two.to_json()).key != one.key == first_half(two.key)
    assert not halves(two, Language.JA)


@pytest.mark.parametrize("one", [part(1, "そうだ"), part(2, "昔むかし、山に狐がいました。", kind="narration")])
def test_a_word_and_what_nobody_says_stay_whole(one: LinePart) -> None:
    assert halves(one, Language.JA) == ()
    assert first_half(one.key) is None
