"""Several text models as one: a question goes to the one that is named for it, every other to the usual one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from providers.base import Answer, Ask, TextModel
from providers.chat import ChatText


@dataclass(frozen=True, slots=True)
class RoutedText:
    """Obeys the TextModel port. `own` is by prompt id; a phase's batches (`plot_part`) go where the phase goes."""

    usual: TextModel
    own: Mapping[str, TextModel] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.usual.name

    def takes_whole(self, prompt_id: str) -> bool:
        return self.mind(prompt_id).takes_whole(prompt_id)

    async def answer(self, ask: Ask[Answer]) -> Answer:
        return await self.mind(ask.prompt_id).answer(ask)

    def mind(self, prompt_id: str) -> TextModel:
        return self.own.get(prompt_id) or self.own.get(prompt_id.partition("_")[0], self.usual)


def mind_for(text: TextModel, prompt_id: str) -> str:
    """Who answers this question, for a recipe: the name, or the version that answered where it is told."""
    mind = _mind(text, prompt_id)
    return mind.answered if isinstance(mind, ChatText) else mind.name


def paid_model(text: TextModel, prompt_id: str) -> str | None:
    """The model behind a key, or on a server, that this question goes to; None for a model of our own."""
    mind = _mind(text, prompt_id)
    return mind.name if isinstance(mind, ChatText) else None


def _mind(text: TextModel, prompt_id: str) -> TextModel:
    return text.mind(prompt_id) if isinstance(text, RoutedText) else text
