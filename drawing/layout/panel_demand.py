"""What each panel demands of the page: weight, room for its words and figures, a shape that suits its view.

In: a panel of the draft. Out: `Demand`, in millimetres on the given paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from drawing.layout.character_entrances import entrances
from manga.paper import Paper
from manga.storyboard import LinePart, PanelDraft, Role, Shot

WEIGHTS = (0.7, 1.0, 1.4, 1.9, 2.6)
"""Area by importance 1..5."""

LEAD = 1.3
"""How much more the panel that a page is made for weighs than by its importance alone: one large panel a page."""

OPENERS = frozenset({Role.PAYOFF, Role.ESTABLISH, Role.HOOK})
"""Of two panels of one importance these are the larger."""

MOST_SHARE = 0.56
"""Of the page, for a panel that is no splash: a page of several is not one picture with remnants."""

SPLASH_SHARE = 0.64
"""Of the page, for a splash among other panels."""

B5_SCALE = 182 / 220

GUEST_WORDS = 6
"""Most characters in a panel that stands in another one's corner."""

HEADS_MM = 17.0
"""On B5: the height that heads take beneath the balloons of a panel."""

STANDING_ASPECT = 0.45
"""Width by height of a panel that shows somebody from head to foot for the first time."""

STANDING_MM = 8.0
"""On B5: the width that such a figure takes beside its words."""

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
    corners: Literal["none", "foot", "both"] = "none"
    """Where a smaller panel may stand in it."""
    guest: bool = False
    """Whether it is small enough for a corner of another one."""
    standing: bool = False
    """Whether somebody enters in it: it likes to be as high as two tiers, at the page's side."""


def demands(panels: Sequence[PanelDraft], paper: Paper, *, vertical: bool) -> tuple[Demand, ...]:
    """One demand a panel, in order."""
    lead = lead_of(panels)
    weights = [WEIGHTS[p.importance - 1] * (LEAD if i == lead else 1.0) for i, p in enumerate(panels)]
    if len(panels) > 2:
        weights = [min(weight, MOST_SHARE / (1 - MOST_SHARE) * (sum(weights) - weight)) for weight in weights]
    others = sum(w for w, p in zip(weights, panels, strict=True) if p.role is not Role.SPLASH)
    splash = others * SPLASH_SHARE / (1 - SPLASH_SHARE) if others else 1.0
    scale = paper.scale / B5_SCALE
    found = (
        _demand(panel, splash if panel.role is Role.SPLASH else weight, scale, vertical)
        for panel, weight in zip(panels, weights, strict=True)
    )
    enters = entrances(panels)
    stands = (panel.key in enters and panel.direction.shot is Shot.FULL for panel in panels)
    return tuple(_tall(demand, scale) if tall else demand for demand, tall in zip(found, stands, strict=True))


def _tall(demand: Demand, scale: float) -> Demand:
    """The demand of a panel in which somebody enters: its words stand beside him."""
    width = demand.width + STANDING_MM * scale
    return replace(demand, width=width, aspect=STANDING_ASPECT, standing=True, guest=False, corners="none")


def lead_of(panels: Sequence[PanelDraft]) -> int:
    """The panel that the page is made for: its splash, else what matters most; of equals one that opens or shows
    something, then the later one, for which the others prepare."""

    def rank(i: int) -> tuple[object, ...]:
        panel = panels[i]
        wide = panel.direction.shot in (Shot.ESTABLISHING, Shot.LONG, Shot.FULL)
        return (panel.role is Role.SPLASH, panel.importance, panel.role in OPENERS, wide, i)

    return max(range(len(panels)), key=rank)


def _demand(panel: PanelDraft, weight: float, scale: float, vertical: bool) -> Demand:
    boxes = [text_box(part, scale, vertical) for part in panel.dialogue.parts if part.kind != "sfx"]
    width, height = _room(boxes, scale)
    people = len(panel.direction.figures)
    heads = HEADS_MM * scale if people and boxes else 0.0
    letters = sum(w * h for w, h in boxes)
    return Demand(
        weight=weight,
        width=max(width, (14 + 11 * people) * scale),
        height=max(height + heads, 34 * scale),
        area=letters / 0.4 + (400 * people) * scale * scale,
        aspect=_aspect(panel, vertical),
        corners=_corners(panel),
        guest=_guest(panel),
    )


def _corners(panel: PanelDraft) -> Literal["none", "foot", "both"]:
    """A wide view of some weight leaves its corners free; where people are seen from the waist up, that at its foot."""
    direction = panel.direction
    if panel.importance < 3 or _texts(panel) > 2 or len(direction.figures) > 3:
        return "none"
    if direction.shot in (Shot.ESTABLISHING, Shot.LONG, Shot.FULL):
        return "both" if _texts(panel) < 2 else "foot"
    return "foot" if direction.shot is Shot.MEDIUM and len(direction.figures) < 3 else "none"


def _guest(panel: PanelDraft) -> bool:
    """A face or a thing, with a word or two at most."""
    near = panel.direction.shot in (Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE, Shot.INSERT)
    words = sum(len(part.text) for part in panel.dialogue.parts)
    return near and panel.importance <= 3 and words <= GUEST_WORDS and len(panel.direction.figures) <= 1


def _texts(panel: PanelDraft) -> int:
    return sum(1 for part in panel.dialogue.parts if part.kind != "sfx")


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
    texts = _texts(panel)
    return max(base, 0.55 * (people + texts)) if people > 1 or texts > 1 else base
