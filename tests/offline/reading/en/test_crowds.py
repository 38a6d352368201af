"""A crowd is heard and not drawn as one body."""

from manga.plot import Line, Plot
from tests.offline.stories import lines_of, read_all

HALL = """The Concert

Nell stood up for her solo. “Good luck,” said Priya. “Thank you,” said Nell.

Somebody in the audience said, “Oh!” Nell did not move.

They passed the violin four times. The audience got up on its feet and then on its chairs.

“Again! Again!” they roared.

“Where did you learn it?” said Mr. Abara.

“In a garage,” said Nell.

“— Hurrah!” cried the village, without saying for whom.
"""


def _said(words: str) -> tuple[Plot, Line, str]:
    _, cast, plot = read_all(HALL)
    line = next(line for line in lines_of(plot) if words in line.text)
    return plot, line, next((sheet.name for sheet in cast.characters if sheet.key == line.speaker), "")


def test_a_village_can_cry_hurrah() -> None:
    assert _said("Hurrah")[2] == "the village"
