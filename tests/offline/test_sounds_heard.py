"""A sound is drawn where it is heard: not where it is missing, and not for what only bears its name."""

import pytest

from manga.brief import Language
from manga.plot import Deed
from offline.directing.storyboard import draft_storyboard
from offline.reading.lexicon_tables import lore
from tests.offline.storyboard_plots import Teller, inputs, scene


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
        ("“Lies!” hissed the lawyer.", ""),
        ("She wore a ring.", ""),
        ("He took an axe and knocked down the wall.", ""),
        ("It was a noise like the crash of a tree.", ""),
        ("He thought of her. There was a knock at the door.", "knock"),
    ],
)
def test_english_sounds(words: str, sound: str) -> None:
    assert lore(Language.EN).sound(words) == sound


@pytest.mark.parametrize(
    ("words", "sound"),
    [("ドンと音がしました。", "ドン"), ("ドンとも言わなかった。", ""), ("ドンと音がした。父でしょう。", "ドン")],
)
def test_japanese_sounds(words: str, sound: str) -> None:
    assert lore(Language.JA).sound(words) == sound


@pytest.mark.parametrize(("told", "drawn"), [("ごんは庭で遊びました。", True), ("ごんはピアノを弾きました。", False)])
def test_children_at_play_are_heard_shouting_and_players_of_music_are_not(told: str, drawn: bool) -> None:
    teller = Teller()
    line = teller.line(told)
    opening = teller.beat(teller.line("ごんは立っていました。"))
    play = teller.beat(line, importance=5, deeds=(Deed(who="c01", action="play", span=line.span),))
    given = inputs(scene(1, opening, play))
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    parts = [part for page in draft.pages for panel in page.panels for part in panel.dialogue.parts]
    assert any(part.text in {"きゃっきゃっ", "ワイワイ", "わーい"} for part in parts) == drawn
