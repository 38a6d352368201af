"""Workers that freeze and are stopped, clients that ask all at once, are cut off or read nothing."""

import json
import random
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.end_to_end.crew import KEY, Crew, at_work, check_whole, gemini, phases_done, text
from tests.end_to_end.figures import Figures
from tests.end_to_end.following import followed, ids_of
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
from tests.patience import beside_others

__all__ = ["gemini"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DRAIN_S: Final = 8.0
EQUAL: Final = 50
CUTS: Final = 30
FROZEN: Final = 30
SPENT: Final = ("text_", "input_tokens", "output_tokens", "image_microusd")
"""Counters of a call that was under way are counted when it is over, whoever has the work then: it was spent."""


def test_a_frozen_worker_that_wakes_up_writes_nothing(tmp_path: Path, gemini: Gemini, figures: Figures) -> None:
    env = {"GOOGLE_API_KEY": KEY, "MANGA_GOOGLE_BASE_URL": gemini.url}
    with own_servers(tmp_path, env) as servers, served(servers, "--no-workers") as api, ExitStack() as stack:
        crew = Crew(servers, stack)
        sleeper = crew.hire()
        work = api.post(STORY)
        until(lambda: phases_done(servers, work) >= 2, 60, "it has begun", 0.01)
        crew.members[sleeper].signal(signal.SIGSTOP)
        other = crew.hire()
        until(lambda: crew.who_runs(work) == other, 120, "another has taken over")
        api.until(work, "completed")
        until(lambda: crew.who_runs(work) is None, 60, "its run is over")
        crew.kill(other)  # what is written from now on is written by the one that slept
        before = until(lambda: settled(servers, work), 60, "the database has written what the killed one sent")

        crew.members[sleeper].signal(signal.SIGCONT)
        api.until(api.post(STORY), "completed")  # by the one that slept: it is quite awake
        after = kept(servers, work)
        changed = [name for name in before if before[name] != after[name]]
        figures("worker paused until another had finished its work", tables_changed_by_it=len(changed))
        assert changed == []
        check_whole(servers, [work])


def settled(servers: OwnServers, work: str) -> Json | None:
    """What is kept of a work, once it stays as it is: a killed process's last statements end after it."""
    found = kept(servers, work)
    time.sleep(1.0)
    return found if kept(servers, work) == found else None


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
    counters = servers.rows("SELECT name, value FROM work_counters WHERE work_id = %s ORDER BY name", work)
    found["counters"] = [row for row in counters if row["name"] != "images" and not row["name"].startswith(SPENT)]
    return found


@contextmanager
def loaded(processes: int) -> Iterator[None]:
    """The machine has other things to do."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)]
    try:
        yield
    finally:
        for one in busy:
            one.kill()
            one.wait()


@pytest.mark.parametrize("inside", [True, False], ids=["in a service", "in a worker"])
def test_sigterm_hands_twenty_works_over_within_eight_seconds(tmp_path: Path, inside: bool, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, ExitStack() as stack:
        stays = stack.enter_context(served(servers, "--no-workers"))
        leaving: Api | Program
        leaving = stack.enter_context(served(servers)) if inside else stack.enter_context(worker(servers))
        goes = leaving.program if isinstance(leaving, Api) else leaving
        works = [stays.post(text(number)) for number in range(20)]
        streams = [] if isinstance(leaving, Program) else [stack.enter_context(leaving.follow(work)) for work in works]
        until(lambda: at_work(servers) == 20, 60, "all are worked on")
        follower = stack.enter_context(running(begun(servers, "worker")))
        with loaded(2):
            code, seconds = goes.stop()
        figures(
            f"SIGTERM {'of a service with 20 open streams' if inside else 'of a worker'}, 20 works, two CPU hogs",
            gone_after_s=seconds, exit_code=code,
        )  # fmt: skip
        assert (code, seconds < DRAIN_S * beside_others()) == (0, True), "".join(goes.said)[-3000:]
        for stream in streams:
            assert b"event:" in stream.read()  # it ended by itself
        follower.until_said("Works\\.")
        for work in works:
            stays.until(work, "completed", limit_s=400)
        check_whole(servers, works)


def test_fifty_equal_requests_at_once_are_one_work_and_equal_answers(tmp_path: Path, figures: Figures) -> None:
    with (
        own_servers(tmp_path) as servers,
        served(servers, "--no-workers") as one,
        served(servers, "--no-workers") as two,
    ):

        def post(number: int) -> tuple[int, Json]:
            url = (one, two)[number % 2].client.base_url
            answer = httpx.post(f"{url}/v1/works", json={"text": STORY, "request_id": "the-same"}, timeout=60)
            return answer.status_code, answer.json()

        with ThreadPoolExecutor(EQUAL) as threads:
            answers = list(threads.map(post, range(EQUAL)))
        rows = {
            table: servers.row(f"SELECT count(*) AS n FROM {table}")["n"]
            for table in ("works", "commands", "procrastinate_jobs", "events")
        }
        unequal = len({json.dumps(body, sort_keys=True) for _, body in answers}) - 1
        figures(f"{EQUAL} equal POSTs at once at two services", works=rows["works"], unequal_answers=unequal)
        assert {status for status, _ in answers} == {202}
        assert unequal == 0
        assert set(rows.values()) == {1}, rows


def test_a_stream_cut_at_thirty_moments_goes_on_at_either_service(tmp_path: Path, figures: Figures) -> None:
    dice = random.Random(13)
    with own_servers(tmp_path) as servers, served(servers) as one, served(servers, "--no-workers") as two:
        works = [one.post(text(number)) for number in range(4)]
        found, cuts = {work: list[str]() for work in works}, 0
        while cuts < CUTS:
            work = works[cuts % len(works)]
            cuts += cut_after((one, two)[dice.randrange(2)], work, found[work], dice.randrange(20, 2500))
        for number, work in enumerate(works):
            one.until(work, "completed", limit_s=240)
            assert cut_after((two, one)[number % 2], work, found[work], None) == 0
        wanted = {work: ids_of(servers, work) for work in works}
        lost = sum(len(set(wanted[work]) - set(found[work])) for work in works)
        doubled = sum(len(found[work]) - len(set(found[work])) for work in works)
        figures(
            f"streams cut at {CUTS} random points, each time at one of two services",
            cuts=cuts, events=sum(map(len, wanted.values())), lost=lost, doubled=doubled,
        )  # fmt: skip
        assert found == wanted


RESET: Final = (socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
"""A connection that is closed is reset."""


def cut_after(api: Api, work: str, found: list[str], most: int | None) -> int:
    """Goes on after the last event that was found, and resets the connection after `most` bytes, in the middle of an
    event as it may be. Only whole events are found. 1: it was cut; 0: it came to its end."""
    told, since = b"", {"Last-Event-ID": found[-1]} if found else {}
    transport = httpx.HTTPTransport(socket_options=[RESET])
    path = f"/v1/works/{work}/events"
    with (
        httpx.Client(base_url=api.client.base_url, transport=transport, timeout=120) as client,
        client.stream("GET", path, headers=since) as answer,
    ):
        assert answer.status_code in (200, 204)
        for piece in answer.iter_raw():
            told += piece
            if most is not None and len(told) >= most:
                break
        else:
            most = None
    whole = (told if most is None else told[:most]).decode(errors="ignore").split("\n\n")[:-1]
    lines = [line for event in whole for line in event.split("\n") if line.startswith("data: ")]
    found += [str(json.loads(line.removeprefix("data: "))["id"]) for line in lines]
    return int(most is not None)


def test_readers_that_read_nothing_hold_nobody_up(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        work = api.post(text(1))
        url = api.client.base_url
        frozen = []
        for _ in range(FROZEN):
            frozen.append(sock := socket.socket())
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.connect((url.host, url.port or 80))
            sock.sendall(f"GET /v1/works/{work}/events HTTP/1.1\r\nHost: {url.host}\r\n\r\n".encode())
        with followed(api, work) as follower:
            api.until(work, "completed")
        code, seconds = api.program.stop()
        wanted = ids_of(servers, work)
        figures(
            f"{FROZEN} frozen readers beside one that reads",
            events_lost=len(wanted) - len(follower.ids), gone_after_sigterm_s=seconds,
        )  # fmt: skip
        assert follower.ids == wanted
        assert (code, seconds < DRAIN_S * beside_others()) == (0, True)
        for sock in frozen:
            sock.close()
