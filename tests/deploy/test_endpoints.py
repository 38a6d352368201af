"""The document for Cloud Endpoints says of every route who may call it and where it is."""

import re

import pytest

from deploy.endpoints import DEADLINE_S, METHODS, endpoints
from server.app import create_app
from tests.deploy.files import Json, cloud_run

TOLD = {
    "host": "api.example",
    "backend": "https://api.run.example",
    "jwt_issuer": "https://issuer.example",
    "jwks_url": "https://issuer.example/jwks",
    "jwt_audience": "mangaka",
}


@pytest.fixture(scope="module")
def openapi() -> Json:
    return create_app().openapi()


@pytest.fixture(scope="module")
def document(openapi: Json) -> Json:
    return endpoints(openapi, TOLD)


def without_names(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def test_every_route_is_passed_on(openapi: Json, document: Json) -> None:
    wanted = {(without_names(p), m) for p, item in openapi["paths"].items() for m in METHODS if m in item}
    found = {(without_names(p), m) for p, item in document["paths"].items() for m in item}
    assert wanted - found - {("/metrics", "get")} == set()
    assert ("/v1/works/{}/ws", "get") in found
    assert {path.replace("/works", "/manga") for path, _ in found if path.startswith("/v1/works")} <= {
        p for p, _ in found
    }


def test_only_what_carries_its_own_token_goes_without_one(document: Json) -> None:
    free = {p for p, item in document["paths"].items() for op in item.values() if op.get("security") == []}
    works = {
        f"/v1/{word}/{{work_id}}/{stream}" for word in ("works", "manga") for stream in ("events", "graph-events", "ws")
    }
    assert free <= works | {"/v1/links/{signed=**}", "/v1/links/book", "/docs", "/openapi.json", "/ok"}
    assert {"/v1/works/{work_id}/events", "/v1/links/{signed=**}"} <= free
    assert document["security"] == [{"token": []}]


def test_metrics_are_not_for_outside(document: Json) -> None:
    assert not any("metrics" in path for path in document["paths"])


def test_names_of_operations_are_unique_and_parameters_are_those_of_the_path(document: Json) -> None:
    operations = [op for item in document["paths"].values() for op in item.values()]
    assert len({op["operationId"] for op in operations}) == len(operations)
    for path, item in document["paths"].items():
        for operation in item.values():
            named = {parameter["name"] for parameter in operation.get("parameters", [])}
            assert named == set(re.findall(r"\{(\w+)", path))


def test_calls_may_take_as_long_as_cloud_run_lets_them(document: Json) -> None:
    assert document["x-google-backend"]["deadline"] == DEADLINE_S
    for name in ("api", "gateway"):
        assert cloud_run(name)["spec"]["template"]["spec"]["timeoutSeconds"] == DEADLINE_S


def test_the_callers_own_token_reaches_the_api(document: Json) -> None:
    assert document["x-google-backend"]["disable_auth"] is True
    assert cloud_run("api")["metadata"]["annotations"]["run.googleapis.com/ingress"] == "internal"


def test_agents_come_in_by_their_tokens(document: Json) -> None:
    found = document["paths"]["/mcp"]
    assert set(found) == {"post"}
    assert "security" not in found["post"]  # the document's own holds: a token
