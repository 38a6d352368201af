"""The thread-centric protocol over `client.threads.stream` of LangGraph's own Python client."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import SyncLangGraphClient

from tests import asking
from tests.server.langgraph_wire.clients import APPROVED, GRAPH, REVIEWED, STORY
from tests.service import Service

EVERYTHING = ["lifecycle", "values", "updates", "custom", "tasks", "checkpoints", "input"]
Event = dict[str, Any]


def followed(client: httpx.Client, thread: str, until: str, since: int | None = None) -> list[Event]:
    """The thread's events up to a word of its lifecycle."""
    found: list[Event] = []
    body = {"channels": EVERYTHING} | ({} if since is None else {"since": since})
    with client.stream("POST", f"/threads/{thread}/stream/events", json=body) as stream:
        assert stream.status_code == 200, stream.read()
        for line in stream.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
                if found[-1]["method"] == "lifecycle" and found[-1]["params"]["data"]["event"] == until:
                    break
    return found


def said(client: httpx.Client, thread: str, method: str, **params: Any) -> dict[str, Any]:
    answer = client.post(f"/threads/{thread}/commands", json={"id": 7, "method": method, "params": params})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    assert told["id"] == 7
    return told


async def seen(thread: Any, channel: str) -> dict[str, Any]:
    """The first values with this channel. The client ends its iteration over values at a pause, and sometimes once more
    for the same pause; of a second pause it does not tell."""
    while True:
        async for values in thread.values:
            if channel in values:
                found: dict[str, Any] = values
                return found


@pytest.mark.anyio
async def test_a_thread_is_started_answered_and_watched(service: Service, headers: dict[str, str]) -> None:
    async with (
        get_client(url=service.url, headers=headers) as client,
        client.threads.stream(assistant_id=GRAPH) as thread,
    ):
        await thread.run.start(input=REVIEWED)
        first = [values async for values in thread.values]
        asked = list(thread.interrupts)
        await thread.run.respond({"action": "approve"})
        second = await seen(thread, "characters")
    assert first[-1]["concept"]["title"]
    assert [i["value"]["phase"] for i in asked] == ["concept"]
    assert second["characters"]


@pytest.mark.anyio
async def test_a_book_is_the_output_of_its_thread(service: Service, headers: dict[str, str]) -> None:
    async with (
        get_client(url=service.url, headers=headers) as client,
        client.threads.stream(assistant_id=GRAPH) as thread,
    ):
        await thread.run.start(input=STORY)
        output: Any = await thread.output
    assert output["finishing"]["pages"]


def test_numbers_rise_over_all_runs_and_a_reader_goes_on_after_any(service: Service, headers: dict[str, str]) -> None:
    thread = str(uuid4())
    with httpx.Client(base_url=service.url, headers=headers, timeout=30) as client:
        started = said(client, thread, "run.start", assistant_id=GRAPH, input=REVIEWED)
        first = followed(client, thread, "interrupted")
        asked = next(event["params"]["data"] for event in first if event["method"] == "input.requested")
        answered = said(
            client, thread, "input.respond", interrupt_id=asked["interrupt_id"], response={"action": "approve"}
        )
        second = followed(client, thread, "interrupted", since=first[-1]["seq"])
        whole = first + second
        again = [followed(client, thread, "interrupted", since=event["seq"])[0] for event in whole[:-1]]
    numbers = [event["seq"] for event in whole]
    assert (started["type"], answered["type"]) == ("success", "success")
    assert answered["meta"]["applied_through_seq"] >= first[-1]["seq"]
    assert numbers == sorted(set(numbers))
    assert len({event["event_id"] for event in whole}) == len(whole)
    assert again == whole[1:]
    assert asked["payload"]["phase"] == "concept"
    assert [e["params"]["data"]["event"] for e in whole if e["method"] == "lifecycle"] == [
        "running", "interrupted", "running", "interrupted",
    ]  # fmt: skip
    assert [e["params"]["data"]["node"] for e in first if e["method"] == "updates"] == ["concept"]
    assert {"phase_started", "phase_complete"} <= {
        e["params"]["data"]["name"] for e in first if e["method"] == "custom"
    }


def test_a_late_reader_sees_the_newest_run(service: Service, sdk: SyncLangGraphClient, headers: Any) -> None:
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    sdk.runs.wait(thread, GRAPH, command=APPROVED)
    with httpx.Client(base_url=service.url, headers=headers, timeout=30) as client:
        late = followed(client, thread, "interrupted")
    asked = [event["params"]["data"]["payload"]["phase"] for event in late if event["method"] == "input.requested"]
    assert asked == ["characters"]


def test_what_is_not_offered_is_an_error_of_the_protocol(service: Service, headers: dict[str, str]) -> None:
    thread = str(uuid4())
    with asking.Client(base_url=service.url, headers=headers) as client:
        unknown = said(client, thread, "state.fork", checkpoint_id="x")
        nothing = said(client, thread, "input.respond", interrupt_id="x", response="approve")
        no_story = said(client, thread, "run.start", assistant_id=GRAPH, input=None)
        unborn = client.post(f"/threads/{thread}/stream/events", json={"channels": ["values"]})
    assert (unknown["type"], unknown["error"]) == ("error", "not_offered")
    assert (nothing["type"], nothing["error"]) == ("error", "not_found")
    assert (no_story["type"], no_story["error"]) == ("error", "brief_rejected")
    assert unborn.status_code == 404
