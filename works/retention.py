"""Thins works that have been closed for a while: states between versions, events of progress, commands to
resume that are done, superseded versions where that is wanted, and every object that nothing of what stays names.

A dry run does the same in a transaction that is rolled back, and deletes no object. Pictures that were drawn (and
perhaps paid for) stay, also those that hang in no version, unless they are given up by name.
"""

import json
import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from psycopg import Rollback

from editing.work_blobs import WorkBlobs, blobs_of
from graph.checkpointer import open_checkpointer
from graph.thread_config import config_of
from manga.errors import Conflict, NotFound
from storage.base import Command, Version
from storage.checkpoint_pruning import checkpoint_bytes, prune_checkpoints
from storage.database import Connection, Pool, connection, transaction
from storage.objects import BlobStore
from storage.retention import (
    drop_versions,
    forget_pictures,
    old_works,
    remembered_art,
    row_bytes,
    thin_commands,
    thin_events,
)
from storage.versions import History, read_history
from storage.work_commands import list_commands
from storage.works import read_result, take_work
from works.accept_work import DRAW
from works.reviews.answers import ORDERS
from works.versions.tree import line_of, read_state

MADE_AGAIN: Final = ("previews/", "exports/", "drawn/", "cover/", "thumbnails/", "cut_outs/")
"""Pieces that are made again when they are wanted, without asking a model."""
RESULTS: Final = "made/"
"""Results of phases, by what they were made from."""
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


@dataclass(frozen=True, slots=True)
class _Gone:
    """What of a work is given up: ids of versions, digests of remembered pictures."""

    versions: Collection[str] = ()
    pictures: Collection[str] = ()


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
    done, gone = Thinned(works=1), _Gone()
    async with transaction(pool) as conn:
        blobs = await _hold(conn, store, work_id)
        history = await read_history(conn, work_id)
        kept = await _kept(conn, pool, work_id, history) if policy.superseded else history.versions
        unused = await _unused(conn, pool, blobs, work_id, kept) if policy.unused_pictures else ()
        gone = _Gone({v.version_id for v in history.versions} - {v.version_id for v in kept}, unused)
        done += await _rows(conn, work_id, history, gone)
        if not policy.run:
            raise Rollback
    return done + await _objects(pool, store, work_id, gone, policy)


async def _hold(conn: Connection, store: BlobStore, work_id: UUID) -> WorkBlobs:
    """Nobody goes on with the work until the transaction is over. Its objects."""
    work = await take_work(conn, work_id)
    if not work.status.closed:
        raise Conflict("The work goes on.")
    return blobs_of(store, work.tenant, str(work_id))


async def _kept(conn: Connection, pool: Pool, work_id: UUID, history: History) -> tuple[Version, ...]:
    """Of every line its newest version of each phase and where it began, what has a name, where an order begins that is
    not carried out yet, and what these, or the work's result, speak of."""
    by_id = {version.version_id: version for version in history.versions}
    names = {version.version_id for version in history.versions if version.name}
    for branch in history.branches:
        names |= {branch.head_version_id, *([branch.base_version_id] if branch.base_version_id else [])}
        newest: dict[str, str] = {}
        for version in line_of(history, by_id[branch.head_version_id]):
            newest.setdefault(version.phase, version.version_id)
        names |= set(newest.values())
    orders = await list_commands(conn, work_id, pending_only=True)
    begin = {order.target_checkpoint for order in orders}
    names |= {version.version_id for version in history.versions if version.checkpoint_id in begin}
    heads = [by_id[name] for name in {branch.head_version_id for branch in history.branches}]
    told = await _texts(conn, pool, work_id, heads, orders)
    names |= {name for name in by_id if any(name in text for text in told)}
    return tuple(version for version in history.versions if version.version_id in names)


