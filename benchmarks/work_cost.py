"""What a work costs, its drawing included: processor seconds by who spends them, rows and bytes in PostgreSQL, bytes in
the object store, connections. Nothing is remembered: every page, sheet and preview is drawn as it is for an author.

python -m benchmarks.work_cost [--works 3] [--letters] [--story FILE] [--figures FILE]

`mangaka serve` with its workers inside draws the story so many times, one after the other, after a small work that does
not count (what is imported and started then is not a work's). Pictures and words come from the stub of Google's models
that the tests use; it stands for somebody else's machine, so its processor time is not counted. Every work is of
another tenant, so that each picture is paid for. A calibration loop runs on all cores before the first work and after
each: the ratio to it holds on other machines and beside other load.
"""

import argparse
import hashlib
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import psycopg
import redis

from benchmarks.calibration import calibrate
from benchmarks.figure import Figure, told
from benchmarks.one_work import is_picture
from benchmarks.real_service import BOOK, STORY, RealService, Spent, own_stores, service_on
from tests.end_to_end.crew import is_panel
from tests.end_to_end.service_program import OwnServers

MOST_S: Final = 9.0
"""Processor seconds of the machine that `REFERENCE_S` was taken on."""
REFERENCE_S: Final = 0.81
"""The calibration loop there, on both cores at once and with nothing else to do."""
EVERY_S: Final = 0.2
"""Connections are counted as often."""
KIB: Final = 1024
MIB: Final = 1024 * 1024
WASTE: Final = 1.05
"""Bytes in the store to those that are there once, at most."""
_TABLES: Final = "SELECT relname, oid::int FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_SIZES: Final = (
    "SELECT relname, pg_total_relation_size(oid)::bigint AS bytes FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
_OPEN: Final = (
    "SELECT count(*) AS n FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
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


@dataclass(slots=True)
class Connections:
    """The most that there were at once."""

    postgres: int = 0
    redis: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def watched(self, servers: OwnServers) -> Iterator["Connections"]:
        """Beside the block, by one connection to each, which are not counted."""
        looking = threading.Thread(target=self._look, args=(servers,), daemon=True)
        looking.start()
        try:
            yield self
        finally:
            self._over.set()
            looking.join()

    def _look(self, servers: OwnServers) -> None:
        with (
            psycopg.connect(servers.stores.database_url, autocommit=True) as database,
            redis.Redis.from_url(servers.stores.redis_url) as cache,
        ):
            while not self._over.wait(EVERY_S):
                found: Any = database.execute(_OPEN).fetchone()
                self.postgres = max(self.postgres, int(found[0]))
                self.redis = max(self.redis, len(cache.client_list()) - 1)

    def figures(self) -> list[Figure]:
        return [
            Figure("connections to PostgreSQL, at most", self.postgres, ""),
            Figure("connections to Redis, at most", self.redis, ""),
        ]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of all measured works together. `paid` are the calls for pictures of panels, `shown` the panels that have one."""

    works: int
    spent: Spent
    wall_s: float
    calibration_s: float
    paid: int
    shown: int
    words: int
    least_words: int
    pages: int
    stored: Stored
    connections: Connections


def measured(service: RealService, text: str, works: int) -> Cost:
    """The story drawn so many times, each time for another author, after a first time by which the stub has its
    pictures: it draws on the same cores."""
    service.draw(text, BOOK)
    first, calibration, calls = stored_of(service.servers, []), [calibrate()], len(service.gemini.calls)
    before, took, drawn = service.spent(), 0.0, []
    with Connections().watched(service.servers) as connections:
        for _ in range(works):
            begun = time.monotonic()
            drawn.append(service.draw(text, BOOK))
            took += time.monotonic() - begun
            calibration.append(calibrate())
    seconds = service.spent().since(before)
    made = service.gemini.calls[calls:]
    pictures, words = (
        [call for call in made if call.paid and is_picture(call) is picture] for picture in (True, False)
    )
    shown, pages = (sum(counts) for counts in zip(*map(service.book, drawn), strict=True))
    stored = stored_of(service.servers, [story.id for story in drawn]).since(first)
    return Cost(
        works,
        seconds,
        took,
        fmean(calibration),
        sum(is_panel(call) for call in pictures),
        shown,
        len(words),
        len({call.digest for call in words}) * works,
        pages,
        stored,
        connections,
    )


def figures(cost: Cost) -> list[Figure]:
    """A work, by the mean of all."""
    works, seconds = cost.works, cost.spent.total / cost.works
    pace = cost.calibration_s / REFERENCE_S
    parts = (Figure(f"  of {who}", part / works, "s") for who, part in cost.spent.seconds.items())
    return [
        Figure("a work with its drawing, processor time at the reference's pace", seconds / pace, "s", MOST_S),
        Figure(
            "a work with its drawing, processor time", seconds, "s", peer=cost.calibration_s, peer_name="calibration"
        ),
        *parts,
        Figure("paid calls for pictures", cost.paid, "", peer=cost.shown, peer_name="pictures in the books", times=1.0),
        Figure("paid calls for words", cost.words, "", peer=cost.least_words, peer_name="questions", times=1.0),
        Figure("pages, a work", cost.pages / works, ""),
        Figure("a work from its story to its end, alone", cost.wall_s / works, "s"),
        *cost.stored.figures(works),
        *cost.connections.figures(),
    ]


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.work_cost")
    parser.add_argument("--works", type=int, default=3, help="at least 1")
    parser.add_argument("--letters", action="store_true", help="paid pictures are looked at for letters, the default")
    parser.add_argument("--story", type=Path, default=STORY)
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    if chosen.works < 1:
        parser.error("--works is at least 1")
    if not chosen.story.is_file():
        parser.error(f"--story: there is no file {chosen.story}")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    chosen = parsed(arguments)
    with own_stores(letters=chosen.letters) as stores, service_on(stores) as service:
        found = figures(measured(service, chosen.story.read_text(encoding="utf-8"), chosen.works))
    return told(found, chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
