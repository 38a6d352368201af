"""Lays edits over a storyboard: typed values in and out, and which edits found no place, with the reason."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from pydantic import ValidationError

from editing import page_and_panel_edits
from editing.edit_registry import adapter, find_field, pattern_of
from editing.edit_values import NewLine, NewSound, Row, ToPanel
from editing.editable_pages import Plan, Sheet, Unfit, changed, plan_of, with_parts
from editing.relayout_pages import Ground, check_shape, relaid
from manga.comic_strips import strips_of
from manga.edits import Edit
from manga.element_addresses import ElementKind, kind_of_key
from manga.phases import Phase
from manga.storyboard import FigureDirection, LinePart, PanelDraft, SceneDirection, Storyboard
from manga.values import Span

OWN = frozenset({"importance", "role"})
"""Fields of the panel itself; the others are its direction's. A panel of other weight lays its page out anew."""
Operation = Callable[[Plan, str, Any], Plan]


def change_part(plan: Plan, key: str, field: str, value: Any) -> Plan:
    """Words that are changed lose their ruby; a speaker whom a person names is certain.

    The place in the source stays: the words are the author's own for that place.
    """
    i, j, k = plan.part(key)
    panel = plan.sheets[i].panels[j]
    parts = panel.dialogue.parts
    part = parts[k]
    changes: dict[str, Any] = {field: value}
    if field == "text" and value != part.text:
        changes["ruby"] = ()
    if field == "speaker":
        changes["confidence"] = 1.0
    if field == "ruby" and any(not 0 <= ruby.start < ruby.end <= len(part.text) for ruby in value):
        raise Unfit("a reading stands beside letters that the line does not have", field="ruby")
    other = with_changes(part, changes)
    return plan.with_panel(i, j, with_parts(panel, (*parts[:k], other, *parts[k + 1 :])))


def with_changes(part: LinePart, changes: dict[str, Any]) -> LinePart:
    return LinePart.model_validate({name: getattr(part, name) for name in LinePart.model_fields} | changes)


def change_rows(plan: Plan, _: str, rows: tuple[Row, ...]) -> Plan:
    """The table of lines: all of it or nothing."""
    for row in rows:
        for field in row.model_fields_set - {"key"}:
            value = getattr(row, field)
            if value is not None or field == "speaker":
                plan = change_part(plan, row.key, field, value)
    return plan


def move_part(plan: Plan, key: str, to: ToPanel) -> Plan:
    """To another panel, or to another place in the same one."""
    i, j, k = plan.part(key)
    panel = plan.sheets[i].panels[j]
    part = panel.dialogue.parts[k]
    plan = plan.with_panel(i, j, _without(panel, k))
    i2, j2 = plan.panel(to.panel)
    return plan.with_panel(i2, j2, _with(plan.sheets[i2].panels[j2], part, to.index))


def delete_part(plan: Plan, key: str, _: bool) -> Plan:
    i, j, k = plan.part(key)
    return plan.with_panel(i, j, _without(plan.sheets[i].panels[j], k))


def insert_line(plan: Plan, panel: str, new: NewLine) -> Plan:
    part = LinePart(
        key=new.key,
        line=new.key.partition(".")[0],
        kind=new.kind,
        text=new.text,
        span=_nowhere(plan, panel),
        speaker=new.speaker,
    )
    return _inserted(plan, panel, part, new.index)


def insert_sound(plan: Plan, panel: str, new: NewSound) -> Plan:
    span = _nowhere(plan, panel)
    part = LinePart(key=new.key, line=new.key.partition(".")[0], kind="sfx", text=new.text, span=span)
    return _inserted(plan, panel, part, None)


def _inserted(plan: Plan, panel: str, part: LinePart, index: int | None) -> Plan:
    i, j = plan.panel(panel)
    if any(other.key == part.key for draft in plan.panels() for other in draft.dialogue.parts):
        raise Unfit(f"there is a text {part.key} already")
    return plan.with_panel(i, j, _with(plan.sheets[i].panels[j], part, index))


def _nowhere(plan: Plan, panel: str) -> Span:
    """An empty place in the source: these words are in no story."""
    i, j = plan.panel(panel)
    parts = plan.sheets[i].panels[j].dialogue.parts
    at = parts[-1].span.end if parts else 0
    return Span(start=at, end=at)


