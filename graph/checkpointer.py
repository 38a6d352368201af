"""LangGraph's Postgres checkpointer, fenced: a worker that was replaced cannot write any more.

Every write carries the work's epoch (`configurable["epoch"]`) and is made in one transaction with the check that this
epoch still holds, together with what other works write at that moment (`storage.batched_writes`). Only plain JSON is
read back from checkpoints (strict msgpack), encrypted where a key is set (AES in EAX mode). The stock saver's lock,
which lets one database call at a time through for all works of a process, is not used: the pool hands out connections.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast
from uuid import UUID

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.base import CipherProtocol, SerializerProtocol
from langgraph.checkpoint.serde.encrypted import EncryptedSerializer
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg import AsyncCursor
from psycopg.abc import Query
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

from manga.errors import Fenced, SetupIncomplete
from storage.batched_writes import Rows, Together
from storage.database import Connection, Pool, connection, transaction
from storage.encryption import SETTING, keys_of
from storage.settings import StorageSettings

_TRY_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('mangaka:checkpoints', 0)) AS mine"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('mangaka:checkpoints', 0))"
_PROBE_ROW = "thread_id = 'mangaka:key' AND checkpoint_ns = '' AND channel = 'key' AND version = '1'"
_PROBE = f"SELECT type, blob FROM checkpoint_blobs WHERE {_PROBE_ROW} FOR UPDATE"
_LEAVE_PROBE = """INSERT INTO checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
    VALUES ('mangaka:key', '', 'key', '1', %s, %s) ON CONFLICT DO NOTHING"""
_RENEW_PROBE = f"UPDATE checkpoint_blobs SET type = %s, blob = %s WHERE {_PROBE_ROW}"
_CHANNELS = """SELECT b.channel, b.type, b.blob FROM (
        SELECT thread_id, checkpoint_ns, checkpoint -> 'channel_versions' AS versions FROM checkpoints
        WHERE thread_id = %s AND checkpoint_ns = '' ORDER BY checkpoint_id DESC LIMIT 1
    ) newest JOIN checkpoint_blobs b USING (thread_id, checkpoint_ns)
    WHERE b.channel = ANY(%s) AND b.version = newest.versions ->> b.channel AND b.type <> 'empty'"""
Renamed: TypeAlias = Callable[[bytes], bytes]
_fence: ContextVar[tuple[UUID, int] | None] = ContextVar("fence", default=None)


@dataclass(frozen=True, slots=True)
class KeyRing(CipherProtocol):
    """Encrypts by the first of its ciphers, decrypts by whichever can. Not empty."""

    ciphers: tuple[CipherProtocol, ...] = field(repr=False)

    def encrypt(self, plaintext: bytes) -> tuple[str, bytes]:
        return self.ciphers[0].encrypt(plaintext)

    def decrypt(self, ciphername: str, ciphertext: bytes) -> bytes:
        """Raises `SetupIncomplete` when none of the keys fits."""
        for cipher in self.ciphers:
            try:
                return cipher.decrypt(ciphername, ciphertext)
            except ValueError:  # its check of authenticity fails: another key, or bytes that somebody changed
                continue
        raise SetupIncomplete(
            "Checkpoints in the database were encrypted by another key.",
            remedy=f"Set {SETTING} to the key that they were encrypted with; after a change write the new key before "
            "the old one, with a comma between. Nothing was overwritten.",
        )


class OpenSerializer(JsonPlusSerializer):
    """Encrypts nothing, and tells what is missing where something is encrypted."""

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        if "+" in data[0]:
            raise SetupIncomplete(
                "Checkpoints in the database are encrypted.",
                remedy=f"Set {SETTING} to the key that they were encrypted with. Nothing was overwritten.",
            )
        return super().loads_typed(data)


def serializer_of(keys: Sequence[bytes]) -> SerializerProtocol:
    """Reads plain JSON alone (strict msgpack), with or without keys."""
    if not keys:
        return OpenSerializer(allowed_msgpack_modules=None)
    ciphers = tuple(EncryptedSerializer.from_pycryptodome_aes(key=key).cipher for key in keys)
    return EncryptedSerializer(KeyRing(ciphers), JsonPlusSerializer(allowed_msgpack_modules=None))


@contextmanager
def _fenced(config: RunnableConfig) -> Iterator[None]:
    configurable = config["configurable"]
    epoch = configurable.get("epoch")
    if epoch is None:
        raise Fenced("A checkpoint was to be written by somebody who does not hold the work.")
    token = _fence.set((UUID(str(configurable["thread_id"])), int(epoch)))
    try:
        yield
    finally:
        _fence.reset(token)


class FencedSaver(AsyncPostgresSaver):
    """Reads for everybody, writes for the holder of the work's epoch. Raises `Fenced`, `DatabaseUnreachable`."""

    conn: Pool

    def __init__(self, pool: Pool, keys: Sequence[bytes] = ()) -> None:
        super().__init__(pool, serde=serializer_of(keys))
        self._together = Together(pool)

    async def settled(self) -> None:
        """What was begun is over: before the pool is closed."""
        await self._together.settled()

    async def aget_channels(self, thread_id: str, channels: Sequence[str]) -> dict[str, Any]:
        """Those of the newest checkpoint that hold more than a bare string or number; the whole state may be large."""
        async with connection(self.conn) as conn:
            rows = await (await conn.execute(_CHANNELS, (thread_id, list(channels)))).fetchall()
        return {row["channel"]: self.serde.loads_typed((row["type"], row["blob"])) for row in rows}

    async def copy_states(self, conn: Connection, source: str, target: str, renamed: Renamed) -> None:
        """All states of a thread, for another that has none. `renamed` answers bytes as they are to be there: as many,
        with other ids in them."""
        for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
            rows = await (await conn.execute(f"SELECT * FROM {table} WHERE thread_id = %s", (source,))).fetchall()
            if rows:
                copies = await asyncio.to_thread(self._copies, rows, target, renamed)
                query = f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({', '.join(['%s'] * len(rows[0]))})"
                async with conn.cursor() as cursor:
                    await cursor.executemany(query, copies)

    def _copies(self, rows: Sequence[DictRow], target: str, renamed: Renamed) -> list[list[Any]]:
        return [self._copy(row, target, renamed) for row in rows]

    def _copy(self, row: DictRow, target: str, renamed: Renamed) -> list[Any]:
        copy = row | {"thread_id": target}
        for name, value in row.items():
            if isinstance(value, dict):
                copy[name] = Jsonb(json.loads(renamed(json.dumps(value).encode())))
        if row.get("blob"):
            copy["type"], copy["blob"] = self._renamed(row["type"], row["blob"], renamed)
        return list(copy.values())

    def _renamed(self, kind: str, blob: bytes, renamed: Renamed) -> tuple[str, bytes]:
        """Sealed by the newest key, where there is one."""
        if not isinstance(self.serde, EncryptedSerializer):
            if "+" in kind:
                self.serde.loads_typed((kind, blob))  # which says what is missing
            return kind, renamed(blob)
        plain, _, sealed_by = kind.partition("+")
        data = self.serde.cipher.decrypt(sealed_by, blob) if sealed_by else blob
        name, sealed = self.serde.cipher.encrypt(renamed(data))
        return f"{plain}+{name}", sealed

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        with _fenced(config):
            return await super().aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        with _fenced(config):
            await super().aput_writes(config, writes, task_id, task_path)

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        # `pipeline` is the parent's word for a call that writes: here that is a transaction.
        if pipeline and (fence := _fence.get()) is not None:
            noted = _Noted()
            yield cast("AsyncCursor[DictRow]", noted)
            await self._together.write(*fence, noted.statements)
            return
        async with (
            transaction(self.conn) if pipeline else connection(self.conn) as conn,
            conn.cursor(binary=True, row_factory=dict_row) as cursor,
        ):
            yield cursor


