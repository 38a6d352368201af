"""Pruning forgets the states between versions and nothing else: each is read, forked and answered as before."""

from pathlib import Path

import pytest

from graph.state import State
from graph.thread_config import config_of
from manga.errors import Conflict
from storage.base import WorkStatus
from storage.database import Pool
from tests.works.reviews.test_answers import APPROVE, Desk, opened
from works.versions.branching import Sender, fork_from, restore
from works.versions.tree import history_of, prune_states, read_state

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    """A work with two lines, a restore, a sentence, and a review that waits at lettering."""
    desk = await opened(pool, tmp_path, feedback=True)
    for _ in range(4):
        await desk.answer(APPROVE)
    await fork_from(Sender(desk.pool, desk.queue), desk.work_id, "plot", "other")
    await desk.run()
    await restore(Sender(desk.pool, desk.queue), desk.work_id, "characters")
    await desk.run()
    await desk.answer({"action": "feedback", "text": "コンセプトをもっと暗く"})
    while (await desk.work()).pending_review["phase"] != "lettering":  # type: ignore[index]
        await desk.answer(APPROVE)
    return desk


async def states(desk: Desk) -> dict[str, State]:
    return {version.version_id: await read_state(desk.pool, version) for version in await desk.versions()}


async def test_every_version_is_read_as_before_and_less_is_kept(desk: Desk) -> None:
    before = await states(desk)
    saved = await prune_states(desk.pool, desk.work_id)
    assert await states(desk) == before
    assert saved.rows.checkpoints > len(before) / 2
    assert saved.rows.writes > 50
    assert saved.rows.blobs > 0
    assert saved.bytes_after < saved.bytes_before / 2
    again = await prune_states(desk.pool, desk.work_id)
    assert (again.rows.checkpoints, again.rows.writes, again.rows.blobs) == (0, 0, 0)


async def test_every_version_can_be_forked_after_it(desk: Desk) -> None:
    await prune_states(desk.pool, desk.work_id)
    before = await states(desk)
    for number, version in enumerate(await desk.versions()):
        await fork_from(Sender(desk.pool, desk.queue), desk.work_id, version.version_id, f"line-{number}x")
        work = await desk.run()
        assert work.pending_review is not None
        assert work.pending_review["version_id"] == version.version_id
    assert await states(desk) == before


async def test_the_review_that_waits_is_answered_and_the_book_is_finished(desk: Desk) -> None:
    asked = await desk.work()
    await prune_states(desk.pool, desk.work_id)
    assert await desk.work() == asked
    for _ in range(2):
        await desk.answer(APPROVE)
    assert (await desk.work()).status is WorkStatus.COMPLETED


async def test_the_checkpoints_that_stay_form_the_same_tree(desk: Desk) -> None:
    """The parent of each is the nearest one before it that stayed."""
    graph, work = desk.it.graph, str(desk.work_id)
    before = {
        s.config["configurable"]["checkpoint_id"]: s async for s in graph.aget_state_history(config_of(work, None))
    }
    await prune_states(desk.pool, desk.work_id)
    after = {
        s.config["configurable"]["checkpoint_id"]: s async for s in graph.aget_state_history(config_of(work, None))
    }
    for name, state in after.items():
        line = before[name]
        while (parent := (line.parent_config or {}).get("configurable", {}).get("checkpoint_id")) not in (None, *after):
            line = before[parent]
        assert (state.parent_config or {}).get("configurable", {}).get("checkpoint_id") == parent


async def test_another_work_loses_nothing(desk: Desk, pool: Pool, tmp_path: Path) -> None:
    other = await opened(pool, tmp_path / "other", feedback=False)
    before = await states(other)
    await prune_states(desk.pool, desk.work_id)
    assert await states(other) == before
    _, history = await history_of(pool, other.work_id)
    assert len(history.versions) == 7


async def test_a_work_that_is_being_done_is_left_alone(desk: Desk) -> None:
    await restore(Sender(desk.pool, desk.queue), desk.work_id, "concept")
    with pytest.raises(Conflict, match="being done"):
        await prune_states(desk.pool, desk.work_id)
