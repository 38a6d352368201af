"""What holds for every vocabulary of the register."""

import pytest

from manga.vocabulary.vocabulary_entries import Vocabulary, WordEntry

WORDS = Vocabulary(
    {
        "pond": WordEntry(
            key="pond", say="a pond or lake", words={"en": ("pond", "lake"), "ja": ("池", "湖")}, was=("mere",)
        ),
        "lake_in_winter": WordEntry(key="lake_in_winter", words={"en": ("lake",), "ja": ()}, like="pond"),
        "frozen_lake": WordEntry(key="frozen_lake", like="lake_in_winter"),
    },
    {"water": WordEntry(key="water", words={"en": ("water",), "ja": ("水",)}, like="pond")},
    frozenset("池"),
)


@pytest.mark.parametrize(
    ("text", "by", "key"),
    [
        ("Lake in winter", "key", "lake_in_winter"),
        ("mere", "key", "pond"),
        ("lakes", "word", "pond"),
        ("a lake of ice", "head", "pond"),
        ("old_lake", "head", "pond"),
        ("山の湖", "head", "pond"),
        ("池", "word", "pond"),
        ("電池", "unknown", ""),
        ("deep water", "class", "pond"),
        ("pound", "unknown", ""),
        ("", "unknown", ""),
    ],
)
def test_words_mean_the_nearest_entry(text: str, by: str, key: str) -> None:
    found = WORDS.nearest(text)
    assert (found.by, found.key) == (by, key)


def test_an_entry_without_a_drawing_is_drawn_as_another() -> None:
    assert WORDS.drawn_as("frozen_lake") == "pond"
    assert WORDS.drawn_as("pond") == "pond"


def test_prompts_list_every_key_and_what_is_said_of_it() -> None:
    assert WORDS.listed() == "pond (a pond or lake), lake_in_winter, frozen_lake"
