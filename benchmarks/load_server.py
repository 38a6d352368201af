"""The real service with models that take their time: what `benchmarks.load` puts under load.

Every phase takes what real models take, divided by a scale. The words and pictures are the offline models', and what
the process pool makes is made once and then remembered: the works of one story are alike, and the load is on the
service, not on the cores that draw.

python -m benchmarks.load_server SCALE serve|api|work      `serve` and `api` print their address; `api` does not work

Until SIGUSR1 models are `WARM` times as fast as real ones: nobody waits for a first work that is not measured.
"""

import asyncio
import logging
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from typing import Any, Final, ParamSpec, TypeVar

from calls.services import Services
from cli.start_servers_early import started
from drawing.lettering.letter_page import letter_page
from manga.panel_brief import PanelBrief
from offline.artist import OfflineArtist
from offline.writer import OfflineWriter
from providers.base import Answer, Ask, ImageModel, Offload, Picture, Sheet, SheetBrief, TextModel
from providers.model_wrappers import (
    WrappedImages,
    WrappedText,
)
from server.serve import read_settings, serve
from storage.choose_servers import ServerHold
from storage.settings import StorageSettings
from works.composition import Furnish, open_house
from works.queue.worker import keep_working

P = ParamSpec("P")
R = TypeVar("R")

TEXT_S: Final = {"concept": 10.0, "characters": 12.0, "plot": 8.0, "storyboard": 12.0}
PICTURES_S: Final = 40.0
LETTERING_S: Final = 6.0
FINISHING_S: Final = 9.0
PICTURES: Final = 20
AT_ONCE: Final = 5
MODELS_S: Final = sum(TEXT_S.values()) + PICTURES_S + LETTERING_S + FINISHING_S
"""Of one work that waits for nothing but its models, at scale 1."""
WARM: Final = 20.0
_DRAWN_IN_PHASES: Final[dict[object, float]] = {letter_page: LETTERING_S + FINISHING_S}
"""Both before the last phase, where works take turns: one that sleeps there would keep others waiting for nothing."""


@dataclass(slots=True)
class Pace:
    """How many times as fast as real ones models are."""

    scale: float


@dataclass(slots=True)
class Remembered:
    """An `Offload` that makes nothing twice, and takes as long as the phases that have no model."""

    pool: Offload
    pace: Pace
    _made: dict[str, "asyncio.Future[Any]"] = field(default_factory=dict)

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the pool makes of it, or made of it before."""
        await asyncio.sleep(_DRAWN_IN_PHASES.get(work, 0.0) / self.pace.scale)
        name = sha256(pickle.dumps((work.__qualname__, args, kwargs))).hexdigest()
        if name not in self._made:
            self._made[name] = asyncio.ensure_future(self.pool.run(work, *args, **kwargs))
        found: R = await asyncio.shield(self._made[name])
        return found


@dataclass(frozen=True, slots=True)
class SlowText(WrappedText):
    """A `TextModel` that thinks for a while."""

    inner: TextModel
    pace: Pace

    async def answer(self, ask: Ask[Answer]) -> Answer:
        await asyncio.sleep(TEXT_S.get(ask.prompt_id, 0.0) / self.pace.scale)
        return await self.inner.answer(ask)


@dataclass(frozen=True, slots=True)
class SlowImages(WrappedImages):
    """An `ImageModel` whose twenty pictures, five at a time, take the phase's time."""

    inner: ImageModel
    pace: Pace

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        await asyncio.sleep(PICTURES_S / (PICTURES / AT_ONCE) / self.pace.scale)
        return await self.inner.draw(brief, sheets, simplified=simplified)

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        return await self.inner.draw_sheet(brief)


def slow(pace: Pace, services: Services) -> Services:
    """Other models in the place of the offline ones."""
    offload = Remembered(services.offload, pace)
    return replace(
        services,
        text=SlowText(OfflineWriter(offload), pace),
        images=SlowImages(OfflineArtist(offload), pace),
        offload=offload,
    )


def _told(address: str) -> None:
    print(address, flush=True)


async def _work(furnish: Furnish, hold: ServerHold, storage: StorageSettings) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with open_house(storage, await hold.wait_async(), stop=stop, furnish=furnish) as house:
        _told("works")
        await keep_working(house, stop)


def main(scale: float, what: str) -> int:
    """Until SIGTERM."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    pace = Pace(max(scale, WARM))
    signal.signal(signal.SIGUSR1, lambda *_: setattr(pace, "scale", scale))
    furnish = partial(slow, pace)
    with started() as (hold, storage):
        if what == "work":
            asyncio.run(_work(furnish, hold, storage))
            return 0
        settings = read_settings({"port": 0, "requests_a_minute": 1_000_000, "workers_inside": what == "serve"})
        asyncio.run(serve(settings, storage, hold, _told, furnish=furnish))
    return 0


if __name__ == "__main__":
    # By its name: what the pool is given must not live in a module called `__main__`.
    from benchmarks.load_server import main as named

    sys.exit(named(float(sys.argv[1]), sys.argv[2]))
