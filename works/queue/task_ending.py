"""Ends tasks for certain."""

import asyncio
from typing import Any


async def end(*tasks: "asyncio.Task[Any]", again_s: float = 0.25) -> None:
    """Cancels tasks until they are done; what they raise stays in them.

    Once is not enough: `asyncio.wait_for` of Python 3.11, with which psycopg waits for its server, swallows a
    cancellation that comes together with the answer.
    """
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=again_s)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # looked at: whoever wants it asks the task
