"""One address for several replicas: each connection goes to the next one that takes it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count

NOBODY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_CHUNK = 65_536
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def front(host: str, port: int, replicas: Sequence[int]) -> AsyncIterator[None]:
    """Listens at `port` for the replicas' ports. Raises `OSError` where that is taken."""
    turns, open_now = count(), set[asyncio.StreamWriter]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turns)
        order = [replicas[(first + step) % len(replicas)] for step in range(len(replicas))]
        other = await _first_open(host, order)
        if other is None:
            with suppress(ConnectionError):
                writer.write(NOBODY)
                await writer.drain()
            writer.close()
            return
        both = (writer, other[1])
        open_now.update(both)
        try:
            await asyncio.gather(_pipe(reader, other[1]), _pipe(other[0], writer))
        finally:
            for end in both:
                open_now.discard(end)
                end.close()

    server = await asyncio.start_server(serve, host, port)
    try:
        yield
    finally:
        server.close()
        for end in list(open_now):
            end.transport.abort()
        await asyncio.sleep(0)  # those that were cut see it before the loop ends


async def _first_open(host: str, ports: Sequence[int]) -> Streams | None:
    for port in ports:
        with suppress(OSError):
            return await asyncio.open_connection(host, port)
    return None


async def _pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Until either end is done; the other is told."""
    with suppress(ConnectionError):
        while data := await source.read(_CHUNK):
            target.write(data)
            await target.drain()
    with suppress(OSError, RuntimeError):
        target.write_eof()
