"""The processes of a parallel run are copies of one that has loaded all tests.

Each process of `pytest -n` would load the product, 50 libraries and every file of tests by itself, and compile them on
a fresh clone: with three of them a tenth of a whole run. So one is started that collects what is asked for and waits;
for each worker that pytest-xdist starts it forks a copy of itself. A copy collects anew, and finds all modules loaded.

pytest-xdist starts programs. The one that it is told to start (`hand_over`) sends its streams to the first process and
lives as long as the copy that has got them: each ends when the other one does.
"""

import contextlib
import gc
import os
import selectors
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

LONGEST = 100
"""Bytes of a socket's path; the least that any system takes is 104 with its end."""
PLAIN = "popen"
"""A worker as `-n` asks for it."""


def fork_workers(config: pytest.Config) -> Callable[[], None] | None:
    """Has this run's workers forked; what is answered ends who forks them. None where workers are started otherwise, or
    where there is no fork: then each loads its tests by itself."""
    asked = config.getoption("tx", None) or ()
    if hasattr(config, "workerinput") or set(asked) != {PLAIN} or not hasattr(os, "fork"):
        return None
    place = tempfile.mkdtemp(prefix="mangaka-workers-")
    address = str(Path(place, "socket"))
    if len(os.fsencode(address)) > LONGEST or "//" in address:
        shutil.rmtree(place)
        return None
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(len(asked) + 8)
    arguments = [str(listener.fileno()), *map(str, config.invocation_params.args)]
    parent = subprocess.Popen(
        [sys.executable, "-P", __file__, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        pass_fds=[listener.fileno()], cwd=config.invocation_params.dir,
    )  # fmt: skip
    listener.close()
    program = shlex.join([sys.executable, "-I", "-S", "-c", HAND_OVER, address])
    config.option.tx = [f"{PLAIN}//python={program}" for _ in asked]

    def end() -> None:
        parent.communicate()
        shutil.rmtree(place, ignore_errors=True)

    return end


HAND_OVER = (
    "import os,signal,socket,sys;signal.signal(2,lambda *_:0);s=socket.socket(socket.AF_UNIX);s.connect(sys.argv[1]);"
    "socket.send_fds(s,[b'.'],[0,1,2]);n=os.open(os.devnull,os.O_RDWR);os.dup2(n,0);os.dup2(n,1);s.recv(1)"
)
"""What pytest-xdist starts."""
BEGIN = "import sys;exec(eval(sys.stdin.readline()))"
"""How a worker begins, by execnet."""


def main(listener: socket.socket, arguments: list[str]) -> None:
    """Loads what the arguments ask for, and forks until its stdin ends. Every copy comes back from here as a worker."""
    signal.signal(signal.SIGINT, left_to_the_run)
    found = [*arguments, "-n", "0", "--collect-only", "-s", "-q", "-q", "-p", "no:cacheprovider"]
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        code = pytest.main(found, [Unloaded()])
    gc.collect()
    gc.freeze()
    gc.disable()  # as it is before a worker finds its tests
    streams = Parent(listener).fork_until_the_end()
    if streams is not None:
        become_worker(streams, loaded=code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED))


def left_to_the_run(number: int, frame: object) -> None:
    """Ctrl-C comes to all: the run alone says that it was interrupted, and ends them. No `SIG_IGN`: the programs that
    tests start would inherit it."""


class Unloaded:
    """Forgets files that skip themselves while they are loaded: a worker would find the half that was."""

    @pytest.hookimpl(trylast=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            path = str(report.fspath)
            for name in [name for name, module in sys.modules.items() if _file(module).endswith(path)]:
                del sys.modules[name]


def _file(module: object) -> str:
    return str(getattr(module, "__file__", ""))


class Parent:
    """Forks for whoever connects to `listener`; each program's connection lasts as long as its worker."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._woken, self._wakes = socket.socketpair()
        self._programs: dict[int, socket.socket] = {}
        self._waiting = selectors.DefaultSelector()
        for one in (listener, self._woken, self._wakes):
            one.setblocking(False)
        for source in (listener, self._woken, sys.stdin.fileno()):
            self._waiting.register(source, selectors.EVENT_READ)

    def fork_until_the_end(self) -> list[int] | None:
        """In a copy: the streams that it has been given. In the first process, at its end: None."""
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self._wakes.fileno())
        while True:
            for source in [key.fileobj for key, _ in self._waiting.select()]:
                if source == sys.stdin.fileno():
                    return None
                if source is self._listener:
                    streams = self._fork()
                    if streams is not None:
                        return streams
                elif source is self._woken:
                    self._woken.recv(4096)
                    self._bury()
                else:
                    self._end_worker_of(source)

    def _fork(self) -> list[int] | None:
        program, _ = self._listener.accept()
        program.setblocking(True)
        _, streams, _, _ = socket.recv_fds(program, 1, 3)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._waiting.close()
            for one in (self._listener, self._woken, self._wakes, program, *self._programs.values()):
                one.close()
            return streams
        for stream in streams:
            os.close(stream)
        self._programs[pid] = program
        self._waiting.register(program, selectors.EVENT_READ)
        return None

    def _bury(self) -> None:
        """Lets the programs end whose workers have ended."""
        while self._programs:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            program = self._programs.pop(pid)
            with contextlib.suppress(KeyError):
                self._waiting.unregister(program)
            program.close()

    def _end_worker_of(self, program: object) -> None:
        """The program is gone."""
        for pid, connection in self._programs.items():
            if connection is program:
                os.kill(pid, signal.SIGKILL)
                self._waiting.unregister(connection)


def become_worker(streams: list[int], *, loaded: bool) -> None:
    """As `BEGIN` makes one. Where not all tests could be loaded, each worker does it by itself and says why."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if not loaded:
        os.execv(sys.executable, [sys.executable, "-u", "-c", BEGIN])
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    exec(eval(sys.stdin.readline()), {"__name__": "__main__"})  # noqa: S102, S307


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
