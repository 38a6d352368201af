"""Opens the models that answer in a run, anew in each process: rules, Gemini, or what Gemini answered before."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import AliasChoices, Field

from calls.services import SystemClock
from evals.model_recorder import NotRecorded, Prompts, RecordedText, Tape
from evals.nearest_tape import NearestTape
from graph.open_services import (
    open_images,
    open_text,
)
from manga.errors import SetupIncomplete
from manga.values import Value
from prompts.library import PromptLibrary, load_prompts
from providers.base import AMPLE, Answer, Ask, ImageModel, Offload, Room, Spent, TextModel
from providers.model_wrappers import WrappedText, paid_model
from providers.process_pool import InlineOffload
from providers.settings import DEFAULT_TEXT, GOOGLE, OFFLINE, ModelSettings
from storage.object_store import open_blobs
from storage.objects import BlobStore
from storage.settings import StorageSettings

RECORDINGS: Final = Path(__file__).parent / "recordings"
ModelsName = Literal["offline", "gemini", "replay", "tapes"]


class ModelChoice(Value):
    """Which models. `model` is the text model of `gemini` and `replay`, `tape` the folder that answers are kept in.
    `tapes` are answers to questions that were nearly the same."""

    models: ModelsName = Field(default="offline", validation_alias=AliasChoices("models", "minds"))
    model: str = DEFAULT_TEXT
    tape: Path = RECORDINGS


@dataclass(frozen=True, slots=True)
class Absent:
    """A model that nobody can ask: its answers are on tape or nowhere."""

    name: str

    def answers(self, prompt_id: str) -> bool:
        return True

    def room(self, prompt_id: str) -> Room | None:
        return AMPLE

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Raises NotRecorded."""
        raise NotRecorded(f"{self.name} is not there to be asked for {ask.prompt_id}")


@dataclass(slots=True)
class Meter:
    """What one phase has used. `unpriced`: a call whose price nobody knows."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    unpriced: bool = False
    prompts: dict[str, str] = field(default_factory=dict)
    begun: float = field(default_factory=time.perf_counter)
    cpu_begun: float = field(default_factory=time.process_time)

    def told(self) -> dict[str, Any]:
        """The fields of an `Output` that say what it took until now."""
        return {
            "seconds": round(time.perf_counter() - self.begun, 3),
            "cpu_s": round(time.process_time() - self.cpu_begun, 3),
            "calls": self.calls,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "cost_usd": None if self.unpriced else self.cost_usd,
            "prompts": self.prompts,
        }

    def spend(self, spent: Spent) -> None:
        self.input_tokens += spent.input_tokens
        self.output_tokens += spent.output_tokens
        self.cost_usd += spent.cost_usd or 0.0
        self.unpriced |= spent.cost_usd is None


@dataclass(frozen=True, slots=True)
class Metered(WrappedText):
    """A TextModel whose calls are counted on a meter; of models that read prompts also which ones they read."""

    inner: TextModel
    meter: Meter
    prompts: PromptLibrary | None = None

    async def answer(self, ask: Ask[Answer]) -> Answer:
        self.meter.calls += 1
        if self.prompts is not None:
            self.meter.prompts[ask.prompt_id] = self.prompts.get(ask.prompt_id).hash
        return await self.inner.answer(replace(ask, spent=self._spent_of(ask)))

    def _spent_of(self, ask: Ask[Any]) -> Any:
        def spent(used: Spent) -> None:
            self.meter.spend(used)
            ask.spent(used)

        return spent


@dataclass(frozen=True, slots=True)
class Models:
    """All that a case is told with. `reads_prompts` is False for rules."""

    text: TextModel
    images: ImageModel
    blobs: BlobStore
    offload: Offload
    prompts: PromptLibrary
    reads_prompts: bool
    clock: SystemClock = field(default_factory=SystemClock)


@asynccontextmanager
async def open_models(choice: ModelChoice, home: Path, repeat: int) -> AsyncIterator[Models]:
    """Pictures are always the offline artist's: they are measured by rules of their own. Raises SetupIncomplete."""
    prompts, offload = load_prompts(), InlineOffload()
    async with AsyncExitStack() as stack:
        text = _text(choice, prompts, offload, stack, {"repeat": repeat})
        images = open_images(ModelSettings(image_model=OFFLINE), prompts, offload, stack)
        blobs = open_blobs(StorageSettings(home=home, blobs=str(home / "blobs")))
        yield Models(text, images, blobs, offload, prompts, choice.models != "offline")


def _text(
    choice: ModelChoice, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack, told: Mapping[str, Any]
) -> TextModel:
    if choice.models == "offline":
        return open_text(ModelSettings(text_model=OFFLINE, text_models={}), prompts, offload, stack)
    if choice.models == "tapes":
        return NearestTape(choice.tape, prompts)
    if choice.models == "replay":
        return _recorded(Absent(choice.model.removeprefix(f"{GOOGLE}:")), choice.tape, prompts, told, records=False)
    live = open_text(ModelSettings(text_model=choice.model, text_models={}), prompts, offload, stack)
    if paid_model(live, "concept") is None:
        raise SetupIncomplete(f"{choice.model} is no model that reads prompts.", remedy="Name one with --model.")
    return _recorded(live, choice.tape, prompts, told, records=True)


def _recorded(model: TextModel, tape: Path, prompts: Prompts, told: Mapping[str, Any], *, records: bool) -> TextModel:
    return RecordedText(model, Tape(tape, records), prompts, told)
