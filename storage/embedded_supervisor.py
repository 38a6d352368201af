"""The detached process that holds the embedded servers: `python -m storage.embedded_supervisor HOME LINGER_S`.

It starts what users want, starts again what dies, and stops both servers 5 s after its last user has left, however that
user died. Users hold a shared lock on a file, and the supervisor looks whether it could have that lock for itself.
"""

import logging
import os
import select
import signal
import sys
import time
from collections import deque
from pathlib import Path

from manga.errors import DiskFull, EmbeddedFailed, StorageFailed
from storage.embedded_home import SERVERS, Failure, FileLock, Ready, ServerHome, ServerName, cause_in, disk_is_full
from storage.embedded_process import ServerProcess, remove_socket_folder
from storage.embedded_servers import PostgresServer, ValkeyServer

TICK_S = 0.25
START_LIMIT_S = 300.0
RESTARTS_A_MINUTE = 5
STOP_PATIENCE_S = {"postgres": 20.0, "valkey": 10.0}
PATIENCE_WITH_LOOKERS_S = 5.0

log = logging.getLogger("mangaka.supervisor")


class Keeper:
    """One server: started, watched, started again, stopped."""

    def __init__(self, server: PostgresServer | ValkeyServer, home: ServerHome) -> None:
        self.server = server
        self.home = home
        self.process: ServerProcess | None = None
        self.ready: Ready | None = None
        self.starts: deque[float] = deque(maxlen=RESTARTS_A_MINUTE)

    @property
    def name(self) -> ServerName:
        return self.server.name

    def begin(self) -> None:
        """Starts the process, without waiting for it to be ready."""
        self.home.clear(self.name, "ready", "failed")
        self.starts.append(time.monotonic())
        try:
            self.process, self.ready = self.server.start()
        except OSError as error:
            if disk_is_full(str(error)):
                raise DiskFull(f"The disk is full: {error.filename or self.home.root}.") from error
            raise EmbeddedFailed(f"{self.name} cannot be started: {error}.") from error
        log.info("%s started as process %d", self.name, self.process.popen.pid)

    def settle(self) -> bool:
        """Publishes the server once it answers; False while it does not yet. Raises when it has died instead."""
        assert self.process is not None, "begin() comes first"
        assert self.ready is not None
        if not self.process.alive:
            error = self._death()
            if self.tired or not self.server.mend(error.message):
                raise error
            self.begin()
            return False
        if not self.server.is_ready(self.process, self.ready):
            if time.monotonic() - self.starts[-1] > START_LIMIT_S:
                raise EmbeddedFailed(f"{self.name} did not answer within {START_LIMIT_S:.0f} s.")
            return False
        self.home.write_ready(self.name, self.ready)
        log.info("%s answers after %.2f s", self.name, time.monotonic() - self.starts[-1])
        return True

    def _death(self) -> StorageFailed:
        assert self.process is not None
        cause = cause_in(self.process.log, self.process.log_offset) or f"exit {self.process.popen.returncode}"
        self.process = None
        if disk_is_full(cause):
            return DiskFull(f"The disk is full: {self.name} stopped: {cause}")
        return EmbeddedFailed(f"{self.name} stopped: {cause}")

    @property
    def lost(self) -> bool:
        """It ran, and it is dead or cannot be reached any more because its socket was removed."""
        if self.process is None or self.ready is None:
            return False
        return not self.process.alive or not os.path.exists(self.ready.socket)

    @property
    def tired(self) -> bool:
        """It was started so often lately that one more start will not help."""
        return len(self.starts) == RESTARTS_A_MINUTE and time.monotonic() - self.starts[0] < 60

    def end(self) -> None:
        """Stops it; afterwards none of its files says that it runs."""
        self.home.clear(self.name, "ready", "want")
        if self.process is not None:
            self.process.stop(STOP_PATIENCE_S[self.name])
            log.info("%s stopped", self.name)
        self.process = None

    def give_up(self, error: StorageFailed) -> None:
        """Tells the users why it does not run."""
        log.error("%s: %s", self.name, error.message)
        self.end()
        self.home.write_failure(self.name, Failure(error.code, error.message, error.remedy))


