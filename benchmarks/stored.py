"""What lies in PostgreSQL and in the object store."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure
from tests.end_to_end.service_program import OwnServers

KIB: Final = 1024
MIB: Final = 1024 * 1024
WASTE: Final = 1.05
"""Bytes in the store to those that are there once, at most."""
_TABLES: Final = "SELECT relname, oid::int FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_SIZES: Final = (
    "SELECT relname, pg_total_relation_size(oid)::bigint AS bytes FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


@dataclass(frozen=True, slots=True)
class Objects:
    """In the store: how many, their bytes, and the bytes of those that differ."""

    count: int
    total: int
    unique: int


@dataclass(frozen=True, slots=True)
class Stored:
    """`rows` and `bytes` by table, indexes and TOAST included; `objects` of the works that were asked for."""

    rows: Mapping[str, int]
    bytes: Mapping[str, int]
    objects: Objects

    def since(self, before: "Stored") -> "Stored":
        """What has come to the tables; a table may have shrunk."""
        return Stored(_less(self.rows, before.rows), _less(self.bytes, before.bytes), self.objects)

    def figures(self, works: int) -> list[Figure]:
        """By the mean of so many works. The largest tables are told apart."""
        largest = sorted(self.bytes, key=self.bytes.__getitem__, reverse=True)[:4]
        tables = (
            Figure(f"  of table {name}: {self.rows[name] / works:.0f} rows", self.bytes[name] / works / KIB, "KiB")
            for name in largest
        )
        return [
            Figure("rows in PostgreSQL, a work", sum(self.rows.values()) / works, ""),
            Figure("bytes in PostgreSQL, a work", sum(self.bytes.values()) / works / KIB, "KiB"),
            *tables,
            Figure("objects in the store, a work", self.objects.count / works, ""),
            Figure("bytes in the store, a work", self.objects.total / works / MIB, "MiB"),
            *waste(self.objects, works),
        ]


def waste(objects: Objects, works: int = 1) -> list[Figure]:
    """Bytes stored beside the bytes of the objects that differ."""
    total, unique = (part / works / MIB for part in (objects.total, objects.unique))
    return [Figure("bytes stored", total, "MiB", peer=unique, peer_name="unique bytes", times=WASTE)]


def stored_of(servers: OwnServers, works: Sequence[str]) -> Stored:
    """Everything in the tables; in the store what belongs to these works."""
    tables = [str(row["relname"]) for row in servers.rows(_TABLES)]
    rows = {name: int(servers.row(f'SELECT count(*) AS n FROM "{name}"')["n"]) for name in tables}
    sizes = {str(row["relname"]): int(row["bytes"]) for row in servers.rows(_SIZES)}
    blobs = Path(servers.stores.environment()["MANGA_HOME"]) / "blobs"
    return Stored(rows, sizes, objects_in(path for work in works for path in blobs.glob(f"*/{work}")))


def objects_in(folders: Iterable[Path]) -> Objects:
    """Every file below, by what is in it. Each folder is a work's: what two works share is twice there on purpose, so
    that one can be deleted."""
    sizes: list[int] = []
    unique: dict[tuple[Path, bytes], int] = {}
    for folder in folders:
        for file in (file for file in sorted(folder.rglob("*")) if file.is_file()):
            data = file.read_bytes()
            sizes.append(len(data))
            unique[folder, hashlib.sha256(data).digest()] = len(data)
    return Objects(len(sizes), sum(sizes), sum(unique.values()))


def _less(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    return {name: value - before.get(name, 0) for name, value in now.items()}
