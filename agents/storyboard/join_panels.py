"""Joins panels of a page where pictures are counted, and says which of them are not shown then. Pure."""

from collections.abc import Sequence, Set

from agents.storyboard.page_words import MOST_PARTS
from manga.plot import LineKind
from manga.storyboard import DialogueLayout, LinePart, PanelDraft


def within(
    panels: Sequence[PanelDraft], most: int, reveals: Set[str] = frozenset()
) -> tuple[tuple[PanelDraft, ...], tuple[PanelDraft, ...]]:
    """At most so many: the two neighbours that weigh least become one, in the same scene as long as there are such,
    and none that begins a beat of `reveals` as long as there are others. And those that are not shown then."""
    found, gone = list(panels), []
    while len(found) > most:
        pairs = range(len(found) - 1)
        n = min(pairs, key=lambda n: (_hides(found[n], found[n + 1], reveals), *_cost(found[n], found[n + 1])))
        one = joined(found[n], found[n + 1])
        gone.append(found[n + 1] if one.direction is found[n].direction else found[n])
        found[n : n + 2] = [one]
    return tuple(found), tuple(gone)


def _hides(panel: PanelDraft, following: PanelDraft, reveals: Set[str]) -> bool:
    return bool({panel.beats[0], following.beats[0]} & reveals)


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
