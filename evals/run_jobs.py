"""Runs the cases of a run one by one: kept answers are read from the store, the rest is asked for and kept at once."""

import asyncio
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from agents.feedback import parse_feedback
from evals.all_scorers import answered, scores_of
from evals.answering_models import Meter, Metered, ModelChoice, Models, open_models
from evals.feedback.scoring import sentences, view_for
from evals.measured_stories import Subject
from evals.metric_bounds import Score
from evals.model_recorder import NotRecorded
from evals.raw_answers import AGAIN, FEEDBACK, Output, Store
from evals.run_phases import phases_until, walk
from evals.scorer_input import sample_of
from evals.scorers.feedback import feedback_scores
from manga.errors import MangaError
from manga.phases import Phase


@dataclass(frozen=True, slots=True)
class StoryJob:
    """A story through its phases, for the n-th time."""

    subject: Subject
    until: Phase
    repeat: int = 0

    @property
    def id(self) -> str:
        return self.subject.id


@dataclass(frozen=True, slots=True)
class FeedbackJob:
    """A part of the labelled sentences, for the n-th time."""

    id: str
    part: str
    repeat: int = 0


Job: TypeAlias = StoryJob | FeedbackJob


@dataclass(frozen=True, slots=True)
class Done:
    """A finished job: its outputs without their results, and its figures."""

    id: str
    repeat: int
    outputs: tuple[Output, ...]
    scores: tuple[Score, ...]

    @property
    def unmeasured(self) -> bool:
        return any(output.unmeasured for output in self.outputs)

    @property
    def errors(self) -> tuple[str, ...]:
        return tuple(f"{o.phase}: {o.error}" for o in self.outputs if o.error and not o.unmeasured)


def told_apart(job: Job, choice: ModelChoice, folder: Path) -> Done:
    """In a process of its own."""
    return asyncio.run(told(job, choice, folder))


async def told(job: Job, choice: ModelChoice, folder: Path) -> Done:
    """Whatever models do wrong is told in the outputs. Raises errors of the machine."""
    with tempfile.TemporaryDirectory(prefix="mangaka-evals-") as home:
        async with open_models(choice, Path(home), job.repeat) as models:
            return await told_by(job, models, Store(folder))


async def told_by(job: Job, models: Models, store: Store) -> Done:
    """The same, by these models."""
    kept = tuple(output for output in store.of(job.id, job.repeat) if output.result is not None)
    store.begin_again(job.id, job.repeat, kept)
    outputs = list(kept)
    if isinstance(job, FeedbackJob):
        if not outputs:
            outputs.append(await _parsed(job, models))
            store.add(outputs[-1])
    else:
        async for output in walk(job.subject, models, job.until, job.repeat, kept):
            store.add(output)
            outputs.append(output)
        if not models.reads_prompts and not any(output.phase == AGAIN for output in outputs):
            outputs.append(await _again(job, models, outputs))
            store.add(outputs[-1])
    return scored(job, outputs)


def scored(job: Job, outputs: Iterable[Output]) -> Done:
    """Figures of raw answers, new or old: no model is asked."""
    found = tuple(outputs)
    if isinstance(job, FeedbackJob):
        plans = next((output.result for output in found if output.result), {})
        scores = (answered(found, 1), *feedback_scores(job.part, plans))
    else:
        reached = {output.phase for output in found if output.result is not None}
        phases = [phase for phase in phases_until(job.until) if phase.value in reached]
        whole = answered([output for output in found if output.phase != AGAIN], len(phases_until(job.until)))
        again = tuple(_same(output.result) for output in found if output.phase == AGAIN and output.result)
        scores = (whole, *again, *scores_of(sample_of(job.subject, found), phases))
    plain = tuple(output.model_copy(update={"result": None}) for output in found)
    return Done(job.id, job.repeat, plain, scores)


def _same(told: Mapping[str, int]) -> Score:
    return Score("same_again", told["same"] / told["of"], f"{told['same']} of {told['of']} phases", told["of"])


async def _again(job: StoryJob, models: Models, before: Iterable[Output]) -> Output:
    """As far as the storyboard: what is drawn depends on digests of exactly that."""
    last = min(job.until, Phase.STORYBOARD, key=lambda phase: phase.number)
    first = {output.phase: output.result for output in before}
    second = [output async for output in walk(job.subject, models, last, job.repeat)]
    same = sum(output.result is not None and output.result == first.get(output.phase) for output in second)
    told = {"same": same, "of": len(second)}
    return Output(case=job.id, phase=AGAIN, repeat=job.repeat, model=models.text.name, result=told)


async def _parsed(job: FeedbackJob, models: Models) -> Output:
    """All sentences of the part; the first that fails ends it."""
    meter = Meter()
    model = Metered(models.text, meter, models.prompts if models.reads_prompts else None)
    plans: dict[str, object] = {}
    error, unmeasured = "", False
    try:
        for labelled in sentences(job.part):
            plan = await parse_feedback(text=labelled.sentence, book=view_for(labelled), model=model)
            plans[labelled.id] = plan.to_json()
    except NotRecorded as missing:
        error, unmeasured = str(missing), True
    except MangaError as failed:
        error = f"{failed.code}: {failed.message}"
    return Output(
        case=job.id,
        phase=FEEDBACK,
        repeat=job.repeat,
        model=models.text.name,
        result=None if error else plans,
        error=error,
        unmeasured=unmeasured,
        **meter.told(),
    )
