"""The fixture `gemini`: Google's models on 127.0.0.1, in this process, for one test. A `conftest.py` imports it:

from tests.gemini.server import gemini

def test_x(gemini: Gemini) -> None:
    client = genai.Client(api_key="any", http_options=types.HttpOptions(base_url=gemini.url))
    gemini.fail("503", times=2)                             # the next two calls, then all is well
    gemini.fail("429day", first=7, prompt="plot")           # the seventh call of one prompt
    gemini.fail_some("500", "badjson", share=0.1, seed=3)   # a tenth of all calls
    ...
    assert gemini.count(fault=None, status=200) == 5
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging import CRITICAL
from typing import Any, Final

import pytest
from uvicorn import Config, Server

from tests.gemini.app import App, Desk
from tests.gemini.calls import Call
from tests.gemini.line import Line
from tests.gemini.plan import ALWAYS, Rule
from tests.remembering import remembering_pool

START_S: Final = 10.0


@dataclass(slots=True)
class Gemini:
    """A running stub. `url` is a base URL without version; every key is taken."""

    url: str
    desk: Desk
    loop: asyncio.AbstractEventLoop

    def fail(
        self, *faults: str, first: int = 1, times: int = 1, model: str | None = None, prompt: str | None = None
    ) -> None:
        """From the `first` matching call on, `times` calls fail; of several faults one by chance. Raises ValueError."""
        self.desk.plan.rules.append(Rule(faults, first, times, model=model, prompt=prompt))

    def fail_some(
        self, *faults: str, share: float, seed: int = 0, model: str | None = None, prompt: str | None = None
    ) -> None:
        """A share (0..1) of all matching calls fails, the same ones for the same seed. Raises ValueError."""
        self.desk.plan.rules.append(Rule(faults, 1, ALWAYS, share, seed, model, prompt))

    def recover(self) -> None:
        """No further faults; those planned are forgotten."""
        self.desk.plan.clear()

    def reset(self) -> None:
        """As new: for a stub that several tests share."""
        self.recover()
        self.desk.answering.own.clear()
        self.desk.routes.clear()
        self.desk.transcript.clear()
        self.desk.takes, self.desk.kept = (lambda call: 0.0), None
        self.draw()
        self.loop.call_soon_threadsafe(self.desk.released.clear)

    def answer(self, prompt: str, answer: Any) -> None:
        """What a prompt is answered with, in place of the offline models: plain JSON, or a function of its inputs."""
        self.desk.answering.own[prompt] = answer

    def draw(self, *, panels: bool = True, media_type: str | None = None, sketches: bool | None = None) -> None:
        """Panels and sheets by the offline artist where a prompt directs one (else test cards), as image/png or
        image/jpeg, after a sketch of the model's thinking or without one. None: now so, now so."""
        self.desk.draws_panels, self.desk.media_type, self.desk.sketches = panels, media_type, sketches

    def take(self, seconds: Callable[[Call], float]) -> None:
        """How long a model takes for a call."""
        self.desk.takes = seconds

    def keep_pictures(self) -> None:
        """Each is drawn once, whoever asks for it."""
        self.desk.kept = self.desk.kept or {}

    def route(self, model: str, to: str) -> None:
        """As the service does with retired models: calls of `model` are answered by another, without a word."""
        self.desk.routes[model] = to

    def release(self) -> None:
        """Calls with the fault `slow` go on."""
        self.loop.call_soon_threadsafe(self.desk.released.set)

    def arrived(self, count: int, timeout_s: float = START_S) -> bool:
        """Waits until `count` calls have come, answered or not. False: they have not."""
        return self.desk.transcript.wait(count, timeout_s)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call of a model so far, in the order of arrival."""
        return tuple(self.desk.transcript.calls.values())

    @property
    def most_at_once(self) -> int:
        return self.desk.transcript.most_at_once

    def count(self, **wanted: object) -> int:
        """How many calls have these values in `Call`'s fields: `model=`, `prompt_id=`, `fault=`, `status=`, `paid=`."""
        return sum(1 for _ in self.desk.transcript.chosen(**wanted))


class _Server(Server):
    """Says when it takes calls."""

    def __init__(self, config: Config, ready: threading.Event) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@dataclass(slots=True)
class _Thread:
    """The thread that the stub lives in, with its own event loop."""

    listening: socket.socket
    server: _Server | None = None
    gemini: Gemini | None = None

    def run(self, begun: threading.Event) -> None:
        asyncio.run(self._serve(begun))

    async def _serve(self, begun: threading.Event) -> None:
        desk = Desk()
        async with remembering_pool(1) as pool:
            config = Config(
                App(desk, pool),
                http=Line,
                lifespan="off",
                log_config=None,
                log_level=CRITICAL,
                access_log=False,
                timeout_graceful_shutdown=0,
            )
            self.server = _Server(config, begun)
            host, port = self.listening.getsockname()
            self.gemini = Gemini(f"http://{host}:{port}", desk, asyncio.get_running_loop())
            await self.server.serve([self.listening])


@contextmanager
def serve(port: int = 0) -> Iterator[Gemini]:
    """A stub of its own, on a free port unless one is given, until the block ends."""
    listening = socket.create_server(("127.0.0.1", port))
    room, begun = _Thread(listening), threading.Event()
    thread = threading.Thread(target=room.run, args=(begun,), name="gemini", daemon=True)
    thread.start()
    if not begun.wait(START_S) or room.gemini is None or room.server is None:
        raise RuntimeError("the Gemini stub does not start")
    try:
        yield room.gemini
    finally:
        room.server.should_exit = room.server.force_exit = True
        thread.join()


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    """Google's models, for this test alone."""
    with serve() as running:
        yield running
