"""Ten works at once that draw everything: how many works an hour two cores hold, how soon requests are answered
meanwhile, and memory. Nothing is remembered; the models answer at once, so that the cores are all that is waited for.

python -m benchmarks.ten_works [--works 10] [--figures FILE]

`mangaka serve --no-workers` and one `mangaka worker`, as where many write. Each work is another author's, with a stream
open on it, and every 50 ms somebody reads one of the works.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import aiohttp

from benchmarks.figure import Figure, told
from benchmarks.loading import Gauge, Probe, Stream, at, percentile
from benchmarks.loading import listen as listened
from benchmarks.real_service import BOOK, SMALL, STORY, RealService, crew_on, family_s, own_stores
from tests.end_to_end.crew import Crew

LIMIT_S: Final = 400.0
MIB: Final = 1024 * 1024
MEMORY_MIB: Final = 512.0
CORES: Final = len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Seen:
    """`spent_s` are processor seconds of everything but the models; `peak` bytes of service and worker, `below` of
    what draws for them."""

    streams: Sequence[Stream]
    get_ms: Sequence[float]
    seconds: float
    spent_s: float
    peak: float
    below: float
    failed: int


def warm(service: RealService, text: str) -> None:
    """What is imported and started for the first work is none of these works'; and the stub has its pictures."""
    service.draw(SMALL, {"max_images": 3})
    service.draw(text, BOOK)


async def seen(service: RealService, crew: Crew, text: str, works: int) -> Seen:
    """All works at once, to their ends. Raises `TimeoutError`."""
    workers = [program.process.pid for program in crew.members.values()]
    pids = (service.api.program.process.pid, *workers)
    stores = [one.process.popen.pid for one in (service.servers.postgres, service.servers.valkey) if one.process]

    def spent() -> float:
        return sum(sum(family_s(pid)) for pid in (*pids, *stores))

    gauge, before = Gauge(pids, looked_below=True), spent()
    clock = asyncio.get_running_loop().time
    begun = clock()
    async with (
        asyncio.timeout(LIMIT_S),
        at(str(service.api.client.base_url)) as client,
        Probe(client, "/healthz").running() as probe,
        gauge.running(),
    ):
        streams = await asyncio.gather(*(_drawn(service, client, probe, text) for _ in range(works)))
    return Seen(streams, probe.ms, clock() - begun, spent() - before, gauge.peak_bytes, gauge.below_bytes, probe.failed)


async def _drawn(service: RealService, client: aiohttp.ClientSession, probe: Probe, text: str) -> Stream:
    headers, begun = service.pass_of(service.new_tenant()), asyncio.get_running_loop().time()
    async with client.post("/v1/works", json={"text": text, "settings": BOOK}, headers=headers) as answer:
        answer.raise_for_status()
        path = f"/v1/works/{(await answer.json())['id']}"
    probe.headers[path] = headers
    probe.paths.append(path)
    return await listened(client, f"{path}/events", begun, headers)


def figures(found: Seen) -> list[Figure]:
    works = len(found.streams)
    name = f"{works} works at once that draw everything"
    return [
        Figure(f"{name}: not completed", sum(one.last != "completed" for one in found.streams), "", 0),
        Figure(f"{name}: works an hour on {CORES} cores", 3600 * works / found.seconds, ""),
        Figure("  processor time, a work", found.spent_s / works, "s"),
        Figure("  of what the cores have", 100 * found.spent_s / CORES / found.seconds, "%"),
        Figure("  GETs that failed", found.failed, "", 0),
        Figure("  GET p50", percentile(found.get_ms, 50), "ms"),
        Figure("  GET p99", percentile(found.get_ms, 99), "ms"),
        Figure("  memory of service and worker", found.peak / MIB, "MiB", MEMORY_MIB),
        Figure("  memory of the drawing processes", found.below / MIB, "MiB"),
    ]


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ten_works")
    parser.add_argument("--works", type=int, default=10, help="at least 1")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    if chosen.works < 1:
        parser.error("--works is at least 1")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    chosen, text = parsed(arguments), STORY.read_text(encoding="utf-8")
    with own_stores() as stores, crew_on(stores, 1) as (service, crew):
        warm(service, text)
        found = figures(asyncio.run(seen(service, crew, text, chosen.works)))
    return told(found, chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
