"""What each panel asks of the page: weight, room for its words and figures, a shape that suits its view.

In: a panel of the draft. Out: `Demand`, in millimetres on the given paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from manga.paper import Paper
from manga.storyboard import LinePart, PanelDraft, Role, Shot

WEIGHTS = (0.7, 1.0, 1.4, 1.9, 2.6)
"""Area by importance 1..5."""

SPLASH_SHARE = 0.64
"""Of the page, for a splash among other panels."""

B5_SCALE = 182 / 220

COLUMN = 8
"""Characters in one column of a balloon; four columns at most."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Least size in millimetres, least area in mm², and the shape (width by height) that suits the view."""

    weight: float
    width: float
    height: float
    area: float
    aspect: float


def demands(panels: Sequence[PanelDraft], paper: Paper, *, vertical: bool) -> tuple[Demand, ...]:
    """One demand a panel, in order."""
    others = sum(WEIGHTS[p.importance - 1] for p in panels if p.role is not Role.SPLASH)
    splash = others * SPLASH_SHARE / (1 - SPLASH_SHARE) if others else 1.0
    return tuple(_demand(panel, splash, paper.scale / B5_SCALE, vertical) for panel in panels)


def _demand(panel: PanelDraft, splash: float, scale: float, vertical: bool) -> Demand:
    boxes = [text_box(part, scale, vertical) for part in panel.dialogue.parts if part.kind != "sfx"]
    width, height = _room(boxes, scale)
    people = len(panel.direction.figures)
    letters = sum(w * h for w, h in boxes)
    return Demand(
        weight=splash if panel.role is Role.SPLASH else WEIGHTS[panel.importance - 1],
        width=max(width, (14 + 11 * people) * scale),
        height=max(height, 34 * scale),
        area=letters / 0.4 + (400 * people) * scale * scale,
        aspect=_aspect(panel, vertical),
    )


def text_box(part: LinePart, scale: float, vertical: bool) -> tuple[float, float]:
    """Width and height of a balloon at base size with its margins: 5 mm a character on B5."""
    letters = len(part.text)
    if vertical:
        columns = ceil(letters / COLUMN)
        return ((columns * 5.6 + 5) * scale, (min(letters, COLUMN) * 4.6 + 6) * scale)
    lines = max(1, ceil(letters / 17))
    return ((min(letters, 17) * 2.05 + 8) * scale, (lines * 4.3 + 7) * scale)


def _room(boxes: Sequence[tuple[float, float]], scale: float) -> tuple[float, float]:
    """Balloons stand side by side, the second a little lower; heads stay free beneath."""
    if not boxes:
        return (0.0, 0.0)
    wide = sum(w for w, _ in boxes) + 4 * scale * (len(boxes) + 1)
    tall = max(h for _, h in boxes) + 8 * scale
    return (wide, tall)


def _aspect(panel: PanelDraft, vertical: bool) -> float:
    """Width by height that flatters the view."""
    by_shot = {
        Shot.ESTABLISHING: 1.9,
        Shot.LONG: 1.7,
        Shot.FULL: 0.85,
        Shot.MEDIUM: 1.1,
        Shot.BUST: 1.0,
        Shot.CLOSE: 1.2,
        Shot.EXTREME_CLOSE: 1.8,
        Shot.INSERT: 1.1,
    }
    base = by_shot[panel.direction.shot]
    people = len(panel.direction.figures)
    texts = sum(1 for part in panel.dialogue.parts if part.kind != "sfx")
    return max(base, 0.55 * (people + texts)) if people > 1 or texts > 1 else base
