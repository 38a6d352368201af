"""Versions, their events, edits and commands: written once, in one transaction, in order."""

import asyncio
from uuid import UUID, uuid4

import pytest

from manga.errors import Conflict, Fenced, NotFound
from storage import event_outbox, versions, work_commands, works
from storage.base import CommandStatus, EventType, NewVersion
from storage.database import Pool, connection, transaction

pytestmark = pytest.mark.anyio


@pytest.fixture
async def work_id(pool: Pool) -> UUID:
    async with transaction(pool) as conn:
        answer = await works.accept(
            conn, work_id=uuid4(), tenant="local", request_id="r", request_digest="d", brief={"text": "x"}
        )
    return answer.work.id


async def test_a_version_its_event_and_the_head_are_written_together_and_once(pool: Pool, work_id: UUID) -> None:
    new = NewVersion(work_id, "cp1", "concept", quality_level=3, quality_score=0.75)

    async def commit() -> versions.Committed:
        async with connection(pool) as conn:
            return await versions.commit_version(conn, new, event_data={"preview_url": "/p"})

    answers = await asyncio.gather(*(commit() for _ in range(4)))
    assert sum(answer.created for answer in answers) == 1
    assert {answer.version.version_id for answer in answers} == {versions.version_id_of(work_id, "cp1")}
    async with connection(pool) as conn:
        told = await event_outbox.read_events(conn, work_id)
        assert (await works.read_work(conn, work_id)).head_version == answers[0].version.version_id
    version_id = answers[0].version.version_id
    assert [event.type for event in told] == [EventType.VERSION_CREATED, EventType.PHASE_COMPLETE]
    assert [event.version_id for event in told] == [version_id, version_id]
    assert told[0].data["preview_url"] == f"/v1/works/{work_id}/previews/concept?version={version_id}"
    assert told[1].data == {"preview_url": "/p", "phase": "concept", "version_id": version_id}


async def test_a_replaced_worker_commits_neither_version_nor_event(pool: Pool, work_id: UUID) -> None:
    async with connection(pool) as conn:
        old = await works.take_epoch(conn, work_id)
        await works.take_epoch(conn, work_id)
        with pytest.raises(Fenced):
            await versions.commit_version(conn, NewVersion(work_id, "cp1", "concept"), epoch=old)
        assert await versions.list_versions(conn, work_id) == []
        assert await event_outbox.read_events(conn, work_id) == []


async def test_versions_form_a_tree_with_branches(pool: Pool, work_id: UUID) -> None:
    async with connection(pool) as conn:
        root = (await versions.commit_version(conn, NewVersion(work_id, "a", "concept"))).version
        child = NewVersion(work_id, "b", "characters", parent_version_id=root.version_id)
        left = (await versions.commit_version(conn, child)).version
        fork = NewVersion(
            work_id, "c", "concept", "feedback", root.version_id, "darker", "darker please", author="reader"
        )
        right = (await versions.commit_version(conn, fork)).version
        assert await versions.list_versions(conn, work_id) == [root, left, right]
        assert await versions.list_versions(conn, work_id, limit=1) == [root]
        heads = {line.name: line.head_version_id for line in await versions.list_branches(conn, work_id)}
        assert heads == {"main": left.version_id, "darker": right.version_id}
        with pytest.raises(NotFound):
            await versions.read_version(conn, uuid4(), root.version_id)


async def test_a_fork_stands_at_its_base_until_it_has_a_version_of_its_own(pool: Pool, work_id: UUID) -> None:
    async with connection(pool) as conn:
        assert await versions.current_branch(conn, work_id) is None
        root = (await versions.commit_version(conn, NewVersion(work_id, "a", "concept"))).version
        child = NewVersion(work_id, "b", "characters", parent_version_id=root.version_id)
        head = (await versions.commit_version(conn, child)).version
        opened = await versions.open_branch(conn, work_id, "night", root.version_id)
        assert opened.head_version_id == root.version_id
        with pytest.raises(Conflict, match="'night'"):
            await versions.open_branch(conn, work_id, "night", head.version_id)
        own = NewVersion(work_id, "c", "characters", parent_version_id=root.version_id, branch="night")
        new = (await versions.commit_version(conn, own)).version
        history = await versions.read_history(conn, work_id)
    assert history.versions == (root, head, new)
    assert [(b.name, b.base_version_id, b.head_version_id) for b in history.branches] == [
        ("main", None, head.version_id),
        ("night", root.version_id, new.version_id),
    ]
    assert history.current == history.branches[1]


