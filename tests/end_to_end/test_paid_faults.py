"""A whole book by paid models, over HTTP, while things go wrong: it is complete, and nothing is paid for twice."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from pydantic import SecretStr

from calls.running_works import Desks
from graph.build import build_graph
from graph.checkpointer import open_checkpointer
from graph.open_services import open_services
from manga.brief import Brief
from providers.settings import ModelSettings
from storage.base import EventType, Servers, Work, WorkStatus
from storage.database import Pool, connection
from storage.event_outbox import read_events
from storage.settings import StorageSettings
from storage.works import read_counters, read_result, read_work
from tests.end_to_end.test_draw import EXAMPLES, STORY
from tests.gemini.plan import ALWAYS
from tests.gemini.server import Gemini, serve
from tests.graph.crew import StillClock
from tests.program import Stores, call, line_with, start
from tests.servers import pool as pool  # noqa: PLC0414  fixture
from works.accept_work import Request, accept
from works.composition import GraphStory, House, open_house
from works.queue.job_queue import open_queue
from works.queue.worker import keep_working
from works.run import Runner
from works.run_journal import Journal

pytestmark = [pytest.mark.anyio, pytest.mark.slow, pytest.mark.timeout(400)]

ARTIST = "gemini-nano-banana-2.1"
KEY = "nobodys-key"
PASSING = (
    "429", "500", "502html", "503", "504", "cut", "cut_body", "notjson",
    "empty", "badjson", "wrongshape", "max_tokens", "no_image", "image_truncated",
)  # fmt: skip
"""Faults that trying again helps against. A hanging call is in the table of faults: it would only take long here."""
AT_ONCE = 5


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    with serve() as running:
        yield running


@dataclass
class Drawn:
    """How a book was made."""

    work: Work
    placeholders: list[str]
    pages: int
    counters: dict[str, int]


@asynccontextmanager
async def runner_of(pool: Pool, folder: Path, gemini: Gemini) -> AsyncIterator[Runner]:
    """All of the product, but for a clock that waits for nothing."""
    models = ModelSettings(google_api_key=SecretStr(KEY), google_base_url=gemini.url)
    async with open_services(StorageSettings(home=folder), pool=pool, models=models) as opened:
        clock = StillClock()
        services = replace(opened, clock=clock, desks=Desks(clock))
        story = GraphStory(build_graph(services, await open_checkpointer(pool)), services)
        yield Runner(Journal(pool), story, services.blobs, asyncio.Event(), seconds=clock.monotonic)


async def drawn(pool: Pool, folder: Path, gemini: Gemini, text: str) -> Drawn:
    work_id = (await accept(pool, await open_queue(pool), Request(Brief(text=text)))).work.id
    async with runner_of(pool, folder, gemini) as runner:
        work = await runner.run(work_id)
    async with connection(pool) as conn:
        result = await read_result(conn, work_id) or {}
        counters = dict(await read_counters(conn, work_id))
    return Drawn(work, result["placeholders"], len(result["pages"]), counters)


async def test_with_a_tenth_of_all_calls_failing_the_book_is_complete_and_every_call_is_made_once(
    pool: Pool, tmp_path: Path, gemini: Gemini
) -> None:
    text = EXAMPLES[1].read_text(encoding="utf-8")
    alone = await drawn(pool, tmp_path / "alone", gemini, text)
    least = Counter(one.prompt_id for one in gemini.calls)
    assert gemini.count(fault=None, status=200) == len(gemini.calls)

    gemini.reset()
    gemini.fail_some(*PASSING, share=0.1, seed=5)
    book = await drawn(pool, tmp_path / "faults", gemini, text)
    failed = [one.fault for one in gemini.calls if one.fault]
    wanted = least.total() / 10
    assert len(failed) >= max(1, wanted - 2 * sqrt(wanted * 0.9)), "a tenth, less twice its spread"
    assert (book.work.status, book.work.degraded, book.placeholders) == (WorkStatus.COMPLETED, False, [])
    assert book.pages == alone.pages
    answered = Counter(one.prompt_id for one in gemini.calls if one.fault is None)
    fewer = least - answered
    assert not answered - least
    assert set(paid_pictures(gemini).values()) == {1}
    assert not fewer or set(fewer) == {"artwork"}, "a panel that comes later may find a picture of its scene"
    assert book.counters["images_drawn"] == alone.counters["images_drawn"]


def paid_pictures(gemini: Gemini) -> Counter[str]:
    """How often each picture was paid for."""
    return Counter(one.digest for one in gemini.calls if one.model == ARTIST and one.paid)


def pictures_at_once(gemini: Gemini) -> int:
    """The most that one caller has asked for side by side: words may be asked for beside them."""
    drawn = [one for one in gemini.calls if one.model == ARTIST]
    return max(sum(a.caller == b.caller and b.began <= a.began < b.ended for b in drawn) for a in drawn)


def paid_texts(gemini: Gemini) -> Counter[str]:
    return Counter(one.digest for one in gemini.calls if one.model != ARTIST and one.paid)


def test_after_a_kill_in_the_middle_of_artwork_only_what_was_under_way_is_paid_for_again(
    stores: Stores, gemini: Gemini
) -> None:
    env = {"GOOGLE_API_KEY": KEY, "MANGA_GOOGLE_BASE_URL": gemini.url}
    with start(stores, "draw", str(EXAMPLES[1]), env=env) as process:
        work = line_with(process.stderr, "Work ").split()[1]
        line_with(process.stderr, "[5/7] artwork")
        process.send_signal(signal.SIGKILL)
        process.communicate()
    before = sum(paid_pictures(gemini).values())
    ended = call(stores)("resume", work, "--quiet", env=env | {"GOOGLE_API_KEY": f"{KEY}-after"})
    assert ended.returncode == 0, ended.stderr.decode()
    pictures = paid_pictures(gemini)
    assert 0 < before < len(pictures), "it was killed in the middle"
    assert sum(pictures.values()) - len(pictures) <= AT_ONCE
    assert set(paid_texts(gemini).values()) == {1}
    assert pictures_at_once(gemini) <= AT_ONCE


@pytest.fixture
def at_google(gemini: Gemini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    monkeypatch.setenv("MANGA_GOOGLE_BASE_URL", gemini.url)


@asynccontextmanager
async def worker(folder: Path, servers: Servers) -> AsyncIterator[House]:
    """A process that works on the shared queue."""
    stop = asyncio.Event()
    async with open_house(StorageSettings(home=folder), servers, stop=stop) as house:
        working = asyncio.create_task(keep_working(house, stop))
        yield house
        stop.set()
        await working


async def status_of(pool: Pool, work_id: UUID, *wanted: WorkStatus) -> Work:
    """The work once it has one of these."""
    while True:
        async with connection(pool) as conn:
            work = await read_work(conn, work_id)
        if work.status in wanted:
            return work
        assert work.status is not WorkStatus.FAILED, work.error
        await asyncio.sleep(0.1)


@pytest.mark.usefixtures("at_google")
async def test_when_the_quota_ends_in_the_middle_of_artwork_the_work_goes_on_the_next_day_by_itself(
    database_url: str, redis_url: str, tmp_path: Path, gemini: Gemini
) -> None:
    gemini.fail("429day", first=6, times=ALWAYS, model=ARTIST)
    async with worker(tmp_path, Servers(database_url, redis_url)) as house:
        pool = house.pool
        work_id = (await accept(pool, house.queue, Request(Brief(text=STORY)))).work.id
        parked = await status_of(pool, work_id, WorkStatus.PARKED, WorkStatus.COMPLETED)
        assert (parked.status, (parked.error or {}).get("code")) == (WorkStatus.PARKED, "quota_exhausted")
        siblings = paid_pictures(gemini)
        assert sum(siblings.values()) == 5
        gemini.recover()
        the_day_turns(database_url)
        done = await status_of(pool, work_id, WorkStatus.COMPLETED)
        async with connection(pool) as conn:
            events = [event.type for event in await read_events(conn, work_id)]
            result = await read_result(conn, work_id)
    assert (done.degraded, result and result["placeholders"]) == (False, [])
    assert set(paid_pictures(gemini).values()) == {1}
    assert set(paid_texts(gemini).values()) == {1}
    assert events.count(EventType.PARKED) == events.count(EventType.RESUMED) == 1


def the_day_turns(database_url: str) -> None:
    """The timer that was set is due now."""
    with psycopg.connect(database_url, autocommit=True) as conn:
        due = conn.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'works.timer'")
    assert due.rowcount == 1