@dataclass(frozen=True, slots=True)
class _Noted:
    """What the parent wants to execute, as far as a cursor of its writes is asked."""

    statements: list[Rows] = field(default_factory=list)

    async def execute(self, query: Query, params: Sequence[Any]) -> None:
        self.statements.append((query, [params]))

    async def executemany(self, query: Query, params: Sequence[Sequence[Any]]) -> None:
        self.statements.append((query, params))


async def open_checkpointer(pool: Pool, keys: Sequence[bytes] | None = None) -> FencedSaver:
    """The checkpointer, its tables made when they are missing. `keys` None: those that the environment names.

    Keys that are given (also none at all) are tried on the database before anything is written. Raises
    `SetupIncomplete` when they are not those that it was encrypted with.
    """
    saver = FencedSaver(pool, keys_of(StorageSettings()) if keys is None else keys)
    while not await _current(saver):
        if await _set_up(saver):
            break
        await asyncio.sleep(0.05)
    if keys is not None:
        await _try_keys(saver, keys)
    return saver


async def _try_keys(saver: FencedSaver, keys: Sequence[bytes]) -> None:
    """On a row that no thread has: the first key that is ever set leaves it, and the newest key takes it over."""
    async with transaction(saver.conn) as conn:
        kind, data = await asyncio.to_thread(saver.serde.dumps_typed, "mangaka")
        if keys:
            await conn.execute(_LEAVE_PROBE, (kind, data))
        row = await (await conn.execute(_PROBE)).fetchone()
        if row is None:
            return
        saver.serde.loads_typed((row["type"], row["blob"]))
        await conn.execute(_RENEW_PROBE, (kind, data))


async def _current(saver: FencedSaver) -> bool:
    async with connection(saver.conn) as conn:
        row = await (await conn.execute("SELECT to_regclass('checkpoint_migrations') AS name")).fetchone()
        if row is None or row["name"] is None:
            return False
        done = await (await conn.execute("SELECT max(v) AS v FROM checkpoint_migrations")).fetchone()
        return done is not None and done["v"] is not None and done["v"] >= len(saver.MIGRATIONS) - 1


async def _set_up(saver: FencedSaver) -> bool:
    """False when another process is at it. Waiting inside the database would stop its CREATE INDEX CONCURRENTLY."""
    async with connection(saver.conn) as conn:
        if not await _holds(conn):
            return False
        try:
            await saver.setup()
        finally:
            await conn.execute(_UNLOCK)
    return True


async def _holds(conn: Connection) -> bool:
    row = await (await conn.execute(_TRY_LOCK)).fetchone()
    return row is not None and bool(row["mine"])
