"""Connections that say nothing, or their head too slowly, are cut before anybody is asked who it is."""

import socket
from urllib.parse import urlsplit

import pytest

from server.security import http_head_limits
from tests.service import Service


def connected(service: Service) -> socket.socket:
    url = urlsplit(service.url)
    return socket.create_connection((url.hostname or "", url.port or 0), timeout=20)


@pytest.mark.parametrize("sent", [b"", b"GET /v1/works HTT", b"GET /v1/works HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_slow_head_is_cut(service: Service, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(http_head_limits, "HEAD_S", 0.2)
    with connected(service) as slow:
        slow.sendall(sent)
        answer = slow.recv(200)
        rest = slow.recv(200)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert rest == b""


def test_a_second_request_may_come_late_and_is_cut_when_its_head_is_slow(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_head_limits, "HEAD_S", 0.2)
    whole = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(service) as slow:
        for _ in range(2):
            slow.sendall(whole)
            assert slow.recv(2000).startswith(b"HTTP/1.1 200 ")
        slow.sendall(whole[:9])
        assert slow.recv(2000).startswith(b"HTTP/1.1 408 ")
