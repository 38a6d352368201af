"""Connections that say nothing, or their head too slowly, are cut before anybody is asked who it is."""

import select
import socket
from http.client import HTTPResponse
from urllib.parse import urlsplit

import pytest

from server.security import http_head_limits
from tests.service import Service


def connected(service: Service) -> socket.socket:
    url = urlsplit(service.url)
    return socket.create_connection((url.hostname or "", url.port or 0), timeout=20)


def answered(connection: socket.socket) -> int:
    """The status of the next answer, which is read to its end, in however many pieces it comes."""
    answer = HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status


@pytest.mark.parametrize("sent", [b"", b"GET /v1/works HTT", b"GET /v1/works HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_slow_head_is_cut(service: Service, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(http_head_limits, "HEAD_S", 0.2)
    with connected(service) as slow:
        slow.sendall(sent)
        assert answered(slow) == 408
        assert slow.recv(200) == b""


def test_a_second_request_may_come_late_and_is_cut_when_its_head_is_slow(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_head_limits, "HEAD_S", 0.2)
    whole = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(service) as slow:
        for _ in range(2):
            slow.sendall(whole)
            assert answered(slow) == 200
            assert not select.select([slow], [], [], 0.4)[0], "between requests nobody is cut"
        slow.sendall(whole[:9])
        assert answered(slow) == 408
