"""Which man `the man` is: told apart by place, and taken up by a name."""

from manga.story_source import read_source
from offline.writer import read


def _people(text: str) -> dict[str, set[str]]:
    return {person.name: set(person.names) for person in read(read_source(text)).people}


def _who(text: str, words: str) -> str:
    reading = read(read_source(text))
    at = text.index(words) - text.index(reading.source.text[:20])
    return next(m.name for m in reading.mentions if m.start <= at < m.end)


FERRY = """The Ferry

There was a man lying on the quay. He was old, and he held a lantern.

“Is the ferry late?” said the old man.

“It is always late,” said Nora. “And who are you?”

“My name is Orlo Quist, and I have waited since noon,” said the man.

Quist got up. Nora gave Quist her arm, and Quist took it.

That evening, in the town, a fat man stood behind the counter. “Fresh?” said the fat man. The fat man laughed.
"""


def test_a_man_who_gives_his_name_is_one_person_from_then_on_and_the_next_man_is_another() -> None:
    people = _people(FERRY)
    assert "the old man" in people["Quist"]
    assert "the fat man" in people
    assert _who(FERRY, "man lying") == "Quist"
    assert _who(FERRY, "fat man stood") == "the fat man"


BAKER = """The Baker

A boy with flour in his eyebrows was turning a crank. Nora climbed out.

“You are no loaf,” said the boy.

“I am not,” said Nora.

The boy was called Wick, because he was thin. He was a truthful boy. Wick held out a hand.
"""


def test_the_boy_who_was_called_wick_is_wick_and_a_truthful_boy_is_nobody_else() -> None:
    people = _people(BAKER)
    assert "the boy" in people["Wick"]
    assert not [name for name in people if name.startswith("the ")]


BRIDGE = """The Bridge

A small man came along the road with a bicycle. He stopped before the gate.

“The bridge is closed,” said Mrs. Adair.

“Is it?” said the stranger. “Why?”

“Nobody knows,” said Mrs. Adair.

“Dear me,” said the man with the bicycle.
"""


def test_a_stranger_of_whom_nothing_was_told_is_the_man_who_came_along() -> None:
    assert "the stranger" in _people(BRIDGE)["the man"]
