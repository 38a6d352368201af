"""Carries out wishes for the plot: scenes left out, merged, exchanged, told at length or in brief; more or fewer
pages.

The words stay the story's own. What a person leaves out stands in `cuts`, like what a page limit leaves out.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from manga.brief import MAX_PAGES, Language
from manga.fit_story_to_pages import Planned, plan_book
from manga.plot import Plot, Scene, TimeOfDay
from manga.revision import Wish
from manga.values import Span
from offline.reading.plot import acts, present, scene_emotion, summary
from offline.wishes.revising.revision_patterns import numbers
from offline.wishes.revising.understood_words import Hearing, carried_out

STEP = 0.2
"""By which part of the book more or fewer pages are meant, when no number is said."""


@dataclass(frozen=True, slots=True)
class Told:
    """What paging needs beside the scenes. `pages` is the most that the person's settings allow, None without a limit;
    `exactly` how many an earlier wish asked for, `panels` the most that may be drawn."""

    language: Language
    source_chars: int
    fidelity: str
    pages: int | None
    exactly: int | None = None
    panels: int | None = None


def revised_plot(raw: Plot, wishes: Sequence[Wish], told: Told) -> Plot:
    """`raw` is the plot without any wish. Raises `WishRefused`."""
    wanted: list[int] = []

    def step(plot: Plot, hearing: Hearing) -> Plot:
        count = _count(plot, hearing)
        if count is None:
            return _step(plot, hearing, replace(told, exactly=wanted[-1] if wanted else None))
        wanted.append(count)
        return _paged(plot, count, hearing, told)

    return carried_out("plot", raw, wishes, step)


def _step(plot: Plot, hearing: Hearing, told: Told) -> Plot:
    keys = tuple(scene.key for scene in plot.scenes if scene.key in hearing.scope)
    if hearing.scope and not keys:
        hearing.refuse("その場面はもうありません。", "That scene is not there any more.")
        return plot
    for name, change in _CHANGES.items():
        if hearing.has(name):
            return change(plot, keys, hearing, told)
    if order := hearing.first("order"):
        return _ordered(plot, keys, order, hearing, told)
    return _weighed(plot, keys, hearing, told)


def _count(plot: Plot, hearing: Hearing) -> int | None:
    """How many pages are asked for."""
    now = len(plot.pages)
    for name, base, sign in (("more_pages", now, 1), ("fewer_pages", now, -1), ("pages", 0, 1)):
        said = hearing.value(name)
        if said and (number := numbers("plot").get(said.lower()) or (int(said) if said.isdecimal() else None)):
            return base + sign * number
    way = None if hearing.scope else hearing.first("page_count")
    if way == "fewer":
        return min(now - 1, floor(now * (1 - STEP)))
    return max(now + 1, ceil(now * (1 + STEP))) if way == "more" else None


def _paged(plot: Plot, count: int, hearing: Hearing, told: Told) -> Plot:
    if not 1 <= count <= MAX_PAGES:
        hearing.refuse(f"本は1〜{MAX_PAGES}ページです。", f"A book has 1 to {MAX_PAGES} pages.")
        return plot
    made = plan_book(plot.scenes, told.language, told.source_chars, count, told.fidelity, panels=told.panels)
    if len(made.pages) < count:
        hearing.refuse(
            f"この物語は{len(made.pages)}ページまでです。それ以上は物語に書かれていることがありません。",
            f"The story fills {len(made.pages)} pages at most.",
        )
    return plot.model_copy(update={"pages": made.pages, "cuts": _cut(plot, plot.scenes, made)})


def _cut(plot: Plot, scenes: tuple[Scene, ...], made: Planned) -> tuple[Span, ...]:
    """What no page carries: passages of scenes that were left out, and what the pages have no room for."""
    there = sorted((beat.span.start, beat.span.end) for scene in scenes for beat in scene.beats)
    starts = [start for start, _ in there]
    gone = {span for span in plot.cuts if span.start >= there[bisect_right(starts, span.start) - 1][1]}
    gone |= {span for span in plot.cuts if span.start < starts[0]}
    return tuple(sorted(gone | set(made.cuts), key=lambda span: (span.start, span.end)))


def _removed(plot: Plot, keys: Sequence[str], hearing: Hearing, told: Told) -> Plot:
    left = tuple(scene for scene in plot.scenes if scene.key not in keys)
    if not keys:
        hearing.refuse("どの場面をなくしますか。", "Which scene is to go?")
        return plot
    if not left:
        hearing.refuse("場面が一つも残りません。", "No scene would be left.")
        return plot
    lost = tuple(beat.span for scene in plot.scenes if scene.key in keys for beat in scene.beats)
    return _repaged(plot.model_copy(update={"cuts": (*plot.cuts, *lost)}), left, told)


def _repaged(plot: Plot, scenes: tuple[Scene, ...], told: Told) -> Plot:
    """Other scenes, divided into pages anew; a number of pages that the person has set is the most."""
    chars = sum(beat.span.end - beat.span.start for scene in scenes for beat in scene.beats)
    made = plan_book(scenes, told.language, chars, told.exactly, told.fidelity, panels=told.panels)
    if told.exactly is None and told.pages is not None and len(made.pages) > told.pages:
        made = plan_book(scenes, told.language, chars, told.pages, told.fidelity, panels=told.panels)
    return Plot(acts=acts(scenes), scenes=scenes, pages=made.pages, cuts=_cut(plot, scenes, made))


def _merged(plot: Plot, keys: Sequence[str], hearing: Hearing, told: Told) -> Plot:
    """Neighbours become one scene under the key of the first; a single one takes in the one after it."""
    order = [scene.key for scene in plot.scenes]
    if len(keys) == 1 and order.index(keys[0]) + 1 < len(order):
        keys = order[order.index(keys[0]) :][:2]
    at = order.index(keys[0]) if keys else 0
    if len(keys) < 2 or order[at : at + len(keys)] != list(keys):
        hearing.refuse(
            "まとめられるのは、続いている場面だけです。", "Only scenes that follow each other can be merged."
        )
        return plot
    group = plot.scenes[at : at + len(keys)]
    beats = tuple(beat for scene in group for beat in scene.beats)
    one = group[0].model_copy(
        update={
            "beats": beats,
            "present": present(beats),
            "what_happens": summary(beats),
            "emotion": scene_emotion(beats),
            "importance": max(scene.importance for scene in group),
            "page_budget": round(sum(scene.page_budget for scene in group), 2),
        }
    )
    scenes = (*plot.scenes[:at], one, *plot.scenes[at + len(keys) :])
    return plot.model_copy(update={"scenes": scenes, "acts": acts(scenes)})


def _swapped(plot: Plot, keys: Sequence[str], hearing: Hearing, told: Told) -> Plot:
    if len(keys) != 2:
        hearing.refuse("入れ替える場面を二つ選んでください。", "Name the two scenes that are to change places.")
        return plot
    by_key = {scene.key: scene for scene in plot.scenes}
    places = {keys[0]: by_key[keys[1]], keys[1]: by_key[keys[0]]}
    return _repaged(plot, tuple(places.get(scene.key, scene) for scene in plot.scenes), told)


def _ordered(plot: Plot, keys: Sequence[str], order: str, hearing: Hearing, told: Told) -> Plot:
    """One scene before or after another, in the order in which they are named; alone: to the front or the end."""
    if not 1 <= len(keys) <= 2:
        hearing.refuse("どの場面をどこへ動かしますか。", "Which scene is to go where?")
        return plot
    named = [key for key in hearing.scope if key in keys]
    mover = next(scene for scene in plot.scenes if scene.key == named[0])
    rest = [scene for scene in plot.scenes if scene.key != mover.key]
    at = 0 if order == "before" else len(rest)
    if len(named) == 2:
        at = [scene.key for scene in rest].index(named[1]) + (order == "after")
    return _repaged(plot, (*rest[:at], mover, *rest[at:]), told)


def _weighed(plot: Plot, keys: Sequence[str], hearing: Hearing, told: Told) -> Plot:
    """Beats of a scene weigh more or less, so that it fills more or fewer pages; its hour."""
    way, hour = hearing.first("weight"), hearing.first("light")
    if not (way or hour):
        return plot
    if not keys:
        hearing.refuse("どの場面のことですか。", "Which scene is meant?")
        return plot
    if way:
        step = 1 if way == "longer" else -1
        plot = _repaged(plot, tuple(_heavier(s, step) if s.key in keys else s for s in plot.scenes), told)
    if hour:
        lit = {"time_of_day": TimeOfDay(hour)}
        scenes = tuple(s.model_copy(update=lit) if s.key in keys else s for s in plot.scenes)
        plot = plot.model_copy(update={"scenes": scenes})
    return plot


def _heavier(scene: Scene, step: int) -> Scene:
    def weight(importance: int) -> int:
        return min(5, max(1, importance + step))

    beats = tuple(beat.model_copy(update={"importance": weight(beat.importance)}) for beat in scene.beats)
    return scene.model_copy(update={"beats": beats, "importance": weight(scene.importance)})


def _flashback(plot: Plot, keys: Sequence[str], hearing: Hearing, told: Told) -> Plot:
    if not keys:
        hearing.refuse("どの場面を回想にしますか。", "Which scene is to be a flashback?")
    scenes = tuple(s.model_copy(update={"flashback": True}) if s.key in keys else s for s in plot.scenes)
    return plot.model_copy(update={"scenes": scenes})


def _added(plot: Plot, keys: Sequence[str], hearing: Hearing, told: Told) -> Plot:
    hearing.refuse(
        "物語にない場面は作れません。物語の文に書き足して描き直してください。",
        "What the story does not tell cannot be added: write it into the story and draw it again.",
    )
    return plot


def _split(plot: Plot, keys: Sequence[str], hearing: Hearing, told: Told) -> Plot:
    hearing.refuse(
        "場面は分けられません。ページやコマを分けてください。", "A scene is not parted here: part its pages or panels."
    )
    return plot


_Change = Callable[[Plot, Sequence[str], Hearing, Told], Plot]
_CHANGES: Mapping[str, _Change] = {
    "flashback": _flashback,
    "merge": _merged,
    "swap": _swapped,
    "remove": _removed,
    "add": _added,
    "split": _split,
}
