"""Every operation of the OpenAPI, asked by everybody: nobody, expired, of another tenant, each role.

The table below names what each operation needs; one that is missing, or is there no more, fails.
"""

import json
import time
from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from server.app import create_app
from tests.security.hostile_pictures import drawn as picture
from tests.security.sending import Shop, Stopwatch, Took, count, no_fault
from tests.server.stories import FOX, drawn, told

pytestmark = pytest.mark.slow

KIND: Final = "matrix of operations"
CANARY: Final = "Quillon of Averpool"
STORY: Final = f'{CANARY} came to the village. "Who are you?" asked the boy. "A friend," said {CANARY}.'
ROLES: Final = ("viewer", "editor", "admin")

OPEN: Final = {("GET", "/v1/links/{signed}"), ("POST", "/v1/links/book")}
ADMIN: Final = {
    ("DELETE", "/v1/works/{work_id}"),
    ("DELETE", "/threads/{thread_id}"),
    ("POST", "/threads/prune"),
    ("GET", "/v1/usage"),
    ("GET", "/v1/webhooks"),
    ("POST", "/v1/webhooks"),
    ("GET", "/v1/webhooks/{webhook_id}"),
    ("DELETE", "/v1/webhooks/{webhook_id}"),
    ("GET", "/v1/webhooks/{webhook_id}/deliveries"),
    ("POST", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver"),
}
LOOKING: Final = {
    ("POST", "/v1/works/{work_id}/stream-token"),
    ("POST", "/v1/works/{work_id}/links"),
    ("POST", "/assistants/search"),
    ("POST", "/assistants/count"),
    ("POST", "/assistants/{assistant}/versions"),
    ("POST", "/threads/search"),
    ("POST", "/threads/count"),
    ("POST", "/threads/{thread_id}/history"),
    ("POST", "/threads/{thread_id}/state/checkpoint"),
    ("POST", "/threads/{thread_id}/stream/events"),
}
"""POSTs that change nothing: viewers may."""

COMMANDS: Final = "/threads/{thread_id}/commands"
EDIT: Final = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "Other"}}
RUN: Final = {"assistant_id": "mangaka", "input": None, "command": {"resume": {"action": "approve"}}}
BODIES: Final[dict[str, Any]] = {
    "/v1/works": {"text": FOX},
    "/v1/works/estimate": {"text": FOX},
    "/v1/works/{work_id}/feedback": {"edits": [EDIT]},
    "/v1/works/{work_id}/plans/{plan_id}/confirm": {"action": "confirm"},
    "/v1/works/{work_id}/versions/{version}/fork": {},
    "/v1/works/{work_id}/versions/{version}/keep": {"panels": ["p01.k1"]},
    "/v1/works/{work_id}/versions/{version}": {"name": "Other"},
    "/v1/works/{work_id}/locks": {"elements": ["p01.k1"]},
    "/v1/works/{work_id}/exports": {"format": "pdf"},
    "/v1/works/{work_id}/pictures": picture("PNG"),
    "/v1/works/{work_id}/links": {"names": ["book.pdf"]},
    "/v1/works/{work_id}/book-link": {"days": 7},
    "/v1/links/book": {"token": "a.b.c"},
    "/v1/webhooks": {"url": "https://hooks.example.com/a"},
    "/threads/{thread_id}": {"metadata": {"a": "b"}},
    "/threads/{thread_id}/runs": RUN,
    "/threads/{thread_id}/runs/stream": RUN,
    "/threads/{thread_id}/runs/wait": RUN,
    "/threads/{thread_id}/state": {"values": {}},
    "/threads/{thread_id}/state/checkpoint": {"checkpoint": {"checkpoint_id": "1f0c0de0-0000-6000-8000-000000000000"}},
    COMMANDS: {"id": 1, "method": "run.start", "params": {"input": {"brief": {"text": FOX}}}},
    "/threads/{thread_id}/stream/events": {"channels": ["values"]},
}
PNG: Final = {"Content-Type": "image/png"}
MOST_PATIENCE_S: Final = 20.0
PATIENCE_S: Final = 1.5
"""With a stream that has no end, and with what waits for a run."""

WAITING: Final = {"/threads/{thread_id}/runs/wait", "/runs/wait", "/threads/{thread_id}/runs/{run_id}/join"}
"""They answer when a run ends."""

Operation = tuple[str, str]


def operations() -> list[Operation]:
    """All that there are, what deletes last."""
    paths = create_app().openapi()["paths"]
    found = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    return sorted(found, key=lambda operation: (operation[0] == "DELETE", operation[1]))


def role_of(operation: Operation) -> str:
    if operation in ADMIN:
        return "admin"
    return "viewer" if operation[0] == "GET" or operation in LOOKING else "editor"


def is_about_one(path: str) -> bool:
    """One of a tenant's own things."""
    return any(name in path for name in ("{work_id}", "{thread_id}", "{webhook_id}"))


def address(path: str, work: str) -> str:
    """`work` stands for anything else of the tenant's too."""
    names = {"version": "head", "other": "plot", "phase": "plot", "name": "book.pdf", "plan_id": "x"}
    names |= {
        "assistant": "mangaka",
        "signed": "1-" + "0" * 64 + "/x",
        "format": "pdf",
        "cut_id": "x",
        "panel": "p01.k1",
    }
    names |= {
        "delivery_id": work,
        "run_id": work,
        "checkpoint_id": work,
        "work_id": work,
        "thread_id": work,
        "webhook_id": work,
    }
    for name, value in names.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"{path}: say what stands there"
    return path


