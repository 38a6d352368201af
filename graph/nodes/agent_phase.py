"""The base of phase nodes: project the state, compare digests, ask the agent, render a preview, put JSON back."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agents.retry import POLICIES, Clock, retried
from calls.services import Services
from editing.drop_refused_wishes import carry_out, revision_of, wishes_of
from editing.edit_status import retired, standings
from editing.input_digests import canonical, input_digest
from editing.locks import held
from editing.phase_results import book_of, brief_of, check_brief, ground_of, result_json
from editing.previews.images import render_preview
from editing.previews.structure_json import marked, preview_of
from editing.sheet_status import missing_sheets
from editing.state_as_json import TO_END, Json, WorkState
from editing.wish_outcomes import with_outcomes
from editing.work_blobs import WorkBlobs, blobs_of
from graph.answers_heard import AnswersHeard
from graph.context import RunOptions, options_of
from graph.events import AnswerProgress, PageReady, PhaseStarted, tell
from graph.state import State, merged
from manga.errors import NotFound
from manga.phases import PHASES, Phase
from manga.revision import Revision
from manga.values import Value
from providers.base import Offload, TextModel

V = TypeVar("V", bound=Value)
Node: TypeAlias = Callable[..., Awaitable[Any]]


def waits(phase: Phase, state: WorkState) -> bool:
    """Whether a person is asked here: always in an undisturbed run with feedback, and while feedback is carried out
    only at the phases it concerns and the one where it was given. What lies behind that one is new to the person, and
    so is a character sheet that could not be drawn. A finished book is redrawn to its end without a question."""
    feedback = state.get("feedback") or {}
    if not brief_of(state).feedback_mode.enabled or feedback.get(TO_END):
        return False
    if phase is Phase.CHARACTERS and missing_sheets(state):
        return True
    stops = feedback.get("stops")
    return not stops or phase.value in stops or phase.number > Phase(feedback["asked_at"]).number


@dataclass(frozen=True, slots=True)
class Bench:
    """What a phase's agent may use: its model, the work's blobs, CPU time; what was asked of it, and the result before.

    `page_ready` tells of a page that is finished: number, image, scene graph. `press` is held by whoever has a book's
    pages in memory.
    """

    text: TextModel
    blobs: WorkBlobs
    offload: Offload
    revision: Revision[Json]
    page_ready: Callable[[int, str, str], None]
    clock: Clock
    before: Json | None = None
    """The result so far, whatever it was made from."""
    press: AbstractAsyncContextManager[object] = field(default_factory=nullcontext)
    beside: Any = None
    """What a revision is told besides (`Step.beside`)."""

    def revised(self, kind: type[V]) -> Revision[V]:
        """What a person asked for, and the result to be revised; nothing when nobody asked."""
        wishes, previous = self.revision.wishes, self.revision.previous
        return Revision(wishes, kind.of(previous) if wishes and previous else None, self.revision.done)


@dataclass(frozen=True, slots=True)
class Step:
    """One phase as its node sees it: which part of the state it reads, and who makes the result from exactly that.

    `then` is done with the result as people see it, and answers the state's further change. `told` is read besides for
    models that read the words of a prompt: rules need none of it, and are not asked anew where it is otherwise. `held`
    is told of a result before and after locks hold something of it. `beside` is what a revision is told of later
    phases: no digest counts it."""

    reads: Callable[[State], Json]
    make: Callable[[Json, Bench], Awaitable[Value]]
    then: Callable[[State, Services, RunnableConfig, Runtime[RunOptions]], Awaitable[Json]] | None = None
    told: Callable[[State], Json] | None = None
    held: Callable[[Json, Json, WorkBlobs], Awaitable[None]] | None = None
    beside: Callable[[State], Any] | None = None

    def read_for(self, state: State, *, told: bool) -> Json:
        """All that the phase reads, with what is told in prompts or without it."""
        return {**self.reads(state), **self.told(state)} if told and self.told is not None else self.reads(state)


def work_of(config: RunnableConfig) -> str:
    """The work's id is the thread's id."""
    return str(config["configurable"]["thread_id"])


def phase_node(phase: Phase, step: Step, services: Services) -> Node:
    """The node of a phase that one agent makes in one piece (all but artwork)."""

    async def node(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        tell(runtime.stream_writer, PhaseStarted(phase))
        if phase is PHASES[0]:
            check_brief(state.get("brief"))  # `langgraph dev` sends what a person has typed
        async with services.binderies.gate() if phase is Phase.FINISHING else nullcontext():
            return await passed(state, config, runtime)

    async def passed(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        told = services.text.room(phase.value) is not None
        reads = await asyncio.to_thread(step.read_for, state, told=told)  # a tenth of a second for a long book
        less = await asyncio.to_thread(step.reads, state) if told and step.told is not None else reads
        old = (state.get("digests") or {}).get(phase.value) if state.get(phase.value) else None

        async def make(wishes: list[Json]) -> Json:
            digest = input_digest(phase.value, reads, wishes)
            if old in (digest, input_digest(phase.value, less, wishes)):  # works of before 2026-12 were told less
                return {}
            done = _carried_out(phase, state, (reads, less), wishes)
            before: Any = state.get(phase.value)
            revision = revision_of(wishes, before if done is not None else None, done or 0)
            beside = step.beside(state) if step.beside is not None and revision.previous is not None else None
            bench = replace(_bench(phase, revision, services, config, runtime, before), beside=beside)
            return await _made(phase, step, services, reads, digest, bench)

        made = await carry_out(phase, wishes_of(state, phase), make)
        change = made.result
        if change:
            result = change[phase.value]
            change[phase.value] = kept = held(phase, state, result)
            if step.held is not None and kept != result:
                await step.held(result, kept, blobs_of(services.blobs, options_of(runtime).tenant, work_of(config)))
            if (edits := retired(state, phase, change[phase.value])) is not None:
                change["edits"] = edits
        change |= made.change(state)
        if step.then is not None:
            change |= await step.then(merged_state(state, change), services, config, runtime)
        change |= with_outcomes(phase, state, merged_state(state, change), made.refused)
        return change | await previewed(phase, merged_state(state, change), services, config, runtime)

    return node


async def _made(phase: Phase, step: Step, services: Services, reads: Json, digest: str, bench: Bench) -> Json:
    """The result of these inputs: found where it was made before (a crash, another branch), else made and kept."""
    name = f"made/{digest}"
    try:
        found: Json = json.loads(await bench.blobs.get(name))
    except NotFound:
        result = await retried(lambda: step.make(reads, bench), POLICIES[phase], services.clock)
        kept = canonical({"result": result.to_json(), "recipe": services.recipe(phase.value)})
        await bench.blobs.put(name, kept, content_type="application/json")
        found = json.loads(kept)  # the state is the same to the byte, whether made or found
    return {phase.value: found["result"], "digests": {phase.value: digest}, "recipes": {phase.value: found["recipe"]}}


def merged_state(state: State, change: Json) -> State:
    """The state as it will be, as far as results go."""
    names = (*(phase.value for phase in Phase), "edits")
    asked = {"feedback": change["feedback"]} if "feedback" in change else {}
    sheets = {"sheets": merged(state.get("sheets"), change["sheets"])} if "sheets" in change else {}
    return {**state, **{name: change[name] for name in names if name in change}, **sheets, **asked}  # type: ignore[typeddict-item]


async def previewed(
    phase: Phase, state: State, services: Services, config: RunnableConfig, runtime: Runtime[RunOptions]
) -> Json:
    """Stores the phase's preview under its content's digest; answers the state's change. Pictures are drawn where a
    person will be asked; else whoever wants some draws them."""
    options = options_of(runtime)
    blobs = blobs_of(services.blobs, options.tenant, work_of(config))
    page = ground_of(state).paper.trim
    shown = preview_of(phase, result_json(state, phase), book_of(state), standings(state), page)
    level = options.quality_level
    drawn = await render_preview(state, phase, level, blobs, services.offload) if waits(phase, state) else ()
    images = {"images": [image.to_json() for image in drawn]}
    preview = canonical(shown | images | marked(phase, state))
    return {"previews": {phase.value: await blobs.keep(preview, content_type="application/json")}}


def _carried_out(phase: Phase, state: State, reads: Iterable[Json], wishes: list[Json]) -> int | None:
    """How many of the wishes the result so far was made with, from the same inputs: it is revised then. None: it was
    made from others, and is no measure of what a wish may leave as it was."""
    old = (state.get("digests") or {}).get(phase.value)
    tried = ((count, input_digest(phase.value, read, wishes[:count])) for read in reads for count in range(len(wishes)))
    return next((count for count, digest in tried if digest == old), None) if state.get(phase.value) else None


def _bench(
    phase: Phase,
    revision: Revision[Json],
    services: Services,
    config: RunnableConfig,
    runtime: Runtime[RunOptions],
    before: Json | None,
) -> Bench:
    work = work_of(config)
    old = {page["number"]: page["image"] for page in (before or {}).get("pages", ()) if "image" in page}

    def page_ready(number: int, image: str, graph: str) -> None:
        tell(runtime.stream_writer, PageReady(number, image, graph, changed=bool(old) and old.get(number) != image))

    def heard(characters: int) -> None:
        tell(runtime.stream_writer, AnswerProgress(phase, characters))

    return Bench(
        text=services.asked_by(phase, work, AnswersHeard(heard, services.clock.monotonic)),
        blobs=blobs_of(services.blobs, options_of(runtime).tenant, work),
        offload=services.offload,
        revision=revision,
        page_ready=page_ready,
        clock=services.clock,
        before=before,
        press=services.presses.gate(),
    )
