"""`make cluster`: whatever dies, books are finished and streams go on elsewhere; nothing is left behind."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from deploy.cluster.__main__ import ports_from
from deploy.cluster.servers import TcpPostgres, kept_passwords
from storage.embedded_home import ServerHome
from storage.embedded_identity import find_identity
from storage.find_server_programs import postgres_candidates, usable_postgres
from tests.patience import patience

ROOT = Path(__file__).resolve().parents[2]
STORY = (ROOT / "examples/hoshi_no_kagi.txt").read_text(encoding="utf-8")
ORDER = {"text": STORY, "settings": {"pages": 4}}
GONE_S = 20.0
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@dataclass(slots=True)
class Cluster:
    """A running one. `said` is what it prints."""

    home: Path
    process: "subprocess.Popen[str]"
    said: list[str] = field(default_factory=list)

    def read(self) -> None:
        assert self.process.stdout is not None
        with suppress(ValueError):  # closed by the test
            self.said.extend(iter(self.process.stdout.readline, ""))

    def until_said(self, words: str) -> "re.Match[str]":
        end = time.monotonic() + 90
        while True:
            if found := re.search(words, "".join(self.said)):
                return found
            assert self.process.poll() is None, "".join(self.said)
            assert time.monotonic() < end, (words, "".join(self.said))
            time.sleep(0.05)

    def member(self, name: str) -> tuple[int, str]:
        """Its process, and its address where it has one."""
        found = self.until_said(rf"{name}  process (\d+)  (\S+)")
        return int(found[1]), found[2]

    def kill(self, name: str) -> None:
        """kill -9; answers once another is in its place."""
        os.kill(self.member(name)[0], signal.SIGKILL)
        self.until_said(rf"{name} is process \d+ now")

    @property
    def front(self) -> str:
        return self.until_said(r"answers at (\S+),")[1]

    def logs(self) -> str:
        return "".join(file.read_text(errors="replace") for file in (self.home / "logs").iterdir())

    def everything(self) -> list[psutil.Process]:
        """Every process of it."""
        runner = psutil.Process(self.process.pid)
        return [runner, *runner.children(recursive=True)]


@contextmanager
def cluster(home: Path) -> Iterator[Cluster]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.cluster", "--home", str(home), "--port", "0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=home.parent,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
    )
    found = Cluster(home, process)
    reader = threading.Thread(target=found.read, daemon=True)
    reader.start()
    try:
        found.until_said("Ctrl-C stops it")
        yield found
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
        reader.join(5)
        if process.stdout is not None:
            process.stdout.close()


Told = tuple[int, dict[str, Any]]


def follow(url: str, work: str, after: int, enough: Callable[[Told], bool] = lambda _: False) -> list[Told]:
    """Events as a client gets them, until there are enough or the stream ends, however it does."""
    found: list[Told] = []
    headers = {"Last-Event-ID": str(after)} if after else {}
    with (
        suppress(httpx.TransportError),
        httpx.stream("GET", f"{url}/v1/works/{work}/events", headers=headers, timeout=60) as answer,
    ):
        for line in answer.iter_lines():
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith("data: "):
                found.append((number, json.loads(line[6:])))
                if enough(found[-1]):
                    break
    return found


def of_type(name: str) -> Callable[[Told], bool]:
    return lambda told: told[1]["type"] == name


def last(events: list[Told]) -> int:
    return events[-1][0]


def test_a_book_and_its_stream_outlive_a_worker_and_a_replica(tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster") as running:
        (_, one), (second, two) = running.member("replica-1"), running.member("replica-2")
        answer = httpx.post(f"{one}/v1/works", json=ORDER, timeout=30)
        assert answer.status_code == 202, answer.text
        work = answer.json()["id"]
        events = follow(two, work, 0, of_type("phase_complete"))
        assert not re.search(r"(?i)no ?permission|NOPERM", running.logs()), "what the user of Redis may not do"
        # Whichever of the two has the work, it loses it.
        running.kill("worker-1")
        running.kill("worker-2")
        events += follow(two, work, last(events), of_type("phase_complete"))
        threading.Timer(0.3, os.kill, (second, signal.SIGKILL)).start()
        events += follow(two, work, last(events))
        assert events[-1][1]["type"] != "completed", "the replica was to die before the book was done"
        events += follow(one, work, last(events))
        assert events[-1][1]["type"] == "completed"
        running.until_said(r"replica-2 is process \d+ now")
        assert [told for told, _ in events] == sorted({told for told, _ in events}), "doubled, or not in order"
        assert follow(running.front, work, 0) == events, "the same for who comes late, from whichever replica"
        found = httpx.get(f"{running.front}/v1/works/{work}", timeout=30).json()
        assert (found["status"], found["degraded"], found["placeholders"]) == ("completed", False, [])
        book = httpx.get(f"{running.front}/v1/works/{work}/files/book.pdf", follow_redirects=True, timeout=30)
        assert book.content.startswith(b"%PDF"), book.text[:300]
        assert_no_password_shows(running)


def assert_no_password_shows(running: Cluster) -> None:
    file = running.home / "servers" / "passwords.json"
    assert file.stat().st_mode & 0o077 == 0
    secrets = list(json.loads(file.read_text()).values())
    shown = "".join(" ".join(process.cmdline()) for process in running.everything()) + "".join(running.said)
    written = (running.home / "servers").glob("*.log")
    shown += running.logs() + "".join(log.read_text(errors="replace") for log in written)
    assert len(secrets) == 3
    assert [secret for secret in secrets if secret in shown] == []


def test_ctrl_c_leaves_nothing_behind_and_kill_9_nothing_for_long(tmp_path: Path) -> None:
    home = tmp_path / "cluster"
    with cluster(home) as first:
        answer = httpx.post(f"{first.front}/v1/works", json=ORDER, timeout=30)
        work = answer.json()["id"]
        follow(first.front, work, 0, of_type("phase_started"))
        everything = first.everything()
        first.process.kill()
        assert psutil.wait_procs(everything, timeout=GONE_S * patience())[1] == []
    with cluster(home) as second:
        assert follow(second.front, work, 0)[-1][1]["type"] == "completed"
        everything = second.everything()
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(40) == 0, "".join(second.said)
        assert psutil.wait_procs(everything, timeout=patience())[1] == []


def test_a_second_cluster_in_the_same_place_is_refused(tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster"), pytest.raises(AssertionError, match=r"runs in .* already"):  # noqa: SIM117
        with cluster(tmp_path / "cluster"):
            pass


def test_a_backup_is_a_dump_of_the_database_and_a_copy_of_the_objects(tmp_path: Path) -> None:
    """As docs/operation.md says it: taken while everything runs, restored where nothing is."""
    lost, found = tmp_path / "lost", tmp_path / "found"
    with cluster(lost) as running:
        work = httpx.post(f"{running.front}/v1/works", json=ORDER, timeout=30).json()["id"]
        follow(running.front, work, 0)
        before = shown(running, work)
        url = server_url(running)
        programs = usable_postgres(postgres_candidates(), find_identity(), None)
        run = partial(subprocess.run, check=True, timeout=60, env={"PGPASSWORD": password(lost)})
        run([str(programs / "pg_dump"), "--format=custom", f"--file={tmp_path / 'dump'}", url])
        shutil.copytree(lost / "blobs", found / "blobs")
    shutil.rmtree(lost)
    home = ServerHome(found)
    home.make()
    (port,) = ports_from(0)[:1]
    server = TcpPostgres(home, port, kept_passwords(home.root / "passwords.json").postgres)
    process = server.start()
    try:
        end = time.monotonic() + 30
        while not server.answers():
            assert time.monotonic() < end, process.log.read_text()
            time.sleep(0.05)
        address = f"postgresql://mangaka@127.0.0.1:{port}/postgres"
        restore = [str(programs / "pg_restore"), "--exit-on-error", f"--dbname={address}", str(tmp_path / "dump")]
        run(restore, env={"PGPASSWORD": password(found)})
    finally:
        process.stop(20)
    with cluster(found) as again:
        assert shown(again, work) == before
        assert follow(again.front, work, 0)[-1][1]["type"] == "completed"


def server_url(running: Cluster) -> str:
    """Without its password."""
    where = running.until_said(r"postgres  (\S+)  user")[1]
    return f"postgresql://mangaka@{where}/postgres"


def password(home: Path) -> str:
    return str(json.loads((home / "servers/passwords.json").read_text())["postgres"])


def shown(running: Cluster, work: str) -> tuple[Any, ...]:
    """What a person finds of a finished work: its state, its versions, its book."""
    with httpx.Client(base_url=f"{running.front}/v1/works/{work}", timeout=30, follow_redirects=True) as client:
        versions = client.get("/versions").json()
        book = client.get("/files/book.pdf").content
        state = client.get("").json()
    assert book.startswith(b"%PDF")
    return state["status"], state["phase_results"], versions, book
