"""Audits how a book reads, from panels and letters alone: where the eye goes, how pages end, how views change.

Measures are those of facts/drawing 3.4 and of the editors' list; each is a gate.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from drawing.lettering import reader_gaze
from drawing.pages.audit_gates import Measure, Sheaf, counted
from manga.book import Gate, PageGraph, PanelNode
from manga.geometry import Point, bounds, centroid
from manga.paper import Direction
from manga.storyboard import Role, Shot

RUN = 3
KEY_EVENT = 5
ANSWER_WITHIN = 2
HOOKS = 0.75
OPEN_ENDS = ("？", "?", "！", "!", "…", "―", "—", "-", "⁉", "‼")
CLOSING = "」』）)”’\"' \u3000\n"
STRONG = frozenset({Role.HOOK.value, Role.SPLASH.value, Role.PAYOFF.value})
ANSWERS = frozenset({Role.REACT.value, Role.AFTERBEAT.value, Role.BREATHER.value})
FACES = frozenset({Shot.CLOSE.value, Shot.EXTREME_CLOSE.value, Shot.BUST.value})
COARSE_MM = 20.0
"""Centres of panels nearer than this are at the same place of the page to a reader who turns it."""


def way_of_the_eye(page: PageGraph) -> list[Point]:
    """Where a reader looks, in order: each text, or the middle of a panel without one."""
    way: list[Point] = []
    for panel in page.panels:
        own = sorted((b for b in page.balloons if b.panel == panel.key), key=lambda b: b.order)
        way += [bounds(b.polygon).centre for b in own] or [centroid(panel.polygon)]
    return way


def gaze_crossings(sheaf: Sheaf) -> Gate:
    """Pages on which the way of the eye crosses itself more than once."""
    return counted(
        "gaze_crossings", {page.number: int(reader_gaze.crossings(way_of_the_eye(page)) > 1) for page in sheaf.body}
    )


def backtracks(sheaf: Sheaf) -> Gate:
    """Steps of the eye that lead up and back to where reading began."""
    found = {p.number: reader_gaze.backtracks(way_of_the_eye(p), rtl=p.direction is Direction.RTL) for p in sheaf.body}
    return counted("backtracks", found)


def hooks(sheaf: Sheaf) -> Gate:
    """Pages that end as strong as they are, on a question, a call or a break, or on a silent panel; not the last."""
    inner = sheaf.body[:-1]
    weak = tuple(page.number for page in inner if page.panels and not _catches(page))
    value = 1 - len(weak) / len(inner) if inner else 1.0
    ok = sheaf.short or value >= HOOKS
    return Gate(name="hooks", value=round(value, 4), gate=f">= {HOOKS}", ok=ok, pages=weak)


def _catches(page: PageGraph) -> bool:
    last = page.panels[-1]
    level = sum(panel.importance for panel in page.panels) / len(page.panels)
    said = [b.text.source for b in page.balloons if b.panel == last.key]
    opened = bool(said) and said[-1].rstrip(CLOSING).endswith(OPEN_ENDS)
    return last.importance >= level or last.role in STRONG or opened or not said


def equal_shots(sheaf: Sheaf) -> Gate:
    """Runs of three panels of one scene from one distance; a camera that is fixed on purpose is marked so. In strips it
    stands still as a rule: what changes between even panels is the people. Inserts of different things are no run: each
    is as large as its thing, and the eye goes from one to the next."""
    panels = [(page.number, panel) for page in sheaf.body if page.layout == "free" for panel in page.panels]
    found: dict[int, int] = {page.number: 0 for page in sheaf.body}
    for (number, panel), run in _runs(panels):
        found[number] += run >= RUN and not panel.fixed_camera
    return counted("equal_shots", found)


def _runs(panels: Sequence[tuple[int, PanelNode]]) -> Iterator[tuple[tuple[int, PanelNode], int]]:
    """The first panel of each run, and how long the run is."""
    for _, run in groupby(panels, key=lambda item: _view(item[1])):
        members = list(run)
        yield members[0], len(members)


def _view(panel: PanelNode) -> tuple[str, str, bool, str]:
    shown = panel.picture if panel.shot == Shot.INSERT.value else ""
    return (panel.scene, panel.shot, panel.fixed_camera, shown)


def unanswered(sheaf: Sheaf) -> Gate:
    """Greatest moments that are followed by no face and no breath within two panels; the book's last page may end on
    one. One of several panels is answered after the last of them."""
    panels = [(page.number, panel) for page in sheaf.body for panel in page.panels]
    found: dict[int, int] = {page.number: 0 for page in sheaf.body}
    for place, (number, panel) in enumerate(panels):
        after = [p for _, p in panels[place + 1 : place + 1 + ANSWER_WITHIN]]
        goes_on = bool(after) and after[0].importance >= KEY_EVENT and _beat(after[0]) == _beat(panel)
        great = panel.importance >= KEY_EVENT and not goes_on and len(after) == ANSWER_WITHIN
        found[number] += great and not any(map(_answers, (panel, *after)))
    return counted("unanswered_moments", found)


def _beat(panel: PanelNode) -> str:
    return panel.key.partition("+")[0]


def _answers(panel: PanelNode) -> bool:
    return panel.role in ANSWERS or (panel.shot in FACES and bool(panel.figures))


def equal_layouts(sheaf: Sheaf) -> Gate:
    """Neighbouring pages of more than one panel that are cut alike; strips are so on purpose."""
    cuts = [(page.number, _cut(page)) for page in sheaf.body if page.layout == "free"]
    found = {number: int(len(cut) > 1 and cut == before) for (_, before), (number, cut) in pairwise(cuts)}
    return counted("equal_layouts", found)


def _cut(page: PageGraph) -> tuple[tuple[int, int], ...]:
    """The centres of the panels on a coarse net."""
    middles = (centroid(panel.polygon) for panel in page.panels)
    return tuple((round(x / COARSE_MM), round(y / COARSE_MM)) for x, y in middles)


FLOW: Mapping[str, Measure] = {
    "gaze_crossings": gaze_crossings,
    "backtracks": backtracks,
    "hooks": hooks,
    "equal_shots": equal_shots,
    "unanswered_moments": unanswered,
    "equal_layouts": equal_layouts,
}
