"""How a model says that a wish cannot be carried out."""

from dataclasses import replace

import pytest

from manga.characters import Cast
from manga.errors import WishRefused
from manga.proposed_changes import PictureChanges
from manga.revision import Revision
from manga.values import Value
from providers.base import Ask
from providers.schemas import answer_schema
from providers.wishes_refused_by_model import FIELD, Refusal, asked_type, carried_out
from tests.gemini.schema import unknown_keywords

REASON = "絵に音は入りません。"


def asked(*wishes: str, prompt: str = "redrawing", kind: type[Value] = PictureChanges) -> Ask[Value]:
    return Ask(prompt, {}, kind, revision=Revision(tuple((wish, ()) for wish in wishes)))


def answered(ask: Ask[Value], **told: object) -> Value:
    return asked_type(ask).of({"changes": [], **told})


def test_a_question_without_wishes_has_nothing_to_refuse() -> None:
    assert asked_type(asked()) is PictureChanges
    assert FIELD not in answer_schema(asked_type(asked()))["properties"]


def test_a_question_that_sees_only_a_part_refuses_nothing() -> None:
    assert asked_type(replace(asked("音を鳴らして"), may_refuse=False)) is PictureChanges


@pytest.mark.parametrize("kind", [PictureChanges, Cast])
def test_with_wishes_the_schema_has_one_field_more_that_may_be_left_out(kind: type[Value]) -> None:
    schema, plain = answer_schema(asked_type(asked("a", kind=kind))), answer_schema(kind)
    assert schema["title"] == kind.__name__
    assert schema["properties"].keys() == plain["properties"].keys() | {FIELD}
    assert FIELD not in schema.get("required", ())
    assert unknown_keywords(schema) == frozenset()


def test_an_answer_that_refuses_nothing_has_the_declared_type() -> None:
    ask = asked("雨にして")
    answer = carried_out(answered(ask), ask)
    assert type(answer) is PictureChanges
    assert answer == PictureChanges()


def test_a_refused_wish_is_raised_with_its_place_and_what_is_kept() -> None:
    ask = asked("雨にして", "音を鳴らして、暗くして")
    answer = answered(ask, refused=[{"wish": 1, "reason": f"{REASON}\n", "kept": "暗くして"}])
    with pytest.raises(WishRefused) as caught:
        carried_out(answer, ask)
    assert (caught.value.message, caught.value.wish, caught.value.kept) == (REASON, 1, "暗くして")
    assert caught.value.phase == "redrawing"


def test_the_oldest_refused_wish_comes_first_and_one_that_nobody_said_is_none() -> None:
    ask = asked("a", "b")
    answer = answered(ask, refused=[{"wish": n, "reason": f"no {n}"} for n in (7, 1, 0)])
    with pytest.raises(WishRefused, match="no 0"):
        carried_out(answer, ask)
    assert carried_out(answered(ask, refused=[{"wish": 2, "reason": "x"}]), ask) == PictureChanges()


def test_the_reason_is_short() -> None:
    with pytest.raises(ValueError, match="at most 300"):
        Refusal(wish=0, reason="x" * 301)
