"""The cluster's one address."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from deploy.cluster.__main__ import ports_from
from deploy.cluster.load_balancer import front

pytestmark = pytest.mark.anyio
HOST = "127.0.0.1"


@asynccontextmanager
async def replica(name: bytes) -> AsyncIterator[int]:
    """Says its name, then what it was told when the other is done with talking."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(name)
        writer.write(await reader.read())
        writer.close()

    server = await asyncio.start_server(serve, HOST, 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def told(port: int, words: bytes = b"") -> bytes:
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(words)
    writer.write_eof()
    found = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return found


async def test_connections_go_to_the_replicas_in_turn_and_bytes_go_both_ways() -> None:
    port = ports_from(0)[0]
    async with replica(b"one ") as one, replica(b"two ") as two, front(HOST, port, (one, two)):
        words = b"x" * 1_000_000
        assert [await told(port) for _ in range(4)] == [b"one ", b"two ", b"one ", b"two "]
        assert await told(port, words) == b"one " + words


async def test_a_dead_replica_is_passed_over_and_without_any_it_says_so() -> None:
    port, dead, other = ports_from(0)[:3]
    async with replica(b"two ") as two, front(HOST, port, (dead, two)):
        assert {await told(port) for _ in range(4)} == {b"two "}
    async with front(HOST, other, (dead,)):
        assert (await told(other, b"GET / HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 503 ")


def test_a_port_that_is_taken_is_known_before_anything_starts() -> None:
    with socket.create_server((HOST, 0)) as taken, pytest.raises(OSError, match="in use"):
        ports_from(taken.getsockname()[1] - 4)
