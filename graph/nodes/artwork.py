"""Artwork: `artwork_plan` sends one task a panel, `artwork_panel` gets its picture, `artwork` gathers.

A picture is stored under its content's digest, and remembered under the digest of what it was drawn from, before its
task returns; every task looks there first. So no finished panel is drawn twice, whatever died in between.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime
from langgraph.types import Command, Send

from agents.artwork import panel_briefs
from agents.picture_references import drawn_first, references
from agents.picture_wishes import ToDraw, redirected
from agents.retry import TEXT, retried
from calls.panel_pictures import Easel
from calls.running_works import Desk
from calls.services import Services
from editing.drop_refused_wishes import carry_out, revision_of, wishes_of
from editing.input_digests import digest_of, panel_digest
from editing.locks import holds_picture, locked_keys
from editing.phase_results import artwork_of, brief_of, edits_of, pictures_of, result_of
from editing.placement_edits import takes
from editing.state_as_json import Json
from editing.wish_outcomes import with_picture_outcomes
from editing.work_blobs import blobs_of
from graph.context import RunOptions, options_of
from graph.events import ImageProgress, PhaseStarted, tell
from graph.nodes.agent_phase import Node, merged_state, previewed, work_of
from graph.state import PanelTask, State
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import ProviderError
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.picture_references import PictureReferences
from manga.plot import Plot
from manga.proposed_changes import PictureChanges
from manga.revision import Revision
from manga.storyboard import Storyboard


async def to_draw(
    state: State, services: Services, config: RunnableConfig, runtime: Runtime[RunOptions]
) -> tuple[ToDraw, Json]:
    """With the change of the state when a wish is refused. The model's answer is remembered by what it was asked."""
    work = work_of(config)
    board, cast = result_of(state, Phase.STORYBOARD, Storyboard), result_of(state, Phase.CHARACTERS, Cast).from_words()
    text = services.asked_by(Phase.ARTWORK, work)
    shelf = blobs_of(services.blobs, options_of(runtime).tenant, work)
    unedited = Storyboard.of(state["storyboard"])

    async def make(wishes: list[Json]) -> ToDraw:
        revision: Revision[PictureChanges] = revision_of(wishes)
        return await retried(
            lambda: redirected(
                storyboard=board, cast=cast, text=text, revision=revision, shelf=shelf, unedited=unedited
            ),
            TEXT,
            services.clock,
        )

    made = await carry_out(Phase.ARTWORK, wishes_of(state, Phase.ARTWORK), make)
    return made.result, made.change(state)


