"""What the graph writes besides checkpoints (versions, counters, pictures drawn): the port, PostgreSQL, a plain one."""

from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID

from editing.state_as_json import Json
from storage.base import EventType, NewVersion
from storage.database import Pool, connection, transaction
from storage.versions import commit_version, version_id_of
from storage.works import add_counters, read_counters, recall_picture, remember_picture

ENDS: Final = frozenset({"phase", "feedback"})
"""Kinds of versions that are the end of a phase; all others are a person's change of an old one."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A phase that is done: what the review node knows of it."""

    work: str
    checkpoint_id: str
    phase: str
    parent: str | None = None
    branch: str = "main"
    description: str = ""
    quality_level: int | None = None
    quality_score: float | None = None
    preview: str | None = None
    kind: str = "phase"
    author: str = "mangaka"


class Ledger(Protocol):
    """Raises `Fenced` when another worker has taken the work over."""

    async def commit(self, finished: Finished, *, epoch: int | None) -> tuple[str, bool]:
        """The version's id, and whether it is new. Its event is written with it; a second call changes nothing."""
        ...

    async def count(self, work: str, counters: dict[str, int]) -> None: ...

    async def counted(self, work: str) -> dict[str, int]:
        """All counters of the work."""
        ...

    async def recall(self, work: str, digest: str) -> Json | None:
        """The picture that this work drew from these inputs."""
        ...

    async def remember(self, work: str, digest: str, art: Json) -> None:
        """Remembers a picture and counts it as `images_drawn`, both or neither, once for each digest."""
        ...

    async def reuse(self, work: str, digest: str, art: Json, saved_microusd: int) -> None:
        """Remembers a picture of the scene cache and counts it as `cache_hits`, with what it saved."""
        ...


@dataclass(frozen=True, slots=True)
class PostgresLedger:
    """The tables `versions`, `events` and `work_counters`."""

    pool: Pool

    async def commit(self, finished: Finished, *, epoch: int | None) -> tuple[str, bool]:
        new = NewVersion(
            work_id=UUID(finished.work),
            checkpoint_id=finished.checkpoint_id,
            phase=finished.phase,
            kind=finished.kind,
            author=finished.author,
            parent_version_id=finished.parent,
            branch=finished.branch,
            change_description=finished.description,
            quality_level=finished.quality_level,
            quality_score=finished.quality_score,
        )
        async with transaction(self.pool) as conn:
            data: dict[str, Any] = {"preview": finished.preview}
            told = EventType.PHASE_COMPLETE if finished.kind in ENDS else None
            committed = await commit_version(conn, new, epoch=epoch, event=told, event_data=data)
        return committed.version.version_id, committed.created

    async def count(self, work: str, counters: dict[str, int]) -> None:
        async with transaction(self.pool) as conn:
            await add_counters(conn, UUID(work), counters)

    async def counted(self, work: str) -> dict[str, int]:
        async with connection(self.pool) as conn:
            return dict(await read_counters(conn, UUID(work)))

    async def recall(self, work: str, digest: str) -> Json | None:
        async with connection(self.pool) as conn:
            return await recall_picture(conn, UUID(work), digest)

    async def remember(self, work: str, digest: str, art: Json) -> None:
        async with connection(self.pool) as conn:
            await remember_picture(conn, UUID(work), digest, art)

    async def reuse(self, work: str, digest: str, art: Json, saved_microusd: int) -> None:
        async with connection(self.pool) as conn:
            await remember_picture(conn, UUID(work), digest, art, _reused(saved_microusd))


@dataclass(frozen=True, slots=True)
class PlainLedger:
    """Remembers in the process only: for `langgraph dev`, which keeps its own history, and for tests."""

    versions: dict[str, Finished] = field(default_factory=dict)
    counters: dict[tuple[str, str], int] = field(default_factory=dict)
    pictures: dict[tuple[str, str], Json] = field(default_factory=dict)

    async def commit(self, finished: Finished, *, epoch: int | None) -> tuple[str, bool]:
        version_id = version_id_of(UUID(finished.work), finished.checkpoint_id)
        new = version_id not in self.versions
        self.versions.setdefault(version_id, finished)
        return version_id, new

    async def count(self, work: str, counters: dict[str, int]) -> None:
        for name, more in counters.items():
            self.counters[work, name] = self.counters.get((work, name), 0) + more

    async def counted(self, work: str) -> dict[str, int]:
        return {name: count for (whose, name), count in self.counters.items() if whose == work}

    async def recall(self, work: str, digest: str) -> Json | None:
        return self.pictures.get((work, digest))

    async def remember(self, work: str, digest: str, art: Json) -> None:
        if (work, digest) not in self.pictures:
            self.pictures[work, digest] = art
            await self.count(work, {"images_drawn": 1})

    async def reuse(self, work: str, digest: str, art: Json, saved_microusd: int) -> None:
        if (work, digest) not in self.pictures:
            self.pictures[work, digest] = art
            await self.count(work, _reused(saved_microusd))


def _reused(saved_microusd: int) -> dict[str, int]:
    return {"cache_hits": 1, "saved_microusd": saved_microusd}
