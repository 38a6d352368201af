"""Reviews are answered, and finished books changed, over HTTP."""

from typing import Any
from uuid import uuid4

import httpx

from tests.server.stories import drawn, told
from tests.service import Service

REVIEWED: dict[str, Any] = {"feedback_mode": {"enabled": True}}


def asked(client: httpx.Client, work_id: str, after: int = 0) -> tuple[dict[str, Any], int]:
    """The review that the work waits in, and the id of the event that told of it."""
    events = told(client, work_id, until=("review_requested", "completed", "failed"), after=after)
    return client.get(f"/v1/works/{work_id}").json()["pending_review"], int(events[-1]["id"])


def test_an_approval_leads_to_the_next_review(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, **REVIEWED)
        first, seen = asked(client, work["id"])
        answer = client.post(f"/v1/works/{work['id']}/feedback", json={"interrupt_id": first["interrupt_id"]})
        second, _ = asked(client, work["id"], seen)
    assert answer.status_code == 202
    assert (first["phase"], second["phase"]) == ("concept", "characters")


def test_a_second_answer_to_the_same_review_is_a_conflict(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, **REVIEWED)
        first, seen = asked(client, work["id"])
        path, body = f"/v1/works/{work['id']}/feedback", {"interrupt_id": first["interrupt_id"]}
        client.post(path, json=body)
        asked(client, work["id"], seen)
        assert client.post(path, json=body).status_code == 409


def test_an_answer_sent_twice_is_carried_out_once(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, **REVIEWED)
        asked(client, work["id"])
        body = {"action": "approve", "answer_id": str(uuid4())}
        codes = [client.post(f"/v1/works/{work['id']}/feedback", json=body).status_code for _ in range(2)]
    assert codes == [202, 202]


def test_edits_change_a_finished_book_and_a_stale_base_does_not(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        last = int(told(client, work["id"])[-1]["id"])
        versions = client.get(f"/v1/works/{work['id']}/versions").json()
        edit = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "The Friend"}}
        path = f"/v1/works/{work['id']}/feedback"
        stale = client.post(path, json={"edits": [edit], "base_version": versions["items"][0]["version_id"]})
        fresh = client.post(path, json={"edits": [edit], "base_version": versions["head"]})
        told(client, work["id"], after=last)
        title = client.get(f"/v1/works/{work['id']}").json()["title"]
    assert stale.status_code == 409
    assert fresh.status_code == 202, fresh.text
    assert title == "The Friend"


def test_an_edit_of_a_field_that_there_is_not_is_named(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        told(client, work["id"])
        edit = {"change_type": "text_edit", "element_id": "concept", "change_data": {"owner": "me"}}
        answer = client.post(f"/v1/works/{work['id']}/feedback", json={"edits": [edit]})
        still = client.get(f"/v1/works/{work['id']}").json()["status"]
    assert answer.status_code == 422
    assert "owner" in answer.json()["detail"]
    assert still == "completed"


def test_a_plan_is_confirmed(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, feedback_mode={"enabled": True, "confirm_plans": True})
        _, seen = asked(client, work["id"])
        path = f"/v1/works/{work['id']}"
        client.post(f"{path}/feedback", json={"text": "Change the title to 'The Friend'."})
        plan, seen = asked(client, work["id"], seen)
        assert plan["confirming"]
        assert plan["plan"]["items"]
        yes = client.post(f"{path}/plans/{plan['interrupt_id']}/confirm", json={"action": "confirm"})
        after, _ = asked(client, work["id"], seen)
        again = client.post(f"{path}/plans/{plan['interrupt_id']}/confirm", json={"action": "confirm"})
        concept = client.get(path, params={"include": "concept"}).json()["phase_results"][0]["content"]
    assert yes.status_code == 202
    assert after["phase"] == "concept"
    assert again.status_code == 409
    assert concept["title"] == "The Friend"


def test_another_sentence_in_a_plans_place_is_answered_with_its_plan(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, feedback_mode={"enabled": True, "confirm_plans": True})
        _, seen = asked(client, work["id"])
        path = f"/v1/works/{work['id']}"
        first = client.post(f"{path}/feedback", params={"wait": 20}, json={"text": "Change the title to 'One'."})
        pending, _ = asked(client, work["id"], seen)
        body = {"action": "feedback", "text": "Change the title to 'Two'."}
        second = client.post(f"{path}/plans/{pending['interrupt_id']}/confirm", params={"wait": 20}, json=body)
    assert (first.status_code, second.status_code) == (200, 200), second.text
    assert pending["plan"]["items"] == first.json()["plan"]["items"]
    assert second.json()["plan"]["answer_id"] != first.json()["plan"]["answer_id"]
    assert "Two" in str(second.json()["plan"]["items"])
