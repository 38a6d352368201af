"""Scripted twins of the ports and a crew of small steps, so that the graph is tested apart from the real agents."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import uuid4

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from graph.build import MangaGraph, build_graph
from graph.desks import Desks
from graph.events import RunEvent
from graph.ledger import PlainLedger
from graph.nodes import Bench, Step
from graph.options import RunOptions
from graph.run import run_graph
from graph.services import Services
from graph.state import Json, State
from manga.artwork import PanelArt
from manga.book import Book, BookPage, Gate, QualityReport
from manga.brief import Brief, FeedbackMode, Language, Settings
from manga.characters import Cast, Character, Look
from manga.concept import Concept, Genre, Period, World
from manga.errors import NotFound
from manga.geometry import Rect
from manga.lettering import Lettering, PageLettering
from manga.paper import Direction, Side
from manga.phases import Phase
from manga.plot import Act, Beat, Line, LineKind, PagePlan, Plot, Scene
from manga.storyboard import (
    DialogueLayout,
    FigureDirection,
    LinePart,
    PanelDraft,
    PanelFrame,
    PanelLayout,
    Role,
    SceneDirection,
    Shot,
    Storyboard,
    StoryPage,
)
from manga.values import Span, Value
from prompts.library import PromptLibrary
from providers.base import Ask, PanelBrief, Picture
from providers.offload import InlineOffload
from storage.base import BlobInfo

Answer = TypeVar("Answer", bound=Value)
PANELS = 6


@dataclass
class MemoryBlobs:
    """The BlobStore port in a dict."""

    objects: dict[str, bytes] = field(default_factory=dict)

    async def put(self, name: str, data: bytes, *, content_type: str = "application/octet-stream") -> BlobInfo:
        created = name not in self.objects
        return BlobInfo(name, len(self.objects.setdefault(name, data)), created)

    async def get(self, name: str) -> bytes:
        if name not in self.objects:
            raise NotFound(name)
        return self.objects[name]

    async def exists(self, name: str) -> bool:
        return name in self.objects

    async def delete(self, name: str) -> bool:
        return self.objects.pop(name, None) is not None

    async def delete_prefix(self, prefix: str) -> int:
        gone = [name for name in self.objects if name.startswith(f"{prefix}/")]
        return len([self.objects.pop(name) for name in gone])

    async def open_range(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        yield (await self.get(name))[start:end]


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
    """Answers by prompt id and writes down what it was asked."""

    answers: dict[str, Value]
    asked: list[str] = field(default_factory=list)
    instructions: list[tuple[str, ...]] = field(default_factory=list)

    name: str = "scripted/1"

    async def answer(self, ask: Ask[Answer]) -> Answer:
        self.asked.append(ask.prompt_id)
        self.instructions.append(ask.instructions)
        answer = self.answers[ask.prompt_id]
        assert isinstance(answer, ask.output_type)
        return answer


def picture_of(brief: PanelBrief) -> Picture:
    data = json.dumps({"width": brief.width_mm, "height": brief.height_mm, "calls": [], "panel": brief.panel}).encode()
    return Picture(data, "application/x-manga-art+json", brief.width_mm, brief.height_mm, model="scripted-hand/1")


@dataclass
class ScriptedHand:
    """Draws at once, or as `on_draw` says; counts calls and how many run at the same time."""

    on_draw: Callable[[PanelBrief], Any] | None = None
    drawn: list[str] = field(default_factory=list)
    active: int = 0
    peak: int = 0
    name: str = "scripted-hand/1"

    async def draw(self, brief: PanelBrief) -> Picture:
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


CONCEPT = Concept(
    title="狐の話",
    logline="A fox brings chestnuts.",
    theme="regret",
    genres=(Genre.FOLK_TALE,),
    target_readers="all",
    world=World(place="a village", period=Period.OLD_JAPAN),
    mood="quiet",
    art_style="folk",
    direction=Direction.RTL,
    start_side=Side.LEFT,
    language=Language.JA,
)
CAST = Cast(
    characters=(
        Character(key="c01", name="ごん", look=Look(), description="a small fox"),
        Character(key="c02", name="兵十", look=Look(), description="a man in work clothes"),
    )
)


def _line(number: int) -> Line:
    span = Span(start=number * 10, end=number * 10 + 5)
    return Line(key=f"l{number:04}", kind=LineKind.SPEECH, text=f"line {number}", span=span, speaker="c01")


def plot_of(panels: int) -> Plot:
    beats = tuple(
        Beat(key=f"b{n:04}", span=Span(start=n * 10, end=n * 10 + 9), told="", lines=(_line(n),)) for n in range(panels)
    )
    return Plot(
        acts=(Act(name="opening", scenes=("s01",)),),
        scenes=(Scene(key="s01", place="river", setting="river", beats=beats),),
        pages=(PagePlan(number=1, beats=tuple(beat.key for beat in beats)),),
    )


def _panel(number: int) -> PanelDraft:
    line = _line(number)
    part = LinePart(
        key=f"{line.key}.1", line=line.key, kind=LineKind.SPEECH, text=line.text, span=line.span, speaker="c01"
    )
    who = "c01" if number % 2 == 0 else "c02"
    return PanelDraft(
        key=f"b{number:04}",
        beats=(f"b{number:04}",),
        scene="s01",
        role=Role.TALK,
        importance=2,
        direction=SceneDirection(
            shot=Shot.BUST, setting="river", figures=(FigureDirection(character=who),), seen=f"panel {number}"
        ),
        dialogue=DialogueLayout(parts=(part,)),
    )


def storyboard_of(panels: int) -> Storyboard:
    drafts = tuple(_panel(number) for number in range(panels))
    frames = tuple(
        PanelFrame(key=draft.key, polygon=Rect(x=0, y=i * 20, width=50, height=18).polygon(), importance=2)
        for i, draft in enumerate(drafts)
    )
    page = StoryPage(key="g001", number=1, side=Side.LEFT, layout=PanelLayout(frames=frames, flow="rtl"), panels=drafts)
    return Storyboard(pages=(page,))


def _asking(phase: Phase, kind: type[Value]) -> Any:
    async def make(reads: Json, bench: Bench) -> Value:
        return await bench.text.answer(Ask(phase.value, reads, kind, instructions=bench.instructions))

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
    from graph.results import result_json

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
    Phase.CHARACTERS: Step(_reads("concept"), _asking(Phase.CHARACTERS, Cast)),
    Phase.PLOT: Step(_from_brief, _asking(Phase.PLOT, Plot)),
    Phase.STORYBOARD: Step(_reads("plot"), _asking(Phase.STORYBOARD, Storyboard)),
    Phase.LETTERING: Step(_reads("storyboard"), _asking(Phase.LETTERING, Lettering)),
    Phase.FINISHING: Step(_reads("concept", "artwork", "lettering"), _finish),
}


def answers(panels: int = PANELS) -> dict[str, Value]:
    return {
        "concept": CONCEPT,
        "characters": CAST,
        "plot": plot_of(panels),
        "storyboard": storyboard_of(panels),
        "lettering": Lettering(pages=(PageLettering(page="g001"),), base_size_q=13.0),
    }


def brief(*, feedback: bool = False, confirm: bool = False) -> Brief:
    mode = FeedbackMode(enabled=feedback, confirm_plans=confirm)
    return Brief(text="むかし、狐がいた。", feedback_mode=mode, settings=Settings(seed=7))


def strict_memory() -> InMemorySaver:
    return InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=None))


@dataclass
class Studio:
    """One work with everything around it."""

    services: Services
    graph: MangaGraph
    text: ScriptedText
    hand: ScriptedHand
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

    def reopened(self, hand: ScriptedHand | None = None) -> "Studio":
        """The same work in a new process: storage and checkpoints stay, everything held in memory is new."""
        hand = hand or ScriptedHand()
        services = replace(self.services, images=hand, desks=Desks(self.clock))
        return replace(self, services=services, graph=build_graph(services, self.saver, steps=CREW), hand=hand)

    async def values(self) -> Json:
        return dict((await self.graph.aget_state({"configurable": {"thread_id": self.work}})).values)


def studio(panels: int = PANELS, *, hand: ScriptedHand | None = None, saver: Any = None) -> Studio:
    text, hand, blobs, ledger, clock = (
        ScriptedText(answers(panels)), hand or ScriptedHand(), MemoryBlobs(), PlainLedger(), StillClock()
    )  # fmt: skip
    services = Services(text, hand, blobs, ledger, InlineOffload(), PromptLibrary({}), clock, Desks(clock))
    saver = saver or strict_memory()
    return Studio(services, build_graph(services, saver, steps=CREW), text, hand, blobs, ledger, clock, saver)
