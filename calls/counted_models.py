"""Models as the nodes hand them to agents: every call takes its turn and is counted on the work."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from calls.ledger import Ledger
from calls.money import Purse
from calls.rate_limits import Turns
from manga.errors import AnswerInvalid
from manga.panel_brief import PanelBrief
from manga.values import Value
from providers.base import Ask, ImageModel, Picture, Sheet, SheetBrief, Spent, TextModel, unlistened
from providers.model_wrappers import (
    WrappedImages,
    WrappedText,
    paid_model,
)
from storage.base import Api

Answer = TypeVar("Answer", bound=Value)


@dataclass(frozen=True, slots=True)
class CountedText(WrappedText):
    """Obeys the TextModel port. `asker` is a phase word, or `feedback`. With `turns` every call of a model behind a key
    takes its own.

    Counters: `text_calls` and `text_calls:{asker}`; of models behind a key also `input_tokens`, `output_tokens`,
    `text_microusd` and `unpriced_calls`.
    """

    inner: TextModel
    ledger: Ledger
    work: str
    asker: str
    turns: Turns | None = None
    heard: Callable[[int], None] = unlistened

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Counts before each call: one that fails was made all the same. What it used is known when it is over."""
        model = paid_model(self.inner, ask.prompt_id)
        if model is None:
            await self._count_call()
            return await self.inner.answer(ask)
        calls: list[Spent] = []
        async with self._watched(model):
            try:
                return await self.inner.answer(replace(ask, spent=calls.append, turn=self._turn, heard=self.heard))
            finally:
                if calls:
                    await self._count(self._used(calls))

    @asynccontextmanager
    async def _watched(self, model: str) -> AsyncIterator[None]:
        """Raises ProviderBusy without a call while the model is left alone."""
        if self.turns is None:
            yield
            return
        async with self.turns.watched(model):
            yield

    async def _turn(self) -> None:
        if self.turns is not None:
            await self.turns.turn(Api.TEXT, self.work)
        await self._count_call()

    async def _count_call(self) -> None:
        await self._count({"text_calls": 1, f"text_calls:{self.asker}": 1})

    async def _count(self, counters: dict[str, int]) -> None:
        await self.ledger.count(self.work, counters)

    @staticmethod
    def _used(calls: Sequence[Spent]) -> dict[str, int]:
        used = {
            "input_tokens": sum(call.input_tokens for call in calls),
            "output_tokens": sum(call.output_tokens for call in calls),
            "text_microusd": sum(microusd(call.cost_usd) for call in calls),
            "unpriced_calls": sum(call.cost_usd is None for call in calls),
        }
        return {name: count for name, count in used.items() if count}


def microusd(cost_usd: float | None) -> int:
    """What counters hold of a cost."""
    return round((cost_usd or 0.0) * 1_000_000)


@dataclass(frozen=True, slots=True)
class CountedImages(WrappedImages):
    """Obeys the ImageModel port. Counts `images` and `image_microusd` of what was paid for, before anything else can
    happen to the picture: what cannot be decoded or stored has cost all the same."""

    inner: ImageModel
    ledger: Ledger
    work: str
    purse: Purse

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        return await self._paid(self.inner.draw(brief, sheets, simplified=simplified))

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        return await self._paid(self.inner.draw_sheet(brief))

    async def _paid(self, drawing: Awaitable[Picture]) -> Picture:
        try:
            picture = await drawing
        except AnswerInvalid as error:
            if error.cost_usd:
                await self._count(error.cost_usd)
            raise
        await self._count(picture.cost_usd)
        return picture

    async def _count(self, cost_usd: float) -> None:
        self.purse.spend(cost_usd)
        await self.ledger.count(self.work, {"images": 1, "image_microusd": microusd(cost_usd)})
