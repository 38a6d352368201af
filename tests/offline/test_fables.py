"""In stories in which beasts talk, any beast may."""

from tests.offline.stories import read_all, spoken_by

FABLE = """The Ditch

Fox met Mole by the road.

“Cousin,” said Fox, “where are you going today?”

“I am going up the hill,” said Mole.

On the third night Owl leaned down out of the ash tree.

“Who do you think you are?”

“I am somebody who digs,” said Mole, and threw a pawful of earth over his shoulder.

Owl thought about that. Then she flew ahead of him.
"""


def test_a_beast_that_has_not_talked_before_may_be_the_one_who_asks() -> None:
    _, cast, plot = read_all(FABLE)
    assert {text: name for name, text in spoken_by(cast, plot)}["Who do you think you are?"] == "Owl"


def test_what_kind_of_bird_somebody_is_can_be_drawn() -> None:
    owl = next(c for c in read_all(FABLE)[1].characters if c.name == "Owl")
    assert (owl.look.kind.value, owl.look.marks) == ("bird", ("owl",))
