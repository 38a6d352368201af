"""Redoes edits on a finished book through the real graph with the offline models, each from the same version.

Beside each stands the least work that its rules need on the state before and the state after.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

from langgraph.checkpoint.memory import InMemorySaver

from calls.services import Services
from drawing.lettering.drawn_sounds import DARK
from drawing.lettering.letter_page import letter_page
from editing.phase_results import artwork_of
from evals.redo.edit_cases import Case, board, key_of, panel_of, sent
from graph.build import MangaGraph, build_graph
from graph.events import Completed, ImageProgress
from graph.open_services import open_services
from graph.run import run_graph
from graph.state import State
from graph.thread_config import config_of
from manga.artwork import PanelArt
from manga.brief import Brief
from manga.geometry import bounds
from manga.phases import Phase
from manga.storyboard import PanelDraft, StoryPage
from providers.base import Offload
from storage.settings import StorageSettings

P = ParamSpec("P")
R = TypeVar("R")
GOAL = 40


def least_images(case: Case, before: State, after: State) -> int:
    """Pictures that cannot stay as they were."""
    rule = case.images
    old = {panel.key: panel for panel in board(before).panels()}
    new = {panel.key: panel for panel in board(after).panels()}
    if rule in ("none", "all", "it"):
        return {"none": 0, "all": len(old), "it": 1}[rule]
    if rule.startswith("seen:"):
        who = key_of(rule.removeprefix("seen:"), before)
        return sum(any(figure.character == who for figure in panel.direction.figures) for panel in old.values())
    if rule == "shown":
        return sum(key not in old or old[key].direction != panel.direction for key, panel in new.items())
    cut = {key: _outline(page, key) for page in board(before).pages for key in _keys(page)}
    return sum(_outline(page, key) != cut.get(key) for page in board(after).pages for key in _keys(page))


def _outline(page: StoryPage, key: str) -> tuple[tuple[float, float], ...]:
    """The border from its own top left: a panel that only moves keeps its picture."""
    polygon = page.frame(key).polygon
    box = bounds(polygon)
    return tuple((round(x - box.x, 3), round(y - box.y, 3)) for x, y in polygon)


def least_pages(case: Case, before: State, after: State) -> int:
    """Pages whose letters cannot be taken over: something that they depend on is otherwise."""
    if case.pages == "none":
        return 0
    if case.pages == "it":
        panel = panel_of(case.element, before)
        return sum(panel in _keys(page) for page in board(before).pages)
    old = {page.key: _read(page, artwork_of(before)) for page in board(before).pages}
    return sum(_read(page, artwork_of(after)) != old.get(page.key) for page in board(after).pages)


def _keys(page: StoryPage) -> tuple[str, ...]:
    return tuple(panel.key for panel in page.panels)


def _read(page: StoryPage, art: dict[str, PanelArt]) -> object:
    """Frames, words, what of the picture words keep clear of, and whether sounds stand on black: no strokes."""
    return [
        (page.frame(p.key).polygon, p.dialogue, p.importance, *(_kept_clear(p, art[p.key]) if p.key in art else ()))
        for p in page.panels
    ]


def _kept_clear(panel: PanelDraft, art: PanelArt) -> tuple[object, ...]:
    sounds = any(part.kind == "sfx" for part in panel.dialogue.parts)
    return art.figures, art.breakout, art.where, sounds and art.ink > DARK


@dataclass(frozen=True, slots=True)
class Measured:
    """`images` and `pages`: redone, least, and what a replay of the graph from the edited phase on would redo."""

    name: str
    images: tuple[int, int, int]
    pages: tuple[int, int, int]

    @property
    def exact(self) -> bool:
        """Neither more than the least was redone, nor less than has changed."""
        return self.images[0] == self.images[1] and self.pages[0] == self.pages[1]


@dataclass
class Counting:
    """The Offload port; counts lettered pages."""

    offload: Offload
    pages: int = 0

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        self.pages += work is letter_page
        return await self.offload.run(work, *args, **kwargs)


@dataclass
class Bench:
    """One finished work, to be edited again and again from its last checkpoint."""

    graph: MangaGraph
    services: Services
    counting: Counting
    work: str = field(default_factory=lambda: str(uuid4()))

    async def begin(self, story: str) -> str:
        """Draws the book and answers its last checkpoint."""
        async for _ in run_graph(self.graph, self.services, self.work, epoch=None, brief=Brief(text=story)):
            pass
        state = await self.graph.aget_state(config_of(self.work, None))
        return str(state.config["configurable"]["checkpoint_id"])

    async def at(self, checkpoint: str | None = None) -> State:
        """The state there, or the newest."""
        values: Any = (await self.graph.aget_state(config_of(self.work, None, checkpoint))).values
        return values  # type: ignore[no-any-return]

    async def edited(self, case: Case, base: str) -> Measured:
        """Carries the edit out on the finished book."""
        before = await self.at(base)
        answer = {"action": "edit", "edits": [sent(case, before)]}
        feedback = {"asked_at": Phase.FINISHING.value, "version": before["version"], "answer": answer}
        old = config_of(self.work, None, base)
        await self.graph.aupdate_state(old, {"feedback": feedback, "edits": [], "wishes": {}}, as_node="confirm")
        self.counting.pages = 0
        events = [event async for event in run_graph(self.graph, self.services, self.work, epoch=None)]
        assert isinstance(events[-1], Completed), f"{case.name}: {events[-1]}"
        after = await self.at()
        images = sum(isinstance(event, ImageProgress) for event in events)
        return Measured(
            case.name,
            (images, least_images(case, before, after), _replayed(after, len(board(after).panels()), Phase.ARTWORK)),
            (self.counting.pages, least_pages(case, before, after), len(board(after).pages)),
        )


def _replayed(after: State, everything: int, phase: Phase) -> int:
    """LangGraph runs every node behind the one that was changed."""
    reached = Phase(after["edits"][-1]["phase"])
    return everything if reached.number <= phase.number else 0


async def measured(story: str, corpus: Sequence[Case], home: Path) -> AsyncIterator[Measured]:
    """Every case, in the order of the corpus."""
    async with open_services(StorageSettings(home=home)) as opened:
        counting = Counting(opened.offload)
        services = replace(opened, offload=counting)
        bench = Bench(build_graph(services, InMemorySaver()), services, counting)
        base = await bench.begin(story)
        for case in corpus:
            yield await bench.edited(case, base)
