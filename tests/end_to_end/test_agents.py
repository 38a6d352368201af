"""Agents over the Model Context Protocol, while what they speak with is killed: nothing is lost and nothing doubled."""

import asyncio
import json
import re
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

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
from tests.program import PROGRAM, ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]
AGENTS: Final = 2
MANUAL: Final = ROOT / "docs" / "mcp.md"
Json = dict[str, Any]
Call = Callable[..., Awaitable[Json]]


class Replicas:
    """Two services on one database. `kill` ends one by SIGKILL, and another takes its place."""

    def __init__(self, servers: OwnServers, stack: ExitStack) -> None:
        self.servers, self.stack = servers, stack
        self.up = [self._begin(), self._begin()]
        self.killing = asyncio.Lock()
        self.replacing: asyncio.Task[None] | None = None
        self.kills = 0

    def _begin(self) -> Api:
        return self.stack.enter_context(served(self.servers))

    async def kill(self, which: int) -> None:
        """The other one has to do until there is another in its place; only then the next one is killed."""
        await self.killing.acquire()
        program: Program = self.up[which].program
        program.signal(signal.SIGKILL)
        self.kills += 1
        self.replacing = asyncio.create_task(self._replace(which))

    async def _replace(self, which: int) -> None:
        try:
            self.up[which] = await asyncio.to_thread(self._begin)
        finally:
            self.killing.release()

    async def call(self, first: int, tool: str, **sent: Any) -> tuple[int, Json]:
        """By a new client of this replica; of the other one and this one in turn where it has died meanwhile. Who
        answered, and what."""
        for turn in range(int(20 * patience())):
            which = (first + turn) % 2
            url = str(self.up[which].client.base_url).rstrip("/")
            try:
                async with asyncio.timeout(60), agent(url, {}) as one:
                    return which, await one(tool, **sent)
            except (OSError, MCPError, TimeoutError, BaseExceptionGroup) as error:
                if isinstance(error, BaseExceptionGroup) and error.subgroup(AssertionError):
                    raise
                await asyncio.sleep(0.2)
        raise AssertionError(f"nobody answers {tool}")


@dataclass
class Talk:
    """An agent's calls, each of the replica that did not answer before, written down. The one that took an answer is
    killed after every second one."""

    replicas: Replicas
    lines: list[str] = field(default_factory=list)
    answers: int = 0
    last: int = 1

    async def call(self, tool: str, **sent: Any) -> Json:
        self.last, told = await self.replicas.call(1 - self.last, tool, **sent)
        if tool != "follow_manga" or told["status"] not in AT_WORK:
            self._write(tool, sent, told)
        return told

    def _write(self, tool: str, sent: Json, told: Json) -> None:
        shown = {name: str(value)[:8] if name.endswith("_id") else value for name, value in sent.items()}
        shown = {name: value for name, value in shown.items() if name not in ("text", "settings")}
        self.lines.append(f"replica {self.last + 1} > {tool} {json.dumps(shown)}")
        if tool == "follow_manga":
            review = told.get("review")
            self.lines.append(f"  review of {review['phase']} ({review['step']})" if review else f"  {told['status']}")

    async def between(self) -> None:
        self.answers += 1
        if self.answers % 2:
            await self.replicas.kill(self.last)
            self.lines.append(f"kill -9 of replica {self.last + 1}")


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
        talks = [Talk(replicas) for _ in range(AGENTS)]

        async def all_of_them() -> list[str]:
            books = (made_by_an_agent(talk.call, number, talk.between) for number, talk in enumerate(talks))
            made = list(await asyncio.gather(*books))
            assert replicas.replacing is not None
            await replicas.replacing
            return made

        works = asyncio.run(all_of_them())
        check_whole(servers, works)
        answers = servers.row("SELECT count(*) AS n FROM commands WHERE kind = 'answer'")["n"]
        assert answers == AGENTS * len(PHASES)
        assert servers.row("SELECT count(*) AS n FROM works")["n"] == AGENTS
        figures(
            "agents over MCP, the replica that took an answer killed after every second one",
            books=AGENTS, reviews=answers, kills=replicas.kills, lost=0, doubled=0,
        )  # fmt: skip
        assert replicas.kills == AGENTS * (len(PHASES) + 1) // 2
        transcript = "\n".join(talks[0].lines)
        assert told_alike(transcript) == told_alike(in_the_manual()), transcript


def in_the_manual() -> str:
    """The transcript of such a book, as the document shows it."""
    found = re.search(r"```\n(replica .+?)\n```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    return found[1] if found else ""


def told_alike(transcript: str) -> str:
    """Without ids, and without who took which call."""
    return re.sub(r"[0-9a-f]{8}(?=\")|(?<=replica )\d", "*", transcript)


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
