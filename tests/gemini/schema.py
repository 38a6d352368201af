"""JSON Schema as constrained decoding treats it: an answer has what the schema names, and nothing else."""

from collections.abc import Iterator
from typing import Any, Final

from tests.gemini.wire import Json

KNOWN: Final = frozenset({
    "$id", "$defs", "$ref", "$anchor", "type", "format", "title", "description", "enum", "items", "prefixItems",
    "minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf", "properties", "additionalProperties", "required",
    "propertyOrdering",
})  # fmt: skip
"""The keywords that Google documents. Others are taken and not kept to."""


def unknown_keywords(schema: Any) -> frozenset[str]:
    """Keywords of a schema that the service does not keep to: `const`, `pattern`, `maxLength`."""
    return frozenset(_unknown(schema))


def _unknown(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for item in schema:
            yield from _unknown(item)
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            yield from _unknown(list(value.values()))
        elif key not in KNOWN:
            yield key
        elif key not in ("enum", "required", "propertyOrdering"):
            yield from _unknown(value)


def fitted(data: Any, schema: Json, defs: Json | None = None) -> Any:
    """`data` without what the schema does not name, and with a sample of what it requires and `data` has not."""
    defs = defs if defs is not None else schema.get("$defs", {})
    schema = _resolved(data, schema, defs)
    if isinstance(data, dict):
        return _fitted_object(data, schema, defs)
    if isinstance(data, list):
        first = schema.get("prefixItems") or []
        rest = schema.get("items") if isinstance(schema.get("items"), dict) else {}
        return [fitted(item, first[i] if i < len(first) else rest or {}, defs) for i, item in enumerate(data)]
    return data


def _fitted_object(data: Json, schema: Json, defs: Json) -> Json:
    named: Json | None = schema.get("properties")
    if named is None:
        values = schema.get("additionalProperties")
        return {key: fitted(value, values if isinstance(values, dict) else {}, defs) for key, value in data.items()}
    kept = {key: fitted(data[key], named[key], defs) for key in named if key in data}
    lacking = (key for key in schema.get("required", ()) if key not in kept)
    return kept | {key: sample(named[key], defs) for key in lacking}


def sample(schema: Json, defs: Json | None = None) -> Any:
    """A small instance of a schema."""
    defs = defs if defs is not None else schema.get("$defs", {})
    schema = _resolved(None, schema, defs)
    if "const" in schema or schema.get("enum"):
        return schema.get("const", (schema.get("enum") or [None])[0])
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = next((name for name in kind if name != "null"), "null") if isinstance(kind, list) else kind
    if kind == "object":
        return {key: sample(schema["properties"][key], defs) for key in schema.get("required", ())}
    if kind == "array":
        each = schema.get("prefixItems") or [schema.get("items") or {}] * int(schema.get("minItems", 0))
        return [sample(item, defs) for item in each]
    plain: Json = {"integer": int(schema.get("minimum", 1)), "number": float(schema.get("minimum", 0.5))}
    return {**plain, "boolean": True, "null": None}.get(kind, "sample")


def _resolved(data: Any, schema: Json, defs: Json) -> Json:
    """Without $ref, and of several choices the one that has most of the data's keys and its type."""
    while "$ref" in schema:
        schema = defs[schema["$ref"].rsplit("/", 1)[-1]]
    choices = schema.get("anyOf") or schema.get("oneOf")
    if not choices:
        return schema
    return max((_resolved(data, choice, defs) for choice in choices), key=lambda choice: _likeness(data, choice))


def _likeness(data: Any, schema: Json) -> int:
    kinds: dict[type, tuple[str, ...]] = {
        dict: ("object",), list: ("array",), str: ("string",), bool: ("boolean",),
        int: ("integer", "number"), float: ("number",),
    }  # fmt: skip
    kind = schema.get("type")
    if data is None:
        return 0 if kind == "null" else 1
    named = schema.get("properties", {})
    shared = len(named.keys() & data.keys()) if isinstance(data, dict) else 0
    return shared + 100 * (kind in kinds.get(type(data), ()))
