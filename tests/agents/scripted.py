"""A text model that answers what it was told to, and remembers what it was asked."""

from typing import Any

from manga.values import Value
from providers.base import Answer, Ask


class ScriptedText:
    name = "scripted"

    def __init__(self, answer: Value) -> None:
        self.given = answer
        self.asked: list[Ask[Any]] = []

    def takes_whole(self, prompt_id: str) -> bool:
        return True

    async def answer(self, ask: Ask[Answer]) -> Answer:
        self.asked.append(ask)
        assert isinstance(self.given, ask.output_type)
        return self.given
