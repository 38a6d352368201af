"""What the processes of one run make for one another, in a folder that the run removes at its end.

Code does not change during a run: what one process has made is what another one would make.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

FOLDER: Final = "MANGA_TESTS_SHARED"
"""Names the folder, in the environment of a run's processes."""


def open_shared_folder() -> Callable[[], None]:
    """Makes this run's; what is answered removes it. A process of a run, which has one, makes none."""
    if FOLDER in os.environ:
        return lambda: None
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="mangaka-run-")
    return lambda: shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def found(name: str) -> bytes | None:
    """What a process of this run has kept under a name; nothing outside a run of tests."""
    path = _path(name)
    return path.read_bytes() if path and path.exists() else None


def keep(name: str, data: bytes) -> None:
    """For the others. It is there whole or not at all."""
    if path := _path(name):
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.write_bytes(data)
        part.replace(path)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """No other process is in this block with this name; one that ends is no longer."""
    path = _path(f"lock {name}")
    if path is None:
        yield
        return
    with path.open("wb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _path(name: str) -> Path | None:
    folder = os.environ.get(FOLDER)
    return Path(folder, hashlib.sha256(name.encode()).hexdigest()) if folder else None
