"""Scripted twins of the ports and a crew of small steps, so that the graph is tested apart from the real agents."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import uuid4

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from calls.ledger import PlainLedger
from calls.running_works import Desks
from calls.services import Services
from editing.state_as_json import Json
from graph.build import MangaGraph, build_graph
from graph.context import RunOptions
from graph.events import RunEvent
from graph.nodes.agent_phase import Bench, Step
from graph.nodes.characters import add_sheets
from graph.run import run_graph
from graph.state import State
from manga.artwork import PanelArt
from manga.book import Book, BookPage, Gate, QualityReport
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import NotFound
from manga.lettering import Lettering
from manga.panel_brief import PanelBrief
from manga.paper import Direction, Side
from manga.phases import Phase
from manga.plot import Plot
from manga.revision import Revision
from manga.storyboard import (
    Storyboard,
)
from manga.values import Value
from offline.wishes.make_plan import write_feedback
from prompts.library import PromptLibrary
from providers.base import Ask, Picture, Room, Sheet
from storage.objects import BlobInfo, Purpose
from tests.graph.told import PANELS, answers
from tests.image_models import UnpaidImages
from tests.remembering import INLINE

Answer = TypeVar("Answer", bound=Value)
OFFLOAD = INLINE
"""Hundreds of works here have the same pages and previews."""


@dataclass
class MemoryBlobs:
    """The BlobStore port in a dict."""

    objects: dict[str, bytes] = field(default_factory=dict)

    async def put(
        self, name: str, data: bytes, *, content_type: str = "application/octet-stream", purpose: Purpose | None = None
    ) -> BlobInfo:
        created = name not in self.objects
        return BlobInfo(name, len(self.objects.setdefault(name, data)), created)

    async def get(self, name: str) -> bytes:
        if name not in self.objects:
            raise NotFound(name)
        return self.objects[name]

    async def copy(self, name: str, to: str) -> None:
        await self.put(to, await self.get(name))

    async def exists(self, name: str) -> bool:
        return name in self.objects

    async def size(self, name: str) -> int:
        return len(await self.get(name))

    async def check(self) -> None:
        return

    async def delete(self, name: str) -> bool:
        return self.objects.pop(name, None) is not None

    async def delete_prefix(self, prefix: str) -> int:
        gone = [name for name in self.objects if name.startswith(f"{prefix}/")]
        return len([self.objects.pop(name) for name in gone])

    async def sizes(self, prefix: str) -> dict[str, int]:
        return {name: len(data) for name, data in self.objects.items() if name.startswith(f"{prefix}/")}

    async def open_range(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        yield (await self.get(name))[start:end]

    @property
    def link_places(self) -> tuple[str, ...]:
        return ()

    async def signed_url(
        self, name: str, seconds: int, *, content_type: str | None = None, disposition: str | None = None
    ) -> str | None:
        return None


@dataclass
class StillClock:
    """Time stands unless somebody sleeps; sleeping costs nothing and is written down."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def jitter(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class ScriptedText:
    """Answers by prompt id and writes down what it was asked. Sentences are read as the offline writer reads them."""

    given: dict[str, Value]
    asked: list[str] = field(default_factory=list)
    instructions: list[tuple[str, ...]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    name: str = "scripted/1"

    def answers(self, prompt_id: str) -> bool:
        return False

    def room(self, prompt_id: str) -> Room | None:
        return None

    async def answer(self, ask: Ask[Answer]) -> Answer:
        if ask.prompt_id == "feedback":
            self.sentences.append(ask.inputs["sentence"])
            return ask.output_type.of(write_feedback(ask.values()))
        self.asked.append(ask.prompt_id)
        self.instructions.append(ask.revision.instructions)
        answer = self.given[ask.prompt_id]
        assert isinstance(answer, ask.output_type)
        return answer


def picture_of(brief: PanelBrief) -> Picture:
    data = json.dumps({"width": brief.width_mm, "height": brief.height_mm, "calls": [], "panel": brief.panel}).encode()
    return Picture(data, "application/x-manga-art+json", brief.width_mm, brief.height_mm, model="scripted-images/1")


@dataclass
class ScriptedImages(UnpaidImages):
    """Draws at once, or as `on_draw` says; counts calls and how many run at the same time."""

    on_draw: Callable[[PanelBrief], Any] | None = None
    drawn: list[str] = field(default_factory=list)
    active: int = 0
    peak: int = 0
    name: str = "scripted-images/1"

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.active += 1
        self.peak = max(self.peak, self.active)
        try:
            self.drawn.append(brief.panel)
            await asyncio.sleep(0)
            if self.on_draw is not None:
                result = self.on_draw(brief)
                if asyncio.iscoroutine(result):
                    await result
            return picture_of(brief)
        finally:
            self.active -= 1


def _asking(phase: Phase, kind: type[Value]) -> Any:
    async def make(reads: Json, bench: Bench) -> Value:
        return await bench.text.answer(Ask(phase.value, reads, kind, revision=Revision(bench.revision.wishes)))

    return make


async def _finish(reads: Json, bench: Bench) -> Book:
    art = {key: PanelArt.of(value) for key, value in reads["artwork"].items()}
    pictures = b"".join([await bench.blobs.get(art[key].blob) for key in sorted(art)])
    image = await bench.blobs.keep(pictures + json.dumps(reads["lettering"]).encode(), content_type="image/png")
    bench.page_ready(1, image, image)
    gates = (Gate(name="one", value=1, gate="1", ok=True), Gate(name="two", value=0, gate="1", ok=False))
    return Book(
        title=reads["title"],
        direction=Direction.RTL,
        pages=(BookPage(number=1, side=Side.LEFT, graph=image, image=image),),
        exports=(),
        report=QualityReport(gates=gates, placeholders=tuple(k for k in art if art[k].status == "placeholder")),
    )


def _reads(*phases: str) -> Callable[[State], Json]:
    from editing.phase_results import result_json

    def reads(state: State) -> Json:
        found = {phase: result_json(state, Phase(phase)) for phase in phases}
        if "concept" in found:
            found["title"] = found["concept"]["title"]
        return found

    return reads


def _from_brief(state: State) -> Json:
    return {"text": state["brief"]["text"]}


CREW: Mapping[Phase, Step] = {
    Phase.CONCEPT: Step(_from_brief, _asking(Phase.CONCEPT, Concept)),
    Phase.CHARACTERS: Step(_reads("concept"), _asking(Phase.CHARACTERS, Cast), add_sheets),
    Phase.PLOT: Step(_from_brief, _asking(Phase.PLOT, Plot)),
    Phase.STORYBOARD: Step(_reads("plot"), _asking(Phase.STORYBOARD, Storyboard)),
    Phase.LETTERING: Step(_reads("storyboard"), _asking(Phase.LETTERING, Lettering)),
    Phase.FINISHING: Step(_reads("concept", "artwork", "lettering"), _finish),
}


def strict_memory() -> InMemorySaver:
    return InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=None))


