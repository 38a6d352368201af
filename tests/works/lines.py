"""Works that several files of tests begin with: two that wait for a person, one that is a finished book, one with two
lines."""

from pathlib import Path

from graph.state import State
from storage.base import Version
from storage.database import Pool
from storage.versions import History
from tests.works.desk import APPROVE, Desk, opened
from tests.works.prepared import prepared
from works.versions.branching import Sender, fork_from
from works.versions.tree import find_version, history_of, read_state


async def asked(pool: Pool, tmp_path: Path) -> Desk:
    """A work whose person is asked about its concept."""
    return await prepared(pool, tmp_path, _asked)


async def _asked(pool: Pool, tmp_path: Path) -> Desk:
    return await opened(pool, tmp_path, feedback=True)


async def waiting(pool: Pool, tmp_path: Path) -> Desk:
    """A work whose person looks at each phase; it waits at the storyboard."""
    return await prepared(pool, tmp_path, _waiting)


async def _waiting(pool: Pool, tmp_path: Path) -> Desk:
    desk = await opened(pool, tmp_path, feedback=True)
    for _ in range(3):
        await desk.answer(APPROVE)
    return desk


async def finished(pool: Pool, tmp_path: Path) -> Desk:
    """A finished book that nobody was asked about."""
    return await prepared(pool, tmp_path, _finished)


async def _finished(pool: Pool, tmp_path: Path) -> Desk:
    return await opened(pool, tmp_path, feedback=False)


async def forked(pool: Pool, tmp_path: Path) -> Desk:
    """A finished book with two lines."""
    return await prepared(pool, tmp_path, _forked)


async def _forked(pool: Pool, tmp_path: Path) -> Desk:
    desk = await finished(pool, tmp_path)
    await fork_from(sender(desk), desk.work_id, "plot", "夜")
    await desk.run()
    return desk


def sender(desk: Desk) -> Sender:
    return Sender(desk.pool, desk.queue)


async def history(desk: Desk) -> History:
    return (await history_of(desk.pool, desk.work_id))[1]


async def head(desk: Desk) -> Version:
    return find_version(await history(desk), "head")


async def state(desk: Desk, version: str = "head") -> State:
    return await read_state(desk.pool, find_version(await history(desk), version))


def edit_of(key: str, **data: str) -> dict[str, object]:
    return {
        "id": f"e-{key}-{'-'.join(data.values())}", "change_type": "text_edit", "phase": "characters",
        "element_key": key, "change_data": data, "base_version": "v",
    }  # fmt: skip
