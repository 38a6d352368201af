"""Resolves the addresses in an edit's value at this version: they become keys, distances become lasting places.

A checked value and the desk in, the value that is kept out. Raises EditRejected that names the field.
"""

from collections.abc import Callable, Mapping
from typing import Any

from drawing.lettering.balloons import BOXED
from editing.edit_context import Desk, rejected
from editing.edit_values import (
    At,
    BeforePage,
    BeforePanel,
    BeforeScene,
    Border,
    Move,
    NewChange,
    NewLine,
    NewPage,
    NewPanel,
    NewSound,
    Row,
    Split,
    Tip,
    ToPanel,
)
from editing.editable_pages import Unfit
from editing.panel_borders import edge_at, on_border
from manga.element_addresses import Element, ElementKind

Resolver = Callable[[Desk, Element, Any, str], tuple[str, Any]]
"""Answers the field's lasting name and value; the last argument is the field as it was sent."""


def resolved(desk: Desk, element: Element, name: str, value: Any) -> tuple[str, Any]:
    """The field and the value that are kept."""
    if name.startswith("figures.") and name.split(".")[1] not in desk.people:
        raise rejected(name, "nobody in the cast has this key")
    resolver = _RESOLVERS.get(name)
    return resolver(desk, element, value, name) if resolver is not None else (name, value)


def _key(desk: Desk, name: str, kind: ElementKind, field: str) -> str:
    """The key of what an address or key names; empty for none."""
    if not name:
        return ""
    found = desk.book.find(name)
    if found is None or found.kind != kind:
        raise rejected(field, f"there is no {kind} {name[:40]!r}")
    return found.key


def _speaker(desk: Desk, _: Element, value: str | None, field: str) -> tuple[str, Any]:
    if value is not None and value not in desk.people:
        raise rejected(field, "nobody in the cast has this key")
    return field, value


def _same_person(desk: Desk, element: Element, other: str, field: str) -> tuple[str, Any]:
    if other not in desk.people or other == element.key:
        raise rejected(field, "nobody else in the cast has this key")
    return field, other


def _changes(desk: Desk, element: Element, new: tuple[NewChange, ...], field: str) -> tuple[str, Any]:
    """They stand in the plot's beat, whose key its first panel has."""
    if "+" in element.key:
        raise rejected(field, f"this moment begins in panel {element.key.partition('+')[0]}, and changes stand there")
    for number, change in enumerate(new):
        if change.who not in desk.people:
            raise rejected(f"{field}.{number}.who", "nobody in the cast has this key")
    return field, new


def _position(desk: Desk, element: Element, value: Any, field: str) -> tuple[str, Any]:
    if isinstance(value, BeforeScene):
        if value.before and value.before not in desk.scenes:
            raise rejected(f"{field}.before", f"there is no scene {value.before[:40]!r}")
        return field, value
    if isinstance(value, BeforePage):
        return field, BeforePage(before=_key(desk, value.before, "page", f"{field}.before"))
    to: BeforePanel = value
    page = _key(desk, to.page, "page", f"{field}.page")
    if not page:
        raise rejected(f"{field}.page", "a panel stands on a page")
    before = _key(desk, to.before, "panel", f"{field}.before")
    if before and before != element.key and desk.plan.sheets[desk.plan.page(page)].index(before) is None:
        raise rejected(f"{field}.before", f"{to.before} is not on this page")
    return field, BeforePanel(page=page, before=before)


def _insert_page(desk: Desk, _: Element, new: NewPage, field: str) -> tuple[str, Any]:
    before = _key(desk, new.before, "page", f"{field}.before")
    sheets = desk.plan.sheets
    beside = sheets[desk.plan.page(before)].panels[0] if before else sheets[-1].panels[-1]
    keys = {"page": new.page or desk.new_page(), "key": new.key or desk.new_panel(beside.beats[0])}
    return field, new.model_copy(update={"before": before, **keys})


def _insert_panel(desk: Desk, element: Element, new: NewPanel, field: str) -> tuple[str, Any]:
    before = _key(desk, new.before, "panel", f"{field}.before")
    sheet = desk.plan.sheets[desk.plan.page(element.key)]
    at = sheet.index(before) if before else len(sheet.panels) - 1
    if at is None:
        raise rejected(f"{field}.before", f"{new.before} is not on this page")
    beside = sheet.panels[at].beats[0]
    return field, new.model_copy(update={"before": before, "key": new.key or desk.new_panel(beside)})


