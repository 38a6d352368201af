"""Which things a sentence names: none that is only worn or likened, none that a word only sounds like."""

import pytest

from manga.brief import Language
from offline.reading.thing_mentions import names_of_things, things_there


def named(text: str, language: Language = Language.EN) -> set[str]:
    return set(names_of_things(text, language))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Mrs. Adair, in a hat with cherries on it, had struck the table with a teaspoon.", "hat"),
        ("Mrs. Adair, in a hat with cherries on it, had struck the table with a teaspoon.", "bonnet"),
        ("A man wearing a hat came in.", "hat"),
        ("The dust was going up gold in the sun.", "money"),
        ("And he went up the steps, and the curtain rose.", "flower"),
        ("They never dropped a note.", "letter"),
        ("There was no longer any music.", "guitar"),
        ("At 7 o'clock the coffee was made.", "watch"),
        ("In the corner was a tree covered with white blossoms.", "flower"),
    ],
)
def test_what_is_worn_or_only_sounds_alike_is_not_named(text: str, thing: str) -> None:
    assert thing not in named(text)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("She took off what was left of her hat.", "bonnet"),
        ("He put on his hat.", "hat"),
        ("He gave her gold.", "money"),
        ("She wore a red rose.", "flower"),
        ("There had been one violin.", "violin"),
        ("He played the piano.", "piano"),
        ("She blew a flute.", "flute"),
        ("He took the lute.", "guitar"),
        ("The tree broke at once into blossom.", "blossoms"),
        ("The frying-pan was on the back of the stove.", "frying_pan"),
        ("He looked at the clock.", "watch"),
    ],
)
def test_things_have_names_of_their_own(text: str, thing: str) -> None:
    assert thing in named(text)


@pytest.mark.parametrize(
    ("text", "thing"),
    [("麦わら帽子をひろった。", "bonnet"), ("帽子を取った。", "hat"), ("ヴァイオリンをひいた。", "violin"),
     ("笛を吹いた。", "flute"), ("ピアノの前にすわった。", "piano"), ("三味線が鳴った。", "guitar")],
)  # fmt: skip
def test_so_it_is_in_japanese(text: str, thing: str) -> None:
    assert thing in named(text, Language.JA)


def test_a_hat_on_a_head_is_no_thing_in_japanese() -> None:
    assert "hat" not in named("帽子をかぶった男が来た。", Language.JA)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("She wound the old alarm clock.", "alarm_clock"), ("A rusty compass lay there.", "compass"),
        ("He took his fountain pen.", "fountain_pen"), ("They hid the treasure chest.", "treasure_chest"),
        ("錆びた羅針盤をひろった。", "compass"), ("万年筆を取りだした。", "fountain_pen"), ("腕時計を見た。", "watch"),
        ("望遠鏡をのぞいた。", "telescope"),
    ],
)  # fmt: skip
def test_any_word_of_the_register_names_its_thing(text: str, thing: str) -> None:
    assert named(text, Language.EN if text.isascii() else Language.JA) == {thing}


@pytest.mark.parametrize(
    "text",
    ["They ring for tea.", "He stood by the lamp post.", "We comb the beach.", "泥棒が来た。", "鍵穴をのぞいた。",
     "三杯のんだ。", "銭湯へ行った。"],
)  # fmt: skip
def test_verbs_counters_and_parts_of_other_words_name_nothing(text: str) -> None:
    assert named(text, Language.EN if text.isascii() else Language.JA) == set()


@pytest.mark.parametrize(
    ("text", "language", "there"),
    [
        ("He came down with a lantern.", Language.EN, ["lantern"]),
        ("He came down without a lantern.", Language.EN, []),
        ("She shone like a lantern in the dark.", Language.EN, []),
        ("He had no lantern. She had a rope.", Language.EN, ["rope"]),
        ("If he had a lantern he would go.", Language.EN, []),
        ("男は傘をさして歩いた。", Language.JA, ["umbrella"]),
        ("男は傘もささずに歩いた。", Language.JA, []),
        ("鈴ほどの音もしない。", Language.JA, []),
        ("鍵のような月が出た。", Language.JA, []),
    ],
)
def test_what_is_denied_likened_or_supposed_is_not_there(text: str, language: Language, there: list[str]) -> None:
    assert [one.name for one in things_there(text, language)] == there
