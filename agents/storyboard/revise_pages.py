"""A storyboard that is there already, brought to what a person wishes, or to what its plot says by now.

A wish is asked with the panels that it may touch, and answered with what is otherwise about them; pages whose panels
come, go or change places are drawn up anew. After a change of the plot only the pages that tell what has changed are.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from pydantic_core import to_jsonable_python

from agents.checked_answers import every
from agents.prompt_facts import faces_told, page_concept, panels_told, people_seen, settings_told
from agents.result_cache import Shelf, found, name_of, remembered
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
    tasks_of,
    touches,
)
from agents.storyboard.page_batch import PagesDesk, told_scenes
from agents.storyboard.page_plan import beats_planned, plan_from
from manga.errors import WishRefused
from manga.phases import Phase
from manga.proposed_changes import PanelPatch, PanelPatches
from manga.revision import Revision, Wish
from manga.storyboard import PageDraft, PanelDraft, StoryboardDraft
from manga.storyboard_plan import BookPlan, PageTask
from manga.values import Value
from providers.base import Ask, TextModel

PROMPT = "storyboard_revision"
PAGES_AT_ONCE = 12
"""Pages whose panels one question shows."""
MOST_NEW = 3
"""Beats that may come onto a page that is there; more of them want a plan of their own."""


class PagesRead(Value):
    """What the pages of a storyboard were drawn up from: digests by page key, and the wishes carried out in them."""

    pages: dict[str, str]
    wishes: tuple[tuple[str, tuple[str, ...]], ...] = ()


async def revised(
    wanted: Wanted, previous: StoryboardDraft, wishes: Sequence[Wish], text: TextModel, shelf: Shelf | None
) -> StoryboardDraft:
    """One wish after the other. Raises WishRefused with the wish's place among these."""
    draft = previous
    for place, wish in enumerate(wishes):
        try:
            draft = await _carried_out(wanted, draft, wish, text, shelf)
        except WishRefused as error:
            raise WishRefused(error.message, phase=Phase.STORYBOARD.value, wish=place, kept=error.kept) from None
    return draft


async def _carried_out(
    wanted: Wanted, draft: StoryboardDraft, wish: Wish, text: TextModel, shelf: Shelf | None
) -> StoryboardDraft:
    pages = [page for page in draft.pages if touches(wish[1], page)]
    refusals = Refusals()

    def asked(some: Sequence[PageDraft]) -> Callable[[], Awaitable[PanelPatches]]:
        async def ask(left: Sequence[Wish]) -> PanelPatches:
            return await _patches(wanted, some, left[0], text, shelf) if left else PanelPatches()

        return lambda: refusals.without({0: wish}, ask)

    groups = [pages[at : at + PAGES_AT_ONCE] for at in range(0, len(pages), PAGES_AT_ONCE)]
    answers = await every([asked(group) for group in groups], at_once=AT_ONCE)
    refusals.check()
    patches = {change.panel: change for answer in answers for change in answer.changes}
    patched = draft.model_copy(update={"pages": tuple(_patched(page, wish, patches) for page in draft.pages)})
    anew = {key for answer in answers for key in answer.anew} & {page.key for page in pages}
    if not anew:
        return patched
    numbers = [page.number for page in draft.pages if page.key in anew]
    return await _drawn_anew(replace(wanted, wishes=(wish,)), patched, numbers, text, shelf)


async def _patches(
    wanted: Wanted, pages: Sequence[PageDraft], wish: Wish, text: TextModel, shelf: Shelf | None
) -> PanelPatches:
    inputs: dict[str, object] = {
        "pages": {page.key: _page_told(page, wish) for page in pages},
        "cast": faces_told(wanted.cast, wanted.looks),
        "settings": settings_told(wanted.settings, ("layout",)),
    }
    ask = Ask(PROMPT, inputs, PanelPatches, Revision((wish,)))
    name = name_of("repaneled", [text.name, to_jsonable_python(inputs), wish])
    return await remembered(shelf, name, PanelPatches, lambda: text.answer(ask))


def _page_told(page: PageDraft, wish: Wish) -> list[dict[str, object]]:
    """Its panels; of those that the wish may not touch, what they are to the others."""
    brief = ("key", "role", "importance")
    told = panels_told(page.panels)
    return [
        one if _in_scope(page, panel, wish) else {name: one[name] for name in brief}
        for panel, one in zip(page.panels, told, strict=True)
    ]


def _in_scope(page: PageDraft, panel: PanelDraft, wish: Wish) -> bool:
    """By its own key, its page's, its scene's, a line's or a part's, or a beat's that no panel is called after."""
    keys = frozenset(wish[1])
    beats = keys - {other.key for other in page.panels}
    names = {page.key, panel.key, panel.scene} | {key for part in panel.dialogue.parts for key in (part.key, part.line)}
    return not keys or bool(names & keys) or bool(beats & set(panel.beats))


def _patched(page: PageDraft, wish: Wish, patches: Mapping[str, PanelPatch]) -> PageDraft:
    panels = tuple(
        _with(panel, patches[panel.key]) if panel.key in patches and _in_scope(page, panel, wish) else panel
        for panel in page.panels
    )
    return page if panels == page.panels else page.model_copy(update={"panels": panels})


def _with(panel: PanelDraft, patch: PanelPatch) -> PanelDraft:
    said = {name: value for name in ("importance", "role") if (value := getattr(patch, name)) is not None}
    return panel.model_copy(update={**said, "direction": patch.direction.laid_over(panel.direction)})


async def _drawn_anew(
    wanted: Wanted, previous: StoryboardDraft, numbers: Sequence[int], text: TextModel, shelf: Shelf | None
) -> StoryboardDraft:
    """These pages asked for again with the wishes, the others as they are."""
    plan = plan_from(previous)
    desk = _desk(wanted, plan, lines_shown(previous, wanted, plan), previous)
    return _put_in(previous, await PageBatches(wanted, text, shelf, desk).drawn(numbers))


