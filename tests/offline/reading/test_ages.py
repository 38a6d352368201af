"""Ages by what people are called and introduced as, and not by whoever is told of beside them."""

import pytest

from manga.characters import Age
from tests.offline.stories import read_all


def age_of(name: str, told: str) -> Age:
    after = f"“Good day,” said {name}. {name} laughed. {name} went in. “Good day,” said {name} again.\n"
    return {c.name: c.look.age for c in read_all(f"{told}\n\n{after}")[1].characters}[name]


@pytest.mark.parametrize(
    ("told", "age"),
    [
        ("By the gate stood old Wat.", Age.ELDER),
        ("By the gate stood my dear old Wat.", Age.ADULT),
        ("Her grandson Wat came to the gate.", Age.CHILD),
        ("Wat went to the gate and met an old man there.", Age.ADULT),
    ],
)
def test_a_name_is_as_old_as_the_words_right_before_it(told: str, age: Age) -> None:
    assert age_of("Wat", told) is age


@pytest.mark.parametrize(("noun", "age"), [("tailor", Age.ADULT), ("man", Age.ADULT), ("brother", Age.CHILD)])
def test_whoever_is_grown_is_no_child_for_being_little(noun: str, age: Age) -> None:
    assert age_of(f"the little {noun}", f"There came the little {noun}. The little {noun} sat down.") is age


def test_a_narrator_who_tells_of_children_is_none() -> None:
    story = "　私は子供のころの話をしよう。私は東京に住んでいる。\n「そうか」と私は言った。私は笑った。\n"
    assert {c.look.age for c in read_all(story)[1].characters if c.name == "私"} == {Age.ADULT}
