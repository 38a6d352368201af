"""Edits by which pages and panels come, go and move: a plan and one change in, a plan out. No line is lost."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from editing.edit_values import BeforePage, BeforePanel, Border, NewPage, NewPanel, Split
from editing.editable_pages import MOST_PARTS, Cut, Join, Plan, Sheet, Shift, Unfit, changed, with_parts
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Role, SceneDirection, Shot

CLOSER: dict[Shot, Shot] = {
    Shot.ESTABLISHING: Shot.LONG,
    Shot.LONG: Shot.FULL,
    Shot.FULL: Shot.MEDIUM,
    Shot.MEDIUM: Shot.BUST,
    Shot.BUST: Shot.CLOSE,
    Shot.CLOSE: Shot.EXTREME_CLOSE,
}
_WIDEST = list(Shot)


def insert_page(plan: Plan, _: str, new: NewPage) -> Plan:
    """A page of one silent panel."""
    at = plan.page(new.before) if new.before else len(plan.sheets)
    if any(sheet.key == new.page for sheet in plan.sheets):
        raise Unfit(f"there is a page {new.page} already")
    beside = plan.sheets[at].panels[0] if at < len(plan.sheets) else plan.sheets[-1].panels[-1]
    sheet = Sheet(new.page, (_silent(new, beside),), dirty=True)
    return plan.with_sheets((*plan.sheets[:at], sheet, *plan.sheets[at:]))


def move_page(plan: Plan, key: str, to: BeforePage) -> Plan:
    i = plan.page(key)
    rest = (*plan.sheets[:i], *plan.sheets[i + 1 :])
    if to.before == key:
        return plan
    at = Plan(rest).page(to.before) if to.before else len(rest)
    return plan.with_sheets((*rest[:at], plan.sheets[i], *rest[at:]))


def delete_page(plan: Plan, key: str, _: bool) -> Plan:
    """Its lines go to the panels beside it: as many as fit to the one before, the others to the one after."""
    i = plan.page(key)
    parts = [part for panel in plan.sheets[i].panels for part in panel.dialogue.parts]
    before = (i - 1, len(plan.sheets[i - 1].panels) - 1) if i else None
    after = (i + 1, 0) if i + 1 < len(plan.sheets) else None
    plan = _handed_over(plan, parts, before, after)
    return plan.with_sheets((*plan.sheets[:i], *plan.sheets[i + 1 :]))


def _handed_over(
    plan: Plan, parts: Sequence[LinePart], before: tuple[int, int] | None, after: tuple[int, int] | None
) -> Plan:
    """Parts added to the end of one panel and the beginning of another. Raises `Unfit` when they have no room."""
    room = _room(plan, before)
    if room + _room(plan, after) < len(parts):
        raise Unfit(f"its {len(parts)} lines have no room in the panels beside it: move them first")
    if before is not None and parts[:room]:
        own = plan.sheets[before[0]].panels[before[1]]
        plan = plan.with_panel(*before, with_parts(own, (*own.dialogue.parts, *parts[:room])))
    if after is not None and parts[room:]:
        own = plan.sheets[after[0]].panels[after[1]]
        plan = plan.with_panel(*after, with_parts(own, (*parts[room:], *own.dialogue.parts)))
    return plan


def _room(plan: Plan, place: tuple[int, int] | None) -> int:
    return MOST_PARTS - len(plan.sheets[place[0]].panels[place[1]].dialogue.parts) if place is not None else 0


def insert_panel(plan: Plan, page: str, new: NewPanel) -> Plan:
    i = plan.page(page)
    sheet = plan.sheets[i]
    if any(panel.key == new.key for panel in plan.panels()):
        raise Unfit(f"there is a panel {new.key} already")
    at = _place(sheet, new.before)
    beside = sheet.panels[min(at, len(sheet.panels) - 1)]
    panels = (*sheet.panels[:at], _silent(new, beside), *sheet.panels[at:])
    return plan.with_sheet(i, sheet.with_panels(panels, dirty=True))


def _place(sheet: Sheet, before: str) -> int:
    found = sheet.index(before) if before else len(sheet.panels)
    if found is None:
        raise Unfit(f"page {sheet.key} has no panel {before}", gone=True)
    return found


def _silent(new: NewPanel, beside: PanelDraft) -> PanelDraft:
    """What is left out is as in the panel beside it; nobody is in it until somebody is put there."""
    near = beside.direction
    given = {
        name: value
        for name in ("angle", "time_of_day", "weather", "ground")
        if (value := getattr(new, name)) is not None
    }
    direction = SceneDirection(
        shot=new.shot or Shot.LONG,
        setting=new.setting or near.setting,
        place=new.place or near.place,
        background=new.background or "full",
        effects=new.effects,
        seen=new.seen,
        flashback=near.flashback,
        **{"time_of_day": near.time_of_day, "weather": near.weather, "ground": near.ground, **given},
    )
    return PanelDraft(
        key=new.key,
        beats=beside.beats[:1],
        scene=beside.scene,
        role=Role.ACT if new.importance < 4 else Role.ESTABLISH,
        importance=new.importance,
        direction=direction,
    )


def move_panel(plan: Plan, key: str, to: BeforePanel) -> Plan:
    """With its lines. A page that has lost its last panel is gone."""
    i, j = plan.panel(key)
    panel = plan.sheets[i].panels[j]
    target = plan.page(to.page)
    if to.before == key:
        return plan
    _place(plan.sheets[target], to.before)
    left = _without(plan.sheets[i], j)
    plan = plan.with_sheet(i, left)
    sheet = plan.sheets[target]
    at = _place(sheet, to.before)
    plan = plan.with_sheet(target, sheet.with_panels((*sheet.panels[:at], panel, *sheet.panels[at:]), dirty=True))
    return plan.with_sheets([sheet for sheet in plan.sheets if sheet.panels])


def _without(sheet: Sheet, j: int) -> Sheet:
    return sheet.with_panels((*sheet.panels[:j], *sheet.panels[j + 1 :]), dirty=True)


def delete_panel(plan: Plan, key: str, _: bool) -> Plan:
    """Its lines go to the panel before it and, where that is full, to the one after; first to those of its page."""
    i, j = plan.panel(key)
    sheet = plan.sheets[i]
    if len(sheet.panels) == 1:
        return delete_page(plan, sheet.key, True)
    before = (i, j - 1) if j else None
    after = (i, j + 1) if j + 1 < len(sheet.panels) else None
    plan = _handed_over(plan, sheet.panels[j].dialogue.parts, before, after)
    return plan.with_sheet(i, _without(plan.sheets[i], j))


def split_panel(plan: Plan, key: str, cut: Split) -> Plan:
    """The second part goes nearer, to those who speak in it."""
    i, j = plan.panel(key)
    sheet = plan.sheets[i]
    if cut.start is None or cut.end is None:
        raise Unfit("the cut has no ends")
    if any(panel.key == cut.key for panel in plan.panels()):
        raise Unfit(f"there is a panel {cut.key} already")
    panel = sheet.panels[j]
    parts = panel.dialogue.parts
    kept = (len(parts) + 1) // 2 if cut.lines is None else min(cut.lines, len(parts))
    first = with_parts(panel, parts[:kept])
    second = _second(panel, cut.key, parts[kept:])
    panels = (*sheet.panels[:j], first, second, *sheet.panels[j + 1 :])
    sheet = sheet.with_panels(panels, dirty=False)
    shapes = (*sheet.shapes, Cut(key, cut.key, cut.start, cut.end))
    return plan.with_sheet(i, replace(sheet, shapes=shapes))


def _second(panel: PanelDraft, key: str, parts: tuple[LinePart, ...]) -> PanelDraft:
    direction = panel.direction
    speakers = {part.speaker for part in parts}
    seen = tuple(figure for figure in direction.figures if figure.character in speakers) or direction.figures
    nearer = direction.model_copy(update={"shot": CLOSER.get(direction.shot, direction.shot), "figures": seen})
    return changed(panel, key=key, direction=nearer, role=Role.REACT, dialogue=DialogueLayout(parts=parts))


def move_border(plan: Plan, key: str, border: Border) -> Plan:
    i, _ = plan.panel(key)
    sheet = plan.sheets[i]
    return plan.with_sheet(i, replace(sheet, shapes=(*sheet.shapes, Shift(key, border.edge, border.by_mm))))


def merge_panels(plan: Plan, key: str, other: str) -> Plan:
    """Two neighbours in reading order become one, under the key of the first."""
    i, j = plan.panel(key)
    i2, j2 = plan.panel(other)
    if i != i2 or abs(j - j2) != 1:
        raise Unfit("only panels of one page that are read one after the other can be merged")
    sheet = plan.sheets[i]
    low = min(j, j2)
    first, second = sheet.panels[low], sheet.panels[low + 1]
    merged = with_parts(_merged(first, second), (*first.dialogue.parts, *second.dialogue.parts))
    sheet = sheet.with_panels((*sheet.panels[:low], merged, *sheet.panels[low + 2 :]), dirty=False)
    return plan.with_sheet(i, replace(sheet, shapes=(*sheet.shapes, Join(first.key, second.key))))


def _merged(first: PanelDraft, second: PanelDraft) -> PanelDraft:
    one, two = first.direction, second.direction
    there = {figure.character for figure in one.figures}
    wider = min(one.shot, two.shot, key=_WIDEST.index)
    changes: dict[str, Any] = {
        "shot": wider,
        "figures": (*one.figures, *(figure for figure in two.figures if figure.character not in there))[:6],
        "props": tuple(dict.fromkeys((*one.props, *two.props)))[:6],
        "effects": tuple(dict.fromkeys((*one.effects, *two.effects)))[:3],
        "seen": " ".join(filter(None, (one.seen, two.seen)))[:400],
    }
    return changed(
        first,
        beats=tuple(dict.fromkeys((*first.beats, *second.beats))),
        importance=max(first.importance, second.importance),
        direction=one.model_copy(update=changes),
    )
