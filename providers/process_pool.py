"""Runs CPU work in a process pool, away from the event loop; children import the drawing code only.

`open_process_pool` is the composition root's; `InlineOffload` is its twin for tests and tiny tools.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from typing import Any, Final, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

P = ParamSpec("P")
R = TypeVar("R")

MOST_WORKERS = 8
LEAVE_S = 1.0
MOST_AHEAD: Final = 8
"""So many in a row go before those who may wait; then one of them has its turn, so that nobody waits for ever."""
_SECRETS: Final = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL")
_main_lock = threading.Lock()


@contextmanager
def _without_main() -> Iterator[None]:
    """A spawned child runs the parent's main module again, which would load the whole command line there."""
    main = sys.modules["__main__"]
    with _main_lock:
        kept: dict[str, Any] = {
            name: main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in main.__dict__
        }
        main.__spec__ = None
        try:
            yield
        finally:
            main.__dict__.update(kept)


def is_secret(name: str) -> bool:
    """Does a variable of this name hold a key, a password, or an address that may have one in it?"""
    return any(word in name.upper() for word in _SECRETS) or name.upper().endswith(("_URL", "_DSN", "_URI"))


@contextmanager
def without_secrets() -> Iterator[None]:
    """A child draws: it needs no key and no address, and its environment can be read by others.

    Only what the child inherits is changed, not `os.environ`, which other threads read meanwhile.
    """
    kept = {name: value for name, value in os.environ.items() if is_secret(name)}
    for name in kept:
        os.unsetenv(name)
    try:
        yield
    finally:
        for name, value in kept.items():
            os.putenv(name, value)


class _Child(SpawnProcess):
    """Does not run the main module, and gets no secret."""

    def start(self) -> None:
        with _without_main(), without_secrets():
            super().start()


class _Context(SpawnContext):
    """Makes such children."""

    Process = _Child


def _begin(modules: tuple[str, ...]) -> None:
    """In the child: leave Ctrl-C to the parent, end when the parent is gone, load the code that will be needed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    for name in modules:
        __import__(name)


def _end_with(parent: BaseProcess) -> None:
    # The pool's own pipe stays open in its siblings, so a parent that was killed would leave them waiting for ever.
    parent.join()
    os._exit(0)


_behind: ContextVar[bool] = ContextVar("mangaka_behind", default=False)


def stand_behind() -> None:
    """What this task, and all that it begins, has to do may wait for those who did not say so: a whole book can wait, a
    person who looks at the page that was just changed cannot."""
    _behind.set(True)


@dataclass(slots=True)
class Line:
    """Who is at work in the pool, and who waits. What may wait is handed over as children become free, so that whoever
    comes later and may not wait finds nothing before it that has not begun."""

    at_once: int
    inside: int = 0
    waiting: tuple["deque[asyncio.Future[None]]", "deque[asyncio.Future[None]]"] = field(
        default_factory=lambda: (deque(), deque())
    )
    """Those who may not wait, and those who may."""
    ahead: int = 0
    """How many in a row went before those who may wait."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Held while the work is in the pool."""
        if self.inside >= self.at_once:  # where there is a place, nobody waits
            mine = asyncio.get_running_loop().create_future()
            self.waiting[_behind.get()].append(mine)
            try:
                await mine
            except asyncio.CancelledError:
                if mine.done() and not mine.cancelled():
                    self._go()
                raise
        else:
            self.inside += 1
        try:
            yield
        finally:
            self._go()

    def _go(self) -> None:
        """The place goes to the next, or is free."""
        first, behind = self.waiting
        for line in (behind, first) if self.ahead >= MOST_AHEAD else (first, behind):
            while line:
                if not (following := line.popleft()).done():
                    self.ahead = self.ahead + 1 if line is first and behind else 0
                    following.set_result(None)
                    return
        self.inside -= 1


@dataclass(frozen=True, slots=True)
class ProcessOffload:
    """Runs module-level functions with picklable arguments in the pool."""

    pool: ProcessPoolExecutor
    workers: int = MOST_WORKERS
    _lines: "WeakKeyDictionary[asyncio.AbstractEventLoop, Line]" = field(default_factory=WeakKeyDictionary)
    """One for each event loop."""

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        line = self._lines.setdefault(asyncio.get_running_loop(), Line(self.workers))
        async with line.turn():
            # Handing the work over may start a child, which blocks.
            handed = await asyncio.to_thread(self._hand_over, partial(work, *args, **kwargs))
            return await asyncio.wrap_future(handed)

    def _hand_over(self, work: Callable[[], R]) -> Future[R]:
        """Whoever stood in line when the pool ended is dropped as those in the pool are."""
        try:
            return self.pool.submit(work)
        except BrokenProcessPool:  # it was not ended: whoever stood in line must not take himself for dropped
            raise
        except RuntimeError:
            if not self.pool._shutdown_thread:  # no child can be started
                raise
            dropped: Future[R] = Future()
            dropped.cancel()
            return dropped


@dataclass(frozen=True, slots=True)
class InlineOffload:
    """Runs the work where it stands."""

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return work(*args, **kwargs)


def workers_here() -> int:
    """One a core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


def _new_pool(workers: int, modules: tuple[str, ...]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_Context(), initializer=_begin, initargs=(modules,))


@asynccontextmanager
async def open_process_pool(
    workers: int | None = None, *, modules: tuple[str, ...] = ()
) -> AsyncIterator[ProcessOffload]:
    """A pool that starts its children when work comes. What is not done soon after the block has ended is dropped: a
    service has seconds to leave."""
    count = workers or workers_here()
    pool = await asyncio.to_thread(_new_pool, count, modules)
    try:
        yield ProcessOffload(pool, count)
    finally:
        children = list(pool._processes.values())  # from 3.14 on: `terminate_workers`
        leaving = asyncio.create_task(asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True))
        await asyncio.wait((leaving,), timeout=LEAVE_S)
        for child in children if not leaving.done() else ():
            child.terminate()
        await leaving
