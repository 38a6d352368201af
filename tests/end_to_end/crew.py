"""Workers that are killed and replaced, and what there is to be seen of their works."""

import hashlib
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest

from manga.phases import PHASES
from tests.end_to_end.service_program import Json, OwnServers, Program, begun, running, until
from tests.end_to_end.test_draw import STORY
from tests.gemini.calls import Call
from tests.gemini.line import caller_of
from tests.gemini.server import Gemini
from tests.gemini.server import serve as serve_gemini

_SPARED: Final = """
SELECT j.worker_id FROM procrastinate_jobs j
LEFT JOIN work_counters c ON c.work_id::text = j.lock AND c.name = 'done_when_rescued'
WHERE j.attempts >= 2 AND coalesce(c.value, 0) >= (SELECT count(*) FROM checkpoints WHERE thread_id = j.lock)
                                                + (SELECT count(*) FROM checkpoint_writes WHERE thread_id = j.lock)
"""
ARTIST: Final = "gemini-nano-banana-2.1"
KEY: Final = "nobodys-key"
_CONTENT: Final = re.compile(r".*/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{64}")


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    with serve_gemini() as found:
        yield found


@dataclass
class Kill:
    """A worker that was killed: when it was to be and when it was dead, which runs it left with their epochs, and whose
    calls at the provider were its."""

    began: float
    at: float
    left: dict[str, int]
    caller: str
    runs: int
    took_s: float | None = None
    """Until another had all its works."""


