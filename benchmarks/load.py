"""Many works at once with as many open streams, and beside it a bare server of events. Out: tables, each figure beside
its bound; the exit code says whether all of them hold.

python -m benchmarks.load [--works 100] [--scale 20] [--workers 1]

`--scale`: the minds are so many times as fast as real ones. `--workers`: processes beside the API that work, as where
the service is meant for many; with 0 the API does it itself, as `mangaka serve` does where nothing is said.

Faster minds make no less work for processors. Where that work alone takes longer than the minds do, the slowest work
says how many cores there are, and not how well the service shares them. So the CPU time of everything that the works
keep busy is measured too: service, drawing processes, database, Redis. Where it is more than `CALM` of what the cores
have, the slowest work of that round is told and called saturated, and the works are drawn once more by minds as fast as
real ones: there the bound is held. All other bounds are held in both rounds.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from benchmarks.figure import Figure
from benchmarks.load_server import MINDS_S, PICTURES
from benchmarks.loading import Gauge, Probe, Stream, at, busy_s, listen, percentile, program

STORY = Path("examples/the_lighthouse_cat.txt")
LIMIT_S = 600.0
MIB = 1024 * 1024
CORES = len(os.sched_getaffinity(0))
CALM = 0.5
"""Of the cores' time, as far as nothing waits long for them."""
SLOWEST = 1.25
"""Of the slowest work's time: at most so many times that of its minds."""


@dataclass(frozen=True, slots=True)
class Round:
    """What the clients of one server saw."""

    streams: Sequence[Stream]
    get_ms: Sequence[float]
    seconds: float
    peak: float
    """Bytes of all its processes together."""
    cpu_s: float
    spent_s: float = 0.0
    """CPU of everything that the works keep busy."""

    @property
    def events(self) -> int:
        return sum(len(stream.ids) for stream in self.streams)


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked for."""

    works: int
    scale: float
    workers: int
    calm: bool = False
    """The minds are as slow as real ones: the slowest work is held to its bound."""

    @property
    def ideal_s(self) -> float:
        """Of a work that waits for nothing but its minds."""
        return MINDS_S / self.scale


async def service(load: Load) -> tuple[Round, Sequence[list[int]]]:
    """The works drawn under the eyes of their streams; and what the database says that each stream should have had."""
    scale, server = str(load.scale), "benchmarks.load_server"
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="mangaka-load-"))
        what = "api" if load.workers else "serve"
        address, pid = stack.enter_context(program(server, scale, what, MANGA_HOME=home))
        helpers = [stack.enter_context(program(server, scale, "work", MANGA_HOME=home)) for _ in range(load.workers)]
        async with at(address) as client:
            await _drawn(client, 1 + load.workers)  # what is remembered is made, and everything is imported
            pids = (pid, *(helper for _, helper in helpers))
            gauge, begun, before = Gauge(pids), at_now(), busy_s(pids, home)
            async with Probe(client, "/v1/works").running() as probe, gauge.running():
                streams = await _drawn(client, load.works, probe)
            took, spent = at_now() - begun, busy_s(pids, home) - before
            written = [await _written(client, stream) for stream in streams]
    return Round(streams, probe.ms, took, gauge.peak_bytes, gauge.cpu_s, spent), written


async def _drawn(client: aiohttp.ClientSession, works: int, probe: Probe | None = None) -> list[Stream]:
    text = await asyncio.to_thread(STORY.read_text, "utf-8")
    body = {"text": text, "settings": {"max_images": PICTURES}}

    async def one() -> Stream:
        begun = at_now()
        async with client.post("/v1/works", json=body) as answer:
            answer.raise_for_status()
            path = f"/v1/works/{(await answer.json())['id']}"
        if probe is not None:
            probe.paths.append(path)
        return await listen(client, f"{path}/events", begun)

    async with asyncio.timeout(LIMIT_S):
        return list(await asyncio.gather(*(one() for _ in range(works))))


async def _written(client: aiohttp.ClientSession, stream: Stream) -> list[int]:
    """From the beginning, when all is over: what PostgreSQL has."""
    return (await listen(client, stream.path, at_now())).ids


async def bare(streams: int, events: int, seconds: float) -> Round:
    """As many streams of as many events in the same time, with nothing behind them."""
    with program("benchmarks.bare_sse") as (address, pid):
        async with at(address) as client:
            gauge, begun = Gauge((pid,)), at_now()
            path = f"/events?n={events}&every={seconds / events}"
            async with Probe(client, "/").running() as probe, gauge.running():
                found = await asyncio.gather(*(listen(client, path, begun) for _ in range(streams)))
    return Round(found, probe.ms, at_now() - begun, gauge.peak_bytes, gauge.cpu_s)


def at_now() -> float:
    return asyncio.get_running_loop().time()


def _share(load: Load, seen: Round) -> float:
    """CPU time that all works need, of what the cores have in the minds' time."""
    return seen.spent_s / CORES / load.ideal_s


