"""The one place where ports meet their adapters. Everything a node needs from outside is in `Services`."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from agents.retry import Clock
from graph.desks import Desk, Desks
from graph.ledger import Ledger, PlainLedger, PostgresLedger
from graph.minds import open_images, open_text, read_minds
from graph.turns import Models, Place, Turns, place_for
from prompts.library import PromptLibrary, load_prompts
from providers.base import ImageModel, Offload, TextModel
from providers.offload import open_process_pool
from providers.routed import mind_for
from providers.settings import MindSettings
from storage.base import Allowance, BlobStore, Unlimited
from storage.database import Pool
from storage.settings import StorageSettings


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
    models: Models = field(default_factory=Models)
    code: str = "source"

    @property
    def turns(self) -> Turns:
        return Turns(self.allowance, self.clock, self.models)

    def place(self, desk: Desk, work: str) -> Place:
        """Where this work's pictures and sheets are drawn one after another: the gate of a hand."""
        return place_for(self.images, self.turns, desk, work)

    def recipe(self, prompt_id: str, *, mind: str | None = None) -> dict[str, str]:
        """Which prompt, mind and code make a result."""
        prompt = self.prompts.find(prompt_id)
        return {
            "prompt": prompt.hash if prompt else "",
            "mind": mind or mind_for(self.text, prompt_id),
            "code": self.code,
        }


@asynccontextmanager
async def open_services(
    settings: StorageSettings, *, pool: Pool | None = None, minds: MindSettings | None = None
) -> AsyncIterator[Services]:
    """The minds that the settings name (offline without a key), folder blobs, a process pool; versions and counters in
    `pool`'s database, where there is one. `minds` None: read from the environment. Raises SetupIncomplete.
    """
    from storage.blobs import FolderBlobs

    chosen = minds or read_minds()
    prompts = await asyncio.to_thread(load_prompts)
    ledger: Ledger = PlainLedger() if pool is None else PostgresLedger(pool)
    async with open_process_pool() as offload, AsyncExitStack() as stack:
        yield Services(
            text=open_text(chosen, prompts, offload, stack),
            images=open_images(chosen, prompts, offload, stack),
            blobs=FolderBlobs(settings.blobs_dir),
            ledger=ledger,
            offload=offload,
            prompts=prompts,
            code=_installed(),
        )


def _installed() -> str:
    """Which code makes the results, for their recipes."""
    try:
        return version("mangaka-studio")
    except PackageNotFoundError:  # run from a checkout
        return "source"
