"""Whom he and she stand for after a speech, and what has a name of its own only with a capital."""

from tests.offline.stories import read_all

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


def test_he_is_the_one_whom_a_sentence_begins_with_after_its_hour() -> None:
    story = (
        "The Garden\n\nThe Frost painted the trees. “What a garden!” said the Frost. “Blow!” said the Frost. "
        "“Good day,” said the Giant.\n\nThe Frost danced about through the trees, and the Frost laughed.\n\n"
        "One morning the Giant was lying in bed when there was some lovely music. It was so sweet that he jumped up.\n"
    )
    _, cast, plot = read_all(story)
    names = {sheet.key: sheet.name for sheet in cast.characters}
    morning = next(beat for beat in plot.beats() if "One morning" in beat.told)
    assert {names[key] for key in morning.present} == {"the Giant"}
