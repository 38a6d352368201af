"""Do works that wait for models get done in proportion to how many there are? Two replicas, four workers, one database.

python -m benchmarks.straight_line [--works 4 8 16] [--speed 4] [--replicas 2] [--workers 4]

A round for each number of works at once, with models `--speed` times as fast as real ones (`benchmarks.load_server`:
drawings are remembered, so that processors do what the service does and hardly anything is drawn). Works come to the
replicas in turn; each is followed at the one after it. A line is straight where works an hour rise as works at once do:
each round is held against the first, where less than half of the processors' time was used meanwhile in both, these
works and everybody else on the machine taken together. Where no round can be, the figure is out of bounds. On a machine
of any load, a work of many may cost hardly more of the processors than one of the first round: that bends a line too.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass

import aiohttp

from benchmarks.figure import Figure
from benchmarks.load import CALM, CORES, at_now, drawn
from benchmarks.load_server import MODELS_S
from benchmarks.loading import at, busy_s, machine_busy_s, program

SERVER = "benchmarks.load_server"
STRAIGHT = 0.85
"""Of what the first round's pace promises."""


@dataclass(frozen=True, slots=True)
class Round:
    """So many works at once: how long each took, how long all took, and what processors did meanwhile."""

    works: int
    took_s: Sequence[float]
    seconds: float
    spent_s: float
    everybody_s: float
    """What processors did for these works, and for all on the machine."""
    lost: int = 0
    """Works that are not completed, and events that came twice."""

    @property
    def an_hour(self) -> float:
        """Works, where each that is done is followed by another."""
        return 3600 * self.works / (sum(self.took_s) / len(self.took_s))

    @property
    def each_s(self) -> float:
        """Of the processors, for one work."""
        return self.spent_s / self.works

    @property
    def share(self) -> float:
        """Of the processors, for these works."""
        return self.spent_s / CORES / self.seconds

    @property
    def busy(self) -> float:
        """Of the processors, whoever used them."""
        return self.everybody_s / CORES / self.seconds

    def straight(self, first: "Round") -> float:
        """Works an hour, against those of the first round in proportion: 1 is a straight line."""
        return (self.an_hour / self.works) / (first.an_hour / first.works)


def figures(rounds: Sequence[Round]) -> list[Figure]:
    """A round is held to the line where processors were free, as in the first."""
    found, first = [], rounds[0]
    most_s = first.each_s / STRAIGHT
    held = [one for one in rounds[1:] if max(one.busy, first.busy) < CALM]
    for one in rounds:
        name = f"{one.works} works at once: "
        found += [
            Figure(f"{name}works an hour", one.an_hour, "/h"),
            Figure(f"{name}of a straight line", one.straight(first), "", least=STRAIGHT if one in held else None),
            Figure(f"{name}of a processor for each", one.each_s, "s", most_s if one is not first else None),
            Figure(f"{name}of the processors, by these works", one.share, ""),
            Figure(f"{name}of the processors, by everybody", one.busy, ""),
            Figure(f"{name}lost or doubled", one.lost, "", 0),
        ]
    return [*found, Figure("rounds that could be held to the line", len(held), "", least=1)]


async def measured(works: Sequence[int], speed: float, replicas: int, workers: int) -> list[Round]:
    """One round after another, on the same processes."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="mangaka-line-"))
        known = {"MANGA_HOME": home}
        serving = [stack.enter_context(program(SERVER, str(speed), "api", **known)) for _ in range(replicas)]
        working = [stack.enter_context(program(SERVER, str(speed), "work", **known)) for _ in range(workers)]
        pids = [pid for _, pid in (*serving, *working)]
        async with AsyncExitStack() as clients:
            found = [await clients.enter_async_context(at(address)) for address, _ in serving]
            await drawn(found, 3 * workers)  # everything is imported, and what is remembered is made in each worker
            for pid in pids:
                os.kill(pid, signal.SIGUSR1)  # from now on models are as fast as was asked for
            return [await _round(found, pids, home, count) for count in works]


async def _round(clients: Sequence[aiohttp.ClientSession], pids: Sequence[int], home: str, works: int) -> Round:
    begun, before, all_before = at_now(), busy_s(pids, home), machine_busy_s()
    streams = await drawn(clients, works)
    seconds, spent, everybody = at_now() - begun, busy_s(pids, home) - before, machine_busy_s() - all_before
    lost = sum(stream.last != "completed" for stream in streams)
    lost += sum(len(stream.ids) - len(set(stream.ids)) for stream in streams)
    return Round(works, [stream.ended_s for stream in streams], seconds, spent, everybody, lost)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.straight_line")
    parser.add_argument("--works", type=int, nargs="+", default=[4, 8, 16], help="at once, a round for each")
    parser.add_argument("--speed", type=float, default=4.0, help="of models; real ones have 1")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--workers", type=int, default=4)
    chosen = parser.parse_args(arguments)
    print(f"{chosen.replicas} replicas, {chosen.workers} workers, models {chosen.speed:.3g} times as fast as real ones")
    print(f"a work waits {MODELS_S / chosen.speed:.1f} s for them; {CORES} processors,", end=" ")
    print(f"{os.getloadavg()[0]:.1f} processes waiting for them before", flush=True)
    found = figures(asyncio.run(measured(chosen.works, chosen.speed, chosen.replicas, chosen.workers)))
    print(*found, sep="\n")
    return 0 if all(figure.ok for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
