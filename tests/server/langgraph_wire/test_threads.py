"""Threads and the assistant over LangGraph's own Python client; whose they are, and who may do what."""

from typing import Any, cast
from uuid import uuid4

import pytest
from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient
from langgraph_sdk.errors import ConflictError, NotFoundError, PermissionDeniedError, UnprocessableEntityError

from tests import asking
from tests.server.langgraph_wire.clients import GRAPH, REVIEWED, headers_of
from tests.server.stories import drawn
from tests.service import WHO, Service


def test_a_thread_is_made_once(sdk: SyncLangGraphClient) -> None:
    name = str(uuid4())
    thread = sdk.threads.create(thread_id=name, metadata={"colour": "red"})
    again = sdk.threads.create(thread_id=name, if_exists="do_nothing")
    assert thread["thread_id"] == name
    assert again == thread == sdk.threads.get(name)
    assert thread["status"] == "idle"
    with pytest.raises(ConflictError):
        sdk.threads.create(thread_id=name)


def test_threads_are_found_by_metadata_and_status(sdk: SyncLangGraphClient) -> None:
    red = sdk.threads.create(metadata={"colour": "red"})["thread_id"]
    blue = sdk.threads.create(metadata={"colour": "blue"})["thread_id"]
    sdk.runs.wait(red, GRAPH, input=REVIEWED)
    sdk.threads.update(blue, metadata={"seen": True})

    def ids(**wanted: Any) -> list[str]:
        return [thread["thread_id"] for thread in sdk.threads.search(**wanted)]

    assert set(ids()) == {red, blue}
    assert ids(metadata={"colour": "red"}) == [red]
    assert ids(metadata={"colour": "blue", "seen": True}) == [blue]
    assert ids(status="interrupted") == [red]
    assert ids(status="idle") == [blue]
    # A thread that has begun is as old as its work.
    assert ids(limit=1, sort_by="created_at", sort_order="asc") == [blue]
    assert ids(limit=1, offset=1, sort_by="created_at", sort_order="asc") == [red]


def test_a_work_of_the_service_is_a_thread(service: Service, sdk: SyncLangGraphClient, headers: dict[str, str]) -> None:
    with service.client(tenant=headers[WHO]) as client:
        work = drawn(client)
        run = sdk.runs.list(work["id"])[0]
        values: Any = sdk.runs.join(work["id"], run["run_id"])
        assert values["finishing"]["pages"]
        assert client.get(f"/v1/works/{work['id']}").json()["status"] == "completed"


def test_a_thread_of_the_wire_is_a_work(service: Service, sdk: SyncLangGraphClient, headers: dict[str, str]) -> None:
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    with service.client(tenant=headers[WHO]) as client:
        work = client.get(f"/v1/works/{thread}").json()
        answered = client.post(f"/v1/works/{thread}/feedback", json={"action": "approve"})
    assert work["status"] == "awaiting_feedback"
    assert answered.status_code == 202
    newest = sdk.runs.list(thread)[0]["run_id"]
    values: Any = sdk.runs.join(thread, newest)
    assert values["__interrupt__"][0]["value"]["phase"] == "characters"


def test_a_deleted_thread_is_gone_with_its_work(service: Service, sdk: SyncLangGraphClient, headers: Any) -> None:
    fresh, begun = (sdk.threads.create()["thread_id"] for _ in range(2))
    sdk.runs.wait(begun, GRAPH, input=REVIEWED)
    for thread in (fresh, begun):
        sdk.threads.delete(thread)
        with pytest.raises(NotFoundError):
            sdk.threads.get(thread)
    with service.client(tenant=headers[WHO]) as client:
        assert client.get(f"/v1/works/{begun}").status_code == 404
    assert sdk.threads.search() == []


def test_a_copied_thread_goes_on_by_itself(service: Service, sdk: SyncLangGraphClient) -> None:
    fresh = sdk.threads.create(metadata={"colour": "red"})["thread_id"]
    begun = sdk.threads.create(metadata={"colour": "blue"})["thread_id"]
    asked: Any = sdk.runs.wait(begun, GRAPH, input=REVIEWED)
    empty, copy = (cast("Any", sdk.threads.copy(thread)) for thread in (fresh, begun))
    assert (empty["status"], empty["metadata"]["colour"]) == ("idle", "red")
    assert (copy["status"], copy["metadata"]["colour"]) == ("interrupted", "blue")
    assert len({fresh, begun, empty["thread_id"], copy["thread_id"]}) == 4
    assert copy["values"]["concept"] == asked["concept"]
    states = [sdk.threads.get_history(thread, limit=100) for thread in (begun, copy["thread_id"])]
    assert len(states[0]) == len(states[1]) > 1
    answer = {asked["__interrupt__"][0]["id"]: "approve"}
    values: Any = sdk.runs.wait(copy["thread_id"], GRAPH, command={"resume": answer})
    assert values["__interrupt__"][0]["value"]["phase"] == "characters"
    assert sdk.threads.get_state(begun)["interrupts"][0]["value"]["phase"] == "concept"


