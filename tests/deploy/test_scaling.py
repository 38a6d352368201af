"""Figures are collected beside each process, and the number of workers follows the queue's length."""

import json
import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from server.metrics import Metrics
from storage.database import Pool, transaction
from tests.deploy.files import Json, cloud_run, container, resource
from tests.server.test_metrics import figures
from tests.servers import database_url, databases, pool, template  # noqa: F401 - fixtures
from works.queue.job_queue import SHARED, open_queue

RULE: Json = cloud_run("scaling")["spec"]["scaledObjects"][0]["spec"]
FOLLOWED: Json = RULE["triggers"][0]["metadata"]


@pytest.mark.parametrize("name", ["api", "worker"])
def test_a_collector_beside_each_process_reads_its_port(name: str) -> None:
    spec: Any = cloud_run(name)["spec"]["template"]["spec"]
    told = {entry["name"]: entry.get("value") for entry in container(name)["env"]}
    collector, (endpoint,) = spec["containers"][1], cloud_run("monitoring")["spec"]["endpoints"]
    assert str(endpoint["port"]) == told["MANGA_METRICS_PORT"]
    assert "ports" not in collector, "requests go to the program"
    (mount,) = collector["volumeMounts"]
    secret = next(volume["secret"] for volume in spec["volumes"] if volume["name"] == mount["name"])
    assert secret == {"secretName": "mangaka-monitoring", "items": [{"key": "latest", "path": "config.yaml"}]}
    waits = cloud_run(name)["spec"]["template"]["metadata"]["annotations"]["run.googleapis.com/container-dependencies"]
    assert json.loads(waits) == {"collector": [name]}


def test_the_scaler_reads_what_terraform_writes_and_sets_the_workers_pool() -> None:
    pool_name = cloud_run("worker")["metadata"]["name"]
    assert RULE["scaleTargetRef"]["name"].endswith(f"/workerpools/{pool_name}")
    (config,) = container("scaler")["env"]
    version = resource("google_parameter_manager_parameter_version", "scaling")["parameter_version_id"]
    name = resource("google_parameter_manager_parameter", "scaling")["parameter_id"]
    assert config["value"].endswith(f"/parameters/{name}/versions/{version}")
    assert cloud_run("scaler")["metadata"]["annotations"]["run.googleapis.com/manualInstanceCount"] == "1"
    assert (RULE["minReplicaCount"], RULE["maxReplicaCount"]) == (1, 20)  # connections: `test_figures`


@pytest.mark.anyio
async def test_workers_follow_the_works_that_wait_for_one_or_are_done(pool: Pool) -> None:  # noqa: F811 - the fixture
    queue = await open_queue(pool)
    for _ in range(90):
        await queue.defer_run(uuid4())
    for _ in range(500):
        await queue.defer_timer(uuid4(), datetime.now(UTC) + timedelta(hours=1))
    assert await wanted(pool) == math.ceil(90 / int(FOLLOWED["threshold"])) == 3
    async with transaction(pool) as conn:
        await conn.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id IN (SELECT id FROM"
                           " procrastinate_jobs WHERE scheduled_at IS NULL LIMIT 60)")  # fmt: skip
    assert await wanted(pool) == 3, "what is being done needs its worker as much"
    async with transaction(pool) as conn:
        await conn.execute("DELETE FROM procrastinate_jobs WHERE queue_name = %s AND scheduled_at IS NULL", (SHARED,))
    assert await wanted(pool) == RULE["minReplicaCount"]


async def wanted(pool: Pool) -> int:  # noqa: F811 - the fixture's name
    """How many workers the scaler sets for what a process tells now, as KEDA reckons: by the average of each."""
    asked = re.fullmatch(r'sum\(max by \(due\) \((\w+)\{due=~"([a-z|]+)"\}\)\)', FOLLOWED["query"])
    assert asked is not None
    told = figures((await Metrics().text(pool, 0)).decode())
    length = sum(told[asked[1], (("due", due),)] for due in asked[2].split("|"))
    most = min(math.ceil(length / int(FOLLOWED["threshold"])), RULE["maxReplicaCount"])
    return max(most, int(RULE["minReplicaCount"]))
