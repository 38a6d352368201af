"""The schema that a model is held to."""

import json
from typing import Any, Literal

import pytest
from pydantic import Field

from manga.characters import Cast
from manga.concept import Concept
from manga.feedback import Plan
from manga.plot import Plot
from manga.proposed_changes import LetteringChanges, PictureChanges
from manga.storyboard import StoryboardDraft
from manga.values import Value
from providers.schemas import answer_schema, simplified
from tests.gemini.schema import unknown_keywords

ANSWERS = (Concept, Cast, Plot, StoryboardDraft, Plan, PictureChanges, LetteringChanges)


class Dog(Value):
    kind: Literal["dog"] = "dog"
    name: str = Field(default="", max_length=9, pattern="^[a-z]*$", description="What it hears.")


class Cat(Value):
    kind: Literal["cat"] = "cat"
    lives: int = Field(9, ge=0, lt=10)


class Pack(Value):
    pet: Dog | Cat = Field(discriminator="kind")
    default: tuple["Pack", ...] = Field(default=(), max_length=3)


def objects(schema: Any) -> list[dict[str, Any]]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    found = [one for part in inner for one in objects(part)]
    return [schema, *found] if isinstance(schema, dict) and "properties" in schema else found


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answers_schema_has_only_keywords_that_models_keep(kind: type[Value]) -> None:
    schema = answer_schema(kind)
    assert unknown_keywords(schema) == frozenset()
    assert schema["type"] == "object"
    assert schema["title"] == kind.__name__
    # What is lost is counted by code, and a plot's drawn things are asked for by themselves.
    ours = {"losses", "things"} if kind is Plot else {"losses"}
    assert set(schema["properties"]) == set(kind.model_fields) - ours


@pytest.mark.parametrize("kind", ANSWERS)
def test_no_bound_is_left_that_would_make_the_grammar_too_large(kind: type[Value]) -> None:
    for one in objects(answer_schema(kind)):
        for inner in one["properties"].values():
            assert not {"minItems", "maxItems", "minimum", "maximum", "pattern", "const", "default"} & inner.keys()


def test_bounds_are_said_in_words() -> None:
    dog = answer_schema(Pack)["$defs"]["Dog"]["properties"]["name"]
    assert dog == {"type": "string", "description": "What it hears. at most 9 characters; matches ^[a-z]*$"}


def test_a_tag_is_a_required_list_of_one() -> None:
    cat = answer_schema(Pack)["$defs"]["Cat"]
    assert cat["properties"]["kind"]["enum"] == ["cat"]
    assert cat["required"] == ["kind"]


def test_a_type_that_holds_itself_has_an_object_for_its_root() -> None:
    schema = answer_schema(Pack)
    assert schema["type"] == "object"
    assert "default" in schema["properties"], "a field may bear a keyword's name"
    assert "anyOf" in schema["properties"]["pet"]
    assert "oneOf" not in json.dumps(schema)


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_simplified_schema_keeps_every_field_and_has_no_long_list(kind: type[Value]) -> None:
    whole, simple = answer_schema(kind), simplified(answer_schema(kind))
    assert [sorted(one["properties"]) for one in objects(simple)] == [
        sorted(one["properties"]) for one in objects(whole)
    ]
    assert not [one for one in nested(simple) if len(one.get("enum", ())) > 8 or "additionalProperties" in one]
    assert len(json.dumps(simple)) <= len(json.dumps(whole))


def nested(schema: Any) -> list[dict[str, Any]]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    found = [one for part in inner for one in nested(part)]
    return [schema, *found] if isinstance(schema, dict) else found


def test_a_long_list_that_a_simplified_schema_drops_is_told_in_words() -> None:
    words = tuple(f"word{n}" for n in range(12))
    schema = {
        "type": "object",
        "properties": {"shot": {"type": "string", "description": "How near.", "enum": list(words)}},
    }
    assert simplified(schema)["properties"]["shot"] == {
        "type": "string", "description": f"How near. one of: {', '.join(words)}",
    }  # fmt: skip
