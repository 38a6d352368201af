"""The folder of objects when things go wrong: a full disk, an interrupted writer, a file system without links."""

import asyncio
import errno
import os
import stat
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from manga.errors import DiskFull, SetupIncomplete, StorageFailed
from storage.object_store import THREADS, FolderBlobs, open_blobs
from storage.objects import put_content
from storage.settings import StorageSettings

pytestmark = pytest.mark.anyio


@pytest.fixture
def store(tmp_path: Path) -> FolderBlobs:
    pools = [ThreadPoolExecutor(THREADS, "looked-at") for _ in range(2)]
    return FolderBlobs(tmp_path / "blobs", *pools)


def syncs(patch: pytest.MonkeyPatch, by: Callable[[int], object]) -> None:
    """What the store's own threads call for `os.fsync`: others of this process write down their things as ever."""
    real = os.fsync

    def told_apart(handle: int) -> None:
        (by if threading.current_thread().name.startswith("looked-at") else real)(handle)

    patch.setattr(os, "fsync", told_apart)


def files_in(store: FolderBlobs) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_leaves_nothing_half_written(
    store: FolderBlobs, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(_: int) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        syncs(patch, full)
        with pytest.raises(DiskFull, match="t/w/abc was not stored"):
            await store.put("t/w/abc", b"x" * 100_000)
    assert files_in(store) == []
    assert (await store.put("t/w/abc", b"x")).created


async def test_a_reader_never_sees_half_an_object(store: FolderBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    real = os.fsync

    def looking(handle: int) -> None:
        seen.append((store.root / "t/w/abc").exists())
        real(handle)

    syncs(monkeypatch, looking)
    await store.put("t/w/abc", b"x")
    assert seen == [False, True]  # the file's content is on the disk before its name, and then the name is too


async def test_a_file_system_without_links_is_served_by_renaming(
    store: FolderBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    assert (await store.put("t/w/abc", b"first")).created
    assert not (await store.put("t/w/abc", b"second")).created
    assert await store.get("t/w/abc") == b"first"
    assert len(files_in(store)) == 1


async def test_what_an_interrupted_writer_left_is_swept_and_fresh_drafts_stay(store: FolderBlobs) -> None:
    await store.put("t/w/abc", b"x")
    old, fresh = store.root / ".drafts" / "old", store.root / ".drafts" / "fresh"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    assert await store.sweep() == 1
    assert fresh.exists()
    assert await store.get("t/w/abc") == b"x"


async def test_stories_are_closed_to_other_users(store: FolderBlobs) -> None:
    await store.put("t/w/abc", b"x")
    assert stat.S_IMODE(store.root.stat().st_mode) == 0o700


async def test_a_root_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed, match="cannot be read or written"):
        await FolderBlobs(tmp_path / "file" / "blobs").put("t/w/abc", b"x")


async def test_a_disk_that_hangs_holds_up_nothing_else(store: FolderBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.put("t/w/known", b"x")
    hangs = threading.Event()
    with monkeypatch.context() as patch:
        syncs(patch, lambda _: hangs.wait())
        waiting = [asyncio.create_task(store.put(f"t/w/{number}", b"x")) for number in range(60)]
        async with asyncio.timeout(5):
            assert await asyncio.gather(*(asyncio.to_thread(int, "7") for _ in range(60))) == [7] * 60
            assert await store.get("t/w/known") == b"x"
            await store.check()
        assert not any(task.done() for task in waiting)
        assert len(files_in(store)) <= 1 + THREADS  # drafts: none has its name yet
        hangs.set()
        assert all(info.created for info in await asyncio.gather(*waiting))


async def test_the_settings_choose_the_folder(tmp_path: Path) -> None:
    assert open_blobs(StorageSettings(home=tmp_path)) == FolderBlobs(tmp_path / "blobs")
    assert open_blobs(StorageSettings(home=tmp_path, blobs=str(tmp_path / "b"))) == FolderBlobs(tmp_path / "b")
    for address in ("s3://manga", "gs://manga/works", "gs://Manga", "gs://googly"):
        with pytest.raises(SetupIncomplete, match="MANGA_BLOBS is"):
            open_blobs(StorageSettings(home=tmp_path, blobs=address))


async def test_half_an_object_is_never_answered_and_the_next_writer_makes_it_whole(store: FolderBlobs) -> None:
    data = b"a picture" * 1000
    name = await put_content(store, "t", UUID(int=1), data)
    (store.root / name).write_bytes(data[:100])
    with pytest.raises(StorageFailed, match="not whole"):
        await store.get(name)
    with pytest.raises(StorageFailed, match="not whole"):  # at its end at the latest: it is not taken for all
        [chunk async for chunk in store.open_range(name)]
    assert [chunk async for chunk in store.open_range(name, 5, 50)] == [data[5:50]]
    assert (await store.put(name, data)).created
    assert await store.get(name) == data
    assert len(files_in(store)) == 1


async def test_who_opens_the_folder_removes_what_dead_writers_left(tmp_path: Path) -> None:
    draft = tmp_path / "blobs" / ".drafts" / "old"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"half")
    open_blobs(StorageSettings(home=tmp_path))
    assert draft.exists(), "it may still be written"
    os.utime(draft, (0, 0))
    open_blobs(StorageSettings(home=tmp_path))
    assert not draft.exists()
