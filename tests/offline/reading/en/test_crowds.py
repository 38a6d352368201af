"""A crowd is heard and not drawn as one body."""

from manga.brief import Settings
from manga.plot import Line, Plot
from offline.directing.storyboard import draft_storyboard
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


def test_what_they_roar_is_the_audiences_and_comes_from_outside_the_picture() -> None:
    assert _said("Again!")[2] == "the audience"
    concept, cast, plot = read_all(HALL)
    draft = draft_storyboard(plot, cast, concept, Settings())
    panels = [panel for page in draft.pages for panel in page.panels]
    roared = [(panel, part) for panel in panels for part in panel.dialogue.parts if "Again!" in part.text]
    assert roared
    assert all(part.off_panel for _, part in roared)
    assert not [f for panel, part in roared for f in panel.direction.figures if f.character == part.speaker]


def test_somebody_in_the_audience_is_nobody_of_the_story() -> None:
    assert _said("Oh!")[2] == "the audience"


def test_a_village_can_cry_hurrah() -> None:
    assert _said("Hurrah")[2] == "the village"


def test_nobody_sees_a_crowd_as_somebody() -> None:
    plot, line, _ = _said("Again!")
    assert all(line.speaker not in beat.present for beat in plot.beats())
