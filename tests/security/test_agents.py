"""The matrix of `/mcp`: every tool, resource and method of tasks, asked by nobody, by another tenant and by each role.

The table names what each tool needs; one that is missing, or is there no more, fails.
"""

import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx
import pytest
from mcp.client.extension import advertise
from mcp.shared.exceptions import MCPError

from server.mcp.prompts import ASKS
from server.mcp.protocol import METHODS
from server.mcp.tool_table import TOOLS
from tests.mcp_client import TASKS, Agent, agent, asked
from tests.security.injections import INJECTIONS
from tests.security.sending import Shop, Stopwatch, count, no_fault
from tests.security.test_matrix import CANARY, ROLES, STORY
from tests.server.stories import FOX, drawn, told

pytestmark = [pytest.mark.slow, pytest.mark.anyio]
KIND: Final = "matrix of agents"
HEADERS: Final = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25"}
SENT: Final[Mapping[str, dict[str, Any]]] = {
    "make_manga": {"text": FOX},
    "estimate_manga": {"text": FOX},
    "follow_manga": {"work_id": "W"},
    "answer_review": {"work_id": "W", "review_id": "x"},
    "give_feedback": {"work_id": "W", "version": "V", "sentence": "Make it night"},
    "list_mangas": {},
    "read_pages": {"work_id": "W"},
    "read_phase": {"work_id": "W", "phase": "plot"},
    "list_versions": {"work_id": "W"},
    "compare_versions": {"work_id": "W", "old": "plot"},
    "branch_manga": {"work_id": "W", "version": "plot", "from_version": "V"},
    "export_manga": {"work_id": "W", "format": "pdf"},
    "control_manga": {"work_id": "W", "action": "pause"},
}
LOOKS: Final = {
    "follow_manga", "list_mangas", "read_pages", "read_phase", "list_versions", "compare_versions",
}  # fmt: skip
"""What viewers may call; the others need an editor."""
RESOURCES: Final = ("", "/phases/plot", "/pages/1", "/exports/pdf")
TASK_METHODS: Final = ("tasks/get", "tasks/update", "tasks/cancel")


def sent_to(tool: str, work: str, version: str = "v" * 8) -> dict[str, Any]:
    names = {"W": work, "V": version}
    return {name: names.get(value, value) for name, value in SENT[tool].items()}


@pytest.fixture(scope="module")
def work(shop: Shop) -> str:
    """A finished book with words that nobody else may read."""
    with shop.person("agents") as owner:
        made = drawn(owner, STORY)
        told(owner, made["id"])
    return str(made["id"])


@asynccontextmanager
async def person(shop: Shop, tenant: str, role: str = "admin", **how: Any) -> AsyncIterator[Agent]:
    token = shop.issuer.token(shop.issuer.claims(tenant=tenant, role=role))
    async with agent(shop.url, {"Authorization": f"Bearer {token}"}, **how) as found:
        yield found


