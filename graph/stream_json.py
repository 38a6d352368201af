"""What LangGraph streams, as JSON entries that can leave the process: `{mode, data}`.

Whole states do not travel: an entry of a checkpoint names it, and whoever needs its values reads them from the
database. What a node wrote travels while it is small; above `MOST_CHARACTERS` its large channels become
`{"$omitted": characters}`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from langgraph.types import Interrupt
from pydantic import BaseModel

from editing.state_as_json import Json

MODES: Final = ("custom", "updates", "tasks", "checkpoints")
"""What is streamed for those who follow the graph itself."""
INTERRUPT: Final = "interrupt"
MOST_CHARACTERS: Final = 262_144
_LARGE: Final = 16_384
_PLACE: Final = ("thread_id", "checkpoint_ns", "checkpoint_id", "checkpoint_map")

Entry: TypeAlias = dict[str, Any]


def entries_of(part: Mapping[str, Any]) -> list[Entry]:
    """One part of LangGraph's stream (`version="v2"`): none, one, or one a node and interrupt."""
    return [plain({"mode": mode, "data": data}) for mode, data in _told(part["type"], part["data"])]


def _told(mode: str, data: Any) -> Iterator[tuple[str, Any]]:
    match mode:
        case "custom":
            yield mode, data
        case "updates":
            for node, written in data.items():
                if node == "__interrupt__":
                    yield from ((INTERRUPT, interrupt_json(interrupt)) for interrupt in written)
                else:
                    yield mode, {node: _slim(written)}
        case "tasks":
            yield mode, _task(data)
        case "checkpoints":
            yield mode, _checkpoint(data)


def _task(data: Mapping[str, Any]) -> Json:
    """Without its input, which is the whole state; what it wrote is told by `updates`."""
    told = {name: value for name, value in data.items() if name not in ("input", "result")}
    ended: Json = {"result": {}} if "result" in data else {"input": None}
    return told | ended


def _checkpoint(data: Mapping[str, Any]) -> Json:
    """Without its values."""
    parent = data.get("parent_config")
    return {
        "config": {"configurable": place_of(data["config"])},
        "parent_config": {"configurable": place_of(parent)} if parent else None,
        "metadata": metadata_of(data["metadata"]),
        "next": list(data["next"]),
        "tasks": [{"id": task["id"], "name": task["name"]} for task in data["tasks"]],
    }


def place_of(config: Mapping[str, Any]) -> Json:
    """Where a checkpoint is, as clients write it."""
    configurable = config["configurable"]
    return {name: configurable.get(name) for name in _PLACE}


def metadata_of(metadata: Mapping[str, Any] | None) -> Json:
    """A checkpoint's metadata without our fence."""
    return {name: value for name, value in (metadata or {}).items() if name != "epoch"}


def interrupt_json(interrupt: Any) -> Json:
    """A question as clients read it; an `Interrupt`, or one that is JSON already."""
    if not isinstance(interrupt, Interrupt):
        return dict(interrupt)
    found: Json = {"value": plain(interrupt.value), "id": interrupt.id}
    if (schema := getattr(interrupt, "response_schema", None)) is not None:
        found["response_schema"] = _schema(schema)
    return found


def _schema(schema: Any) -> Any:
    return schema.model_json_schema() if isinstance(schema, type) and issubclass(schema, BaseModel) else schema


def _slim(written: Any) -> Any:
    """Large channels left out when all together are too large."""
    if not isinstance(written, Mapping):
        return written
    sizes = {channel: len(json.dumps(value, default=_default)) for channel, value in written.items()}
    if sum(sizes.values()) <= MOST_CHARACTERS:
        return written
    return {c: {"$omitted": sizes[c]} if sizes[c] > _LARGE else value for c, value in written.items()}


def plain(value: Any) -> Any:
    """JSON types only."""
    return json.loads(json.dumps(value, default=_default))


def _default(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Interrupt):
        return interrupt_json(value)
    return str(value)
