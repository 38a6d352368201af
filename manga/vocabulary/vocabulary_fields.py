"""Pydantic fields that hold a word of a vocabulary: the schema lists the words, any text becomes the nearest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from manga.vocabulary.vocabulary_entries import Vocabulary


@dataclass(frozen=True, slots=True)
class NamedAs:
    """Beside an enum whose words are entries: its schema tells their names. `Annotated[Pose, NamedAs(poses)]`."""

    vocabulary: Callable[[], Vocabulary[Any, Any]]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        told, shown = handler.resolve_ref_schema(handler(schema)), self.vocabulary().shown()
        return {**told, "words": {word: shown[word] for word in told["enum"]}}


@dataclass(frozen=True, slots=True)
class WordOf:
    """`Annotated[str, WordOf(outfits)]`. The vocabulary is read when the first value or schema is made."""

    vocabulary: Callable[[], Vocabulary[Any, Any]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._known, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "enum": list(self.vocabulary().entries), "words": self.vocabulary().shown()}

    def _known(self, text: str) -> str:
        """The key of the nearest entry. Raises ValueError where words mean none: nothing is dropped unsaid."""
        vocabulary = self.vocabulary()
        if text in vocabulary.entries:
            return text
        if key := vocabulary.nearest(text).key:
            return key
        raise ValueError(f"{text[:60]!r} is none of: {', '.join(vocabulary.entries)}")
