"""Services and workers on one database: what one is told, the others do; what one has promised, the others keep."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.end_to_end.crew import ARTIST, KEY, Crew, at_work, check_whole, gemini
from tests.end_to_end.figures import Figures
from tests.end_to_end.service_program import OwnServers, begun, own_servers, running, served, until, worker
from tests.end_to_end.test_draw import STORY
from tests.gemini.plan import ALWAYS
from tests.gemini.server import Gemini
from tests.patience import beside_others

__all__ = ["gemini"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.mark.parametrize(("verb", "limit_s"), [("cancel", 1.0), ("delete", 3.0)], ids=["cancel", "delete"])
def test_a_work_that_another_process_draws_is_stopped_at_once(
    tmp_path: Path, gemini: Gemini, verb: str, limit_s: float, figures: Figures
) -> None:
    env = {"GOOGLE_API_KEY": KEY, "MANGA_GOOGLE_BASE_URL": gemini.url}
    gemini.fail("slow", times=ALWAYS, model=ARTIST)
    with own_servers(tmp_path, env) as servers, served(servers, "--no-workers") as api, worker(servers):
        work = api.post(STORY.replace("hare", "badger"))
        until(lambda: gemini.count(model=ARTIST), 120, "a picture is being drawn", 0.01)
        since = time.monotonic()
        path = f"/v1/works/{work}"
        answer = api.client.post(f"{path}/cancel") if verb == "cancel" else api.client.delete(path)
        assert answer.status_code == (200 if verb == "cancel" else 204), answer.text
        until(lambda: at_work(servers) == 0, 20, "nobody is at it", 0.01)
        seconds = time.monotonic() - since
        calls = len(gemini.calls)
        gemini.recover()
        gemini.release()
        api.until(api.post(STORY.replace("hare", "crow")), "completed")
        further = [call for call in gemini.calls[calls:] if "badger" in call.words.lower()]
        figures(f"{verb} of a work in another process", stopped_after_s=seconds, further_calls=len(further))
        assert (seconds < limit_s * beside_others(), further) == (True, [])
        if verb == "cancel":
            assert api.read(work)["status"] == "cancelled"
        else:
            assert api.client.get(path).status_code == 404
            assert not list(tmp_path.rglob(f"*/{work}/*"))


def test_a_review_that_nobody_answers_ends_once_although_its_worker_was_killed(tmp_path: Path) -> None:
    mode = {"enabled": True, "timeout_seconds": 10, "on_timeout": "approve"}
    with own_servers(tmp_path) as servers, served(servers, "--no-workers") as api, ExitStack() as stack:
        crew = Crew(servers, stack)
        first = crew.hire()
        work = api.post(STORY, feedback_mode=mode)
        api.until(work, "awaiting_feedback")
        crew.kill(first)
        for _ in range(2):
            crew.hire()
        until(lambda: answers(servers, work) >= 2, 120, "two reviews have ended by themselves")
        query = "SELECT data->>'interrupt_id' AS asked FROM events WHERE work_id = %s AND type = 'review_requested'"
        asked = Counter(row["asked"] for row in servers.rows(query, work))
        assert set(asked.values()) == {1}
        assert answers(servers, work) <= len(asked)


def answers(servers: OwnServers, work: str) -> int:
    query = "SELECT count(*) AS n FROM events WHERE work_id = %s AND type = 'feedback_received'"
    return int(servers.row(query, work)["n"])


def test_services_and_workers_that_start_at_once_on_an_empty_database_all_work(tmp_path: Path) -> None:
    with own_servers(tmp_path) as servers, ExitStack() as stack:
        commands = (["serve", "--port", "0"], ["serve", "--port", "0"], ["worker"], ["worker"])
        with ThreadPoolExecutor(len(commands)) as threads:
            programs = list(threads.map(lambda command: begun(servers, *command), commands))
        for program in programs:
            stack.enter_context(running(program))
        for program in programs:
            program.until_said("answers at|Works\\.")
        api = stack.enter_context(served(servers, "--no-workers"))
        work = api.post(STORY)
        api.until(work, "completed")
        check_whole(servers, [work])
        assert all(program.stop()[0] == 0 for program in programs)
