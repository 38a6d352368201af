"""An English verb belongs to the words that it is said of, not to whoever was named last."""

import pytest

from offline.reading.en.verb_subjects import is_quality, own_subject
from tests.offline.stories import read_all


def follows(sentence: str, name: str, verb: str) -> bool:
    """Whether the verb has a subject of its own after the name."""
    start = sentence.index(f" {verb}") + 1
    return own_subject(sentence, sentence.index(name) + len(name), start, start + len(verb)) is not None


@pytest.mark.parametrize(
    ("sentence", "name", "verb"),
    [
        ("I reined my horse to the brink of a black tarn that lay in lustre by the dwelling.", "I", "lay"),
        ("I had learned the fact that the entire family lay in the direct line of descent.", "I", "lay"),
        ("Tom climbed up, and the mast broke and the yard came down.", "Tom", "came"),
        ("He stopped, as everything stopped, before the goose.", "He", "stopped, before"),
        ("He knew that it was merely the Spring asleep.", "He", "asleep"),
        ("Ethelred struck the head of the dragon, which fell before him.", "Ethelred", "fell"),
        ("I saw the mighty walls rushing asunder.", "I", "rushing"),
        ("I laid my hand on his shoulder, and there came a strong shudder over him.", "I", "came"),
        ("Nell came to the door where the old dog sat in the sun.", "Nell", "sat"),
        ("He saw the fingers through which trickled many tears.", "He", "tears"),
    ],
)
def test_a_thing_does_its_own_deed(sentence: str, name: str, verb: str) -> None:
    assert follows(sentence, name, verb)


@pytest.mark.parametrize(
    ("sentence", "name", "verb"),
    [
        ("Tom, who lay by the fire, woke.", "Tom", "lay"),
        ("Tom was already fast asleep.", "Tom", "asleep"),
        ("Tom and the others ran home.", "Tom", "ran"),
        ("Tom was the boy who ran home.", "Tom", "ran"),
        ("Tom took his hat and the next morning went to town.", "Tom", "went"),
        ("Tom took his hat and his coat and ran.", "Tom", "ran"),
        ("Tom rose, and with a cry fell on the floor.", "Tom", "fell"),
        ("Tom rose, and his hand reached out.", "Tom", "reached"),
        ("Tom, his coat flying, ran home.", "Tom", "ran"),
        ("Tom was at the window, and there he stood.", "he", "stood"),
    ],
)
def test_who_was_named_goes_on(sentence: str, name: str, verb: str) -> None:
    assert not follows(sentence, name, verb)


@pytest.mark.parametrize(
    ("before", "verb", "after", "quality"),
    [
        ("It was the work of the ", "rushing", " gust.", True),
        ("He spoke in a low, ", "hurried", ", and gibbering murmur.", True),
        ("He roamed with ", "hurried", " steps.", True),
        ("There was a tumultuous ", "shouting", " sound.", True),
        ("I heard the dragon's unnatural ", "shriek", ".", True),
        ("He knocked at my door, and ", "entered", ", bearing a lamp.", False),
        ("He put down the cup, ", "hurried", " to the window.", False),
        ("She gave a loud ", "shriek", ".", False),
        ("He sprang to his feet, and ", "shrieked", " out.", False),
    ],
)
def test_what_only_describes_a_thing_is_no_deed(before: str, verb: str, after: str, quality: bool) -> None:
    assert is_quality(before + verb + after, len(before), len(before + verb)) is quality


def deeds_of(sentence: str) -> list[tuple[str, str]]:
    story = f'The House\n\nTom stood there. Nell saw him. "Good day," said Tom. "Good day," said Nell.\n\n{sentence}\n'
    _, cast, plot = read_all(story)
    names = {sheet.key: sheet.name for sheet in cast.characters}
    return [(names[deed.who], deed.action) for beat in plot.beats() for deed in beat.deeds][2:]


def test_of_somebody_who_is_seen_to_do_something_it_is_the_deed() -> None:
    assert ("Nell", "lie") in deeds_of("And Tom found Nell lying under the tree.")
    assert ("Tom", "lie") not in deeds_of("And Tom found Nell lying under the tree.")


def test_what_is_over_is_no_pose_of_now() -> None:
    assert ("Tom", "lie") not in deeds_of("Tom rose from the sofa on which he had been lying, and greeted her.")


@pytest.mark.parametrize(
    "sentence",
    ["Tom was glad, while running over in thought what she said.", "It ran through his mind that Tom was late."],
)
def test_thoughts_that_run_move_nobody(sentence: str) -> None:
    assert "run" not in {action for _, action in deeds_of(sentence)}


def test_who_marches_walks_though_a_village_comes_out() -> None:
    assert deeds_of("So Tom marched to the bridge, and the whole village came out.") == [("Tom", "walk")]
