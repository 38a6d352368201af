"""A process pool that makes nothing twice, one for all services and stubs of a test process: they draw the same small
story for every tenant, and each child of a pool of its own would load the drawing code first, for half a second.

Not for tests of what becomes of a pool itself: it does not end with who has opened it.
"""

import hashlib
import pickle
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, ParamSpec, TypeVar

from providers.base import Offload
from providers.process_pool import InlineOffload, ProcessOffload, _new_pool
from tests.shared_work import found, keep

P = ParamSpec("P")
R = TypeVar("R")

_MADE: dict[str, bytes] = {}
"""Results by what they were made from, both pickled as the pool pickles them. Of all services of this process;
the other processes of a run find them in its folder."""


@dataclass(frozen=True, slots=True)
class RememberingOffload:
    """What goes to a pool is pure: the same from the same. An error is met anew each time."""

    offload: Offload
    made: dict[str, bytes] = field(default_factory=lambda: _MADE)

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        name = hashlib.sha256(pickle.dumps((work, args, kwargs))).hexdigest()
        if name not in self.made:
            made = found(name)
            if made is None:
                made = pickle.dumps(await self.offload.run(work, *args, **kwargs))
                keep(name, made)
            self.made[name] = made
        result: R = pickle.loads(self.made[name])  # noqa: S301 - our own
        return result


INLINE: Final = RememberingOffload(InlineOffload())
"""In this process, for tests that ask something else of what is drawn."""
CHILDREN: Final = 2
_kept: list[ProcessPoolExecutor] = []


@asynccontextmanager
async def remembering_pool(workers: int = CHILDREN) -> AsyncIterator[RememberingOffload]:
    """In the place of `open_process_pool`; `workers` are at work at once for this caller."""
    if not _kept or _kept[-1]._broken:  # a test has ended a child
        _kept.append(_new_pool(CHILDREN, ()))
    yield RememberingOffload(ProcessOffload(_kept[-1], workers))
