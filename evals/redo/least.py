"""The least that an edit needs: the rules of a case on the state before and the state after."""

from editing.results import artwork_of
from evals.redo.cases import Case, board, key_of, panel_of
from graph.state import State
from manga.artwork import PanelArt
from manga.geometry import bounds
from manga.storyboard import StoryPage


def least_images(case: Case, before: State, after: State) -> int:
    """Pictures that cannot stay as they were."""
    rule = case.images
    old = {panel.key: panel for panel in board(before).panels()}
    new = {panel.key: panel for panel in board(after).panels()}
    if rule in ("none", "all", "it"):
        return {"none": 0, "all": len(old), "it": 1}[rule]
    if rule.startswith("seen:"):
        who = key_of(rule.removeprefix("seen:"), before)
        return sum(any(figure.character == who for figure in panel.direction.figures) for panel in old.values())
    if rule == "shown":
        return sum(key not in old or old[key].direction != panel.direction for key, panel in new.items())
    cut = {key: _outline(page, key) for page in board(before).pages for key in _keys(page)}
    return sum(_outline(page, key) != cut.get(key) for page in board(after).pages for key in _keys(page))


def _outline(page: StoryPage, key: str) -> tuple[tuple[float, float], ...]:
    """The border from its own top left: a panel that only moves keeps its picture."""
    polygon = page.frame(key).polygon
    box = bounds(polygon)
    return tuple((round(x - box.x, 3), round(y - box.y, 3)) for x, y in polygon)


def least_pages(case: Case, before: State, after: State) -> int:
    """Pages whose letters cannot be taken over: something that they depend on is otherwise."""
    if case.pages == "none":
        return 0
    if case.pages == "it":
        panel = panel_of(case.element, before)
        return sum(panel in _keys(page) for page in board(before).pages)
    old = {page.key: _read(page, artwork_of(before)) for page in board(before).pages}
    return sum(_read(page, artwork_of(after)) != old.get(page.key) for page in board(after).pages)


def _keys(page: StoryPage) -> tuple[str, ...]:
    return tuple(panel.key for panel in page.panels)


def _read(page: StoryPage, art: dict[str, PanelArt]) -> object:
    """Frames, words, and where figures are: not what is drawn."""
    return [
        (page.frame(p.key).polygon, p.dialogue, p.importance, art[p.key].figures if p.key in art else ())
        for p in page.panels
    ]
