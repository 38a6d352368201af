"""Room that a page plan leaves goes back to what the plot has cut: words of long speeches first, then whole moments.

In: the plot as it is and as it is told, the plan. Out: a plot that tells more, and the plan with the moments that came
back. What an editor would leave out stays out. What nothing has room for is told where pages are asked for. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from agents.storyboard.page_batch import PagesDesk
from manga.abridge_speeches import BRIEF, in_brief, said_in_brief
from manga.fit_story_to_pages import BALLOONS_A_PANEL, load_of
from manga.page_planning import BALLOONS_A_PAGE, PANELS_A_PAGE
from manga.plot import (
    Beat,
    Line,
    PagePlan,
    Plot,
    Scene,
    counted_on,
    happens_in,
    keys_named,
    needed_in,
    needs_of,
    spoken_in,
)
from manga.storyboard import StoryboardDraft, words_said
from manga.storyboard_plan import BookPlan, Limits, PageTask, PlannedPage
from manga.text_capacity import MEASURES, Measure

FULL = PANELS_A_PAGE + 1
"""Panels of a page up to which a moment may come to it."""
FULLEST = FULL + 2
"""The same for one that an editor misses."""
_GLANCE = 3
"""What a moment that comes back weighs at most."""


def given_back(whole: Plot, told: Plot, plan: BookPlan, limits: Limits, measure: Measure) -> tuple[Plot, BookPlan]:
    """Nothing that is there goes for it. The very same values where there is nothing to give."""
    book = _Book({beat.key: beat for beat in told.beats()}, list(plan.pages), limits, measure, needed_in(whole.beats()))
    planned = {key for page in plan.pages for key in page.beats}
    uncut = {beat.key: beat for beat in whole.beats()}
    for key in sorted(planned & uncut.keys(), key=lambda key: (-uncut[key].importance, key)):
        book.tell_whole(uncut[key])
    kept = told.shown() | whole.marked()
    cut = [(scene, beat) for scene in whole.scenes for beat in scene.beats if beat.key not in kept]
    came = _taken(book, sorted(cut, key=_last), needs_of(whole.beats()), planned)
    if not came and book.beats == {beat.key: beat for beat in told.beats()}:
        return told, plan
    return _with_book(told, whole, book, came), plan.model_copy(update={"pages": tuple(book.pages)})


def _with_book(told: Plot, whole: Plot, book: "_Book", came: Sequence[str]) -> Plot:
    """The plot as the book tells it, with the moments that came."""
    scenes = tuple(
        scene.model_copy(update={"beats": tuple(book.beats[b.key] for b in scene.beats)}) for scene in told.scenes
    )
    return told.model_copy(update={"scenes": scenes, "pages": _with(told.pages, came, whole)})


def brought_back(
    whole: Plot, told: Plot, plan: BookPlan, keys: frozenset[str], limits: Limits, measure: Measure
) -> tuple[Plot, BookPlan, tuple[str, ...]]:
    """Those of some moments that the plot has cut, and of what they count on, for which the plan has room, and their
    keys."""
    needed = needed_in(whole.beats())
    book = _Book({beat.key: beat for beat in told.beats()}, list(plan.pages), limits, measure, needed, FULLEST)
    there = {key for page in plan.pages for key in page.beats}
    premises = needs_of(whole.beats())
    wanted = keys.union(counted_on(keys, premises)) - there
    cut = [(scene, beat) for scene in whole.scenes for beat in scene.beats if beat.key in wanted]
    came = tuple(_taken(book, cut, premises, there))
    if not came:
        return told, plan, ()
    return _with_book(told, whole, book, came), plan.model_copy(update={"pages": tuple(book.pages)}), came


def _taken(
    book: "_Book", cut: Sequence[tuple[Scene, Beat]], premises: Mapping[str, Sequence[str]], there: Set[str]
) -> list[str]:
    """Those that have room, each behind what it counts on: none comes without that."""
    came: dict[str, None] = {}
    left, taken = list(cut), True
    while taken:
        able = [one for one in left if all(key in there or key in came for key in premises.get(one[1].key, ()))]
        fresh = [beat.key for scene, beat in able if book.take(scene, beat)]
        tried = {beat.key for _, beat in able}
        left, taken = [one for one in left if one[1].key not in tried], bool(fresh)
        came |= dict.fromkeys(fresh)
    return list(came)


def with_words_left_out(desk: PagesDesk, whole: Plot) -> PagesDesk:
    """With all that is spoken in the moments of its pages: every word of lines that are abridged, and in brief those
    that the plot's cuts leave out, as `unused` ones of the page that says what stands before them."""
    uncut = {beat.key: spoken_in(beat) for beat in whole.beats()}
    measure = MEASURES[desk.concept.language]
    scenes = tuple(
        scene.model_copy(update={"beats": tuple(_with_lines(b, uncut.get(b.key, ()), measure) for b in scene.beats)})
        for scene in desk.plot.scenes
    )
    plot = desk.plot.model_copy(update={"scenes": scenes})
    told = {line.key: line.text for beat in plot.beats() for line in beat.lines}
    abridged = {line.key: line for own in uncut.values() for line in own if told.get(line.key, line.text) != line.text}
    tasks = [*desk.tasks]
    for beat in plot.beats():
        _add_unused(beat, desk.lines.keys(), tasks)
    return replace(desk, plot=plot, tasks=tuple(tasks), whole=abridged)


