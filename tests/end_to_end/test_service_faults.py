"""Workers that die, freeze and are stopped: no work is lost, nothing is done twice. With `-s` figures are printed."""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from manga.phases import PHASES
from tests.end_to_end.service_program import (
    Api,
    Json,
    OwnServers,
    Program,
    begun,
    own_servers,
    running,
    served,
    until,
    worker,
)
from tests.end_to_end.test_draw import STORY
from tests.gemini.server import Gemini
from tests.gemini.server import serve as serve_gemini

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]

ARTIST: Final = "gemini-nano-banana-2.1"
KEY: Final = "nobodys-key"
PICTURES_AT_ONCE: Final = 5
MOMENTS: Final = int(os.environ.get("MANGAKA_KILLS", "50"))
RECOVERY_S: Final = 10.0
DRAIN_S: Final = 8.0


def told(words: str) -> None:
    """A figure, for whoever runs this with `-s`."""
    sys.stdout.write(f"\n  {words}\n")
    sys.stdout.flush()


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    with serve_gemini() as found:
        yield found


def paid(gemini: Gemini) -> Counter[str]:
    """How often each picture was paid for. Equal pictures of two works count as one that was repeated: it is at most so
    many."""
    return Counter(call.digest for call in gemini.calls if call.model == ARTIST and call.paid)


@dataclass
class Crew:
    """Workers whose numbers in the queue are known; a killed one is replaced."""

    servers: OwnServers
    stack: ExitStack
    members: dict[int, Program] = field(default_factory=dict)
    hiring: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    """One at a time, so that it is known whose number is new."""

    def hire_soon(self) -> None:
        """The others work meanwhile."""
        self.hiring.submit(self.hire)

    def _numbers(self) -> set[int]:
        return {row["id"] for row in self.servers.rows("SELECT id FROM procrastinate_workers")}

    def hire(self) -> int:
        before = self._numbers()
        program = self.stack.enter_context(running(begun(self.servers, "worker")))
        program.until_said("Works\\.")
        number = int(next(iter(until(lambda: self._numbers() - before, 30, "the worker is in the queue"))))
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

    def victims(self) -> list[int]:
        """Who is at work. A work that has lost two workers without a step is left in peace: with the third it would be
        given up, and rightly."""
        query = (
            "SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing'"
            " GROUP BY worker_id HAVING max(attempts) < 2"
        )
        busy = {row["worker_id"] for row in self.servers.rows(query)}
        return [number for number in list(self.members) if number in busy]

    def at_boundary(self, work: str, done: int) -> int:
        """Who runs the work, just as its phase of this number is done."""
        until(lambda: phases_done(self.servers, work) >= done, 120, f"phase {done}", 0.01)
        return int(until(lambda: self.who_runs(work), 30, "it is run by a worker"))

    def kill(self, number: int) -> tuple[float, int]:
        """Answers after how many seconds the last of its works was taken over, and how many there were."""
        self.members.pop(number).kill()
        since = time.monotonic()
        left = self.run_by(number)
        count = len(left)

        def recovered() -> bool:
            for work, epoch in list(left.items()):
                if self.servers.row("SELECT epoch FROM work_epochs WHERE work_id = %s", work)["epoch"] > epoch:
                    del left[work]
            return not left

        until(recovered, 60, f"{count} works are taken over")
        return time.monotonic() - since, count


def check_whole(servers: OwnServers, works: list[str]) -> None:
    """Every work is finished once, with each phase's version once."""
    for work in works:
        row = servers.row("SELECT status, degraded, warnings FROM works WHERE id = %s", work)
        assert (row["status"], row["degraded"]) == ("completed", False), row
        phases = [v["phase"] for v in servers.rows("SELECT phase FROM versions WHERE work_id = %s", work)]
        assert Counter(phases) == Counter(PHASES), work
        events = Counter(e["type"] for e in servers.rows("SELECT type FROM events WHERE work_id = %s", work))
        assert (events["completed"], events["phase_complete"], events["failed"]) == (1, len(PHASES), 0), events


def text(number: int) -> str:
    return STORY.replace("hare", ("hare", "cat", "dog", "crow", "bear")[number % 5]) + f"\nThat was in year {number}.\n"


def phases_done(servers: OwnServers, work: str) -> int:
    query = "SELECT count(*) AS n FROM events WHERE work_id = %s AND type = 'phase_complete'"
    return int(servers.row(query, work)["n"])


