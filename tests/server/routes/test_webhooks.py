"""A tenant's admin says where it wants to be told, and a book that is drawn tells it there."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.receiver import HOST, Receiver, receiving
from tests.security.webhook_urls import HOSTILE
from tests.server.stories import drawn, told
from tests.service import Service

WANTED = {"url": f"https://{HOST}/a"}


@pytest.fixture
def receiver(service: Service, tmp_path: Path) -> Iterator[Receiver]:
    """Whoever the service calls, it calls this one."""
    hooks = service.rooms.webhooks
    before = hooks.resolve, hooks.trust
    with receiving(tmp_path) as found:
        hooks.resolve, hooks.trust = found.resolve, found.trust
        yield found
        hooks.resolve, hooks.trust = before


def test_a_book_tells_that_it_waits_and_that_it_is_finished(service: Service, receiver: Receiver) -> None:
    with service.client() as client:
        made = client.post("/v1/webhooks", json={"url": receiver.url, "secret": "sixteen-letters-"}).json()
        drawn(client, feedback_mode={"enabled": True})
        first = receiver.next()
        assert first.headers["mangaka-event"] == "review_requested"
        assert json.loads(first.body)["data"]["phase"] == "concept"
        work = drawn(client)
        last = receiver.next()
        said = json.loads(last.body)
        assert (said["type"], said["work_id"]) == ("completed", work["id"])
        assert not any(word in last.body for word in (b"fox", b"boy", b"village"))
        events = {event["id"]: event for event in told(client, work["id"])}
        assert events[said["id"]]["at"] == said["at"]
        log = client.get(f"/v1/webhooks/{made['id']}/deliveries").json()["items"]
        assert {one["event"] for one in log} == {"review_requested", "completed"}


def test_something_is_sent_again_when_an_admin_asks(service: Service, receiver: Receiver) -> None:
    receiver.answers = [(500, {}, b"")]
    with service.client() as client, service.client() as other:
        made = client.post("/v1/webhooks", json={"url": receiver.url, "events": ["completed"]}).json()
        drawn(client)
        first = receiver.next()
        path = f"/v1/webhooks/{made['id']}/deliveries"
        again = f"{path}/{first.headers['mangaka-delivery']}/redeliver"
        assert other.post(again).status_code == 404
        assert client.post(f"{path}/{uuid4()}/redeliver").status_code == 404
        assert client.post(again).status_code == 202
        second = receiver.next()
        assert second.body == first.body
        assert second.headers["mangaka-delivery"] == first.headers["mangaka-delivery"]


def test_a_secret_is_told_once(service: Service) -> None:
    with service.client() as client:
        made = client.post("/v1/webhooks", json=WANTED)
        assert made.status_code == 201
        secret = made.json()["secret"]
        assert len(secret) > 40
        assert secret not in client.get("/v1/webhooks").text
        assert client.get(f"/v1/webhooks/{made.json()['id']}").json() == {
            name: value for name, value in made.json().items() if name != "secret"
        }


def test_webhooks_are_their_tenants_and_admins_own(service: Service) -> None:
    with service.client() as client, service.client() as other:
        path = f"/v1/webhooks/{client.post('/v1/webhooks', json=WANTED).json()['id']}"
        assert other.get("/v1/webhooks").json() == {"items": []}
        for answer in (other.get(path), other.delete(path), other.get(f"{path}/deliveries")):
            assert answer.status_code == 404
        for role in ("viewer", "editor"):
            with service.client(role) as somebody:
                assert somebody.post("/v1/webhooks", json=WANTED).status_code == 403
                assert somebody.get("/v1/webhooks").status_code == 403
        assert client.delete(path).status_code == 204
        assert client.delete(path).status_code == 404
        assert client.get("/v1/webhooks").json() == {"items": []}


def test_no_hostile_address_is_taken(service: Service) -> None:
    with service.client() as client:
        for name, url in HOSTILE.items():
            body = json.dumps({"url": url}).encode()
            answer = client.post("/v1/webhooks", content=body, headers={"Content-Type": "application/json"})
            assert answer.status_code in (400, 422), name
            assert answer.json()["code"] in ("address_refused", "invalid"), name
        assert client.get("/v1/webhooks").json() == {"items": []}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": 5},
        WANTED | {"events": []},
        WANTED | {"events": ["accepted"]},
        WANTED | {"events": ["completed"] * 9},
        WANTED | {"secret": "short"},
        WANTED | {"secret": "a secret with blanks in it"},
        WANTED | {"tenant": "another"},
    ],
)
def test_what_is_no_webhook_is_refused(service: Service, body: dict[str, object]) -> None:
    with service.client() as client:
        assert client.post("/v1/webhooks", json=body).status_code == 422
