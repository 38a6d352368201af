"""The store of objects that the settings name: Google Cloud Storage, or a folder, written here: content-addressed,
create-only, whole or not there at all.
"""

import asyncio
import errno
import hashlib
import os
import shutil
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import uuid4

from manga.errors import DiskFull, NotFound, StorageFailed
from storage.objects import BlobInfo, BlobStore, Purpose, checked_name, digest_in
from storage.settings import StorageSettings

CHUNK_BYTES = 256 * 1024
THREADS = 16
DRAFT_LIFE_S = 3600.0
TRIAL_BYTES = 64 * 1024
"""Where no more can be written, nothing can be drawn."""
_DRAFTS = ".drafts"
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"The disk is full: {error.filename or name} was not stored.") from error
        raise StorageFailed(f"The object {name} cannot be read or written: {error.strerror}.") from error


@contextmanager
def _found(name: str) -> Iterator[None]:
    with _translated(name):
        try:
            yield
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise NotFound(f"There is no stored object {name}.") from error


@dataclass(frozen=True, slots=True)
class FolderBlobs:
    """A `BlobStore` in a folder, which is made when the first object comes. Content types and purposes are not kept,
    and it makes no links."""

    root: Path
    threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, "mangaka-objects"), compare=False, repr=False
    )
    """Its own: a disk that hangs holds up nothing but what waits for it."""
    writers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, "mangaka-writers"), compare=False, repr=False
    )
    """Threads of what writes through to the disk: however slow that is, what is there is read."""

    async def put(
        self, name: str, data: bytes, *, content_type: str = "application/octet-stream", purpose: Purpose | None = None
    ) -> BlobInfo:
        return await _in_thread_of(self.writers, self._put, checked_name(name), data)

    async def get(self, name: str) -> bytes:
        return await self._in_thread(self._get, checked_name(name))

    async def copy(self, name: str, to: str) -> None:
        await self.put(to, await self.get(name))

    async def exists(self, name: str) -> bool:
        return await self._in_thread((self.root / checked_name(name)).is_file)

    async def size(self, name: str) -> int:
        return await self._in_thread(self._size, checked_name(name))

    async def check(self) -> None:
        await self._in_thread(self._check)

    async def delete(self, name: str) -> bool:
        return await self._in_thread(self._delete, checked_name(name))

    async def delete_prefix(self, prefix: str) -> int:
        return await self._in_thread(self._delete_prefix, checked_name(prefix))

    async def sizes(self, prefix: str) -> dict[str, int]:
        checked_name(prefix)
        return await self._in_thread(self._sizes, prefix)

    async def open_range(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        path = self.root / checked_name(name)
        with _found(name):
            file = await self._in_thread(path.open, "rb")
        checked = hashlib.sha256() if start == 0 and end is None else None
        try:
            await self._in_thread(file.seek, start)
            left = None if end is None else max(0, end - start)
            while left is None or left > 0:
                chunk = await self._in_thread(file.read, CHUNK_BYTES if left is None else min(CHUNK_BYTES, left))
                if not chunk:
                    break
                left = None if left is None else left - len(chunk)
                if checked is not None:
                    checked.update(chunk)
                yield chunk
        finally:
            file.close()
        if checked is not None:
            self._check_whole(name, checked.hexdigest())

    @property
    def link_places(self) -> tuple[str, ...]:
        return ()

    async def signed_url(
        self, name: str, seconds: int, *, content_type: str | None = None, disposition: str | None = None
    ) -> str | None:
        checked_name(name)
        return None

    async def _in_thread(self, call: Callable[P, T], *told: P.args, **named: P.kwargs) -> T:
        return await _in_thread_of(self.threads, call, *told, **named)

    async def sweep(self) -> int:
        """Removes what interrupted writers left more than an hour ago. Answers how many."""
        return await self._in_thread(self.sweep_now)

    def _put(self, name: str, data: bytes) -> BlobInfo:
        path = self.root / name
        broken = _is_broken(path, name, data)
        if path.is_file() and not broken:
            return BlobInfo(name, len(data), created=False)
        draft = self.root / _DRAFTS / uuid4().hex
        with _translated(name):
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                _write_through(draft, data)
                if broken:
                    draft.replace(path)
                created = broken or _publish(draft, path)
            finally:
                draft.unlink(missing_ok=True)
        return BlobInfo(name, len(data), created=created)

    def _size(self, name: str) -> int:
        with _found(name):
            return (self.root / name).stat().st_size

    def _check(self) -> None:
        """What is written here is not put through to the disk: it is there for a moment."""
        trial = self.root / _DRAFTS / f"trial-{os.getpid()}-{threading.get_ident()}"
        with _translated("a trial"):
            trial.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                trial.write_bytes(bytes(TRIAL_BYTES))
            finally:
                trial.unlink(missing_ok=True)

    def _get(self, name: str) -> bytes:
        with _found(name):
            data = (self.root / name).read_bytes()
        self._check_whole(name, hashlib.sha256(data).hexdigest())
        return data

    def _check_whole(self, name: str, digest: str) -> None:
        if digest_in(name) not in (None, digest):
            raise StorageFailed(
                f"The stored object {name} is not whole.", remedy=f"Delete {self.root / name}, and draw the work again."
            )

    def _delete(self, name: str) -> bool:
        with suppress(NotFound), _found(name):
            (self.root / name).unlink()
            return True
        return False

    def _delete_prefix(self, prefix: str) -> int:
        folder = self.root / prefix
        if not folder.is_dir():
            return 0
        with _translated(prefix):
            count = sum(len(names) for _, _, names in os.walk(folder))
            shutil.rmtree(folder)
        return count

    def _sizes(self, prefix: str) -> dict[str, int]:
        with _translated(prefix):
            found = (Path(folder) / name for folder, _, names in os.walk(self.root / prefix) for name in names)
            return {path.relative_to(self.root).as_posix(): path.stat().st_size for path in found}

    def sweep_now(self) -> int:
        """The same, in this thread."""
        drafts = self.root / _DRAFTS
        old = [path for path in drafts.glob("*") if time.time() - path.stat().st_mtime > DRAFT_LIFE_S]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


async def _in_thread_of(pool: ThreadPoolExecutor, call: Callable[P, T], *told: P.args, **named: P.kwargs) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, partial(call, *told, **named))


def _is_broken(path: Path, name: str, data: bytes) -> bool:
    """A file system that lost its last writes left half an object under a name that tells what it should be."""
    if digest_in(name) is None:
        return False
    with suppress(OSError):
        return path.stat().st_size != len(data)
    return False


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _publish(draft: Path, path: Path) -> bool:
    """Gives the finished file its name, which never shows half a file. False when the name was taken meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV):
            raise
        # A file system without hard links. Two writers of one name write the same content.
        if path.exists():
            return False
        draft.rename(path)
    _write_folder_through(path.parent)
    return True


def _write_folder_through(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_blobs(settings: StorageSettings) -> BlobStore:
    """The store that the settings name: a folder, or Google Cloud Storage. Raises `SetupIncomplete` for an address of
    another, and where there are no credentials."""
    if settings.blobs is None or "://" not in settings.blobs:
        folder = FolderBlobs(settings.blobs_dir)
        with suppress(OSError):  # another process does it too; or there is no folder, which is told later
            folder.sweep_now()
        return folder
    from storage.gcs import open_gcs

    return open_gcs(settings)
