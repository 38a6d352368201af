"""What code has cut of a plot for want of room, looked at once by the model that wrote it.

Code knows what weighs most and what a beat has said that it needs; it does not know the story. The question is that of
a wish (`plot_revision`), put by code: which of the moments that were cut come back, and which go in their place. Where
nobody has named a length, the book grows for what comes back, so that code cuts nothing again. Pure.
"""

from collections.abc import Set
from math import ceil
from typing import Final

from agents.plot.condense_to_pages import kept_for_others, paged
from agents.plot.story_parts import Joined
from manga.brief import Language, Settings
from manga.fit_story_to_pages import Planned
from manga.plot import Plot
from manga.plot_draft import ChangedPlot

LEAST: Final = 3
"""Moments that code has cut, from which on its choice is looked at."""
GROWS: Final = 1.25
"""Times as many pages, at most, as a book without a named length had before what comes back."""
_WISH: Final = (
    "The book has room for {kept} of its {all} moments. Beside what an editor marked, code has cut (`cut`) what weighs "
    "least, without knowing the story. Look at its choice: bring back what is asked, answered, repeated, counted on or "
    "explained by moments that stay, {room} Say nothing but `cut`, of single beats; where the choice is good, nothing."
)
_FIXED: Final = (
    "and take out as many in their place that nothing counts on, the least first: what is more than {kept} is cut by "
    "code again."
)
_FREE: Final = (
    "and take out what nothing counts on. The book grows for what comes back, up to {most} moments; what is more than "
    "that is cut again by code."
)


def cut_by_code(plot: Plot) -> frozenset[str]:
    """Keys of the moments that are left out and that no editor has marked."""
    return frozenset(beat.key for beat in plot.beats()) - plot.shown() - plot.marked()


def may_grow(settings: Settings) -> bool:
    """Whether nobody has said how long the book is, or how many pictures it may have."""
    return not isinstance(settings.pages, int) and settings.max_images is None


def wish_about_cuts(plot: Plot, settings: Settings) -> str:
    """What is asked, in words."""
    kept = len(plot.shown())
    room = _FREE.format(most=int(kept * GROWS)) if may_grow(settings) else _FIXED.format(kept=kept)
    return _WISH.format(kept=kept, all=len(plot.beats()), room=room)


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


def paged_after(
    plot: Plot, joined: Joined, cut: Set[str], back: Set[str], language: Language, settings: Settings
) -> Planned:
    """The pages with what comes `back`, without what is `cut`; in a book that may grow nothing else goes."""
    grows = may_grow(settings)
    most = ceil(len(plot.pages) * GROWS)
    if grows:
        out = kept_for_others(joined.scenes, (cut_by_code(plot) | cut) - back)
        made = paged(joined.scenes, language, settings, previous=plot, cut=out, hooks=joined.hooks)
        if len(made.pages) <= most:
            return made
    wished = most if grows else 0
    return paged(joined.scenes, language, settings, wished=wished, cut=cut, hooks=joined.hooks, wanted=back)
