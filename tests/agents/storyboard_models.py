"""Text models for phase 4 in batches: they answer as the stub does, then something is spoilt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_jsonable_python

from agents.storyboard.agent import make_storyboard
from manga.errors import MangaError
from manga.storyboard import PageDraft, Storyboard
from providers.base import AMPLE, Ask, Room
from tests.gemini import storyboards, wish_answers
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

ANSWERS = {**storyboards.ANSWERS, **wish_answers.ANSWERS}
Spoil = Callable[[Ask[Any], Any], Any]
"""A question and its good answer in, what the model says instead out."""


PAGES = 12


@dataclass
class BatchModel:
    """Remembers what it was asked. `spoils` come one a question, in the order of asking; then all answers are good."""

    spoils: list[Spoil | MangaError | None] = field(default_factory=list)
    always: Spoil | None = None
    asks: list[Ask[Any]] = field(default_factory=list)
    name: str = "batch/1"

    def answers(self, prompt_id: str) -> bool:
        return True

    def room(self, prompt_id: str) -> Room | None:
        return AMPLE

    async def answer(self, ask: Ask[Any]) -> Any:
        self.asks.append(ask)
        spoil = self.spoils.pop(0) if self.spoils else self.always
        if isinstance(spoil, MangaError):
            raise spoil
        told = to_jsonable_python(ask.inputs)
        told["instructions"] = ask.revision.instructions
        told["scopes"] = [keys for _, keys in ask.revision.wishes]
        answer = ANSWERS[ask.prompt_id](told)
        good = ask.output_type.of({} if answer.keys() == {"refused"} else answer)
        return spoil(ask, good) if spoil is not None else good

    def asked(self, prompt_id: str) -> list[Ask[Any]]:
        return [ask for ask in self.asks if ask.prompt_id == prompt_id]

    @property
    def pages(self) -> list[list[int]]:
        """The page numbers of each batch that was asked for."""
        return [[task.number for task in ask.inputs["pages"]] for ask in self.asked("storyboard_pages")]


def told(pages: int = PAGES, **wishes: Any) -> Inputs:
    """Pages of three beats, each a told sentence and a line."""
    teller = Teller()
    scenes, planned = [], []
    for number in range(1, pages + 1):
        beats = [
            teller.beat(
                teller.line(f"ふたりは道の{n}番めの角を歩いて行く。"), teller.line(f"これは{number}の{n}だ。", who)
            )
            for n, who in enumerate(("c01", "c02", "c01"), start=1)
        ]
        scenes.append(scene(number, *beats))
        planned.append(tuple(beat.key for beat in beats))
    return inputs(*scenes, pages=tuple(planned), **wishes)


async def made(given: Inputs, model: BatchModel, **more: Any) -> Storyboard:
    more = {"settings": given.settings} | more
    return await make_storyboard(plot=given.plot, cast=given.cast, concept=given.concept, text=model, **more)


def with_panels(page: PageDraft, **changes: object) -> PageDraft:
    return page.model_copy(update={"panels": tuple(panel.model_copy(update=changes) for panel in page.panels)})
