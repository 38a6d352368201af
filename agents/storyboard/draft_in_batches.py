"""Drafts a storyboard in batches: one question to the model for the page plan, then one for each batch of pages.

What was answered well is remembered, so that a batch which failed is the only one asked again. Between batches the plan
holds the book together: which beats and lines a page has, how it weighs beside its neighbours, who stands where.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from pydantic_core import to_jsonable_python

from agents.appearance_timeline import beat_of
from agents.checked_answers import asked, every
from agents.prompt_facts import page_concept, people_seen, settings_told
from agents.result_cache import Shelf, name_of, remembered
from agents.split_questions import batches, fits
from agents.storyboard.page_batch import Batch, PagesDesk, root_of
from agents.storyboard.page_losses import lost
from agents.storyboard.page_plan import (
    beats_planned,
    crowded,
    faults_of,
    limits_of,
    mended,
    otherwise,
    outline_of,
    plan_of,
    planned_in_strips,
    with_losses,
)
from agents.storyboard.page_words import SFX_FIRST, lines_by_page, pieces
from agents.storyboard.plan_in_stretches import as_one, scenes_shown, shares_of, stretch_of
from agents.storyboard.planned_sides import SidesOnShelf
from agents.storyboard.restore_cut_moments import given_back, with_words_left_out
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import AnswerInvalid, WishRefused
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.plot import Plot, Scene
from manga.revision import Revision, Wish
from manga.storyboard import LinePart, PageDraft, PanelDraft, StoryboardDraft
from manga.storyboard_plan import BookPlan, Limits, PageTask, StoryboardPages
from manga.text_capacity import MEASURES
from providers.base import Answer, Ask, TextModel

W = TypeVar("W")
R = TypeVar("R")
PLAN, PAGES = "storyboard_plan", "storyboard_pages"
BATCH = 5
"""Pages asked for at once: their answer is well within a model's output, and comes in about half a minute."""
AT_ONCE = 8
TOKENS_A_PAGE, TOKENS_A_PLAN = 1000, 70
"""Of an answer, for each page that is drawn up or planned: as answers have had them."""


@dataclass(slots=True)
class Minted:
    """Keys of panels and parts: a panel is called after its first beat, a part after its line; what a revision leaves
    alone keeps its key, since edits and pictures hang on it. Walks through a book once, in reading order.

    `taken` are keys that other pages have; `keep` says that a key which fits may stay (a revision), else all are
    counted anew."""

    taken: set[str] = field(default_factory=set)
    keep: bool = False

    def page(self, page: PageDraft) -> PageDraft:
        return page.model_copy(update={"panels": tuple(self._panel(panel) for panel in page.panels)})

    def _panel(self, panel: PanelDraft) -> PanelDraft:
        first = panel.beats[0]
        fits = self.keep and beat_of(panel) == first
        key = self._key(panel.key if fits else "", (first, *(f"{first}+{n}" for n in range(1, 100))))
        parts = tuple(self._part(part) for part in panel.dialogue.parts)
        dialogue = panel.dialogue.model_copy(update={"parts": parts})
        return panel.model_copy(update={"key": key, "dialogue": dialogue})

    def _part(self, part: LinePart) -> LinePart:
        fits = self.keep and part.key.partition(".")[0] == part.line
        numbers = range(SFX_FIRST, 100) if part.kind == "sfx" else range(1, SFX_FIRST)
        key = self._key(part.key if fits else "", tuple(f"{part.line}.{n}" for n in numbers))
        return part.model_copy(update={"key": key})

    def _key(self, wished: str, others: Collection[str]) -> str:
        """The wished one if it is free, else the first free one; the last when there is none, which a check names."""
        free = wished if wished and wished not in self.taken else next(self._free(others), list(others)[-1])
        self.taken.add(free)
        return free

    def _free(self, keys: Collection[str]) -> Iterator[str]:
        return (key for key in keys if key not in self.taken)


def keys_in(page: PageDraft) -> set[str]:
    """The keys of a page's panels and parts."""
    return {panel.key for panel in page.panels} | {part.key for panel in page.panels for part in panel.dialogue.parts}


