"""Runs over LangGraph's own Python client: begun, followed, answered, waited for, listed."""

from typing import Any
from uuid import uuid4

import pytest
from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient
from langgraph_sdk.errors import ConflictError, NotFoundError, UnprocessableEntityError

from tests import asking
from tests.server.langgraph_wire.clients import APPROVED, GRAPH, REVIEWED, STORY, headers_of
from tests.service import Service

MODES: Any = ["values", "updates", "custom", "tasks", "checkpoints"]


def test_a_story_becomes_a_book_and_everything_is_told(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()
    parts = list(sdk.runs.stream(thread["thread_id"], GRAPH, input=STORY, stream_mode=MODES))
    kinds = [part.event for part in parts]
    wrote = [next(iter(part.data)) for part in parts if part.event == "updates"]
    values = [part.data for part in parts if part.event == "values"]
    assert (kinds[0], kinds[-1]) == ("metadata", "end")
    assert parts[-1].data["status"] == "success"
    assert [node for node in wrote if not node.endswith(("_review", "_plan", "_panel"))] == [
        "concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing",
    ]  # fmt: skip
    assert values[-1]["finishing"]["pages"]
    assert {part.data["type"] for part in parts if part.event == "custom"} >= {"phase_started", "page_ready"}
    assert len({part.id for part in parts[1:-1]}) == len(parts) - 2
    assert sdk.threads.get(thread["thread_id"])["status"] == "idle"


def test_a_review_interrupts_and_an_answer_goes_on(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    first = list(sdk.runs.stream(thread, GRAPH, input=REVIEWED, stream_mode=["updates", "values"]))
    asked = [
        part.data["__interrupt__"][0] for part in first if part.event == "updates" and "__interrupt__" in part.data
    ]
    waiting = sdk.threads.get(thread)
    second = sdk.runs.wait(thread, GRAPH, command=APPROVED)
    assert len(asked) == 1
    assert asked[0]["value"]["phase"] == "concept"
    assert asked[0]["response_schema"]["properties"]["action"]
    assert first[-2].data["__interrupt__"] == asked
    assert waiting["status"] == "interrupted"
    assert [i["id"] for found in waiting["interrupts"].values() for i in found] == [asked[0]["id"]]
    assert isinstance(second, dict)
    assert second["characters"]
    assert second["__interrupt__"][0]["value"]["phase"] == "characters"


def test_a_run_in_the_background_is_joined_and_listed(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    run = sdk.runs.create(thread, GRAPH, input=REVIEWED, metadata={"who": "me"})
    values: Any = sdk.runs.join(thread, run["run_id"])
    again = sdk.runs.create(
        thread, GRAPH, command={"resume": {values["__interrupt__"][0]["id"]: {"action": "approve"}}}
    )
    sdk.runs.join(thread, again["run_id"])
    listed = sdk.runs.list(thread)
    assert run["status"] in ("pending", "running")
    assert [found["run_id"] for found in listed] == [again["run_id"], run["run_id"]]
    assert [found["status"] for found in listed] == ["interrupted", "interrupted"]
    assert sdk.runs.get(thread, run["run_id"])["metadata"] == {"who": "me"}
    assert sdk.runs.list(thread, status="error") == []


def test_a_sentence_is_an_answer_and_changes_the_book(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    values: Any = sdk.runs.wait(thread, GRAPH, command={"resume": "Change the title to 'The Friend'."})
    assert [edit["change_data"] for edit in values["edits"]] == [{"title": "The Friend"}]
    assert values["__interrupt__"][0]["value"]["phase"] == "concept"


def test_a_run_without_a_thread_makes_one(sdk: SyncLangGraphClient) -> None:
    made: list[Any] = []
    values: Any = sdk.runs.wait(None, GRAPH, input=REVIEWED, on_run_created=made.append)
    assert values["concept"]
    assert sdk.threads.get(made[0]["thread_id"])["status"] == "interrupted"


def test_a_busy_thread_takes_no_second_run(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    run = sdk.runs.create(thread, GRAPH, input=STORY)
    with pytest.raises(ConflictError, match="busy"):
        sdk.runs.create(thread, GRAPH, input=STORY, multitask_strategy="reject")
    sdk.runs.join(thread, run["run_id"])
    with pytest.raises(ConflictError, match="has its story"):
        sdk.runs.create(thread, GRAPH, input=STORY)


def test_a_queued_run_begins_when_the_work_rests(
    service: Service, sdk: SyncLangGraphClient, headers: dict[str, str]
) -> None:
    thread = sdk.threads.create()["thread_id"]
    first = sdk.runs.create(thread, GRAPH, input=REVIEWED)
    later: list[Any] = [
        sdk.runs.create(thread, GRAPH, command=command, multitask_strategy="enqueue")  # type: ignore[arg-type]
        for command in ({"resume": "Change the title to 'The Friend'."}, None, APPROVED)
    ]
    queued = sdk.runs.get(thread, later[1]["run_id"])["status"]
    sdk.runs.cancel(thread, later[2]["run_id"])
    told = list(sdk.runs.join_stream(thread, later[0]["run_id"], stream_mode="values"))
    sdk.runs.join(thread, later[1]["run_id"])
    runs = {run["run_id"]: run["status"] for run in sdk.runs.list(thread)}
    values: Any = sdk.threads.get_state(thread)
    (entry,) = asking.get(f"{service.url}/v1/works/{thread}/talk", headers=headers).json()["items"]
    assert (entry["by"], entry["before"] is None) == ("somebody", False)
    assert queued == "pending"
    assert told[-1].data == {"run_id": later[0]["run_id"], "status": "interrupted"}
    assert [edit["change_data"] for edit in values["values"]["edits"]] == [{"title": "The Friend"}]
    assert [runs[run["run_id"]] for run in (first, *later)] == ["interrupted", "interrupted", "error", "interrupted"]
    with pytest.raises(UnprocessableEntityError):
        sdk.runs.create(str(thread), GRAPH, command={"resume": [1]}, multitask_strategy="enqueue")


def test_what_is_not_offered_is_refused_by_name(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    wrong: list[dict[str, Any]] = [
        {"interrupt_before": ["plot"]},
        {"webhook": "https://example.org"},
        {"context": {"tenant": "another"}},
        {"command": {"goto": "finishing"}},
        {"command": {"update": {"concept": {}}}},
        {"multitask_strategy": "rollback"},
    ]
    for extra in wrong:
        with pytest.raises(UnprocessableEntityError) as refused:
            sdk.runs.create(thread, GRAPH, input=STORY, **extra)
        assert "not offered" in str(refused.value.body)
    with pytest.raises(UnprocessableEntityError):
        sdk.runs.create(thread, GRAPH, input={"brief": {}})
    with pytest.raises(NotFoundError):
        sdk.runs.create(thread, "another", input=STORY)
    with pytest.raises(NotFoundError):
        sdk.runs.create(str(uuid4()), GRAPH, input=STORY)
    assert sdk.threads.get(thread)["status"] == "idle"


def test_a_wrong_answer_is_refused_and_the_review_waits_on(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    for wrong in ({"action": "destroy"}, [1], {"edits": [{"change_type": "text_edit"}]}, {"action": "edit", "x": 1}):
        with pytest.raises(UnprocessableEntityError):
            sdk.runs.create(thread, GRAPH, command={"resume": wrong})
    with pytest.raises(ConflictError):
        sdk.runs.create(thread, GRAPH, command={"resume": {"0" * 32: {"action": "approve"}}})
    assert sdk.threads.get(thread)["status"] == "interrupted"


def test_a_run_that_is_deleted_is_listed_no_more_and_what_it_made_stays(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    sdk.runs.wait(thread, GRAPH, command=APPROVED)
    newest, first = sdk.runs.list(thread)
    sdk.runs.delete(thread, newest["run_id"])
    assert [run["run_id"] for run in sdk.runs.list(thread)] == [first["run_id"]]
    with pytest.raises(NotFoundError):
        sdk.runs.get(thread, newest["run_id"])
    values: Any = sdk.threads.get_state(thread)["values"]
    assert values["characters"]
    after: Any = sdk.runs.wait(thread, GRAPH, command=APPROVED)
    assert after["__interrupt__"][0]["value"]["phase"] == "plot"


def test_runs_are_begun_together_and_stopped_together(idle: Service) -> None:
    with get_sync_client(url=idle.url, headers=headers_of()) as sdk:
        begun = sdk.runs.create_batch([{"assistant_id": GRAPH, "input": STORY} for _ in range(3)])
        with pytest.raises(ConflictError):
            sdk.runs.delete(begun[0]["thread_id"], begun[0]["run_id"])
        sdk.runs.cancel_many(thread_id=begun[0]["thread_id"], run_ids=[begun[0]["run_id"]])
        one = [sdk.runs.get(run["thread_id"], run["run_id"])["status"] for run in begun]
        sdk.runs.cancel_many(status="all")
        all_of_them = [sdk.runs.get(run["thread_id"], run["run_id"])["status"] for run in begun]
    assert one == ["interrupted", "pending", "pending"]
    assert all_of_them == ["interrupted"] * 3


@pytest.mark.parametrize("mode", ["messages", "messages-tuple", "events"])
def test_a_stream_in_which_nothing_would_come_is_refused(sdk: SyncLangGraphClient, mode: Any) -> None:
    thread = sdk.threads.create()["thread_id"]
    with pytest.raises(UnprocessableEntityError, match="word by word"):
        sdk.runs.create(thread, GRAPH, input=STORY, stream_mode=["values", mode])
