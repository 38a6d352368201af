"""A storyboard that is there already, brought to what a person wishes.

A wish is asked with the panels that it may touch, and answered with what is otherwise about them; pages whose panels
come, go or change places are drawn up anew.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from pydantic_core import to_jsonable_python

from agents.checked_answers import every
from agents.prompt_facts import faces_told, panels_told, settings_told
from agents.result_cache import Shelf, name_of, remembered
from agents.split_questions import ask_in_groups
from agents.storyboard.change_panel_texts import with_texts
from agents.storyboard.draft_in_batches import (
    AT_ONCE,
    DrawnPages,
    Minted,
    PageBatches,
    Refusals,
    Wanted,
    keys_in,
    lines_shown,
    names_on,
    touches,
)
from agents.storyboard.page_batch import PagesDesk
from agents.storyboard.page_losses import lost
from agents.storyboard.page_plan import plan_from
from agents.storyboard.people_as_props import without_people_as_props
from agents.storyboard.planned_sides import SidesOnShelf
from agents.storyboard.restore_cut_moments import moments_named
from agents.storyboard.words_given_back import unused_lines, with_all_words, with_moments
from manga.errors import WishRefused
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.proposed_changes import ChangedPanel, ChangedPanels
from manga.revision import Revision, Wish
from manga.storyboard import PageDraft, PanelDraft, StoryboardDraft
from manga.storyboard_plan import BookPlan, PageTask
from providers.base import Ask, TextModel

PROMPT = "storyboard_revision"
PAGES_AT_ONCE = 12
"""Pages whose panels one question shows."""


async def revised(
    wanted: Wanted, previous: StoryboardDraft, done: int, text: TextModel, shelf: Shelf | None
) -> StoryboardDraft:
    """One wish after the other, without those that are `done`. Raises WishRefused with the wish's place."""
    for place, wish in enumerate(wanted.wishes[done:], start=done):
        try:
            previous = await _carried_out(wanted, previous, wish, text, shelf)
        except WishRefused as error:
            raise WishRefused(error.message, phase=Phase.STORYBOARD.value, wish=place, kept=error.kept) from None
    return previous


async def _carried_out(
    wanted: Wanted, draft: StoryboardDraft, wish: Wish, text: TextModel, shelf: Shelf | None
) -> StoryboardDraft:
    asks = _without_moments(wanted, wish) if wanted.by_editor else wish
    pages = [page for page in draft.pages if touches(wish[1], page)] if asks[0] else []
    refusals = Refusals()

    def asked(some: Sequence[PageDraft]) -> Callable[[], Awaitable[ChangedPanels]]:
        async def ask(left: Sequence[Wish]) -> ChangedPanels:
            return await ask_patches(wanted, some, left[0], text, shelf) if left else ChangedPanels()

        return lambda: refusals.without({0: asks}, ask)

    groups = [pages[at : at + PAGES_AT_ONCE] for at in range(0, len(pages), PAGES_AT_ONCE)]
    answers = await every([asked(group) for group in groups], at_once=AT_ONCE)
    refusals.check()
    patches = {change.panel: change for answer in answers for change in answer.changes}
    with_changes = with_patches(wanted, draft, wish, patches)
    anew = {key for answer in answers for key in answer.anew} & {page.key for page in pages}
    numbers = {page.number for page in draft.pages if page.key in anew}
    plan = await SidesOnShelf(shelf, wanted.plot).in_plan(plan_from(with_changes, wanted.concept.direction))
    if wanted.by_editor:
        wanted, plan, more = with_moments(wanted, plan, wish[0])
        numbers |= more
        unmet = tuple(_without_room(wanted, plan, wish[0]))
        with_changes = with_changes.model_copy(update={"losses": (*with_changes.losses, *unmet)})
    if not numbers:
        return with_changes
    return await _drawn_anew(replace(wanted, wishes=(wish,)), with_changes, plan, sorted(numbers), text, shelf)


def _without_room(wanted: Wanted, plan: BookPlan, said: str) -> Iterator[Loss]:
    """What an editor misses and no page has room for: the fault, at each moment that it names."""
    there = {key for page in plan.pages for key in page.beats}
    for fault in said.split("\n"):
        for key in sorted(moments_named(fault, wanted.whole or wanted.plot) - there):
            yield lost(LossKind.REFUSED, Reason.NO_ROOM, key, "needs", fault)


def _without_moments(wanted: Wanted, wish: Wish) -> Wish:
    """An editor's wish without the faults that name moments the plot has cut: no panel has their words, and code brings
    back those for which there is room."""
    whole = wanted.whole or wanted.plot
    return "\n".join(fault for fault in wish[0].split("\n") if not moments_named(fault, whole)), wish[1]


async def ask_patches(
    wanted: Wanted,
    pages: Sequence[PageDraft],
    wish: Wish,
    text: TextModel,
    shelf: Shelf | None,
    new: Set[str] = frozenset(),
    *,
    by_code: bool = False,
) -> ChangedPanels:
    """`new` are the keys of panels that nobody has directed: the others of their pages are told with them. A wish
    `by_code` is no person's, whom a refusal would be told to."""

    def answered(ask: Ask[ChangedPanels]) -> Awaitable[ChangedPanels]:
        name = name_of("repaneled", [text.name, to_jsonable_python(ask.inputs), wish])
        return remembered(shelf, name, ChangedPanels, lambda: text.answer(ask))

    found = await ask_in_groups(text, pages, lambda some: _patching(wanted, some, wish, new, by_code), answered)
    changes = tuple(change for one in found for change in one.changes)
    return ChangedPanels(changes=changes, anew=tuple(key for one in found for key in one.anew))


