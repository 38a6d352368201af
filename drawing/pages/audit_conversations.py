"""Audits whether people who talk keep their sides and look at one another, by the faces in finished panels.

The 180° line (想定線): two people keep their order from panel to panel of a scene; a wide view that shows the place
anew may turn the camera. Eyelines: who speaks looks towards whom he was last seen with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from drawing.pages.audit_gates import Measure, Sheaf
from manga.artwork import FigureAnchors
from manga.book import Gate, PanelNode
from manga.geometry import bounds
from manga.storyboard import Shot

SIDES_KEPT, SIDES_KEPT_IN_STRIPS, EYES_MET = 0.9, 0.85, 0.85
"""Strips hardly have wide views, behind which the camera may stand elsewhere."""
TURNS = frozenset({Shot.ESTABLISHING.value, Shot.LONG.value})
"""Distances that show the place anew: behind them the camera may stand elsewhere."""
ASIDE = 0.06
"""How far a mouth stands off the middle of its face, by the width of that, when the head is turned."""
APART = 0.08
"""By the width of the panel; people nearer to one another have no sides."""

Pair = tuple[str, str]


@dataclass
class _Scene:
    """What is known while a scene is read: of every two people, who stands to the left of whom (1: the first)."""

    key: str = ""
    order: dict[Pair, int] = field(default_factory=dict)

    def enter(self, panel: PanelNode) -> None:
        if panel.scene != self.key:
            self.key, self.order = panel.scene, {}

    def partner_side(self, who: str) -> int:
        """On which side of somebody the one stands with whom he was seen last: 1 right, -1 left, 0 nobody."""
        for (a, b), order in reversed(self.order.items()):
            if who in (a, b):
                return order if who == a else -order
        return 0


def _seen(panel: PanelNode) -> dict[str, FigureAnchors]:
    """People whose faces or heads are in the panel, by key; crowds of one name are left out."""
    box = bounds(panel.polygon)
    there = [f for f in panel.figures if (mark := f.face or f.head) is not None and box.overlap(mark) > 0.3 * mark.area]
    names = [figure.character for figure in there]
    return {figure.character: figure for figure in there if names.count(figure.character) == 1}


def _orders(panel: PanelNode) -> dict[Pair, int]:
    """Of every two people in a panel: 1 where the first of them stands to the left."""
    width = bounds(panel.polygon).width
    places = {key: figure.body.centre[0] for key, figure in sorted(_seen(panel).items())}
    return {
        (a, b): 1 if places[a] < places[b] else -1
        for a, b in combinations(places, 2)
        if abs(places[a] - places[b]) > APART * width
    }


def looks(figure: FigureAnchors) -> int:
    """Where a face is turned: 1 right, -1 left, 0 to the reader, or not to be told."""
    if figure.face is None or figure.mouth is None or not figure.face.width:
        return 0
    off = (figure.mouth[0] - figure.face.centre[0]) / figure.face.width
    return 0 if abs(off) < ASIDE else 1 if off > 0 else -1


def _panels(sheaf: Sheaf) -> Iterator[tuple[int, PanelNode]]:
    return ((page.number, panel) for page in sheaf.body for panel in page.panels)


def sides_kept(sheaf: Sheaf) -> Gate:
    """Of two people seen in one panel and then in another of the scene: how often they keep their sides."""
    scene, met, swapped = _Scene(), 0, []
    for number, panel in _panels(sheaf):
        scene.enter(panel)
        for pair, order in _orders(panel).items():
            before = scene.order.pop(pair, 0)
            scene.order[pair] = order
            if before and panel.shot not in TURNS:
                met += 1
                swapped += [number] if before != order else []
    return _share("sides_kept", met, swapped, SIDES_KEPT_IN_STRIPS if sheaf.in_strips else SIDES_KEPT)


def eyes_met(sheaf: Sheaf) -> Gate:
    """Of speakers whose head is turned: how many look to where their listener is, in the panel or as seen last."""
    scene, turned, away = _Scene(), 0, []
    for number, panel in _panels(sheaf):
        scene.enter(panel)
        orders, seen = _orders(panel), _seen(panel)
        scene.order = {pair: order for pair, order in scene.order.items() if pair not in orders} | orders
        for who in panel.speakers:
            look, side = looks(seen[who]) if who in seen else 0, scene.partner_side(who)
            if look and side:
                turned += 1
                away += [number] if look != side else []
    return _share("eyes_met", turned, away, EYES_MET)


def _share(name: str, whole: int, wrong: list[int], least: float) -> Gate:
    value = 1 - len(wrong) / whole if whole else 1.0
    pages = tuple(dict.fromkeys(wrong))
    return Gate(name=name, value=round(value, 4), gate=f">= {least}", ok=value >= least, pages=pages)


TALK: Mapping[str, Measure] = {"sides_kept": sides_kept, "eyes_met": eyes_met}
