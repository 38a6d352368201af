"""Which edits still count, which a later one has superseded, and whose element is gone.

Superseding by a later edit is read off the list, so that taking that one back brings the earlier one back. Only what an
instruction has changed is written down (`Edit.retired`), because no list tells it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from editing.edit_registry import find_field
from editing.overlay import found, has_element, unfit
from editing.phase_results import edits_of, ground_of, result_json
from editing.placement_edits import whole_key
from editing.state_as_json import Json, WorkState
from editing.storyboard_overlay import layer_of
from manga.edits import Edit, Standing
from manga.element_addresses import kind_of_key
from manga.phases import Phase

Touched = tuple[str, str]
"""Element and field."""


def standings(state: WorkState) -> tuple[Standing, ...]:
    """Every edit on the list with its state, in the order in which they came."""
    edits = edits_of(state)
    if not edits:
        return ()
    gone = _orphans(state, edits)
    later: set[Touched] = set()
    found_last: list[Standing] = []
    for edit in reversed(edits):
        mine = frozenset(touched(edit))
        replaced = not edit.changes or (mine <= later and bool(mine) and not _adds(edit))
        found_last.append(_standing(edit, gone.get(edit.id), replaced=replaced))
        if edit.id not in gone:
            later |= mine
    return tuple(reversed(found_last))


def _standing(edit: Edit, gone: str | None, *, replaced: bool) -> Standing:
    status: Any = "superseded" if replaced else "orphaned" if gone is not None else "active"
    reason = "an instruction has changed it since" if replaced and not edit.changes else ""
    return Standing(
        id=edit.id,
        element=edit.element_key,
        phase=edit.phase,
        change_type=edit.change_type,
        fields=tuple(edit.change_data),
        status=status,
        reason=reason or ("a later edit has changed it" if replaced else (gone or "")[:400]),
        author=edit.author,
        numbers={name: float(v) for name, v in edit.changes.items() if isinstance(v, int | float) and v is not True},
        face=str(edit.changes.get("face") or ""),
    )


def touched(edit: Edit) -> Iterator[Touched]:
    """What an edit sets, element by element; a table's rows one by one. What it adds is nothing that others replace."""
    for name, value in edit.changes.items():
        if name == "lines" and isinstance(value, list):
            yield from (
                (str(row["key"]), field) for row in value if isinstance(row, dict) for field in row.keys() - {"key"}
            )
        elif not _is_additive(edit.element_key, name):
            yield edit.element_key, name


def _adds(edit: Edit) -> bool:
    return any(name != "lines" and _is_additive(edit.element_key, name) for name in edit.changes)


def _is_additive(key: str, name: str) -> bool:
    kind = kind_of_key(key)
    field = find_field(kind, name) if kind is not None else None
    return field is not None and field.additive


def _orphans(state: WorkState, edits: Sequence[Edit]) -> Mapping[str, str]:
    """Edit id -> why it finds no place. What is not made yet orphans nobody."""
    raw: Any = state.get("storyboard") or {}
    reasons = {id_: error.reason for id_, error in unfit(raw, edits, ground_of(state)).items()}
    seen = result_json(state, Phase.STORYBOARD)
    for edit in edits:
        layers = {layer_of(edit.element_key, name) for name in edit.changes}
        on_pages = (
            layers & {Phase.ARTWORK, Phase.LETTERING} and seen and not has_element(seen, whole_key(edit.element_key))
        )
        if on_pages or any(_is_missing(state, edit, layer) for layer in layers):
            reasons.setdefault(edit.id, f"there is no {edit.element_key} any more")
    return reasons


def _is_missing(state: WorkState, edit: Edit, layer: Phase | None) -> bool:
    if layer not in (Phase.CHARACTERS, Phase.PLOT):
        return False
    raw: Any = state.get(layer.value)
    return bool(raw) and not has_element(raw, edit.element_key)


def retired(state: WorkState, phase: Phase, made: Json) -> list[Json] | None:
    """The list of edits after a phase was made anew as an instruction asked: fields that the instruction has changed
    in the raw result are retired from edits on the elements it was about. None when that changes nothing."""
    items = [
        item for item in ((state.get("feedback") or {}).get("plan") or {}).get("items", ()) if not item.get("edit")
    ]
    scopes = [item["scope"] for item in items if item["phase"] == phase.value]
    before: Any = state.get(phase.value)
    if (state.get("feedback") or {}).get("edits") or not scopes or not before:
        return None
    edits = [_retired(edit, phase, before, made, scopes) for edit in edits_of(state)]
    return [edit.to_json() for edit in edits] if tuple(edits) != edits_of(state) else None


def _retired(edit: Edit, phase: Phase, before: Json, made: Json, scopes: Iterable[Sequence[str]]) -> Edit:
    names = [name for name in edit.changes if layer_of(edit.element_key, name) is phase]
    if not names or not any(_is_about(scope, edit.element_key) for scope in scopes):
        return edit
    if kind_of_key(edit.element_key) == "thing" and found(made, edit.element_key) is None:
        return edit  # a plot gets its shapes after it is made
    moved = [n for n in names if raw_value(before, edit, n) != raw_value(made, edit, n)]
    return edit.model_copy(update={"retired": (*edit.retired, *moved)}) if moved else edit


def _is_about(scope: Sequence[str], key: str) -> bool:
    """Whether an instruction concerns an element; without a scope it is about all of them."""
    return not scope or key in scope or key.partition(".")[0] in scope


def raw_value(result: Json, edit: Edit, name: str) -> Any:
    """What the raw result has for a field; None for what no result has, such as a place in an order."""
    element = result if edit.element_key == edit.phase.value else found(result, edit.element_key)
    if element is None:
        return None
    direction = element.get("direction")
    if name.startswith("figures.") and isinstance(direction, dict):
        _, character, field = name.split(".", 2)
        there = next((f for f in direction["figures"] if f["character"] == character), None)
        return there is not None if field == "present" else (there or {}).get(field)
    if isinstance(direction, dict) and name not in element:
        return direction.get(name)
    value: Any = element
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value
