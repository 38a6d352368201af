"""Closed lists are written once: enums that code names are held equal to entries, and documents show them all."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from manga.plot import Ground, Weather
from manga.values import Value
from manga.vocabulary.register import MOST_ENUMERATED, VOCABULARIES, closed_list, closed_words
from manga.vocabulary.vocabulary_entries import word_of
from manga.vocabulary.weather import grounds, weathers
from providers.schemas import answer_schema

REGISTER = (Path(__file__).parents[3] / "docs/register.md").read_text(encoding="utf-8")


class Sky(Value):
    falls: Annotated[str, Field(json_schema_extra=word_of("weather"))]
    over: Annotated[str, Field(json_schema_extra=word_of("places"), description="a place")]


@pytest.mark.parametrize(("kind", "name"), [(Weather, "weather"), (Ground, "ground")])
def test_words_that_code_names_are_the_entries(kind: type[StrEnum], name: str) -> None:
    assert {word.value for word in kind} == set(closed_words(name))


def test_what_weather_leaves_can_lie_on_the_ground() -> None:
    assert {weather.leaves for weather in weathers().entries.values()} <= grounds().entries.keys()


@pytest.mark.parametrize("name", VOCABULARIES)
def test_documents_show_every_list(name: str) -> None:
    assert closed_list(name) in REGISTER


@pytest.mark.parametrize("name", VOCABULARIES)
def test_no_retired_key_is_used_again(name: str) -> None:
    entries = VOCABULARIES[name]().entries
    retired = [was for entry in entries.values() for was in entry.was]
    assert len(retired) == len(set(retired))
    assert not set(retired) & entries.keys()


def test_a_schema_lists_the_words_of_a_short_vocabulary_and_asks_for_a_text_of_a_long_one() -> None:
    fields = answer_schema(Sky)["properties"]
    assert fields["falls"]["enum"] == list(closed_words("weather"))
    assert len(closed_words("places")) > MOST_ENUMERATED
    assert fields["over"] == {"type": "string", "description": "a place"}


def test_pickers_say_every_key_in_both_languages() -> None:
    assert VOCABULARIES["places"]().shown()["rooftop"] == {"en": "rooftop", "ja": "屋上"}
