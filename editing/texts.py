"""Lines on the storyboard: other words, speakers, panels. A plan and one accepted change in, a plan out."""

from typing import Any

from editing.edit_values import NewLine, NewSound, Row, ToPanel
from editing.page_sheets import Plan, Unfit, with_parts
from manga.storyboard import LinePart, PanelDraft
from manga.values import Span


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