@dataclass(slots=True)
class Refusals:
    """What the batches of one storyboard have said. Wishes are told apart by their place in the phase."""

    _asked: Counter[int] = field(default_factory=Counter)
    _refused: dict[int, list[WishRefused]] = field(default_factory=dict)

    async def without(self, wishes: Mapping[int, W], ask: Callable[[Sequence[W]], Awaitable[R]]) -> R:
        """A batch's answer to its wishes (by place, oldest first); asked again without one that it refuses."""
        self._asked.update(wishes.keys())
        left = dict(wishes)
        while True:
            try:
                return await ask(tuple(left.values()))
            except WishRefused as error:
                if not 0 <= error.wish < len(left):
                    raise
                place = list(left)[error.wish]
                self._refused.setdefault(place, []).append(error)
                del left[place]

    def check(self) -> None:
        """Raises WishRefused for the oldest wish that nobody carried out."""
        for place, refusals in sorted(self._refused.items()):
            if len(refusals) == self._asked[place]:
                first = refusals[0]
                raise WishRefused(first.message, phase=Phase.STORYBOARD.value, wish=place, kept=first.kept)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a storyboard is made from, and what people asked for so far, each wish with the keys it may touch. The plot
    is as it is told, the `whole` one has the words that its cuts leave out, too."""

    plot: Plot
    cast: Cast
    concept: Concept
    settings: Settings
    wishes: tuple[Wish, ...] = ()
    whole: Plot | None = None
    looks: Mapping[str, str] = field(default_factory=dict)
    """One line of everybody's looks, by key."""

    by_editor: bool = False
    """Whether the wishes are no person's, but faults that an editor has found."""

    standing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By page what an editor has found before and nobody has mended."""

    @property
    def faithful(self) -> bool:
        return self.settings.fidelity == "faithful"


async def drafted_in_batches(wanted: Wanted, text: TextModel, shelf: Shelf | None = None) -> StoryboardDraft:
    """A whole book. Raises AnswerInvalid that names the page, beat or line, ProviderError, ContentBlocked."""
    limits = limits_of(wanted.plot, wanted.settings)
    plan = planned_in_strips(await _planned(wanted, text, shelf), wanted.settings.layout, limits.panels)
    if wanted.whole is not None and wanted.settings.layout == "free":
        told, plan = given_back(wanted.whole, wanted.plot, plan, limits, MEASURES[wanted.concept.language])
        wanted = replace(wanted, plot=told)
    await SidesOnShelf(shelf, wanted.plot).keep(plan)
    roomy = with_room(wanted, plan)
    limited = limits.panels is not None
    tasks = tasks_of(roomy, plan)
    desk = PagesDesk(roomy.plot, roomy.cast, roomy.concept, roomy.settings, plan, tasks, roomy.looks, limited=limited)
    desk = with_words_left_out(desk, roomy.whole or roomy.plot)
    drawn = await PageBatches(roomy, text, shelf, desk).drawn([task.number for task in desk.tasks])
    losses = (*plan.losses, *_condensed(wanted, roomy), *drawn.losses)
    return StoryboardDraft(pages=with_rhythm(merged(drawn.pages)), losses=losses)


def _condensed(wanted: Wanted, roomy: Wanted) -> Iterator[Loss]:
    before, after = wanted.settings.fidelity, roomy.settings.fidelity
    if before != after:
        yield lost(LossKind.REPLACED, Reason.PANELS_COUNTED, "", "fidelity", before, after)


def merged(pages: Sequence[PageDraft]) -> tuple[PageDraft, ...]:
    """In reading order, every panel and part with a key of its own."""
    minted = Minted()
    return tuple(minted.page(page) for page in sorted(pages, key=lambda page: page.number))


def with_rhythm(pages: Sequence[PageDraft]) -> tuple[PageDraft, ...]:
    """No page weighs, panel by panel, like the one before it."""
    found: list[PageDraft] = []
    for page in pages:
        alike = found and len(page.panels) > 1 and _weights(page) == _weights(found[-1])
        found.append(_weighing(page, otherwise(_weights(page))) if alike else page)
    return tuple(found)


def _weights(page: PageDraft) -> tuple[int, ...]:
    return tuple(panel.importance for panel in page.panels)


def _weighing(page: PageDraft, weights: Sequence[int]) -> PageDraft:
    panels = zip(page.panels, weights, strict=True)
    return page.model_copy(update={"panels": tuple(p.model_copy(update={"importance": w}) for p, w in panels)})


def with_room(wanted: Wanted, plan: BookPlan) -> Wanted:
    """A limit of pictures wins over faithfulness: where the lines do not fit, the book is condensed."""
    if limits_of(wanted.plot, wanted.settings).panels is None or not crowded(plan, wanted.plot):
        return wanted
    return replace(wanted, settings=wanted.settings.model_copy(update={"fidelity": "adapted"}))


def tasks_of(wanted: Wanted, plan: BookPlan) -> tuple[PageTask, ...]:
    """The pages to be drawn up, each with its lines, and whether the leaf is turned after it: never after the last."""
    whole = {line.key: line for beat in wanted.plot.beats() for line in beat.lines}
    lines = lines_by_page(plan.pages, beats_planned(wanted.plot).values())
    last = plan.pages[-1].number
    return tuple(
        PageTask(
            **(page if page.number < last else page.model_copy(update={"hook": ""})).model_dump(),
            lines=tuple(lines[page.number]),
            pieces=pieces(lines[page.number], whole),
            turned=page.number < last and wanted.concept.turned(page.number),
        )
        for page in plan.pages
    )


def lines_shown(previous: StoryboardDraft, wanted: Wanted, plan: BookPlan) -> tuple[PageTask, ...]:
    """As `tasks_of`, with the lines that the pages show now, for a person may have moved words since, and behind them
    those of its beats that no page shows."""
    tasks = {task.number: task for task in tasks_of(wanted, plan)}
    said = {key for page in previous.pages for key in _lines(page)}
    beats = {beat.key: beat for beat in wanted.plot.beats()}
    made = []
    for page in previous.pages:
        task = tasks[page.number]
        own = (line.key for key in task.beats if key in beats for line in beats[key].lines)
        unused = tuple(key for key in dict.fromkeys(own) if key not in said)
        lines = (*_lines(page), *unused)
        made.append(task.model_copy(update={"lines": lines, "unused": unused, "pieces": {}}))
    return tuple(made)


def _lines(page: PageDraft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.line for panel in page.panels for part in panel.dialogue.parts))


def touches(keys: Sequence[str], page: PageDraft) -> bool:
    """May a wish with these keys change this page? Keys name pages, panels, beats, scenes, lines and parts."""
    return not keys or bool({key for name in keys for key in (name, root_of(name))} & names_on(page))


def names_on(page: PageDraft) -> set[str]:
    names = {page.key}
    for panel in page.panels:
        names |= {panel.key, panel.scene, *panel.beats} | {part.line for part in panel.dialogue.parts}
    return names


async def _planned(wanted: Wanted, text: TextModel, shelf: Shelf | None) -> BookPlan:
    """The model's plan: of the whole book, or of one stretch after the other where a question does not hold it."""
    plot, limits = wanted.plot, limits_of(wanted.plot, wanted.settings)

    def holds(scenes: Sequence[Scene]) -> bool:
        return fits(text, _planning(replace(wanted, plot=stretch_of(plot, scenes)), limits))

    if fits(text, _planning(wanted, limits)):
        return await _stretch_planned(wanted, limits, text, shelf)
    shown = scenes_shown(plot)
    stretches = [stretch_of(plot, scenes) for scenes in batches(shown, len(shown), holds)]
    shares = zip(stretches, shares_of(limits, stretches), strict=True)
    calls = [partial(_stretch_planned, replace(wanted, plot=own), share, text, shelf) for own, share in shares]
    plan = as_one(await every(calls, at_once=AT_ONCE))
    return with_losses(plan, mended(plan, plot, limits), plot, wanted.cast)


