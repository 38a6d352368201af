"""Works over HTTP: accepted once, listed, read, and nobody else's."""

from uuid import uuid4

import httpx
import pytest

from tests.server.stories import FOX, drawn, told
from tests.service import Service


def test_a_finished_work_tells_everything(owner: httpx.Client, book: str) -> None:
    whole = owner.get(book).json()
    assert whole["status"] == "completed"
    assert whole["pages"]
    assert {export["format"] for export in whole["exports"]} == {"pdf", "cbz"}


def test_every_address_in_a_result_leads_somewhere(owner: httpx.Client, book: str) -> None:
    whole = owner.get(book).json()
    addresses = [whole["manga_result"]["final_manga_url"], whole["pages"][0]["image"], whole["pages"][0]["graph"]]
    addresses += [export["url"] for export in whole["exports"]]
    addresses += [phase["preview_url"] for phase in whole["phase_results"]]
    assert len(addresses) == 12
    assert {owner.get(address).status_code for address in addresses} == {200}


def test_results_of_phases_come_on_demand(owner: httpx.Client, book: str) -> None:
    plain = owner.get(book).json()["phase_results"]
    asked = owner.get(book, params={"include": "plot,characters"}).json()["phase_results"]
    assert not plain[2]["content"]
    assert asked[2]["content"]["scenes"]
    assert asked[1]["content"]["characters"]
    assert not asked[3]["content"]


def test_an_unknown_phase_is_named(owner: httpx.Client, book: str) -> None:
    answer = owner.get(book, params={"include": "music"})
    assert answer.status_code == 422
    assert "music" in answer.json()["detail"]


def test_the_same_request_is_the_same_work(service: Service) -> None:
    with service.client() as client:
        first, second = (drawn(client, request_id="mine") for _ in range(2))
        other = client.post("/v1/works", json={"text": FOX + "!", "request_id": "mine"})
    assert first["id"] == second["id"]
    assert other.status_code == 409
    assert other.json()["code"] == "conflict"


def test_works_are_listed_newest_first_page_by_page(service: Service) -> None:
    with service.client() as client:
        made = [drawn(client)["id"] for _ in range(3)]
        first = client.get("/v1/works", params={"limit": 2}).json()
        second = client.get("/v1/works", params={"limit": 2, "cursor": first["next"]}).json()
    assert [work["id"] for work in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


def test_another_tenants_work_is_not_there(service: Service) -> None:
    with service.client() as owner, service.client() as stranger:
        work = drawn(owner)
        assert stranger.get(f"/v1/works/{work['id']}").status_code == 404
        assert stranger.get(f"/v1/works/{work['id']}/events").status_code == 404
        assert stranger.get("/v1/works").json()["items"] == []


def test_viewers_look_and_do_not_draw(service: Service) -> None:
    with service.client("viewer") as viewer:
        assert viewer.get("/v1/works").status_code == 200
        refused = viewer.post("/v1/works", json={"text": FOX})
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": FOX, "settings": {"pages": 401}}, "settings.pages"),
        ({"text": FOX, "owner": "me"}, "owner"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(service: Service, body: dict[str, object], field: str) -> None:
    with service.client() as client:
        answer = client.post("/v1/works", json=body)
    problem = answer.json()
    assert answer.status_code == 422
    assert field in problem["detail"]
    assert FOX not in answer.text


def test_a_work_that_is_not_there_is_not_found(service: Service) -> None:
    with service.client() as client:
        assert client.get(f"/v1/works/{uuid4()}").status_code == 404


def test_a_cancelled_work_stops_and_can_be_forked(service: Service) -> None:
    with service.client() as client:
        work = drawn(client, feedback_mode={"enabled": True})
        told(client, work["id"], until=("review_requested",))
        path = f"/v1/works/{work['id']}"
        states = [client.post(f"{path}/cancel").json()["status"] for _ in range(2)]
        events = [event["type"] for event in told(client, work["id"])]
        late = client.post(f"{path}/feedback", json={"action": "approve"})
        forked = client.post(f"{path}/versions/concept/fork", json={"branch": "again"})
    assert states == ["cancelled", "cancelled"]
    assert events.count("cancelled") == 1
    assert late.status_code == 409
    assert forked.status_code == 202


def test_a_finished_book_cannot_be_cancelled(owner: httpx.Client, book: str) -> None:
    assert owner.post(f"{book}/cancel").status_code == 409


def test_a_deleted_work_is_gone_with_its_objects(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        told(client, work["id"], until=("image_progress",))
        path = f"/v1/works/{work['id']}"
        assert client.delete(path).status_code == 204
        assert client.get(path).status_code == 404
        assert client.delete(path).status_code == 404
    left = [p for p in service.rooms.house.runner.blobs.root.rglob("*") if work["id"] in str(p)]  # type: ignore[attr-defined]
    assert left == []


def test_editors_do_not_delete(service: Service) -> None:
    with service.client("editor") as client:
        work = drawn(client)
        assert client.delete(f"/v1/works/{work['id']}").status_code == 403


def test_an_idempotency_key_is_a_request_id(service: Service) -> None:
    with service.client() as client:
        sent = [
            client.post("/v1/works", json={"text": FOX, **more}, headers={"Idempotency-Key": "key-1"})
            for more in ({}, {}, {"request_id": "own"})
        ]
        other = client.post("/v1/works", json={"text": f"{FOX} The end."}, headers={"Idempotency-Key": "key-1"})
    ids = [answer.json()["id"] for answer in sent]
    assert ids[0] == ids[1] != ids[2]
    assert [answer.json()["request_id"] for answer in sent] == ["key-1", "key-1", "own"]
    assert other.status_code == 409
