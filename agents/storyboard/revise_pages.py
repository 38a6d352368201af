"""A storyboard that is there already, brought to what a person wishes, or to what its plot says by now.

A wish is asked with the panels that it may touch, and answered with what is otherwise about them; pages whose panels
come, go or change places are drawn up anew. After a change of the plot only the pages that tell what has changed are.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic_core import to_jsonable_python

from agents.checked_answers import every
from agents.prompt_facts import faces_told, page_concept, panels_told, people_seen, settings_told, told_scenes
from agents.result_cache import Shelf, found, keep, name_of, remembered
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
    tasks_of,
    touches,
)
from agents.storyboard.page_batch import PagesDesk
from agents.storyboard.page_losses import OF_SCENE
from agents.storyboard.page_plan import beats_planned, plan_from
from agents.storyboard.words_given_back import unused_lines, with_all_words, with_moments
from manga.errors import WishRefused
from manga.losses import Loss
from manga.phases import Phase
from manga.plot import Scene
from manga.proposed_changes import ChangedPanel, ChangedPanels
from manga.revision import Revision, Wish
from manga.storyboard import PageDraft, PanelDraft, StoryboardDraft
from manga.storyboard_plan import BookPlan, PageScene, PageTask
from manga.values import Value
from providers.base import Ask, TextModel

PROMPT = "storyboard_revision"
PAGES_AT_ONCE = 12
"""Pages whose panels one question shows."""
FOLLOW = "The plot has changed since these panels were drawn up. Direct them as it says now:"
MOST_SAID = 2000
MOST_NEW = 3
"""Beats that may come onto a page that is there; more of them want a plan of their own."""


class PageRead(Value):
    """What one page was drawn up from: its scenes and beats, and a digest of all else."""

    scenes: tuple[PageScene, ...]
    rest: str


class PagesRead(Value):
    """What the pages of a storyboard were drawn up from, by key, and the wishes carried out in them."""

    pages: dict[str, PageRead]
    wishes: tuple[tuple[str, tuple[str, ...]], ...] = ()


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
    pages = [page for page in draft.pages if touches(wish[1], page)]
    refusals = Refusals()

    def asked(some: Sequence[PageDraft]) -> Callable[[], Awaitable[ChangedPanels]]:
        async def ask(left: Sequence[Wish]) -> ChangedPanels:
            return await _patches(wanted, some, left[0], text, shelf) if left else ChangedPanels()

        return lambda: refusals.without({0: wish}, ask)

    groups = [pages[at : at + PAGES_AT_ONCE] for at in range(0, len(pages), PAGES_AT_ONCE)]
    answers = await every([asked(group) for group in groups], at_once=AT_ONCE)
    refusals.check()
    patches = {change.panel: change for answer in answers for change in answer.changes}
    with_changes = _changed(wanted, draft, wish, patches)
    anew = {key for answer in answers for key in answer.anew} & {page.key for page in pages}
    numbers = {page.number for page in draft.pages if page.key in anew}
    plan = plan_from(with_changes, wanted.concept.direction)
    if wanted.by_editor:
        wanted, plan, more = with_moments(wanted, plan, wish[0])
        numbers |= more
    if not numbers:
        return with_changes
    return await _drawn_anew(replace(wanted, wishes=(wish,)), with_changes, plan, sorted(numbers), text, shelf)


async def _patches(
    wanted: Wanted, pages: Sequence[PageDraft], wish: Wish, text: TextModel, shelf: Shelf | None
) -> ChangedPanels:

    def answered(ask: Ask[ChangedPanels]) -> Awaitable[ChangedPanels]:
        name = name_of("repaneled", [text.name, to_jsonable_python(ask.inputs), wish])
        return remembered(shelf, name, ChangedPanels, lambda: text.answer(ask))

    found = await ask_in_groups(text, pages, lambda some: _patching(wanted, some, wish), answered)
    changes = tuple(change for one in found for change in one.changes)
    return ChangedPanels(changes=changes, anew=tuple(key for one in found for key in one.anew))


def _patching(wanted: Wanted, pages: Sequence[PageDraft], wish: Wish) -> Ask[ChangedPanels]:
    inputs: dict[str, object] = {
        "pages": {page.key: _page_told(page, wish) for page in pages},
        "unused": unused_lines(wanted, pages),
        "cast": faces_told(wanted.cast, wanted.looks),
        "settings": settings_told(wanted.settings, ("layout",)),
        "standing": _standing(wanted, pages),
        "faults": tuple(wish[0].split("\n")) if wanted.by_editor else (),
    }
    return Ask(PROMPT, inputs, ChangedPanels, Revision(() if wanted.by_editor else (wish,)))


def _standing(wanted: Wanted, pages: Sequence[PageDraft]) -> tuple[str, ...]:
    """What an editor has found in these pages before."""
    return tuple(fault for page in pages for fault in wanted.standing.get(page.key, ()))


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
    names = {page.key, panel.scene, *panel.names()}
    return not keys or bool(names & keys) or bool(beats & set(panel.beats))


def _changed(
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
        panels = (_with(panel, own[panel.key]) if panel.key in own else panel for panel in page.panels)
        changed = with_texts(page.model_copy(update={"panels": tuple(panels)}), own, lines, losses)
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
    desk = _desk(wanted, plan, lines_shown(previous, wanted, plan), previous)
    if wanted.by_editor:
        faults = tuple(fault for said, _ in wanted.wishes for fault in said.split("\n"))
        wanted, desk = replace(wanted, wishes=()), replace(desk, faults=faults)
    else:
        desk = replace(desk, faults=_standing(wanted, [page for page in previous.pages if page.number in numbers]))
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
    desk = _desk_after(wanted, before, plan)
    now = {task.key: page_read(desk, task.number) for task in desk.tasks}
    old = {task.key: record.pages.get(key) for task, (_, key, _) in zip(desk.tasks, plan, strict=True)}
    changed = [task for task in desk.tasks if now[task.key] != old[task.key]]
    if len(changed) > max(2, len(plan) // 2):
        return None
    assert desk.previous is not None
    others = {task.key: differences(old[task.key], now[task.key]) for task in changed}
    anew = [task.number for task in changed if others[task.key] is None]
    draft = await _directed(wanted, desk, {key: said for key, said in others.items() if said}, text, shelf)
    if anew:
        faults = _standing(wanted, [page for page in draft.pages if page.number in anew])
        desk = replace(desk, previous=draft, faults=faults)
        batches = PageBatches(replace(wanted, wishes=record.wishes), text, shelf, desk)
        draft = _put_in(draft, await batches.drawn(anew))
    return await revised(wanted, draft, len(record.wishes), text, shelf)


def _desk_after(wanted: Wanted, before: StoryboardDraft, plan: Sequence[tuple[int, str, tuple[str, ...]]]) -> PagesDesk:
    there = {page.key: page for page in before.pages}
    pages = (there[key].model_copy(update={"number": number}) for number, key, _ in plan)
    previous = StoryboardDraft(pages=tuple(pages), losses=before.losses)
    beats = {number: own for number, _, own in plan}
    planned = (page.model_copy(update={"beats": beats[page.number]}) for page in plan_from(previous).pages)
    book = BookPlan(pages=tuple(planned))
    return replace(_desk(wanted, book, tasks_of(wanted, book), previous), follows=True)


def differences(old: PageRead | None, new: PageRead) -> list[tuple[str, str]] | None:
    """What the plot says otherwise of a page by now: keys of scenes and beats, and a sentence about each field. None
    where its beats or its words are others: then nothing of the page can be taken over unread."""
    if (
        old is None
        or old.rest != new.rest
        or [_words(scene) for scene in old.scenes] != [_words(s) for s in new.scenes]
    ):
        return None
    said = []
    for before, now in zip(old.scenes, new.scenes, strict=True):
        said += [(now.key, one) for one in _said(before, now, f"scene {now.key}", ("beats",))]
        for was, beat in zip(before.beats, now.beats, strict=True):
            said += [(beat.key, one) for one in _said(was, beat, f"beat {beat.key}", ("lines", "told"))]
    return said


def _words(scene: PageScene) -> object:
    return scene.key, [(beat.key, beat.told, beat.lines) for beat in scene.beats]


def _said(old: Value, new: Value, what: str, apart: Sequence[str]) -> Iterator[str]:
    before, now = old.model_dump(mode="json", exclude=set(apart)), new.model_dump(mode="json", exclude=set(apart))
    for name, value in now.items():
        if value != before[name]:
            was, by_now = (json.dumps(one, ensure_ascii=False) for one in (before[name], value))
            yield f"{what}: {name} is {by_now} now, not {was}"


async def _directed(
    wanted: Wanted, desk: PagesDesk, said: Mapping[str, list[tuple[str, str]]], text: TextModel, shelf: Shelf | None
) -> StoryboardDraft:
    """The pages (by key of their task) directed as the plot has it now. Where and when a scene plays code knows."""
    assert desk.previous is not None
    told = {task.number: said[task.key] for task in desk.tasks if task.key in said}
    pages = tuple(
        _in_scene(page, desk, told[page.number]) if page.number in told else page for page in desk.previous.pages
    )
    draft = desk.previous.model_copy(update={"pages": pages})
    if not told:
        return draft
    concerned = {key for one in told.values() for key, _ in one}
    touched = [page for page in pages if page.number in told]
    keys = tuple(p.key for page in touched for p in page.panels if concerned & {p.scene, *p.beats})
    sentences = dict.fromkeys(sentence for one in told.values() for _, sentence in one)
    wish = (f"{FOLLOW} {'; '.join(sentences)}."[:MOST_SAID], keys)
    try:
        answer = await _patches(wanted, touched, wish, text, shelf)
    except WishRefused:  # the panels say it already
        return draft
    patches = {change.panel: change for change in answer.changes}
    return _changed(wanted, draft, wish, patches)


def _in_scene(page: PageDraft, desk: PagesDesk, said: Sequence[tuple[str, str]]) -> PageDraft:
    """With the place, hour, weather and ground of scenes that have changed."""
    scenes = {scene.key: scene for scene in desk.plot.scenes if scene.key in {key for key, _ in said}}
    panels = (
        panel.model_copy(update={"direction": panel.direction.model_copy(update=_of_scene(scenes[panel.scene]))})
        if panel.scene in scenes
        else panel
        for panel in page.panels
    )
    return page.model_copy(update={"panels": tuple(panels)})


def _of_scene(scene: Scene) -> dict[str, object]:
    return {name: getattr(scene, name) for name in OF_SCENE}


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


def page_read(desk: PagesDesk, number: int) -> PageRead:
    """What a page is drawn up from: not its number, nor what the pages beside it tell."""
    batch = desk.batch([number])
    task = batch.tasks[0]
    whole = {scene.key: scene.what_happens for scene in desk.plot.scenes}
    scenes = told_scenes(batch.plot.scenes)
    rest = [
        people_seen(batch.people, desk.looks),
        page_concept(desk.concept),
        settings_told(desk.settings, ("layout",)),
        task.pieces,
    ]
    return PageRead(
        scenes=tuple(scene.model_copy(update={"what_happens": whole[scene.key]}) for scene in scenes),
        rest=name_of("page", to_jsonable_python(rest)),
    )


async def keep_read(wanted: Wanted, made: StoryboardDraft, shelf: Shelf | None) -> None:
    """Writes down what the pages of a storyboard tell, so that it can follow its plot."""
    if shelf is None:
        return
    plan = plan_from(made)
    desk = _desk(wanted, plan, tasks_of(wanted, plan), made)
    pages = {page.key: page_read(desk, page.number) for page in made.pages}
    record = PagesRead(pages=pages, wishes=wanted.wishes)
    await keep(shelf, _name_of(made), record)


async def keep_read_of(made: StoryboardDraft, now: StoryboardDraft, shelf: Shelf) -> None:
    """What the pages of `made` tell is known of `now` too, in which parts of it are as they were."""
    if (record := await found(shelf, _name_of(made), PagesRead)) is not None:
        await keep(shelf, _name_of(now), record)


def _name_of(draft: StoryboardDraft) -> str:
    return name_of("pages_read", draft.to_json())
