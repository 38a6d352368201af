"""Evens out shots over a whole book when all panels are there: what a reader is owed from panel to panel.

In: drafted pages. Out: the same, with a face soon after each of the greatest moments, and never three views of one
scene from one distance. Only distances change, and poses that they would cut off. Linear.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from manga.storyboard import FigureDirection, PageDraft, PanelDraft, Pose, Role, Shot
from offline.directing.added_panels import KEY_EVENT

WITHIN = 2
"""Panels after a great moment in which a face or a breath answers it."""
RUN = 3
"""So many views from one distance are too many."""
_ANSWERS = frozenset({Role.REACT, Role.AFTERBEAT, Role.BREATHER})
_FACES = frozenset({Shot.CLOSE, Shot.EXTREME_CLOSE, Shot.BUST})
_NEAR = frozenset({Shot.BUST, Shot.MEDIUM})
_FEW, _MOST = 2, 3
"""People whose faces are seen in one picture; where nothing else helps."""
_WHOLE = frozenset({Pose.LIE, Pose.FALL, Pose.CLIMB, Pose.CRAWL, Pose.RUN, Pose.JUMP, Pose.FIGHT})
"""Poses that nobody sees from near."""
_LEGS = frozenset({Pose.SIT, Pose.KNEEL, Pose.CROUCH, Pose.WALK, Pose.DIG})
_OTHER = {
    Shot.FULL: Shot.LONG,
    Shot.LONG: Shot.FULL,
    Shot.MEDIUM: Shot.FULL,
    Shot.BUST: Shot.MEDIUM,
    Shot.CLOSE: Shot.BUST,
    Shot.EXTREME_CLOSE: Shot.BUST,
    Shot.ESTABLISHING: Shot.LONG,
}


def answered(pages: Sequence[PageDraft]) -> list[PageDraft]:
    panels = [panel for page in pages for panel in page.panels]
    changed: dict[str, Shot] = {}
    for place, panel in enumerate(panels):
        after = panels[place + 1 : place + 1 + WITHIN]
        if _owed(panel, after) and not any(_answers(one, changed) for one in (panel, *after)):
            ways = [at for at in range(place + WITHIN, place - 1, -1) if not _as_near(at, panels, changed)]
            best = next((at for most in (_FEW, _MOST) for at in ways if _can_answer(panels[at], most)), None)
            changed |= {} if best is None else {panels[best].key: _face(best, panels, changed)}
    for third in _third_alike(panels, changed):
        many = len(third.direction.figures) > 1 and third.direction.shot in _NEAR
        changed[third.key] = Shot.FULL if many else _OTHER[third.direction.shot]
    return [_with(page, changed) for page in pages]


def _owed(panel: PanelDraft, after: Sequence[PanelDraft]) -> bool:
    """One of several panels is answered after the last of them."""
    great = panel.importance >= KEY_EVENT and len(after) == WITHIN
    return great and not (after[0].importance >= KEY_EVENT and _beat(after[0]) == _beat(panel))


def _beat(panel: PanelDraft) -> str:
    return panel.key.partition("+")[0]


def _answers(panel: PanelDraft, changed: dict[str, Shot]) -> bool:
    shot = changed.get(panel.key, panel.direction.shot)
    return panel.role in _ANSWERS or (shot in _FACES and bool(panel.direction.figures))


def _can_answer(panel: PanelDraft, most: int) -> bool:
    figures = panel.direction.figures
    seen = any(figure.facing != "back" for figure in figures)
    able = panel.role is not Role.ESTABLISH and 0 < len(figures) <= most
    return able and seen and not any(figure.pose in _WHOLE for figure in figures)


def _as_near(at: int, panels: Sequence[PanelDraft], changed: dict[str, Shot]) -> bool:
    """Whether a panel beside it shows the same two people from near: their faces would be the same picture again."""
    who = {figure.character for figure in panels[at].direction.figures}
    beside = (one for one in panels[max(0, at - 1) : at + 2] if one is not panels[at] and len(who) > 1)
    return any(
        who == {figure.character for figure in one.direction.figures}
        and changed.get(one.key, one.direction.shot) in _NEAR
        for one in beside
    )


def _face(at: int, panels: Sequence[PanelDraft], changed: dict[str, Shot]) -> Shot:
    """From another distance than the panels beside it, where one face is seen."""
    panel = panels[at]
    beside = [changed.get(one.key, one.direction.shot) for one in panels[max(0, at - 2) : at + 3] if one is not panel]
    return Shot.CLOSE if Shot.BUST in beside and len(panel.direction.figures) == 1 else Shot.BUST


def _third_alike(panels: Sequence[PanelDraft], changed: dict[str, Shot]) -> Iterator[PanelDraft]:
    def view(panel: PanelDraft) -> tuple[str, Shot, bool, tuple[str, ...]]:
        shot = changed.get(panel.key, panel.direction.shot)
        things = panel.direction.props if shot is Shot.INSERT else ()
        return (panel.scene, shot, panel.direction.fixed_camera, things)

    for (_, shot, fixed, _), run in groupby(panels, key=view):
        if shot in _OTHER and not fixed:
            yield from (one for one in list(run)[RUN - 1 :: RUN] if one.key not in changed and _may_differ(one))


def _may_differ(panel: PanelDraft) -> bool:
    """Whether nothing in it asks for its distance."""
    return not panel.direction.presents and panel.role is not Role.ESTABLISH


def _with(page: PageDraft, changed: dict[str, Shot]) -> PageDraft:
    if not any(panel.key in changed for panel in page.panels):
        return page
    panels = tuple(_seen_from(panel, changed[panel.key]) if panel.key in changed else panel for panel in page.panels)
    return page.model_copy(update={"panels": panels})


def _seen_from(panel: PanelDraft, shot: Shot) -> PanelDraft:
    figures = tuple(_cut(figure) if shot in _FACES else figure for figure in panel.direction.figures)
    directed = panel.direction.model_copy(update={"shot": shot, "figures": figures})
    return panel.model_copy(update={"direction": directed})


def _cut(figure: FigureDirection) -> FigureDirection:
    """Heads are on one height where no legs are seen."""
    return figure.model_copy(update={"pose": Pose.STAND}) if figure.pose in _LEGS else figure
