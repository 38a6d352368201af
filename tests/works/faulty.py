"""One work that writes or draws by a model of Google's, through the real SDKs over HTTP; all else is real but scripted
models and a clock that only writes down how long somebody would have waited."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from pydantic import SecretStr

from calls.ledger import PostgresLedger
from graph.build import STEPS, build_graph
from graph.checkpointer import open_checkpointer
from manga.characters import Cast
from manga.errors import MangaError
from manga.phases import Phase
from prompts.library import PromptLibrary, load_prompts
from providers.google.images import GoogleImages
from providers.google.text import GoogleText
from providers.model_wrappers import RoutedText
from storage.base import Work
from storage.database import Pool, connection
from storage.object_store import FolderBlobs
from storage.works import read_work
from tests.gemini.server import Gemini
from tests.graph.crew import CREW, Studio, studio
from tests.graph.told import CAST, brief
from works.accept_work import Request, accept
from works.base import Json
from works.composition import GraphStory
from works.queue.job_queue import Timers, open_queue
from works.run import Runner
from works.run_journal import Journal

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
WRITER = "gemini-3.8-flash"
ARTIST = "gemini-nano-banana-2.1"
KEY = SecretStr("no-key-of-anybody")
PATIENT_S = 30.0
HASTY_S = 0.3
"""What a model has for an answer, in real time; a hasty call is for those that never get one."""


@cache
def prompts() -> PromptLibrary:
    return load_prompts()


@dataclass
class Faulty:
    """`runner` runs `work_id`; `slept` is how long it would have waited, in seconds."""

    pool: Pool
    runner: Runner
    it: Studio
    work_id: UUID

    async def run(self) -> MangaError | None:
        """What ended the run; None when nothing did."""
        try:
            await self.runner.run(self.work_id)
        except MangaError as error:
            return error
        return None

    async def work(self) -> Work:
        async with connection(self.pool) as conn:
            return await read_work(conn, self.work_id)

    async def values(self) -> Json:
        return await self.runner.story.values(self.work_id)

    @property
    def slept(self) -> list[float]:
        return self.it.clock.slept


def extras() -> Cast:
    """People who get no sheet: only panels are drawn."""
    return Cast(characters=tuple(person.model_copy(update={"role": "minor"}) for person in CAST.characters))


@asynccontextmanager
async def concept_by_google(
    pool: Pool, folder: Path, gemini: Gemini, *, timeout_s: float = PATIENT_S, work_id: UUID | None = None
) -> AsyncIterator[Faulty]:
    """The concept is asked of Gemini, everything else is scripted. Without a work a new one is accepted."""
    it = studio(panels=1)
    model = GoogleText(WRITER, KEY, prompts(), timeout_s=timeout_s, base_url=gemini.url)
    text = RoutedText(it.text, {"concept": model})
    services = replace(it.services, text=text, prompts=prompts())
    try:
        yield await _faulty(pool, folder, replace(it, services=services), work_id)
    finally:
        await model.aclose()


@asynccontextmanager
async def pictures_by_google(
    pool: Pool,
    folder: Path,
    gemini: Gemini,
    *,
    timeout_s: float = PATIENT_S,
    work_id: UUID | None = None,
    panels: int = 1,
) -> AsyncIterator[Faulty]:
    """Every panel is drawn by Gemini, everything else is scripted. Without a work a new one is accepted."""
    it = studio(panels=panels)
    it.text.given["characters"] = extras()
    images = GoogleImages(ARTIST, KEY, prompts(), it.services.offload, timeout_s=timeout_s, base_url=gemini.url)
    services = replace(it.services, images=images, prompts=prompts())
    try:
        yield await _faulty(pool, folder, replace(it, services=services), work_id)
    finally:
        await images.aclose()


async def _faulty(pool: Pool, folder: Path, it: Studio, work_id: UUID | None) -> Faulty:
    blobs = FolderBlobs(folder / "blobs")
    services = replace(it.services, ledger=PostgresLedger(pool), blobs=blobs)
    steps = {**CREW, Phase.CONCEPT: STEPS[Phase.CONCEPT]} if services.text is not it.text else CREW
    graph = build_graph(services, await open_checkpointer(pool), steps=steps)
    queue = await open_queue(pool)
    story = GraphStory(graph, services)
    runner = Runner(
        Journal(pool), story, blobs, asyncio.Event(), timers=Timers(queue),
        now=lambda: NOON, seconds=services.clock.monotonic,
    )  # fmt: skip
    if work_id is None:
        work_id = (await accept(pool, queue, Request(brief()))).work.id
    return Faulty(pool, runner, replace(it, services=services, graph=graph), work_id)
