"""PostgreSQL and Redis restart, are emptied or go away."""

import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.end_to_end.crew import check_whole, open_works, phases_done, text
from tests.end_to_end.figures import Figures
from tests.end_to_end.following import followed, ids_of
from tests.end_to_end.service_program import Api, OwnServers, own_servers, served, until, worker
from tests.end_to_end.test_draw import STORY
from tests.patience import beside_others, patience

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

AWAY_S: Final = 60.0
KNOWN_S: Final = 2.0
"""So soon a service knows that its database is away; from then on it answers at once."""
LATE: Final = r"this process was ([0-9.]+) s late"
AT_ONCE_S: Final = 1.0
BACK_S: Final = 10.0
RESTARTS: Final = 5
AT_ONCE: Final = 20


def test_postgres_restarted_every_few_seconds_under_twenty_works_loses_none(tmp_path: Path, figures: Figures) -> None:
    dice = random.Random(11)
    with own_servers(tmp_path) as servers, served(servers) as api, worker(servers):
        works = list[str]()
        for _ in range(RESTARTS):
            until(lambda: api.client.get("/readyz").status_code == 200, 30, "it is ready again")
            works += [api.post(text(len(works) + more)) for more in range(AT_ONCE - open_works(servers))]
            time.sleep(dice.uniform(5, 20) * beside_others())  # the moment itself is by chance
            servers.postgres.stop()
            servers.postgres.start()
        until(lambda: not open_works(servers), 300, "all are finished")
        check_whole(servers, works)
        figures(
            f"Postgres restarted every 5 to 20 s under {AT_ONCE} works at once",
            restarts=RESTARTS, works=len(works), lost=0, versions_doubled=0, runs=runs(servers),
        )  # fmt: skip


def runs(servers: OwnServers) -> int:
    return int(servers.row("SELECT sum(value) AS n FROM work_counters WHERE name = 'runs'")["n"])


