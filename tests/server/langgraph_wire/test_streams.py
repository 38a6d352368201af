"""Streams of runs that break off: nothing is lost and nothing comes twice; and runs that are stopped."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient, SyncLangGraphClient
from langgraph_sdk.errors import BadRequestError, UnprocessableEntityError

from tests.server.langgraph_wire.clients import APPROVED, GRAPH, REVIEWED, STORY
from tests.server.routes.test_answers import REVIEWED as WAITING
from tests.server.routes.test_answers import asked
from tests.server.stories import drawn, told
from tests.service import WHO, Service

MODES: Any = ["values", "updates", "custom", "tasks", "checkpoints"]


def events(lines: Iterator[str]) -> Iterator[tuple[str, str | None, Any]]:
    """Server-sent events as `(id, event, data)`."""
    id, event = "", None
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "id":
            id = value
        elif name == "event":
            event = value
        elif name == "data":
            yield id, event, json.loads(value)


def test_a_stream_goes_on_after_any_event(service: Service, sdk: SyncLangGraphClient, headers: dict[str, str]) -> None:
    thread = sdk.threads.create()["thread_id"]
    whole = list(sdk.runs.stream(thread, GRAPH, input=REVIEWED, stream_mode=MODES))
    run = whole[0].data["run_id"]
    for cut in range(1, len(whole) - 1):
        rest = list(sdk.runs.join_stream(thread, run, stream_mode=MODES, last_event_id=whole[cut].id))
        assert [(p.event, p.data) for p in rest] == [(p.event, p.data) for p in whole[cut + 1 :]]
    assert list(sdk.runs.join_stream(thread, run, stream_mode=MODES, last_event_id="-1")) == whole
    only = list(sdk.runs.join_stream(thread, run, stream_mode="custom"))
    assert [p for p in only if p.event == "custom"] == [p for p in whole if p.event == "custom"]


def test_garbage_as_last_event_id_is_refused(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    run = sdk.runs.create(thread, GRAPH, input=REVIEWED)["run_id"]
    for garbage in ("x", "1e9", "1-2-3", "1-0.x", "9" * 40):
        with pytest.raises(BadRequestError):
            list(sdk.runs.join_stream(thread, run, last_event_id=garbage))


class CutAfter(httpx.AsyncBaseTransport):
    """A connection to the service whose streams break off after so many bytes, again and again."""

    def __init__(self, size: int) -> None:
        self.inner, self.size, self.cuts = httpx.AsyncHTTPTransport(), size, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.inner.handle_async_request(request)
        if "text/event-stream" in answer.headers.get("content-type", ""):
            answer.stream = _Cut(answer.stream, self)
        return answer

    async def aclose(self) -> None:
        await self.inner.aclose()


class _Cut(httpx.AsyncByteStream):
    def __init__(self, inner: Any, owner: CutAfter) -> None:
        self.inner, self.owner = inner, owner

    async def __aiter__(self) -> Any:
        sent = 0
        async for chunk in self.inner:
            sent += len(chunk)
            yield chunk
            if sent > self.owner.size:
                self.owner.cuts += 1
                raise httpx.ReadError("cut")

    async def aclose(self) -> None:
        await self.inner.aclose()


@pytest.mark.anyio
async def test_the_client_comes_back_by_itself_when_it_is_cut_off(
    service: Service, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("langgraph_sdk._async.http._reconnect_delay", lambda attempt, base, cap: 0.0)
    transport = CutAfter(4_000)
    modes: Any = ["updates", "custom"]
    async with get_client(url=service.url, headers=headers) as client:
        thread = (await client.threads.create())["thread_id"]
        async with httpx.AsyncClient(transport=transport, base_url=service.url, headers=headers) as cutting:
            stream = LangGraphClient(cutting).runs.stream(thread, GRAPH, input=STORY, stream_mode=modes)
            parts = [part async for part in stream]
        run = parts[0].data["run_id"]
        whole = [part async for part in client.runs.join_stream(thread, run, stream_mode=modes)]
    assert transport.cuts > 2
    assert [(p.id, p.event) for p in parts] == [(p.id, p.event) for p in whole]


def test_a_reader_that_leaves_changes_nothing(service: Service, sdk: SyncLangGraphClient, headers: Any) -> None:
    thread = sdk.threads.create()["thread_id"]
    parts: Any = sdk.runs.stream(thread, GRAPH, input=STORY, stream_mode="custom")
    with closing(parts):
        run = next(parts).data["run_id"]
    values: Any = sdk.runs.join(thread, run)
    assert values["finishing"]["pages"]


def test_a_stopped_run_leaves_the_work_where_it_was(
    service: Service, sdk: SyncLangGraphClient, headers: dict[str, str]
) -> None:
    thread = sdk.threads.create()["thread_id"]
    stream = sdk.runs.stream(thread, GRAPH, input=STORY, stream_mode=["updates", "custom"])
    run = next(iter(stream)).data["run_id"]
    # What a step wrote is kept when the next one has begun; the stream, as LangGraph's own, tells of it before.
    next(part for part in stream if part.event == "updates" and "concept_review" in part.data)
    sdk.runs.cancel(thread, run, wait=True)
    last = list(stream)[-1]
    stopped = sdk.threads.get(thread)
    assert (last.event, last.data["status"]) == ("end", "interrupted")
    assert sdk.runs.get(thread, run)["status"] == "interrupted"
    assert stopped["status"] == "interrupted"
    sdk.runs.cancel(thread, run)
    parts = list(sdk.runs.stream(thread, GRAPH, input=None, stream_mode=["updates", "values"]))
    wrote = [next(iter(part.data)) for part in parts if part.event == "updates"]
    assert parts[-1].data["status"] == "success"
    assert "concept" not in wrote
    assert parts[-2].data["finishing"]["pages"]
    with service.client(tenant=headers[WHO]) as client:
        assert [event["type"] for event in told(client, thread)].count("parked") == 1


def test_a_run_ends_with_its_reader_when_that_is_asked_for(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    parts: Any = sdk.runs.stream(thread, GRAPH, input=STORY, stream_mode="custom", on_disconnect="cancel")
    with closing(parts):
        run = next(parts).data["run_id"]
    sdk.runs.join(thread, run)
    assert sdk.runs.get(thread, run)["status"] == "interrupted"


def test_another_run_can_take_the_place_of_a_busy_one(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    first = sdk.runs.create(thread, GRAPH, input=STORY)["run_id"]
    second: Any = sdk.runs.wait(thread, GRAPH, input=None, multitask_strategy="interrupt")
    assert second["finishing"]["pages"]
    assert sdk.runs.get(thread, first)["status"] == "interrupted"


def test_taking_versions_back_is_not_offered(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    run = sdk.runs.create(thread, GRAPH, input=STORY)["run_id"]
    with pytest.raises(UnprocessableEntityError):
        sdk.runs.cancel(thread, run, action="rollback")


def test_a_lost_redis_ends_no_stream_and_no_wait(service: Service, sdk: SyncLangGraphClient) -> None:
    """What is kept of a run is gone: its end is known all the same."""
    thread = sdk.threads.create()["thread_id"]
    run = sdk.runs.create(thread, GRAPH, input=REVIEWED)["run_id"]
    sdk.runs.join(thread, run)
    service.run(service.rooms.redis.delete(f"graph:{thread}"))
    parts = list(sdk.runs.join_stream(thread, run, stream_mode="values"))
    assert [part.event for part in parts] == ["metadata", "values", "end"]
    assert parts[1].data["__interrupt__"][0]["value"]["phase"] == "concept"
    assert parts[2].data["status"] == "interrupted"


def test_raw_events_of_any_work_can_be_followed(service: Service) -> None:
    with service.client() as client:
        work = f"/v1/works/{drawn(client, **WAITING)['id']}"
        path = f"{work}/graph-events"
        _, last = asked(client, work.rpartition("/")[2])
        with client.stream("GET", path) as stream:  # what is told is kept from now on: the run goes on after it
            client.post(f"{work}/feedback", json={"action": "approve"})
            asked(client, work.rpartition("/")[2], after=last)
            client.post(f"{work}/cancel")
            live = list(events(stream.iter_lines()))
        with client.stream("GET", path, headers={"Last-Event-ID": live[0][0]}) as stream:
            late = list(events(stream.iter_lines()))
        bad = client.get(path, headers={"Last-Event-ID": "x"}).status_code
    ids = [tuple(map(int, id.split("-"))) for id, _, _ in live]
    assert ids == sorted(set(ids))
    assert {"updates", "custom", "checkpoints"} <= {event for _, event, _ in live}
    assert live[-1][1] == "end"
    assert late == live[1:]
    assert bad == 400
    with service.client() as stranger:
        assert stranger.get(path).status_code == 404


def test_a_thread_streams_one_run_after_another(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    sdk.runs.wait(thread, GRAPH, command=APPROVED)
    runs = [run["run_id"] for run in reversed(sdk.runs.list(thread))]
    found: list[Any] = []
    for part in sdk.threads.join_stream(thread, last_event_id="-1", stream_mode=["run_modes", "lifecycle"]):
        found.append(part)
        if sum(part.event == "metadata" and part.data["status"] == "run_done" for part in found) == 2:
            break
    marks = [(part.data["run_id"], part.data["status"]) for part in found if part.event == "metadata"]
    assert marks == [(run, status) for run in runs for status in ("run_started", "run_done")]
    assert any(part.event == "values" and part.data.get("characters") for part in found)
    rest: list[Any] = []
    for part in sdk.threads.join_stream(thread, last_event_id=found[3].id):
        rest.append(part)
        if len(rest) == len(found) - 4:
            break
    assert [part.id for part in rest] == [part.id for part in found[4:]]
    after = next(iter(sdk.threads.join_stream(thread, last_event_id=found[0].id)))
    assert (found[0].event, after.id) == ("metadata", found[1].id)
