"""A finished book stays finished: what is changed later is drawn to the end without reviews, as one version."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest

from graph.events import PhaseComplete, PhaseStarted, RunEvent
from manga.errors import Conflict
from manga.phases import PHASES, Phase
from storage.base import EventType, Work, WorkStatus
from storage.database import Pool
from tests.works.desk import APPROVE, Desk, opened
from tests.works.lines import sender
from tests.works.prepared import prepared
from works.base import BookShown, Json
from works.composition import House
from works.lifecycle import cancel
from works.queue.job_queue import CHANGE_PRIORITY
from works.reviews.answers import Reply, reply
from works.versions.branching import fork_from, lock, restore

pytestmark = pytest.mark.anyio
WISH: Json = {"action": "feedback", "text": "登場人物をもっと若く"}
TITLE: Json = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "別の題"}}
EDIT: Json = {"action": "edit", "edits": [TITLE]}
UNCLEAR: Json = {"action": "feedback", "text": "xyzzy"}


@pytest.fixture
async def reviewed(pool: Pool, tmp_path: Path) -> Desk:
    """A finished book whose author was asked after each phase."""
    return await prepared(pool, tmp_path, _reviewed)


async def _reviewed(pool: Pool, tmp_path: Path) -> Desk:
    desk = await opened(pool, tmp_path, feedback=True)
    for _ in PHASES:
        await desk.answer(APPROVE)
    assert (await desk.work()).status is WorkStatus.COMPLETED
    return desk


@pytest.mark.parametrize("said", [WISH, EDIT], ids=["wish", "edit"])
async def test_a_change_is_drawn_to_the_end_without_a_question_as_one_version(reviewed: Desk, said: Json) -> None:
    before, asked = await reviewed.versions(), (await reviewed.types()).count(EventType.REVIEW_REQUESTED)
    work = await reviewed.answer(said)
    (new,) = (await reviewed.versions())[len(before) :]
    assert work.status is WorkStatus.COMPLETED
    assert (new.phase, new.kind, new.author) == ("finishing", "feedback", "person")
    assert (new.parent_version_id, work.head_version) == (before[-1].version_id, new.version_id)
    assert (await reviewed.types()).count(EventType.REVIEW_REQUESTED) == asked
    values = await reviewed.runner.story.values(reviewed.work_id)
    assert values["versions"]["storyboard"] == new.version_id


async def test_the_book_of_before_is_there_while_it_is_redrawn(reviewed: Desk) -> None:
    head = (await reviewed.work()).head_version
    queued = await reply(reviewed.pool, reviewed.queue, reviewed.work_id, Reply(WISH))
    assert (queued.status, queued.finished, queued.head_version) == (WorkStatus.QUEUED, True, head)


async def test_with_review_it_asks_as_it_did(reviewed: Desk) -> None:
    work = await reviewed.answer(WISH, review=True)
    assert work.status is WorkStatus.AWAITING_FEEDBACK
    assert work.pending_review
    assert work.pending_review["phase"] == "characters"


async def test_a_lock_and_a_restored_version_ask_nobody(reviewed: Desk) -> None:
    first = (await reviewed.work()).head_version
    await reviewed.answer(EDIT)
    assert first
    await restore(sender(reviewed), reviewed.work_id, first)
    restored = await reviewed.run()
    await lock(sender(reviewed), reviewed.work_id, ["c01"])
    locked = await reviewed.run()
    assert (restored.status, locked.status) == (WorkStatus.COMPLETED, WorkStatus.COMPLETED)
    assert [version.kind for version in (await reviewed.versions())[-2:]] == ["restore", "lock"]


async def test_a_version_from_the_middle_that_is_brought_back_is_drawn_to_the_end(reviewed: Desk) -> None:
    plot = next(version for version in await reviewed.versions() if version.phase == "plot")
    await restore(sender(reviewed), reviewed.work_id, plot.version_id)
    work = await reviewed.run()
    new = (await reviewed.versions())[-1]
    assert (work.status, new.kind, new.phase) == (WorkStatus.COMPLETED, "restore", "finishing")


async def test_a_new_line_with_a_wish_asks_nobody_and_one_without_a_wish_asks_where_it_stands(reviewed: Desk) -> None:
    before = await reviewed.versions()
    await fork_from(sender(reviewed), reviewed.work_id, "plot", "younger", WISH["text"])
    work = await reviewed.run()
    (new,) = (await reviewed.versions())[len(before) :]
    assert (work.status, new.branch, new.phase) == (WorkStatus.COMPLETED, "younger", "finishing")
    await fork_from(sender(reviewed), reviewed.work_id, "plot", "looked-at")
    assert ((await reviewed.run()).pending_review or {})["phase"] == "plot"


async def test_a_new_line_with_a_wish_asks_where_a_person_asks_for_it(reviewed: Desk) -> None:
    await fork_from(replace(sender(reviewed), review=True), reviewed.work_id, "plot", "younger", WISH["text"])
    assert (await reviewed.run()).status is WorkStatus.AWAITING_FEEDBACK


async def dies(desk: Desk, at: type[PhaseStarted | PhaseComplete]) -> Work:
    """The work after its process ended as this phase's event of the finishing was told."""

    async def listen(_: UUID, event: RunEvent | BookShown) -> None:
        if isinstance(event, at) and event.phase is Phase.FINISHING:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await replace(desk.runner, listen=listen).run(desk.work_id)
    return await desk.work()


