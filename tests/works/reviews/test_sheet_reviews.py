"""A review at which a character sheet is missing waits for its person, whatever the work says of time-outs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from graph.events import ReviewRequested, RunEvent
from manga.brief import Brief, FeedbackMode
from manga.phases import Phase
from storage.base import WorkStatus
from storage.database import Connection, Pool
from storage.object_store import FolderBlobs
from tests.works.scripted import ScriptedStory
from works.accept_work import Request, accept
from works.base import Ticket
from works.queue.job_queue import Timers, open_queue
from works.reviews.review_page import read_review
from works.run import Runner
from works.run_journal import Journal

pytestmark = pytest.mark.anyio
MISSING = {"character": "c02", "name": "兵十", "reason": "too much blood"}


@pytest.mark.parametrize(
    ("told", "on_timeout", "timed"),
    [({}, "approve", True), ({"missing_sheets": [MISSING], "on_timeout": "hold"}, "hold", False)],
)
async def test_no_timer_goes_on_without_somebodys_sheet(
    pool: Pool, tmp_path: Path, told: dict[str, Any], on_timeout: str, timed: bool
) -> None:
    set_for: list[UUID] = []

    class Noted(Timers):
        async def end_review(self, work_id: UUID, interrupt_id: str, at: datetime, conn: Connection) -> None:
            set_for.append(work_id)

    class Asking(ScriptedStory):
        async def run(self, ticket: Ticket) -> AsyncIterator[RunEvent]:
            yield ReviewRequested(Phase.CHARACTERS, "i1", "v2", {"allowed": ["approve"], **told})

    blobs, queue = FolderBlobs(tmp_path / "blobs"), await open_queue(pool)
    brief = Brief(text="Once there was a fox.", feedback_mode=FeedbackMode(enabled=True, on_timeout="approve"))
    work_id = (await accept(pool, queue, Request(brief))).work.id
    story = Asking(blobs)
    work = await Runner(Journal(pool), story, blobs, asyncio.Event(), timers=Noted(queue)).run(work_id)
    assert work.status is WorkStatus.AWAITING_FEEDBACK
    assert work.pending_review is not None
    assert work.pending_review["on_timeout"] == on_timeout
    assert (set_for == [work_id]) is timed
    review = await read_review(story, blobs, work)
    assert review is not None
    assert review.missing_sheets == tuple(told.get("missing_sheets", ()))
