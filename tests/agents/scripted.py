"""A text model that answers what it was told to, and remembers what it was asked."""

from typing import Any

from manga.values import Value
from providers.base import AmpleRoom, Answer, Ask, Room


class ScriptedText:
    name = "scripted"

    def __init__(self, answer: Value) -> None:
        self.given = answer
        self.asked: list[Ask[Any]] = []

    def answers(self, prompt_id: str) -> bool:
        return False

    def room(self, prompt_id: str) -> Room | None:
        return None

    async def answer(self, ask: Ask[Answer]) -> Answer:
        self.asked.append(ask)
        assert isinstance(self.given, ask.output_type)
        return self.given


class Narrow(ScriptedText):
    """Asked as models are, by so much as a question holds."""

    def room(self, prompt_id: str) -> Room:
        return AmpleRoom()
