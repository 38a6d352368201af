"""Words for sounds: many, in both languages, growing with their force, and each drawn by all faces."""

import pytest

from drawing.lettering.sound_words import SoundManner, meanings, sound_manner, sound_word
from manga.brief import Language
from tests.drawing.lettering.typing_desk import all_faces


def test_the_table_has_at_least_120_japanese_words_and_one_of_each_force_for_every_meaning() -> None:
    words = {sound_word(meaning, force, Language.JA) for meaning in meanings() for force in (1, 3, 5)}
    assert len(words) >= 120
    for meaning in meanings():
        assert len({sound_word(meaning, force, Language.JA) for force in (1, 3, 5)}) == 3
        assert all(sound_word(meaning, force, Language.EN).isascii() for force in range(1, 6))


def test_every_word_can_be_drawn() -> None:
    faces = all_faces()
    assert not [w for m in meanings() for n in (1, 3, 5) for w in [sound_word(m, n, Language.JA)] if faces.lacks(w)]


def test_a_meaning_that_nobody_knows_has_no_word() -> None:
    assert sound_word("photosynthesis", 3, Language.JA) == ""


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("ざわざわ", SoundManner("wave", "white", behind=True)),
        ("crash!", SoundManner("burst", "black", at="thing")),
        ("キコキコ", SoundManner("wave", "white", behind=True)),
        ("ズバッ", SoundManner("burst")),
        ("ズバーン", SoundManner("rise")),
    ],
)
def test_a_word_is_drawn_as_the_table_has_it_or_as_it_is_made(text: str, manner: SoundManner) -> None:
    assert sound_manner(text) == manner
