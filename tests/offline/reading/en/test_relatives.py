"""Relatives who are told of before they are named."""

from tests.offline.stories import read_all

SHIP = """The Lamp

My grandfather had kept the lamp before me. He laid his tools out on the blanket.

"What is the lamp for?" I asked.

"For answering," said Pa Lund.

I ran and I told them all. "What does it look like?" said my brother. Jory was seven and had a gap in his teeth.

"Like a star," I said. I took the lamp home. "Is it far?" said Jory.

"My granddaughter has seen it."

I looked at Pa, and he nodded.
"""


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