def plan_node(services: Services, beside: Sequence[str] = ()) -> Node:
    """Which panels need a picture: those whose digest has changed and that are not locked.

    Raises what panels of this run were deferred for, once all the others are done. `beside` are the nodes that need no
    picture and run while panels are drawn.
    """

    async def artwork_plan(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Command[Any]:
        tell(runtime.stream_writer, PhaseStarted(Phase.ARTWORK))
        desk = services.desks.at(work_of(config), options_of(runtime))
        if desk.waits_for is not None and state.get("deferred"):
            raise desk.waits_for
        drawing, told = await to_draw(state, services, config, runtime)
        briefs = _briefs(state, drawing, past_border=not services.images.paid)
        wanted = {brief.panel: (brief, panel_digest(brief, services.images.name)) for brief in briefs}
        have: Mapping[str, Json] = state.get("artwork") or {}
        locked, own = locked_keys(state, "panel"), pictures_of(state)
        drawn = {key: digest for key, (_, digest) in wanted.items() if key not in own}
        stale = [key for key, digest in drawn.items() if have.get(key, {}).get("digest") != digest]
        todo = [key for key in stale if not holds_picture(state, key, locked)]
        desk.pending = len(todo)
        await services.reserve_pictures(work_of(config), len(todo))
        gone = dict.fromkeys(have.keys() - wanted.keys())
        refused = (told.get("feedback") or {}).get("refused", ())
        told |= with_picture_outcomes(merged_state(state, told), todo, refused)
        update = {
            **told,
            "artwork": gone,
            "deferred": dict.fromkeys(state.get("deferred") or ()),
            "digests": {Phase.ARTWORK.value: digest_of([digest for _, digest in wanted.values()])},
            "recipes": {Phase.ARTWORK.value: services.recipe(Phase.ARTWORK.value, model=services.images.name)},
        }
        digests = {key: wanted[key][1] for key in todo}
        after = _after(state, drawing.storyboard, digests) if services.images.most_sheets else {}
        tasks = _tasks([wanted[key] for key in drawn_first(todo, after)], drawing.storyboard, after)
        return Command(update=update, goto=[*tasks, *beside] if tasks else "artwork")

    return artwork_plan


def _after(state: State, storyboard: Storyboard, todo: Mapping[str, str]) -> dict[str, PictureReferences]:
    """What panels are drawn after, beside the sheets of those who are seen: by key."""
    kept = {
        key: art.blob
        for key, art in artwork_of(state).items()
        if art.status == "drawn" and art.media_type.startswith("image/")
    }
    return references(storyboard, result_of(state, Phase.CHARACTERS, Cast), kept, todo)


def _tasks(
    todo: Iterable[tuple[PanelBrief, str]], storyboard: Storyboard, after: Mapping[str, PictureReferences]
) -> list[Send]:
    pages = {panel.key: page.number for page in storyboard.pages for panel in page.panels}
    tasks = []
    for brief, digest in todo:
        task = PanelTask(panel=brief.to_json(), digest=digest, page=pages[brief.panel], total=len(pages))
        if brief.panel in after:
            task["after"] = after[brief.panel].to_json()
        tasks.append(Send("artwork_panel", task))
    return tasks


def _briefs(state: State, drawing: ToDraw, *, past_border: bool) -> tuple[PanelBrief, ...]:
    wanted = Counter(takes(edits_of(state)))
    wanted.update(drawing.takes)
    return panel_briefs(
        drawing.storyboard,
        result_of(state, Phase.CHARACTERS, Cast),
        result_of(state, Phase.CONCEPT, Concept),
        brief_of(state).settings,
        takes=wanted,
        plot=result_of(state, Phase.PLOT, Plot),
        past_border=past_border,
    )


def panel_node(services: Services) -> Node:
    """One panel. A provider's failure never leaves it: it answers with art, a placeholder, or `deferred`."""

    async def artwork_panel(task: PanelTask, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        options = options_of(runtime)
        desk = services.desks.at(work_of(config), options)
        easel = Easel(services, blobs_of(services.blobs, options.tenant, work_of(config)), desk, work_of(config))
        panel, after = PanelBrief.of(task["panel"]), PictureReferences.of(task.get("after") or {})
        try:
            hung = await easel.picture(panel, task["digest"], task.get("page", 0), options, after)
        except ProviderError as error:
            desk.defer(error)
            wait = {"code": error.code, "reason": error.message, "retry_after_s": error.retry_after_s}
            _progress(runtime, desk, task, panel.panel, "deferred")
            return {"deferred": {panel.panel: wait}}
        _progress(runtime, desk, task, panel.panel, hung.art.status, cached=not hung.called)
        return {"artwork": {panel.panel: hung.art.to_json()}}

    return artwork_panel


def _progress(
    runtime: Runtime[RunOptions], desk: Desk, task: PanelTask, panel: str, status: str, *, cached: bool = False
) -> None:
    if status != "deferred":
        desk.pending = max(0, desk.pending - 1)
    total = task["total"]
    tell(runtime.stream_writer, ImageProgress(panel, max(0, total - desk.pending), total, status, cached))


def gather_node(services: Services) -> Node:
    """All tasks have answered: the preview of what there is."""

    async def artwork(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        return await previewed(Phase.ARTWORK, state, services, config, runtime)

    return artwork


def after_artwork(state: State) -> str:
    """Back to the plan when panels are deferred; it ends the run."""
    return "artwork_plan" if state.get("deferred") else "artwork_review"
