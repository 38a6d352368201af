"""Works with versions for the tests of their tree: one that waits for a person, one that is a finished book."""

from pathlib import Path

from graph.state import State
from storage.base import Version
from storage.database import Pool
from storage.versions import History
from tests.works.prepared import prepared
from tests.works.reviews.test_answers import APPROVE, Desk, opened
from works.versions.branching import Sender
from works.versions.tree import find_version, history_of, read_state


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