def _planning(wanted: Wanted, limits: Limits) -> Ask[BookPlan]:
    inputs: dict[str, object] = {
        "outline": outline_of(wanted.plot),
        "cast": people_seen(wanted.cast, wanted.looks),
        "concept": page_concept(wanted.concept, wanted.plot.teller),
        "limits": {**limits.told(), **({} if wanted.concept.turned(1) else {"turned": "even"})},
        "settings": settings_told(wanted.settings, ("layout",)),
    }
    ask = _asking(PLAN, inputs, BookPlan, wanted.wishes)
    return replace(ask, may_refuse=False, answer_tokens=TOKENS_A_PLAN * (len(wanted.plot.pages) + 1))


async def _stretch_planned(wanted: Wanted, limits: Limits, text: TextModel, shelf: Shelf | None) -> BookPlan:
    """The model's plan; the plot's own pages where it has none that holds."""
    ask = _planning(wanted, limits)

    async def make() -> BookPlan:
        try:
            return await asked(
                text,
                ask,
                mended=lambda plan: with_losses(plan, mended(plan, wanted.plot, limits), wanted.plot, wanted.cast),
                faults=lambda plan: faults_of(plan, wanted.plot, limits, faithful=wanted.faithful),
                phase=Phase.STORYBOARD.value,
            )
        except AnswerInvalid as error:  # the plot's pages are a plan too, if one without an editor's rhythm
            broken = lost(LossKind.REFUSED, Reason.PLAN_BROKEN, error.element or "", "plan", error.message)
            return mended(plan_of(wanted.plot), wanted.plot, limits).model_copy(update={"losses": (broken,)})

    return await remembered(shelf, name_of("planned", _read(text, ask)), BookPlan, make)


