"""What something is only likened to is neither there nor heard."""

import pytest

from manga.brief import Language
from offline.reading.en.comparisons import without_likenesses
from offline.reading.lexicon_tables import lore
from offline.reading.place_mentions import SURE, sightings
from tests.offline.stories import read_all

VAULT = "In this there was much that reminded me of old wood-work which has rotted for years in some neglected vault."


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        (VAULT, "vault"),
        ("The floor groaned like a door in a story.", "door"),
        ("It was as big as a drum, and round.", "drum"),
        ("She stared as if she stood before a coffin.", "coffin"),
        ("A small picture showed the interior of a vault, with low walls.", "vault"),
        ("He spoke like a man who sat in the church, whose bell rang.", "bell"),
    ],
)
def test_what_is_likened_is_left_out(sentence: str, word: str) -> None:
    left = without_likenesses(sentence)
    assert word not in left
    assert len(left) == len(sentence)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("I would like to see the church.", "church"),
        ("They sat like statues in the church.", "church"),
        ("He ran like a deer, and hid in a barn.", "barn"),
        ("They went as far as the bridge.", "bridge"),
        ("The eye-like windows looked over the tarn.", "tarn"),
        ("It was like night, but he saw the church.", "church"),
    ],
)
def test_what_is_there_stays(sentence: str, word: str) -> None:
    assert word in without_likenesses(sentence)


def test_a_likeness_is_no_place_of_anybody() -> None:
    assert [s for s in sightings(lore(Language.EN), VAULT) if s.strength >= SURE] == []


def test_who_stands_before_a_house_stays_there_and_sees_no_coffin() -> None:
    story = (
        "The House\n\nI rode to the dreary mansion, and stood before the mansion. I looked upon the bleak walls of the "
        f"mansion.\n\nI went nearer, and I saw its grey stones. {VAULT} But the walls stood firm, and I looked up.\n"
    )
    plot = read_all(story)[2]
    assert {scene.setting for scene in plot.scenes} == {"mansion"}
    assert not any("coffin" in beat.props for beat in plot.beats())


def test_things_and_sounds_of_a_likeness_are_not_there() -> None:
    assert lore(Language.EN).sound("He laughed as if the shutters rattled in some old barn.") == ""
    assert lore(Language.EN).sound("The shutters rattled, as if he laughed.") == "rattle"
