"""What a panel shows: one field of its direction or of a figure in it. A plan in, a plan out."""

from itertools import pairwise
from typing import Any

from editing.page_sheets import Plan, Unfit, changed
from manga.storyboard import FigureDirection, PanelDraft, SceneDirection

OWN = frozenset({"importance", "role"})
"""Fields of the panel itself; the others are its direction's. A panel of other weight lays its page out anew."""


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
