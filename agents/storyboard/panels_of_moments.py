"""Panels that come and go with the moments of a page that is there: the other panels stay as they are. Pure.

In: a page, the plot, the moments that it carries by now. Out: the page without the panels of moments that are gone and
with a panel, yet undirected, for each that has come; None where that cannot be done panel by panel.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from agents.storyboard.change_panel_texts import with_texts
from manga.losses import Loss, shortened
from manga.plot import Line, Plot, spoken_in, where_and_when
from manga.proposed_changes import ChangedPanel, ChangedText
from manga.storyboard import FigureDirection, PageDraft, PanelDraft, Role, SceneDirection, Shot, words_said

MOST_PANELS = 8
"""Of a page to which panels come: of more it is drawn up anew."""
LEAST_PANELS = 2
_PROMISES = frozenset({Role.ESTABLISH, Role.HOOK, Role.SPLASH})
"""What the rest of a page is built on: it does not go alone."""
_QUIET = frozenset({Role.AFTERBEAT, Role.BREATHER})
"""What a moment ends with: no further step of it comes behind."""
_MOST_FIGURES, _SEEN = 4, 300


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """`new` are the keys of its panels that nobody has directed; `said` are keys, each with what is otherwise; `full`
    are scenes for which the page has no further panel."""

    page: PageDraft
    new: frozenset[str] = frozenset()
    said: tuple[tuple[str, str], ...] = ()
    full: tuple[str, ...] = ()


def with_moments(page: PageDraft, plot: Plot, order: Sequence[str]) -> ChangedPage | None:
    """`order` are the page's moments by now, as they are told."""
    place = {key: at for at, key in enumerate(order)}
    left = _left(page, place.keys(), plot)
    if left is None:
        return None
    panels, had = list(left), {key for panel in left for key in panel.beats}
    new = [key for key in order if key not in had]
    for key in new:
        before = [n for n, one in enumerate(panels, start=1) if min(place[beat] for beat in one.beats) < place[key]]
        panels.insert(max(before, default=0), undirected(key, plot, (*page.panels, *panels)))
    fits = len(panels) <= MOST_PANELS if new else len(panels) >= min(LEAST_PANELS, len(page.panels))
    return ChangedPage(page.model_copy(update={"panels": tuple(panels)}), frozenset(new)) if fits else None


def with_more_room(changed: ChangedPage, plot: Plot, scene: str) -> ChangedPage:
    """With a further panel of the weightiest moment that a scene has on the page, where there is room for one."""
    weights = {beat.key: beat.importance for beat in plot.beats()}
    panels = list(changed.page.panels)
    own = [panel for panel in panels if panel.scene == scene and panel.key not in changed.new]
    if not own:
        return changed
    if len(panels) >= MOST_PANELS:
        return replace(changed, full=(*changed.full, scene))
    home = max(own, key=lambda panel: (weights.get(panel.beats[-1], 0), panel.importance))
    beat = home.beats[-1]
    of_beat = [panel for panel in panels if beat in panel.beats]
    numbers = [int(panel.key.partition("+")[2] or 0) for panel in panels if panel.key.partition("+")[0] == beat]
    key = f"{beat}+{max(numbers, default=0) + 1}"
    further = undirected(beat, plot, panels).model_copy(update={"key": key, "role": Role.ACT, "importance": 2})
    quiet = len(of_beat) > 1 and of_beat[-1].role in _QUIET
    panels.insert(panels.index(of_beat[-1]) + (not quiet), further)
    told = f"scene {scene} gets more room: panel {key} is new, a further step of moment {beat}, no second after-beat"
    page = changed.page.model_copy(update={"panels": tuple(panels)})
    return replace(changed, page=page, new=changed.new | {key}, said=(*changed.said, (key, told)))


def with_less_room(changed: ChangedPage, scene: str) -> ChangedPage:
    """Without the lightest silent panel of a scene whose moments other panels of the page show."""
    panels = changed.page.panels
    shown = Counter(key for panel in panels for key in panel.beats)
    able = [
        panel
        for panel in panels
        if panel.scene == scene and not panel.dialogue.parts and panel.role not in _PROMISES
        and all(shown[key] > 1 for key in panel.beats)
    ]  # fmt: skip
    if not able or len(panels) <= LEAST_PANELS:
        return changed
    least = min(able, key=lambda panel: panel.importance)
    left = tuple(panel for panel in panels if panel is not least)
    return replace(changed, page=changed.page.model_copy(update={"panels": left}))


def _left(page: PageDraft, there: Set[str], plot: Plot) -> list[PanelDraft] | None:
    """The panels whose moments are still there. None where a panel shares one with another moment, where words of what
    is gone would stay, or where the page is built on what goes."""
    gone = {key for panel in page.panels for key in panel.beats} - there
    left = [panel for panel in page.panels if not gone & set(panel.beats)]
    lost = [panel for panel in page.panels if gone & set(panel.beats)]
    mixed = any(set(panel.beats) - gone for panel in lost)
    promised = any(panel.role in _PROMISES and panel.scene in {one.scene for one in left} for panel in lost)
    lines = {line.key for beat in plot.beats() if beat.key in gone for line in beat.lines}
    said = any(part.line in lines for panel in left for part in panel.dialogue.parts)
    return None if mixed or promised or said else left


def undirected(key: str, plot: Plot, there: Sequence[PanelDraft]) -> PanelDraft:
    """A panel of a moment that nobody has directed yet. Its scene begins in it where no panel `there` shows it."""
    scene, beat = next((scene, beat) for scene in plot.scenes for beat in scene.beats if beat.key == key)
    begins = scene.key not in {panel.scene for panel in there}
    usual = Role.TALK if spoken_in(beat) else Role.ACT
    direction = SceneDirection(
        shot=Shot.LONG if begins else Shot.MEDIUM,
        emotion=beat.emotion,
        **where_and_when(scene, key),
    )
    return PanelDraft(
        key=key,
        beats=(key,),
        scene=scene.key,
        role=Role.ESTABLISH if begins else usual,
        importance=min(max(beat.importance, 2), 4),
        direction=direction,
    )


def with_what_was_not_said(
    page: PageDraft, new: Set[str], patches: Mapping[str, ChangedPanel], plot: Plot, losses: list[Loss]
) -> PageDraft:
    """A page whose new panels an answer has directed: with the people of a moment where it says nothing of its panel,
    and with all that is spoken in it."""
    beats = {beat.key: beat for beat in plot.beats()}
    panels = tuple(
        _as_told(panel, beats[panel.beats[0]].present, beats[panel.beats[0]].words)
        if panel.key in new and panel.key not in patches
        else panel
        for panel in page.panels
    )
    said = words_said(panels)
    missing = {
        key: ChangedPanel(
            panel=key,
            texts=tuple(ChangedText(line=line.key) for line in spoken_in(beats[key]) if line.key not in said),
        )
        for key in new & beats.keys()
    }
    lines: dict[str, Line] = {line.key: line for beat in plot.beats() for line in beat.lines}
    return with_texts(page.model_copy(update={"panels": panels}), missing, lines, losses)


def _as_told(panel: PanelDraft, present: Sequence[str], words: str) -> PanelDraft:
    figures = tuple(FigureDirection(character=who) for who in present[:_MOST_FIGURES])
    told = {"figures": figures, "seen": shortened(words, _SEEN)}
    return panel.model_copy(update={"direction": panel.direction.model_copy(update=told)})
