"""What a work costs, its drawing included: processor seconds by who spends them, rows and bytes in PostgreSQL, bytes in
the object store, connections. Nothing is remembered: every page, sheet and preview is drawn as it is for an author.

python -m benchmarks.work_cost [--works 3] [--story FILE] [--figures FILE]

`mangaka serve` with its workers inside draws the story so many times, one after the other, after a small work that does
not count (what is imported and started then is not a work's). Pictures and words come from the stub of Google's models
that the tests use; it stands for somebody else's machine, so its processor time is not counted, and pictures of earlier
works are forgotten, so that each is drawn and paid for. A calibration loop runs on all cores before and after: the
ratio to it holds on other machines and beside other load.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

import psutil  # type: ignore[import-untyped]
import redis

from benchmarks.calibration import calibrate
from benchmarks.figure import Figure, write_figures
from benchmarks.stored import Stored, stored_of
from benchmarks.watching import Connections
from tests.end_to_end.service_program import Api, OwnServers, own_servers, served
from tests.gemini.server import serve as serve_gemini

ROOT: Final = Path(__file__).resolve().parents[1]
STORY: Final = ROOT / "examples/the_lighthouse_cat.txt"
ENOUGH_S: Final = 300.0
UNPACED: Final = "100000"
BOOK: Final = {"max_images": 25}
"""A book of 24 paid pictures and 6 pages."""
MOST_S: Final = 9.0
"""Processor seconds of the machine that `REFERENCE_S` was taken on."""
REFERENCE_S: Final = 0.85
"""The calibration loop there, on both cores at once and with nothing else to do."""
WHO: Final = ("service", "drawing processes", "PostgreSQL", "Valkey")


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds by who spent them (`WHO`)."""

    seconds: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    def since(self, before: "Spent") -> "Spent":
        return Spent({who: spent - before.seconds[who] for who, spent in self.seconds.items()})


@dataclass(frozen=True, slots=True)
class Cost:
    """Of all measured works together."""

    works: int
    spent: Spent
    wall_s: float
    calibration_s: float
    pictures: int
    pages: int
    stored: Stored
    connections: Connections


def spent(service: int, postgres: int, valkey: int) -> Spent:
    """Of these processes so far. What has ended is counted with its parent, once that has waited for it."""
    own, below = family_s(service)
    return Spent(dict(zip(WHO, (own, below, sum(family_s(postgres)), sum(family_s(valkey))), strict=True)))


def family_s(pid: int) -> tuple[float, float]:
    """Processor seconds of a process, and of all that it has started."""
    head = psutil.Process(pid)
    times = head.cpu_times()
    below = times.children_user + times.children_system
    for one in head.children(recursive=True):
        try:
            seen = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        below += seen.user + seen.system + seen.children_user + seen.children_system
    return times.user + times.system, below


@dataclass(frozen=True, slots=True)
class Bench:
    """A running service, and what is looked at from outside."""

    servers: OwnServers
    api: Api

    def spent(self) -> Spent:
        postgres, valkey = self.servers.postgres.process, self.servers.valkey.process
        if postgres is None or valkey is None:
            raise RuntimeError("the servers do not run")
        return spent(self.api.program.process.pid, postgres.popen.pid, valkey.popen.pid)

    def draw(self, text: str, settings: Mapping[str, int] | None = None) -> str:
        """A work from its story to its end, every picture paid for."""
        with redis.Redis.from_url(self.servers.stores.redis_url) as known:
            for key in known.scan_iter("scenes:*"):
                known.delete(key)
        work = self.api.post(text, settings=dict(settings or {}))
        self._wait(work)
        return work

    def _wait(self, work: str) -> None:
        """By its stream, as an author's browser does: to ask again and again would be work for the service."""
        with self.api.client.stream("GET", f"/v1/works/{work}/events", timeout=ENOUGH_S) as events:
            for _ in events.iter_raw():
                pass
        self.api.until(work, "completed", limit_s=10.0)


@contextmanager
def bench() -> Iterator[Bench]:
    """The service, warm: it has drawn a small work."""
    with tempfile.TemporaryDirectory(prefix="mangaka-cost-") as folder, serve_gemini() as gemini:
        env = {"GOOGLE_API_KEY": "any", "MANGA_GOOGLE_BASE_URL": gemini.url, "MANGA_IMAGES_A_MINUTE": UNPACED}
        with own_servers(Path(folder), env) as servers, served(servers, "--workers") as api:
            found = Bench(servers, api)
            found.draw("A girl finds a key. “What is it?” she asks. She opens the door.", {"max_images": 3})
            yield found


def measured(bench: Bench, text: str, works: int) -> Cost:
    """The story drawn so many times."""
    first, calibration = stored_of(bench.servers, []), [calibrate()]
    before, begun = bench.spent(), time.monotonic()
    with Connections().watched(bench.servers) as connections:
        drawn = [bench.draw(text, BOOK) for _ in range(works)]
    took, seconds = time.monotonic() - begun, bench.spent().since(before)
    calibration.append(calibrate())
    told = [bench.api.read(work) for work in drawn]
    pages = sum(len(one["pages"]) for one in told)
    stored = stored_of(bench.servers, drawn)
    paid = (
        "SELECT coalesce(sum(value), 0)::int AS n FROM work_counters WHERE name = 'images_drawn' AND work_id = ANY(%s)"
    )
    pictures = bench.servers.row(paid, drawn)["n"]
    return Cost(works, seconds, took, fmean(calibration), pictures, pages, stored.since(first), connections)


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
        Figure("pictures paid for, a work", cost.pictures / works, ""),
        Figure("pages, a work", cost.pages / works, ""),
        Figure("a work from its story to its end, alone", cost.wall_s / works, "s"),
        *cost.stored.figures(works),
        *cost.connections.figures(),
    ]


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.work_cost")
    parser.add_argument("--works", type=int, default=3, help="at least 1")
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
    with bench() as running:
        found = figures(measured(running, chosen.story.read_text(encoding="utf-8"), chosen.works))
    print(*found, sep="\n", flush=True)
    if chosen.figures:
        write_figures(found, chosen.figures)
    return 0 if all(figure.ok for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
