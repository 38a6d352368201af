"""A text mind as the nodes hand it to an agent: patient with the provider, and counted on the work."""

from dataclasses import dataclass
from typing import TypeVar

from agents.retry import Backoff, Clock, retried
from graph.ledger import Ledger
from manga.phases import Phase
from manga.values import Value
from providers.base import Ask, TextModel

Answer = TypeVar("Answer", bound=Value)


@dataclass(frozen=True, slots=True)
class CountedText:
    """Obeys the TextModel port. Counters: `text_calls` and `text_calls:{phase}`, each try one call."""

    inner: TextModel
    ledger: Ledger
    clock: Clock
    policy: Backoff
    work: str
    phase: Phase

    @property
    def name(self) -> str:
        return self.inner.name

    async def answer(self, ask: Ask[Answer]) -> Answer:
        async def once() -> Answer:
            await self.ledger.count(self.work, {"text_calls": 1, f"text_calls:{self.phase.value}": 1})
            return await self.inner.answer(ask)

        return await retried(once, self.policy, self.clock)