def test_another_tenants_thread_is_not_there(service: Service, sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create(metadata={"mine": True})["thread_id"]
    values: Any = sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    run = sdk.runs.list(thread)[0]["run_id"]
    place = sdk.threads.get_state(thread)["checkpoint"]["checkpoint_id"]
    body: dict[str, Any] = {"assistant_id": GRAPH, "command": {"resume": {values["__interrupt__"][0]["id"]: "approve"}}}
    tries: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("PATCH", "", {"metadata": {}}),
        ("DELETE", "", None),
        ("POST", "/copy", None),
        ("GET", "/state", None),
        ("POST", "/state", {"values": {"text": "x"}}),
        ("GET", f"/state/{place}", None),
        ("POST", "/state/checkpoint", {"checkpoint": {"checkpoint_id": place}}),
        ("POST", "/history", {}),
        ("GET", "/runs", None),
        ("POST", "/runs", body),
        ("POST", "/runs/wait", body),
        ("POST", "/runs/stream", body),
        ("GET", f"/runs/{run}", None),
        ("GET", f"/runs/{run}/join", None),
        ("GET", f"/runs/{run}/stream", None),
        ("POST", f"/runs/{run}/cancel", None),
        ("POST", "/stream/events", {"channels": ["values"]}),
    ]
    with asking.Client(base_url=service.url, headers=headers_of()) as stranger:
        answers = [stranger.request(way, f"/threads/{thread}{path}", json=sent) for way, path, sent in tries]
        found = stranger.post("/threads/search", json={"metadata": {"mine": True}}).json()
        started = {"id": 1, "method": "input.respond", "params": {"interrupt_id": "x", "response": "approve"}}
        said = stranger.post(f"/threads/{thread}/commands", json=started).json()
        taken = stranger.post("/threads", json={"thread_id": thread, "if_exists": "do_nothing"})
    assert [answer.status_code for answer in answers] == [404] * len(tries)
    assert all(isinstance(answer.json()["detail"], str) for answer in answers)
    assert found == []
    assert (said["type"], said["error"]) == ("error", "not_found")
    assert taken.status_code == 404
    assert sdk.threads.get(thread)["status"] == "interrupted"


def test_nobody_begins_another_tenants_thread(service: Service, sdk: SyncLangGraphClient) -> None:
    fresh = sdk.threads.create(metadata={"mine": True})["thread_id"]
    begun = sdk.threads.create()["thread_id"]
    sdk.runs.wait(begun, GRAPH, input=REVIEWED)
    with get_sync_client(url=service.url, headers=headers_of()) as stranger:
        for thread in (fresh, begun):
            with pytest.raises(ConflictError):
                stranger.runs.create(thread, GRAPH, input=REVIEWED, if_not_exists="create")
        assert stranger.threads.search() == []
    assert sdk.threads.get(fresh)["metadata"]["mine"] is True
    assert sdk.threads.get(begun)["status"] == "interrupted"


def test_viewers_look_and_editors_delete_nothing(service: Service, sdk: SyncLangGraphClient, headers: Any) -> None:
    thread = sdk.threads.create()["thread_id"]
    with get_sync_client(url=service.url, headers=headers_of(headers[WHO], "viewer")) as viewer:
        assert viewer.threads.get(thread)["thread_id"] == thread
        assert viewer.runs.list(thread) == []
        for forbidden in (
            viewer.threads.create,
            lambda: viewer.threads.update(thread, metadata={}),
            lambda: viewer.threads.update_state(thread, {"text": "x"}),
            lambda: viewer.runs.create(thread, GRAPH, input=REVIEWED),
        ):
            with pytest.raises(PermissionDeniedError):
                forbidden()
    with get_sync_client(url=service.url, headers=headers_of(headers[WHO], "editor")) as editor:
        with pytest.raises(PermissionDeniedError):
            editor.threads.delete(thread)
        editor.threads.create()


def test_there_is_one_assistant_and_it_says_what_it_takes(sdk: SyncLangGraphClient) -> None:
    found: Any = sdk.assistants.search(graph_id=GRAPH)
    by_id = sdk.assistants.get(found[0]["assistant_id"])
    graph = sdk.assistants.get_graph(GRAPH)
    schemas: Any = sdk.assistants.get_schemas(GRAPH)
    assert by_id == found[0] == sdk.assistants.get(GRAPH)
    assert sdk.assistants.search(graph_id="another") == []
    assert {"concept", "finishing_review"} <= {node["id"] for node in graph["nodes"]}
    assert "brief" in schemas["input_schema"]["properties"]
    assert "finishing" in schemas["state_schema"]["properties"]
    with pytest.raises(NotFoundError):
        sdk.assistants.get("another")


def test_a_server_says_what_it_is(service: Service, headers: dict[str, str]) -> None:
    with asking.Client(base_url=service.url, headers=headers) as client:
        assert client.get("/ok").json() == {"ok": True}
        assert client.get("/info").json()["flags"]["assistants"] is True
    assert asking.get(f"{service.url}/info").status_code == 401


def test_threads_are_counted_as_they_are_found(sdk: SyncLangGraphClient) -> None:
    for number in range(3):
        sdk.threads.create(metadata={"kind": "a" if number else "b"})
    waits = sdk.threads.create()["thread_id"]
    sdk.runs.wait(waits, GRAPH, input=REVIEWED)
    assert (sdk.threads.count(), sdk.threads.count(metadata={"kind": "a"})) == (4, 2)
    assert (sdk.threads.count(status="interrupted"), sdk.threads.count(status="idle")) == (1, 3)


def test_pruned_threads_are_gone_and_others_are_not_there_to_prune(service: Service, sdk: SyncLangGraphClient) -> None:
    own = [sdk.threads.create()["thread_id"] for _ in range(2)]
    with get_sync_client(url=service.url, headers=headers_of()) as other:
        foreign = other.threads.create()["thread_id"]
        assert sdk.threads.prune([*own, foreign, own[0]]) == {"pruned_count": 2}
        assert other.threads.get(foreign)["thread_id"] == foreign
    assert sdk.threads.count() == 0
    with pytest.raises(UnprocessableEntityError):
        sdk.threads.prune([str(uuid4())], strategy="keep_latest")
