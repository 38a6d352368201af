"""Clothes that somebody has on, and such that he only holds, catches or makes."""

import pytest

from tests.offline.stories import read_all


def hat_of(sentence: str) -> str:
    story = f"{sentence} Wat laughed.\n\n“Good day,” said Wat. Wat went in. “Good day,” said Wat again.\n"
    return str({c.name: c.look.hat for c in read_all(story)[1].characters}["Wat"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Wat wore a straw hat.",
        "Wat took off his straw hat.",
        "The wind took Wat's straw hat.",
        "Wat came in a straw hat.",
    ],
)
def test_a_hat_that_is_on_or_is_his_is_worn(sentence: str) -> None:
    assert hat_of(sentence) == "straw"


@pytest.mark.parametrize(
    "sentence", ["Wat held the straw hat.", "Wat made a straw hat.", "Wat found a straw hat on the road."]
)
def test_a_hat_that_is_held_or_found_is_on_nobodys_head(sentence: str) -> None:
    assert hat_of(sentence) == "none"


def test_a_cheek_in_a_hand_is_no_stick() -> None:
    story = "　正雄は頬杖をついていた。\n「眠いな」と正雄は言った。正雄は笑った。正雄は寝た。\n"
    assert all("杖" not in c.look.marks for c in read_all(story)[1].characters)


def test_a_japanese_sentence_without_a_verb_lists_what_somebody_has_on() -> None:
    story = "　一人の侍がのぼってきました。黒い羽織に、古い編笠。\n「暑いな」と侍は言いました。侍は笑いました。\n"
    assert {c.look.hat for c in read_all(story)[1].characters if c.name == "侍"} == {"straw"}
