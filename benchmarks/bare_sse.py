"""A server of events with nothing behind it: uvicorn and twenty lines, for comparison.

`GET /events?n=N&every=S` sends N events, one every S seconds; `GET /` answers a small object.

python -m benchmarks.bare_sse       prints its address
"""

import asyncio
import json
import socket
import time
from typing import Any
from urllib.parse import parse_qs

import uvicorn

_FILL = "x" * 250


async def app(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI application."""
    streaming = scope["path"] == "/events"
    kind = b"text/event-stream" if streaming else b"application/json"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    if streaming:
        asked = parse_qs(scope["query_string"].decode())
        for number in range(1, int(asked["n"][0]) + 1):
            await asyncio.sleep(float(asked["every"][0]))
            text = json.dumps({"id": str(number), "type": "tick", "at": time.time(), "data": _FILL})
            piece = f"event: tick\nid: {number}\ndata: {text}\n\n".encode()
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"" if streaming else b'{"status":"ok"}'})


def main() -> None:
    """Serves until SIGTERM."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
