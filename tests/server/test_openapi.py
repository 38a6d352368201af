"""The OpenAPI document is whole, true and kept: docs/openapi.json is what the service says of itself."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import httpx
import jsonschema_rs
import pytest
import schemathesis

from server.app import create_app
from server.openapi import written
from storage.base import Event
from storage.database import connection
from storage.event_outbox import read_events
from tests.server.stories import FOX, drawn, told
from tests.service import Service
from works.delivery.webhook_delivery import body_of

KEPT: Final = Path(__file__).parents[2] / "docs" / "openapi.json"
STREAMS: Final = "text/event-stream"
Json = dict[str, Any]


class Validators:
    """One for each schema of the document: many answers have the same."""

    def __init__(self, document: Json) -> None:
        self.components = document["components"]
        self.made: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def of(self, schema: Json) -> jsonschema_rs.Draft202012Validator:
        name = json.dumps(schema, sort_keys=True)
        if name not in self.made:
            self.made[name] = jsonschema_rs.Draft202012Validator({**schema, "components": self.components})
        return self.made[name]


@pytest.fixture(scope="module")
def document() -> Json:
    return create_app().openapi()


@pytest.fixture(scope="module")
def validators(document: Json) -> Validators:
    return Validators(document)


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def resolved(document: Json, found: Json) -> Json:
    """What a reference means; anything else as it is."""
    while "$ref" in found:
        part: Any = document
        for name in found["$ref"].removeprefix("#/").split("/"):
            part = part[name]
        found = part
    return found


def test_the_kept_document_is_the_services(document: Json) -> None:
    assert KEPT.read_text(encoding="utf-8") == written(document), "`make openapi` writes it"


def test_every_operation_is_told_with_its_problems_and_who_may(document: Json) -> None:
    names = []
    for method, path, operation in operations(document):
        names.append(operation["operationId"])
        assert operation["summary"], path
        assert operation.get("description"), path
        assert len(operation["tags"]) == 1
        if operation["security"]:
            assert {"401", "429", "503"} <= set(operation["responses"]), path
        if method != "GET" and operation["security"] and "For viewers" not in operation["description"]:
            assert "403" in operation["responses"], path
    assert len(names) == len(set(names))
    tags = {tag["name"] for tag in document["tags"]}
    assert {tag for _, _, operation in operations(document) for tag in operation["tags"]} <= tags


def test_every_problem_is_problem_json_with_stable_codes(document: Json, validators: Validators) -> None:
    problem = validators.of({"$ref": "#/components/schemas/Problem"})
    for _, path, operation in operations(document):
        for status, answer in operation["responses"].items():
            if status[0] not in "45":
                continue
            content = resolved(document, answer)["content"]
            assert list(content) == ["application/problem+json"], (path, status)
            for example in content["application/problem+json"]["examples"].values():
                value = resolved(document, example)["value"]
                problem.validate(value)
                assert str(value["status"]) == status
                validators.of(content["application/problem+json"]["schema"]).validate(value)


def test_every_body_and_every_json_answer_has_an_example_that_fits(document: Json, validators: Validators) -> None:
    without = []
    for _, _, operation in operations(document):
        parts = [(operation["operationId"], operation["requestBody"])] if "requestBody" in operation else []
        parts += [(operation["operationId"], answer) for s, answer in operation["responses"].items() if s[0] == "2"]
        for name, part in parts:
            for kind, content in part.get("content", {}).items():
                if content.get("schema", {}).get("format") == "binary":
                    continue
                found = [content["example"]] if "example" in content else []
                found += [one["value"] for one in content.get("examples", {}).values()]
                if not found:
                    without.append((name, kind))
                for example in found:
                    validators.of(content["schema"]).validate(example)
    assert sorted(without) == [("graph_events_graph_events", STREAMS), ("protocol_events", STREAMS)]


def test_a_tool_that_calls_the_whole_api_can_load_it(document: Json) -> None:
    schema = schemathesis.openapi.from_dict(document)
    assert sum(1 for _ in schema.get_all_operations()) == sum(1 for _ in operations(document))


def test_the_alias_answers_and_is_not_in_the_document(document: Json, owner: httpx.Client, book: str) -> None:
    assert not [path for path in document["paths"] if "manga" in path]
    other = book.replace("/v1/works/", "/v1/manga/")
    assert owner.get(other).json() == owner.get(book).json()
    assert owner.get(f"{other}/files/pages/001.png").content[:4] == b"\x89PNG"
    assert owner.get("/v1/manga", params={"limit": 1}).json()["items"]
    assert owner.get("/v1/mangas").status_code == 404


def test_real_answers_have_the_shape_that_is_told(
    service: Service, document: Json, validators: Validators, owner: httpx.Client, book: str
) -> None:
    work = {"work_id": book.rpartition("/")[2], "version": "storyboard", "other": "head", "phase": "storyboard"}
    asked = [
        "/v1/works",
        "/v1/works/{work_id}",
        "/v1/works/{work_id}/versions",
        "/v1/works/{work_id}/versions/{version}",
        "/v1/works/{work_id}/versions/{version}/diff/{other}",
        "/v1/works/{work_id}/elements",
        "/v1/works/{work_id}/previews/{phase}",
        "/v1/works/{work_id}/exports",
        "/v1/capabilities",
        "/v1/usage",
        "/v1/webhooks",
    ]
    for path in asked:
        answer = owner.get(path.format(**work))
        assert answer.status_code == 200, path
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validators.of(schema).validate(answer.json())


def test_a_waiting_work_and_what_follows_have_the_shape_that_is_told(
    service: Service, document: Json, validators: Validators
) -> None:
    summary = validators.of({"$ref": "#/components/schemas/Answered"})
    with service.client() as client:
        work = drawn(client, FOX, feedback_mode={"enabled": True})
        summary.validate(work)
        told(client, work["id"], until=("review_requested",))
        path = f"/v1/works/{work['id']}"
        waiting = client.get(path).json()
        validators.of({"$ref": "#/components/schemas/Whole"}).validate(waiting)
        assert waiting["pending_review"]
        planned = client.post(f"{path}/feedback", params={"wait": 5}, json={"text": "Make it sadder."}).json()
        summary.validate(planned)
        token = client.post(f"{path}/stream-token").json()
        validators.of({"$ref": "#/components/schemas/StreamToken"}).validate(token)
        summary.validate(client.post(f"{path}/cancel").json())


def test_what_webhooks_send_has_the_shape_that_is_told(
    document: Json, validators: Validators, service: Service, book: str
) -> None:
    async def happened() -> list[Event]:
        async with connection(service.rooms.house.pool) as conn:
            return await read_events(conn, UUID(book.rpartition("/")[2]))

    events = [event for event in service.run(happened()) if event.type.value in document["webhooks"]]
    assert "completed" in {event.type.value for event in events}
    for event in events:
        operation = document["webhooks"][event.type.value]["post"]
        validators.of(operation["requestBody"]["content"]["application/json"]["schema"]).validate(
            json.loads(body_of(event))
        )
