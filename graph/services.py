"""The one place where ports meet their adapters. Everything a node needs from outside is in `Services`."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from agents.retry import Clock
from graph.calls import CountedImages, CountedText
from graph.concurrency import Desk, Desks, Gates, binderies, presses
from graph.ledger import Ledger, PlainLedger, PostgresLedger
from graph.models import open_images, open_text, read_minds, tariff_of
from graph.rate_limits import Models, Place, Turns, free_call
from graph.tariff import Tariff
from prompts.library import PromptLibrary, load_prompts
from providers.base import ImageModel, Offload, TextModel
from providers.process_pool import open_process_pool
from providers.routing import mind_for
from providers.settings import MindSettings
from storage.base import Allowance, Api, NoScenes, SceneCache, Unlimited
from storage.database import Pool
from storage.objects import BlobStore
from storage.settings import StorageSettings
from storage.tenant_limits import PicturesADay

if TYPE_CHECKING:
    from redis.asyncio import Redis


class SystemClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        return time.monotonic()

    def jitter(self) -> float:
        return random.random()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Services:
    """Ports, wired. Bound to the nodes when the graph is built; agents get the single port that they use."""

    text: TextModel
    images: ImageModel
    blobs: BlobStore
    ledger: Ledger
    offload: Offload
    prompts: PromptLibrary
    clock: Clock = field(default_factory=SystemClock)
    desks: Desks = field(default_factory=lambda: Desks(SystemClock()))
    allowance: Allowance = field(default_factory=Unlimited)
    scenes: SceneCache = field(default_factory=NoScenes)
    models: Models = field(default_factory=Models)
    tariff: Tariff = field(default_factory=Tariff)
    presses: Gates = field(default_factory=presses)
    binderies: Gates = field(default_factory=binderies)
    tenant_pictures: PicturesADay | None = None
    code: str = "source"

    @property
    def turns(self) -> Turns:
        return Turns(self.allowance, self.clock, self.models)

    def place(self, desk: Desk, work: str) -> Place:
        """Where this work's pictures and sheets are drawn one after another: the gate of a hand."""
        return Place(desk, self.clock, partial(self._call, desk, work) if self.images.paid else free_call)

    def hand(self, desk: Desk, work: str) -> ImageModel:
        """Who draws for this work; what is paid for is counted on it."""
        return CountedImages(self.images, self.ledger, work, desk.purse) if self.images.paid else self.images

    def asked_by(self, asker: str, work: str) -> CountedText:
        """Who answers this work's questions; `asker` is a phase word, or `feedback`."""
        return CountedText(self.text, self.ledger, work, asker, self.turns)

    async def reserve_pictures(self, work: str, pictures: int) -> None:
        """Keeps so many of today's pictures for the work, in place of what was kept before. Where there are fewer, the
        panels that get none wait for the next day."""
        if self.images.paid:
            await self.allowance.reserve(Api.IMAGES, work, pictures)

    @asynccontextmanager
    async def _call(self, desk: Desk, work: str) -> AsyncIterator[None]:
        """Affordable, and at its turn."""
        if desk.purse.limit_usd is not None and desk.purse.spent_usd is None:
            desk.purse.look(await self.ledger.counted(work))
            desk.purse.kept_usd = self.tariff.last_words_usd
        with desk.purse.holding(self.tariff.picture_usd):
            if self.tenant_pictures is not None:
                await self.tenant_pictures.take(desk.tenant)
            async with self.turns.call(Api.IMAGES, self.images.name, work, desk.deadline):
                yield

    def recipe(self, prompt_id: str, *, mind: str | None = None) -> dict[str, str]:
        """Which prompt, model and code make a result."""
        return {
            "prompt": self.prompts.hash_of(prompt_id, whole=self.text.takes_whole(prompt_id)),
            "mind": mind or mind_for(self.text, prompt_id),
            "code": self.code,
        }


@asynccontextmanager
async def open_services(
    settings: StorageSettings,
    *,
    pool: Pool | None = None,
    redis: "Redis | None" = None,
    minds: MindSettings | None = None,
) -> AsyncIterator[Services]:
    """The models that the settings name (offline without a key), their blob store, a process pool; versions and
    counters in `pool`'s database, and limits of paid models in Redis, where there is one. `minds` None: read from the
    environment. Raises SetupIncomplete.
    """
    from storage.object_store import open_blobs

    chosen = minds or read_minds()
    prompts = await asyncio.to_thread(load_prompts)
    ledger: Ledger = PlainLedger() if pool is None else PostgresLedger(pool)
    async with open_process_pool() as offload, AsyncExitStack() as stack:
        tariff = tariff_of(chosen, datetime.now(UTC).date())
        yield Services(
            text=open_text(chosen, prompts, offload, stack),
            images=open_images(chosen, prompts, offload, stack),
            blobs=open_blobs(settings),
            ledger=ledger,
            offload=offload,
            prompts=prompts,
            allowance=allowance_of(chosen, redis) if tariff.paid else Unlimited(),
            scenes=scenes_of(redis) if tariff.paid_pictures else NoScenes(),
            models=Models(chosen.calls_at_once),
            tariff=tariff,
            tenant_pictures=tenant_pictures_of(chosen, pool),
            code=_installed(),
        )


def scenes_of(redis: "Redis | None") -> SceneCache:
    """Pictures that may serve again are known in Redis alone: without it each is drawn."""
    if redis is None:
        return NoScenes()
    from storage.scene_cache import RedisScenes

    return RedisScenes(redis)


def tenant_pictures_of(minds: MindSettings, pool: Pool | None) -> PicturesADay | None:
    """What the settings allow a tenant a day; without a database nobody has a tenant."""
    most = minds.tenant_images_a_day
    return None if most is None or pool is None else PicturesADay(pool, most)


def allowance_of(minds: MindSettings, redis: "Redis | None") -> Allowance:
    """What the settings allow a day and a minute. Without Redis it is counted in this process."""
    from storage.provider_allowance import Limit, LocalAllowance, RedisAllowance

    limits = {
        Api.TEXT: Limit(minds.text_a_day, minds.text_a_minute),
        Api.IMAGES: Limit(minds.images_a_day, minds.images_a_minute),
    }
    return LocalAllowance(limits) if redis is None else RedisAllowance(redis, limits)


def _installed() -> str:
    """Which code makes the results, for their recipes."""
    try:
        return version("mangaka-studio")
    except PackageNotFoundError:  # run from a checkout
        return "source"
