"""A storyboard that is there already, brought to what its plot says by now: only pages that tell what has changed are
asked about. What each page was drawn up from is kept on the shelf.
"""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import count
from math import ceil

from pydantic_core import to_jsonable_python

from agents.prompt_facts import page_concept, people_seen, settings_told, told_scenes
from agents.result_cache import Shelf, found, keep, name_of
from agents.storyboard.draft_in_batches import PageBatches, Wanted, tasks_of
from agents.storyboard.page_batch import PagesDesk
from agents.storyboard.page_losses import OF_SCENE
from agents.storyboard.page_plan import beats_planned, limits_of, plan_from
from agents.storyboard.revise_pages import ask_patches, desk_of, notes_on, revised, with_pages, with_patches
from manga.errors import WishRefused
from manga.plot import Scene
from manga.storyboard import PageDraft, PanelDraft, StoryboardDraft
from manga.storyboard_plan import BookPlan, PageScene
from manga.values import Value
from providers.base import TextModel

FOLLOW = "The plot has changed since these panels were drawn up. Direct them as it says now:"
MOST_SAID = 2000
MOST_NEW = 3
"""Beats that may come onto a page that is there; of more a new page is made behind it."""


class PageRead(Value):
    """What one page was drawn up from: its scenes and beats, and a digest of all else."""

    scenes: tuple[PageScene, ...]
    rest: str


class PagesRead(Value):
    """What the pages of a storyboard were drawn up from, by key, the wishes carried out in them, and the moments that
    were marked as cut by then."""

    pages: dict[str, PageRead]
    wishes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cut: tuple[str, ...] = ()


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
        faults = notes_on(wanted, [page for page in draft.pages if page.number in anew])
        desk = replace(desk, previous=draft, faults=faults)
        batches = PageBatches(replace(wanted, wishes=record.wishes), text, shelf, desk)
        draft = with_pages(draft, await batches.drawn(anew))
    return await revised(wanted, draft, len(record.wishes), text, shelf)


def _desk_after(wanted: Wanted, before: StoryboardDraft, plan: Sequence[tuple[int, str, tuple[str, ...]]]) -> PagesDesk:
    there = {page.key: page for page in before.pages}
    pages: list[PageDraft] = []
    for number, key, own in plan:
        page = there[key] if key in there else _new_page(wanted, pages[-1], key, own)
        pages.append(page.model_copy(update={"number": number}))
    previous = StoryboardDraft(pages=tuple(pages), losses=before.losses)
    beats = {number: own for number, _, own in plan}
    planned = (page.model_copy(update={"beats": beats[page.number]}) for page in plan_from(previous).pages)
    book = BookPlan(pages=tuple(planned), sides=plan_from(before, wanted.concept.direction).sides)
    return replace(desk_of(wanted, book, tasks_of(wanted, book), previous), follows=True)


def _new_page(wanted: Wanted, beside: PageDraft, key: str, beats: Sequence[str]) -> PageDraft:
    """A page that has yet to be drawn up: a panel for each beat, directed as the last one on the page before."""
    weights = {beat.key: (scene.key, beat.importance) for scene in wanted.plot.scenes for beat in scene.beats}
    last = beside.panels[-1]
    panels = (
        PanelDraft(
            key=beat,
            beats=(beat,),
            scene=weights[beat][0],
            role="act",
            importance=min(max(weights[beat][1], 2), 4),
            direction=last.direction,
        )
        for beat in beats
    )
    return PageDraft(key=key, number=beside.number + 1, panels=tuple(panels))


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
        answer = await ask_patches(wanted, touched, wish, text, shelf)
    except WishRefused:  # the panels say it already
        return draft
    patches = {change.panel: change for change in answer.changes}
    return with_patches(wanted, draft, wish, patches)


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
    page of the beat before it, or on a new one behind that. None where beats have changed places, many have come, or
    the book may have no more pages."""
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
    free = (key for n in count(1) if (key := f"g{n:03d}") not in {page.key for page in before.pages})
    rows = [(key, row) for page, beats in kept for key, row in _without_crowding(page, beats, had, free)]
    if len(rows) > len(kept) and not _may_grow(wanted, len(rows), len(new) + sum(len(p.panels) for p in before.pages)):
        return None
    return [(number, key, row) for number, (key, row) in enumerate(rows, start=1)]


def _may_grow(wanted: Wanted, pages: int, panels: int) -> bool:
    """Whether a book may come to so many pages, and to about so many panels. Pages of strips are planned together."""
    settings = wanted.settings
    paid = not settings.max_images or panels <= settings.max_images
    return settings.layout == "free" and paid and pages <= limits_of(wanted.plot, settings).pages


def _without_crowding(
    page: str, beats: Sequence[str], had: Set[str], free: Iterator[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The page's key and beats. Where too many have come, several pages of about as many, the further ones with keys
    that are `free`."""
    pages = max(1, ceil(len(set(beats) - had) / MOST_NEW))
    for n in range(pages):
        row = tuple(beats[len(beats) * n // pages : len(beats) * (n + 1) // pages])
        yield (page if n == 0 else next(free)), row


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
    desk = desk_of(wanted, plan, tasks_of(wanted, plan), made)
    pages = {page.key: page_read(desk, page.number) for page in made.pages}
    record = PagesRead(pages=pages, wishes=wanted.wishes, cut=tuple(sorted((wanted.whole or wanted.plot).marked())))
    await keep(shelf, _name_of(made), record)


async def cut_before(made: StoryboardDraft, shelf: Shelf | None) -> frozenset[str]:
    """The moments that were marked as cut when a storyboard was drawn up."""
    record = await found(shelf, _name_of(made), PagesRead)
    return frozenset(record.cut) if record is not None else frozenset()


async def keep_read_of(made: StoryboardDraft, now: StoryboardDraft, shelf: Shelf) -> None:
    """What the pages of `made` tell is known of `now` too, in which parts of it are as they were."""
    if (record := await found(shelf, _name_of(made), PagesRead)) is not None:
        await keep(shelf, _name_of(now), record)


def _name_of(draft: StoryboardDraft) -> str:
    return name_of("pages_read", draft.to_json())
