"""A sound is drawn where it is heard: not where it is missing, and not for what only bears its name."""

import pytest

from manga.brief import Language
from providers.offline.story import lore


@pytest.mark.parametrize(
    ("words", "sound"),
    [
        ("At dawn there was a knock at the door.", "knock"),
        ("The shutters rattled all night.", "rattle"),
        ("The bottle broke with a crack.", "crack"),
        ("The wind roared round the house.", "roar"),
        ("a button from which no mortal finger could coax a ring", ""),
        ("There was no knock.", ""),
        ("nothing to do but flop down and howl", ""),
        ("a tear or two splashed on the carpet", ""),
        ("in an old cracked voice", ""),
        ("“Lies!” hissed the lawyer.", ""),
        ("She wore a ring.", ""),
        ("He took an axe and knocked down the wall.", ""),
        ("It was a noise like the crash of a tree.", ""),
    ],
)
def test_english_sounds(words: str, sound: str) -> None:
    assert lore(Language.EN).sound(words) == sound


@pytest.mark.parametrize(("words", "sound"), [("ドンと音がしました。", "ドン"), ("ドンとも言わなかった。", "")])
def test_japanese_sounds(words: str, sound: str) -> None:
    assert lore(Language.JA).sound(words) == sound
