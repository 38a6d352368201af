"""Ctrl-C: once asks for a clean stop, twice ends the process at once. SIGTERM counts as Ctrl-C."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

INTERRUPTED = 130
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interruptible(stop: asyncio.Event, say: Callable[[str], None]) -> Iterator[None]:
    """Inside the block the first signal sets `stop`."""
    loop = asyncio.get_running_loop()

    def asked() -> None:
        if stop.is_set():
            os._exit(INTERRUPTED)
        say("Stopping; what is drawn is kept. Ctrl-C again stops at once.")
        stop.set()

    for number in _SIGNALS:
        loop.add_signal_handler(number, asked)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
