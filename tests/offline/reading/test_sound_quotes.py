"""Sounds between quotation marks."""

import pytest

from manga.brief import Settings
from manga.plot import LineKind
from offline.directing.storyboard import draft_storyboard
from offline.reading.sound_quotes import is_noise, sound_of
from tests.offline.stories import lines_of, read_all
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

STORY = """天ぷら

「お母さん、油はこのくらい？」
「そうね、もう少し」
「入れるよ」
「じゅわあ」
「いい音ね」
「とん、とん、とん」
「だれか来たよ」
「はい、はい」
"""


SOUNDS = ("じゅわあ", "とん、とん、とん", "ドンドン！", "ごろごろごろ", "がしゃん", "ぱちぱち", "ザー")
TALK = ("はい、はい", "もしもし", "じゃあ", "だめ、だめ", "ごめん", "どこ、どこ", "こらあ")
MORE_TALK = ("うわあ", "行くぞ", "ば、ばか", "かあさん", "わんわん", "ばあちゃん", "どうも")


@pytest.mark.parametrize("words", SOUNDS)
def test_a_sound_is_a_sound(words: str) -> None:
    assert is_noise(words)


@pytest.mark.parametrize("words", [*TALK, *MORE_TALK])
def test_what_people_say_is_no_sound(words: str) -> None:
    assert not is_noise(words)


@pytest.mark.parametrize(
    ("sentence", "sound"),
    [
        ("がたがたがたがた。", "がたがたがたがた"),
        ("ガチャリ。", "ガチャリ"),
        ("カチャン。", "カチャン"),
        ("レン。", ""),
    ],
)
def test_a_sentence_may_be_nothing_but_a_sound(sentence: str, sound: str) -> None:
    assert sound_of(sentence) == sound


def test_a_sound_by_itself_is_drawn_and_not_told() -> None:
    teller = Teller()
    rattle = teller.beat(teller.line("がたがたがたがた。"), sound="がたがたがたがた", importance=3)
    beats = [teller.beat(teller.line("戸が動きませんでした。"), importance=3), rattle]
    given = inputs(scene(1, *beats))
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    parts = [part for page in draft.pages for panel in page.panels for part in panel.dialogue.parts]
    assert [part.kind for part in parts if "がたがた" in part.text] == ["sfx"]


def test_nobody_says_a_sound_and_it_is_drawn_once() -> None:
    concept, cast, plot = read_all(STORY)
    assert not [line for line in lines_of(plot) if line.kind is not LineKind.NARRATION and is_noise(line.text)]
    given = Inputs(plot, cast, concept, Settings())
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    parts = [part for page in draft.pages for panel in page.panels for part in panel.dialogue.parts]
    assert [part.text for part in parts if part.kind == "sfx" and is_noise(part.text)] == [
        "じゅわあ",
        "とん、とん、とん",
    ]
    assert not [part.text for part in parts if part.kind != "sfx" and "じゅわあ" in part.text]
