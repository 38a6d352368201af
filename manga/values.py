"""The base of every frozen value: unknown fields are refused, numbers are finite, tuples instead of lists."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A part of a whole, 0..1."""


class Value(BaseModel):
    """A frozen value. `to_json` gives plain JSON types and `of` reads them back."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def to_json(self) -> dict[str, object]:
        """Plain JSON types only: what graph state, storage and streams carry."""
        return self.model_dump(mode="json")

    @classmethod
    def of(cls, data: object) -> Self:
        """Read what `to_json` wrote. Raises pydantic.ValidationError."""
        return cls.model_validate(data)


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
