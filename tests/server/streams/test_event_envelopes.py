"""Every event that is sent is as it is described: its type on the closed list, its data with the fields named there."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from manga.errors import ProviderFault, QuotaExhausted
from manga.phases import Phase
from server.app import create_app
from server.streams.event_envelopes import DATA, checked_envelope
from storage.base import EventType
from storage.database import Pool, connection, transaction
from storage.event_outbox import envelope, read_events
from tests.server.routes.test_answers import REVIEWED, asked
from tests.server.stories import drawn, told
from tests.servers import database_url, databases, pool, template  # noqa: F401 - fixtures
from tests.service import Service
from tests.works.scripted import brief, scripted
from tests.works.test_run import failing
from works.accept_work import Request, accept
from works.base import LOCAL_TENANT, Ticket
from works.notifications import tell_finished
from works.queue.job_queue import open_queue

# ruff: noqa: F811 - fixtures


def types_of(events: list[dict[str, Any]]) -> set[str]:
    """After each was looked at."""
    for event in events:
        checked_envelope(event)
    return {event["type"] for event in events}


def test_every_type_is_described_and_stands_in_the_openapi_document() -> None:
    assert set(DATA) == set(EventType)
    schemas = create_app().openapi()["components"]["schemas"]
    for kind, data in DATA.items():
        assert schemas[f"{data.__name__}Event"]["properties"]["type"]["const"] == kind.value


def test_the_events_of_a_book_are_as_described(owner: httpx.Client, book: str) -> None:
    events = told(owner, book.rpartition("/")[2])
    assert types_of(events) == {
        "accepted", "phase_started", "phase_complete", "version_created", "image_progress", "export_ready", "completed",
    }  # fmt: skip
    assert {event["v"] for event in events} == {1}
    assert {event["data"]["format"] for event in events if event["type"] == "export_ready"} == {"pdf", "cbz"}


def test_the_addresses_in_events_answer(owner: httpx.Client, book: str) -> None:
    events = told(owner, book.rpartition("/")[2])
    previews = [event["data"]["preview_url"] for event in events if event["type"] == "phase_complete"]
    files = [event["data"]["url"] for event in events if event["type"] == "export_ready"]
    assert [owner.get(url, params={"quality": 1}).json()["phase"] for url in previews] == [p.value for p in Phase]
    assert [len(owner.get(url).content) for url in files] == [
        event["data"]["bytes"] for event in events if event["type"] == "export_ready"
    ]


def test_an_event_with_a_field_too_many_or_of_another_type_is_none() -> None:
    good = {
        "v": 1,
        "id": "7",
        "type": "phase_started",
        "work_id": "4c1f2b9e-5a7d-4c43-9d6a-0d8c1a2b3c4d",
        "version_id": None,
        "at": "2026-01-01T00:00:00+00:00",
        "data": {"phase": "plot"},
    }
    checked_envelope(good)
    wrong: list[dict[str, Any]] = [
        {"type": "said"},
        {"data": {"phase": "plot", "text": "x"}},
        {"v": 2},
        {"id": "x"},
        {"data": {}},
    ]
    for change in wrong:
        with pytest.raises(ValidationError):
            checked_envelope(good | change)


def test_feedback_and_edits_are_told_as_described_and_without_the_words(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, **REVIEWED)
        path = f"/v1/works/{work['id']}"
        _, seen = asked(client, work["id"])
        sentence = "Change the title to 'The Friend'."
        answer = client.post(f"{path}/feedback", params={"wait": 20}, json={"text": sentence})
        _, seen = asked(client, work["id"], seen)
        events = _all(client, work["id"], seen)
    assert answer.status_code == 200, answer.text
    plan = answer.json()["plan"]
    assert plan["items"]
    assert plan["redo"]["phases"] == ["concept"]
    assert {"feedback_received", "plan_ready", "review_requested", "preview_change"} <= types_of(events)
    ready = next(event for event in events if event["type"] == "plan_ready")
    assert ready["data"] == plan
    assert sentence not in str([event for event in events if event["type"] == "feedback_received"])
    change = next(event for event in events if event["type"] == "preview_change")
    assert change["data"]["element_id"] == "concept"
    assert change["data"]["change_data"] == {"title": "The Friend"}
    assert change["data"]["phase"] == "concept"
    assert change["version_id"] == change["data"]["version_id"]


def _all(client: httpx.Client, work_id: str, last: int) -> list[dict[str, Any]]:
    """Up to the event with this id."""
    found: list[dict[str, Any]] = []
    while not found or int(found[-1]["id"]) < last:
        found += told(client, work_id, until=("review_requested",), after=int(found[-1]["id"]) if found else 0)
    return found


def test_an_edit_of_a_finished_book_tells_what_it_changed_once(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        last = int(told(client, work["id"])[-1]["id"])
        edit = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "The Friend"}}
        body = {"edits": [edit], "answer_id": "0b6b2f3c-6f0f-4f0e-9f4e-0f6a2c1d9e77"}
        path = f"/v1/works/{work['id']}/feedback"
        answer = client.post(path, params={"wait": 20}, json=body)
        again = client.post(path, params={"wait": 20}, json=body)
        events = told(client, work["id"], after=last)
    types_of(events)
    assert answer.json()["plan"]["answer_id"] == body["answer_id"]
    assert again.json()["plan"] == answer.json()["plan"]
    assert [event["type"] for event in events].count("plan_ready") == 1
    early = [event["data"] for event in events if event["type"] == "page_ready"]
    assert [told["page"] for told in early] == [0]  # of all pages the title page alone has the title on it
    changes = [event["data"] for event in events if event["type"] == "preview_change"]
    assert [c["change_data"] for c in changes if c["phase"] == "concept"] == [{"title": "The Friend"}]


def test_an_approval_waits_for_no_plan(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, **REVIEWED)
        asked(client, work["id"])
        answer = client.post(f"/v1/works/{work['id']}/feedback", params={"wait": 20}, json={"action": "approve"})
        wrong = client.post(f"/v1/works/{work['id']}/feedback", params={"wait": 21}, json={"action": "approve"})
    assert answer.status_code == 202
    assert "plan" not in answer.json()
    assert answer.elapsed.total_seconds() < 10
    assert wrong.status_code == 422


def test_the_end_of_a_cancelled_work_is_as_described(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, **REVIEWED)
        asked(client, work["id"])
        client.post(f"/v1/works/{work['id']}/cancel")
        assert "cancelled" in types_of(told(client, work["id"]))


@pytest.mark.anyio
async def test_stops_and_ends_of_runs_are_as_described(pool: Pool, tmp_path: Path) -> None:
    seen: set[str] = set()
    for error in (ProviderFault("No answer."), QuotaExhausted()):
        runner, _ = scripted(pool, tmp_path, failing(Phase.PLOT, error))
        work_id = (await accept(pool, await open_queue(pool), Request(brief(request_id=error.code)))).work.id
        with pytest.raises(type(error)):
            await runner.run(work_id)
        await runner.run(work_id)
        async with connection(pool) as conn:
            seen |= types_of([envelope(event) for event in await read_events(conn, work_id)])
    assert {"failed", "parked", "resumed", "completed"} <= seen


@pytest.mark.anyio
async def test_the_end_of_a_book_tells_what_is_missing_before_it_ends(pool: Pool, tmp_path: Path) -> None:
    runner, story = scripted(pool, tmp_path)
    work_id = (await accept(pool, await open_queue(pool), Request(brief()))).work.id
    await runner.run(work_id)
    ticket = Ticket(work_id, LOCAL_TENANT, 1, brief(), 60)
    async with transaction(pool) as conn:
        last = (await read_events(conn, work_id))[-1].id
        await tell_finished(conn, ticket, await story._book(work_id), "v7", ["b0001"])
    async with connection(pool) as conn:
        events = [envelope(event) for event in await read_events(conn, work_id, after=last)]
    types_of(events)
    assert [event["type"] for event in events] == ["degraded", "export_ready", "completed"]
    assert events[0]["data"] == {"placeholders": ["b0001"]}
    assert {event["version_id"] for event in events} == {"v7"}