def test_workers_killed_at_every_phase_boundary_and_at_random_moments_lose_nothing(
    tmp_path: Path, gemini: Gemini
) -> None:
    env = {"GOOGLE_API_KEY": KEY, "MANGA_GOOGLE_BASE_URL": gemini.url}
    with own_servers(tmp_path, env) as servers, served(servers, "--no-workers") as api, ExitStack() as stack:
        crew, dice, took = Crew(servers, stack), random.Random(7), list[float]()
        for _ in range(3):
            crew.hire()
        stack.callback(crew.hiring.shutdown)
        api.until(api.post(text(0)), "completed")
        works, interrupted = list[str](), 0

        for done in range(1, len(PHASES)):
            works.append(work := api.post(text(len(works) + 1)))
            number = crew.at_boundary(work, done)
            seconds, count = crew.kill(number)
            took.append(seconds)
            interrupted += count
            crew.hire_soon()
            api.until(work, "completed")

        def busy() -> list[int]:
            if sum(1 for work in works if api.read(work)["status"] != "completed") < 2:
                works.append(api.post(text(len(works) + 1)))
            return crew.victims()

        for _ in range(MOMENTS):
            time.sleep(dice.uniform(0.1, 3.0))  # the moment itself is by chance
            until(lambda: len(crew.members) > 1, 60, "two workers live")
            seconds, count = crew.kill(dice.choice(until(busy, 60, "somebody is at work")))
            took.append(seconds)
            interrupted += count
            crew.hire_soon()
        for work in works:
            api.until(work, "completed", limit_s=240)
        check_whole(servers, works)
        pictures = paid(gemini)
        repeated = pictures.total() - len(pictures)
        told(
            f"{len(took)} kills, {interrupted} runs interrupted, {len(works)} works, 0 lost; recovery: median"
            f" {sorted(took)[len(took) // 2]:.1f} s, longest {max(took):.1f} s; pictures paid {pictures.total()},"
            f" repeated at most {repeated}"
        )
        assert max(took) < RECOVERY_S
        assert repeated <= PICTURES_AT_ONCE * interrupted


def test_a_frozen_worker_that_wakes_up_writes_nothing(tmp_path: Path, gemini: Gemini) -> None:
    env = {"GOOGLE_API_KEY": KEY, "MANGA_GOOGLE_BASE_URL": gemini.url}
    with own_servers(tmp_path, env) as servers, served(servers, "--no-workers") as api, ExitStack() as stack:
        crew = Crew(servers, stack)
        sleeper = crew.hire()
        work = api.post(STORY)
        until(lambda: phases_done(servers, work) >= 2, 60, "it has begun", 0.01)
        crew.members[sleeper].signal(signal.SIGSTOP)
        other = crew.hire()
        until(lambda: crew.who_runs(work) == other, 30, "another has taken over")
        api.until(work, "completed")
        before = kept(servers, work)

        crew.members[sleeper].signal(signal.SIGCONT)
        crew.kill(other)
        api.until(api.post(STORY), "completed")  # by the one that slept: it is quite awake
        assert kept(servers, work) == before
        check_whole(servers, [work])


def kept(servers: OwnServers, work: str) -> Json:
    """How many rows there are of a work, and what changes in them when somebody writes."""
    found: Json = {
        table: servers.row(f"SELECT count(*) AS n FROM {table} WHERE {key} = %s", work)["n"]
        for table, key in (
            ("events", "work_id"), ("versions", "work_id"), ("commands", "work_id"),
            ("checkpoints", "thread_id"), ("checkpoint_writes", "thread_id"), ("checkpoint_blobs", "thread_id"),
        )
    }  # fmt: skip
    found["work"] = servers.row("SELECT * FROM works WHERE id = %s", work)
    found["counters"] = servers.rows("SELECT name, value FROM work_counters WHERE work_id = %s ORDER BY name", work)
    return found


@pytest.mark.parametrize("inside", [True, False], ids=["in a service", "in a worker"])
def test_sigterm_hands_twenty_works_over_within_eight_seconds(tmp_path: Path, inside: bool) -> None:
    with own_servers(tmp_path) as servers, ExitStack() as stack:
        stays = stack.enter_context(served(servers, "--no-workers"))
        leaving: Api | Program
        leaving = stack.enter_context(served(servers)) if inside else stack.enter_context(worker(servers))
        goes = leaving.program if isinstance(leaving, Api) else leaving
        works = [stays.post(text(number)) for number in range(20)]
        streams = [] if isinstance(leaving, Program) else [stack.enter_context(leaving.follow(work)) for work in works]
        until(lambda: at_work(servers) == 20, 60, "all are worked on")
        follower = stack.enter_context(running(begun(servers, "worker")))
        code, seconds = goes.stop()
        told(
            f"SIGTERM {'in a service with 20 streams' if inside else 'in a worker'}, 20 works: gone in {seconds:.1f} s"
        )
        assert (code, seconds < DRAIN_S) == (0, True), "".join(goes.said)[-3000:]
        for stream in streams:
            assert b"event:" in stream.read()  # it ended by itself
        follower.until_said("Works\\.")
        for work in works:
            stays.until(work, "completed", limit_s=400)
        check_whole(servers, works)


def at_work(servers: OwnServers) -> int:
    return int(servers.row("SELECT count(*) AS n FROM procrastinate_jobs WHERE status = 'doing'")["n"])
