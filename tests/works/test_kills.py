"""kill -9 at every step of a reviewed work, and at moments in between: no version, event or picture is lost or doubled,
and the book is the one that comes undisturbed."""

import asyncio
import json
import random
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from graph.build import build_graph
from graph.checkpointer import open_checkpointer
from graph.thread_config import config_of
from manga.phases import PHASES
from storage.base import EventType
from storage.database import Pool, connection
from storage.event_outbox import read_events
from storage.versions import list_versions
from storage.works import read_counters
from tests.graph.crew import CREW, studio
from tests.graph.told import PANELS, brief
from works.accept_work import Request, accept
from works.queue.job_queue import open_queue

pytestmark = [pytest.mark.anyio, pytest.mark.slow, pytest.mark.timeout(400)]
NEVER = 10_000
MOMENTS = 20
PARTS = 4
in_parts = pytest.mark.parametrize("part", range(PARTS))
"""So that processes can share the kills out."""


@dataclass(frozen=True)
class Told:
    """What is left of a work when it is done."""

    book: str
    phases: tuple[str, ...]
    completes: int
    reviews: dict[str, int]
    drawn: int


async def process(pool: Pool, folder: Path, work: UUID, last: int) -> asyncio.subprocess.Process:
    arguments = (str(pool.conninfo), str(folder), str(work), str(last))
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.works.victim", *arguments, stdout=asyncio.subprocess.PIPE
    )


async def begun(pool: Pool) -> UUID:
    return (await accept(pool, await open_queue(pool), Request(brief(feedback=True)))).work.id


async def finished(pool: Pool, folder: Path, work: UUID) -> int:
    """Goes on to the end; answers how many steps that took."""
    victim = await process(pool, folder, work, NEVER)
    out, _ = await victim.communicate()
    assert victim.returncode == 0
    return int(out)


async def told(pool: Pool, work: UUID) -> Told:
    graph = build_graph(studio().services, await open_checkpointer(pool), steps=CREW)
    state = await graph.aget_state(config_of(str(work), None))
    async with connection(pool) as conn:
        versions = await list_versions(conn, work)
        events = await read_events(conn, work)
        counters = await read_counters(conn, work)
    completes = [event.data["phase"] for event in events if event.type is EventType.PHASE_COMPLETE]
    asked = Counter(str(e.data["interrupt_id"]) for e in events if e.type is EventType.REVIEW_REQUESTED)
    return Told(
        json.dumps(state.values["finishing"], sort_keys=True),
        tuple(version.phase for version in versions),
        len(completes),
        dict(sorted(Counter(asked.values()).items())),  # type: ignore[arg-type]
        counters["images_drawn"],
    )


@in_parts
async def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(pool: Pool, tmp_path: Path, part: int) -> None:
    alone = await begun(pool)
    steps = await finished(pool, tmp_path / "alone", alone)
    undisturbed = await told(pool, alone)
    assert undisturbed.phases == tuple(PHASES)
    assert undisturbed.drawn == PANELS
    for last in range(1 + part, steps + 1, PARTS):
        work = await begun(pool)
        victim = await process(pool, tmp_path / str(last), work, last)
        assert await victim.wait() == -signal.SIGKILL
        await finished(pool, tmp_path / str(last), work)
        assert await told(pool, work) == undisturbed, f"killed at step {last} of {steps}"


@in_parts
async def test_kills_at_random_moments_lose_nothing_and_double_nothing(pool: Pool, tmp_path: Path, part: int) -> None:
    alone = await begun(pool)
    loop = asyncio.get_running_loop()
    since = loop.time()
    await finished(pool, tmp_path / "alone", alone)
    took = loop.time() - since
    undisturbed = await told(pool, alone)
    for moment in range(part, MOMENTS, PARTS):
        work = await begun(pool)
        victim = await process(pool, tmp_path / str(moment), work, NEVER)
        try:
            await asyncio.wait_for(victim.wait(), random.Random(moment).uniform(0.3, 1.0) * took)
        except TimeoutError:
            victim.kill()
            await victim.wait()
        await finished(pool, tmp_path / str(moment), work)
        assert await told(pool, work) == undisturbed, f"killed at moment {moment}"
