"""What stands before every route: who comes in, with what body, from which page; and what every answer carries."""

import asyncio
import json
import socket
import zlib
from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import httpx
import pytest
from starlette.requests import HTTPConnection

from manga.errors import Forbidden
from server.security.body_validation import DEEPEST, MOST_VALUES, BadJson, BadText, check_json
from server.security.identity import Role, local_person
from tests import asking
from tests.server.locked import MOST_BYTES, STUDIO, person
from tests.server.stories import FOX
from tests.service import Service


def test_everything_but_a_few_paths_needs_a_token(locked: Service) -> None:
    with asking.Client(base_url=locked.url) as nobody:
        for path in ("/healthz", "/readyz", "/openapi.json", "/docs"):
            assert nobody.get(path).status_code == 200, path
        for method, path in (
            ("GET", "/v1/works"),
            ("POST", "/v1/works"),
            ("GET", "/v1/capabilities"),
            ("GET", "/v1/nothing"),
            ("GET", "/anything/at/all"),
            ("DELETE", f"/v1/works/{uuid4()}"),
        ):
            answer = nobody.request(method, path)
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["code"] == "unauthorized"


def test_a_token_is_taken_from_either_header_and_from_no_address(ann: httpx.Client, locked: Service) -> None:
    token = ann.headers["authorization"].partition(" ")[2]
    assert asking.get(f"{locked.url}/v1/works", headers={"X-Api-Key": token}).status_code == 200
    assert asking.get(f"{locked.url}/v1/works", headers={"Authorization": f"bearer {token}"}).status_code == 200
    assert asking.get(f"{locked.url}/v1/works", params={"token": token}).status_code == 401
    assert asking.get(f"{locked.url}/v1/works", headers={"Authorization": f"Basic {token}"}).status_code == 401
    twice = [("Authorization", f"Bearer {token}")] * 2
    assert asking.get(f"{locked.url}/v1/works", headers=twice).status_code == 401


def test_roles_of_tokens_are_obeyed(locked: Service, ann: httpx.Client) -> None:
    with person(locked, Role.VIEWER) as viewer, person(locked, Role.EDITOR) as editor:
        assert viewer.get("/v1/works").status_code == 200
        assert viewer.post("/v1/works", json={"text": FOX}).status_code == 403
        assert editor.post("/v1/works/estimate", json={"text": FOX}).status_code == 200
        assert editor.get("/v1/usage").status_code == 403
    assert ann.get("/v1/usage").status_code == 200


def test_every_answer_carries_what_browsers_need_to_be_careful(ann: httpx.Client, locked: Service) -> None:
    for answer in (ann.get("/v1/works"), ann.get(f"/v1/works/{uuid4()}"), asking.get(f"{locked.url}/v1/works")):
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers
    assert "server" not in ann.get("/v1/works").headers


def test_behind_https_browsers_are_told_to_stay_there(ann: httpx.Client) -> None:
    answer = ann.get("/v1/works", headers={"X-Forwarded-Proto": "https"})
    assert answer.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ('application/json; charset="UTF-8"', 200),
        ("application/json; charset=utf-16", 415),
        ("text/plain", 415),
        ("text/json", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/xml", 415),
        ("", 415),
    ],
)
def test_only_json_is_taken(ann: httpx.Client, kind: str, status: int) -> None:
    body = json.dumps({"text": FOX}).encode()
    headers = {"Content-Type": kind} if kind else {}
    assert ann.post("/v1/works/estimate", content=body, headers=headers).status_code == status


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, identity"])
def test_packed_bodies_are_not_unpacked(ann: httpx.Client, coding: str) -> None:
    bomb = zlib.compress(b" " * 20_000_000, wbits=31)
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    answer = ann.post("/v1/works/estimate", content=bomb, headers=headers)
    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


def test_a_body_that_says_it_is_too_large_is_refused_unread(ann: httpx.Client) -> None:
    answer = ann.post("/v1/works", json={"text": "x" * MOST_BYTES})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_a_body_that_does_not_say_is_refused_when_it_is_too_large(locked: Service, ann: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 1024 + 2):
            yield b" " * 1024

    answer = ann.post("/v1/works", content=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1,]",
        b"\xff\xfe{}",
        b'{"text": "a", "text": "b"}',
        b'{"text": NaN}',
        b'{"text": -Infinity}',
        b'{"text": 1e999}',
        b'{"text": 99999999999999999999}',
        b'{"text": ' + b"9" * 5000 + b"}",
        b"[" * 5000,
        b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2),
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"[" + b"0," * MOST_VALUES + b"0]",
        b"\xef\xbb\xbf{}",
    ],
    ids=lambda content: content[:24].decode("latin-1"),
)
def test_json_that_can_be_read_in_two_ways_or_none_is_refused(content: bytes) -> None:
    with pytest.raises(BadJson):
        check_json(content)


