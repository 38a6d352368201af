"""Judges sent edits: known element, known field, right value, and a book that is still whole; or nothing changes.

State and JSON of a stranger in, accepted edits out, all or none. Raises EditRejected that names the field, and Conflict
for an address of another version.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from drawing.lettering.split_text import first_half
from editing.edit_context import Desk, rejected
from editing.edit_registry import Field, adapter, find_field
from editing.editable_pages import Plan, Unfit
from editing.input_digests import digest_of
from editing.overlay import FIELDS, has_element, layered, overlay
from editing.phase_results import RESULT_TYPES, result_json
from editing.placement_edits import LETTERS, whole_key
from editing.relayout_pages import most_letters
from editing.resolve_addresses import resolved
from editing.state_as_json import Json, WorkState
from editing.storyboard_overlay import layer_of, planned, with_edit
from manga.edits import Edit, SentEdit
from manga.element_addresses import Element, ElementKind, kind_of_key, parse
from manga.errors import Conflict, EditRejected
from manga.phases import Phase
from manga.storyboard import Storyboard

MOST_BYTES = 200_000
"""Of one edit as JSON: a table of all lines of the longest book."""
_PLACES = LETTERS | {"move", "tail"}
"""What is said of a balloon alone, as it is sent and as it is kept."""


def accepted(state: WorkState, sent: Sequence[Json]) -> list[Edit]:
    """In the order of sending; each is judged with those before it laid over."""
    feedback = state.get("feedback") or {}
    version = str(feedback.get("version") or state.get("version") or "")
    desk = Desk(state, Phase(feedback.get("asked_at") or _latest(state)), version)
    sitting = _Sitting(desk)
    for data in sent:
        sitting.take(data)
    return sitting.found


@dataclass(slots=True)
class _Sitting:
    """The edits of one answer. Addresses are those of the version that the person saw, whatever came before in it."""

    desk: Desk
    found: list[Edit] = field(default_factory=list)
    plan: Plan | None = None

    def take(self, data: Json) -> None:
        sent = _as_meant(read_sent(data), self.desk.state)
        edit = _accepted(self.desk, len(self.found), self._element(sent), sent)
        if any(edit.id == other.id for other in (*self.desk.edits, *self.found)):
            raise rejected("id", f"there is an edit {edit.id} already")
        self._try(edit, next(iter(sent.change_data)))
        self.found.append(edit)

    def _element(self, sent: SentEdit) -> Element:
        name = sent.element_id or sent.element_key
        element = _element(self.desk, name, sent) or self._new(name)
        if element is None:
            raise rejected("element_id", f"there is no element {name[:40]!r}")
        return element

    def _new(self, name: str) -> Element | None:
        """What an edit of this very answer adds."""
        kind = kind_of_key(name)
        keys = self._keys() if self.plan is not None else frozenset()
        return Element(kind, name, "") if kind is not None and name in keys else None

    def _keys(self) -> frozenset[str]:
        sheets = self.plan.sheets if self.plan is not None else ()
        panels = [panel for sheet in sheets for panel in sheet.panels]
        parts = (part.key for panel in panels for part in panel.dialogue.parts)
        return frozenset((*(sheet.key for sheet in sheets), *(panel.key for panel in panels), *parts))

    def _try(self, edit: Edit, name: str) -> None:
        """The result must still be one, and the edit must have found its place in it."""
        where = f"change_data.{name}"
        for layer in {layer_of(edit.element_key, name) for name in edit.change_data}:
            if layer is Phase.STORYBOARD:
                self._lay(edit, where)
            elif layer in FIELDS:
                raw: Any = self.desk.state.get(layer.value)
                try:
                    RESULT_TYPES[layer].of(overlay(layer, raw, (*self.desk.edits, *self.found, edit)))
                except ValidationError as error:
                    raise _told(error, where) from error

    def _lay(self, edit: Edit, where: str) -> None:
        desk = self.desk
        if self.plan is None:
            raw = Storyboard.of(desk.state.get("storyboard"))
            self.plan, _ = planned(raw, layered(Phase.STORYBOARD, desk.edits), desk.ground)
        before = {sheet.key: sheet.letters for sheet in self.plan.sheets}
        try:
            self.plan = with_edit(self.plan, edit, desk.ground)
        except Unfit as error:
            raise rejected(f"{where}.{error.field}" if error.field else where, error.reason) from error
        most = most_letters(desk.ground)
        if any(sheet.letters > max(most, before.get(sheet.key, 0)) for sheet in self.plan.sheets):
            raise rejected(where, f"the page would have more words than it can hold: {most} letters at most")


def undone(state: WorkState, ids: Iterable[str]) -> list[Edit]:
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
    for known, value in sent.change_data.items():
        kind = next((kind for kind in kinds if find_field(kind, known) is not None), kinds[0])
        _checked(_field(kind, sent, known), kind, known, value)


def _kinds(name: str) -> tuple[ElementKind, ...]:
    """What an address or key may name, by its form. A line may stand for its only balloon."""
    if (address := parse(name)) is not None:
        texts: tuple[ElementKind, ...] = ("balloon",) if address.kind == "b" else ("sfx",)
        return texts if address.kind else ("panel",) if address.panel else ("page",)
    kind = kind_of_key(name)
    also: dict[ElementKind, tuple[ElementKind, ...]] = {"balloon": ("sfx",), "line": ("balloon",)}
    return (kind, *also.get(kind, ())) if kind is not None else ()


def _latest(state: WorkState) -> Phase:
    return next(phase for phase in reversed(Phase) if state.get(phase.value))


def _accepted(desk: Desk, place: int, element: Element, sent: SentEdit) -> Edit:
    """`place` in its answer: two edits alike are two edits."""
    fields = {name: _field(element.kind, sent, name) for name in sent.change_data}
    kept = dict(_kept(desk, element, name, field, sent.change_data[name]) for name, field in fields.items())
    identity = {"at": desk.version, "count": len(desk.edits) + place, "element": element.key, "data": kept}
    return Edit(
        id=sent.id or digest_of(identity)[:16],
        change_type=sent.change_type,
        phase=_phase(desk, sent, fields),
        element_key=element.key,
        change_data=kept,
        base_version=sent.base_version or desk.version,
        author=sent.author,
        wishes=len((desk.state.get("wishes") or {}).get(Phase.LETTERING.value, ())),
        anchors=desk.anchors(element.key) if element.kind == "page" else (),
    )


def _element(desk: Desk, name: str, sent: SentEdit) -> Element | None:
    if parse(name) is None:
        return _by_key(desk, name, sent)
    if sent.base_version not in ("", desk.version):
        raise Conflict(
            f"The address {name} is one of version {sent.base_version[:80]}: {desk.version} is the newest.",
            remedy=f"Look at {desk.version} and send it again.",
            element="base_version",
        )
    return desk.book.find(name)


def _by_key(desk: Desk, name: str, sent: SentEdit) -> Element | None:
    kind = kind_of_key(name)
    if kind in ("page", "panel", "balloon"):
        second = kind == "balloon" and whole_key(name) != name and name in _said(desk.state)
        cut = kind == "panel" and "+" not in name and has_element(result_json(desk.state, Phase.PLOT), name)
        return desk.book.find(name) or (Element(kind, name, "") if second or cut else None)
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
    except Unfit as error:
        raise rejected(f"change_data.{name}", error.reason) from error
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
    for name, known in fields.items():
        there = [goal for goal in known.goes_to if goal.number <= desk.asked_at.number and desk.has(goal)]
        if sent.phase is not None:
            there = [goal for goal in there if goal is sent.phase]
        if not there:
            raise rejected("phase", f"{name} cannot be changed in {sent.phase or desk.asked_at}")
        found.append(there[0])
    return min(found, key=lambda phase: phase.number)


def _as_meant(sent: SentEdit, state: WorkState) -> SentEdit:
    """An edit of a balloon that holds the second half of a line as one of its whole line, which the storyboard has in
    one piece; one of its place as it is."""
    name = sent.element_id or sent.element_key
    first = first_half(name) if kind_of_key(name) == "balloon" else None
    if first is None or sent.change_data.keys() <= _PLACES:
        return sent
    said = _said(state)
    if not {name, first} <= said.keys():
        return sent
    data = dict(sent.change_data)
    if isinstance(end := data.get("text"), str):
        data["text"] = said[first] + end
    return sent.model_copy(update={"element_id": "", "element_key": first, "change_data": data})


def _said(state: WorkState) -> dict[str, str]:
    """The words of every balloon as it is lettered now."""
    letters: Any = state.get("lettering") or {}
    pages: list[Json] = letters.get("pages", [])
    return {balloon["key"]: balloon["text"]["source"] for page in pages for balloon in page["balloons"]}


def _told(error: ValidationError, where: str) -> EditRejected:
    """The first fault, by the path to it. What was sent is not repeated: it may be long."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    path = ".".join([where, *(str(step)[:40] for step in first["loc"])]).strip(".") or "edit"
    return rejected(path, first["msg"].rstrip("."))
