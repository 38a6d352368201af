"""Fields of concept, characters and plot: JSON and accepted edits in, JSON out. Dotted names lead into an element."""

from collections.abc import Mapping
from typing import Any

from editing.scene_order import with_scene_moved
from editing.work_state import Json
from manga.edits import Edit

LOOK = "look."
_LONGEST = 1200


def with_fields(raw: Json, edit: Edit, changes: Mapping[str, Any]) -> Json:
    """The result with the element's fields changed; the very same values where the element is not there."""
    if edit.element_key == edit.phase.value:
        return _set(raw, changes)
    if "position" in changes:
        raw = with_scene_moved(raw, edit.element_key, str(changes["position"]["before"]))
        changes = {name: value for name, value in changes.items() if name != "position"}
    changed = _changed(raw, edit.element_key, changes)
    return changed if isinstance(changed, dict) else raw


def holds(node: Any, key: str) -> bool:
    """Whether there is an element of this key."""
    if isinstance(node, dict):
        return node.get("key") == key or any(holds(child, key) for child in node.values())
    return isinstance(node, list | tuple) and any(holds(child, key) for child in node)


def found(node: Any, key: str) -> Json | None:
    """The element of this key. A panel's frame has the key of its panel, and is none."""
    if isinstance(node, dict):
        if node.get("key") == key:
            return node
        children = (child for name, child in node.items() if name != "layout")
        return next((hit for child in children if (hit := found(child, key)) is not None), None)
    if isinstance(node, list | tuple):
        return next((hit for child in node if (hit := found(child, key)) is not None), None)
    return None


def _changed(node: Any, key: str, changes: Mapping[str, Any]) -> Any:
    """A copy of the tree in which the element is changed; values without it are shared, not copied."""
    if isinstance(node, dict):
        if node.get("key") == key:
            return _set(node, changes)
        return {name: _changed(child, key, changes) for name, child in node.items()}
    if isinstance(node, list | tuple):
        return [_changed(child, key, changes) for child in node]
    return node


def _set(element: Json, changes: Mapping[str, Any]) -> Json:
    """What hangs together is changed together: other words have no ruby, and whom a person names is certain."""
    for name, value in changes.items():
        if name == "text" and "ruby" in element and element.get("text") != value:
            element = {**element, "ruby": []}
        if name == "speaker" and "confidence" in element:
            element = {**element, "confidence": 1.0}
        if name.startswith(LOOK) and "description" in element:
            element = {**element, "description": _told(element, name.removeprefix(LOOK), value)}
        element = _put(element, name.split("."), value)
    return element


def _put(node: Json, path: list[str], value: Any) -> Json:
    first, *rest = path
    return {**node, first: _put(node.get(first) or {}, rest, value) if rest else value}


def _told(person: Json, field: str, value: Any) -> str:
    """The description names the new look too, because a model reads nothing else."""
    told = ", ".join(value) if isinstance(value, list | tuple) else str(value).lower()
    note = f" [{field.replace('_', ' ')}: {told.replace('_', ' ')}]"
    text = str(person["description"])
    return text + note if len(text) + len(note) <= _LONGEST else text
