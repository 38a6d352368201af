"""The library of the agents' protocol is loaded by the first request, once; none waits for ever where it cannot be."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import Route

from server.mcp import at_first_request
from server.mcp.at_first_request import AtFirstRequest, ProtocolNotLoaded
from server.problem_json import add_problems

pytestmark = pytest.mark.anyio


class Library:
    """In place of `server.mcp.protocol`: each time it is opened another application answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[str] = []
        self.answered: list[str] = []
        self.broken = False
        self.ends = asyncio.Event()
        monkeypatch.setattr(at_first_request, "import_module", self.load)

    def load(self, name: str) -> SimpleNamespace:
        if self.broken:
            raise ImportError(name)
        return SimpleNamespace(open_http=self.open_http)

    @asynccontextmanager
    async def open_http(self, *_: object) -> AsyncIterator[Any]:
        name = f"opened {len(self.opened)}"
        self.opened.append(name)

        async def answers(*_: object) -> None:
            self.answered.append(name)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.break_off())
            yield answers

    async def break_off(self) -> None:
        await self.ends.wait()
        raise ZeroDivisionError


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return Library(monkeypatch)


def new() -> AtFirstRequest:
    return AtFirstRequest(None, 1)  # type: ignore[arg-type] # nothing here asks the backend


async def ask(mcp: AtFirstRequest) -> None:
    await mcp({}, None, None)  # type: ignore[arg-type] # the application takes anything


async def test_nothing_is_loaded_before_a_request_and_two_first_ones_load_it_once(library: Library) -> None:
    mcp = new()
    running = asyncio.create_task(mcp.run())
    await asyncio.sleep(0.05)
    assert library.opened == []
    await asyncio.gather(ask(mcp), ask(mcp))
    assert library.opened == ["opened 0"]
    assert library.answered == ["opened 0"] * 2
    running.cancel()


async def test_a_request_is_refused_where_the_library_cannot_be_loaded_and_the_next_try_counts(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    mcp = new()
    library.broken = True
    running = asyncio.create_task(mcp.run())
    monkeypatch.setattr(at_first_request, "PATIENCE_S", 0.1)
    with pytest.raises(ProtocolNotLoaded):
        await ask(mcp)
    with pytest.raises(ImportError):
        await running
    monkeypatch.setattr(at_first_request, "PATIENCE_S", 20.0)
    library.broken = False
    running = asyncio.create_task(mcp.run())
    await ask(mcp)
    assert library.answered == ["opened 0"]
    running.cancel()


async def test_nobody_is_sent_to_what_has_broken_off(library: Library) -> None:
    mcp = new()
    running = asyncio.create_task(mcp.run())
    await ask(mcp)
    library.ends.set()
    with pytest.raises(ExceptionGroup):
        await running
    library.ends.clear()
    asked = asyncio.create_task(ask(mcp))
    await asyncio.sleep(0.05)
    assert library.answered == ["opened 0"]
    running = asyncio.create_task(mcp.run())
    await asked
    assert library.answered == ["opened 0", "opened 1"]
    running.cancel()


async def test_a_refused_request_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_first_request, "PATIENCE_S", 0.01)
    app = FastAPI()
    add_problems(app)
    app.router.routes.append(Route("/mcp", endpoint=new(), methods=["POST"]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        answer = await client.post("/mcp", json={})
    assert (answer.status_code, answer.json()["code"]) == (503, "protocol_not_loaded")
