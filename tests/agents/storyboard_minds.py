"""Text minds for phase 4 in batches: they answer as the stub does, then something is spoilt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_jsonable_python

from manga.errors import MangaError
from providers.base import Ask
from tests.gemini.storyboards import ANSWERS

Spoil = Callable[[Ask[Any], Any], Any]
"""A question and its good answer in, what the mind says instead out."""


@dataclass
class BatchMind:
    """Remembers what it was asked. `spoils` come one a question, in the order of asking; then all answers are good."""

    spoils: list[Spoil | MangaError | None] = field(default_factory=list)
    always: Spoil | None = None
    asks: list[Ask[Any]] = field(default_factory=list)
    name: str = "batch/1"

    def takes_whole(self, prompt_id: str) -> bool:
        return False

    async def answer(self, ask: Ask[Any]) -> Any:
        self.asks.append(ask)
        spoil = self.spoils.pop(0) if self.spoils else self.always
        if isinstance(spoil, MangaError):
            raise spoil
        good = ask.output_type.of(ANSWERS[ask.prompt_id](to_jsonable_python(ask.inputs)))
        return spoil(ask, good) if spoil is not None else good

    def asked(self, prompt_id: str) -> list[Ask[Any]]:
        return [ask for ask in self.asks if ask.prompt_id == prompt_id]

    @property
    def pages(self) -> list[list[int]]:
        """The page numbers of each batch that was asked for."""
        return [[task.number for task in ask.inputs["pages"]] for ask in self.asked("storyboard_pages")]
