"""Models in front of other models: passed on as they are, or each question routed to the model named for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from providers.base import Answer, Ask, ImageModel, Room, TextModel
from providers.chat import ChatText
from providers.question_text import by_question


class WrappedText:
    """The part of the TextModel port that stays as it is. `inner` is the model behind."""

    __slots__ = ()
    inner: TextModel

    @property
    def name(self) -> str:
        return self.inner.name

    def answers(self, prompt_id: str) -> bool:
        return self.inner.answers(prompt_id)

    def room(self, prompt_id: str) -> Room | None:
        return self.inner.room(prompt_id)


class WrappedImages:
    """The part of the ImageModel port that stays as it is. `inner` is the image model behind."""

    __slots__ = ()
    inner: ImageModel

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def paid(self) -> bool:
        return self.inner.paid

    @property
    def most_sheets(self) -> int:
        return self.inner.most_sheets


@dataclass(frozen=True, slots=True)
class RoutedText:
    """Obeys the TextModel port. `own` is by question."""

    usual: TextModel
    own: Mapping[str, TextModel] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.usual.name

    def answers(self, prompt_id: str) -> bool:
        return self.model_for(prompt_id).answers(prompt_id)

    def room(self, prompt_id: str) -> Room | None:
        return self.model_for(prompt_id).room(prompt_id)

    async def answer(self, ask: Ask[Answer]) -> Answer:
        return await self.model_for(ask.prompt_id).answer(ask)

    def model_for(self, prompt_id: str) -> TextModel:
        return by_question(self.own, prompt_id, self.usual)


def model_name(text: TextModel, prompt_id: str) -> str:
    """Who answers this question, for a recipe: the name, or the version that answered where it is told."""
    model = _model(text, prompt_id)
    return model.answered if isinstance(model, ChatText) else model.name


def paid_model(text: TextModel, prompt_id: str) -> str | None:
    """The model behind a key, or on a server, that this question goes to; None for a model of our own."""
    model = _model(text, prompt_id)
    return model.name if isinstance(model, ChatText) else None


def _model(text: TextModel, prompt_id: str) -> TextModel:
    return text.model_for(prompt_id) if isinstance(text, RoutedText) else text
