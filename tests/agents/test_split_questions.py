"""What one question does not hold is asked in several: in order, as even as can be, nothing twice and nothing lost."""

import pytest

from agents.characters import joined
from agents.split_questions import LEFT_OUT, batches, in_passages
from manga.characters import Cast
from tests.agents.test_characters import sheet


def test_batches_grow_smaller_until_their_questions_hold_them() -> None:
    weights = [3, 1, 1, 9, 1, 1, 1, 1]
    found = batches(weights, 5, lambda some: sum(some) <= 10)
    assert [one for some in found for one in some] == weights
    assert all(sum(some) <= 10 for some in found)
    assert len(found) < len(weights)


def test_a_single_thing_that_no_question_holds_is_asked_for_all_the_same() -> None:
    assert batches([99, 1], 5, lambda some: sum(some) <= 10) == [[99], [1]]
    assert batches([], 5, lambda some: False) == []


@pytest.mark.parametrize("most", [4000, 2000, 900])
def test_a_story_is_read_in_passages_from_its_first_words_to_its_last(most: int) -> None:
    story = "".join(f"Sentence {number} of the story is here. " for number in range(200))
    told = in_passages(story, lambda text: len(text) <= most)
    assert len(told) <= most
    assert told.startswith("Sentence 0 of")
    assert told.endswith("Sentence 199 of the story is here. ")
    assert LEFT_OUT in told


def test_a_story_that_fits_is_told_as_it_is() -> None:
    assert in_passages("Short.", lambda text: True) == "Short."


def test_somebody_who_is_met_in_two_parts_of_a_story_is_one_person() -> None:
    first = Cast(characters=(sheet("c01", "Gon"), sheet("c02", "Hyoju")))
    boy = sheet("c01", "The boy").model_copy(update={"aliases": ("HYOJU",), "mentions": 9})
    cast = joined((first, Cast(characters=(boy, sheet("c02", "Kasuke")))))
    assert [(one.key, one.name) for one in cast.characters] == [("c01", "Hyoju"), ("c02", "Gon"), ("c03", "Kasuke")]
    assert cast.characters[0].aliases == ("The boy", "HYOJU")


def test_a_book_has_one_protagonist_however_many_parts_name_one() -> None:
    lead, other = (
        sheet(key, name).model_copy(update={"role": "protagonist"}) for key, name in (("c01", "A"), ("c01", "B"))
    )
    cast = joined((Cast(characters=(lead,)), Cast(characters=(other,))))
    assert [one.role for one in cast.characters] == ["protagonist", "main"]