async def _texts(
    conn: Connection, pool: Pool, work_id: UUID, versions: Iterable[Version], orders: Iterable[Command]
) -> list[str]:
    """What names objects and versions: the states of versions, the state that a work which failed goes on from, its
    result, orders."""
    saver = await open_checkpointer(pool)
    newest = await saver.aget_tuple(config_of(str(work_id), None))
    going_on = newest and [newest.checkpoint["channel_values"], newest.pending_writes]
    told = [going_on, await read_result(conn, work_id), *[order.payload for order in orders]]
    states = [await read_state(pool, version) for version in versions]
    return [json.dumps(one, default=str) for one in (*told, *states)]


async def _unused(
    conn: Connection, pool: Pool, blobs: WorkBlobs, work_id: UUID, versions: Iterable[Version]
) -> set[str]:
    """The pictures that were drawn and hang nowhere."""
    texts = await _texts(conn, pool, work_id, versions, await list_commands(conn, work_id))
    reached = await _reached(blobs, await blobs.sizes(""), texts)
    art = await remembered_art(conn, work_id)
    return {digest for digest, one in art.items() if one.get("blob") and one["blob"] not in reached}


async def _rows(conn: Connection, work_id: UUID, history: History, gone: _Gone) -> Thinned:
    before = await checkpoint_bytes(conn, work_id) + await row_bytes(conn, work_id)
    if gone.versions:
        await drop_versions(conn, work_id, _parents(history, gone.versions), gone.versions)
    await forget_pictures(conn, work_id, gone.pictures)
    events, commands = await thin_events(conn, work_id), await thin_commands(conn, work_id, (DRAW, *ORDERS))
    pruned = await prune_checkpoints(conn, work_id)
    after = await checkpoint_bytes(conn, work_id) + await row_bytes(conn, work_id)
    return Thinned(0, pruned.checkpoints, len(gone.versions), events, commands, 0, before, after)


def _parents(history: History, gone: Collection[str]) -> Mapping[str, str | None]:
    """What each version that stays and loses its parent is made from: the nearest on the way back that stays."""
    by_id = {version.version_id: version for version in history.versions}
    found: dict[str, str | None] = {}
    for version in history.versions:
        parent = version.parent_version_id
        if version.version_id in gone or parent is None or parent not in gone:
            continue
        line = (older.version_id for older in line_of(history, by_id[parent]))
        found[version.version_id] = next((name for name in line if name not in gone), None)
    return found


async def _objects(pool: Pool, store: BlobStore, work_id: UUID, gone: _Gone, policy: Policy) -> Thinned:
    """What stays is read again while nobody can go on with the work: what was made since the rows went stays whole."""
    async with transaction(pool) as conn:
        blobs = await _hold(conn, store, work_id)
        sizes = await blobs.sizes("")
        stay = [one for one in (await read_history(conn, work_id)).versions if one.version_id not in gone.versions]
        texts = await _texts(conn, pool, work_id, stay, await list_commands(conn, work_id))
        art = await remembered_art(conn, work_id)
        texts.append(json.dumps([one for digest, one in art.items() if digest not in gone.pictures]))
        names = await _reached(blobs, sizes, texts)
        loose = {name for name in sizes if _NAME.fullmatch(name)} - names
        going = [*[name for name in sizes if await _goes(blobs, name, loose)], *loose]
        if policy.run:
            for name in going:
                await blobs.delete(name)
    before, less = sum(sizes.values()), sum(sizes[name] for name in going)
    return Thinned(objects=len(going), objects_before=before, objects_after=before - less)


async def _goes(blobs: WorkBlobs, piece: str, loose: set[str]) -> bool:
    """A book whose pages go is not found again: it would be one without them."""
    if piece.startswith(RESULTS):
        return bool(loose & await _named(blobs, piece))
    return piece.startswith(MADE_AGAIN)


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
            left += await _named(blobs, name)
    return reached


async def _named(blobs: WorkBlobs, name: str) -> set[str]:
    return set(_NAME.findall((await blobs.get(name)).decode(errors="replace")))


async def _is_json(blobs: WorkBlobs, name: str) -> bool:
    async for chunk in blobs.open_range(name, 0, 1):
        return chunk in _JSON
    return False
