"""Thins works that have been closed for a while: states between versions, events of progress, finished commands,
superseded versions where that is wanted, and every object that nothing of what stays names.

A dry run does the same in a transaction that is rolled back, and deletes no object. Pictures that were drawn (and
perhaps paid for) stay, also those that hang in no version, unless they are given up by name.
"""

import json
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from editing.work_blobs import WorkBlobs, blobs_of
from manga.errors import Conflict, NotFound
from storage.base import Version
from storage.checkpoint_pruning import checkpoint_bytes, prune_checkpoints
from storage.database import Connection, Pool, connection, transaction
from storage.objects import BlobStore
from storage.retention import drop_versions, old_works, remembered_art, row_bytes, thin_commands, thin_events
from storage.versions import History, read_history
from storage.works import read_result, read_work, take_epoch
from works.accept_work import DRAW
from works.versions.tree import line_of, read_state

MADE_AGAIN: Final = ("previews/", "exports/", "drawn/", "cover/")
"""Pieces that are made again when they are wanted, without asking a model."""
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_JSON: Final = (b"{", b"[")


@dataclass(frozen=True, slots=True)
class Policy:
    """`superseded`: versions that are no line's newest of their phase, have no name and are named by nothing go too.
    `unused_pictures`: drawn pictures that hang in no version go too. `run` False changes nothing."""

    older: timedelta = timedelta(days=30)
    superseded: bool = False
    unused_pictures: bool = False
    run: bool = False


@dataclass(frozen=True, slots=True)
class Thinned:
    """Of one work, or of all: what went, and bytes in PostgreSQL and in the store before and after."""

    works: int = 0
    checkpoints: int = 0
    versions: int = 0
    events: int = 0
    commands: int = 0
    objects: int = 0
    rows_before: int = 0
    rows_after: int = 0
    objects_before: int = 0
    objects_after: int = 0

    def __add__(self, other: "Thinned") -> "Thinned":
        return Thinned(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def to_json(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


class _RolledBack(Exception):
    """A dry run is over."""


async def thin_works(pool: Pool, store: BlobStore, policy: Policy) -> AsyncIterator[tuple[UUID, Thinned]]:
    """Work by work. One that somebody goes on with meanwhile is left out."""
    after: UUID | None = None
    while True:
        async with connection(pool) as conn:
            found = await old_works(conn, policy.older, after=after)
        for work_id in found:
            after = work_id
            try:
                yield work_id, await thin_work(pool, store, work_id, policy)
            except (Conflict, NotFound):
                continue
        if not found:
            return


async def thin_work(pool: Pool, store: BlobStore, work_id: UUID, policy: Policy) -> Thinned:
    """Raises `Conflict` for a work that is not closed, `NotFound`."""
    kept: tuple[Version, ...] = ()
    done = Thinned(works=1)
    try:
        async with transaction(pool) as conn:
            await _hold(conn, work_id)
            history = await read_history(conn, work_id)
            kept = await _kept(conn, pool, work_id, history) if policy.superseded else history.versions
            done += await _rows(conn, work_id, history, kept)
            if not policy.run:
                raise _RolledBack
    except _RolledBack:
        pass
    return done + await _objects(pool, store, work_id, kept, policy)


async def _hold(conn: Connection, work_id: UUID) -> str:
    """Nobody goes on with the work until the transaction is over. The tenant."""
    await take_epoch(conn, work_id)  # before the row, as runs lock them
    work = await read_work(conn, work_id, lock=True)
    if not work.status.closed:
        raise Conflict("The work goes on.")
    return work.tenant


async def _kept(conn: Connection, pool: Pool, work_id: UUID, history: History) -> tuple[Version, ...]:
    """Of every line its newest version of each phase and where it began, what has a name, and what these, or the
    work's result, speak of."""
    by_id = {version.version_id: version for version in history.versions}
    names = {version.version_id for version in history.versions if version.name}
    for branch in history.branches:
        names |= {branch.head_version_id, *([branch.base_version_id] if branch.base_version_id else [])}
        newest: dict[str, str] = {}
        for version in line_of(history, by_id[branch.head_version_id]):
            newest.setdefault(version.phase, version.version_id)
        names |= set(newest.values())
    heads = {branch.head_version_id for branch in history.branches}
    told = [json.dumps(await read_result(conn, work_id)), *[await _told(pool, by_id[name]) for name in heads]]
    names |= {name for name in by_id if any(name in text for text in told)}
    return tuple(version for version in history.versions if version.version_id in names)


async def _told(pool: Pool, version: Version) -> str:
    return json.dumps(await read_state(pool, version), default=str)


async def _rows(conn: Connection, work_id: UUID, history: History, kept: tuple[Version, ...]) -> Thinned:
    before = await checkpoint_bytes(conn, work_id) + await row_bytes(conn, work_id)
    stays = {version.version_id for version in kept}
    gone = [version.version_id for version in history.versions if version.version_id not in stays]
    if gone:
        await drop_versions(conn, work_id, _parents(history, stays), gone)
    events, commands = await thin_events(conn, work_id), await thin_commands(conn, work_id, DRAW)
    pruned = await prune_checkpoints(conn, work_id)
    after = await checkpoint_bytes(conn, work_id) + await row_bytes(conn, work_id)
    return Thinned(0, pruned.checkpoints, len(gone), events, commands, 0, before, after)


def _parents(history: History, stays: set[str]) -> Mapping[str, str | None]:
    """What each version that stays and loses its parent is made from: the nearest on the way back that stays."""
    by_id = {version.version_id: version for version in history.versions}
    found: dict[str, str | None] = {}
    for version in history.versions:
        parent = version.parent_version_id
        if version.version_id not in stays or parent is None or parent in stays:
            continue
        line = (older.version_id for older in line_of(history, by_id[parent]))
        found[version.version_id] = next((name for name in line if name in stays), None)
    return found


async def _objects(pool: Pool, store: BlobStore, work_id: UUID, kept: Iterable[Version], policy: Policy) -> Thinned:
    """The objects that stay are found again while nobody can go on with the work: what begins then finds them whole."""
    async with transaction(pool) as conn:
        tenant = await _hold(conn, work_id)
        blobs = blobs_of(store, tenant, str(work_id))
        sizes = await blobs.sizes("")
        texts = [await _told(pool, version) for version in kept]
        texts.append(json.dumps(await read_result(conn, work_id)))
        if not policy.unused_pictures:
            texts.append(json.dumps(await remembered_art(conn, work_id)))
        names = await _reached(blobs, sizes, texts)
        gone = [name for name in sizes if name.startswith(MADE_AGAIN) or (_NAME.fullmatch(name) and name not in names)]
        if policy.run:
            for name in gone:
                await blobs.delete(name)
    before, less = sum(sizes.values()), sum(sizes[name] for name in gone)
    return Thinned(objects=len(gone), objects_before=before, objects_after=before - less)


async def _reached(blobs: WorkBlobs, sizes: Mapping[str, int], texts: Iterable[str]) -> set[str]:
    """Names of objects in these texts, and in the objects that they name: a page names its pictures."""
    reached: set[str] = set()
    left = [name for text in texts for name in _NAME.findall(text)]
    while left:
        name = left.pop()
        if name in reached or name not in sizes:
            continue
        reached.add(name)
        if await _is_json(blobs, name):
            left += _NAME.findall((await blobs.get(name)).decode(errors="replace"))
    return reached


async def _is_json(blobs: WorkBlobs, name: str) -> bool:
    async for chunk in blobs.open_range(name, 0, 1):
        return chunk in _JSON
    return False
