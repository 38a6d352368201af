"""Relatives who are told of before they are named."""

from tests.offline.stories import read_all


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
