"""A roll-out: the release before and this one work on one database, and works that the old one began go on.

The release before is the newest whose works are recorded (`tests/recorded`); its code is taken from the history of the
repository, and runs with the libraries of today.
"""

import io
import os
import subprocess
import tarfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from manga.phases import PHASES
from tests.end_to_end.crew import check_whole, text
from tests.end_to_end.service_program import Api, OwnServers, own_servers, served, until, worker
from tests.program import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

RECORDED: Final = ROOT / "tests" / "recorded"
REVIEWED: Final = {"feedback_mode": {"enabled": True}}
LIMIT_S: Final = 240.0


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which programs are of the release before."""
    commits = sorted((path.name for path in RECORDED.iterdir() if (path / "works.json").exists()), key=recorded_at)
    taken = subprocess.run(["git", "archive", commits[-1]], cwd=ROOT, capture_output=True, check=False)
    if taken.returncode != 0:
        pytest.fail(f"the history of this copy does not reach back to {commits[-1]}: `git fetch --unshallow`")
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=io.BytesIO(taken.stdout)) as archive:
        archive.extractall(folder, filter="data")
    os.symlink(ROOT / "assets" / "fonts", folder / "assets" / "fonts")
    return {"PYTHONPATH": str(folder)}


def recorded_at(commit: str) -> int:
    told = subprocess.run(["git", "log", "-1", "--format=%ct", commit], cwd=ROOT, capture_output=True, check=False)
    return int(told.stdout or 0)


def test_works_of_the_release_before_go_on_while_this_one_is_rolled_out(tmp_path: Path, before: dict[str, str]) -> None:
    with own_servers(tmp_path) as servers, served(servers, "--no-workers", env=before) as old:
        with worker(servers, env=before) as old_worker:
            asked, drawn = old.post(text(0), **REVIEWED), [old.post(text(number)) for number in (1, 2)]
            until(lambda: pending(old, asked), LIMIT_S, "the first review")
            until(lambda: steps(servers, drawn[-1]) > 0, LIMIT_S, "a work is in flight")
            migrated = migrations(servers)
            with served(servers, "--no-workers") as new, worker(servers):
                assert migrations(servers) > migrated, "the new release brings tables up to date under the old one"
                assert old.client.get("/readyz").status_code == 200
                both = [old.post(text(3)), new.post(text(4))]
                approve(old, asked)
                until(lambda: pending(new, asked) == "characters", LIMIT_S, "the second review")
                old_worker.stop()
                old.program.stop()
                later = new.post(text(5))
                for phase in PHASES[1:]:
                    until(lambda phase=phase: pending(new, asked) == phase.value, LIMIT_S, f"review of {phase}")
                    approve(new, asked)
                works = [asked, *drawn, *both, later]
                for work in works:
                    new.until(work, "completed", limit_s=LIMIT_S)
        check_whole(servers, works)
        assert reviews(servers) == {(asked, phase.value): 1 for phase in PHASES}


def pending(api: Api, work: str) -> str | None:
    """The phase whose review waits."""
    review: dict[str, Any] | None = api.read(work)["pending_review"]
    return review and str(review["phase"])


def approve(api: Api, work: str) -> None:
    answer = api.client.post(f"/v1/works/{work}/feedback", json={"action": "approve"})
    assert answer.status_code in (200, 202), answer.text


def reviews(servers: OwnServers) -> Counter[tuple[str, str]]:
    """How often each review was asked for. A worker of the release before that is stopped just when it has asked parks
    over its review; who goes on asks for that one again, so that whoever heard `parked` hears that it waits: it is
    counted once."""
    query = (
        "SELECT work_id::text AS work, type, data->>'phase' AS phase FROM events"
        " WHERE type IN ('review_requested', 'parked') ORDER BY work_id, id"
    )
    events = servers.rows(query)
    parked_over = [first["type"] == "review_requested" and then["type"] == "parked" for first, then in pairwise(events)]
    again = [False, False, *parked_over]
    return Counter(
        (row["work"], row["phase"])
        for row, known in zip(events, again, strict=False)
        if row["type"] == "review_requested" and not known
    )


def steps(servers: OwnServers, work: str) -> int:
    return int(servers.row("SELECT count(*) AS n FROM checkpoints WHERE thread_id = %s", work)["n"])


def migrations(servers: OwnServers) -> int:
    return int(servers.row("SELECT count(*) AS n FROM mangaka_migrations")["n"])