async def test_a_redrawing_whose_process_dies_goes_on_to_the_end_and_is_one_version(reviewed: Desk) -> None:
    before = await reviewed.versions()
    await reply(reviewed.pool, reviewed.queue, reviewed.work_id, Reply(WISH))
    dead = await dies(reviewed, PhaseStarted)
    assert (dead.finished, dead.head_version) == (True, before[-1].version_id)
    assert (await reviewed.run()).status is WorkStatus.COMPLETED
    assert len(await reviewed.versions()) == len(before) + 1


async def test_a_redrawing_that_is_cancelled_on_its_way_leaves_the_book_of_before(reviewed: Desk) -> None:
    head = (await reviewed.work()).head_version
    await reply(reviewed.pool, reviewed.queue, reviewed.work_id, Reply(WISH))
    await dies(reviewed, PhaseStarted)
    work = await cancel(house(reviewed), reviewed.work_id)
    assert (work.status, work.head_version, work.error) == (WorkStatus.COMPLETED, head, None)
    assert (await reviewed.answer(EDIT)).status is WorkStatus.COMPLETED


async def test_a_change_that_is_drawn_is_not_cancelled_any_more(reviewed: Desk) -> None:
    await reply(reviewed.pool, reviewed.queue, reviewed.work_id, Reply(WISH))
    dead = await dies(reviewed, PhaseComplete)
    with pytest.raises(Conflict, match="drawn already"):
        await cancel(house(reviewed), reviewed.work_id)
    work = await reviewed.run()
    assert (work.status, work.head_version) == (WorkStatus.COMPLETED, dead.head_version)


def house(desk: Desk) -> House:
    """As much of one as cancelling needs."""
    return cast("House", SimpleNamespace(pool=desk.pool, queue=desk.queue))


async def test_a_question_keeps_no_hand_edit_waiting(reviewed: Desk) -> None:
    asked = await reviewed.answer(UNCLEAR)
    assert asked.status is WorkStatus.AWAITING_FEEDBACK
    assert asked.finished
    with pytest.raises(Conflict):
        await reply(reviewed.pool, reviewed.queue, reviewed.work_id, Reply(EDIT, interrupt_id="0" * 32))
    work = await reviewed.answer(EDIT)
    assert (work.status, work.pending_review) == (WorkStatus.COMPLETED, None)


async def test_a_question_that_is_dropped_leaves_the_finished_book(reviewed: Desk) -> None:
    head = (await reviewed.work()).head_version
    await reviewed.answer(UNCLEAR)
    work = await reviewed.answer({"action": "cancel"})
    assert (work.status, work.head_version) == (WorkStatus.COMPLETED, head)


async def test_a_change_goes_before_whole_books_in_the_queue(reviewed: Desk) -> None:
    await reply(reviewed.pool, reviewed.queue, reviewed.work_id, Reply(EDIT))
    (job,) = [
        job
        for job in await reviewed.queue.app.job_manager.list_jobs_async(task="works.run", status="todo")
        if job.priority
    ]
    assert (job.task_kwargs["work_id"], job.priority) == (str(reviewed.work_id), CHANGE_PRIORITY)
