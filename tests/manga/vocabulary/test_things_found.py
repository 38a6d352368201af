"""Words find the nearest thing: by key, word, head noun or class, never by spelling."""

import pytest

from manga.vocabulary.things import nearest_thing


@pytest.mark.parametrize(
    ("words", "by", "key"),
    [
        ("alarm clock", "key", "alarm_clock"),
        ("compass", "key", "compass"),
        ("羅針盤", "word", "compass"),
        ("トマト", "word", "tomato"),
        ("めがね", "word", "glasses"),
        ("サボテン", "word", "cactus"),
        ("knives", "word", "knife"),
        ("mittens", "word", "gloves"),
        ("a rusty old anchor", "head", "anchor"),
        ("two pairs of gloves", "head", "gloves"),
        ("a bunch of flowers", "head", "flower"),
        ("the crown of the king", "head", "crown"),
        ("古い羅針盤", "head", "compass"),
        ("祖父の万年筆", "head", "fountain_pen"),
        ("revolver", "word", "pistol"),
        ("大きな木", "head", "tree"),
        ("父の車", "head", "car"),
    ],
)
def test_words_name_a_thing(words: str, by: str, key: str) -> None:
    found = nearest_thing(words)
    assert (found.by, found.entry and found.entry.key) == (by, key)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("goblet", "vessel"),
        ("monkey", "creature"),
        ("the cathedral", "building"),
        ("a red sweater", "garment"),
        ("消防車", "vehicle"),
        ("合金", "material"),
        ("流れ星", "scenery"),
        ("子猫", "creature"),
    ],
)
def test_words_that_name_no_thing_name_its_class(words: str, key: str) -> None:
    found = nearest_thing(words)
    assert found.entry is None
    assert (found.by, found.kind and found.kind.key) == ("class", key)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "theodolith",
        "anchored",
        "compas",
        "トランプ",
        "ブラジャー",
        "柏木",
        "瀬戸",
        "銭湯",
        "縄文",
        "freedom",
        "…",
        "の",
    ],
)
def test_what_is_merely_spelt_alike_is_unknown(words: str) -> None:
    found = nearest_thing(words)
    assert found.by == "unknown"
    assert found.entry is None
    assert found.kind is None


@pytest.mark.parametrize(
    ("words", "key"),
    [("letter", "letter"), ("鈴", "bell"), ("glove", "gloves"), ("pistol", "pistol"), ("瓶", "bottle")],
)
def test_a_name_goes_before_what_the_sources_say_beside_it(words: str, key: str) -> None:
    found = nearest_thing(words)
    assert found.entry is not None
    assert found.entry.key == key
