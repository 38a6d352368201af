"""More sentences, written when the rules were done: what was missed then was mended afterwards."""

import pytest

from tests.offline.reading.test_state_changes import EN_START, EN_TALK, JA_START, JA_TALK, changes

Told = tuple[str, str, str]
JAPANESE: list[tuple[str, Told]] = [
    ("権太は頭巾をぬいで、おじぎをしました。", ("権太", "hat", "off")),
    ("お花は帽子をかぶると、外へ出ました。", ("お花", "hat", "yes")),
    ("権太は提灯を手に取りました。", ("権太", "holds", "paper_lantern")),
    ("お花は手紙を拾いあげました。", ("お花", "holds", "letter")),
    ("お花は権太に傘を渡しました。", ("権太", "holds", "umbrella")),
]
ENGLISH: list[tuple[str, Told]] = [
    ("The captain lifted his hat and bowed.", ("captain", "hat", "off")),
    ("The maid put on her straw hat.", ("maid", "hat", "straw")),
    ("The maid picked up the letter.", ("maid", "holds", "letter")),
    ("The maid gave the key to the captain.", ("captain", "holds", "key")),
]


@pytest.mark.parametrize(("told", "expected"), JAPANESE)
def test_a_japanese_sentence_is_understood(told: str, expected: Told) -> None:
    assert expected in changes(f"{JA_START}{JA_TALK}　{told}\n")


@pytest.mark.parametrize(("told", "expected"), ENGLISH)
def test_an_english_sentence_is_understood(told: str, expected: Told) -> None:
    found = [
        (who.removeprefix("the ").removeprefix("old "), *rest) for who, *rest in changes(EN_START + EN_TALK + told)
    ]
    assert expected in found


def test_whoever_sits_down_lays_nothing_down() -> None:
    story = f"{JA_START}権太は帽子をかぶりなおし、石に腰をおろしました。\n{JA_TALK}"
    assert not [found for found in changes(story) if found[1:] == ("holds", "off")]