async def call(one: Agent, tool: str, sent: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The error (empty: none), and all that came."""
    watch = Stopwatch()
    found = await one.raw(tool, **sent)
    error = found.structured_content.get("error", {}) if found.is_error else {}
    count(KIND, 400 if error else 200, watch.read(), tool)
    assert error.get("code") != "internal", found
    return error, found.model_dump_json()


def test_the_table_is_about_tools_that_there_are() -> None:
    assert set(SENT) == set(TOOLS)
    assert {name for name, tool in TOOLS.items() if tool.looks} == LOOKS


@pytest.mark.parametrize("method", [*METHODS, "initialize", "ping", "server/discover"])
def test_only_a_good_token_comes_in(shop: Shop, work: str, method: str) -> None:
    now, claims = int(time.time()), shop.issuer.claims
    tokens = {
        "none": None,
        "expired": shop.issuer.token(claims(tenant="agents", role="admin", iat=now - 900, exp=now - 300)),
        "other audience": shop.issuer.token(claims(tenant="agents", role="admin", aud="other")),
    }
    for kind, token in tokens.items():
        with shop.bearing(token) as client:
            body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"name": "list_mangas", "taskId": work}}
            answer = client.post("/mcp", json=body, headers=HEADERS)
        assert answer.status_code == 401, (kind, answer.text)
        assert CANARY not in answer.text


async def test_another_tenant_finds_nothing_by_any_tool(shop: Shop, work: str) -> None:
    with shop.person("agents") as owner:
        before = owner.get(f"/v1/works/{work}").json()
    async with person(shop, "stranger") as stranger:
        for tool in SENT:
            error, text = await call(stranger, tool, sent_to(tool, work, before["phase_results"][-1]["version_id"]))
            assert CANARY not in text, tool
            assert error.get("code") == "not_found" or "work_id" not in SENT[tool], (tool, error)
    with shop.person("agents") as owner:
        assert owner.get(f"/v1/works/{work}").json() == before
    no_fault(KIND, longest_s=10)


async def test_another_tenant_finds_no_resource_and_no_task(shop: Shop, work: str) -> None:
    async with person(shop, "stranger", extensions=(advertise(TASKS),)) as stranger:
        for path in RESOURCES:
            with pytest.raises(MCPError) as refused:
                await stranger.client.read_resource(f"mangaka://works/{work}{path}")
            assert CANARY not in str(refused.value)
        listed = await stranger.client.list_resources()
        assert work not in listed.model_dump_json()
        for method in TASK_METHODS:
            more: dict[str, Any] = {"input_responses": {}} if method == "tasks/update" else {}
            with pytest.raises(MCPError) as refused:
                await asked(stranger.client.session, method, task_id=work, **more)
            assert refused.value.error.code == -32602
            assert CANARY not in str(refused.value)


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_opens_what_it_should(shop: Shop, role: str) -> None:
    with shop.person("agents") as admin:
        scratch = str(drawn(admin, FOX, feedback_mode={"enabled": True})["id"])
        async with person(shop, "agents", role) as member:
            shown = {tool.name for tool in (await member.client.list_tools()).tools}
            for tool in SENT:
                error, _ = await call(member, tool, sent_to(tool, scratch))
                barred = role == "viewer" and tool not in LOOKS
                assert (error.get("code") == "forbidden") is barred, (tool, error)
                assert (tool in shown) is not barred
        admin.delete(f"/v1/works/{scratch}")


async def test_injections_are_text_wherever_a_tool_takes_text(shop: Shop, work: str) -> None:
    async with person(shop, "injected") as one:
        made = await one("make_manga", text=FOX)
        own = made["work_id"]
        for injection in INJECTIONS[:: max(1, len(INJECTIONS) // 6)]:
            text = str(injection)[:200].replace("\0", " ")
            for tool, sent in (
                ("follow_manga", {"work_id": text}),
                ("read_pages", {"work_id": own, "version": text[:80]}),
                ("branch_manga", {"work_id": own, "version": "head", "name": text[:40], "from_version": "x"}),
                ("answer_review", {"work_id": own, "review_id": text[:80]}),
                ("give_feedback", {"work_id": own, "version": text[:80], "sentence": text}),
            ):
                error, _ = await call(one, tool, sent)
                assert error, (tool, text)
            with pytest.raises(MCPError):
                await one.client.read_resource(f"mangaka://works/{own}/phases/{text[:20]}")
            for name, ask in ASKS.items():
                found = await one.client.get_prompt(name, {argument: text for argument, _, _ in ask.arguments})
                assert (
                    json.dumps(text, ensure_ascii=False)
                    in found.model_dump(mode="json")["messages"][0]["content"]["text"]
                )
        no_fault(KIND, longest_s=10)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"null", b'{"jsonrpc":"2.0"}', b'{"jsonrpc":"2.0","id":1,"method":"x"}',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call"}',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5,"arguments":"x"}}',
        b'{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"' + b"x" * 5000 + b'"}}',
        b'{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"' + b"x" * 500 + b'"}}',
        b"[" * 100_000, b'{"a":' * 40 + b"1" + b"}" * 40,
    ],
)  # fmt: skip
def test_messages_that_are_none_are_refused(shop: Shop, body: bytes) -> None:
    with shop.person("agents") as client:
        for method in ("POST", "GET", "DELETE", "PUT"):
            content = body if method in ("POST", "PUT") else None
            sent = {**HEADERS, "Content-Type": "application/json"} if content is not None else HEADERS
            watch = Stopwatch()
            answer: httpx.Response = client.request(method, "/mcp", content=content, headers=sent)
            count(KIND, answer.status_code, watch.read(), f"{method} {body[:60]!r}")
            assert answer.status_code < 500
            assert answer.status_code >= 400 or "error" in answer.text, answer.text
    no_fault(KIND, longest_s=10)


def test_a_page_of_another_site_speaks_with_no_agent(shop: Shop) -> None:
    with shop.person("agents") as client:
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        answer = client.post("/mcp", json=body, headers={**HEADERS, "Origin": "https://evil.example"})
    assert answer.status_code == 403
