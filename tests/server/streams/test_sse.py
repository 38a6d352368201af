"""A stream as an ASGI response: its first words, heartbeats, its last words, readers that go or do not read."""

import asyncio
import socket
import struct
import threading
import time
from collections.abc import AsyncGenerator
from contextlib import suppress

import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send

from server.security.concurrency_limits import Seats, TooManyStreams
from server.streams.sse import EventStream, sse
from works.queue.job_queue import end_tasks

pytestmark = pytest.mark.anyio


class Browser:
    """The other side: takes what is sent, until it freezes; goes when it is told to."""

    def __init__(self, *, freezes_after: int | None = None) -> None:
        self.got: list[Message] = []
        self.gone = asyncio.Event()
        self.freezes_after = freezes_after
        self.cut = False

    async def send(self, message: Message) -> None:
        if self.freezes_after is not None and len(self.got) >= self.freezes_after:
            await asyncio.Event().wait()
        self.got.append(message)

    async def receive(self) -> Message:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.got).decode()

    async def watch(self, stream: EventStream) -> None:
        def abort() -> None:
            self.cut = True

        receive: Receive = self.receive
        send: Send = self.send
        await stream({"type": "http", "state": {"cut": abort}}, receive, send)


async def pieces(*texts: str) -> AsyncGenerator[bytes]:
    for number, text in enumerate(texts, start=1):
        yield sse(text, event="phase_started", id=str(number))


async def silence() -> AsyncGenerator[bytes]:
    await asyncio.Event().wait()
    yield b""


async def test_a_stream_says_when_to_come_back_and_ends_with_its_last_words() -> None:
    browser = Browser()
    await browser.watch(EventStream(pieces("{}", '{"a": 1}'), patience_s=5, last_words=lambda: b": bye\n\n"))
    assert browser.text == (
        "retry: 300\n\nevent: phase_started\nid: 1\ndata: {}\n\n"
        'event: phase_started\nid: 2\ndata: {"a": 1}\n\n: bye\n\n'
    )
    assert browser.got[0]["status"] == 200
    assert browser.got[-1]["more_body"] is False


async def test_a_silent_stream_has_a_heartbeat() -> None:
    browser = Browser()
    watching = asyncio.create_task(browser.watch(EventStream(silence(), patience_s=5, heartbeat_s=0.02)))
    async with asyncio.timeout(5):
        while browser.text.count(": ping\n\n") < 3:  # noqa: ASYNC110 - what it got knows no events
            await asyncio.sleep(0.005)
    browser.gone.set()
    await asyncio.wait_for(watching, 2)


async def test_a_reader_that_goes_frees_its_seat_and_one_that_freezes_is_cut_off() -> None:
    seats = Seats(2)
    here, frozen = Browser(), Browser(freezes_after=2)
    watching = [
        asyncio.create_task(here.watch(EventStream(silence(), patience_s=5, seat=seats.taken_by("t")))),
        asyncio.create_task(frozen.watch(EventStream(pieces("{}"), patience_s=0.05, seat=seats.taken_by("t")))),
    ]
    await asyncio.sleep(0)
    assert seats.taken == 2
    with pytest.raises(TooManyStreams):
        await Browser().watch(EventStream(silence(), patience_s=5, seat=seats.taken_by("t")))
    await asyncio.wait_for(watching[1], 5)
    assert (frozen.cut, here.cut) == (True, False)
    here.gone.set()
    await asyncio.wait_for(watching[0], 5)
    assert seats.taken == 0


async def test_a_stream_that_breaks_says_so_to_the_server() -> None:
    async def broken() -> AsyncGenerator[bytes]:
        yield b"data: 1\n\n"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Browser().watch(EventStream(broken(), patience_s=5))


async def test_a_task_that_loses_its_first_cancellation_is_ended_all_the_same() -> None:
    async def deaf() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    await asyncio.wait_for(end_tasks(task, again_s=0.01), 5)
    assert task.cancelled()


async def test_a_reader_that_is_gone_is_written_to_no_more(caplog: pytest.LogCaptureFixture) -> None:
    """A real server: its loop cannot hear that the reader has gone before a thousand pieces are there to be sent."""
    reset = threading.Event()

    async def told() -> AsyncGenerator[bytes]:
        await asyncio.sleep(0.1)
        assert reset.wait(10)  # the loop stands still
        for _ in range(1000):
            yield b"data: {}\n\n"

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await EventStream(told(), patience_s=5)(scope, receive, send)

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, ws="none"))
    serving = asyncio.create_task(server.serve([listener]))
    await asyncio.get_running_loop().run_in_executor(None, leave, listener.getsockname(), reset)
    await asyncio.wait([serving], timeout=1)
    server.should_exit = True
    await serving
    assert [record.getMessage() for record in caplog.records if "socket.send() raised" in record.getMessage()] == []


def leave(address: tuple[str, int], reset: threading.Event) -> None:
    """Asks, hears the beginning, and goes without a word."""
    reader = socket.create_connection(address)
    reader.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    reader.recv(100)
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    time.sleep(0.3)  # the generator blocks the loop by now
    reader.close()
    time.sleep(0.05)
    reset.set()
