"""Who stands where, and how many panels a page may have: what code puts right in the panels of a page. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from agents.storyboard.words import MOST_PARTS
from manga.paper import Direction
from manga.plot import LineKind
from manga.storyboard import DialogueLayout, FigureDirection, LinePart, PanelDraft
from manga.storyboard_plan import Sides

NEAREST = 0.1
"""Share of a panel's width that two figures at the same depth stand apart at least."""
_MIRRORED = {"left": "right", "right": "left"}


def on_their_sides(
    panels: Sequence[PanelDraft], sides: Sequence[Sides], direction: Direction
) -> tuple[PanelDraft, ...]:
    """People keep the sides that the plan gives them in their scene; nobody stands in another's place."""
    by_scene = {side.scene: side for side in sides}
    return tuple(_staged(panel, by_scene.get(panel.scene), direction) for panel in panels)


def _staged(panel: PanelDraft, sides: Sides | None, direction: Direction) -> PanelDraft:
    figures = panel.direction.figures
    if len(figures) < 2:
        return panel
    staged = figures if _apart(figures) else _spread(figures, sides, direction)
    if sides is not None and _crossed(staged, sides, direction):
        staged = tuple(_turned(figure) for figure in staged)
    if staged == figures:
        return panel
    return panel.model_copy(update={"direction": panel.direction.model_copy(update={"figures": staged})})


def _apart(figures: Sequence[FigureDirection]) -> bool:
    places = sorted((figure.depth, figure.x) for figure in figures)
    return all(a[0] != b[0] or b[1] - a[1] >= NEAREST for a, b in pairwise(places))


def _spread(
    figures: Sequence[FigureDirection], sides: Sides | None, direction: Direction
) -> tuple[FigureDirection, ...]:
    """Side by side in their order, those of the side that is read first before the others."""
    last = set(sides.read_last) if sides is not None else set()
    order = sorted(range(len(figures)), key=lambda n: (figures[n].character in last, n))
    share = {n: (place + 1) / (len(figures) + 1) for place, n in enumerate(order)}
    if direction is Direction.RTL:
        share = {n: 1 - x for n, x in share.items()}
    return tuple(figure.model_copy(update={"x": round(share[n], 3)}) for n, figure in enumerate(figures))


def _crossed(figures: Sequence[FigureDirection], sides: Sides, direction: Direction) -> bool:
    """Do all who have a side stand on the wrong one?"""
    first = [figure.x for figure in figures if figure.character in sides.read_first]
    last = [figure.x for figure in figures if figure.character in sides.read_last]
    if not first or not last:
        return False
    return max(first) < min(last) if direction is Direction.RTL else min(first) > max(last)


def _turned(figure: FigureDirection) -> FigureDirection:
    facing = _MIRRORED.get(figure.facing, figure.facing)
    return figure.model_copy(update={"x": round(1 - figure.x, 3), "facing": facing})


def within(panels: Sequence[PanelDraft], most: int) -> tuple[PanelDraft, ...]:
    """At most so many: the two neighbours that weigh least become one, in the same scene as long as there are such."""
    found = list(panels)
    while len(found) > most:
        pairs = range(len(found) - 1)
        n = min(pairs, key=lambda n: _cost(found[n], found[n + 1]))
        found[n : n + 2] = [joined(found[n], found[n + 1])]
    return tuple(found)


def _cost(panel: PanelDraft, following: PanelDraft) -> tuple[bool, bool, float]:
    parts = len(panel.dialogue.parts) + len(following.dialogue.parts)
    weight = panel.importance + following.importance + parts / MOST_PARTS
    return parts > MOST_PARTS, panel.scene != following.scene, weight


def joined(panel: PanelDraft, following: PanelDraft) -> PanelDraft:
    """One panel that shows what the heavier of the two shows, and says what both say, as far as a panel holds it."""
    shown = following if following.importance > panel.importance else panel
    parts = _most_needed((*panel.dialogue.parts, *following.dialogue.parts))
    return shown.model_copy(
        update={
            "key": panel.key,
            "beats": tuple(dict.fromkeys((*panel.beats, *following.beats))),
            "scene": panel.scene,
            "importance": max(panel.importance, following.importance),
            "dialogue": DialogueLayout(parts=parts),
        }
    )


def _most_needed(parts: Sequence[LinePart]) -> tuple[LinePart, ...]:
    """Sounds go first, then captions, then the last words."""
    kept = list(parts)
    for kind in ("sfx", LineKind.NARRATION):
        while len(kept) > MOST_PARTS and any(part.kind == kind for part in kept):
            kept.remove(next(part for part in reversed(kept) if part.kind == kind))
    return tuple(kept[:MOST_PARTS])
