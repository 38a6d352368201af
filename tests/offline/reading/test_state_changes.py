"""What the rules find of hats and things in hands: stories in, changes of the plot out."""

import pytest

from manga.continuity import OFF
from tests.offline.stories import BRIDGE, LAMP, read_all


def changes(story: str) -> list[tuple[str, str, str]]:
    """Who, what and how, in the order of telling."""
    _, cast, plot = read_all(story)
    names = {person.key: person.name for person in cast.characters}
    return [(names[c.who], c.aspect.value, c.to) for beat in plot.beats() for c in beat.changes]


JA_START = (
    "山の村\n\n　むかし、ある村に、権太というお百姓がいました。権太の家のとなりには、お花という娘がすんでいました。\n"
)
JA_TALK = "「お花、どこへ行く」と権太は言いました。\n「町へ」と、お花は答えました。\n"
EN_START = "The Hill\n\nOne day the old captain sat by the road. The maid stood at the wall. She ran to him.\n\n"
EN_TALK = '"Where are you going?" asked the captain.\n\n"To town," said the maid.\n\n'


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("　権太は笠をとって、汗をふきました。\n", ("権太", "hat", OFF)),
        ("　権太は鍵をひろいました。\n", ("権太", "holds", "key")),
        ("　お花は手紙を口にくわえて、走りました。\n", ("お花", "holds", "letter in mouth")),
    ],
)
def test_a_japanese_sentence_changes_somebody(told: str, expected: tuple[str, str, str]) -> None:
    assert expected in changes(JA_START + JA_TALK + told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The captain took off his hat.", ("captain", "hat", OFF)),
        ("On went her blue bonnet.", ("maid", "hat", "yes")),
        ("The maid came down the hill with a lantern in one hand.", ("maid", "holds", "lantern")),
        ("The captain came in with a fish in his mouth.", ("captain", "holds", "fish in mouth")),
        ("The maid ran away, the letter held fast between her teeth.", ("maid", "holds", "letter in mouth")),
    ],
)
def test_an_english_sentence_changes_somebody(told: str, expected: tuple[str, str, str]) -> None:
    found = [
        (who.removeprefix("the ").removeprefix("old "), *rest) for who, *rest in changes(EN_START + EN_TALK + told)
    ]
    assert expected in found


@pytest.mark.parametrize(
    "told",
    [
        "　お花は笠をとりませんでした。\n",
        "　権太は、笠をとろうとしました。\n",
        "　お花の髪は長くて黒い。\n",
        "　権太は町で傘を売りました。\n",
        "　権太は、羽をひろげた大きな鳥を見ました。\n",
    ],
)
def test_what_is_denied_or_only_described_changes_nobody(told: str) -> None:
    assert changes(JA_START + JA_TALK + told) == []


@pytest.mark.parametrize("story", [BRIDGE, LAMP])
def test_a_story_that_tells_of_no_change_has_none(story: str) -> None:
    assert changes(story) == []


def test_another_day_brings_the_hat_back() -> None:
    story = (
        JA_START
        + JA_TALK
        + ("　お花は笠をとりました。\n　つぎの日、お花は村へ帰りました。\n「ただいま」と、お花は言いました。\n")
    )
    assert [c for c in changes(story) if c[0] == "お花"] == [
        ("お花", "hat", OFF),
        ("お花", "hat", ""),
    ]


def test_nobody_has_held_what_the_story_only_tells_him_to_lay_down() -> None:
    assert changes(JA_START + JA_TALK + "　権太は鉄砲を台の上に置きました。\n") == []


def test_a_thing_is_in_one_hand_until_it_is_given() -> None:
    story = JA_START + JA_TALK + "　権太は鍵をひろいました。\n　権太はお花に鍵をわたしました。\n"
    assert changes(story) == [("権太", "holds", "key"), ("権太", "holds", OFF), ("お花", "holds", "key")]


RAIN = "　雨がふりつづいて、空はくらく、風がふいていました。\n"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (RAIN * 5, [("権太", "holds", "key"), ("権太", "holds", OFF)]),
        (RAIN * 5 + "　鍵は、つめたい。\n", [("権太", "holds", "key")]),
        (RAIN * 14 + "　鍵は、つめたい。\n", [("権太", "holds", "key"), ("権太", "holds", OFF)]),
    ],
)
def test_a_thing_is_in_a_hand_until_it_is_last_told_of(told: str, found: list[tuple[str, str, str]]) -> None:
    assert changes(JA_START + JA_TALK + "　権太は鍵をひろいました。\n" + told) == found


def test_the_end_of_a_string_is_no_chopsticks() -> None:
    assert "chopsticks" not in str(changes(JA_START + JA_TALK + "　権太はひものはしをつかみました。\n"))