@pytest.mark.parametrize(
    "content", [rb'{"text": "a\u0000b"}', rb'{"text": "\ud800"}', rb'{"\udfff": 1}', rb'["\u0000"]']
)
def test_text_that_nothing_can_keep_is_refused_with_its_place(content: bytes) -> None:
    with pytest.raises(BadText):
        check_json(content)


def test_what_is_fit_passes() -> None:
    deep = b"[" * DEEPEST + b"]" * DEEPEST
    for content in (
        b"{}",
        b"null",
        b'"\\ud83d\\ude00"',
        '{"text": "狐👩‍👩‍👧"}'.encode(),
        deep,
        b"-9223372036854775807",
        b"1e308",
    ):
        check_json(content)


def test_addresses_with_control_characters_are_refused(ann: httpx.Client) -> None:
    for path in ("/v1/works/%00", "/v1/works?limit=%0a1", f"/v1/works/{uuid4()}/files/a%1fb", "/v1/works?status=%00"):
        assert ann.get(path).status_code == 400, path


def test_long_addresses_and_headers_are_refused(ann: httpx.Client) -> None:
    assert ann.get("/v1/works", params={"x": "y" * 9000}).status_code == 414
    assert ann.get("/v1/works", headers={"X-More": "y" * 30_000}).status_code == 431


def test_a_head_without_an_end_is_cut_off(locked: Service) -> None:
    host, port = locked.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
        sent, answer = 0, b""
        with suppress(OSError):
            while sent < 64 * 1024 * 1024:
                connection.sendall(b"y" * 65_536)
                sent += 65_536
        with suppress(OSError):
            answer = connection.recv(100)
    assert sent < 8 * 1024 * 1024
    assert answer == b"" or b" 431 " in answer


def test_only_pages_of_named_origins_may_use_it(ann: httpx.Client) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for origin, allowed in ((STUDIO, STUDIO), ("https://evil.example", None), ("null", None)):
        preflight = ann.options("/v1/works", headers={"Origin": origin} | asked)
        assert preflight.headers.get("access-control-allow-origin") == allowed
        assert ann.get("/v1/works", headers={"Origin": origin}).headers.get("access-control-allow-origin") == allowed


def test_pages_of_other_sites_change_nothing(ann: httpx.Client, locked: Service) -> None:
    path = f"/v1/works/{uuid4()}/cancel"
    own = locked.url
    for headers, status in (
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": STUDIO}, 404),
        ({"Origin": own}, 404),
        ({}, 404),
    ):
        assert ann.post(path, headers=headers).status_code == status, headers


def of(host: str | None = "127.0.0.1:8700", **more: str) -> HTTPConnection:
    sent = ({"host": host} if host is not None else {}) | {name.replace("_", "-"): v for name, v in more.items()}
    headers = [(name.encode(), value.encode()) for name, value in sent.items()]
    return HTTPConnection({"type": "http", "headers": headers})


@pytest.mark.parametrize("host", ["127.0.0.1:8700", "localhost", "LOCALHOST:1", "[::1]:8700", "127.8.8.8"])
def test_this_machine_is_the_local_person(host: str) -> None:
    assert asyncio.run(local_person(of(host))).role is Role.ADMIN


@pytest.mark.parametrize(
    "connection",
    [
        of("evil.example"),
        of("127.0.0.1.evil.example:8700"),
        of("localhost.evil.example"),
        of("192.168.0.4"),
        of("[::1"),
        of(""),
        of(None),
        of(x_forwarded_for="203.0.113.9"),
        of(forwarded="for=203.0.113.9"),
        of(via="1.1 proxy"),
    ],
    ids=lambda connection: str(dict(connection.headers)),
)
def test_other_names_and_proxies_are_not(connection: HTTPConnection) -> None:
    with pytest.raises(Forbidden):
        asyncio.run(local_person(connection))
