"""What a load is made and measured with: programs, streams, a probe of GETs, a gauge of memory and CPU."""

import asyncio
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import aiohttp
import psutil  # type: ignore[import-untyped]

START_S: Final = 90.0
EVERY_S: Final = 0.05
WEIGHED_EVERY_S: Final = 0.5


@contextmanager
def program(*module: str, **environment: str) -> Iterator[tuple[str, int]]:
    """A module that prints its address when it is ready, as a process: the address and the process's number. Its memory
    is as the command `mangaka` sets it."""
    known = {"MALLOC_ARENA_MAX": "1"} | os.environ | environment
    process = subprocess.Popen([sys.executable, "-m", *module], env=known, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise SystemExit(f"{module[0]} did not start")
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


@asynccontextmanager
async def at(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A client with as many connections as it likes."""
    waits = aiohttp.ClientTimeout(total=None, sock_connect=START_S)
    async with aiohttp.ClientSession(address, connector=aiohttp.TCPConnector(limit=0), timeout=waits) as client:
        yield client


@dataclass(frozen=True, slots=True)
class Stream:
    """What came on one: the ids in the order of their coming, the type of the last event, and when the stream ended,
    in seconds after the work was asked for."""

    path: str
    ids: list[int]
    last: str
    ended_s: float


async def listen(
    client: aiohttp.ClientSession, path: str, begun: float, headers: Mapping[str, str] | None = None
) -> Stream:
    """To the end."""
    ids: list[int] = []
    last = ""
    async with client.get(path, headers=headers) as answer:
        answer.raise_for_status()
        async for line in answer.content:
            if line.startswith(b"id: "):
                ids.append(int(line[4:]))
            elif line.startswith(b"event: "):
                last = line[7:].decode().strip()
    return Stream(path, ids, last, asyncio.get_running_loop().time() - begun)


@dataclass(slots=True)
class Probe:
    """Reads something every 50 ms, each time another of the `paths`, and notes how long it took; `failed` counts those
    that were not answered well. `headers` by path."""

    client: aiohttp.ClientSession
    first: str
    paths: list[str] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    failed: int = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Probe"]:
        """Beside the block."""
        asking = asyncio.create_task(self._always())
        try:
            yield self
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _always(self) -> None:
        async with asyncio.TaskGroup() as group:
            number = 0
            while True:
                number += 1
                paths = self.paths or [self.first]
                group.create_task(self._once(paths[number % len(paths)]))
                await asyncio.sleep(EVERY_S)

    async def _once(self, path: str) -> None:
        begun = time.perf_counter()
        try:
            async with self.client.get(path, headers=self.headers.get(path)) as answer:
                await answer.read()
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError):
            self.failed += 1
        self.ms.append((time.perf_counter() - begun) * 1000)


@dataclass(slots=True)
class Gauge:
    """The greatest memory of these processes together, and their CPU time. What draws for them is not in it, but has a
    peak of its own where it is `looked_below`. What they share is counted once (PSS)."""

    pids: Sequence[int]
    looked_below: bool = False
    peak_bytes: float = 0.0
    below_bytes: float = 0.0
    cpu_s: float = 0.0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Beside the block."""
        processes = [psutil.Process(pid) for pid in self.pids]
        before = _spent(processes)
        looking = asyncio.create_task(self._always(processes))
        try:
            yield
        finally:
            looking.cancel()
            self.cpu_s = _spent(processes) - before

    async def _always(self, processes: Sequence[psutil.Process]) -> None:
        while True:
            self.peak_bytes = max(self.peak_bytes, sum(_weight(one) for one in processes))
            if self.looked_below:
                below = [child for one in processes for child in one.children(recursive=True)]
                self.below_bytes = max(self.below_bytes, sum(_weight(one) for one in below))
            await asyncio.sleep(WEIGHED_EVERY_S)


def _weight(process: psutil.Process) -> float:
    """PSS in bytes; nothing of what has just ended."""
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return float(process.memory_full_info().pss)
    return 0.0


def _spent(processes: Sequence[psutil.Process]) -> float:
    return float(sum(times.user + times.system for times in (one.cpu_times() for one in processes)))


def busy_s(pids: Sequence[int], home: str) -> float:
    """CPU time so far of these processes, of their children, and of the servers that live under `home`."""
    family = {one.pid for pid in pids for one in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True))}
    total = 0.0
    for one in psutil.process_iter():
        with suppress(psutil.Error):
            if one.pid in family or any(home in " ".join(near.cmdline()) for near in (one, one.parent()) if near):
                total += _spent([one])
    return total


def machine_busy_s() -> float:
    """CPU time so far of everybody, on the cores that this process may use."""
    cores = psutil.cpu_times(percpu=True)
    mine = [cores[number] for number in os.sched_getaffinity(0)]
    return float(sum(sum(core[:8]) - core.idle - core.iowait for core in mine))  # the rest is of guests, and in these


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` per cent do not exceed; infinite where there is none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else math.inf
