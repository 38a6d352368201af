"""Who is told to be dead stands in no picture until he does something again."""

from tests.offline.stories import read_all

VAULT = """The Sister

I came to the house at dusk. "Come in," said Roderick. "Good evening," said Madeline, and Madeline sat down beside us.

One evening he informed me that the lady Madeline was no more. "Help me," said Roderick. We laid Madeline in the coffin,
and I looked upon the face of Madeline. We screwed down the lid of it, and Roderick wept.

Some days of bitter grief having passed, I sat in my chamber and listened. "I hear it," said Roderick.

The door opened, and there stood Madeline. Madeline fell upon her brother. I ran from the house.
"""


def _there(words: str) -> set[str]:
    _, cast, plot = read_all(VAULT)
    names = {sheet.key: sheet.name for sheet in cast.characters}
    return next({names[key] for key in beat.present} for beat in plot.beats() if words in beat.told)


def test_the_dead_do_not_stand_at_their_own_burial() -> None:
    assert "Madeline" in _there("sat down beside us")
    assert "Madeline" not in _there("screwed down the lid")


def test_whoever_rises_from_the_grave_is_seen_again() -> None:
    assert "Madeline" in _there("there stood Madeline")
