"""What a node needs from outside, as ports: models, stores, clock, limits. `graph.open_services` opens them."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from agents.retry import Clock
from calls.counted_models import CountedImages, CountedText
from calls.ledger import Ledger
from calls.money import Tariff
from calls.rate_limits import Models, Place, Turns, free_call
from calls.running_works import Desk, Desks, Gates, binderies, presses
from prompts.library import PromptLibrary
from providers.base import ImageModel, Offload, TextModel, unlistened
from providers.model_wrappers import model_name
from storage.base import Allowance, Api, NoScenes, SceneCache, Unlimited
from storage.objects import BlobStore
from storage.tenant_limits import PicturesADay


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
    proves_pictures: bool = False
    """The text model can see, and looks at every picture that was paid for."""
    lettered: bool = False
    """Letters that an image model drew are looked for."""
    roughs: bool = False
    """Our own roughs of panels go along with what an image model draws them after."""

    @property
    def turns(self) -> Turns:
        return Turns(self.allowance, self.clock, self.models)

    def place(self, desk: Desk, work: str) -> Place:
        """Where this work's pictures and sheets are drawn one after another: the gate of the image model."""
        return Place(desk, self.clock, partial(self._call, desk, work) if self.images.paid else free_call)

    def images_of(self, desk: Desk, work: str) -> ImageModel:
        """Who draws for this work; what is paid for is counted on it."""
        return CountedImages(self.images, self.ledger, work, desk.purse) if self.images.paid else self.images

    def asked_by(self, asker: str, work: str, heard: Callable[[int], None] = unlistened) -> CountedText:
        """Who answers this work's questions; `asker` is a phase word, or `feedback`. `heard` is told of the pieces of
        answers while they come."""
        return CountedText(self.text, self.ledger, work, asker, self.turns, heard)

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

    def recipe(self, prompt_id: str, *, model: str | None = None) -> dict[str, str]:
        """Which prompt, model and code make a result."""
        made_by = model or model_name(self.text, prompt_id)
        return {
            "prompt": self.prompts.hash_of(prompt_id, self.text.answers),
            "model": made_by,
            "mind": made_by,  # the name of `model` in works of before 2026-11-30
            "code": self.code,
        }