def _asking(
    prompt: str, inputs: dict[str, object], kind: type[Answer], wishes: Sequence[Wish], previous: Answer | None = None
) -> Ask[Answer]:
    return Ask(
        prompt_id=prompt,
        inputs=inputs,
        output_type=kind,
        revision=Revision(tuple(wishes), previous),
    )


def _read(text: TextModel, ask: Ask[Answer]) -> object:
    """Exactly what an answer depends on."""
    previous = ask.revision.previous
    told = previous.to_json() if previous is not None else None
    return [text.name, to_jsonable_python(ask.inputs), ask.revision.wishes, told]


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """Pages in the order of the batches, and what of the answers is not in them as it was said."""

    pages: tuple[PageDraft, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class PageBatches:
    """Asks for pages of one book."""

    wanted: Wanted
    text: TextModel
    shelf: Shelf | None
    desk: PagesDesk

    async def drawn(self, numbers: Sequence[int]) -> "DrawnPages":
        """These pages; every batch that can be had is had, before a failure is raised. Raises WishRefused for a wish
        that every batch refuses; one that some carry out is carried out there."""
        refusals = Refusals()
        asked_for = batches(numbers, BATCH, lambda some: fits(self.text, self._ask(self.desk.batch(some))))
        found = await every([self._call(batch, refusals) for batch in asked_for], at_once=AT_ONCE)
        refusals.check()
        return DrawnPages(
            tuple(page for answer in found for page in answer.pages),
            tuple(loss for answer in found for loss in answer.losses),
        )

    def _call(self, numbers: Sequence[int], refusals: Refusals) -> Callable[[], Awaitable[StoryboardPages]]:
        batch = self.desk.batch(numbers)
        wishes = self._wishes(batch)

        async def call() -> StoryboardPages:
            return await refusals.without(wishes, lambda left: self._batch(batch, left))

        return call

    def _wishes(self, batch: Batch) -> dict[int, Wish]:
        return {n: wish for n, wish in enumerate(self.wanted.wishes) if batch.concerns(wish[1])}

    def _ask(self, batch: Batch, wishes: Sequence[Wish] | None = None) -> Ask[StoryboardPages]:
        said = tuple(self._wishes(batch).values()) if wishes is None else wishes
        ask = _asking(PAGES, batch.inputs(), StoryboardPages, said, batch.previous)
        return replace(ask, answer_tokens=TOKENS_A_PAGE * len(batch.tasks))

    async def _batch(self, batch: Batch, wishes: Sequence[Wish]) -> StoryboardPages:
        ask = self._ask(batch, wishes)

        async def make() -> StoryboardPages:
            return await asked(
                self.text, ask, mended=batch.mended, faults=batch.faults_of, phase=Phase.STORYBOARD.value
            )

        name = name_of("drafted", _read(self.text, ask))
        return await remembered(self.shelf, name, StoryboardPages, make)