async def test_a_work_with_branches_can_be_deleted(pool: Pool, work_id: UUID) -> None:
    async with connection(pool) as conn:
        root = (await versions.commit_version(conn, NewVersion(work_id, "a", "concept"))).version
        await versions.open_branch(conn, work_id, "night", root.version_id)
        assert await works.delete_work(conn, work_id)
        assert await versions.list_branches(conn, work_id) == []


async def test_more_than_two_hundred_versions_are_all_listed(pool: Pool, work_id: UUID) -> None:
    async with connection(pool) as conn:
        for number in range(203):
            await versions.commit_version(conn, NewVersion(work_id, f"c{number:03}", "lettering"), event=None)
        history = await versions.read_history(conn, work_id)
    assert [version.checkpoint_id for version in history.versions] == [f"c{number:03}" for number in range(203)]


async def test_a_reader_after_an_id_never_misses_an_event_that_commits_late(pool: Pool, work_id: UUID) -> None:
    slow_wrote, slow_may_commit = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with transaction(pool) as conn:
            await event_outbox.append_event(conn, work_id, EventType.PHASE_STARTED)
            slow_wrote.set()
            await slow_may_commit.wait()

    async def fast() -> None:
        async with transaction(pool) as conn:
            await event_outbox.append_event(conn, work_id, EventType.PHASE_COMPLETE)

    first = asyncio.create_task(slow())
    await slow_wrote.wait()
    second = asyncio.create_task(fast())
    async with connection(pool) as conn:
        assert await event_outbox.read_events(conn, work_id) == []
    slow_may_commit.set()
    await asyncio.gather(first, second)
    async with connection(pool) as conn:
        told = await event_outbox.read_events(conn, work_id)
        assert [event.type for event in told] == [EventType.PHASE_STARTED, EventType.PHASE_COMPLETE]
        assert await event_outbox.read_events(conn, work_id, after=told[0].id) == told[1:]


async def test_one_relay_at_a_time_gets_the_events(pool: Pool, work_id: UUID) -> None:
    async with transaction(pool) as conn:
        event = await event_outbox.append_event(conn, work_id, EventType.PARKED)
    async with transaction(pool) as mine, transaction(pool) as theirs:
        assert await event_outbox.claim_unrelayed(mine) == [(event, 0)]
        assert await event_outbox.claim_unrelayed(theirs) == []
        await event_outbox.mark_relayed(mine, [event.id])
    async with transaction(pool) as conn:
        assert await event_outbox.claim_unrelayed(conn) == []


async def test_a_command_is_pending_until_it_is_finished_once(pool: Pool, work_id: UUID) -> None:
    command_id = uuid4()
    async with connection(pool) as conn:
        for expected in (True, False):
            added = await work_commands.add_command(
                conn, command_id=command_id, work_id=work_id, kind="answer", target_checkpoint="cp1",
                payload={"action": "approve"},
            )  # fmt: skip
            assert added is expected
        assert [command.id for command in await work_commands.list_commands(conn, work_id, pending_only=True)] == [
            command_id
        ]
        assert await work_commands.finish_command(conn, command_id, CommandStatus.DONE, child_checkpoint="cp2")
        assert not await work_commands.finish_command(conn, command_id, CommandStatus.FAILED)
        (command,) = await work_commands.list_commands(conn, work_id)
        assert (command.status, command.child_checkpoint, command.payload) == (
            CommandStatus.DONE, "cp2", {"action": "approve"},
        )  # fmt: skip
        assert await work_commands.list_commands(conn, work_id, pending_only=True) == []


async def test_what_takes_the_place_of_a_queued_command_is_sent_then(pool: Pool, work_id: UUID) -> None:
    command_id = uuid4()
    async with connection(pool) as conn:
        for kind in (work_commands.QUEUED, "answer"):
            assert not await work_commands.was_sent(conn, command_id)
            assert await work_commands.add_command(conn, command_id=command_id, work_id=work_id, kind=kind)
            (command,) = await work_commands.list_commands(conn, work_id)
            if kind == work_commands.QUEUED:
                queued_at = command.created_at
        assert (command.kind, command.created_at > queued_at) == ("answer", True)
        assert await work_commands.was_sent(conn, command_id)
