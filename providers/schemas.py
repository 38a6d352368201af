"""Makes the JSON schema that a model is held to from a declared type.

A field that holds a word of a vocabulary lists its words, unless there are too many. Constrained decoding knows shapes
and closed lists; bounds, patterns and defaults are no part of its grammar, or make it too large to be served. They go
into the descriptions, where the model reads them, and are checked by us afterwards.
"""

from typing import Any, Final

from manga.values import Value, json_schema
from manga.vocabulary.register import MOST_ENUMERATED, closed_words

Schema = dict[str, Any]

_SHAPE: Final = frozenset(
    {"$ref", "$defs", "type", "enum", "items", "prefixItems", "anyOf", "properties", "additionalProperties", "required"}
)
_BOUNDS: Final = {
    "minimum": "at least {}", "maximum": "at most {}", "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}", "minLength": "at least {} characters", "maxLength": "at most {} characters",
    "minItems": "at least {} items", "maxItems": "at most {} items", "maxProperties": "at most {} entries",
    "pattern": "matches {}",
}  # fmt: skip
_NAMED: Final = ("properties", "$defs")
_FEW: Final = 8
"""Words that a simplified schema still lists as a closed list."""


def answer_schema(kind: type[Value]) -> Schema:
    """The schema of an answer of this type, its root an object that bears the type's name."""
    whole = json_schema(kind)
    if "$ref" in whole:  # a type that contains itself
        whole = {**whole["$defs"][whole["$ref"].rsplit("/", 1)[-1]], "$defs": whole["$defs"]}
    return {"title": kind.__name__, **_plain(whole)}


def simplified(schema: Schema) -> Schema:
    """The same shape with a smaller grammar, for a provider that does not serve the whole: long closed lists stand in
    the descriptions, what may be null is only said to be optional, objects are open where they were."""
    plain = {key: _simplified_at(key, value) for key, value in schema.items() if key != "additionalProperties"}
    if len(words := plain.get("enum", ())) > _FEW:
        del plain["enum"]
        told = f"one of: {', '.join(map(str, words))}"
        plain["description"] = ". ".join(part for part in (plain.get("description", "").rstrip("."), told) if part)
    kinds = [kind for kind in plain.get("anyOf", ()) if kind.get("type") != "null"]
    if len(kinds) == 1:
        del plain["anyOf"]
        plain = {**kinds[0], **plain}
    return plain


def _simplified_at(key: str, value: Any) -> Any:
    if key in _NAMED:
        return {name: simplified(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [simplified(one) if isinstance(one, dict) else one for one in value]
    return simplified(value) if isinstance(value, dict) else value


def _plain(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    schema = _known(schema)
    plain = {key: _inner(key, value) for key, value in schema.items() if key in _SHAPE}
    if words := _described(schema):
        plain["description"] = words
    if required := _required(schema):
        plain["required"] = required
    return plain


def _inner(key: str, value: Any) -> Any:
    if key in _NAMED:
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list) and key in ("anyOf", "prefixItems"):
        return [_plain(inner) for inner in value]
    return _plain(value)


def _known(schema: Schema) -> Schema:
    """The same in keywords that models know."""
    known = dict(schema)
    if "const" in known:
        known["enum"] = [known.pop("const")]
    if "oneOf" in known:
        known["anyOf"] = known.pop("oneOf")
    if "vocabulary" in known and len(words := closed_words(known["vocabulary"])) <= MOST_ENUMERATED:
        known["enum"] = list(words)
    return known


def _described(schema: Schema) -> str:
    bounds = "; ".join(words.format(schema[key]) for key, words in _BOUNDS.items() if key in schema)
    return ". ".join(part for part in (str(schema.get("description", "")).strip().rstrip("."), bounds) if part)


def _required(schema: Schema) -> list[str]:
    """What is required, and every tag: a model may leave out what has a default, and a union cannot be told then."""
    tags = [name for name, inner in schema.get("properties", {}).items() if "const" in inner]
    return list(dict.fromkeys([*schema.get("required", ()), *tags]))
