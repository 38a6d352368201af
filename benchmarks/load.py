"""Many works at once with as many open streams, and beside it a bare server of events. Out: tables, each figure beside
its bound; the exit code says whether all of them hold.

python -m benchmarks.load [--works 100] [--speeds 20 1] [--workers 1] [--figures FILE]

**Drawings are remembered:** the works are alike, and what is drawn for the first is not drawn again. What is measured
is the service's own share, and not how many works a machine holds (`benchmarks.ten_works` draws everything).
An author would wait for drawings too: `LETTERING_S` and `FINISHING_S` stand for that wait in the models' time.
`--speeds`: a round for each, with models so many times as fast as real ones. `--workers`: processes beside the API that
work, as where the service is meant for many; with 0 the API does it itself, as `mangaka serve` does where nothing is
said.

Faster models make no less work for processors. Where that work alone takes longer than the models do, the slowest work
says how many cores there are, and not how well the service shares them. So the CPU time of everything that the works
keep busy is measured too: service, drawing processes, database, Redis. Where it is more than `CALM` of what the cores
have, the slowest work of that round is told and called saturated; with models as fast as real ones it is held to its
bound all the same. All other bounds are held in every round.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from benchmarks.figure import Figure, write_figures
from benchmarks.load_server import MODELS_S, PICTURES
from benchmarks.loading import Gauge, Probe, Stream, at, busy_s, listen, percentile, program

STORY = Path("examples/the_lighthouse_cat.txt")
LIMIT_S = 600.0
MIB = 1024 * 1024
CORES = len(os.sched_getaffinity(0))
CALM = 0.5
"""Of the cores' time, as far as nothing waits long for them."""
SLOWEST = 1.25
"""Of the slowest work's time: at most so many times that of its models."""
ADDED = 0.01
"""Of what real models take: what the service may add to a work that is alone."""
BARE_S = 10.0


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
    alone_s: float | None = None
    """What one work took that was alone, where that was looked at."""
    failed: int = 0
    """GETs that were not answered well."""

    @property
    def events(self) -> int:
        return sum(len(stream.ids) for stream in self.streams)


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked for."""

    works: int
    scale: float
    workers: int

    @property
    def real(self) -> bool:
        """Models are no faster than real ones: the slowest work is held to its bound."""
        return self.scale <= 1

    @property
    def ideal_s(self) -> float:
        """Of a work that waits for nothing but its models."""
        return MODELS_S / self.scale


async def service(load: Load) -> tuple[Round, Sequence[list[int]]]:
    """The works drawn under the eyes of their streams; and what the database says that each stream should have had."""
    scale, server = str(load.scale), "benchmarks.load_server"
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="mangaka-load-"))
        what = "api" if load.workers else "serve"
        address, pid = stack.enter_context(program(server, scale, what, MANGA_HOME=home))
        helpers = [stack.enter_context(program(server, scale, "work", MANGA_HOME=home)) for _ in range(load.workers)]
        async with at(address) as client:
            pids = (pid, *(helper for _, helper in helpers))
            await drawn([client], 1 + load.workers)  # what is remembered is made, and everything is imported
            for each in pids:
                os.kill(each, signal.SIGUSR1)  # from now on models are as fast as was asked for
            alone = None if load.real else (await drawn([client], 1))[0].ended_s
            gauge, begun, before = Gauge(pids), at_now(), busy_s(pids, home)
            async with Probe(client, "/v1/works").running() as probe, gauge.running():
                streams = await drawn([client], load.works, probe)
            took, spent = at_now() - begun, busy_s(pids, home) - before
            written = [await _written(client, stream) for stream in streams]
    return Round(streams, probe.ms, took, gauge.peak_bytes, gauge.cpu_s, spent, alone, probe.failed), written


async def drawn(clients: Sequence[aiohttp.ClientSession], works: int, probe: Probe | None = None) -> list[Stream]:
    """So many works, all at once, by these services in turn; each followed to its end at the one after it."""
    text = await asyncio.to_thread(STORY.read_text, "utf-8")
    body = {"text": text, "settings": {"max_images": PICTURES}}

    async def one(number: int) -> Stream:
        begun = at_now()
        async with clients[number % len(clients)].post("/v1/works", json=body) as answer:
            answer.raise_for_status()
            path = f"/v1/works/{(await answer.json())['id']}"
        if probe is not None:
            probe.paths.append(path)
        return await listen(clients[(number + 1) % len(clients)], f"{path}/events", begun)

    async with asyncio.timeout(LIMIT_S):
        return list(await asyncio.gather(*(one(number) for number in range(works))))


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
    """CPU time that all works need, of what the cores have in the models' time."""
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
        Figure("GETs that failed", seen.failed, "", 0),
        Figure("GET p99", percentile(seen.get_ms, 99), "ms", 100),
        Figure("GET p50", percentile(seen.get_ms, 50), "ms"),
        Figure("memory of the service (its drawing processes left out)", seen.peak / MIB, "MiB", 512),
    ]


