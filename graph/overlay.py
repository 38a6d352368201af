"""Edits laid over a raw result. Raw JSON and edits in, JSON out; without edits of that phase the very same object.

An edit hangs on a lasting key. Its fields replace fields of the element with that key (or of the whole result, when
the key is the phase word); fields that the element does not have are left to validation, which refuses them.
"""

from collections.abc import Sequence
from typing import Any

from graph.state import Json
from manga.edits import Edit
from manga.phases import Phase


def overlay(phase: Phase, raw: Json, edits: Sequence[Edit]) -> Json:
    """The result as people see it."""
    for edit in edits:
        if edit.phase is phase:
            raw = raw | edit.change_data if edit.element_key == phase.value else _changed(raw, edit)
    return raw


def has_element(raw: Json, key: str) -> bool:
    """Whether an edit on this key would find its element; one that would not is orphaned."""
    return _holds(raw, key)


def _holds(node: Any, key: str) -> bool:
    if isinstance(node, dict):
        return node.get("key") == key or any(_holds(child, key) for child in node.values())
    return isinstance(node, list | tuple) and any(_holds(child, key) for child in node)


def _changed(node: Any, edit: Edit) -> Any:
    """A copy of the tree in which the element is changed; branches without it are shared, not copied."""
    if isinstance(node, dict):
        if node.get("key") == edit.element_key:
            return node | edit.change_data
        return {name: _changed(child, edit) for name, child in node.items()}
    if isinstance(node, list | tuple):
        return [_changed(child, edit) for child in node]
    return node
