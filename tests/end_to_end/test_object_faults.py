"""The store of objects is away, full, slow, has errors, or holds half an object."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import httpx
import psycopg
import pytest

from tests.end_to_end.bad_disk import BAD_DISK, FAILS, SLOW
from tests.end_to_end.crew import at_work, check_whole, is_whole, objects_in, phases_done, text
from tests.end_to_end.figures import Figures
from tests.end_to_end.service_program import Api, OwnServers, own_servers, served, until, worker
from tests.patience import beside_others

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SLOW_S: Final = 1.0
ANSWER_S: Final = 1.0
ROOT: Final = pytest.mark.skipif(os.geteuid() != 0, reason="mounts a file system")


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """A folder with room for next to nothing."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """A file where the folder was."""
    aside = folder.rename(folder.with_name("aside"))
    folder.touch()
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@pytest.mark.parametrize("fault", [gone, pytest.param(full, marks=ROOT)])
def test_a_work_whose_store_fails_waits_and_goes_on_when_it_is_mended(
    tmp_path: Path, fault: Callable[[Path], AbstractContextManager[None]], figures: Figures
) -> None:
    blobs = tmp_path / "blobs"
    blobs.mkdir()
    with own_servers(tmp_path, {"MANGA_BLOBS": str(blobs)}) as servers, served(servers) as api:
        with fault(blobs):
            work = api.post(text(1))
            parked = api.until(work, "parked")
            assert parked["error"]["code"] == ("disk_full" if fault is full else "storage"), parked["error"]
            assert parked["resume_at"] is not None
            assert api.client.get("/healthz").status_code == 200
        five_minutes_go_by(servers)
        api.until(work, "completed")
        check_whole(servers, [work])
        figures(f"store of objects {fault.__name__}", parked_with=parked["error"]["code"], works_lost=0)


def five_minutes_go_by(servers: OwnServers) -> None:
    """The timer of the parked work is due now."""
    with psycopg.connect(servers.stores.database_url, autocommit=True) as conn:
        due = conn.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'works.timer'")
    assert due.rowcount == 1


def test_on_a_slow_disk_works_take_longer_and_requests_do_not(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path, {SLOW: str(SLOW_S)}) as servers, served(servers, program=BAD_DISK) as api:
        works = [api.post(text(number)) for number in range(3)]
        took = list[float]()
        while any(api.read(work)["status"] != "completed" for work in works):
            answers = [api.client.get(path) for path in (f"/v1/works/{works[0]}", "/readyz", "/v1/works")]
            assert [answer.status_code for answer in answers] == [200] * 3, [answer.text for answer in answers]
            took += [answer.elapsed.total_seconds() for answer in answers]
            time.sleep(0.05)  # as a client would
        check_whole(servers, works)
        figures(
            f"disk that takes {SLOW_S:.0f} s for every write-through",
            works=len(works), lost=0, requests=len(took), median_s=sorted(took)[len(took) // 2], slowest_s=max(took),
        )  # fmt: skip
        assert sorted(took)[int(len(took) * 0.99)] < ANSWER_S * beside_others()


def test_a_disk_with_errors_parks_works_and_loses_none(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, served(servers, "--no-workers") as api:
        works = [api.post(text(number)) for number in range(3)]
        with worker(servers, env={FAILS: "0.5"}, program=BAD_DISK):
            for work in works:
                assert api.until(work, "parked")["error"]["code"] == "storage"
        with worker(servers), psycopg.connect(servers.stores.database_url, autocommit=True) as conn:
            conn.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'works.timer'")
            for work in works:
                api.until(work, "completed")
        check_whole(servers, works)
        figures("disk of which half the write-throughs fail", works_parked=len(works), lost=0, half_objects=0)


def test_a_worker_killed_in_the_middle_of_a_write_leaves_no_half_object(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, served(servers, "--no-workers") as api:
        work = api.post(text(1))
        with worker(servers, env={SLOW: str(SLOW_S)}, program=BAD_DISK) as slow:
            drafts = until(lambda: sorted(tmp_path.rglob(".drafts/*")), 60, "something is being written", 0.01)
            slow.kill()
        assert drafts, "it was killed while it wrote"
        assert [path for path in objects_in(tmp_path) if not is_whole(path)] == []
        with worker(servers):
            api.until(work, "completed")
        check_whole(servers, [work])
        figures("kill -9 in the middle of a write", drafts_left=len(drafts), half_objects=0, works_lost=0)


def test_half_an_object_is_in_no_book_and_in_no_answer(tmp_path: Path, figures: Figures) -> None:
    """Nothing of ours leaves one: a disk that lost its last writes does."""
    with own_servers(tmp_path) as servers, served(servers, "--no-workers") as api:
        done = api.post(text(1))
        with worker(servers) as killed:
            api.until(done, "completed")
            broken = api.post(text(2))
            until(lambda: phases_done(servers, broken) >= 5, 60, "its pictures are drawn", 0.01)
            killed.kill()
        halves = [half(path) for path in objects_in(tmp_path) if path.parent.name == broken and path.stat().st_size]
        with worker(servers):
            parked = until(lambda: parked_or_done(api, broken), 120, "it is parked")
            assert (parked["status"], parked["error"]["code"]) == ("parked", "storage"), parked
            assert until(lambda: at_work(servers) == 0, 30, "it is left alone")
            for path, whole in halves:
                path.write_bytes(whole)
            five_minutes_go_by(servers)
            api.until(broken, "completed")
        check_whole(servers, [done, broken])
        name = "pages/001.png"
        good = api.client.get(f"/v1/works/{done}/files/{name}").content
        page = next(path for path in objects_in(tmp_path) if path.read_bytes() == good)
        half(page)
        with pytest.raises(httpx.RemoteProtocolError):  # it breaks off, and is not taken for a picture
            api.client.get(f"/v1/works/{done}/files/{name}")
        figures("half objects under their names", objects=len(halves), work="parked until mended", served=0)


def half(path: Path) -> tuple[Path, bytes]:
    """Cuts it in the middle. Answers what it was."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path, whole


def parked_or_done(api: Api, work: str) -> dict[str, object] | None:
    found = api.read(work)
    return found if found["status"] in ("parked", "completed", "failed") else None
