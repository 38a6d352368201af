"""What the service tells of itself."""

import json
import os
from contextlib import suppress

import httpx

from storage.object_store import FolderBlobs
from tests import asking
from tests.server.stories import FOX
from tests.service import Service


def test_it_lives_and_can_work(service: Service) -> None:
    with asking.Client(base_url=service.url) as nobody:
        assert nobody.get("/healthz").json() == {"status": "ok"}
        ready = nobody.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"] == {"postgres": "ok", "redis": "ok", "storage": "ok"}


def test_a_full_disk_is_no_place_to_work(service: Service) -> None:
    """The trial of each thread of the store is written to a device that takes nothing."""
    blobs = service.rooms.house.runner.blobs
    assert isinstance(blobs, FolderBlobs)
    drafts = blobs.root / ".drafts"
    drafts.mkdir(parents=True, exist_ok=True)
    trials = [drafts / f"trial-{os.getpid()}-{thread.ident}" for thread in blobs.threads._threads]
    with asking.Client(base_url=service.url) as nobody:
        for _ in range(16):  # the pool may begin a thread that has no trap yet
            for trial in trials:
                with suppress(FileExistsError):
                    trial.symlink_to("/dev/full")
            ready = nobody.get("/readyz")
            if ready.status_code == 503:
                break
            trials = [drafts / f"trial-{os.getpid()}-{thread.ident}" for thread in blobs.threads._threads]
        for trial in trials:
            trial.unlink(missing_ok=True)
        again = nobody.get("/readyz").status_code
    assert (ready.status_code, ready.json()["checks"]["storage"], again) == (503, "DiskFull", 200)


def test_limits_and_words_are_data(owner: httpx.Client) -> None:
    told = owner.get("/v1/capabilities").json()
    assert told["phases"][3] == "storyboard"
    assert told["limits"]["characters"] == 100_000
    assert "completed" in told["events"]
    assert [found["format"] for found in told["export_formats"]] == told["exports"]


def test_an_admin_sees_what_the_tenant_has_used(service: Service, owner: httpx.Client, book: str) -> None:
    used = owner.get("/v1/usage").json()
    assert used["total"]["by_status"]["completed"] >= 1
    assert used["today"]["images_drawn"] > 0
    with service.client() as other, service.client("editor") as editor:
        assert other.get("/v1/usage").json()["total"]["works"] == 0
        assert editor.get("/v1/usage").status_code == 403


def test_a_story_is_estimated_without_being_accepted(owner: httpx.Client, service: Service) -> None:
    with service.client() as client:
        found = client.post("/v1/works/estimate", json={"text": FOX}).json()
        assert client.get("/v1/works").json()["items"] == []
    assert found["pages"] >= 1
    assert found["estimated_usd"] == 0


def test_redis_has_the_last_result_of_every_phase_for_a_day(service: Service, book: str) -> None:
    work, redis = book.rpartition("/")[2], service.rooms.redis
    for number, field in enumerate(("title", "characters", "scenes", "pages"), start=1):
        key = f"request:{work}:module{number}:checkpoint"
        assert field in json.loads(service.run(redis.get(key)))
        assert 0 < service.run(redis.ttl(key)) <= 86_400