def _split(desk: Desk, element: Element, cut: Split, field: str) -> tuple[str, Any]:
    key = cut.key or desk.new_panel(element.key)
    if cut.start is not None and cut.end is not None:
        return field, cut.model_copy(update={"key": key})
    if cut.a is None or cut.b is None:
        raise rejected(field, "a cut goes from a point `a` to a point `b` of the border")
    i, _ = desk.plan.panel(element.key)
    page = desk.plan.sheets[i].laid
    if page is None:
        raise rejected(field, "the page has no layout yet")
    polygon = page.frame(element.key).polygon
    try:
        start, end = on_border(cut.a, polygon, "a"), on_border(cut.b, polygon, "b")
    except Unfit as error:
        raise rejected(f"{field}.{error.field}", error.reason) from error
    return field, Split(start=start, end=end, lines=cut.lines, key=key)


def _merge(desk: Desk, _: Element, other: str, field: str) -> tuple[str, Any]:
    key = _key(desk, other, "panel", field)
    if not key:
        raise rejected(field, "a panel is merged with another one")
    return field, key


def _to_panel(desk: Desk, _: Element, to: ToPanel, field: str) -> tuple[str, Any]:
    key = _key(desk, to.panel, "panel", f"{field}.panel")
    if not key:
        raise rejected(f"{field}.panel", "a line stands in a panel")
    return field, ToPanel(panel=key, index=to.index)


def _insert_line(desk: Desk, element: Element, new: NewLine | NewSound, field: str) -> tuple[str, Any]:
    if isinstance(new, NewLine):
        _speaker(desk, element, new.speaker, f"{field}.speaker")
    return field, new.model_copy(update={"key": new.key or desk.new_part()})


def _lines(desk: Desk, element: Element, rows: tuple[Row, ...], field: str) -> tuple[str, Any]:
    kept: dict[str, Row] = {}
    for number, row in enumerate(rows):
        where = f"{field}.{number}"
        found = desk.book.find(row.key)
        if found is None or found.kind not in ("balloon", "sfx"):
            raise rejected(f"{where}.key", f"there is no line {row.key[:40]!r}")
        if found.key in kept:
            raise rejected(f"{where}.key", "this line is there twice")
        if row.model_fields_set <= {"key"}:
            raise rejected(where, "this row changes nothing")
        _speaker(desk, element, row.speaker, f"{where}.speaker")
        kept[found.key] = row.model_copy(update={"key": found.key})
    return field, tuple(kept.values())


def _move(desk: Desk, element: Element, move: Move, field: str) -> tuple[str, Any]:
    now = desk.text_box(element.key).moved(move.dx_mm, move.dy_mm)
    if not desk.ground.paper.trim.contains(now):
        raise rejected(field, "the text would stand off the page")
    frame = desk.frame_of(element.key)
    x = (now.centre[0] - frame.x) / frame.width
    y = (now.centre[1] - frame.y) / frame.height
    if not (-4 <= x <= 5 and -4 <= y <= 5):
        raise rejected(field, "the text would stand too far from its panel")
    return "at", At(x=round(x, 5), y=round(y, 5))


def _tail(desk: Desk, element: Element, tip: Tip, field: str) -> tuple[str, Any]:
    if desk.balloon_kind(element.key) in BOXED:
        raise rejected(field, "this text has no tail")
    frame = desk.frame_of(element.key)
    x, y = (tip.x_mm - frame.x) / frame.width, (tip.y_mm - frame.y) / frame.height
    if not (-4 <= x <= 5 and -4 <= y <= 5):
        raise rejected(field, "the tail would end too far from its panel")
    return "tail_at", At(x=round(x, 5), y=round(y, 5))


def _border(desk: Desk, element: Element, border: Border, field: str) -> tuple[str, Any]:
    i, _ = desk.plan.panel(element.key)
    page = desk.plan.sheets[i].laid
    if page is None:
        raise rejected(f"{field}.edge", "the panel's border has no such side")
    polygon = page.frame(element.key).polygon
    edge = border.edge if border.side is None else edge_at(polygon, border.side)
    if edge is None or edge >= len(polygon):
        where = "edge" if border.side is None else "side"
        raise rejected(f"{field}.{where}", "the panel's border has no such side")
    return field, Border(edge=edge, by_mm=border.by_mm)


_RESOLVERS: Mapping[str, Resolver] = {
    "speaker": _speaker,
    "same_as": _same_person,
    "changes": _changes,
    "position": _position,
    "insert_page": _insert_page,
    "insert_panel": _insert_panel,
    "split": _split,
    "merge": _merge,
    "panel": _to_panel,
    "insert_line": _insert_line,
    "insert_sound": _insert_line,
    "lines": _lines,
    "move": _move,
    "tail": _tail,
    "border": _border,
}
