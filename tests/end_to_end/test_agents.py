"""Agents over the Model Context Protocol, while what they speak with is killed: nothing is lost and nothing doubled."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, ExitStack, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

from manga.phases import PHASES
from tests.end_to_end.crew import check_whole, text
from tests.end_to_end.figures import Figures
from tests.end_to_end.service_program import Api, OwnServers, Program, own_servers, served
from tests.mcp_client import AT_WORK, Agent, agent
from tests.patience import patience
from tests.program import PROGRAM

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]
AGENTS = 2
Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


class Replicas:
    """Two services on one database. `kill` ends one by SIGKILL, and another takes its place."""

    def __init__(self, servers: OwnServers, stack: ExitStack) -> None:
        self.servers, self.stack = servers, stack
        self.up = [self._begin(), self._begin()]
        self.kills = 0
        self.turn = 0

    def _begin(self) -> Api:
        return self.stack.enter_context(served(self.servers))

    async def kill(self, which: int) -> None:
        program: Program = self.up[which].program
        program.signal(signal.SIGKILL)
        self.kills += 1
        self.up[which] = await asyncio.to_thread(self._begin)

    async def call(self, tool: str, **sent: Any) -> Json:
        """By a new client of the next replica; again by another where this one has died meanwhile."""
        for _ in range(int(20 * patience())):
            self.turn += 1
            url = str(self.up[self.turn % 2].client.base_url).rstrip("/")
            try:
                async with asyncio.timeout(60), agent(url, {}) as one:
                    return await one(tool, **sent)
            except (OSError, MCPError, TimeoutError, BaseExceptionGroup) as error:
                if isinstance(error, BaseExceptionGroup) and error.subgroup(AssertionError):
                    raise
                await asyncio.sleep(0.2)
        raise AssertionError(f"nobody answers {tool}")


async def made_by_an_agent(call: Call, number: int, between: Callable[[], Awaitable[None]]) -> str:
    """A book through all seven reviews. `between` happens after every answer, and before the next look."""
    sent = {"text": text(number), "review": True, "settings": {"pages": 4}, "request_id": f"book {number}"}
    made = await call("make_manga", **sent)
    assert (await call("make_manga", **sent))["work_id"] == made["work_id"]
    phases = list[str]()
    while True:
        told = await call("follow_manga", work_id=made["work_id"], wait_s=5)
        if told["status"] == "completed":
            break
        if told["status"] in AT_WORK:
            continue
        assert told["status"] == "awaiting_feedback", told
        phases.append(told["review"]["phase"])
        answer = {"work_id": made["work_id"], "review_id": told["review"]["id"]}
        await call("answer_review", **answer)
        await between()
        await call("answer_review", **answer)  # whoever does not know whether it came through sends it again
    assert phases == list(PHASES)
    return str(made["work_id"])


def test_agents_make_books_over_two_replicas_that_are_killed(tmp_path: Path, figures: Figures) -> None:
    with own_servers(tmp_path) as servers, ExitStack() as stack:
        replicas = Replicas(servers, stack)

        async def all_of_them() -> list[str]:
            killing, answers = asyncio.Lock(), 0

            async def kill_one() -> None:
                nonlocal answers
                answers += 1
                if answers % 2:
                    async with killing:
                        await replicas.kill(replicas.kills % 2)

            return list(
                await asyncio.gather(*(made_by_an_agent(replicas.call, number, kill_one) for number in range(AGENTS)))
            )

        works = asyncio.run(all_of_them())
        check_whole(servers, works)
        answers = servers.row("SELECT count(*) AS n FROM commands WHERE kind = 'answer'")["n"]
        assert answers == AGENTS * len(PHASES)
        assert servers.row("SELECT count(*) AS n FROM works")["n"] == AGENTS
        figures(
            "agents over MCP, a replica killed after every second answer",
            books=AGENTS, reviews=answers, kills=replicas.kills, lost=0, doubled=0,
        )  # fmt: skip
        assert replicas.kills == len(PHASES)


def test_an_agent_makes_a_book_over_stdio_that_is_killed_between_polls(tmp_path: Path) -> None:
    with own_servers(tmp_path) as servers:
        work = asyncio.run(_over_stdio(servers.stores.environment(servers.env)))
        check_whole(servers, [work])


async def _over_stdio(env: dict[str, str]) -> str:
    """A book; the program is killed after every third answer."""
    parameters = StdioServerParameters(command=sys.executable, args=["-c", PROGRAM, "mcp"], env=env)
    open_now: list[tuple[AsyncExitStack, Agent]] = []
    answers = 0

    async def call(tool: str, **sent: Any) -> Json:
        if not open_now:
            stack = AsyncExitStack()
            open_now.append((stack, Agent(await stack.enter_async_context(Client(parameters)))))
        return await open_now[0][1](tool, **sent)

    async def kill() -> None:
        nonlocal answers
        answers += 1
        if answers % 3:
            return
        stack, _ = open_now.pop()
        assert killed_children() == 1
        with suppress(Exception):  # whatever a client says when its program is gone
            await stack.aclose()

    work = await made_by_an_agent(call, 1, kill)
    await open_now.pop()[0].aclose()
    assert answers == len(PHASES)
    return work


def killed_children() -> int:
    """kill -9 of the program that the agent has begun, and of nothing else."""
    found = [child for child in psutil.Process().children() if child.cmdline()[-1:] == ["mcp"]]
    for child in found:
        child.kill()
    return len(found)
