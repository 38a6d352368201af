"""Pruning forgets the states between versions and nothing else: each is read, forked and answered as before."""

from pathlib import Path

import pytest

from graph.state import State
from graph.thread_config import config_of
from manga.errors import Conflict
from storage.base import WorkStatus
from storage.database import Pool
from tests.works.desk import APPROVE, Desk, opened
from tests.works.prepared import prepared
from works.versions.branching import Sender, fork_from, restore
from works.versions.tree import history_of, prune_states, read_state

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    """A work with two lines, a restore, a sentence, and a review that waits at lettering."""
    return await prepared(pool, tmp_path, _branched)


async def _branched(pool: Pool, tmp_path: Path) -> Desk:
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


async def checkpoints(desk: Desk) -> dict[str, str | None]:
    """Of the work, with their parents."""
    history = desk.it.graph.aget_state_history(config_of(str(desk.work_id), None))
    return {
        state.config["configurable"]["checkpoint_id"]: (state.parent_config or {})
        .get("configurable", {})
        .get("checkpoint_id")
        async for state in history
    }


def nearest_kept(name: str, before: dict[str, str | None], after: dict[str, str | None]) -> str | None:
    """The next checkpoint on the way back that stayed."""
    parent = before[name]
    while parent is not None and parent not in after:
        parent = before[parent]
    return parent


async def test_every_version_and_the_review_that_waits_are_as_before_and_less_is_kept(desk: Desk) -> None:
    before, asked, tree = await states(desk), await desk.work(), await checkpoints(desk)
    saved = await prune_states(desk.pool, desk.work_id)
    assert await states(desk) == before
    assert await desk.work() == asked
    assert saved.rows.checkpoints > len(before) / 2
    assert saved.rows.writes > 50
    assert saved.rows.blobs > 0
    assert saved.bytes_after < saved.bytes_before / 2
    again = await prune_states(desk.pool, desk.work_id)
    assert (again.rows.checkpoints, again.rows.writes, again.rows.blobs) == (0, 0, 0)
    kept = await checkpoints(desk)
    assert kept == {name: nearest_kept(name, tree, kept) for name in kept}
    for _ in range(2):
        await desk.answer(APPROVE)
    assert (await desk.work()).status is WorkStatus.COMPLETED


async def test_every_version_can_be_forked_after_it(desk: Desk) -> None:
    await prune_states(desk.pool, desk.work_id)
    before = await states(desk)
    for number, version in enumerate(await desk.versions()):
        await fork_from(Sender(desk.pool, desk.queue), desk.work_id, version.version_id, f"line-{number}x")
        work = await desk.run()
        assert work.pending_review is not None
        assert work.pending_review["version_id"] == version.version_id
    assert await states(desk) == before


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
