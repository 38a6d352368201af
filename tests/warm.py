"""Programs of the command line without the second that each takes to load its code.

A server that has loaded the product forks a process for each. That is a process of its own, with its own environment,
folder, streams and exit code; only what `import` does has been done before, and the product does nothing at import.
Programs that a test starts cold, kills or interrupts go through `tests.program.start`.
"""

import atexit
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Final

PRELOADED: Final = ("cli.main", "cli.draw", "graph.open_services", "server.app", "tests.warm")
STREAMS: Final = ("stdin", "stdout", "stderr")


def run_warm(
    program: str, arguments: Sequence[str], stdin: bytes, folder: Path, environment: Mapping[str, str], limit_s: float
) -> "subprocess.CompletedProcess[bytes]":
    """As `subprocess.run` of `python -c program`. Raises `subprocess.TimeoutExpired` after killing it."""
    with tempfile.TemporaryDirectory() as place:
        streams = {name: Path(place, name) for name in STREAMS}
        for name, path in streams.items():
            path.write_bytes(stdin if name == "stdin" else b"")
        process = context().Process(
            target=become, args=(program, list(arguments), dict(environment), str(folder), place)
        )
        process.start()
        process.join(limit_s)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(["mangaka", *arguments], limit_s, streams["stdout"].read_bytes())
        out, err = streams["stdout"].read_bytes(), streams["stderr"].read_bytes()
        code = process.exitcode
        process.close()
    return subprocess.CompletedProcess(["mangaka", *arguments], code, out, err)


def context() -> ForkServerContext:
    """One server for all programs of this process, which ends with it."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([*PRELOADED])
    return found


def become(program: str, arguments: list[str], environment: dict[str, str], folder: str, place: str) -> None:
    """In the new process: what `python -c` is, from the streams to the exit code."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, name in enumerate(STREAMS):
        handle = os.open(Path(place, name), os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_APPEND)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin, sys.stdout = open(0, encoding="utf-8", closefd=False), open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = ["-c", *arguments]
    try:
        exec(program, {"__name__": "__main__"})  # noqa: S102 - what `-c` does
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()  # a forked process ends without them