def _speed(load: Load, seen: Round) -> list[Figure]:
    """How long works take, against their models' time where the cores are not the limit."""
    ends, ideal, works = sorted(stream.ended_s for stream in seen.streams), load.ideal_s, load.works
    calm = load.real or _share(load, seen) <= CALM
    slowest = "slowest work / its models' time" if calm else "slowest work / its models' time, saturated"
    return [
        Figure(slowest, ends[-1] / ideal, "", SLOWEST if calm else None),
        Figure("CPU time of all works / what the cores have in the models' time", _share(load, seen), ""),
        Figure("a work's time when nothing has to be waited for", ideal, "s"),
        Figure("median work", ends[len(ends) // 2], "s"),
        Figure("slowest work", ends[-1], "s"),
        Figure("events a second", seen.events / seen.seconds, "/s"),
        Figure("CPU of the service (its drawing processes left out), a work", 1000 * seen.cpu_s / works, "ms"),
        Figure("CPU of service, drawing processes, database and Redis, a work", 1000 * seen.spent_s / works, "ms"),
    ]


def _added(load: Load, seen: Round) -> list[Figure]:
    """By the service to one work alone, beside what real models take: nothing of it depends on their speed. Less than
    nothing means that a wait of `benchmarks.load_server` is in no work's way any more."""
    if seen.alone_s is None:
        return []
    added, name = seen.alone_s - load.ideal_s, "added by the service to its models' time, drawing remembered"
    return [Figure(name, added, "s", least=0.0, peer=MODELS_S, peer_name="models", times=ADDED)]


def _beside(peer: Round) -> list[Figure]:
    return [
        Figure("bare server: GET p99", percentile(peer.get_ms, 99), "ms"),
        Figure("bare server: GET p50", percentile(peer.get_ms, 50), "ms"),
        Figure("bare server: events a second", peer.events / peer.seconds, "/s"),
        Figure("bare server: memory", peer.peak / MIB, "MiB"),
        Figure("bare server: CPU, a stream", 1000 * peer.cpu_s / len(peer.streams), "ms"),
    ]


async def _round(load: Load) -> tuple[list[Figure], Round]:
    print(f"\n{load.works} works at once, as many open streams, models {load.scale:.3g} times as fast as real ones")
    print("drawings are remembered: this is the service's own share of a work")
    print(f"{CORES} cores, {os.getloadavg()[0]:.1f} processes waiting for them before", flush=True)
    seen, written = await service(load)
    found = [*_kept(seen, written), *_added(load, seen), *_speed(load, seen)]
    print(*found, sep="\n", flush=True)
    return found, seen


async def measured(loads: Sequence[Load]) -> list[Figure]:
    """A round for each; beside the first the bare server, with events as dense as there."""
    found: list[Figure] = []
    for load in loads:
        of_round, seen = await _round(load)
        found += [replace(figure, name=f"x{load.scale:.3g}: {figure.name}") for figure in of_round]
        if load is loads[0]:
            seconds = min(BARE_S, seen.seconds)
            each = round(seen.events * seconds / seen.seconds / load.works)
            peer = _beside(await bare(load.works, max(1, each), seconds))
            print(*peer, sep="\n", flush=True)
            found += peer
    return found


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--works", type=int, default=100, help="at least 1")
    parser.add_argument("--speeds", type=float, nargs="+", default=[20.0, 1.0], help="of models; real ones have 1")
    parser.add_argument("--workers", type=int, default=1, help="processes beside the API; 0: the API works")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    if chosen.works < 1 or chosen.workers < 0 or not all(0 < speed <= 100 for speed in chosen.speeds):
        parser.error("--works is at least 1, --workers at least 0, and each of --speeds more than 0 and at most 100")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    chosen = parsed(arguments)
    loads = [Load(chosen.works, speed, chosen.workers) for speed in chosen.speeds]
    try:
        found = asyncio.run(measured(loads))
    except (aiohttp.ClientError, TimeoutError) as error:
        print(f"the service did not hold: {type(error).__name__} {error}", file=sys.stderr)
        return 1
    if chosen.figures:
        write_figures(found, chosen.figures)
    return 0 if all(figure.ok for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
