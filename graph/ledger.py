"""What the graph writes down besides its checkpoints: versions with their events, counters. A port and its twins."""

from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from storage.base import NewVersion
from storage.database import Pool, transaction
from storage.versions import commit_version, version_id_of
from storage.works import add_counters


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


class Ledger(Protocol):
    """Raises `Fenced` when another worker has taken the work over."""

    async def commit(self, finished: Finished, *, epoch: int | None) -> tuple[str, bool]:
        """The version's id, and whether it is new. Its event is written with it; a second call changes nothing."""
        ...

    async def count(self, work: str, counters: dict[str, int]) -> None: ...


@dataclass(frozen=True, slots=True)
class PostgresLedger:
    """The tables `versions`, `events` and `work_counters`."""

    pool: Pool

    async def commit(self, finished: Finished, *, epoch: int | None) -> tuple[str, bool]:
        new = NewVersion(
            work_id=UUID(finished.work),
            checkpoint_id=finished.checkpoint_id,
            phase=finished.phase,
            parent_version_id=finished.parent,
            branch=finished.branch,
            change_description=finished.description,
            quality_level=finished.quality_level,
            quality_score=finished.quality_score,
        )
        async with transaction(self.pool) as conn:
            data: dict[str, Any] = {"preview": finished.preview}
            committed = await commit_version(conn, new, epoch=epoch, event_data=data)
        return committed.version.version_id, committed.created

    async def count(self, work: str, counters: dict[str, int]) -> None:
        async with transaction(self.pool) as conn:
            await add_counters(conn, UUID(work), counters)


@dataclass(frozen=True, slots=True)
class PlainLedger:
    """Remembers in the process only: for `langgraph dev`, which keeps its own history, and for tests."""

    versions: dict[str, Finished] = field(default_factory=dict)
    counters: dict[tuple[str, str], int] = field(default_factory=dict)

    async def commit(self, finished: Finished, *, epoch: int | None) -> tuple[str, bool]:
        version_id = version_id_of(UUID(finished.work), finished.checkpoint_id)
        new = version_id not in self.versions
        self.versions.setdefault(version_id, finished)
        return version_id, new

    async def count(self, work: str, counters: dict[str, int]) -> None:
        for name, more in counters.items():
            self.counters[work, name] = self.counters.get((work, name), 0) + more