def _kept(seen: Round, written: Sequence[list[int]]) -> list[Figure]:
    """Whatever the load: nothing is lost, and whoever asks is answered."""
    pairs = list(zip(seen.streams, written, strict=True))
    return [
        Figure("works not completed", sum(s.last != "completed" for s in seen.streams), "", 0),
        Figure("events lost", sum(len(set(w) - set(s.ids)) for s, w in pairs), "", 0),
        Figure("events doubled", sum(len(s.ids) - len(set(s.ids)) for s in seen.streams), "", 0),
        Figure("streams out of order", sum(s.ids != sorted(s.ids) for s in seen.streams), "", 0),
        Figure("streams that differ from the database", sum(s.ids != w for s, w in pairs), "", 0),
        Figure("GET p99", percentile(seen.get_ms, 99), "ms", 100),
        Figure("GET p50", percentile(seen.get_ms, 50), "ms"),
        Figure("memory of the service (its drawing processes left out)", seen.peak / MIB, "MiB", 512),
    ]


def _speed(load: Load, seen: Round) -> list[Figure]:
    """How long works take, against their minds' time where the cores are not the limit."""
    ends, ideal, works = sorted(stream.ended_s for stream in seen.streams), load.ideal_s, load.works
    calm = load.calm or _share(load, seen) <= CALM
    slowest = "slowest work / its minds' time" if calm else "slowest work / its minds' time, saturated"
    return [
        Figure(slowest, ends[-1] / ideal, "", SLOWEST if calm else None),
        Figure("CPU time of all works / what the cores have in the minds' time", _share(load, seen), ""),
        Figure("a work's time when nothing has to be waited for", ideal, "s"),
        Figure("median work", ends[len(ends) // 2], "s"),
        Figure("slowest work", ends[-1], "s"),
        Figure("events a second", seen.events / seen.seconds, "/s"),
        Figure("CPU of the service (its drawing processes left out), a work", 1000 * seen.cpu_s / works, "ms"),
        Figure("CPU of service, drawing processes, database and Redis, a work", 1000 * seen.spent_s / works, "ms"),
    ]


def calmer(load: Load, seen: Round) -> Load | None:
    """With minds as fast as real ones; None where the cores had time left."""
    return replace(load, scale=1.0, calm=True) if _share(load, seen) > CALM else None


def _beside(peer: Round) -> list[Figure]:
    return [
        Figure("bare server: GET p99", percentile(peer.get_ms, 99), "ms"),
        Figure("bare server: GET p50", percentile(peer.get_ms, 50), "ms"),
        Figure("bare server: events a second", peer.events / peer.seconds, "/s"),
        Figure("bare server: memory", peer.peak / MIB, "MiB"),
        Figure("bare server: CPU, a stream", 1000 * peer.cpu_s / len(peer.streams), "ms"),
    ]


async def _round(load: Load) -> tuple[list[Figure], Round]:
    print(f"\n{load.works} works at once, as many open streams, minds {load.scale:.3g} times as fast as real ones")
    print(f"{CORES} cores, {os.getloadavg()[0]:.1f} processes waiting for them before", flush=True)
    seen, written = await service(load)
    found = [*_kept(seen, written), *_speed(load, seen)]
    print(*found, sep="\n", flush=True)
    return found, seen


async def _measured(load: Load) -> list[Figure]:
    found, seen = await _round(load)
    peer = _beside(await bare(load.works, max(1, seen.events // load.works), max(1.0, seen.seconds)))
    print(*peer, sep="\n", flush=True)
    if (again := calmer(load, seen)) is not None:
        found += (await _round(again))[0]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--works", type=int, default=100)
    parser.add_argument("--scale", type=float, default=20)
    parser.add_argument("--workers", type=int, default=1)
    found = asyncio.run(_measured(Load(**vars(parser.parse_args(arguments)))))
    return 0 if all(figure.ok for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