def _desk(wanted: Wanted, plan: BookPlan, tasks: tuple[PageTask, ...], previous: StoryboardDraft) -> PagesDesk:
    return PagesDesk(
        wanted.plot, wanted.cast, wanted.concept, wanted.settings, plan, tasks, wanted.looks, previous=previous
    )


def _put_in(previous: StoryboardDraft, found: DrawnPages) -> StoryboardDraft:
    """New pages in the place of those of the same number, with keys that no other page has."""
    drawn = {page.number: page for page in found.pages}
    kept = [page for page in previous.pages if page.number not in drawn]
    minted = Minted(taken={key for page in kept for key in keys_in(page)}, keep=True)
    new = {number: minted.page(page) for number, page in sorted(drawn.items())}
    own = {key for page in drawn.values() for key in names_on(page)}
    losses = (*(loss for loss in previous.losses if loss.element not in own), *found.losses)
    return StoryboardDraft(pages=tuple(new.get(page.number, page) for page in previous.pages), losses=losses)


async def followed(
    wanted: Wanted, before: StoryboardDraft, text: TextModel, shelf: Shelf | None
) -> StoryboardDraft | None:
    """The storyboard before, as its plot has it now: only pages that tell what has changed are asked for, and fresh
    wishes carried out. None where too much is otherwise, or nobody knows what the pages were drawn up from."""
    record = await found(shelf, _name_of(before), PagesRead)
    plan = plan_after(before, wanted) if record is not None else None
    if record is None or plan is None or record.wishes != wanted.wishes[: len(record.wishes)]:
        return None
    keys = {number: key for number, key, _ in plan}
    there = {page.key: page for page in before.pages}
    pages = (there[key].model_copy(update={"number": number}) for number, key in keys.items())
    previous = StoryboardDraft(pages=tuple(pages), losses=before.losses)
    book = plan_from(previous)
    beats = {number: own for number, _, own in plan}
    book = book.model_copy(
        update={"pages": tuple(page.model_copy(update={"beats": beats[page.number]}) for page in book.pages)}
    )
    tasks = tasks_of(wanted, book)
    desk = replace(_desk(wanted, book, tasks, previous), follows=True)
    changed = [n for n, key in keys.items() if page_digest(desk, n) != record.pages.get(key)]
    if len(changed) > max(2, len(keys) // 2):
        return None
    old = replace(wanted, wishes=record.wishes)
    draft = _put_in(previous, await PageBatches(old, text, shelf, desk).drawn(changed))
    return await _with_fresh(wanted, draft, len(record.wishes), text, shelf)


async def _with_fresh(
    wanted: Wanted, draft: StoryboardDraft, done: int, text: TextModel, shelf: Shelf | None
) -> StoryboardDraft:
    try:
        return await revised(wanted, draft, wanted.wishes[done:], text, shelf)
    except WishRefused as error:
        error.wish += done
        raise


def plan_after(before: StoryboardDraft, wanted: Wanted) -> list[tuple[int, str, tuple[str, ...]]] | None:
    """Number, key and beats of each page, without the beats that are gone and with those that have come, each on the
    page of the beat before it. None where beats have changed places, or many have come."""
    order = {key: at for at, key in enumerate(beats_planned(wanted.plot))}
    pages = [(page.key, [beat for panel in page.panels for beat in panel.beats]) for page in before.pages]
    had = {beat for _, beats in pages for beat in beats}
    kept = [(key, list(dict.fromkeys(beat for beat in beats if beat in order))) for key, beats in pages]
    kept = [(key, beats) for key, beats in kept if beats]
    places = [order[beat] for _, beats in kept for beat in beats]
    new = [beat for beat in order if beat not in had]
    if not kept or places != sorted(places) or len(new) > MOST_NEW * len(kept):
        return None
    for beat in new:
        home = max((n for n, (_, beats) in enumerate(kept) if order[beats[0]] < order[beat]), default=0)
        kept[home][1].append(beat)
        kept[home][1].sort(key=order.__getitem__)
    if any(len(set(beats) - had) > MOST_NEW for _, beats in kept):
        return None
    return [(number, key, tuple(beats)) for number, (key, beats) in enumerate(kept, start=1)]


def page_digest(desk: PagesDesk, number: int) -> str:
    """Of what a page is drawn up from: not its number, nor what the pages beside it tell."""
    batch = desk.batch([number])
    task = batch.tasks[0]
    whole = {scene.key: scene.what_happens for scene in desk.plot.scenes}
    scenes = told_scenes(batch.plot)
    read = [
        [scene.model_copy(update={"what_happens": whole[scene.key]}) for scene in scenes],
        people_seen(batch.people, desk.looks),
        page_concept(desk.concept),
        settings_told(desk.settings, ("layout",)),
        [task.beats, task.lines, task.pieces],
    ]
    return name_of("page", to_jsonable_python(read))


async def keep_read(wanted: Wanted, made: StoryboardDraft, shelf: Shelf | None) -> None:
    """Writes down what the pages of a storyboard tell, so that it can follow its plot."""
    if shelf is None:
        return
    plan = plan_from(made)
    desk = _desk(wanted, plan, tasks_of(wanted, plan), made)
    pages = {page.key: page_digest(desk, page.number) for page in made.pages}
    record = PagesRead(pages=pages, wishes=wanted.wishes)
    await remembered(shelf, _name_of(made), PagesRead, lambda: _at_once(record))


async def _at_once(record: PagesRead) -> PagesRead:
    return record


def _name_of(draft: StoryboardDraft) -> str:
    return name_of("pages_read", draft.to_json())