def _with(panel: PanelDraft, part: LinePart, index: int | None) -> PanelDraft:
    parts = list(panel.dialogue.parts)
    parts.insert(len(parts) if index is None else index, part)
    return with_parts(panel, parts)


def _without(panel: PanelDraft, k: int) -> PanelDraft:
    parts = panel.dialogue.parts
    return with_parts(panel, (*parts[:k], *parts[k + 1 :]))


def change_panel(plan: Plan, key: str, field: str, value: Any) -> Plan:
    i, j = plan.panel(key)
    panel = plan.sheets[i].panels[j]
    if field in OWN:
        return plan.with_panel(i, j, changed(panel, **{field: value}), dirty=getattr(panel, field) != value)
    if field.startswith("figures."):
        _, character, name = field.split(".", 2)
        return plan.with_panel(i, j, _with_figures(panel, _figures(panel, character, name, value)))
    return plan.with_panel(i, j, _directed(panel, **{field: value}))


def _directed(panel: PanelDraft, **changes: Any) -> PanelDraft:
    direction = panel.direction
    values = {name: getattr(direction, name) for name in SceneDirection.model_fields}
    return panel.model_copy(update={"direction": SceneDirection.model_validate(values | changes)})


def _with_figures(panel: PanelDraft, figures: tuple[FigureDirection, ...]) -> PanelDraft:
    if len(figures) > 6:
        raise Unfit("a panel shows at most 6 people")
    return _directed(panel, figures=figures)


def _figures(panel: PanelDraft, character: str, name: str, value: Any) -> tuple[FigureDirection, ...]:
    figures = panel.direction.figures
    there = any(figure.character == character for figure in figures)
    if name == "present":
        if value == there:
            return figures
        new = FigureDirection(character=character, x=_free(figures))
        return (*figures, new) if value else tuple(f for f in figures if f.character != character)
    if not there:
        raise Unfit(f"{character} is not in panel {panel.key}", gone=True)
    return tuple(
        FigureDirection.model_validate(f.model_dump() | {name: value}) if f.character == character else f
        for f in figures
    )


def _free(figures: tuple[FigureDirection, ...]) -> float:
    """The middle of the widest gap between those who are there."""
    at = sorted((0.0, 1.0, *(figure.x for figure in figures)))
    gaps = [(b - a, (a + b) / 2) for a, b in pairwise(at)]
    return round(max(gaps)[1], 3)


def name_strip(plan: Plan, key: str, title: str) -> Plan:
    """The strip that this panel is in, under another title; without words it has none. Raises `Unfit`."""
    i, j = plan.panel(key)
    sheet = plan.sheets[i]
    if sheet.laid is None or not sheet.laid.strips:
        raise Unfit(f"panel {key} is in no strip: only books laid out as 4-koma or newspaper strips have titles there")
    strips = strips_of(len(sheet.panels), sheet.laid.strips, sheet.laid.layout.name)
    own = next(n for n, end in enumerate(accumulate(strip.panels for strip in strips)) if j < end)
    named = tuple(s.model_copy(update={"title": title}) if n == own else s for n, s in enumerate(strips))
    return plan.with_sheet(i, replace(sheet, laid=sheet.laid.model_copy(update={"strips": named}), dirty=True))


_OPERATIONS: Mapping[tuple[ElementKind, str], Operation] = {
    ("storyboard", "insert_page"): page_and_panel_edits.insert_page,
    ("storyboard", "lines"): change_rows,
    ("page", "position"): page_and_panel_edits.move_page,
    ("page", "delete"): page_and_panel_edits.delete_page,
    ("page", "insert_panel"): page_and_panel_edits.insert_panel,
    ("panel", "position"): page_and_panel_edits.move_panel,
    ("panel", "delete"): page_and_panel_edits.delete_panel,
    ("panel", "split"): page_and_panel_edits.split_panel,
    ("panel", "merge"): page_and_panel_edits.merge_panels,
    ("panel", "border"): page_and_panel_edits.move_border,
    ("panel", "strip_title"): name_strip,
    ("panel", "insert_line"): insert_line,
    ("panel", "insert_sound"): insert_sound,
    ("balloon", "panel"): move_part,
    ("balloon", "delete"): delete_part,
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
    # Readings last: other words of the same edit would lose them.
    for name, value in sorted(edit.changes.items(), key=lambda change: change[0] == "ruby"):
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
        return change_panel(plan, key, name, checked)
    return change_part(plan, key, name, checked)
