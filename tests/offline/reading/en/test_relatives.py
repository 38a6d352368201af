"""Relatives who are told of before they are named."""

from tests.offline.stories import read_all, spoken_by

SHIP = """The Lamp

My grandfather had kept the lamp before me. He laid his tools out on the blanket.

"What is the lamp for?" I asked.

"For answering," said Pa Lund.

I ran and I told them all. "What does it look like?" said my brother. Jory was seven and had a gap in his teeth.

"Like a star," I said. I took the lamp home. "Is it far?" said Jory.

"My granddaughter has seen it."

I looked at Pa, and he nodded.
"""


def test_my_brother_is_who_is_told_of_next_by_name() -> None:
    _, cast, plot = read_all(SHIP)
    jory = next(c for c in cast.characters if c.name == "Jory")
    assert "the brother" in jory.aliases
    assert {text: who for who, text in spoken_by(cast, plot)}["What does it look like?"] == "Jory"


def test_my_grandfather_is_pa_and_speaks_of_his_granddaughter() -> None:
    _, cast, plot = read_all(SHIP)
    grandfather = next(c for c in cast.characters if "the grandfather" in (c.name, *c.aliases))
    assert grandfather.name == "Pa Lund"
    assert {text: who for who, text in spoken_by(cast, plot)}["My granddaughter has seen it."] == "Pa Lund"


def test_pa_alone_is_seen_as_who_he_is() -> None:
    _, cast, plot = read_all(SHIP)
    pa = next(c for c in cast.characters if c.name == "Pa Lund")
    assert pa.key in next(b.present for b in plot.beats() if "he nodded" in b.told)


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


def test_he_whom_the_teller_went_to_is_who_speaks_next() -> None:
    _, cast, plot = read_all(
        "The Bunk\n\nTom ran home. I saw him go, I waited, and I was cold.\n\n"
        "I went to Bill. It was night, and the lamps were blue. He sat up in his bunk. "
        '"What is it?" he said.\n\n"Nothing," I said. "Nothing," said Tom. Bill laughed. Tom laughed.\n'
    )
    assert ("Bill", "What is it?") in spoken_by(cast, plot)
