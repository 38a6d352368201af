"""Adds, removes and changes pages and panels of a storyboard draft. Every line stays exactly once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from manga.storyboard import DialogueLayout, LinePart, PageDraft, PanelDraft, Role, Shot, StoryboardDraft

MOST_PANELS = 9
MOST_PARTS = 6
LADDER = (Shot.ESTABLISHING, Shot.LONG, Shot.FULL, Shot.MEDIUM, Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE)
"""Distances from the farthest to the nearest."""
_KEYS_OF_A_BEAT = 100

Change = Callable[[PanelDraft], PanelDraft]


def panels_of(draft: StoryboardDraft) -> tuple[PanelDraft, ...]:
    return tuple(panel for page in draft.pages for panel in page.panels)


def with_panels(draft: StoryboardDraft, keys: Iterable[str], change: Change) -> StoryboardDraft:
    """The draft with these panels changed; untouched pages are the very same values."""
    wanted = frozenset(keys)

    def page_of(page: PageDraft) -> PageDraft:
        if not wanted & {panel.key for panel in page.panels}:
            return page
        return with_page(page, (change(panel) if panel.key in wanted else panel for panel in page.panels))

    return StoryboardDraft(pages=tuple(map(page_of, draft.pages)))


def with_page(page: PageDraft, panels: Iterable[PanelDraft]) -> PageDraft:
    return page.model_copy(update={"panels": tuple(panels)})


def with_pages(pages: Iterable[PageDraft]) -> StoryboardDraft:
    """Numbered anew from 1; pages without panels are gone."""
    left = (page for page in pages if page.panels)
    return StoryboardDraft(pages=tuple(p.model_copy(update={"number": n}) for n, p in enumerate(left, start=1)))


def replaced(draft: StoryboardDraft, page: PageDraft, panels: Sequence[PanelDraft]) -> StoryboardDraft:
    return with_pages(with_page(page, panels) if other.key == page.key else other for other in draft.pages)


def page_with(draft: StoryboardDraft, key: str) -> PageDraft:
    return next(page for page in draft.pages if any(panel.key == key for panel in page.panels))


def directed(panel: PanelDraft, **changes: Any) -> PanelDraft:
    return panel.model_copy(update={"direction": panel.direction.model_copy(update=changes)})


def spoken(panel: PanelDraft, parts: Iterable[LinePart]) -> PanelDraft:
    return panel.model_copy(update={"dialogue": DialogueLayout(parts=tuple(parts))})


def free_panel_key(draft: StoryboardDraft, beat: str) -> str:
    """A key of this beat that no panel has. Wishes are given in one order, so the same wish finds the same key."""
    taken = {panel.key for panel in panels_of(draft)}
    return next(key for n in range(50, _KEYS_OF_A_BEAT) if (key := f"{beat}+{n}") not in taken)


def free_page_key(draft: StoryboardDraft) -> str:
    taken = {page.key for page in draft.pages}
    return next(key for n in range(900, 10_000) if (key := f"g{n:03}") not in taken)


def nearer(shot: Shot, steps: int) -> Shot:
    """So many steps nearer, or farther when negative; an insert stays."""
    if shot not in LADDER:
        return shot
    at = LADDER.index(shot) + steps
    return LADDER[min(max(at, 0), len(LADDER) - 1)]


def silent_beside(draft: StoryboardDraft, panel: PanelDraft) -> PanelDraft:
    """A wide view of the same place, without people and words."""
    key = free_panel_key(draft, panel.beats[0])
    quiet = {"shot": Shot.LONG, "figures": (), "effects": (), "background": "full", "props": (), "seen": ""}
    still = directed(panel, **quiet)
    update = {"key": key, "beats": panel.beats[:1], "role": Role.BREATHER, "importance": 3}
    return spoken(still, ()).model_copy(update=update)


def halves(draft: StoryboardDraft, panel: PanelDraft) -> tuple[PanelDraft, PanelDraft]:
    """The second goes nearer, to those who speak in it."""
    parts = panel.dialogue.parts
    kept = (len(parts) + 1) // 2
    second = parts[kept:]
    who = {part.speaker for part in second}
    figures = panel.direction.figures
    seen = tuple(figure for figure in figures if figure.character in who) or figures
    other = directed(panel, shot=nearer(panel.direction.shot, 1), figures=seen)
    key = free_panel_key(draft, panel.beats[0])
    other = spoken(other, second).model_copy(update={"key": key, "role": Role.REACT})
    return spoken(panel, parts[:kept]), other


def joined(panels: Sequence[PanelDraft]) -> PanelDraft:
    """One panel of several, under the key of the first and with the wider view; all their people and words."""
    first = panels[0]
    figures = {figure.character: figure for panel in panels for figure in panel.direction.figures}
    widest = min((panel.direction.shot for panel in panels), key=_distance)
    parts = [part for panel in panels for part in panel.dialogue.parts]
    beats = tuple(dict.fromkeys(beat for panel in panels for beat in panel.beats))
    both = directed(first, shot=widest, figures=_spread(tuple(figures.values())[:6]))
    importance = max(panel.importance for panel in panels)
    return spoken(both, parts).model_copy(update={"beats": beats, "importance": importance})


def _distance(shot: Shot) -> int:
    return LADDER.index(shot) if shot in LADDER else len(LADDER)


def _spread(figures: tuple[Any, ...]) -> tuple[Any, ...]:
    """Nobody stands where somebody else does."""
    places = {round(figure.x, 2) for figure in figures}
    if len(places) == len(figures):
        return figures
    ordered = sorted(range(len(figures)), key=lambda i: (figures[i].x, i))
    at = {i: round((n + 1) / (len(figures) + 1), 3) for n, i in enumerate(ordered)}
    return tuple(figure.model_copy(update={"x": at[i]}) for i, figure in enumerate(figures))
