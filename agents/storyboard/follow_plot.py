"""A storyboard that is there already, brought to what its plot says by now: only pages that tell what has changed are
asked about. What each page was drawn up from is kept on the shelf.
"""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import count
from math import ceil

from pydantic import Field
from pydantic_core import to_jsonable_python

from agents.prompt_facts import page_concept, people_seen, settings_told, told_scenes
from agents.result_cache import Shelf, found, keep, name_of
from agents.storyboard.draft_in_batches import Minted, PageBatches, Wanted, tasks_of
from agents.storyboard.page_batch import PagesDesk
from agents.storyboard.page_losses import lost
from agents.storyboard.page_plan import beats_planned, limits_of, of_its_beats, on_their_sides, plan_from
from agents.storyboard.panels_of_moments import (
    ChangedPage,
    undirected,
    with_less_room,
    with_moments,
    with_more_room,
    with_what_was_not_said,
)
from agents.storyboard.planned_sides import SidesOnShelf
from agents.storyboard.restore_cut_moments import with_words_left_out
from agents.storyboard.revise_pages import ask_patches, desk_of, notes_on, revised, with_pages, with_patches
from manga.losses import Loss, LossKind, Reason
from manga.plot import OF_SCENE, Scene, where_and_when
from manga.proposed_changes import ChangedPanel
from manga.storyboard import PageDraft, PanelDraft, StoryboardDraft
from manga.storyboard_plan import BookPlan, PageBeat, PageScene
from manga.values import Value
from providers.base import TextModel

FOLLOW = "The plot has changed since these panels were drawn up. Direct them as it says now:"
MOST_SAID = 6000
MOST_NEW = 3
"""Beats that may come onto a page that is there; of more a new page is made behind it."""


class PageRead(Value):
    """What one page was drawn up from: its scenes and beats, and a digest of all else; a digest of each of its people
    and one of what is neither (none in works of before 2026-12)."""

    scenes: tuple[PageScene, ...]
    rest: str
    people: dict[str, str] = Field(default_factory=dict)
    book: str = ""

    @property
    def beats(self) -> dict[str, PageBeat]:
        return {beat.key: beat for scene in self.scenes for beat in scene.beats}

    def same_but_for_moments(self, other: "PageRead") -> bool:
        """Whether all but moments, and people who come and go with them, is as it is there."""
        if not (self.people and other.people):
            return self.rest == other.rest and [*self.beats] == [*other.beats]
        return self.book == other.book and not any(
            other.people.get(who, digest) != digest for who, digest in self.people.items()
        )


class PagesRead(Value):
    """What the pages of a storyboard were drawn up from, by key, the wishes carried out in them, and the moments that
    were marked as cut by then."""

    pages: dict[str, PageRead]
    wishes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cut: tuple[str, ...] = ()
    undrawn: tuple[str, ...] = ()


