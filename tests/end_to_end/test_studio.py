"""LangGraph Studio's server as `make studio` starts it: the graph is listed, drawn and run to its end."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from threading import Thread
from typing import Any

import httpx
import pytest
from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient

from tests.program import ROOT, line_with

pytestmark = [pytest.mark.slow, pytest.mark.timeout(280)]

STORY = (ROOT / "examples/the_lighthouse_cat.txt").read_text(encoding="utf-8")
PHASES = ("concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server that has started; the server ends with the test."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-B", "-m", "bootstrap.start_langgraph_dev", "--port", str(port), "--no-reload"],
        cwd=ROOT,
        env=os.environ | {"MANGA_HOME": str(tmp_path_factory.mktemp("studio")), "PYTHONPATH": str(ROOT)},
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


@pytest.fixture
def client(studio: httpx.Client) -> Iterator[SyncLangGraphClient]:
    """The stock client."""
    with get_sync_client(url=str(studio.base_url), timeout=120) as opened:
        yield opened


def test_the_studio_shows_the_graph_and_runs_a_story_to_the_finished_book(client: SyncLangGraphClient) -> None:
    assistant = client.assistants.search()[0]
    assert assistant["graph_id"] == "mangaka"
    schemas = client.assistants.get_schemas(assistant["assistant_id"])
    assert "brief" in (schemas["input_schema"] or {})["properties"]
    drawn = client.assistants.get_graph(assistant["assistant_id"])
    assert {*PHASES, *(f"{phase}_review" for phase in PHASES)} <= {node["id"] for node in drawn["nodes"]}

    thread = client.threads.create()["thread_id"]
    parts = list(client.runs.stream(thread, "mangaka", input={"brief": {"text": STORY}}, stream_mode="updates"))
    nodes = [name for part in parts if part.event == "updates" for name in part.data]
    assert [name for name in nodes if name in PHASES] == list(PHASES)
    assert len(values_of(client, thread)["finishing"]["pages"]) > 1


def test_the_stock_client_goes_through_seven_reviews_an_edit_and_a_fork(client: SyncLangGraphClient) -> None:
    thread = client.threads.create()["thread_id"]
    begin: dict[str, Any] = {"brief": {"text": STORY, "feedback_mode": {"enabled": True, "on_timeout": "hold"}}}
    client.runs.wait(thread, "mangaka", input=begin)
    asked = []
    while (found := review_of(client, thread)) is not None:
        asked.append(found["phase"])
        answer: dict[str, object] = {"action": "approve"}
        if asked == ["concept"]:
            edit = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "Nora's Lamp"}}
            answer = {"action": "edit", "edits": [edit | {"base_version": found["version_id"]}]}
        client.runs.wait(thread, "mangaka", command={"resume": answer})
    assert asked == ["concept", *PHASES]
    assert values_of(client, thread)["finishing"]["title"] == "Nora's Lamp"

    plotted = next(old for old in client.threads.get_history(thread, limit=100) if old["next"] == ["plot_review"])
    back = {"feedback": {"asked_at": "plot", "cancelled": True}}
    client.threads.update_state(thread, back, as_node="confirm", checkpoint=plotted["checkpoint"])
    client.runs.wait(thread, "mangaka", input=None)
    again = []
    while (found := review_of(client, thread)) is not None:
        again.append(found["phase"])
        client.runs.wait(thread, "mangaka", command={"resume": {"action": "approve"}})
    assert again == list(PHASES[2:])
    assert values_of(client, thread)["finishing"]["title"] == "Nora's Lamp"


def values_of(client: SyncLangGraphClient, thread: str) -> dict[str, Any]:
    values = client.threads.get_state(thread)["values"]
    assert isinstance(values, dict)
    return values


def review_of(client: SyncLangGraphClient, thread: str) -> dict[str, Any] | None:
    """What the graph asks, if it asks anything."""
    interrupts = client.threads.get_state(thread)["interrupts"]
    return dict(interrupts[0]["value"]) if interrupts else None


@pytest.mark.parametrize(
    ("origin", "allowed"), [("https://smith.langchain.com", True), ("https://evil.example", False)]
)
def test_only_studio_s_own_page_may_talk_to_the_server(studio: httpx.Client, origin: str, allowed: bool) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    answer = studio.options("/threads", headers=asked)
    assert (answer.status_code == 200) is allowed
    assert (answer.headers.get("access-control-allow-origin") == origin) is allowed
    assert not allowed or answer.headers["access-control-allow-private-network"] == "true"
