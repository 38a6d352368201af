"""A user's lease of the embedded servers: they run as long as somebody holds one."""

import asyncio
import errno
import os
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path

from manga.errors import DiskFull, EmbeddedFailed, StorageFailed
from storage.embedded_home import VALKEY, Failure, FileLock, Ready, ServerHome, ServerName, cause_in, disk_is_full
from storage.embedded_process import answers

WAIT_LIMIT_S = 90.0
LINGER_S = 5.0
_STEP_S = 0.01
_SUPERVISORS = 3
# What a supervisor needs of its user's environment. It outlives the user, so it gets no key and no password.
_KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")


class Hold:
    """Keeps the servers named running from `begin` to `release`, and as long as this process lives at most.

    `begin` takes no time, so that the caller can do other work (imports) while the servers start.
    """

    def __init__(self, home: Path, names: Collection[ServerName], *, linger_s: float = LINGER_S) -> None:
        self.home = ServerHome(home)
        self.names = tuple(names)
        self.linger_s = linger_s
        self._users: FileLock | None = None
        self._sharing = False
        self._launcher: subprocess.Popen[bytes] | None = None
        self._launched = 0
        self._served = False

    def begin(self) -> None:
        """Joins the users, and starts a supervisor when there is none. Raises `EmbeddedFailed`."""
        self.home.make()
        self._users = self.home.lock("users")
        self._try()

    def wait(self, limit_s: float = WAIT_LIMIT_S) -> dict[ServerName, Ready]:
        """The servers, once both answer. Raises `EmbeddedFailed`, `DiskFull`. May be called again, after a server was
        lost, to have it started again."""
        end = self._limit(limit_s)
        while (found := self._try()) is None:
            self._check_time(end, limit_s)
            time.sleep(_STEP_S)
        return found

    async def wait_async(self, limit_s: float = WAIT_LIMIT_S) -> dict[ServerName, Ready]:
        """`wait` that leaves the loop free."""
        end = self._limit(limit_s)
        while (found := self._try()) is None:
            self._check_time(end, limit_s)
            await asyncio.sleep(_STEP_S)
        return found

    def release(self) -> None:
        """Leaves. The servers stop 5 s after the last user has left."""
        if self._users is not None:
            self._users.close()
            self._users, self._sharing = None, False
        if self._launcher is not None:
            self._launcher.wait()
            self._launcher = None

    def _limit(self, limit_s: float) -> float:
        if self._served:  # asked once more, after a loss: what failed then may work now
            self._served, self._launched = False, 0
            self._ask()
        return time.monotonic() + limit_s

    def _check_time(self, end: float, limit_s: float) -> None:
        if time.monotonic() > end:
            cause = cause_in(self.home.root / "supervisor.log") or "no reason is known"
            raise EmbeddedFailed(f"The embedded servers did not answer within {limit_s:.0f} s: {cause}")

    def _try(self) -> dict[ServerName, Ready] | None:
        try:
            return self._step()
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(f"The disk is full: {self.home.root} cannot be written.") from error
            raise EmbeddedFailed(
                f"The data folder {self.home.home} cannot be used: {error.strerror} ({error.filename}).",
                remedy="Set MANGA_HOME to a folder that you can write.",
            ) from error

    def _step(self) -> dict[ServerName, Ready] | None:
        """Does what can be done now; answers the servers when all of them are there."""
        if not self._join() or not self._supervised():
            return None
        found = {}
        for name in self.names:
            if failure := self.home.read_failure(name):
                raise _error_of(failure)
            ready = self.home.read_ready(name)
            if ready is None or not answers(ready.socket, ping=name == VALKEY):
                return None
            found[name] = ready
        self._served = True
        return found

    def _join(self) -> bool:
        """Takes the shared lock; not possible while a supervisor stops its servers."""
        if self._sharing:
            return True
        assert self._users is not None, "begin() comes first"
        if not self._users.try_shared():
            return False
        self._sharing = True
        os.utime(self._users.path)  # the supervisor sees also a user who stays for an instant only
        self._ask()
        return True

    def _ask(self) -> None:
        for name in self.names:
            if self.home.read_ready(name) is None:
                self.home.clear(name, "failed")
                self.home.want(name)

    def _supervised(self) -> bool:
        """A supervisor lives and has taken its place; starts one when there is none."""
        if self._launcher is not None:
            if self._launcher.poll() is None:
                return False
            self._launcher = None
        with self.home.lock("supervisor") as lock:
            if not lock.try_shared():
                return True
        if self._launched == _SUPERVISORS:
            cause = cause_in(self.home.root / "supervisor.log") or "it left no word"
            if disk_is_full(cause):
                raise DiskFull(f"The disk is full: {self.home.root} cannot be written.")
            raise EmbeddedFailed(f"The supervisor of the embedded servers ended {_SUPERVISORS} times: {cause}")
        self._launch()
        return False

    def _launch(self) -> None:
        self._launched += 1
        for name in self.names:
            self.home.clear(name, "failed")
            self.home.want(name)
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
        with self.home.log("supervisor").open("ab") as output:
            self._launcher = subprocess.Popen(
                [sys.executable, "-m", "storage.embedded_supervisor", str(self.home.home), str(self.linger_s)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=environment,
                start_new_session=True,
            )


def _error_of(failure: Failure) -> StorageFailed:
    kind = DiskFull if failure.code == DiskFull.code else EmbeddedFailed
    return kind(failure.message, remedy=failure.remedy)
