"""States, history and forks over LangGraph's own Python client."""

from typing import Any
from uuid import uuid4

import pytest
from langgraph_sdk.client import SyncLangGraphClient
from langgraph_sdk.errors import ConflictError, NotFoundError, UnprocessableEntityError

from tests.server.langgraph_wire.clients import APPROVED, GRAPH, REVIEWED, STORY


def begun(sdk: SyncLangGraphClient, approvals: int = 0) -> str:
    """A thread that waits in a review."""
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=REVIEWED)
    for _ in range(approvals):
        sdk.runs.wait(thread, GRAPH, command=APPROVED)
    return thread


def test_a_state_tells_values_tasks_and_where_it_is(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk)
    state: Any = sdk.threads.get_state(thread)
    same = sdk.threads.get_state(thread, checkpoint=state["checkpoint"])
    by_id = sdk.threads.get_state(thread, checkpoint_id=state["checkpoint_id"])
    assert state["next"] == ["concept_review"]
    assert state["values"]["concept"]["title"]
    assert [task["name"] for task in state["tasks"]] == ["concept_review"]
    assert state["interrupts"] == state["tasks"][0]["interrupts"]
    assert state["checkpoint"]["thread_id"] == thread
    assert state["parent_checkpoint"]["checkpoint_id"] < state["checkpoint"]["checkpoint_id"]
    assert state["interrupts"][0]["response_schema"]["properties"]["action"]
    (asked,) = sdk.threads.get(thread)["interrupts"].values()
    assert asked == state["interrupts"]
    assert "epoch" not in state["metadata"]
    assert same == by_id == state


def test_history_is_newest_first_and_goes_on_before(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk, approvals=1)
    whole: list[Any] = sdk.threads.get_history(thread, limit=50)
    first: list[Any] = sdk.threads.get_history(thread, limit=2)
    rest: list[Any] = sdk.threads.get_history(thread, limit=50, before=first[-1]["checkpoint"])
    ids = [state["checkpoint"]["checkpoint_id"] for state in whole]
    assert ids == sorted(ids, reverse=True)
    assert first + rest == whole
    assert whole[0]["next"] == ["characters_review"]
    assert [state["metadata"]["step"] for state in whole] == list(range(len(whole) - 2, -2, -1))
    inputs = sdk.threads.get_history(thread, limit=50, metadata={"source": "input"})
    assert [state["checkpoint"] for state in inputs] == [whole[-1]["checkpoint"]]


def test_a_state_is_forked_with_edits_and_run_on(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk, approvals=1)
    old = next(s for s in sdk.threads.get_history(thread, limit=50) if s["next"] == ["concept_review"])
    edit = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "The Friend"}}
    forked = sdk.threads.update_state(thread, {"edits": [edit]}, checkpoint=old["checkpoint"])
    head: Any = sdk.threads.get_state(thread)
    values: Any = sdk.runs.wait(thread, GRAPH, input=None)
    assert forked["checkpoint"]["checkpoint_id"] == head["checkpoint"]["checkpoint_id"]
    assert head["next"] == ["feedback"]
    assert head["values"]["feedback"]["answer"]["edits"]
    assert [edit["change_data"] for edit in values["edits"]] == [{"title": "The Friend"}]
    assert values["__interrupt__"][0]["value"]["phase"] == "concept"
    assert sdk.threads.get_state(thread, checkpoint=old["checkpoint"])["values"] == old["values"]


def test_a_finished_book_is_forked_at_any_checkpoint(sdk: SyncLangGraphClient) -> None:
    thread = sdk.threads.create()["thread_id"]
    sdk.runs.wait(thread, GRAPH, input=STORY)
    old = next(s for s in sdk.threads.get_history(thread, limit=50) if s["next"] == ["plot_review"])
    parts = list(
        sdk.runs.stream(thread, GRAPH, input=None, checkpoint=old["checkpoint"], stream_mode=["updates", "values"])
    )
    assert parts[-1].data["status"] == "success"
    assert next(list(part.data) for part in parts if part.event == "updates") == ["plot_review"]
    assert parts[-2].data["finishing"]["pages"]
    assert sdk.threads.get(thread)["status"] == "idle"