class Supervisor:
    """The loop around two keepers."""

    def __init__(self, home: ServerHome, linger_s: float) -> None:
        self.home = home
        self.linger_s = linger_s
        servers: tuple[PostgresServer | ValkeyServer, ...] = (ValkeyServer(home), PostgresServer(home))
        self.keepers = [Keeper(server, home) for server in servers]
        self.users = home.lock("users")
        self.idle_since: float | None = None
        self.last_arrival = 0
        self.told_to_stop = False

    def run(self) -> None:
        wake = self._listen()
        try:
            while not self.told_to_stop and not self._deserted():
                self._start_wanted()
                for keeper in self.keepers:
                    if keeper.lost:
                        self._start_again(keeper)
                if select.select([wake], [], [], TICK_S)[0]:
                    os.read(wake, 4096)
        finally:
            for keeper in reversed(self.keepers):
                keeper.end()
            remove_socket_folder(self.home)

    def _listen(self) -> int:
        """The end of a child or a request to stop ends the wait of the loop at once."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer)
        for number in (signal.SIGCHLD, signal.SIGHUP):
            signal.signal(number, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        return reader

    def _stop(self, *_: object) -> None:
        self.told_to_stop = True

    def _deserted(self) -> bool:
        """No user for `linger_s`. From then on it keeps the users' lock: who comes now waits until all has stopped."""
        arrival = os.stat(self.users.path).st_mtime_ns
        if not self.users.try_exclusive():
            self.idle_since = None
            return False
        if self.idle_since is None or arrival != self.last_arrival:
            self.idle_since, self.last_arrival = time.monotonic(), arrival
        if time.monotonic() - self.idle_since >= self.linger_s:
            return True
        self.users.unlock()
        return False

    def _start_wanted(self) -> None:
        wanted = [keeper for keeper in self.keepers if keeper.process is None and self.home.wanted(keeper.name)]
        self._settle([keeper for keeper in wanted if self._begin(keeper)])

    def _start_again(self, keeper: Keeper) -> None:
        log.warning("%s is lost", keeper.name)
        keeper.end()
        if keeper.tired:
            keeper.give_up(EmbeddedFailed(f"{keeper.name} stopped {RESTARTS_A_MINUTE} times within a minute."))
        elif self._begin(keeper):
            self._settle([keeper])

    def _begin(self, keeper: Keeper) -> bool:
        try:
            keeper.begin()
        except StorageFailed as error:
            keeper.give_up(error)
            return False
        return True

    def _settle(self, started: list[Keeper]) -> None:
        """Waits until each of them answers or has failed; both start at the same time."""
        pending = list(started)
        while pending and not self.told_to_stop:
            for keeper in tuple(pending):
                try:
                    settled = keeper.settle()
                except StorageFailed as error:
                    keeper.give_up(error)
                    settled = True
                if settled:
                    pending.remove(keeper)
            if pending:
                time.sleep(0.005)


def _take(lock: FileLock) -> bool:
    """Takes the supervisor's lock; False when another supervisor has it."""
    end = time.monotonic() + PATIENCE_WITH_LOOKERS_S
    while not lock.try_exclusive():
        # Users who look whether a supervisor lives hold it too, shared and for an instant.
        if not lock.try_shared() or time.monotonic() > end:
            return False
        lock.unlock()
        time.sleep(0.002)
    return True


def _detach() -> None:
    """The process that the user started ends here, and the one that goes on is nobody's child."""
    if os.fork():
        os._exit(0)


def main(arguments: list[str]) -> int:
    """HOME and LINGER_S: holds the servers of this home; ends at once when another supervisor does so already."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    home = ServerHome(Path(arguments[0]))
    home.make()
    lock = home.lock("supervisor")
    if not _take(lock):
        return 0
    for name in SERVERS:
        home.clear(name, "ready")
    _detach()
    (home.root / "supervisor.pid").write_text(str(os.getpid()))
    Supervisor(home, float(arguments[1])).run()
    lock.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
