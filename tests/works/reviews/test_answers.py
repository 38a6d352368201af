"""People answer reviews: two at once have one winner, old answers count nowhere, and a dead process loses none."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from manga.errors import Conflict, EditRejected, MangaError
from manga.phases import PHASES
from storage.base import CommandStatus, EventType, Work, WorkStatus
from storage.database import Pool, connection
from storage.versions import list_versions
from storage.work_commands import list_commands
from tests.graph.told import brief
from tests.works.desk import APPROVE, Desk
from tests.works.lines import asked, finished
from works.accept_work import Request, accept
from works.base import Json
from works.composition import GraphStory
from works.delivery.file_lookup import pictures_of
from works.queue.job_queue import SHARED, Taken, open_working_queue, serve
from works.reviews.answers import Fork, Reply, check_answer, fork, reply, stop_clock, time_out

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    return await asked(pool, tmp_path)


async def test_seven_approvals_make_a_book(desk: Desk) -> None:
    asked = []
    while (work := await desk.work()).status is WorkStatus.AWAITING_FEEDBACK:
        assert work.pending_review
        asked.append(work.pending_review["phase"])
        await desk.answer(APPROVE)
    assert asked == list(PHASES)
    assert (await desk.work()).status is WorkStatus.COMPLETED
    assert [version.phase for version in await desk.versions()] == list(PHASES)
    assert (await desk.types()).count(EventType.FEEDBACK_RECEIVED) == 7


async def test_of_two_answers_at_once_one_wins_and_the_other_is_a_conflict(desk: Desk) -> None:
    sent = [reply(desk.pool, desk.queue, desk.work_id, Reply(APPROVE)) for _ in range(5)]
    ended = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(one, Work) for one in ended) == 1
    assert sum(isinstance(one, Conflict) for one in ended) == 4
    await desk.run()
    assert len(await desk.versions()) == 2


async def test_an_answer_that_is_sent_again_counts_once(desk: Desk) -> None:
    same = uuid4()
    await desk.answer(APPROVE, command_id=same)
    again = await reply(desk.pool, desk.queue, desk.work_id, Reply(APPROVE, command_id=same))
    assert again.status is WorkStatus.AWAITING_FEEDBACK
    assert again.pending_review
    assert again.pending_review["phase"] == "characters"


async def test_an_answer_to_an_old_review_or_version_is_refused_and_the_current_one_is_named(desk: Desk) -> None:
    first = (await desk.work()).pending_review
    assert first
    now = (await desk.answer(APPROVE)).pending_review
    assert now
    with pytest.raises(Conflict, match="answered before"):
        await desk.answer(APPROVE, interrupt_id=first["interrupt_id"])
    with pytest.raises(Conflict, match=now["version_id"]):
        await desk.answer(APPROVE, base_version=first["version_id"])
    assert (await desk.work()).pending_review == now


@pytest.mark.parametrize(
    "answer",
    [
        {"action": "praise"},
        {"action": "approve", "also": 1},
        {"action": "feedback", "text": "x" * 2001},
        {"action": "edit", "edits": "all"},
        {
            "action": "edit",
            "edits": [{"change_type": "text_edit", "element_id": "../p01", "change_data": {"text": "x"}}],
        },
        {"action": "edit", "edits": [{"change_type": "text_edit", "element_id": "c01", "change_data": {"key": "x"}}]},
        {"action": "edit", "undo": "all"},
        {},
    ],
)
async def test_an_answer_that_is_none_is_refused_by_field_and_nothing_changes(desk: Desk, answer: Json) -> None:
    before = await desk.work()
    with pytest.raises(EditRejected):
        await desk.answer(answer)
    assert await desk.work() == before


async def test_an_answer_is_carried_out_although_the_process_died_after_it_was_sent(desk: Desk) -> None:
    await reply(desk.pool, desk.queue, desk.work_id, Reply(APPROVE))
    # The run that would carry it out never begins; another one does, twice.
    assert (await desk.run()).pending_review["phase"] == "characters"  # type: ignore[index]
    with pytest.raises(Conflict):
        await desk.run()
    async with connection(desk.pool) as conn:
        commands = await list_commands(conn, desk.work_id)
    assert [command.status for command in commands if command.kind == "answer"] == [CommandStatus.DONE]


async def test_a_run_that_breaks_after_it_took_the_answer_goes_on_without_asking_twice(desk: Desk) -> None:
    failing = [MangaError("the model is away")]
    answer, text = desk.it.text.answer, desk.it.text

    async def broken(ask):  # type: ignore[no-untyped-def]
        if failing:
            raise failing.pop()
        return await answer(ask)

    text.answer = broken  # type: ignore[method-assign]
    with pytest.raises(MangaError):
        await desk.answer(APPROVE)
    assert (await desk.work()).status is WorkStatus.FAILED
    assert (await desk.run()).pending_review["phase"] == "characters"  # type: ignore[index]
    assert len(await desk.versions()) == 2


async def test_a_review_that_nobody_answers_is_approved_once(desk: Desk) -> None:
    pending = (await desk.work()).pending_review
    assert pending
    ended = await asyncio.gather(
        *(time_out(desk.pool, desk.queue, desk.work_id, pending["interrupt_id"]) for _ in range(3))
    )
    assert sorted(ended) == [False, False, True]
    assert (await desk.run()).pending_review["phase"] == "characters"  # type: ignore[index]
    assert not await time_out(desk.pool, desk.queue, desk.work_id, pending["interrupt_id"])


async def test_a_review_whose_clock_was_stopped_waits_whatever_timer_rings(desk: Desk) -> None:
    pending = (await desk.work()).pending_review
    assert pending
    with pytest.raises(Conflict):
        await stop_clock(desk.pool, desk.work_id, "another")
    held = await stop_clock(desk.pool, desk.work_id, pending["interrupt_id"])
    assert held.pending_review == pending | {"on_timeout": "hold"}
    assert not await time_out(desk.pool, desk.queue, desk.work_id, pending["interrupt_id"])
    assert (await desk.answer(APPROVE)).pending_review["phase"] == "characters"  # type: ignore[index]


async def test_pictures_that_are_there_are_told_by_panel(desk: Desk) -> None:
    house = desk.runner.story
    assert isinstance(house, GraphStory)
    assert await pictures_of(house.graph, desk.work_id) == {}
    for _ in range(5):
        work = await desk.answer(APPROVE)
    assert work.pending_review
    assert work.pending_review["phase"] == "lettering"
    found = await pictures_of(house.graph, desk.work_id)
    assert {art["status"] for art in found.values()} == {"drawn"}
    assert all(set(art) == {"status", "blob", "media_type"} for art in found.values())


async def test_the_timer_of_a_review_is_a_job_that_outlives_the_process(desk: Desk) -> None:
    pending = (await desk.work()).pending_review
    assert pending
    jobs = list(await desk.queue.app.job_manager.list_jobs_async(task="works.review_timer"))
    assert [job.task_kwargs["interrupt_id"] for job in jobs] == [pending["interrupt_id"]]
    assert jobs[0].scheduled_at == datetime.fromisoformat(pending["deadline"])
    assert jobs[0].scheduled_at > datetime.now(UTC)


async def test_a_sentence_after_the_book_is_finished_goes_to_its_phase_and_the_book_is_finished_again(
    pool: Pool, tmp_path: Path
) -> None:
    desk = await finished(pool, tmp_path)
    before = await desk.versions()
    work = await desk.answer({"action": "feedback", "text": "登場人物をもっと若く"})
    assert work.status is WorkStatus.COMPLETED
    after = await desk.versions()
    assert after[: len(before)] == before
    new = after[len(before) :]
    assert [version.phase for version in new] == ["finishing"]
    assert new[0].parent_version_id == before[-1].version_id
    assert {version.branch for version in after} == {"main"}


async def test_a_fork_goes_on_from_an_older_version_and_leaves_the_old_line_as_it_is(desk: Desk) -> None:
    for _ in range(3):
        await desk.answer(APPROVE)
    before = await desk.versions()
    plot = before[2]
    await fork(desk.pool, desk.queue, desk.work_id, Fork(plot.version_id, "second"))
    work = await desk.run()
    assert work.pending_review
    assert work.pending_review["version_id"] == plot.version_id
    assert await desk.versions() == before

    await desk.answer(APPROVE)
    new = (await desk.versions())[len(before) :]
    assert [(version.phase, version.branch, version.parent_version_id) for version in new] == [
        ("storyboard", "second", plot.version_id)
    ]


async def test_a_fork_of_nothing_or_onto_a_taken_name_is_refused(desk: Desk) -> None:
    head = (await desk.versions())[0].version_id
    with pytest.raises(Conflict, match="branch 'main'"):
        await fork(desk.pool, desk.queue, desk.work_id, Fork(head, "main"))
    with pytest.raises(MangaError, match="no version"):
        await fork(desk.pool, desk.queue, desk.work_id, Fork("nothing", "other"))
    other = await opened_beside(desk)
    with pytest.raises(MangaError, match="no version"):
        await fork(desk.pool, desk.queue, desk.work_id, Fork(other, "other"))


async def opened_beside(desk: Desk) -> str:
    """A version of another work in the same database."""
    work = (await accept(desk.pool, desk.queue, Request(brief(feedback=True)))).work
    await desk.runner.run(work.id)
    async with connection(desk.pool) as conn:
        return (await list_versions(conn, work.id))[0].version_id


async def test_a_worker_that_was_not_there_when_the_time_ended_approves_the_review_and_draws_on(desk: Desk) -> None:
    """The process that asked is gone; one that is begun later has the timer's job and the run that follows."""
    pending = (await desk.work()).pending_review
    assert pending
    drawn_on: asyncio.Future[Work] = asyncio.get_running_loop().create_future()
    await desk.queue.defer_time_out(desk.work_id, pending["interrupt_id"], datetime.now(UTC))

    async def run(work_id: UUID, _: Taken) -> None:
        drawn_on.set_result(await desk.runner.run(work_id))

    async def unanswered(work_id: UUID, interrupt_id: str) -> None:
        await time_out(desk.pool, desk.queue, work_id, interrupt_id)

    stop = asyncio.Event()
    async with open_working_queue(str(desk.pool.conninfo), run, unanswered) as queue:
        serving = asyncio.create_task(serve(queue, [SHARED], stop))
        after = await drawn_on
        stop.set()
        await serving
    assert after.pending_review
    assert after.pending_review["phase"] == "characters"
    assert (await desk.types()).count(EventType.FEEDBACK_RECEIVED) == 1


@pytest.mark.parametrize("confirm", [False, True])
def test_a_sentence_says_in_answer_to_a_question_what_it_may_say_in_a_review(confirm: bool) -> None:
    said = {"action": "feedback", "text": "Page 1 darker", "confirm": confirm}
    assert check_answer(said, confirming=True).get("confirm", False) is confirm
