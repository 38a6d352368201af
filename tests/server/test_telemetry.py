"""Spans of requests, runs, phases and questions, at a collector that speaks OTLP; and without one, none."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from server.telemetry import is_wanted
from storage.base import Servers
from tests.server.stories import FOX, drawn, told
from tests.service import WHO, running_service

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = "b7ad6b7169203331"


class Collector(ThreadingHTTPServer):
    """Keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Take)
        self.bodies: list[bytes] = []

    def spans(self) -> list[Any]:
        found = []
        for body in self.bodies:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    found.extend(scope.spans)
        return found


class _Take(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        import gzip

        body = self.rfile.read(int(self.headers["content-length"]))
        packed = self.headers.get("content-encoding") == "gzip"
        server = self.server
        assert isinstance(server, Collector)
        server.bodies.append(gzip.decompress(body) if packed else body)
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()
    thread = threading.Thread(target=collector.serve_forever, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        collector.shutdown()
        collector.server_close()
        thread.join(5)


def test_a_book_is_a_trace_without_a_word_of_it(
    servers: Servers, slot: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
        empty = running_service(servers, slot, tmp_path, template="template1")  # it makes its tables by itself
        with empty as service, service.client(tenant="tenant-here") as client:
            work = drawn(client)
            told(client, work["id"])
            sent = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
            client.get(f"/v1/works/{work['id']}?word=hidden", headers=sent)
        spans = {span.name: span for span in collector.spans()}
        everything = b"".join(collector.bodies)
    read = spans["GET /v1/works/{work_id}"]
    assert (read.trace_id.hex(), read.parent_span_id.hex()) == (TRACE, PARENT)
    run, phase, question = spans["run"], spans["phase plot"], spans["text plot"]
    asked = spans["POST /v1/works"]
    assert (run.trace_id, run.parent_span_id) == (asked.trace_id, asked.span_id)
    assert phase.parent_span_id == run.span_id
    assert question.parent_span_id == phase.span_id
    assert {"phase concept", "phase finishing", "image panel", "POST /v1/works"} <= set(spans)
    for hidden in (b"hidden", b"fox", FOX[:20].encode(), b"tenant-here", WHO.encode()):
        assert hidden not in everything


def test_without_a_collector_nothing_of_the_sdk_is_imported() -> None:
    lines = (
        "import asyncio, sys",
        "from server.telemetry import open_traces",
        "async def main():",
        "    async with open_traces('serve') as traces:",
        "        print(traces, sorted(name for name in sys.modules if name.startswith('opentelemetry.sdk')))",
        "asyncio.run(main())",
    )
    told = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True, env={"PATH": ""}
    )
    assert told.stdout.strip() == "None []"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://localhost:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
    ],
)
def test_the_environment_names_a_collector(environment: dict[str, str], wanted: bool) -> None:
    assert is_wanted(environment) is wanted
