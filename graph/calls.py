"""A text mind as the nodes hand it to an agent: every call is counted on the work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from graph.ledger import Ledger
from manga.values import Value
from providers.base import Ask, Spent, TextModel

Answer = TypeVar("Answer", bound=Value)


@dataclass(frozen=True, slots=True)
class CountedText:
    """Obeys the TextModel port. `asker` is a phase word, or `feedback`.

    Counters: `text_calls` and `text_calls:{asker}`; of models behind a key also `input_tokens`, `output_tokens`,
    `text_microusd` and `unpriced_calls`.
    """

    inner: TextModel
    ledger: Ledger
    work: str
    asker: str

    @property
    def name(self) -> str:
        return self.inner.name

    def takes_whole(self, prompt_id: str) -> bool:
        return self.inner.takes_whole(prompt_id)

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Counts first: a call that fails was made all the same. What it used is known when it is over."""
        await self._count({"text_calls": 1, f"text_calls:{self.asker}": 1})
        calls: list[Spent] = []
        try:
            return await self.inner.answer(replace(ask, spent=calls.append))
        finally:
            if calls:
                await self._count(self._used(calls))

    async def _count(self, counters: dict[str, int]) -> None:
        await self.ledger.count(self.work, counters)

    def _used(self, calls: Sequence[Spent]) -> dict[str, int]:
        more = len(calls) - 1
        used = {
            "text_calls": more,
            f"text_calls:{self.asker}": more,
            "input_tokens": sum(call.input_tokens for call in calls),
            "output_tokens": sum(call.output_tokens for call in calls),
            "text_microusd": sum(round((call.cost_usd or 0.0) * 1_000_000) for call in calls),
            "unpriced_calls": sum(call.cost_usd is None for call in calls),
        }
        return {name: count for name, count in used.items() if count}
