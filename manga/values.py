"""The base class of every frozen value: unknown fields are refused, numbers are finite, tuples instead of lists."""

import json
from functools import cache, partial
from operator import eq
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from manga.fields_always_written import FIELDS

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A part of a whole, 0..1."""


class Value(BaseModel):
    """A frozen value. `to_json` gives plain JSON types and `of` reads them back.

    A field that a class got after works were first recorded is left out of its JSON while it holds its default: digests
    of what was made before stay the same, and so does what was paid for (`manga.fields_always_written`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if later := _later_fields(cls):
            for info in later:
                info.exclude_if = partial(eq, info.get_default(call_default_factory=True))
            cls.model_rebuild(force=True, raise_errors=False)

    def to_json(self) -> dict[str, object]:
        """Plain JSON types only: what graph state, storage and streams carry."""
        return self.model_dump(mode="json")

    @classmethod
    def of(cls, data: object) -> Self:
        """Read what `to_json` wrote. Raises pydantic.ValidationError."""
        return cls.model_validate(data)


def json_schema(kind: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of this type, a copy for each caller: to build one takes pydantic 10 to 50 ms."""
    found: dict[str, Any] = json.loads(_written_schema(kind))
    return found


@cache
def _written_schema(kind: type[BaseModel]) -> str:
    return json.dumps(kind.model_json_schema())


def _later_fields(kind: type[BaseModel]) -> list[FieldInfo]:
    """Those with a default that have come since the class, or the nearest it is made from, was recorded. What says by
    itself when it is left out (`exclude_if`) goes on doing so."""
    recorded = next((FIELDS[base.__name__].split() for base in kind.__mro__ if base.__name__ in FIELDS), None)
    if recorded is None:
        return []
    fields = kind.model_fields.items()
    return [info for name, info in fields if name not in recorded and not info.is_required() and not info.exclude_if]


def on_one_line(words: str) -> str:
    """Somebody else's words, without anything that a screen obeys."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


class Span(Value):
    """A half-open stretch of the source text, in code points of the text after ruby mark-up is read."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


DOT = "\ufe45"
"""The sesame dot of emphasis."""


class Ruby(Value):
    """A reading set beside a stretch of a text: offsets are code points within that text.

    A reading that is a sesame dot is emphasis (傍点): one for each letter.
    """

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    reading: str = Field(min_length=1, max_length=40)

    @property
    def is_dot(self) -> bool:
        return self.reading == DOT
