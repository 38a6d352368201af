"""The fixture `openai_stub`: whoever speaks as OpenAI does, on 127.0.0.1, in this process. A `conftest.py` imports it.

The offline models answer our prompts, as they do behind the stub of Google (`tests/gemini/answering.py`).
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging import CRITICAL
from typing import Any, Final

import pytest
from uvicorn import Config, Server

from tests.gemini.line import Line
from tests.openai.app import App, Call, Desk, Rule
from tests.openai.faults import FAULTS

START_S: Final = 10.0


@dataclass(slots=True)
class OpenAi:
    """A running stub. `url` is a base URL with its version, as OPENAI_BASE_URL takes it; every key is taken."""

    url: str
    desk: Desk

    def fail(self, fault: str, *, first: int = 1, times: int = 1, prompt: str | None = None) -> None:
        """From the `first` matching call on, `times` calls fail. Raises ValueError."""
        if fault not in FAULTS:
            raise ValueError(f"no such fault: {fault}")
        self.desk.rules.append(Rule(fault, first, times, prompt))

    def answer(self, prompt: str, answer: Any) -> None:
        """What a prompt is answered with, in place of the offline models: plain JSON, or a function of its inputs."""
        self.desk.answering.own[prompt] = answer

    def reset(self) -> None:
        """As new: for a stub that several tests share."""
        with self.desk.lock:
            self.desk.rules.clear()
            self.desk.seen.clear()
            self.desk.calls.clear()
            self.desk.answering.own.clear()
            self.desk.context = None

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call so far, in the order of arrival."""
        return tuple(self.desk.calls.values())


class _Server(Server):
    """Says when it takes calls."""

    def __init__(self, config: Config, ready: threading.Event) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def serve(port: int = 0) -> Iterator[OpenAi]:
    """A stub of its own, on a free port unless one is given, until the block ends."""
    listening, ready, desk = socket.create_server(("127.0.0.1", port)), threading.Event(), Desk()
    config = Config(
        App(desk),
        http=Line,
        lifespan="off",
        log_config=None,
        log_level=CRITICAL,
        access_log=False,
        timeout_graceful_shutdown=0,
        timeout_keep_alive=600,  # a busy machine lets a line lie idle for seconds
    )
    server = _Server(config, ready)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), name="openai", daemon=True)
    thread.start()
    if not ready.wait(START_S):
        raise RuntimeError("the OpenAI stub does not start")
    try:
        yield OpenAi("http://{}:{}/v1".format(*listening.getsockname()), desk)
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


@pytest.fixture(scope="module")
def openai_running() -> Iterator[OpenAi]:
    with serve() as running:
        yield running


@pytest.fixture
def openai_stub(openai_running: OpenAi) -> OpenAi:
    """One stub for a module, as new for each test."""
    openai_running.reset()
    return openai_running
