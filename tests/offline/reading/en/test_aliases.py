"""People who say their names when they are asked for them."""

from tests.offline.stories import read_all, spoken_by

STAIRS = """The Hat

Constable Dunn climbed the stairs with Mr. Crewe. A small boy in a paper hat sat on the top stair.

"It is my birthday," said the small boy. Dunn sat down beside the small boy.

"Many happy returns," said Dunn. "What's your name?"

"Sam."

"Is there a party, Sam?"

"There is," said the small boy. "You may come," said Sam. Mr. Crewe coughed.
"""


def test_the_boy_who_says_his_name_is_one_person_with_it() -> None:
    _, cast, _ = read_all(STAIRS)
    assert [c.name for c in cast.characters if {"Sam", "the small boy"} & {c.name, *c.aliases}] == ["Sam"]


def test_a_name_that_answers_is_said_by_its_bearer_and_asked_for_by_another() -> None:
    _, cast, plot = read_all(STAIRS)
    said = {text: who for who, text in spoken_by(cast, plot)}
    assert (said["What's your name?"], said["Sam."], said["Is there a party, Sam?"]) == (
        "Dunn", "Sam", "Dunn",
    )  # fmt: skip
