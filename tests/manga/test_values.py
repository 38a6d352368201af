"""What holds for every value of the vocabulary."""

import json

import pytest
from pydantic import ValidationError

from manga.brief import MAX_CHARACTERS, Brief, Settings
from manga.geometry import Rect
from manga.phases import PHASES, Phase
from manga.plot import Line, LineKind
from manga.values import Ruby, Span, json_schema


def test_a_value_comes_back_from_its_json_as_it_was() -> None:
    line = Line(
        key="l0001",
        kind=LineKind.SPEECH,
        text="待って",
        ruby=(Ruby(start=0, end=1, reading="ま"),),
        span=Span(start=3, end=6),
    )
    assert Line.of(json.loads(json.dumps(line.to_json()))) == line


def test_unknown_fields_are_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="owner_id"):
        Rect.of({"x": 0, "y": 0, "width": 1, "height": 1, "owner_id": "me"})


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused(number: float) -> None:
    with pytest.raises(ValidationError):
        Rect(x=number, y=0, width=1, height=1)


def test_a_value_cannot_be_changed() -> None:
    rect = Rect(x=0, y=0, width=1, height=1)
    with pytest.raises(ValidationError):
        rect.x = 5  # type: ignore[misc]


def test_a_story_may_hold_a_hundred_thousand_characters_and_not_one_more() -> None:
    assert Brief(text="あ" * MAX_CHARACTERS).text
    with pytest.raises(ValidationError):
        Brief(text="あ" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize("pages", [0, 401, "many"])
def test_a_book_has_one_to_four_hundred_pages(pages: object) -> None:
    with pytest.raises(ValidationError):
        Settings.of({"pages": pages})


def test_the_phases_are_numbered_in_order_and_end_with_finishing() -> None:
    assert [p.number for p in PHASES] == [1, 2, 3, 4, 5, 6, 7]
    assert Phase.CONCEPT.following is Phase.CHARACTERS
    assert Phase.FINISHING.following is None


def test_whoever_changes_a_schema_changes_nobody_elses() -> None:
    json_schema(Span)["properties"].clear()
    assert json_schema(Span) == Span.model_json_schema()
