"""The short private folder of the servers' sockets. A socket's path may have 107 bytes at most."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

from manga.errors import EmbeddedFailed
from storage.embedded_home import ServerHome
from storage.embedded_identity import Identity, open_to_all, private_folder

PATH_LIMIT_BYTES = 107
_SHORT_TEMPS = ("/tmp", "/var/tmp")  # noqa: S108  private_folder refuses what somebody else put there
POSTGRES_SOCKET = ".s.PGSQL.5432"
_LONGEST = f"/mangaka-{'0' * 12}-{2**32}/pg/{POSTGRES_SOCKET}.lock"


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