@dataclass
class Crew:
    """Workers whose numbers in the queue are known; a killed one is replaced."""

    servers: OwnServers
    stack: ExitStack
    members: dict[int, Program] = field(default_factory=dict)
    callers: dict[int, str] = field(default_factory=dict)
    """Each has a key of its own at the provider, which tells whose a call was."""
    kills: list[Kill] = field(default_factory=list)
    noting: threading.Lock = field(default_factory=threading.Lock)
    hiring: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    """One at a time, so that it is known whose number is new."""

    def hire_soon(self) -> None:
        """The others work meanwhile."""
        self.hiring.submit(self.hire)

    def _numbers(self) -> set[int]:
        return {row["id"] for row in self.servers.rows("SELECT id FROM procrastinate_workers")}

    def hire(self) -> int:
        before, key = self._numbers(), f"{KEY}-{uuid4()}"
        own = {"GOOGLE_API_KEY": key} if "GOOGLE_API_KEY" in self.servers.env else {}
        program = self.stack.enter_context(running(begun(self.servers, "worker", env=own)))
        program.until_said("Works\\.")
        number = int(next(iter(until(lambda: self._numbers() - before, 30, "the worker is in the queue"))))
        self.callers[number] = caller_of(key)
        self.members[number] = program
        return number

    def who_runs(self, work: str) -> int | None:
        query = "SELECT worker_id FROM procrastinate_jobs WHERE lock = %s AND status = 'doing'"
        return next((row["worker_id"] for row in self.servers.rows(query, work)), None)

    def run_by(self, number: int) -> dict[str, int]:
        """Works that this worker runs, and their epochs."""
        query = (
            "SELECT e.work_id::text, e.epoch FROM work_epochs e JOIN procrastinate_jobs j ON j.lock = e.work_id::text"
            " WHERE j.status = 'doing' AND j.worker_id = %s"
        )
        return {row["work_id"]: row["epoch"] for row in self.servers.rows(query, number)}

    def spared(self) -> list[Json]:
        """Jobs of works that have lost two workers without a step: with the third they are given up, and rightly."""
        return self.servers.rows(_SPARED)

    def victims(self) -> list[int]:
        """Who is at work, and at none that is spared."""
        doing = self.servers.rows("SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing'")
        busy = {job["worker_id"] for job in doing} - {job["worker_id"] for job in self.spared()}
        return [number for number in list(self.members) if number in busy]

    def at_boundary(self, work: str, done: int) -> int | None:
        """Who runs the work, just as its phase of this number is done; None where a busy machine looked so late that
        the work is finished."""
        until(lambda: phases_done(self.servers, work) >= done, 120, f"phase {done}", 0.01)
        until(lambda: self.who_runs(work) or self._is_finished(work), 30, "it is run by a worker, or finished")
        return self.who_runs(work)

    def _is_finished(self, work: str) -> bool:
        return bool(self.servers.row("SELECT status = 'completed' AS done FROM works WHERE id = %s", work)["done"])

    def kill(self, number: int) -> Kill:
        """At once, without a word. What it had taken over from one that was killed before is to be taken over again."""
        began = time.monotonic()
        self.members.pop(number).kill()
        with self.noting:
            left = self.run_by(number)
            self._taken_over(set(left))
            self.kills.append(kill := Kill(began, time.monotonic(), left, self.callers[number], len(left)))
        return kill

    def look(self) -> None:
        """Notes which works were taken over, or are done, since."""
        with self.noting:
            lost = {work: epoch for kill in self.kills for work, epoch in kill.left.items()}
            query = "SELECT e.work_id::text, e.epoch, w.status FROM work_epochs e JOIN works w ON w.id = e.work_id"
            rows = self.servers.rows(query) if lost else []
            self._taken_over(
                {
                    row["work_id"]
                    for row in rows
                    if row["work_id"] in lost and (row["epoch"] > lost[row["work_id"]] or row["status"] == "completed")
                }
            )

    def _taken_over(self, works: set[str]) -> None:
        for kill in self.kills:
            kill.left = {work: epoch for work, epoch in kill.left.items() if work not in works}
            if not kill.left and kill.took_s is None:
                kill.took_s = time.monotonic() - kill.at

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Notes all the while what is taken over when."""
        with ThreadPoolExecutor(1) as thread:
            going = [True]

            def look() -> None:
                while going:
                    self.look()
                    time.sleep(0.1)  # nobody tells of it

            watching = thread.submit(look)
            try:
                yield
            finally:
                going.clear()
                watching.result()

    def until_recovered(self, limit_s: float = 60.0) -> None:
        until(lambda: all(kill.took_s is not None for kill in self.kills), limit_s, "all works are taken over")


def paid(gemini: Gemini) -> Counter[str]:
    """How often each panel's picture was paid for. Equal pictures of two works count as one that was repeated: it is at
    most so many."""
    return Counter(call.digest for call in gemini.calls if is_panel(call))


def is_panel(call: Call) -> bool:
    """A picture that was paid for. Sheets are equal wherever two stories have the same animals."""
    return call.model == ARTIST and call.paid and call.prompt_id != "sheet"


def repeated_by(gemini: Gemini, kills: list[Kill]) -> list[int]:
    """For each kill, how many pictures that its worker had paid for had to be paid for again by another. A request may
    come in after its sender is dead: whose it was says the key, and not when it came."""
    found, payers = [0] * len(kills), dict[str, Call]()
    killed = {kill.caller: number for number, kill in enumerate(kills)}
    for call in gemini.calls:
        if not is_panel(call):
            continue
        before = payers.get(call.digest)
        if before is not None:
            number = killed.get(before.caller)
            assert number is not None, f"paid for twice, and who had paid lives: {told_of(before, call)}"
            assert kills[number].began <= call.began, f"paid for twice before the kill: {told_of(before, call)}"
            found[number] += 1
        payers[call.digest] = call
    return found


def told_of(first: Call, second: Call) -> str:
    """Who paid for it, when, and the beginning of what it shows."""
    calls = " and ".join(f"{call.caller} {call.began:.2f}-{call.ended:.2f}" for call in (first, second))
    return f"{calls}; {first.words[-400:]!r}"


def check_whole(servers: OwnServers, works: list[str]) -> None:
    """Every work is finished once, with each phase's version once, and all that is stored is whole."""
    for work in works:
        row = servers.row("SELECT status, degraded, warnings FROM works WHERE id = %s", work)
        assert (row["status"], row["degraded"]) == ("completed", False), row
        phases = [v["phase"] for v in servers.rows("SELECT phase FROM versions WHERE work_id = %s", work)]
        assert Counter(phases) == Counter(PHASES), work
        events = Counter(e["type"] for e in servers.rows("SELECT type FROM events WHERE work_id = %s", work))
        assert (events["completed"], events["phase_complete"], events["failed"]) == (1, len(PHASES), 0), events
    assert [path for path in objects_in(servers.folder) if not is_whole(path)] == []


def objects_in(folder: Path) -> list[Path]:
    """Everything stored under the digest of its content."""
    return [path for path in folder.rglob("*") if _CONTENT.fullmatch(str(path)) and path.is_file()]


def is_whole(path: Path) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def text(number: int) -> str:
    """A story with a pair of animals like no other of the first 64: no panel of one is that of another."""
    one = ("hare", "cat", "dog", "crow", "bear", "mouse", "horse", "rabbit")[number % 8]
    two = ("fox", "wolf", "owl", "goat", "pig", "deer", "cow", "hen")[number // 8 % 8]
    told = STORY.replace("hare", one).replace("Hare", one).replace("fox", two).replace("Fox", two)
    return f'{told}\n"That was in the year {1800 + number}," said the {one}. The {one} and the {two} walked home.\n'


def phases_done(servers: OwnServers, work: str) -> int:
    query = "SELECT count(*) AS n FROM events WHERE work_id = %s AND type = 'phase_complete'"
    return int(servers.row(query, work)["n"])


def at_work(servers: OwnServers) -> int:
    return int(servers.row("SELECT count(*) AS n FROM procrastinate_jobs WHERE status = 'doing'")["n"])


def open_works(servers: OwnServers) -> int:
    query = "SELECT count(*) AS n FROM works WHERE status NOT IN ('completed', 'failed', 'cancelled')"
    return int(servers.row(query)["n"])
