"""Short stories for requests, and waiting for what a work comes to."""

import json
from typing import Any

import httpx

FOX = 'A fox came to the village. "Who are you?" asked the boy. "A friend," said the fox. They walked home together.'
CLOSED = ("completed", "failed", "cancelled")


def drawn(client: httpx.Client, text: str = FOX, **brief: Any) -> dict[str, Any]:
    """A work as it was accepted."""
    answer = client.post("/v1/works", json={"text": text, **brief})
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def told(
    client: httpx.Client, work_id: str, *, until: tuple[str, ...] = CLOSED, after: int = 0
) -> list[dict[str, Any]]:
    """The work's events after an id, as its stream sends them, up to one of these types."""
    found: list[dict[str, Any]] = []
    with client.stream("GET", f"/v1/works/{work_id}/events", headers={"Last-Event-ID": str(after)}) as stream:
        assert stream.status_code == 200, stream.read()
        for line in stream.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
                if found[-1]["type"] in until:
                    break
    return found
