"""A graph that does what a test tells it, on the port `works.base.Story`, and the runner around it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from editing.work_blobs import blobs_of
from graph.events import AnswerProgress, Completed, ImageProgress, PageReady, PhaseComplete, PhaseStarted, RunEvent
from manga.book import Book, BookPage, Export, QualityReport
from manga.brief import Brief
from manga.paper import Direction, Side
from manga.phases import PHASES, Phase
from storage.base import Command
from storage.database import Pool
from storage.object_store import FolderBlobs
from storage.objects import BlobStore
from works.base import LOCAL_TENANT, Json, Listener, Ticket
from works.run import Runner, ignore_event
from works.run_journal import Journal

Act = Callable[[Ticket, Phase], Awaitable[None]]
TITLE = "The Fox"


async def nothing(ticket: Ticket, phase: Phase) -> None:
    """An act that does nothing."""


@dataclass
class ScriptedStory:
    """Goes through the phases; `act` is awaited in each and may wait, fail, or be cancelled. A phase that is done is
    not done again: `entered` counts."""

    blobs: BlobStore
    act: Act = nothing
    title: str = TITLE
    done: dict[UUID, list[Phase]] = field(default_factory=dict)
    entered: list[Phase] = field(default_factory=list)
    edits: list[Json] = field(default_factory=list)
    answers: tuple[int, ...] = ()
    """Of the plot: how many characters have come, time after time."""

    async def run(self, ticket: Ticket) -> AsyncIterator[RunEvent]:
        done = self.done.setdefault(ticket.work_id, [])
        for phase in PHASES:
            if phase in done:
                continue
            self.entered.append(phase)
            yield PhaseStarted(phase)
            await self.act(ticket, phase)
            for characters in self.answers if phase is Phase.PLOT else ():
                yield AnswerProgress(phase, characters)
            if phase is Phase.ARTWORK:
                yield ImageProgress("b0001", 1, 1)
            if phase is Phase.FINISHING:
                page = (await self._book(ticket.work_id)).pages[0]
                yield PageReady(1, page.image, page.graph)
            done.append(phase)
            yield PhaseComplete(phase, f"v{phase.number}")
        yield Completed((await self._book(ticket.work_id)).to_json(), "v7")

    async def fork(self, ticket: Ticket, order: Command) -> str:
        raise NotImplementedError("nobody reviews a scripted story")

    async def values(self, work_id: UUID, *channels: str) -> Json:
        return {"concept": {"title": self.title}, "edits": self.edits}

    async def _book(self, work_id: UUID) -> Book:
        keep = blobs_of(self.blobs, LOCAL_TENANT, str(work_id)).keep
        image = await keep(b"png", content_type="image/png")
        graph = await keep(b"{}", content_type="application/json")
        pdf = await keep(b"%PDF", content_type="application/pdf")
        export = Export(format="pdf", name="book.pdf", blob=pdf, sha256=pdf, bytes=4)
        pages = (BookPage(number=1, side=Side.LEFT, graph=graph, image=image),)
        return Book(title=self.title, direction=Direction.RTL, pages=pages, exports=(export,), report=QualityReport())


def scripted(
    pool: Pool, tmp_path: Path, act: Act = nothing, listen: Listener = ignore_event
) -> tuple[Runner, ScriptedStory]:
    """A runner and the story that it runs."""
    blobs = FolderBlobs(tmp_path / "blobs")
    story = ScriptedStory(blobs, act)
    return Runner(Journal(pool), story, blobs, asyncio.Event(), listen), story


def brief(text: str = "Once there was a fox.", request_id: str | None = None) -> Brief:
    return Brief(text=text, request_id=request_id)