def _patching(
    wanted: Wanted, pages: Sequence[PageDraft], wish: Wish, new: Set[str], by_code: bool
) -> Ask[ChangedPanels]:
    inputs: dict[str, object] = {
        "pages": {page.key: _page_told(page, wish, new) for page in pages},
        "unused": unused_lines(wanted, pages, {key.partition("+")[0] for key in new}),
        "cast": faces_told(wanted.cast, wanted.looks),
        "settings": settings_told(wanted.settings, ("layout",)),
        "standing": notes_on(wanted, pages),
        "faults": tuple(wish[0].split("\n")) if wanted.by_editor else (),
    }
    ask = Ask(PROMPT, inputs, ChangedPanels, Revision(() if wanted.by_editor else (wish,)))
    return replace(ask, may_refuse=not by_code)


def notes_on(wanted: Wanted, pages: Sequence[PageDraft]) -> tuple[str, ...]:
    """What an editor has found in these pages before."""
    return tuple(fault for page in pages for fault in wanted.standing.get(page.key, ()))


def _page_told(page: PageDraft, wish: Wish, new: Set[str]) -> list[dict[str, object]]:
    """Its panels; of those that the wish may not touch, what they are to the others, beside `new` ones also what they
    show and say."""
    beside = ("texts",) if any(panel.key in new for panel in page.panels) else ()
    found = []
    for panel, one in zip(page.panels, panels_told(page.panels), strict=True):
        if _in_scope(page, panel, wish):
            found.append(one | {"new": True} if panel.key in new else one)
        else:
            seen = {"seen": panel.direction.seen} if beside else {}
            found.append({name: one[name] for name in ("key", "role", "importance", *beside)} | seen)
    return found


def _in_scope(page: PageDraft, panel: PanelDraft, wish: Wish) -> bool:
    """By its own key, its page's, its scene's, a line's or a part's, or a beat's that no panel is called after."""
    keys = frozenset(wish[1])
    beats = keys - {other.key for other in page.panels}
    names = {page.key, panel.scene, *panel.names()}
    return not keys or bool(names & keys) or bool(beats & set(panel.beats))


def with_patches(
    wanted: Wanted, draft: StoryboardDraft, wish: Wish, patches: Mapping[str, ChangedPanel]
) -> StoryboardDraft:
    """The draft with the patches of panels that the wish may touch."""
    lines = {line.key: line for beat in (wanted.whole or wanted.plot).beats() for line in beat.lines}
    own = {
        panel.key: patches[panel.key]
        for page in draft.pages
        for panel in page.panels
        if panel.key in patches and _in_scope(page, panel, wish)
    }
    losses: list[Loss] = []
    pages = []
    for page in draft.pages:
        panels = tuple(
            without_people_as_props((_with(panel, own[panel.key]),), wanted.cast, losses)[0]
            if panel.key in own
            else panel
            for panel in page.panels
        )
        changed = with_texts(page.model_copy(update={"panels": panels}), own, lines, losses)
        pages.append(page if changed == page else changed)
    if any(patch.texts for patch in own.values()):
        minted = Minted(keep=True)
        pages = [minted.page(page) for page in pages]
    return draft.model_copy(update={"pages": tuple(pages), "losses": (*draft.losses, *losses)})


def _with(panel: PanelDraft, patch: ChangedPanel) -> PanelDraft:
    said = {name: value for name in ("importance", "role") if (value := getattr(patch, name)) is not None}
    return panel.model_copy(update={**said, "direction": patch.direction.laid_over(panel.direction)})


async def _drawn_anew(
    wanted: Wanted,
    previous: StoryboardDraft,
    plan: BookPlan,
    numbers: Sequence[int],
    text: TextModel,
    shelf: Shelf | None,
) -> StoryboardDraft:
    """These pages asked for again with the wishes, or the faults, the others as they are. All words of their beats are
    there to be said."""
    anew = {key for page in plan.pages if page.number in numbers for key in page.beats}
    wanted = replace(wanted, plot=with_all_words(wanted, anew))
    desk = desk_of(wanted, plan, lines_shown(previous, wanted, plan), previous)
    if wanted.by_editor:
        faults = tuple(fault for said, _ in wanted.wishes for fault in said.split("\n"))
        wanted, desk = replace(wanted, wishes=()), replace(desk, faults=faults)
    else:
        desk = replace(desk, faults=notes_on(wanted, [page for page in previous.pages if page.number in numbers]))
    return with_pages(previous, await PageBatches(wanted, text, shelf, desk).drawn(numbers))


def desk_of(wanted: Wanted, plan: BookPlan, tasks: tuple[PageTask, ...], previous: StoryboardDraft) -> PagesDesk:
    return PagesDesk(
        wanted.plot, wanted.cast, wanted.concept, wanted.settings, plan, tasks, wanted.looks, previous=previous
    )


def with_pages(previous: StoryboardDraft, found: DrawnPages) -> StoryboardDraft:
    """New pages in the place of those of the same number, with keys that no other page has."""
    drawn = {page.number: page for page in found.pages}
    kept = [page for page in previous.pages if page.number not in drawn]
    minted = Minted(taken={key for page in kept for key in keys_in(page)}, keep=True)
    new = {number: minted.page(page) for number, page in sorted(drawn.items())}
    own = {key for page in drawn.values() for key in names_on(page)}
    losses = (*(loss for loss in previous.losses if loss.element not in own), *found.losses)
    return StoryboardDraft(pages=tuple(new.get(page.number, page) for page in previous.pages), losses=losses)
