"""Who is told of and not before us: awaited, supposed, remembered, or there on other days."""

import pytest

from manga.plot import Beat
from offline.reading.en.suppositions import stretches
from tests.offline.stories import read_all

LAMP = """The Present

Della stood in the little room and counted her money. "One dollar," said Della.

Whenever Jim came home he was greatly hugged by Della, who loved him. Had a king been the janitor, Jim would have
pulled out his watch every time he passed. With a chain on that watch Jim might be proud of it.

Della sat down by the door that he always entered, and Jim was never late.

The door opened and Jim stepped in. "Della," said Jim. "Jim!" cried Della.
"""


def _beats(story: str) -> dict[str, tuple[Beat, set[str]]]:
    _, cast, plot = read_all(story)
    names = {sheet.key: sheet.name for sheet in cast.characters}
    return {beat.told: (beat, {names[key] for key in beat.present}) for beat in plot.beats()}


def _there(story: str, words: str) -> set[str]:
    return next(there for told, (_, there) in _beats(story).items() if words in told)


@pytest.mark.parametrize("words", ["Whenever Jim", "Had a king", "might be proud", "never late"])
def test_whoever_is_supposed_or_comes_on_other_days_is_not_there(words: str) -> None:
    assert "Jim" not in _there(LAMP, words)


def test_he_is_there_when_the_story_brings_him() -> None:
    assert "Jim" in _there(LAMP, "Jim stepped in")


def test_nobody_is_seen_to_do_what_is_only_supposed() -> None:
    before = [beat for told, (beat, _) in _beats(LAMP).items() if "Jim stepped in" not in told and "cried" not in told]
    names = {sheet.key: sheet.name for sheet in read_all(LAMP)[1].characters}
    assert not [deed for beat in before for deed in beat.deeds if names[deed.who] == "Jim"]


def test_who_had_been_a_friend_is_remembered_and_not_there() -> None:
    story = (
        "The House\n\nI rode all day through a dreary country to the house, and I looked at its grey walls. Its owner, "
        "Roderick, had been one of my friends when I was at a school that is no more.\n\nThe next morning I knocked. "
        "“Come in,” said Roderick. “Good day,” said I. I sat down by the fire, and I looked about me.\n"
    )
    assert "Roderick" not in _there(story, "had been one")
    assert "Roderick" in _there(story, "knocked.")


TOLD_BACK = """The Watch

Tom sat by the window and held the lamp. Ann had held it once, and the Captain had told Tom to write it down.

Tom did not go to the Captain. Tom wrote. “It is late,” said Tom. The Captain opened the door. “Come,” said the Captain.
“Ann,” said Tom. Ann came in. “Yes,” said Ann.
"""


def test_who_had_done_something_before_is_not_there_yet() -> None:
    assert _there(TOLD_BACK, "held it once") == {"Tom"}
    assert "the Captain" not in _there(TOLD_BACK, "did not go")
    assert "Captain" in "".join(_there(TOLD_BACK, "opened the door"))


def test_who_did_something_years_ago_is_not_there_now() -> None:
    story = (
        "店\n\n　花子は工場で布をたたんでいた。「できた」と花子は言った。\n"
        "　十年まえ、おばあさんがこれを縫った。それは長い冬であった。\n　花子は布をしまった。\n"
        "「おばあさん」と花子は言った。「おばあさん」と花子は泣いた。\n"
    )
    assert "おばあさん" not in _there(story, "これを縫った")


def test_a_story_may_open_with_a_habit() -> None:
    story = (
        "The Garden\n\nEvery time the king came home, the queen used to run to the gate.\n\n"
        "One day the king was late. “Where is he?” said the queen. “Here,” said the king. The king laughed.\n"
    )
    assert _there(story, "Every time") == {"the king", "the queen"}


@pytest.mark.parametrize(
    ("sentence", "unreal"),
    [
        ("on the day the Bishop was to come there was a goose", [" on the day the Bishop was to come"]),
        ("The Tortoise never for a moment stopped.", []),
        ("She ran as if the wind had been after her.", ["if the wind had been after her"]),
    ],
)
def test_stretches_of_a_sentence_that_do_not_happen(sentence: str, unreal: list[str]) -> None:
    found = [sentence[s.start : s.end].strip() for s in stretches(sentence, 0, len(sentence))]
    assert found == [words.strip() for words in unreal]