@dataclass
class Studio:
    """One work with everything around it."""

    services: Services
    graph: MangaGraph
    text: ScriptedText
    images: ScriptedImages
    blobs: MemoryBlobs
    ledger: PlainLedger
    clock: StillClock
    saver: Any
    work: str = field(default_factory=lambda: str(uuid4()))
    options: RunOptions = field(default_factory=RunOptions)

    async def run(self, **how: Any) -> list[RunEvent]:
        """Everything a run tells. `options` are the studio's own."""
        how.setdefault("epoch", None)
        how.setdefault("options", self.options)
        return [event async for event in run_graph(self.graph, self.services, self.work, **how)]

    def count(self, name: str) -> int:
        return self.ledger.counters.get((self.work, name), 0)

    def reopened(self, images: ScriptedImages | None = None) -> "Studio":
        """The same work in a new process: storage and checkpoints stay, everything held in memory is new."""
        images = images or ScriptedImages()
        services = replace(self.services, images=images, desks=Desks(self.clock))
        return replace(self, services=services, graph=build_graph(services, self.saver, steps=CREW), images=images)

    async def values(self) -> Json:
        return dict((await self.graph.aget_state({"configurable": {"thread_id": self.work}})).values)


def studio(panels: int = PANELS, *, images: ScriptedImages | None = None, saver: Any = None) -> Studio:
    text, images, blobs, ledger, clock = (
        ScriptedText(answers(panels)), images or ScriptedImages(), MemoryBlobs(), PlainLedger(), StillClock()
    )  # fmt: skip
    services = Services(text, images, blobs, ledger, OFFLOAD, PromptLibrary({}), clock, Desks(clock))
    saver = saver or strict_memory()
    return Studio(services, build_graph(services, saver, steps=CREW), text, images, blobs, ledger, clock, saver)
