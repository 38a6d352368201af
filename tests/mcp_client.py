"""Stock clients of the Model Context Protocol, as agents bring them: the official SDK's, over HTTP and stdio.

async with agent(service.url, headers) as one:
    work = await one("make_manga", text=FOX)
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import httpx2
from mcp import Client
from mcp.client.extension import ClaimContext, ClientExtension, ResultClaim
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, Request, RequestParams, Result

from storage.base import WorkStatus
from tests.patience import patience

TASKS = "io.modelcontextprotocol/tasks"
AT_WORK = (WorkStatus.NEW, WorkStatus.QUEUED, WorkStatus.PROCESSING)
Json = dict[str, Any]
Answer = Callable[[Json], Awaitable[Json]]


@dataclass(frozen=True)
class Agent:
    """Calls tools by name. `refused` answers the error of a call that must not be carried out."""

    client: Client

    async def __call__(self, tool: str, **arguments: Any) -> Json:
        found = await self.client.call_tool(tool, arguments)
        assert not found.is_error, found.content
        told: Json = found.structured_content
        assert json.loads(found.content[0].text) == told  # type: ignore[union-attr] # the first is a text
        return told

    async def refused(self, tool: str, **arguments: Any) -> Json:
        found = await self.client.call_tool(tool, arguments)
        assert found.is_error, found
        error: Json = found.structured_content["error"]
        return error

    async def raw(self, tool: str, **arguments: Any) -> CallToolResult:
        return await self.client.call_tool(tool, arguments)

    async def followed(self, work_id: str) -> Json:
        """Until somebody is asked or nothing goes on by itself."""
        for _ in range(int(8 * patience())):
            told = await self("follow_manga", work_id=work_id, wait_s=10)
            if told["status"] not in AT_WORK:
                return told
        raise AssertionError(f"the work does not go on: {told}")


@asynccontextmanager
async def agent(
    url: str,
    headers: Mapping[str, str],
    mode: Literal["auto", "legacy"] = "auto",
    extensions: tuple[ClientExtension, ...] = (),
) -> AsyncIterator[Agent]:
    """`legacy` begins with the handshake of revisions before 2026."""
    async with (
        httpx2.AsyncClient(headers=dict(headers), timeout=60) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http), mode=mode, extensions=extensions) as client,
    ):
        yield Agent(client)


class TaskMade(Result):
    """A handle in place of a tool's result."""

    result_type: Literal["task"] = "task"
    task_id: str
    status: str


class TaskParams(RequestParams):
    """Of every method of tasks."""

    task_id: str
    input_responses: Json | None = None


class TaskRequest(Request[TaskParams, str]):
    """`tasks/get`, `tasks/update`, `tasks/cancel`."""

    name_param = "taskId"


class TaskState(Result):
    """A task as `tasks/get` tells of it."""

    model_config = Result.model_config | {"extra": "allow"}


@dataclass
class Tasks(ClientExtension):
    """Follows tasks that come in place of results, and answers what they ask for by `answer`. The SDK has the
    mechanism, and no tasks of its own."""

    answer: Answer
    made: list[str]
    identifier = TASKS

    def claims(self) -> list[ResultClaim[Any]]:
        return [ResultClaim(result_type="task", model=TaskMade, resolve=self._resolve)]

    async def _resolve(self, made: TaskMade, context: ClaimContext) -> CallToolResult:
        import anyio

        self.made.append(made.task_id)
        while True:
            told = await asked(context.session, "tasks/get", task_id=made.task_id)
            if told["status"] == "completed":
                return CallToolResult.model_validate(told["result"])
            assert told["status"] in ("working", "input_required"), told
            if told["status"] == "input_required":
                responses = {key: await self.answer(form) for key, form in told["inputRequests"].items()}
                await asked(context.session, "tasks/update", task_id=made.task_id, input_responses=responses)
            await anyio.sleep(0.05)


async def asked(session: Any, method: str, **params: Any) -> Json:
    """A method of tasks. Raises `MCPError`."""
    request = TaskRequest(method=method, params=TaskParams(**params))
    found = await session.send_request(request, TaskState)
    told: Json = found.model_dump(mode="json", by_alias=True)
    return told
