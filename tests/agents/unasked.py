"""Models that are asked for proposals and notes, and a shelf in memory."""

from dataclasses import dataclass, field
from typing import Any

from manga.errors import MangaError, NotFound
from manga.values import Value
from providers.base import AMPLE, Ask, Room


@dataclass
class Proposing:
    """Answers what it was given, after some failures."""

    given: Value
    failures: list[MangaError] = field(default_factory=list)
    asks: list[Ask[Any]] = field(default_factory=list)
    name: str = "proposing/1"

    def answers(self, prompt_id: str) -> bool:
        return True

    def room(self, prompt_id: str) -> Room | None:
        return AMPLE

    async def answer(self, ask: Ask[Any]) -> Any:
        self.asks.append(ask)
        if self.failures:
            raise self.failures.pop(0)
        return ask.output_type.of(self.given.to_json())


class Cupboard:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    async def get(self, name: str) -> bytes:
        if name not in self.held:
            raise NotFound(name)
        return self.held[name]

    async def put(self, name: str, data: bytes, *, content_type: str = "") -> object:
        self.held[name] = data
        return None
