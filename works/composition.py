"""The composition root of a process that runs works: settings in, everything opened and wired, closed in order."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from calls.money import Tariff
from calls.rate_limits import Models
from calls.services import Services
from graph.build import MangaGraph, build_graph
from graph.checkpointer import FencedSaver, open_checkpointer
from graph.context import RunOptions
from graph.events import RunEvent
from graph.open_services import open_services, read_model_settings
from graph.run import run_graph
from graph.thread_config import config_of
from providers.base import Offload
from storage.base import Allowance, Command, Servers, Unlimited
from storage.database import Pool, open_database
from storage.encryption import keys_of
from storage.graph_events import GraphEvents
from storage.migrate import migrate
from storage.redis import WorkCache, open_redis
from storage.settings import StorageSettings
from storage.tenant_limits import PicturesADay
from works.base import Json, Listener, Ticket
from works.graph_stream import Feed
from works.instrumentation import WatchedRunner, watch
from works.observers import Watched
from works.queue.job_queue import Queue, Timers, open_queue, prepare_schema
from works.reviews.answers import branch_of, fork_state, resume_arguments
from works.reviews.review_page import LEVEL
from works.run import Runner, ignore_event
from works.run_journal import Journal

AFTER_THE_CALL_S = 30.0
"""A picture that came in time is still decoded and looked at; that may not cost it."""
RUNS_CONNECTIONS = 12
RUNS_PATIENCE_S = 60.0
"""Runs have connections of their own, so that a hundred of them keep no request waiting. One that waits for its turn
among the others waits longer than a request may: its database is not away."""
Furnish: TypeAlias = Callable[[Services], Services]


@dataclass(frozen=True, slots=True)
class GraphStory:
    """The real graph as the port `works.base.Story`."""

    graph: MangaGraph
    services: Services
    quality_level: int = 1
    images_at_once: int = 5
    image_timeout_s: float = 120.0
    feed: Feed | None = None

    def run(self, ticket: Ticket) -> AsyncIterator[RunEvent]:
        """See `works.base.Story`."""
        return self._run(ticket)

    async def _run(self, ticket: Ticket) -> AsyncGenerator[RunEvent]:
        order, work = ticket.order, str(ticket.work_id)
        options = RunOptions(
            ticket.tenant,
            images_at_once=self.images_at_once,
            image_timeout_s=self.image_timeout_s,
            max_cost_usd=ticket.brief.settings.max_cost_usd,
            working_seconds=ticket.working_seconds,
            branch=branch_of(order),
            quality_level=self.quality_level,
            last_try=ticket.last_try,
        )
        begin: dict[str, Any] = {}
        if order is not None:
            state = await self.graph.aget_state(config_of(work, None))
            begin = resume_arguments(order, frozenset(interrupt.id for interrupt in state.interrupts))
        recorder = await self.feed.recorder(ticket.work_id) if self.feed else None
        if recorder is not None:
            begin["record"] = recorder.part
        run = run_graph(
            self.graph, self.services, work, epoch=ticket.epoch, brief=ticket.brief, options=options, **begin
        )
        async with aclosing(run):
            async for event in run:
                yield event

    async def fork(self, ticket: Ticket, order: Command) -> str:
        """See `works.base.Story`."""
        old = config_of(str(ticket.work_id), ticket.epoch, order.target_checkpoint)
        new = await self.graph.aupdate_state(old, fork_state(order), as_node="confirm")
        return str(new["configurable"]["checkpoint_id"])

    async def values(self, work_id: UUID, *channels: str) -> Json:
        """See `works.base.Story`."""
        if channels and isinstance(saver := self.graph.checkpointer, FencedSaver):
            return await saver.aget_channels(str(work_id), channels)
        return dict((await self.graph.aget_state(config_of(str(work_id), None))).values)


@dataclass(frozen=True, slots=True)
class House:
    """An open house. `queue` only puts jobs in; who works opens one with a run (`works.queue.job_queue.open_queue`)."""

    database_url: str = field(repr=False)
    pool: Pool
    queue: Queue
    runner: Runner
    offload: Offload
    tariff: Tariff
    graph: MangaGraph
    feed: Feed
    models: Models
    allowance: Allowance = field(default_factory=Unlimited)
    tenant_pictures: PicturesADay | None = None
    tenant_images_a_day: int | None = None


def unchanged_services(services: Services) -> Services:
    """The default of `furnish`: the models that the settings name."""
    return services


@asynccontextmanager
async def open_pool(database_url: str) -> AsyncIterator[Pool]:
    """The database with all its tables up to date."""
    async with open_database(database_url) as pool:
        await migrate(pool)
        await prepare_schema(pool)
        yield pool


@asynccontextmanager
async def open_house(
    settings: StorageSettings,
    servers: Servers,
    *,
    stop: asyncio.Event,
    listen: Listener = ignore_event,
    alone: bool = False,
    watched: Watched | None = None,
    furnish: Furnish = unchanged_services,
) -> AsyncIterator[House]:
    """`watched` is told of every run here, in place of `listen`. `furnish` may put other models in the place of those
    that the settings name.

    Raises `DatabaseUnreachable`, `CacheUnreachable`, `SetupIncomplete`, ... before anything is begun."""
    async with AsyncExitStack() as stack:
        models = read_model_settings()
        pool = await stack.enter_async_context(open_pool(servers.database_url))
        own = open_database(servers.database_url, max_size=RUNS_CONNECTIONS, timeout_s=RUNS_PATIENCE_S)
        runs = await stack.enter_async_context(own)
        redis = await stack.enter_async_context(open_redis(servers.redis_url))
        services = furnish(
            await stack.enter_async_context(open_services(settings, pool=runs, redis=redis, models=models))
        )
        queue = await open_queue(pool)
        if watched is not None:
            services = watch(services, watched)
        saver = await open_checkpointer(runs, keys_of(settings))
        stack.push_async_callback(saver.settled)
        graph = build_graph(services, saver)
        cache = WorkCache(redis)
        stack.push_async_callback(cache.settled)
        journal, feed = Journal(runs, cache), Feed(runs, GraphEvents(redis))
        # A command's previews are drawn once, as its review page shows them.
        story = GraphStory(
            graph,
            services,
            quality_level=LEVEL if alone else 1,
            images_at_once=models.images_at_once,
            image_timeout_s=models.image_timeout_s + AFTER_THE_CALL_S,
            feed=None if alone else feed,
        )
        timers, seconds = Timers(queue, alone), services.clock.monotonic
        runner = Runner(journal, story, services.blobs, stop, listen, timers, seconds=seconds)
        if watched is not None:
            runner = WatchedRunner.of(runner, watched)
        yield House(
            servers.database_url,
            pool,
            queue,
            runner,
            services.offload,
            services.tariff,
            graph,
            feed,
            services.models,
            services.allowance,
            services.tenant_pictures,
            tenant_images_a_day=models.tenant_images_a_day,
        )
