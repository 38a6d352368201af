"""Relatives and others who are told of before they are named."""

from tests.offline.stories import read_all, spoken_by


def test_a_name_that_was_known_before_is_not_the_relatives() -> None:
    _, cast, _ = read_all(
        "The Door\n\nTom ran to the house and knocked. Tom was cold.\n\n"
        '"Come in," said my brother. Tom was at the door. "Sit down," said my brother. "Thank you," said Tom.\n'
    )
    assert {"Tom", "the brother"} <= {c.name for c in cast.characters}


def test_a_woman_is_not_my_brother() -> None:
    _, cast, _ = read_all(
        "The Door\n\nI sat at home. I was ill.\n\n"
        '"Come in," said my brother. Ann was at the door, and she was wet. "Sit down," said my brother.\n\n'
        '"Thank you," said Ann. I got up, I laughed, and I made tea.\n'
    )
    assert {"Ann", "the brother"} <= {c.name for c in cast.characters}


def test_whoever_is_told_of_before_she_has_a_name_is_one_person() -> None:
    _, cast, plot = read_all(
        "The Hut\n\n"
        + "Tom went over the hills, and over more hills. " * 35
        + '"Go home," said the miller. "Go on," said Mary.\n\n'
        "Tom came to the hut. Tom was cold. He knocked.\n\n"
        "A little girl in a smock opened. The girl was wet.\n\n"
        '"Nobody is here," she said.\n\n"You are," said Tom.\n\n"I am Ann," said Ann. Ann laughed. Ann shut the door, '
        'and Tom sat down.\n\n"Sit here, Tom," said Ann.\n'
    )
    assert {c.name for c in cast.characters} == {"Tom", "Ann", "Mary", "the miller"}
    assert spoken_by(cast, plot)[2] == ("Ann", "Nobody is here,")


def test_he_whom_only_his_rank_tells_of_as_a_man_is_one_by_name_too() -> None:
    _, cast, _ = read_all(
        "The Cart\n\nMary stopped the cart. Mary was tired. The lieutenant smiled, and he bowed.\n\n"
        '"Get on," said Mary.\n\n"Nothing there," said the lieutenant.\n\n'
        '"Good, Lieutenant Kyle," said Mary.\n\n"Ride on," said Kyle.\n'
    )
    assert {c.name: c.look.gender for c in cast.characters}.get("Kyle") == "male"