def test_while_postgres_is_away_the_service_says_so_and_recovers_by_itself(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        works = [api.post(text(number)) for number in range(3)]
        until(lambda: phases_done(servers, works[0]) >= 2, 60, "they have begun")
        servers.postgres.stop()
        since = time.monotonic()
        first = refused(api, works[0])
        slowest = 0.0
        while time.monotonic() - since < AWAY_S:  # being away is what is tested
            slowest = max(slowest, refused(api, works[0]))
            time.sleep(1.0)
        servers.postgres.start()
        back = time.monotonic()
        until(lambda: api.client.get("/readyz").status_code == 200, 30, "it is ready again")
        ready = time.monotonic() - back
        until(lambda: api.client.get(f"/v1/works/{works[0]}").status_code == 200, 30, "it answers again")
        answers = time.monotonic() - back
        for work in works:
            api.until(work, "completed", limit_s=240)
        check_whole(servers, works)
        figures(
            f"Postgres away for {AWAY_S:.0f} s: 503 with Retry-After",
            first_answers_after_s=first, later_slowest_s=slowest, ready_again_after_s=ready, answers_after_s=answers,
            works_lost=0,
        )  # fmt: skip
        assert first < (KNOWN_S + AT_ONCE_S) * beside_others()
        assert slowest < AT_ONCE_S * beside_others()
        assert max(ready, answers) < BACK_S * beside_others()


def test_a_frozen_postgres_is_known_at_once_and_nobody_waits_for_it(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        works = [api.post(text(number)) for number in range(3)]
        until(lambda: phases_done(servers, works[0]) >= 2, 60, "they have begun")
        usual = answered(api, works[0])
        with servers.postgres.frozen(), ThreadPoolExecutor(1) as beside:
            looking = beside.submit(not_ready_after, api, time.monotonic())
            first, known = refused(api, works[0], at_once=False), looking.result()
            slowest = max(refused(api, works[0]) for _ in range(5))
        late = late_by(api)
        back = time.monotonic()
        until(lambda: api.client.get(f"/v1/works/{works[0]}").status_code == 200, 30, "it answers again")
        answers = time.monotonic() - back
        for work in works:
            api.until(work, "completed", limit_s=240)
        check_whole(servers, works)
        figures(
            "Postgres frozen (SIGSTOP) under three works: 503 with Retry-After",
            first_answers_after_s=first, not_ready_after_s=known, of_that_its_own_lateness_s=late, usual_answer_s=usual,
            later_slowest_s=slowest, answers_after_s=answers, works_lost=0,
        )  # fmt: skip
        assert max(first, known) < KNOWN_S + late + usual
        assert slowest < AT_ONCE_S * beside_others()
        assert answers < BACK_S * beside_others()


def late_by(api: Api) -> float:
    """How late the service's own loop was while it waited for the answer that never came, as it says."""
    found = re.search(LATE, api.program.until_said(LATE))
    assert found is not None
    return float(found[1])


def not_ready_after(api: Api, since: float) -> float:
    """Seconds, by somebody who does nothing but ask."""
    with httpx.Client(base_url=api.client.base_url, timeout=30) as client:
        until(lambda: client.get("/readyz").status_code == 503, 30, "it is not ready", 0.01)
    return time.monotonic() - since


def test_a_frozen_redis_is_known_at_once_and_holds_nobody_up(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        work = api.post(text(1))
        until(lambda: phases_done(servers, work) >= 2, 60, "it has begun", 0.01)
        with servers.valkey.frozen():
            slowest = answered(api, work)
            since = time.monotonic()
            ready = api.client.get("/readyz")
            known = time.monotonic() - since
            api.until(work, "completed", limit_s=240)
        until(lambda: api.client.get("/readyz").status_code == 200, 30, "it is ready again")
        check_whole(servers, [work])
        figures("Redis frozen (SIGSTOP) under a work", slowest_answer_s=slowest, readyz_answers_after_s=known)
        assert (ready.status_code, ready.json()["checks"]["redis"] != "ok") == (503, True)
        assert max(slowest, known) < (KNOWN_S + AT_ONCE_S) * patience()


def refused(api: Api, work: str, *, at_once: bool = True) -> float:
    """How long the slowest of these took to be answered as they must while there is no database. `at_once` it is known
    already."""
    longest = 0.0
    for method, path in (("GET", f"/v1/works/{work}"), ("GET", "/v1/works"), ("POST", "/v1/works")):
        since = time.monotonic()
        answer = api.client.request(method, path, json={"text": STORY} if method == "POST" else None)
        longest = max(longest, time.monotonic() - since)
        assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (503, True), answer.text
        problem = answer.json()
        assert problem["code"] == "database_unreachable"
        assert "Retry-After" in problem["remedy"]
    ready = api.client.get("/readyz")
    if at_once:
        assert (ready.status_code, ready.json()["checks"]["postgres"] != "ok") == (503, True)
    assert api.client.get("/healthz").status_code == 200
    return longest


@pytest.mark.parametrize("fault", ["flushed", "killed", "away"])
def test_whatever_happens_to_redis_works_and_their_streams_go_on(tmp_path: Path, fault: str, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, served(servers) as api:
        work = api.post(text(1))
        with followed(api, work) as follower:
            until(lambda: phases_done(servers, work) >= 2, 60, "it has begun", 0.01)
            if fault == "flushed":
                import redis

                with redis.Redis.from_url(servers.stores.redis_url) as client:
                    client.flushall()
            else:
                servers.valkey.kill()
            if fault == "killed":
                servers.valkey.start()
            slowest = answered(api, work)
            api.until(work, "completed", limit_s=240)
        wanted = ids_of(servers, work)
        assert (api.client.get("/readyz").status_code == 200) == (fault != "away")
        if fault == "away":
            servers.valkey.start()
        until(lambda: api.client.get("/readyz").status_code == 200, 30, "it is ready again")
        figures(
            f"Redis {fault} in the middle of a work",
            events=len(wanted), lost=len(set(wanted) - set(follower.ids)), slowest_answer_s=slowest,
            doubled=len(follower.ids) - len(set(follower.ids)),
        )  # fmt: skip
        assert follower.ids == wanted
        check_whole(servers, [work])


def answered(api: Api, work: str) -> float:
    """How long the slowest of ten requests took."""
    longest = 0.0
    for _ in range(10):
        answer: httpx.Response = api.client.get(f"/v1/works/{work}")
        assert answer.status_code == 200, answer.text
        longest = max(longest, answer.elapsed.total_seconds())
    return longest
