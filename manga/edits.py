"""Structured edits: one change to one element, laid over the raw results."""

from typing import Literal

from pydantic import Field, JsonValue

from manga.phases import Phase
from manga.values import Value


class Edit(Value):
    """An accepted edit. It hangs on a lasting key, never on an address."""

    id: str
    change_type: Literal["text_edit", "selection", "drag_drop", "style_adjust"]
    phase: Phase
    element_key: str = Field(max_length=40)
    change_data: dict[str, JsonValue] = Field(max_length=12)
    base_version: str
    author: str = ""
