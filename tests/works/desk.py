"""One work in the hands of a person, with everything real but the models."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

from calls.ledger import PostgresLedger
from graph.build import build_graph
from graph.checkpointer import open_checkpointer
from storage.base import EventType, Version, Work
from storage.database import Pool, connection
from storage.event_outbox import read_events
from storage.object_store import FolderBlobs
from storage.versions import list_versions
from storage.works import read_work
from tests.graph.crew import CREW, Studio, studio
from tests.graph.told import brief
from works.accept_work import Request, accept
from works.base import Json
from works.composition import GraphStory
from works.queue.job_queue import Queue, Timers, open_queue
from works.reviews.answers import Reply, reply
from works.run import Runner
from works.run_journal import Journal

APPROVE: Json = {"action": "approve"}
BLOBS = "blobs"
"""The folder of a test's objects."""


@dataclass
class Desk:
    """One work in the hands of a person: everything real but the models."""

    pool: Pool
    queue: Queue
    runner: Runner
    it: Studio
    work_id: UUID = field(default_factory=uuid4)

    async def run(self) -> Work:
        return await self.runner.run(self.work_id)

    async def work(self) -> Work:
        async with connection(self.pool) as conn:
            return await read_work(conn, self.work_id)

    async def answer(self, answer: Json, **how: object) -> Work:
        """The work as it stands after the answer was carried out."""
        await reply(self.pool, self.queue, self.work_id, Reply(answer, **how))  # type: ignore[arg-type]
        return await self.run()

    async def versions(self) -> list[Version]:
        async with connection(self.pool) as conn:
            return await list_versions(conn, self.work_id)

    async def types(self) -> list[EventType]:
        async with connection(self.pool) as conn:
            return [event.type for event in await read_events(conn, self.work_id)]


async def opened(pool: Pool, tmp_path: Path, *, feedback: bool) -> Desk:
    work = (await accept(pool, await open_queue(pool), Request(brief(feedback=feedback)))).work
    desk = await desk_at(pool, tmp_path, work.id)
    await desk.run()
    return desk


async def desk_at(pool: Pool, tmp_path: Path, work_id: UUID) -> Desk:
    """Somebody new, at a work that is there."""
    it = studio()
    blobs = FolderBlobs(tmp_path / BLOBS)
    services = replace(it.services, ledger=PostgresLedger(pool), blobs=blobs)
    graph = build_graph(services, await open_checkpointer(pool), steps=CREW)
    queue = await open_queue(pool)
    story = GraphStory(graph, services)
    runner = Runner(Journal(pool), story, blobs, asyncio.Event(), timers=Timers(queue))
    return Desk(pool, queue, runner, replace(it, services=services, graph=graph, work=str(work_id)), work_id)
