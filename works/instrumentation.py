"""Wraps the runner, the models and the ledger so that observers see every run, call and counter."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from uuid import UUID

from calls.ledger import Finished, Ledger
from calls.services import Services
from editing.state_as_json import Json
from manga.panel_brief import PanelBrief
from providers.base import Answer, Ask, ImageModel, Picture, Sheet, SheetBrief, TextModel
from providers.model_wrappers import RoutedText, WrappedImages
from storage.base import Work
from storage.database import connection
from works.observers import ORIGIN, Watched
from works.run import Runner
from works.run_status import current_command


def watch(services: Services, watched: Watched) -> Services:
    """The same services; without observers they are left alone."""
    if not watched.observers:
        return services
    return replace(
        services,
        text=WatchedText(*_routes(services.text), watched=watched),
        images=WatchedImages(services.images, watched),
        ledger=WatchedLedger(services.ledger, watched),
    )


def _routes(text: TextModel) -> tuple[TextModel, dict[str, TextModel]]:
    return (text.usual, dict(text.own)) if isinstance(text, RoutedText) else (text, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedText(RoutedText):
    """Text models, by question: who asks still sees which model a question goes to."""

    watched: Watched

    async def answer(self, ask: Ask[Answer]) -> Answer:
        model = self.model_for(ask.prompt_id)
        with self.watched.call("text", ask.prompt_id, model.name):
            return await model.answer(ask)


@dataclass(frozen=True, slots=True)
class WatchedImages(WrappedImages):
    """Obeys the ImageModel port."""

    inner: ImageModel
    watched: Watched

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        with self.watched.call("image", "panel", self.name):
            return await self.inner.draw(brief, sheets, simplified=simplified)

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        with self.watched.call("image", "sheet", self.name):
            return await self.inner.draw_sheet(brief)


@dataclass(frozen=True, slots=True)
class WatchedLedger:
    """Obeys the Ledger port. What is written is told after it stands."""

    inner: Ledger
    watched: Watched

    async def commit(self, finished: Finished, *, epoch: int | None) -> tuple[str, bool]:
        return await self.inner.commit(finished, epoch=epoch)

    async def count(self, work: str, counters: dict[str, int]) -> None:
        await self.inner.count(work, counters)
        self.watched.counted(counters)

    async def counted(self, work: str) -> dict[str, int]:
        return await self.inner.counted(work)

    async def recall(self, work: str, digest: str) -> Json | None:
        return await self.inner.recall(work, digest)

    async def remember(self, work: str, digest: str, art: Json) -> None:
        await self.inner.remember(work, digest, art)
        self.watched.drawn(int((art.get("made") or {}).get("level", 0)))

    async def reuse(self, work: str, digest: str, art: Json, saved_microusd: int) -> None:
        await self.inner.reuse(work, digest, art, saved_microusd)
        self.watched.counted({"cache_hits": 1, "saved_microusd": saved_microusd})


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRunner(Runner):
    """Runs works; `watched` hears what they tell."""

    watched: Watched

    @classmethod
    def of(cls, runner: Runner, watched: Watched) -> "WatchedRunner":
        """The same runner, watched."""
        own = {field.name: getattr(runner, field.name) for field in fields(Runner)}
        return cls(**(own | {"listen": watched.heard}), watched=watched)

    async def run(self, work_id: UUID) -> Work:
        with self.watched.run(work_id, await self._origin(work_id)):
            return await Runner.run(self, work_id)

    async def _origin(self, work_id: UUID) -> dict[str, str]:
        """The request that asked for this run, as far as it is known."""
        async with connection(self.journal.pool) as conn:
            command = await current_command(conn, work_id)
        return dict(command.payload.get(ORIGIN) or {}) if command is not None else {}