def _with_lines(told: Beat, spoken: Sequence[Line], measure: Measure) -> Beat:
    there = {line.key for line in told.lines}
    most = round(BRIEF * measure.comfortable)
    left = [said_in_brief(line, most, measure.language) for line in spoken if line.key not in there]
    lines = sorted((*told.lines, *left), key=lambda line: line.span.start)
    return told.model_copy(update={"lines": tuple(lines)}) if left else told


def _add_unused(beat: Beat, told: Set[str], tasks: list[PageTask]) -> None:
    own = [at for at, task in enumerate(tasks) if beat.key in task.beats]
    for line in beat.lines if own else ():
        if line.key in told:
            own = [at for at in own if line.key in tasks[at].lines][-1:] or own
        else:
            more = {name: (*getattr(tasks[own[0]], name), line.key) for name in ("lines", "unused")}
            tasks[own[0]] = tasks[own[0]].model_copy(update=more)


def moments_named(said: str, plot: Plot) -> frozenset[str]:
    """The cut moments that words name by their keys."""
    shown = plot.shown()
    cut = {beat.key for beat in plot.beats() if beat.key not in shown}
    return frozenset(keys_named(said)) & cut


def as_shown(whole: Plot, told: Plot, draft: StoryboardDraft, known: Set[str] = frozenset()) -> Plot:
    """The plot as a storyboard shows it: with the moments and the words that came back to it. The very same value
    where nothing did. What an editor leaves out stays out, but for what was `known` to be left out when the storyboard
    was drawn up: its proof-reader has missed it."""
    planned = told.shown()
    panels = [panel for page in draft.pages for panel in page.panels]
    there = {beat.key for beat in told.beats()}
    came = [key for panel in panels for key in panel.beats if key in there - planned - (whole.marked() - known)]
    said = words_said(panels)
    scenes = tuple(
        scene.model_copy(update={"beats": tuple(map(partial(_as_said, said), own.beats, scene.beats))})
        for own, scene in zip(whole.scenes, told.scenes, strict=True)
    )
    if not came and scenes == told.scenes:
        return told
    return told.model_copy(update={"scenes": scenes, "pages": _with(told.pages, came, whole)})


def _as_said(said: Mapping[str, str], whole: Beat, told: Beat) -> Beat:
    """All the words of a beat of which more are said than are told."""
    left = {line.key: len(line.text) for line in told.lines}
    more = any(len(said.get(line.key, "")) > left.get(line.key, 0) for line in spoken_in(whole))
    return whole if more else told