def ask(client: httpx.Client, operation: Operation, work: str, patience_s: float = PATIENCE_S) -> tuple[int, str]:
    """The status, and what came of the body: of a stream that has no end its beginning."""
    method, path = operation
    body = BODIES.get(path, {}) if method in ("POST", "PATCH", "PUT") else None
    sent: Any = {"content": body, "headers": PNG} if isinstance(body, bytes) else {"json": body}
    watch, took = Stopwatch(), Took(0.0)
    try:
        with client.stream(method, address(path, work), **sent, timeout=patience_s) as answer:
            status, took = answer.status_code, watch.read()
            text = _beginning(answer)
    except httpx.ReadTimeout:
        if path not in WAITING:  # the machine may be busy with others
            assert patience_s < MOST_PATIENCE_S, f"{path} does not answer"
            return ask(client, operation, work, MOST_PATIENCE_S)
        status, text = 200, ""
    count(KIND, status, took, f"{method} {path}")
    no_fault(KIND)
    return status, text


def _beginning(answer: httpx.Response) -> str:
    content = bytearray()
    try:
        for chunk in answer.iter_bytes():
            content += chunk
            if len(content) > 500_000:
                break
    except httpx.ReadTimeout:
        pass
    return content.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def work(shop: Shop) -> str:
    """A finished book with words that nobody else may read."""
    with shop.person("matrix") as owner:
        made = drawn(owner, STORY)
        told(owner, made["id"])
    return str(made["id"])


@pytest.fixture(scope="module", params=ROLES)
def member(request: pytest.FixtureRequest, shop: Shop) -> Iterator[tuple[str, httpx.Client]]:
    with shop.person("matrix", request.param) as client:
        yield request.param, client


def test_the_table_is_about_operations_that_there_are() -> None:
    assert {*OPEN, *ADMIN, *LOOKING} - {("POST", "/threads/count")} <= set(operations())
    assert set(BODIES) <= {path for _, path in operations()}


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_only_a_good_token_comes_in(shop: Shop, work: str, operation: Operation) -> None:
    now = int(time.time())
    claims = shop.issuer.claims
    tokens = {
        "none": None,
        "expired": shop.issuer.token(claims(tenant="matrix", role="admin", iat=now - 900, exp=now - 300)),
        "other audience": shop.issuer.token(claims(tenant="matrix", role="admin", aud="other")),
    }
    for kind, token in tokens.items():
        with shop.bearing(token) as client:
            status, text = ask(client, operation, work)
        assert status == (403 if operation in OPEN else 401), (kind, status)
        assert CANARY not in text


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_another_tenant_finds_nothing(shop: Shop, work: str, operation: Operation) -> None:
    with shop.person("stranger") as stranger:
        status, text = ask(stranger, operation, work)
    assert CANARY not in text
    if operation[1] == COMMANDS:  # this protocol puts its errors into answers
        assert json.loads(text)["type"] == "error"
    elif is_about_one(operation[1]):
        assert status == 404, (status, text[:300])
    else:
        assert status < 500


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_a_role_opens_what_it_should(shop: Shop, member: tuple[str, httpx.Client], operation: Operation) -> None:
    role, client = member
    if operation in OPEN:
        return
    with shop.person("matrix") as admin:
        scratch = _scratch(admin, operation[1])
        status, text = ask(client, operation, scratch)
        admin.delete(f"/v1/works/{scratch}")
    if ROLES.index(role) < ROLES.index(role_of(operation)):
        assert status == 403, (status, text[:300])
    else:
        assert status not in (401, 403), (status, text[:300])
        assert status < 500


def _scratch(admin: httpx.Client, path: str) -> str:
    """Something of the tenant's that may be changed."""
    if "{webhook_id}" in path:
        return str(admin.post("/v1/webhooks", json=BODIES["/v1/webhooks"]).json()["id"])
    return str(drawn(admin, FOX, feedback_mode={"enabled": True})["id"])


def test_another_tenants_webhooks_are_not_there(shop: Shop) -> None:
    with shop.person("matrix") as admin, shop.person("stranger") as stranger:
        hook = _scratch(admin, "{webhook_id}")
        before = admin.get(f"/v1/webhooks/{hook}").text
        for operation in operations():
            if "{webhook_id}" in operation[1]:
                assert ask(stranger, operation, hook)[0] == 404, operation
        assert hook not in stranger.get("/v1/webhooks").text
        assert admin.get(f"/v1/webhooks/{hook}").text == before


def test_sockets_are_for_the_tenant_alone(shop: Shop, work: str) -> None:
    claims = shop.issuer.claims
    senders: dict[int, list[str | None]] = {
        4401: [None, shop.issuer.token(claims(tenant="matrix", aud="other"))],
        4404: [shop.issuer.token(claims(tenant="stranger", role="admin"))],
        1000: [shop.issuer.token(claims(tenant="matrix", role=role)) for role in ROLES],
    }
    url = f"{shop.url.replace('http', 'ws')}/v1/works/{work}/ws?after=0"
    for code, tokens in senders.items():
        for token in tokens:
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            with connect(url, additional_headers=headers) as socket:
                received = _all(socket)
            assert socket.close_code == code
            assert bool(received) == (code == 1000)


def _all(socket: ClientConnection) -> list[str]:
    found: list[str] = []
    try:
        while True:
            found.append(str(socket.recv(10)))
    except ConnectionClosed:
        return found
