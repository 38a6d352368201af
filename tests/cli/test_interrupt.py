"""Ctrl-C once stops cleanly, twice at once."""

import signal
import subprocess
import sys

import pytest

from tests.program import ROOT, line_with

SCRIPT = """
import asyncio
from cli.interrupt import interruptible
from cli.output import note
async def main():
    stop = asyncio.Event()
    with interruptible(stop, note):
        note("ready")
        await stop.wait()
        if {patient}:
            note("stopped cleanly")
        else:
            await asyncio.Event().wait()
asyncio.run(main())
"""


def started(*, patient: bool) -> "subprocess.Popen[bytes]":
    script = SCRIPT.format(patient=patient)
    return subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, cwd=ROOT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks_for_a_clean_stop(number: signal.Signals) -> None:
    with started(patient=True) as process:
        line_with(process.stderr, "ready")
        process.send_signal(number)
        line_with(process.stderr, "stopped cleanly")
        assert process.wait() == 0


def test_the_second_signal_ends_the_process_at_once() -> None:
    with started(patient=False) as process:
        line_with(process.stderr, "ready")
        process.send_signal(signal.SIGINT)
        line_with(process.stderr, "Ctrl-C again")
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
