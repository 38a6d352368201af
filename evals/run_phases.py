"""Runs one story through its phases, each by the product's own step from what the graph would hand it.

Without LangGraph: no review, no edit and no version is wanted here, and every phase's raw answer is.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import nullcontext
from uuid import UUID, uuid5

from agents.artwork import DrawingTerms, draw, panel_briefs
from agents.thing_shapes import PROMPT, PropDesigner, with_shapes
from calls.panel_pictures import make_panel_art
from editing.phase_results import result_of
from editing.state_as_json import Json
from editing.work_blobs import WorkBlobs, blobs_of
from evals.answering_models import Meter, Metered, Models
from evals.measured_stories import Subject
from evals.model_recorder import NotRecorded
from evals.raw_answers import Output
from graph.build import STEPS
from graph.context import RunOptions
from graph.nodes.agent_phase import Bench
from graph.state import State
from manga.brief import Brief
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import MangaError
from manga.phases import PHASES, Phase
from manga.plot import Plot
from manga.revision import UNREVISED
from manga.storyboard import Storyboard

_WORKS = UUID("5f0c3a52-4f5e-4c53-9c1e-0b5d6f1f9a11")


def phases_until(last: Phase) -> tuple[Phase, ...]:
    return PHASES[: last.number]


async def walk(
    subject: Subject, models: Models, until: Phase, repeat: int = 0, done: Iterable[Output] = ()
) -> AsyncIterator[Output]:
    """Outputs of the phases that are not `done` yet, up to the first that fails."""
    state: State = {"brief": Brief(text=subject.text, settings=subject.settings).to_json()}
    for output in (one for one in done if one.phase in set(Phase)):
        state[output.phase] = output.result  # type: ignore[literal-required]
    for phase in phases_until(until):
        if phase.value in state:
            continue
        output = await _measured(phase, state, subject, models, repeat)
        yield output
        if output.result is None:
            return
        state[phase.value] = output.result


async def _measured(phase: Phase, state: State, subject: Subject, models: Models, repeat: int) -> Output:
    meter = Meter()
    result, error, unmeasured = None, "", False
    try:
        result = await _made(phase, state, subject, models, meter)
    except NotRecorded as missing:
        error, unmeasured = str(missing), True
    except MangaError as failed:
        error = f"{failed.code}: {failed.message}"
    return Output(
        case=subject.id,
        phase=phase.value,
        repeat=repeat,
        model=models.images.name if phase is Phase.ARTWORK else models.text.name,
        result=result,
        error=error,
        unmeasured=unmeasured,
        **meter.told(),
    )


async def _made(phase: Phase, state: State, subject: Subject, models: Models, meter: Meter) -> Json:
    blobs = blobs_of(models.blobs, "evals", str(uuid5(_WORKS, subject.id)))
    if phase is Phase.ARTWORK:
        return await _drawn(state, subject, models, blobs)
    bench = Bench(
        text=Metered(models.text, meter, models.prompts if models.reads_prompts else None),
        blobs=blobs,
        offload=models.offload,
        revision=UNREVISED,
        page_ready=_unheard,
        clock=models.clock,
    )
    step = STEPS[phase]
    reads = step.read_for(state, told=models.text.room(phase.value) is not None)
    made = (await step.make(reads, bench)).to_json()
    return await _with_shapes(made, state, bench) if phase is Phase.PLOT else made


async def _with_shapes(plot: Json, state: State, bench: Bench) -> Json:
    """As the graph's step beside the storyboard adds what its model draws of unknown things."""
    if not bench.text.answers(PROMPT):
        return plot
    raw = Plot.of(plot)
    concept = result_of(state, Phase.CONCEPT, Concept)
    asked = await PropDesigner(text=bench.text, clock=bench.clock, concept=concept).drawn(raw, ())
    return with_shapes(raw, asked).to_json()


def _unheard(number: int, image: str, graph: str) -> None:
    """Nobody waits for a page."""


async def _drawn(state: State, subject: Subject, models: Models, blobs: WorkBlobs) -> Json:
    """Every panel's picture, by panel key."""
    briefs = panel_briefs(
        result_of(state, Phase.STORYBOARD, Storyboard),
        result_of(state, Phase.CHARACTERS, Cast),
        result_of(state, Phase.CONCEPT, Concept),
        subject.settings,
        plot=result_of(state, Phase.PLOT, Plot),
    )
    terms = DrawingTerms(
        models.images, models.offload, nullcontext(), models.clock, RunOptions().image_timeout_s, last_try=True
    )
    art: Json = {}
    for brief in briefs:
        drawn = await draw(brief, terms)
        blob = await blobs.keep(drawn.picture.data, content_type=drawn.picture.media_type)
        art[brief.panel] = make_panel_art(brief, "", drawn, blob, 0.0).to_json()
    return art
