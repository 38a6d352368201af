"""Finds the panels in which main characters first enter."""

from collections.abc import Iterable

from manga.storyboard import PanelDraft, Shot

NEAR = frozenset({Shot.CLOSE, Shot.BUST, Shot.MEDIUM, Shot.FULL})


def entrances(panels: Iterable[PanelDraft]) -> dict[str, str]:
    """Panels that present somebody, alone and not from afar."""
    shown = ((panel.key, panel.direction) for panel in panels)
    return {
        key: direction.figures[0].character
        for key, direction in shown
        if direction.presents and direction.shot in NEAR and len(direction.figures) == 1
    }
