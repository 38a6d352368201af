"""A server process that dies with its supervisor and whose end can be known for certain."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from manga.errors import EmbeddedFailed
from storage.embedded_home import FileLock, ServerHome, ServerName
from storage.embedded_identity import Identity, open_to_all, private_folder

PATH_LIMIT_BYTES = 107
_SHORT_TEMPS = ("/tmp", "/var/tmp")  # noqa: S108  private_folder refuses what somebody else put there
POSTGRES_SOCKET = ".s.PGSQL.5432"
_LONGEST = f"/mangaka-{'0' * 12}-{2**32}/pg/{POSTGRES_SOCKET}.lock"
_PR_SET_PDEATHSIG = 1
PATIENCE_S = 5.0


def socket_folder(home: ServerHome, identity: Identity) -> Path:
    """Makes the folder, open to this user only; below it `pg` is PostgreSQL's. Raises `EmbeddedFailed`."""
    for temp in _temps():
        short = len(os.fsencode(temp)) + len(_LONGEST) <= PATH_LIMIT_BYTES
        if short and temp.is_dir() and os.access(temp, os.W_OK) and (not identity.other_user or open_to_all(temp)):
            break
    else:
        raise EmbeddedFailed("There is no writable temp folder with a short name for sockets.", remedy="Set TMPDIR.")
    # Another user's PostgreSQL must be able to pass through, but not to list or write.
    mode = 0o711 if identity.other_user else 0o700
    folder = private_folder(temp / _folder_name(home), mode)
    inner = folder / "pg"
    inner.mkdir(mode=0o700, exist_ok=True)
    identity.give(inner)
    return folder


def remove_socket_folder(home: ServerHome) -> None:
    """Removes what `socket_folder` made, once the servers have stopped."""
    for temp in _temps():
        shutil.rmtree(temp / _folder_name(home), ignore_errors=True)


def _temps() -> list[Path]:
    names = (tempfile.gettempdir(), *_SHORT_TEMPS)
    return [Path(name) for name in dict.fromkeys(names) if not set(name) & set(",\"'")]  # PostgreSQL reads a list


def _folder_name(home: ServerHome) -> str:
    return f"mangaka-{home.key}-{os.geteuid()}"


def answers(path: str, *, ping: bool = False, timeout_s: float = 1.0) -> bool:
    """Somebody listens there; with `ping` it also speaks RESP and is done with loading."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(timeout_s)
            client.connect(path)
            if not ping:
                return True
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A started server. `log_offset` is where this run's part of the log begins; `stop_signal` asks it to end."""

    name: ServerName
    popen: "subprocess.Popen[bytes]"
    log: Path
    log_offset: int
    stop_signal: signal.Signals

    @property
    def alive(self) -> bool:
        return self.popen.poll() is None

    def stop(self, patience_s: float) -> None:
        """Asks it to end, and kills it when it has not after `patience_s`: both servers survive that."""
        if self.alive:
            self.popen.send_signal(self.stop_signal)
        try:
            self.popen.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()


def start_process(
    home: ServerHome,
    name: ServerName,
    command: Sequence[str],
    identity: Identity,
    stop_signal: signal.Signals,
    prepare: Callable[[], None] = lambda: None,
) -> ServerProcess:
    """Starts the server once no process of an earlier one is left; `prepare` runs in between.

    Call it from the main thread of the supervisor: the kernel sends the death signal when the *thread* that started the
    process ends. Raises `EmbeddedFailed`.
    """
    log = home.log(name)
    with home.lock(name) as lock, log.open("ab") as output:
        free(lock, home.root / f"{name}.pid")
        prepare()
        offset = output.tell()
        # The child and its children inherit the lock; our own share ends with this block.
        try:
            popen = subprocess.Popen(
                [*identity.prefix, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=(lock.fd,),
                preexec_fn=die_with_parent(stop_signal),  # noqa: PLW1509  the supervisor has one thread
                **identity.popen_options(),
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EmbeddedFailed(f"{command[0]} cannot be started: {error}.") from error
        (home.root / f"{name}.pid").write_text(str(popen.pid))
        return ServerProcess(name, popen, log, offset, stop_signal)


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends the child this signal when its parent dies, however that dies."""
    if sys.platform != "linux":
        return None  # there, `free` ends what a killed supervisor has left
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def arm() -> None:
        prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # it died before the kernel knew
            os._exit(1)

    return arm


def free(lock: FileLock, pid_file: Path, patience_s: float = PATIENCE_S) -> None:
    """Takes the lock, if need be by killing the processes of an earlier server. Raises `EmbeddedFailed`."""
    if lock.try_exclusive(patience_s):
        return
    for pid in _holders(lock.path, pid_file):
        try:
            os.kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
    if not lock.try_exclusive(patience_s):
        raise EmbeddedFailed(
            f"An earlier server still holds {lock.path}.", remedy=f"End the processes that have {lock.path} open."
        )


def _holders(path: Path, pid_file: Path) -> list[int]:
    """Processes, other than this one, that have the lock file open."""
    if not Path("/proc/self/fd").exists():
        recorded = pid_file.read_text() if pid_file.exists() else ""
        return [int(recorded)] if recorded.isdigit() else []
    wanted = path.stat()
    others = (int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid())
    return [pid for pid in others if _has(pid, wanted)]


def _has(pid: int, wanted: os.stat_result) -> bool:
    try:
        handles = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return False  # gone, or not ours
    for handle in handles:
        try:
            found = os.stat(f"/proc/{pid}/fd/{handle}")
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
            return True
    return False