def _last(pair: tuple[Scene, Beat]) -> tuple[bool, float, int]:
    scene, beat = pair
    return not happens_in(beat), -beat.importance - 0.5 * scene.importance, beat.span.start


def _with(pages: Sequence[PagePlan], came: Sequence[str], plot: Plot) -> tuple[PagePlan, ...]:
    """With those that came, each beside its nearest moment."""
    rows = [list(page.beats) for page in pages]
    for scene in plot.scenes:
        for key in (beat.key for beat in scene.beats if beat.key in came and not any(beat.key in row for row in rows)):
            at, position = next(_homes(scene, key, rows), (None, 0))
            if at is not None:
                rows[at].insert(position, key)
    return tuple(page.model_copy(update={"beats": tuple(row)}) for page, row in zip(pages, rows, strict=True))


def _homes(scene: Scene, key: str, rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Where a moment may stand, as a row and a place in it: behind the nearest one before it in its scene, or in front
    of the nearest one after it. They can be on two pages."""
    keys = [beat.key for beat in scene.beats]
    place = keys.index(key)
    there = {k for row in rows for k in row}
    if before := next((k for k in reversed(keys[:place]) if k in there), None):
        yield max((n, row.index(before) + 1) for n, row in enumerate(rows) if before in row)
    if later := next((k for k in keys[place + 1 :] if k in there), None):
        yield min((n, row.index(later)) for n, row in enumerate(rows) if later in row)


@dataclass(slots=True)
class _Book:
    """The beats as they are told, and the pages as they are planned."""

    beats: dict[str, Beat]
    pages: list[PlannedPage]
    limits: Limits
    measure: Measure
    needed: Set[str]
    """Beats of which every line says something."""
    full: int = FULL

    def tell_whole(self, beat: Beat) -> None:
        """All its words, where each of its pages has room for them."""
        told = self.beats[beat.key]
        if beat == told:
            return
        self.beats[beat.key] = beat
        own = [page for page in self.pages if beat.key in page.beats]
        if not all(map(self._fits, own)):
            self.beats[beat.key] = told

    def take(self, scene: Scene, beat: Beat) -> bool:
        """Beside its nearest moment, where there is room for a panel and its words."""
        told, brief = self.beats[beat.key], in_brief(beat, self.measure, needed=beat.key in self.needed)
        for at, position in _homes(scene, beat.key, [page.beats for page in self.pages]):
            page = _with_beat(self.pages[at], position, beat)
            self.beats[beat.key] = brief
            if self._has_panel(self.pages[at]) and self._fits(page):
                self.pages[at] = page
                return True
            self.beats[beat.key] = told
        return False

    def _has_panel(self, page: PlannedPage) -> bool:
        used = sum(len(page.weights) for page in self.pages)
        return len(page.weights) < self.full and (self.limits.panels is None or used < self.limits.panels)

    def _fits(self, page: PlannedPage) -> bool:
        """Has the page room for its words? A beat that goes on over the leaf has half of them here."""
        letters = balloons = 0
        for key in (key for key in page.beats if key in self.beats):
            load, pages = load_of(self.beats[key], self.measure), sum(key in one.beats for one in self.pages) or 1
            letters += ceil(load.letters / pages)
            balloons += ceil(load.balloons / pages)
        most = min(BALLOONS_A_PAGE, BALLOONS_A_PANEL * len(page.weights))
        return letters <= self.measure.page_letters and balloons <= most


def _with_beat(page: PlannedPage, at: int, beat: Beat) -> PlannedPage:
    place = round(at * len(page.weights) / len(page.beats))
    weights = (*page.weights[:place], min(_GLANCE, beat.importance), *page.weights[place:])
    return page.model_copy(update={"beats": (*page.beats[:at], beat.key, *page.beats[at:]), "weights": weights})
