"""Sent edits are judged: known element, known field, right value, and a book that is still whole; or nothing changes.

State and JSON of a stranger in, accepted edits out, all or none. Raises EditRejected that names the field, and Conflict
for an address of another version.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from graph.digests import digest_of
from graph.edits.desk import Desk, rejected
from graph.edits.layers import layer_of
from graph.edits.registry import Field, adapter, find_field
from graph.edits.resolve import resolved
from graph.overlay import has_element, overlay, unfit
from graph.results import RESULT_TYPES, result_json
from graph.state import Json, State
from manga.addresses import Element, ElementKind, kind_of_key, parse
from manga.edits import Edit, SentEdit
from manga.errors import Conflict, EditRejected
from manga.phases import Phase

MOST_BYTES = 200_000
"""Of one edit as JSON: a table of all lines of the longest book."""


def accepted(state: State, sent: Sequence[Json]) -> list[Edit]:
    """In the order of sending; each is judged with those before it laid over."""
    feedback = state.get("feedback") or {}
    version = str(feedback.get("version") or state.get("version") or "")
    asked_at = Phase(feedback.get("asked_at") or _latest(state))
    first = Desk(state, asked_at, version)
    found: list[Edit] = []
    for data in sent:
        now: State = {**state, "edits": [*(state.get("edits") or ()), *(edit.to_json() for edit in found)]}
        edit = _accepted(Desk(now, asked_at, version) if found else first, first, data)
        if any(edit.id == other.id for other in (*first.edits, *found)):
            raise rejected("id", f"there is an edit {edit.id} already")
        found.append(edit)
    return found


def undone(state: State, ids: Iterable[str]) -> list[Edit]:
    """The edits of these ids, which are to be taken off the list. Raises EditRejected."""
    there = {edit["id"]: Edit.of(edit) for edit in state.get("edits") or ()}
    wanted = list(dict.fromkeys(ids))
    if missing := next((name for name in wanted if name not in there), None):
        raise rejected("undo", f"there is no edit {missing[:64]!r}")
    return [there[name] for name in wanted]


def read_sent(data: Any) -> SentEdit:
    """The form of an edit, before its element is looked for. Raises EditRejected."""
    try:
        size = len(json.dumps(data, allow_nan=False))
        if size > MOST_BYTES:
            raise rejected("change_data", f"it is longer than {MOST_BYTES} bytes")
        return SentEdit.of(data)
    except ValidationError as error:
        raise _told(error, "") from error
    except (TypeError, ValueError, RecursionError) as error:
        raise rejected("change_data", "it is no JSON of finite numbers") from error


def check_form(data: Any) -> None:
    """What can be said of an edit without its work: its element may exist, its fields do, their values are in bounds.
    Raises EditRejected."""
    sent = read_sent(data)
    name = sent.element_id or sent.element_key
    kinds = _kinds(name)
    if not kinds:
        raise rejected("element_id", f"there is no element {name[:40]!r}")
    for field, value in sent.change_data.items():
        fitting = [kind for kind in kinds if find_field(kind, field) is not None]
        for kind in fitting or kinds[:1]:
            _checked(_field(kind, sent, field), kind, field, value)
            break


def _kinds(name: str) -> tuple[ElementKind, ...]:
    """What an address or key may name, by its form. A line may stand for its only balloon."""
    if (address := parse(name)) is not None:
        texts: tuple[ElementKind, ...] = ("balloon",) if address.kind == "b" else ("sfx",)
        return texts if address.kind else ("panel",) if address.panel else ("page",)
    kind = kind_of_key(name)
    also: dict[ElementKind, tuple[ElementKind, ...]] = {"balloon": ("sfx",), "line": ("balloon",)}
    return (kind, *also.get(kind, ())) if kind is not None else ()


def _latest(state: State) -> Phase:
    return next(phase for phase in reversed(Phase) if state.get(phase.value))


def _accepted(desk: Desk, first: Desk, data: Json) -> Edit:
    sent = read_sent(data)
    element = _element(desk, first, sent)
    fields = {name: _field(element.kind, sent, name) for name in sent.change_data}
    kept = dict(_kept(desk, element, name, field, sent.change_data[name]) for name, field in fields.items())
    phase = _phase(desk, sent, fields)
    identity = {"at": desk.version, "count": len(desk.edits), "element": element.key, "data": kept}
    edit = Edit(
        id=sent.id or digest_of(identity)[:16],
        change_type=sent.change_type,
        phase=phase,
        element_key=element.key,
        change_data=kept,
        base_version=sent.base_version or desk.version,
        author=sent.author,
        wishes=len((desk.state.get("wishes") or {}).get(Phase.LETTERING.value, ())),
    )
    _tried(desk, edit, list(sent.change_data))
    return edit


def _element(desk: Desk, first: Desk, sent: SentEdit) -> Element:
    """An address is one of the version that the person saw, whatever came before it in the same answer."""
    name = sent.element_id or sent.element_key
    if parse(name) is not None:
        if sent.base_version not in ("", first.version):
            raise Conflict(
                f"The address {name} is one of version {sent.base_version[:80]}: {first.version} is the newest.",
                remedy=f"Look at {first.version} and send it again.",
                element="base_version",
            )
        found = first.book.find(name)
    else:
        found = _by_key(desk, name, sent)
    if found is None:
        raise rejected("element_id", f"there is no element {name[:40]!r}")
    return found


def _by_key(desk: Desk, name: str, sent: SentEdit) -> Element | None:
    kind = kind_of_key(name)
    if kind in ("page", "panel", "balloon"):
        return desk.book.find(name)
    if kind == "line" and sent.phase is not Phase.PLOT and desk.storyboard is not None:
        return _only_part(desk, name)
    homes = {"concept": Phase.CONCEPT, "storyboard": Phase.STORYBOARD, "character": Phase.CHARACTERS}
    if kind is None:
        return None
    result = result_json(desk.state, homes.get(kind, Phase.PLOT))
    there = bool(result) and (kind in ("concept", "storyboard") or has_element(result, name))
    return Element(kind, name, "") if there else None


def _only_part(desk: Desk, line: str) -> Element | None:
    """The balloon of a line that stands in one piece."""
    keys = [part.key for panel in desk.plan.panels() for part in panel.dialogue.parts if part.line == line]
    if len(keys) > 1:
        raise rejected("element_id", f"{line} stands in several balloons: {', '.join(keys)}")
    return desk.book.find(keys[0]) if keys else None


def _field(kind: ElementKind, sent: SentEdit, name: str) -> Field:
    field = find_field(kind, name)
    if field is None:
        raise rejected(f"change_data.{name[:60]}", f"a {kind} has no such field to edit")
    if sent.change_type not in field.by:
        raise rejected("change_type", f"{name} is changed by {' or '.join(sorted(field.by))}")
    return field


def _checked(field: Field, kind: ElementKind, name: str, value: Any) -> Any:
    """The value in its own type. Strictly: no number is a text, no truth a number."""
    try:
        return adapter(kind, field.name).validate_json(json.dumps(value, allow_nan=False), strict=True)
    except ValidationError as error:
        raise _told(error, f"change_data.{name}") from error


def _kept(desk: Desk, element: Element, name: str, field: Field, value: Any) -> tuple[str, Any]:
    """The field as it is kept: checked, resolved, as plain JSON."""
    checked = _checked(field, element.kind, name, value)
    try:
        lasting, kept = resolved(desk, element, name, checked)
    except EditRejected as error:
        if not (error.element or "").startswith(name):
            raise
        raise EditRejected(f"change_data.{error.message}", element=f"change_data.{error.element}") from error
    known = find_field(element.kind, lasting) or field
    plain = adapter(element.kind, known.name).dump_python(kept, mode="json", exclude_unset=name == "lines")
    return lasting, plain


def _phase(desk: Desk, sent: SentEdit, fields: Mapping[str, Field]) -> Phase:
    """Where the graph goes: as far on as it may, so that as little as possible is looked at again."""
    found = []
    for name, field in fields.items():
        there = [goal for goal in field.goes_to if goal.number <= desk.asked_at.number and desk.has(goal)]
        if sent.phase is not None:
            there = [goal for goal in there if goal is sent.phase]
        if not there:
            raise rejected("phase", f"{name} cannot be changed in {sent.phase or desk.asked_at}")
        found.append(there[0])
    return min(found, key=lambda phase: phase.number)


def _tried(desk: Desk, edit: Edit, names: list[str]) -> None:
    """The result must still be one, and the edit must have found its place in it."""
    edits = (*desk.edits, edit)
    where = f"change_data.{names[0]}"
    for layer in {layer_of(edit.element_key, name) for name in edit.change_data}:
        raw: Any = desk.state.get(layer.value) if layer is not None else None
        kind = RESULT_TYPES.get(layer) if layer is not None else None
        if layer is None or kind is None or not raw:
            continue
        if layer is Phase.STORYBOARD:
            reason = unfit(raw, edits, desk.ground).get(edit.id)
            if reason is not None:
                raise rejected(f"{where}.{reason.field}" if reason.field else where, reason.reason)
        elif layer is not Phase.LETTERING:
            try:
                kind.of(overlay(layer, raw, edits, desk.ground))
            except ValidationError as error:
                raise _told(error, where) from error


def _told(error: ValidationError, where: str) -> EditRejected:
    """The first fault, by the path to it. What was sent is not repeated: it may be long."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    path = ".".join([where, *(str(step)[:40] for step in first["loc"])]).strip(".") or "edit"
    return rejected(path, first["msg"].rstrip("."))
