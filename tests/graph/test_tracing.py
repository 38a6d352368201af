"""Nothing is sent to LangSmith unless the person says so to us."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.program import LIMIT_S, Stores
from tests.warm import run_warm

RUN = """
import asyncio, sys
from pathlib import Path
from langchain_core.runnables import RunnableLambda
from langchain_core.tracers.langchain import wait_for_all_tracers
from graph.open_services import open_services
from storage.settings import StorageSettings

async def run():
    async with open_services(StorageSettings(home=Path(sys.argv[1]))):
        await RunnableLambda(lambda story: story).ainvoke("Once upon a time")

asyncio.run(run())
wait_for_all_tracers()
"""


@contextmanager
def langsmith() -> Iterator[tuple[str, list[bytes]]]:
    """Where traces go: the address, and what came."""
    came: list[bytes] = []

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers.get("content-length") or 0)))
            self._answer()

        def _answer(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *told: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", came
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("more", "sent"),
    [({}, False), ({"MANGA_TRACING": "true"}, True), ({"MANGA_TRACING": "true", "LANGSMITH_API_KEY": ""}, False)],
)
def test_a_story_goes_to_langsmith_only_when_we_are_told(more: dict[str, str], sent: bool, tmp_path: Path) -> None:
    with langsmith() as (address, came):
        told = dict.fromkeys(("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"), "true") | {
            "LANGSMITH_API_KEY": "ls-secret",
            "LANGSMITH_ENDPOINT": address,
        }
        environment = Stores(tmp_path, "", "").environment(told | more)
        run = run_warm(RUN, [str(tmp_path)], b"", tmp_path, environment, LIMIT_S)
    said = run.stderr.decode()
    assert run.returncode == 0, said
    assert bool(came) is sent
    assert ("nothing of your story is sent" in said) is not sent
    assert "ls-secret" not in said
