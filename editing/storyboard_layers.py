"""A storyboard with edits laid over it: typed values in and out, and which edits found no place, with the reason."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from editing import directions, structure, texts
from editing import strip_titles as titles
from editing.page_sheets import Plan, Sheet, Unfit, plan_of
from editing.registry import adapter, find_field, pattern_of
from editing.relayout import Ground, check_shape, relaid
from manga.edits import Edit
from manga.element_addresses import ElementKind, kind_of_key
from manga.phases import Phase
from manga.storyboard import Storyboard

Operation = Callable[[Plan, str, Any], Plan]

_OPERATIONS: Mapping[tuple[ElementKind, str], Operation] = {
    ("storyboard", "insert_page"): structure.insert_page,
    ("storyboard", "lines"): texts.change_rows,
    ("page", "position"): structure.move_page,
    ("page", "delete"): structure.delete_page,
    ("page", "insert_panel"): structure.insert_panel,
    ("panel", "position"): structure.move_panel,
    ("panel", "delete"): structure.delete_panel,
    ("panel", "split"): structure.split_panel,
    ("panel", "merge"): structure.merge_panels,
    ("panel", "border"): structure.move_border,
    ("panel", "strip_title"): titles.name_strip,
    ("panel", "insert_line"): texts.insert_line,
    ("panel", "insert_sound"): texts.insert_sound,
    ("balloon", "panel"): texts.move_part,
    ("balloon", "delete"): texts.delete_part,
}


@dataclass(frozen=True, slots=True)
class Laid:
    """The storyboard as people see it; `unfit` says of edits, by id, why they could not be laid over it."""

    storyboard: Storyboard
    unfit: Mapping[str, Unfit]


def layer_of(key: str, name: str) -> Phase | None:
    """The result that a field of this element is laid over. Balloons and sounds have keys alike."""
    kind = kind_of_key(key)
    return _layer(kind, name) if kind is not None else None


def _layer(kind: ElementKind, name: str) -> Phase | None:
    field = find_field(kind, name) or (find_field("sfx", name) if kind == "balloon" else None)
    return field.layer if field is not None else None


def lay_over(storyboard: Storyboard, edits: Iterable[Edit], ground: Ground) -> Laid:
    """Each edit as a whole, in the order in which they came; one that does not fit changes nothing."""
    plan, unfit = planned(storyboard, edits, ground)
    return Laid(relaid(plan, ground), unfit)


def planned(storyboard: Storyboard, edits: Iterable[Edit], ground: Ground) -> tuple[Plan, Mapping[str, Unfit]]:
    """The same before pages are laid out anew."""
    plan = plan_of(storyboard)
    unfit: dict[str, Unfit] = {}
    for edit in edits:
        try:
            plan = with_edit(plan, edit, ground)
        except Unfit as error:
            unfit[edit.id] = error
    return plan, unfit


def with_edit(plan: Plan, edit: Edit, ground: Ground) -> Plan:
    """The plan after one more edit. Raises `Unfit`."""
    kind = kind_of_key(edit.element_key)
    if kind is None:
        raise Unfit(f"there is no {edit.element_key}", gone=True)
    key = _page_of(plan, edit) if edit.anchors else edit.element_key
    for name, value in edit.changes.items():
        if _layer(kind, name) is Phase.STORYBOARD:
            try:
                plan = _changed(plan, kind, key, name, value)
            except ValidationError as error:
                raise Unfit(error.errors(include_input=False)[0]["msg"]) from error
            if name in ("split", "border"):
                check_shape(plan.sheets[plan.panel(edit.element_key)[0]], ground)
    return plan


def _page_of(plan: Plan, edit: Edit) -> str:
    """The key of the page that has the panels that the edit's page had; of several the one that has most."""
    there = frozenset(edit.anchors)

    def shared(sheet: Sheet) -> tuple[int, bool]:
        return sum(panel.key in there for panel in sheet.panels), sheet.key == edit.element_key

    best = max(plan.sheets, key=shared)
    if not shared(best)[0]:
        raise Unfit(f"the panels of page {edit.element_key} are gone", gone=True)
    return best.key


def _changed(plan: Plan, kind: ElementKind, key: str, name: str, value: Any) -> Plan:
    checked = adapter(kind, pattern_of(name)).validate_python(value)
    operation = _OPERATIONS.get((kind, name))
    if operation is not None:
        return operation(plan, key, checked)
    if kind == "panel":
        return directions.change_panel(plan, key, name, checked)
    return texts.change_part(plan, key, name, checked)
