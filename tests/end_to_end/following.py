"""Somebody who reads a work's events as they come."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.end_to_end.service_program import Api, OwnServers


class Follower(threading.Thread):
    """Reads the events of a work as they come."""

    def __init__(self, api: Api, work: str) -> None:
        super().__init__(daemon=True)
        self.api, self.work, self.ids = api, work, list[str]()
        self.begun = threading.Event()

    def run(self) -> None:
        with httpx.Client(base_url=self.api.client.base_url, timeout=300) as client:
            path = f"/v1/works/{self.work}/events"
            with client.stream("GET", path) as answer:
                for line in answer.iter_lines():
                    self.begun.set()
                    if line.startswith("data:"):
                        self.ids.append(str(json.loads(line.removeprefix("data:"))["id"]))


@contextmanager
def followed(api: Api, work: str) -> Iterator[Follower]:
    """It is over when the stream is."""
    follower = Follower(api, work)
    follower.start()
    assert follower.begun.wait(30)
    yield follower
    follower.join(60)
    assert not follower.is_alive(), "the stream has an end"


def ids_of(servers: OwnServers, work: str) -> list[str]:
    """Of all events there are."""
    return [str(row["id"]) for row in servers.rows("SELECT id FROM events WHERE work_id = %s ORDER BY id", work)]
