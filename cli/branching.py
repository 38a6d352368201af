"""`fork`, `restore`, `keep`, `lock`: what they begin. What follows is done until the book is done or a person asked."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from cli.draw import Begin
from cli.which import Which
from storage.base import Work
from storage.database import connection
from works.composition import House
from works.versions.branching import Sender, fork_from, keep, lock, restore

Order = Callable[[Sender, UUID], Awaitable[Work]]


def forking(which: Which, version: str, branch: str | None, sentence: str | None) -> Begin:
    """A new line from an old version."""
    return _ordering(which, lambda sender, work_id: fork_from(sender, work_id, version, branch, sentence), version)


def restoring(which: Which, version: str) -> Begin:
    """An old state as the newest version."""
    return _ordering(which, lambda sender, work_id: restore(sender, work_id, version), version)


def keeping(which: Which, panels: Sequence[str], source: str) -> Begin:
    """Pictures of another version."""
    return _ordering(which, lambda sender, work_id: keep(sender, work_id, panels, source), source)


def locking(which: Which, elements: Sequence[str], *, off: bool) -> Begin:
    """What stays, or may change again."""
    return _ordering(which, lambda sender, work_id: lock(sender, work_id, elements, off=off))


def _ordering(which: Which, order: Order, *versions: str) -> Begin:
    async def begin(house: House) -> UUID:
        async with connection(house.pool) as conn:
            work_id = await which.find(conn, *versions)
        await order(Sender(house.pool, house.queue, alone=True), work_id)
        return work_id

    return begin