async def followed(
    wanted: Wanted, before: StoryboardDraft, text: TextModel, shelf: Shelf | None
) -> StoryboardDraft | None:
    """The storyboard before, as its plot has it now: only pages that tell what has changed are asked for, and fresh
    wishes carried out. None where too much is otherwise, or nobody knows what the pages were drawn up from."""
    record = await found(shelf, _name_of(before), PagesRead)
    plan = plan_after(before, wanted, record.undrawn) if record is not None else None
    if record is None or plan is None or record.wishes != wanted.wishes[: len(record.wishes)]:
        return None
    desk = _desk_after(wanted, before, plan)
    now = {task.key: page_read(desk, task.number) for task in desk.tasks}
    old = {task.key: record.pages.get(key) for task, (_, key, _) in zip(desk.tasks, plan, strict=True)}
    changed = [task for task in desk.tasks if not _tells_as(old[task.key], now[task.key])]
    if len(changed) > max(2, len(plan) // 2):
        return None
    follow = _Following(wanted, desk, text, shelf)
    said = {task.number: differences(old[task.key], now[task.key]) for task in changed}
    rooms = {task.number: room_wished(old[task.key], now[task.key]) for task in changed}
    pages: dict[int, ChangedPage | None] = {}
    for number, own in said.items():
        if own is not None:
            pages[number] = follow.with_panels(number, rooms[number], pages)
    draft, anew = await follow.directed({number: page for number, page in pages.items() if page}, said)
    anew |= {number for number in said if pages.get(number) is None}
    if anew:
        faults = notes_on(wanted, [page for page in draft.pages if page.number in anew])
        desk = replace(desk, plan=await SidesOnShelf(shelf, wanted.plot).in_plan(desk.plan))
        desk = with_words_left_out(replace(desk, previous=draft, faults=faults), wanted.whole or wanted.plot)
        batches = PageBatches(replace(wanted, wishes=record.wishes), text, shelf, desk)
        draft = with_pages(draft, await batches.drawn(sorted(anew)))
    return await revised(wanted, draft, len(record.wishes), text, shelf)


def _desk_after(wanted: Wanted, before: StoryboardDraft, plan: Sequence[tuple[int, str, tuple[str, ...]]]) -> PagesDesk:
    there = {page.key: page for page in before.pages}
    pages: list[PageDraft] = []
    for number, key, own in plan:
        page = there[key] if key in there else _new_page(wanted, pages[-1], key, own)
        pages.append(page.model_copy(update={"number": number}))
    previous = StoryboardDraft(pages=tuple(pages), losses=before.losses)
    beats = {number: own for number, _, own in plan}
    planned = (
        of_its_beats(page.model_copy(update={"beats": beats[page.number]})) for page in plan_from(previous).pages
    )
    book = BookPlan(pages=tuple(planned), sides=plan_from(before, wanted.concept.direction).sides)
    return replace(desk_of(wanted, book, tasks_of(wanted, book), previous), follows=True)


def _new_page(wanted: Wanted, beside: PageDraft, key: str, beats: Sequence[str]) -> PageDraft:
    """A page that has yet to be drawn up: a panel for each beat."""
    panels: list[PanelDraft] = []
    for beat in beats:
        panels.append(undirected(beat, wanted.plot, (*beside.panels, *panels)))
    return PageDraft(key=key, number=beside.number + 1, panels=tuple(panels))


def _tells_as(old: PageRead | None, new: PageRead) -> bool:
    return old is not None and (old.scenes, old.rest) == (new.scenes, new.rest)


def differences(old: PageRead | None, new: PageRead) -> list[tuple[str, str]] | None:
    """What the plot says otherwise of a page by now: keys of scenes and beats, and a sentence about each field, or
    about a moment that has come. None where its words are others: then nothing of the page can be taken over unread."""
    if old is None or not old.same_but_for_moments(new):
        return None
    was, said = old.beats, []
    before = {scene.key: scene for scene in old.scenes}
    for scene in new.scenes:
        if scene.key in before:
            said += [
                (scene.key, one) for one in _said(before[scene.key], scene, f"scene {scene.key}", ("beats", "room"))
            ]
        for beat in scene.beats:
            if beat.key not in was:
                said.append((beat.key, _come(beat)))
            elif (was[beat.key].told, was[beat.key].lines) != (beat.told, beat.lines):
                return None
            else:
                said += [(beat.key, one) for one in _said(was[beat.key], beat, f"beat {beat.key}", ("lines", "told"))]
    return said


def room_wished(old: PageRead | None, new: PageRead) -> dict[str, int]:
    """By scene whether more panels (1) or fewer (-1) are wished for than before."""
    before = {scene.key: scene.room for scene in old.scenes} if old is not None else {}
    steps = {scene.key: scene.room - before.get(scene.key, scene.room) for scene in new.scenes}
    return {key: 1 if step > 0 else -1 for key, step in steps.items() if step}


def _come(beat: PageBeat) -> str:
    told = beat.model_dump(mode="json", exclude={"key", "lines"}, exclude_defaults=True)
    return f"moment {beat.key} has come back, its panel is new: {json.dumps(told, ensure_ascii=False)}"


def _said(old: Value, new: Value, what: str, apart: Sequence[str]) -> Iterator[str]:
    before, now = old.model_dump(mode="json", exclude=set(apart)), new.model_dump(mode="json", exclude=set(apart))
    for name, value in now.items():
        if value != before[name]:
            was, by_now = (json.dumps(one, ensure_ascii=False) for one in (before[name], value))
            yield f"{what}: {name} is {by_now} now, not {was}"


@dataclass(frozen=True, slots=True)
class _Following:
    """Pages that are there, brought to what the plot says by now."""

    wanted: Wanted
    desk: PagesDesk
    text: TextModel
    shelf: Shelf | None

    def with_panels(
        self, number: int, rooms: Mapping[str, int], done: Mapping[int, ChangedPage | None]
    ) -> ChangedPage | None:
        """A page with the panels of its moments, and with more or fewer of scenes whose room was wished otherwise; None
        where it is to be drawn up anew. Pictures are counted with those of the pages that are `done`."""
        assert self.desk.previous is not None
        pages, settings = self.desk.previous.pages, self.wanted.settings
        page = next(page for page in pages if page.number == number)
        by_now = (changed.page if (changed := done.get(one.number)) else one for one in pages if one is not page)
        most = settings.max_images - sum(len(one.panels) for one in by_now) if settings.max_images else None
        order = next(task.beats for task in self.desk.tasks if task.number == number)
        free = settings.layout == "free"
        made: ChangedPage | None = ChangedPage(page)
        if list(order) != list(dict.fromkeys(key for panel in page.panels for key in panel.beats)):
            made = with_moments(page, self.wanted.plot, order) if free else None
        if made is None:
            return None
        for scene, more in rooms.items() if free else ():
            if more < 0:
                made = with_less_room(made, scene)
            elif most is None or len(made.page.panels) < most:
                made = with_more_room(made, self.wanted.plot, scene)
            else:
                made = replace(made, full=(*made.full, scene))
        return None if made.new and most is not None and len(made.page.panels) > most else made

    async def directed(
        self, changed: Mapping[int, ChangedPage], said: Mapping[int, list[tuple[str, str]] | None]
    ) -> tuple[StoryboardDraft, set[int]]:
        """The storyboard with these pages as the plot has them now, and the numbers of those that cannot be brought to
        it so. Where and when a scene plays code knows."""
        assert self.desk.previous is not None
        told = {number: own for number, one in changed.items() if (own := [*(said[number] or ()), *one.said])}
        pages = tuple(
            _in_scene(changed[page.number].page, self.desk, told.get(page.number, ()))
            if page.number in changed
            else page
            for page in self.desk.previous.pages
        )
        full = (scene for page in changed.values() for scene in dict.fromkeys(page.full))
        unmet = tuple(
            lost(LossKind.REFUSED, Reason.NO_ROOM, scene, "panel", "more panels of the scene") for scene in full
        )
        draft = self.desk.previous.model_copy(update={"pages": pages, "losses": (*self.desk.previous.losses, *unmet)})
        if not told:
            return draft, set()
        new = frozenset(key for page in changed.values() for key in page.new)
        touched = [page for page in pages if page.number in told]
        patches, anew = await self._patches(touched, [one for own in told.values() for one in own], new)
        draft = with_patches(self.wanted, draft, ("", ()), patches)
        return self._told(draft, new, patches), {page.number for page in touched if page.key in anew}

    async def _patches(
        self, touched: Sequence[PageDraft], said: Sequence[tuple[str, str]], new: Set[str]
    ) -> tuple[dict[str, ChangedPanel], Sequence[str]]:
        """The answer's patches of panels that something is said of, and the pages that it would draw up anew."""
        concerned = {key for key, _ in said}
        keys = tuple(p.key for page in touched for p in page.panels if concerned & {p.key, p.scene, *p.beats})
        sentences = dict.fromkeys(sentence for _, sentence in said)
        wish = (f"{FOLLOW} {'; '.join(sentences)}."[:MOST_SAID], keys)
        answer = await ask_patches(self.wanted, touched, wish, self.text, self.shelf, new, by_code=True)
        return {change.panel: change for change in answer.changes if change.panel in keys}, answer.anew

    def _told(self, draft: StoryboardDraft, new: Set[str], patches: Mapping[str, ChangedPanel]) -> StoryboardDraft:
        """With the words of new panels that the answer does not say, and their people on their sides."""
        if not new:
            return draft
        losses = list(draft.losses)
        minted = Minted(keep=True)
        own = (self._with_words(page, new, patches, losses) for page in draft.pages)
        pages = tuple(map(minted.page, own))
        return draft.model_copy(update={"pages": pages, "losses": tuple(losses)})

    def _with_words(
        self, page: PageDraft, new: Set[str], patches: Mapping[str, ChangedPanel], losses: list[Loss]
    ) -> PageDraft:
        if not any(panel.key in new for panel in page.panels):
            return page
        told = with_what_was_not_said(page, new, patches, self.wanted.plot, losses)
        staged = on_their_sides(told.panels, self.desk.plan.sides, self.wanted.concept.direction)
        pairs = zip(told.panels, staged, strict=True)
        return told.model_copy(update={"panels": tuple(on if one.key in new else one for one, on in pairs)})


def _in_scene(page: PageDraft, desk: PagesDesk, said: Sequence[tuple[str, str]]) -> PageDraft:
    """With the place, hour, weather and ground of scenes that have changed, or whose beats have in these."""
    named = {key for key, _ in said if key in {scene.key for scene in desk.plot.scenes}}
    named |= {desk.scenes[key].key for key, one in said if key in desk.scenes and _of_time_or_place(key, one)}
    scenes = {scene.key: scene for scene in desk.plot.scenes if scene.key in named}
    return page.model_copy(update={"panels": tuple(_placed(panel, scenes) for panel in page.panels)})


def _of_time_or_place(key: str, sentence: str) -> bool:
    return any(sentence.startswith(f"beat {key}: {name} is ") for name in OF_SCENE)


def _placed(panel: PanelDraft, scenes: Mapping[str, Scene]) -> PanelDraft:
    if panel.scene not in scenes:
        return panel
    told = where_and_when(scenes[panel.scene], panel.beats[0])
    return panel.model_copy(update={"direction": panel.direction.model_copy(update=told)})


def plan_after(
    before: StoryboardDraft, wanted: Wanted, undrawn: Sequence[str] = ()
) -> list[tuple[int, str, tuple[str, ...]]] | None:
    """Number, key and beats of each page, without the beats that are gone and with those that have come, each on the
    page of the beat before it, or on a new one behind that; those that were `undrawn` before have not come. None where
    beats have changed places, many have come, or the book may have no more pages."""
    order = {key: at for at, key in enumerate(beats_planned(wanted.plot))}
    pages = [(page.key, [beat for panel in page.panels for beat in panel.beats]) for page in before.pages]
    had = {beat for _, beats in pages for beat in beats}
    kept = [(key, list(dict.fromkeys(beat for beat in beats if beat in order))) for key, beats in pages]
    kept = [(key, beats) for key, beats in kept if beats]
    places = [order[beat] for _, beats in kept for beat in beats]
    new = [beat for beat in order if beat not in had and beat not in undrawn]
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
    people = people_seen(batch.people, desk.looks)
    book = [page_concept(desk.concept), settings_told(desk.settings, ("layout",)), task.pieces]
    whole = {scene.key: scene.what_happens for scene in desk.plot.scenes}
    scenes = told_scenes(batch.plot.scenes)
    return PageRead(
        scenes=tuple(scene.model_copy(update={"what_happens": whole[scene.key]}) for scene in scenes),
        rest=name_of("page", to_jsonable_python([people, *book])),
        people={one.key: name_of("person", one.to_json()) for one in people},
        book=name_of("book", to_jsonable_python(book)),
    )


async def keep_read(wanted: Wanted, made: StoryboardDraft, shelf: Shelf | None) -> None:
    """Writes down what the pages of a storyboard tell, so that it can follow its plot."""
    if shelf is None:
        return
    plan = plan_from(made)
    desk = desk_of(wanted, plan, tasks_of(wanted, plan), made)
    pages = {page.key: page_read(desk, page.number) for page in made.pages}
    drawn = {key for page in plan.pages for key in page.beats}
    record = PagesRead(
        pages=pages,
        wishes=wanted.wishes,
        cut=tuple(sorted((wanted.whole or wanted.plot).marked())),
        undrawn=tuple(key for key in beats_planned(wanted.plot) if key not in drawn),
    )
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
