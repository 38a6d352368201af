"""Every request has an id and a line in the log, and neither tells what was asked."""

import io
import json
import logging
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.sync.client import connect

from server.logs import Aside, JsonLines
from server.request_logging import HEADER, tenant_mark
from tests import asking
from tests.server.stories import FOX, drawn, told
from tests.service import WHO, Service


class Lines(logging.Handler):
    """Lines as the service writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.text: list[str] = []
        self.written = threading.Condition()

    def emit(self, record: logging.LogRecord) -> None:
        with self.written:
            self.text.append(self.format(record))
            self.written.notify_all()

    def wait(self, name: str, value: object) -> list[dict[str, Any]]:
        """Those lines, as soon as there is one."""
        with self.written:
            self.written.wait_for(lambda: self.of(name, value), 10)
        return self.of(name, value)

    def of(self, name: str, value: object) -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.text) if line.get(name) == value]


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler, ours = Lines(), logging.getLogger("mangaka")
    before = ours.level
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        ours.removeHandler(handler)
        ours.setLevel(before)


def test_an_answer_has_the_id_that_was_sent_or_a_new_one(service: Service) -> None:
    with service.client() as client:
        sent = client.get("/v1/works", headers={HEADER: "mine-1.a"}).headers[HEADER]
        new = {client.get("/v1/works").headers[HEADER] for _ in range(2)}
        odd = [client.get("/v1/works", headers={HEADER: bad}).headers[HEADER] for bad in ("a b", "x" * 65, '"', "-")]
    assert sent == "mine-1.a"
    assert len(new) == 2
    assert all(uuid.UUID(found) for found in odd)


def test_refusals_and_what_is_not_there_have_an_id_too(service: Service) -> None:
    with asking.Client(base_url=service.url) as nobody:
        answers = [nobody.get("/v1/works"), nobody.get("/nothing"), nobody.get("/healthz")]
    assert answers[0].status_code == 401
    assert all(HEADER in answer.headers for answer in answers)


def test_what_nobody_expected_has_its_id_in_the_answer_and_in_the_log(
    service: Service, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = "the words of a story"

    async def broken(*_: object, **__: object) -> None:
        raise ValueError(story)

    monkeypatch.setattr("server.routes.status.read_usage", broken)
    with service.client() as client:
        answer = client.get("/v1/usage", headers={HEADER: "odd-1"})
    assert (answer.status_code, answer.headers[HEADER]) == (500, "odd-1")
    (line,) = [one for one in lines.of("request", "odd-1") if one["logger"] == "mangaka.server"]
    assert line["error"] == "ValueError"
    assert "broken" in line["where"]
    assert story not in "".join(lines.text)


def test_a_request_has_one_line_that_names_its_route_and_nothing_that_was_asked(service: Service, lines: Lines) -> None:
    tenant = "tenant-of-this-test"
    with service.client(tenant=tenant) as client:
        work = drawn(client, FOX)
        path = f"/v1/works/{work['id']}"
        client.get(f"{path}?include=plot&word=hidden", headers={HEADER: "look-1"})
        client.get("/v1/links/1-abc/some-name", headers={HEADER: "look-2"})
        client.get("/v1/nowhere/hidden", headers={HEADER: "look-3"})
    (line,) = lines.wait("request", "look-1")
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/works/{work_id}", 200)
    assert line["work"] == work["id"]
    assert line["ms"] > 0
    assert line["tenant"] == tenant_mark(tenant)
    assert lines.wait("request", "look-2")[0]["route"] == "/v1/links/{signed}"
    assert lines.wait("request", "look-3")[0]["route"] == "none"
    everything = "".join(lines.text)
    for hidden in ("hidden", "some-name", "fox", tenant, WHO):
        assert hidden not in everything


def test_a_stream_is_told_when_it_ends(service: Service, lines: Lines) -> None:
    with service.client() as client:
        work = drawn(client)
        client.headers[HEADER] = "told-1"
        told(client, work["id"])
    (line,) = lines.wait("request", "told-1")
    assert (line["route"], line["work"]) == ("/v1/works/{work_id}/events", work["id"])
    assert line["bytes"] > 1000


def test_questions_after_its_health_leave_no_line(service: Service, lines: Lines) -> None:
    with asking.Client(base_url=service.url) as nobody:
        nobody.get("/healthz")
    assert lines.of("route", "/healthz") == []


def test_lines_of_a_run_name_its_work_and_phase(
    service: Service, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    from offline import writer

    usual = writer.OfflineWriter.answer

    async def saying(self: Any, ask: Any) -> Any:
        logging.getLogger("mangaka.models").info("asked %s", ask.prompt_id)
        return await usual(self, ask)

    monkeypatch.setattr(writer.OfflineWriter, "answer", saying)
    with service.client() as client:
        client.headers[HEADER] = "asked-1"
        work = drawn(client)
        told(client, work["id"])
    found = {line["message"]: line for line in lines.of("work", work["id"]) if line["logger"] == "mangaka.models"}
    assert found["asked plot"]["phase"] == "plot"
    assert found["asked concept"]["phase"] == "concept"
    assert found["asked concept"]["request"] == "asked-1"


def test_what_is_logged_is_written_by_a_thread_of_its_own_line_by_line() -> None:
    stream = io.StringIO()
    handler = Aside(stream)
    handler.setFormatter(JsonLines())
    for number in range(100):
        handler.handle(logging.LogRecord("mangaka.test", logging.INFO, "x", 1, f"line {number}\nsecond", (), None))
    handler.close()
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["message"] for line in told] == [f"line {number}\nsecond" for number in range(100)]


def test_libraries_say_their_first_line_only() -> None:
    record = logging.LogRecord("asyncio", logging.ERROR, "x", 1, "Task failed\nfuture: ValueError('a story')", (), None)
    assert json.loads(JsonLines().format(record))["message"] == "Task failed"


def test_figures_by_method_stay_few(service: Service, lines: Lines) -> None:
    with service.client() as client:
        client.request("PROPFIND", "/v1/works", headers={HEADER: "odd-method"})
    assert lines.wait("request", "odd-method")[0]["method"] == "OTHER"


def test_a_socket_has_its_line_too(service: Service, lines: Lines) -> None:
    with service.client() as client:
        work = drawn(client)
        told(client, work["id"])
        address = f"{service.url.replace('http', 'ws', 1)}/v1/works/{work['id']}/ws?after=0"
        with connect(address, additional_headers={WHO: client.headers[WHO], HEADER: "socket-1"}) as socket:
            assert socket.response is not None
            assert socket.response.headers[HEADER] == "socket-1"
            for _ in socket:
                pass
    (line,) = lines.wait("request", "socket-1")
    assert (line["method"], line["route"], line["status"]) == ("WS", "/v1/works/{work_id}/ws", 1000)
    assert line["work"] == work["id"]
