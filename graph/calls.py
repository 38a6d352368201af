"""A text mind as the nodes hand it to an agent: every call is counted on the work."""

from dataclasses import dataclass
from typing import TypeVar

from graph.ledger import Ledger
from manga.phases import Phase
from manga.values import Value
from providers.base import Ask, TextModel

Answer = TypeVar("Answer", bound=Value)


@dataclass(frozen=True, slots=True)
class CountedText:
    """Obeys the TextModel port. Counters: `text_calls` and `text_calls:{phase}`."""

    inner: TextModel
    ledger: Ledger
    work: str
    phase: Phase

    @property
    def name(self) -> str:
        return self.inner.name

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Counts first: a call that fails was made all the same."""
        await self.ledger.count(self.work, {"text_calls": 1, f"text_calls:{self.phase.value}": 1})
        return await self.inner.answer(ask)
