"""Whom he and she stand for after a speech, and what has a name of its own only with a capital."""

from tests.providers.offline.stories import read_all

GARDEN = """The Garden

The North Wind roared all day, and the Frost painted the trees. "What a garden!" said the Frost. "Blow!" said the Frost.

One morning the Giant was lying in bed. The North Wind ceased roaring, and a sweet smell came in.
"I believe the Spring has come," said the Giant; and he jumped out of bed and ran to the door.

The poor tree was still covered with frost and the branches were black. "Good morning," said the Giant.
"""


def _there(words: str) -> set[str]:
    _, cast, plot = read_all(GARDEN)
    names = {sheet.key: sheet.name for sheet in cast.characters}
    return next({names[key] for key in beat.present} for beat in plot.beats() if words in beat.told)


def test_he_who_does_something_after_a_speech_is_the_one_who_is_named_as_saying_it() -> None:
    _, cast, plot = read_all(GARDEN)
    names = {sheet.key: sheet.name for sheet in cast.characters}
    ran = next(deed for beat in plot.beats() for deed in beat.deeds if deed.action == "run")
    assert names[ran.who] == "the Giant"


def test_frost_on_a_tree_is_not_the_frost_who_is_somebody() -> None:
    assert "the Frost" in _there("painted the trees")
    assert "the Frost" not in _there("The poor tree")
