"""How the stub answers the questions of phase 4: a page plan, and pages, from the fenced inputs alone.

The plan keeps to the plot's pages; the pages are drawn up by the offline storyboard artist, from the plot of the batch.
"""

from collections.abc import Sequence
from typing import Any

from manga.brief import Settings
from manga.concept import Concept
from manga.errors import WishRefused
from manga.paper import side_of
from manga.plot import Beat, PagePlan, Plot
from manga.storyboard import PageDraft, StoryboardDraft
from manga.storyboard_plan import (
    BookPlan,
    Outline,
    OutlineBeat,
    PageTask,
    PlannedPage,
    Sides,
    StoryboardPages,
)
from offline.directing.storyboard import draft_storyboard
from offline.writer import write_wishes
from tests.gemini.plots import cast_of, concept_of, plot_of
from tests.gemini.wire import Json

RUNS = ((3, 2, 3, 4), (2, 3, 2, 2, 3), (3, 2, 2, 4, 2), (2, 4, 2, 3, 1, 2))


def plan(inputs: Json) -> Json:
    """An answer of type `BookPlan`."""
    outline = Outline.of(inputs["outline"])
    beats = {beat.key: beat for scene in outline.scenes for beat in scene.beats}
    pages = tuple(_planned(page, n, beats) for n, page in enumerate(outline.pages, start=1))
    return dict(BookPlan(pages=pages, sides=_sides(outline)).to_json())


def _planned(page: PagePlan, number: int, beats: dict[str, OutlineBeat]) -> PlannedPage:
    keys = tuple(dict.fromkeys(page.beats))
    lines = sum(len(beats[key].lines) for key in keys)
    run = RUNS[(number + (lines > 6)) % len(RUNS)] if lines else RUNS[0]
    big = max(keys, key=lambda key: beats[key].importance)
    return PlannedPage(number=number, beats=keys, weights=run, big=big, hook=page.hook)


def _sides(outline: Outline) -> tuple[Sides, ...]:
    found = []
    for scene in outline.scenes:
        people = list(dict.fromkeys(key for beat in scene.beats for key in beat.present))
        if len(people) > 1:
            found.append(Sides(scene=scene.key, read_first=tuple(people[::2]), read_last=tuple(people[1::2])))
    return tuple(found)


def pages(inputs: Json) -> Json:
    """An answer of type `StoryboardPages`. Where a beat goes on over a leaf, each page is drawn up by itself, since no
    line may slip onto the next one."""
    plot, cast, concept = plot_of(inputs["plot"]), cast_of(inputs["cast"]), concept_of(inputs["concept"])
    tasks = [PageTask.of(task) for task in inputs["pages"]]
    settings = Settings.of(inputs["settings"]).model_copy(update={"pages": len(tasks), "max_images": None})
    beats = [key for task in tasks for key in task.beats]
    alone = len(set(beats)) < len(beats) or any(task.pieces for task in tasks)
    drawn = [
        page
        for group in ([[task] for task in tasks] if alone else [tasks])
        for page in draft_storyboard(_only(plot, group), cast, _opening(concept, group), settings).pages[: len(group)]
    ]
    numbered = (_numbered(page, task) for page, task in zip(drawn, tasks, strict=True))
    given = {"plot": plot, "cast": cast, "concept": concept, "settings": settings}
    return dict(StoryboardPages(pages=_wished(tuple(numbered), inputs, given)).to_json())


def _wished(drawn: tuple[PageDraft, ...], inputs: Json, given: Json) -> tuple[PageDraft, ...]:
    """With the wishes carried out, as the offline models do it; what they cannot do changes nothing."""
    wishes = tuple(zip(inputs.get("instructions", ()), map(tuple, inputs.get("scopes", ())), strict=True))
    if not wishes:
        return drawn
    now = StoryboardPages.of(inputs["previous"]).pages if inputs.get("previous") else drawn
    try:
        found = write_wishes("storyboard", StoryboardDraft(pages=now), given, wishes)
    except WishRefused:
        return now
    return found.pages if isinstance(found, StoryboardDraft) else now


def _opening(concept: Concept, tasks: Sequence[PageTask]) -> Concept:
    """The concept of a book that begins with these pages: what is turned and what is not stays so."""
    return concept.model_copy(update={"start_side": side_of(tasks[0].number, concept.start_side)})


def _only(plot: Plot, tasks: Sequence[PageTask]) -> Plot:
    """The plot of these pages alone, counted from 1."""
    own = {key for task in tasks for key in task.lines}
    pieces = {key: words for task in tasks for key, words in task.pieces.items()}
    shown_beats = {key for task in tasks for key in task.beats}

    def told(beat: Beat) -> Beat:
        shown = (line for line in beat.lines if line.key in own)
        lines = (line.model_copy(update={"text": pieces.get(line.key, line.text)}) for line in shown)
        return beat.model_copy(update={"lines": tuple(lines)})

    scenes = (
        scene.model_copy(update={"beats": beats})
        for scene in plot.scenes
        if (beats := tuple(told(beat) for beat in scene.beats if beat.key in shown_beats))
    )
    pages = (PagePlan(number=n, beats=task.beats, hook=task.hook) for n, task in enumerate(tasks, start=1))
    return Plot(acts=(), scenes=tuple(scenes), pages=tuple(pages))


def _numbered(page: PageDraft, task: PageTask) -> PageDraft:
    return page.model_copy(update={"key": task.key, "number": task.number})


ANSWERS: dict[str, Any] = {"storyboard_plan": plan, "storyboard_pages": pages}
