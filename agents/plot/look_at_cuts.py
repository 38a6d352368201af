"""What code has cut of a plot for want of room, looked at once by the model that wrote it.

Code knows what weighs most and what a beat has said that it needs; it does not know the story. The question is that of
a wish (`plot_revision`), put by code: which of the moments that were cut come back, and which go in their place. Pure.
"""

from collections.abc import Set
from typing import Final

from manga.plot import Plot
from manga.plot_draft import ChangedPlot

LEAST: Final = 3
"""Moments that code has cut, from which on its choice is looked at."""
_WISH: Final = (
    "The book has room for {kept} of its {all} moments. Beside what an editor marked, code has cut (`cut`) what weighs "
    "least, without knowing the story. Look at its choice: bring back what is asked, answered, repeated, counted on or "
    "explained by moments that stay, and take out about as many in their place that nothing counts on, the least "
    "first. Say nothing but `cut`, of single beats; where the choice is good, nothing."
)


def cut_by_code(plot: Plot) -> frozenset[str]:
    """Keys of the moments that are left out and that no editor has marked."""
    return frozenset(beat.key for beat in plot.beats()) - plot.shown() - plot.marked()


def wish_about_cuts(plot: Plot) -> str:
    """What is asked, in words."""
    return _WISH.format(kept=len(plot.shown()), all=len(plot.beats()))


def after_look(plot: Plot, answer: ChangedPlot) -> tuple[Set[str], Set[str]]:
    """The moments that an editor leaves out by now, and those that come back, before all others."""
    said = {beat.key: beat.cut for scene in answer.scenes for beat in scene.beats if beat.cut is not None}
    for scene in answer.scenes:
        if scene.cut is not None:
            own = next((one.beats for one in plot.scenes if one.key == scene.key), ())
            said = {beat.key: scene.cut for beat in own} | said
    out = {key for key, cut in said.items() if cut}
    back = said.keys() - out
    return (plot.marked() | out) - back, back
