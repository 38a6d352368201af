"""LangGraph Studio's server as `make studio` starts it: the graph is listed, drawn and run to its end."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.program import ROOT, line_with

pytestmark = [pytest.mark.slow, pytest.mark.timeout(280)]

STORY = (ROOT / "examples/the_lighthouse_cat.txt").read_text(encoding="utf-8")
PHASES = ("concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of a server that has started; the server ends with the test."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-B", "-m", "bootstrap.studio", "--port", str(port), "--no-reload"],
        cwd=ROOT,
        env=os.environ | {"MANGA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    assert server.stdout is not None
    drain = Thread(target=server.stdout.read)
    try:
        line_with(server.stdout, "Application started up")
        drain.start()
        transport = httpx.HTTPTransport(retries=5)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120, transport=transport) as client:
            yield client
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        if drain.is_alive():
            drain.join()
        server.stdout.close()


def test_the_studio_shows_the_graph_and_runs_a_story_to_the_finished_book(studio: httpx.Client) -> None:
    assistant = studio.post("/assistants/search", json={}).json()[0]
    assert assistant["graph_id"] == "mangaka"

    drawn = studio.get(f"/assistants/{assistant['assistant_id']}/graph").json()
    assert {*PHASES, *(f"{phase}_review" for phase in PHASES)} <= {node["id"] for node in drawn["nodes"]}

    thread = studio.post("/threads", json={}).json()["thread_id"]
    run = {"assistant_id": "mangaka", "input": {"brief": {"text": STORY}}, "stream_mode": ["updates"]}
    with studio.stream("POST", f"/threads/{thread}/runs/stream", json=run) as stream:
        updates = [json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line.startswith("data: ")]
    nodes = [name for update in updates for name in update]
    assert [name for name in nodes if name in PHASES] == list(PHASES)

    state = studio.get(f"/threads/{thread}/state").json()
    assert state["next"] == []
    assert len(state["values"]["finishing"]["pages"]) > 1
