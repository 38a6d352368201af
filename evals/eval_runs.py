"""A whole run: jobs over processes (rules) or side by side (models), every answer and figure in one folder."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from contextlib import aclosing
from dataclasses import asdict, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from evals.answering_models import ModelChoice
from evals.measured_stories import OPEN, Pool, Rules, Subject, pool_subjects, read_cases, subjects
from evals.metric_bounds import Example, Score
from evals.nearest_tape import AS_TAPED
from evals.raw_answers import FEEDBACK, Output, Store
from evals.run_jobs import Done, FeedbackJob, Job, StoryJob, told, told_apart
from evals.scorer_input import Sample, sample_of
from manga.phases import Phase
from manga.values import Value
from prompts.library import load_prompts
from providers.process_pool import open_process_pool

CODE: Final = ("manga", "drawing", "prompts", "providers", "offline", "agents", "editing", "calls", "graph", "evals")
AT_ONCE: Final = 4
"""Jobs of live models side by side."""


class RunWrong(ValueError):
    """A folder is no run, or not one that can go on."""


class Plan(Value):
    """What a run is about. `phase`: the last one that is made, and the only one whose figures are kept; `feedback` too.
    `until`: the last one that is made. None: as far as each case goes."""

    choice: ModelChoice = ModelChoice()
    stories: str = "*"
    pool: Pool = "known"
    phase: str | None = None
    until: Phase | None = None
    repeats: int = 1
    beside: Path | None = None
    code: str = ""
    prompts: dict[str, str] = Field(default_factory=dict)


class CaseScores(Value):
    """One line of `scores.jsonl`: all of one case and repeat. `outputs` are without their results."""

    case: str
    repeat: int
    rules: Rules
    outputs: tuple[Output, ...]
    scores: tuple[dict[str, Any], ...]

    def figures(self) -> tuple[Score, ...]:
        return tuple(_score(told) for told in self.scores)


def _score(told: dict[str, Any]) -> Score:
    examples = tuple(
        Example(e["wanted"], e["got"], tuple(e["at"]) if e["at"] else None, e["element"]) for e in told["examples"]
    )
    return Score(told["metric"], told["value"], told["reason"], told["of"], examples)


def as_of_now(plan: Plan) -> Plan:
    """With the digest of the code and the hashes of the prompts as they are now."""
    prompts = {name: prompt.hash for name, prompt in sorted(load_prompts().prompts.items())}
    return plan.model_copy(update={"code": code_digest(), "prompts": prompts})


def code_digest() -> str:
    """Of all that can change an answer or a figure."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for file in sorted(path for name in CODE for path in (root / name).rglob("*") if path.is_file()):
        if "__pycache__" not in file.parts and file.suffix in {".py", ".md", ".yaml", ".txt", ".jsonl"}:
            digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def jobs_of(plan: Plan) -> tuple[Job, ...]:
    """The longest stories first: they end last."""
    jobs: list[Job] = []
    if plan.phase != FEEDBACK:
        wanted = Phase(plan.phase) if plan.phase else plan.until
        for subject in sorted(subjects_of(plan), key=lambda one: -len(one.text)):
            jobs += [StoryJob(subject, wanted or subject.until, repeat) for repeat in range(plan.repeats)]
    if plan.phase in {None, FEEDBACK} and plan.pool == "known":
        for case in read_cases().feedback:
            if fnmatch(case.id, plan.stories):
                jobs += [FeedbackJob(case.id, case.part, repeat) for repeat in range(plan.repeats)]
    return tuple(jobs)


def subjects_of(plan: Plan) -> tuple[Subject, ...]:
    """The stories that a plan tells; as tapes were asked for them, where tapes answer."""
    found = pool_subjects(OPEN, plan.stories) if plan.pool == "open" else subjects(plan.stories, plan.beside)
    taped = plan.choice.models == "tapes"
    return tuple(replace(one, settings=AS_TAPED) for one in found) if taped else found


async def run(
    plan: Plan, folder: Path, workers: int | None, heard: Callable[[Done, int], None], jobs: Sequence[Job] | None = None
) -> tuple[CaseScores, ...]:
    """Goes on where the folder's run was stopped. `heard` is told of every job, and how many there are. Raises
    RunWrong when the folder holds another run."""
    begin(plan, folder)
    todo = jobs_of(plan) if jobs is None else jobs
    done: list[Done] = []
    async with aclosing(_done(todo, plan.choice, folder, workers)) as ended:
        async for one in ended:
            done.append(one)
            heard(one, len(todo))
    return keep_scores(folder, plan, todo, done)


