"""Who speaks first stands on the side that is read first; for that as few people as can be change their sides."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from offline.directing.positions_in_panels import in_turn

PEOPLE = ["a", "b", "c", "d"]


def flips(before: list[str], after: list[str]) -> int:
    return sum(after.index(x) > after.index(y) for x, y in combinations(before, 2))


def test_who_stands_in_turn_already_stays() -> None:
    assert in_turn(PEOPLE, ("a", "d")) == (PEOPLE, [])


def test_the_first_to_speak_comes_right_before_the_one_who_answers() -> None:
    assert in_turn(PEOPLE[:3], ("c", "a")) == (["c", "a", "b"], ["c"])


@given(st.permutations(PEOPLE), st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))
def test_speakers_stand_in_the_order_of_their_words(ordered: list[str], speakers: list[str]) -> None:
    found, moved = in_turn(ordered, speakers)
    assert sorted(found) == PEOPLE
    assert [who for who in found if who in speakers] == speakers
    assert set(moved) <= set(speakers)
    if len(speakers) == 2:
        assert flips(ordered, found) <= 3
        silent = [who for who in ordered if who not in speakers]
        assert flips(silent, [who for who in found if who not in speakers]) == 0
