"""A field that comes later leaves every digest of before as it was, while it holds its default."""

import importlib
import re
from collections.abc import Iterator
from functools import reduce
from operator import or_
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import Field, create_model

from agents.result_cache import name_of
from editing.input_digests import input_digest, panel_digest, sheet_digest
from manga.artwork import Made, PanelArt
from manga.brief import Brief
from manga.fields_always_written import FIELDS
from manga.values import Value
from providers.base import SheetBrief
from tests.agents.test_artwork import BRIEFS
from tests.graph.told import CAST, answers, brief
from works.accept_work import digest_of

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    "manga", "drawing", "prompts", "providers", "offline", "storage", "agents", "editing", "calls", "graph", "works",
    "server", "cli",
)  # fmt: skip
REMEDY = (
    "digests of recorded works are made with it: give a renamed class or field its old name in the JSON, and a renamed "
    "class its new name in manga/fields_always_written.py"
)


def widened(kind: type[Value], done: dict[type[Value], type[Value]]) -> type[Value]:
    """The class as a later release has it: one more field in it and in every value that it is made of."""
    if kind not in done:
        fields: dict[str, Any] = {"since": (str, Field(default="as ever"))}
        for name, info in kind.model_fields.items():
            later = _widened_type(info.annotation, done)
            if later is not info.annotation:
                fields[name] = (later, info)
        done[kind] = create_model(kind.__name__, __base__=kind, __module__=kind.__module__, **fields)
    return done[kind]


def _widened_type(found: Any, done: dict[type[Value], type[Value]]) -> Any:
    if isinstance(found, type) and get_origin(found) is None:
        return widened(found, done) if issubclass(found, Value) else found
    parts, origin = get_args(found), get_origin(found)
    later = tuple(_widened_type(part, done) for part in parts)
    if later == parts or origin is None:
        return found
    return reduce(or_, later) if origin in (Union, UnionType) else origin[later]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the values with a further field are: paths of names and numbers."""
    if isinstance(data, Value):
        if "since" in type(data).model_fields:
            yield path
        for name in type(data).model_fields:
            yield from places(getattr(data, name), (*path, name))
    if isinstance(data, tuple):
        for number, one in enumerate(data):
            yield from places(one, (*path, number))


def changed(data: Any, path: tuple[Any, ...]) -> Any:
    """The JSON with the field set at this place."""
    if not path:
        return {**data, "since": "another"}
    if isinstance(data, list):
        return [changed(one, path[1:]) if number == path[0] else one for number, one in enumerate(data)]
    return {**data, path[0]: changed(data[path[0]], path[1:])}


HASHED: tuple[Value, ...] = (
    *BRIEFS[:1],
    SheetBrief(character=CAST.characters[0]),
    brief(),
    *answers().values(),
    PanelArt(panel="b0001", blob="x", media_type="image/png", width=1, height=1, made=Made(model="m")),
)


def digests(value: Any) -> set[str]:
    """All that are taken of values of its kind."""
    told = value.to_json()
    found = {input_digest("plot", {"settings": [told]}), name_of("made", {"read": told})}
    if value.__class__.__name__ == "PanelBrief":
        found.add(panel_digest(value, "hand"))
    if value.__class__.__name__ == "SheetBrief":
        found.add(sheet_digest(value, "hand"))
    return found | ({digest_of(value)} if isinstance(value, Brief) else set())


@pytest.mark.parametrize("value", HASHED, ids=lambda value: type(value).__name__)
def test_a_later_field_changes_no_digest_at_its_default_and_every_digest_otherwise(value: Value) -> None:
    later = widened(type(value), {})
    same = later.of(value.to_json())
    assert (same.to_json(), digests(same)) == (value.to_json(), digests(value))
    told = [later.of(changed(same.to_json(), path)) for path in places(same)]
    assert told, "there is a further field"
    assert len(set.union(*map(digests, told), digests(value))) == len(digests(value)) * (len(told) + 1)


def test_what_a_later_field_holds_is_kept() -> None:
    later = widened(type(brief()), {})
    told = later.of({**brief().to_json(), "since": "another"})
    assert later.of(told.to_json()) == told
    assert later.model_validate_json(told.model_dump_json()) == told


def values(kind: type[Value] = Value) -> Iterator[type[Value]]:
    """All classes of values that the product has."""
    for below in kind.__subclasses__():
        if below.__module__.split(".")[0] in FLOORS:
            yield below
        yield from values(below)


def test_every_recorded_class_and_field_is_there() -> None:
    for path in (path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")):
        if FIELDS.keys() & set(re.findall(r"^class (\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    there: dict[str, set[str]] = {}
    for kind in values():
        there.setdefault(kind.__name__, set()).update(kind.model_fields)
    recorded = {(name, field) for name, fields in FIELDS.items() for field in fields.split()}
    gone = sorted(f"{name}.{field}" for name, field in recorded if field not in there.get(name, ()))
    assert not gone, REMEDY