async def _done(jobs: Sequence[Job], choice: ModelChoice, folder: Path, workers: int | None) -> AsyncGenerator[Done]:
    if choice.models == "offline":
        async with (
            open_process_pool(workers) as pool,
            aclosing(_as_they_end([pool.run(told_apart, job, choice, folder) for job in jobs])) as ended,
        ):
            async for one in ended:
                yield one
        return
    places = asyncio.Semaphore(workers or AT_ONCE)

    async def in_turn(job: Job) -> Done:
        async with places:
            return await told(job, choice, folder)

    async with aclosing(_as_they_end([in_turn(job) for job in jobs])) as ended:
        async for one in ended:
            yield one


async def _as_they_end(work: Sequence[Coroutine[Any, Any, Done]]) -> AsyncGenerator[Done]:
    """When one fails, or nobody listens any more, the others are stopped and waited for."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        for ended in asyncio.as_completed(tasks):
            yield await ended
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def begin(plan: Plan, folder: Path) -> None:
    """Writes the plan down, or checks that it is the one that is there. Raises RunWrong."""
    file = folder / "run.json"
    if file.is_file():
        before = read_plan(folder)
        if before != plan:
            changed = [name for name in Plan.model_fields if getattr(before, name) != getattr(plan, name)]
            raise RunWrong(f"{folder} holds a run with another {', '.join(changed)}; begin a new one")
        return
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(plan.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_plan(folder: Path) -> Plan:
    """Raises RunWrong."""
    try:
        return Plan.of(json.loads((folder / "run.json").read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise RunWrong(f"{folder} holds no run: {error}") from error


def keep_scores(folder: Path, plan: Plan, jobs: Iterable[Job], done: Iterable[Done]) -> tuple[CaseScores, ...]:
    """All figures, in the order of ids."""
    rules: dict[str, Rules] = {job.id: job.subject.rules for job in jobs if isinstance(job, StoryJob)}
    rules |= {case.id: case.rules for case in read_cases().feedback}
    found = sorted((_kept(one, rules.get(one.id, "held_out"), plan) for one in done), key=lambda c: (c.case, c.repeat))
    lines = (json.dumps(one.to_json(), ensure_ascii=False, separators=(",", ":")) + "\n" for one in found)
    (folder / "scores.jsonl").write_text("".join(lines), encoding="utf-8")
    return tuple(found)


def _kept(done: Done, rules: Rules, plan: Plan) -> CaseScores:
    from evals.all_scorers import METRICS

    wanted = [score for score in done.scores if plan.phase is None or METRICS[score.metric].phase == plan.phase]
    return CaseScores(
        case=done.id,
        repeat=done.repeat,
        rules=rules,
        outputs=done.outputs,
        scores=tuple(json.loads(json.dumps(asdict(score))) for score in wanted),
    )


def read_scores(folder: Path) -> tuple[CaseScores, ...]:
    """Raises RunWrong."""
    try:
        lines = (folder / "scores.jsonl").read_text(encoding="utf-8").splitlines()
        return tuple(CaseScores.of(json.loads(line)) for line in lines)
    except (OSError, ValueError) as error:
        raise RunWrong(f"{folder} has no figures that can be read: {error}") from error


def samples_of(folder: Path, jobs: Iterable[Job]) -> tuple[Sample, ...]:
    """What a run told, the first time each story was told in it."""
    store = Store(folder)
    stories = (job.subject for job in jobs if isinstance(job, StoryJob) and job.repeat == 0)
    return tuple(sample_of(subject, store.of(subject.id, 0)) for subject in stories)


def score_again(folder: Path) -> tuple[CaseScores, ...]:
    """Today's scorers over the answers of an old run; nobody is asked."""
    from evals.run_jobs import scored

    plan, store = read_plan(folder), Store(folder)
    jobs = jobs_of(plan)
    done = (scored(job, store.of(job.id, job.repeat)) for job in jobs)
    return keep_scores(folder, plan, jobs, done)