def test_an_approval_written_into_the_state_approves(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk)
    sdk.threads.update_state(thread, {"action": "approve"})
    values: Any = sdk.runs.wait(thread, GRAPH, input=None)
    after: Any = sdk.runs.wait(thread, GRAPH, command=APPROVED)
    assert values["__interrupt__"][0]["value"]["phase"] == "characters"
    assert after["__interrupt__"][0]["value"]["phase"] == "plot"
    assert "approved" not in after["feedback"]


@pytest.mark.parametrize("back", [0, 1])
def test_an_approval_from_a_checkpoint_approves_what_was_asked_there(sdk: SyncLangGraphClient, back: int) -> None:
    """As clients regenerate an answer: the checkpoint that asked, and the answer anew."""
    thread = begun(sdk, approvals=1)
    asked = [s for s in sdk.threads.get_history(thread, limit=50) if s["next"][0].endswith("_review")][back]
    values: Any = sdk.runs.wait(thread, GRAPH, command=APPROVED, checkpoint=asked["checkpoint"])
    after: Any = sdk.runs.wait(thread, GRAPH, command=APPROVED)
    phases = ["characters", "plot", "storyboard"][1 - back :]
    assert [v["__interrupt__"][0]["value"]["phase"] for v in (values, after)] == phases[:2]


def test_the_last_approval_written_into_the_state_ends_the_book(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk, approvals=6)
    sdk.threads.update_state(thread, {"action": "approve"})
    values: Any = sdk.runs.wait(thread, GRAPH, input=None)
    assert "__interrupt__" not in values
    assert sdk.threads.get(thread)["status"] == "idle"


def test_a_plan_is_approved_by_either_word_and_not_by_a_fork(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk)
    wish = {"action": "feedback", "text": "Change the title to 'The Friend'.", "confirm": True}
    planned: Any = sdk.runs.wait(thread, GRAPH, command={"resume": wish})
    with pytest.raises(ConflictError, match="plan waits"):
        sdk.threads.update_state(thread, {"action": "approve"})
    there = sdk.threads.get_state(thread)["checkpoint"]
    values: Any = sdk.runs.wait(thread, GRAPH, command=APPROVED, checkpoint=there)
    assert planned["__interrupt__"][0]["value"]["plan"]["items"]
    assert [edit["change_data"] for edit in values["edits"]] == [{"title": "The Friend"}]


def test_channels_are_nobodys_to_write(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk)
    before = sdk.threads.get_state(thread)
    for values in ({"concept": {"title": "x"}}, {"artwork": {"a": {"blob": "../../other"}}}, {"version": "x"}):
        with pytest.raises(UnprocessableEntityError):
            sdk.threads.update_state(thread, values)
    with pytest.raises(UnprocessableEntityError):
        sdk.threads.update_state(thread, {"text": "Hello."}, as_node="finishing")
    assert sdk.threads.get_state(thread) == before
    assert sdk.threads.get(thread)["status"] == "interrupted"


def test_what_is_not_there_is_not_found(sdk: SyncLangGraphClient) -> None:
    thread = begun(sdk)
    with pytest.raises(NotFoundError):
        sdk.threads.get_state(thread, checkpoint_id=str(uuid4()))
    with pytest.raises(NotFoundError):
        sdk.runs.create(thread, GRAPH, checkpoint_id=str(uuid4()))
    with pytest.raises(NotFoundError):
        sdk.runs.get(thread, str(uuid4()))
    fresh = sdk.threads.create()["thread_id"]
    assert sdk.threads.get_state(fresh)["values"] == {}
    assert sdk.threads.get_history(fresh) == []
    with pytest.raises(ConflictError):
        sdk.threads.update_state(fresh, {"text": "Hello."})
