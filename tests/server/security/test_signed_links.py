"""What is good for a moment without a header: tokens for one work's streams, links to one object."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from manga.errors import MangaError
from server.security.signed_links import LinkExpired, LinkSigner, kept_secret, signing_by
from server.settings import ServerSettings
from tests import asking
from tests.server.locked import SECRET, person
from tests.server.stories import drawn, told
from tests.service import Service


def test_a_stream_token_opens_one_works_streams_and_nothing_else(ann: httpx.Client, locked: Service) -> None:
    work, other = drawn(ann)["id"], drawn(ann)["id"]
    given = ann.post(f"/v1/works/{work}/stream-token").json()
    told(ann, work)
    with asking.Client(base_url=locked.url, params={"token": given["token"]}) as browser:
        lines = browser.get(f"/v1/works/{work}/events").text
        assert "event: completed" in lines
        assert browser.get(f"/v1/works/{other}/events").status_code == 401
        for path in (f"/v1/works/{work}", f"/v1/works/{work}/versions", "/v1/works"):
            assert browser.get(path).status_code == 401, path
    as_header = {"Authorization": f"Bearer {given['token']}"}
    assert asking.get(f"{locked.url}/v1/works/{work}", headers=as_header).status_code == 401
    api = ann.headers["authorization"].partition(" ")[2]
    assert asking.get(f"{locked.url}/v1/works/{work}/events", params={"token": api}).status_code == 401


def test_a_stream_token_of_anothers_work_is_not_given(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    with person(locked) as stranger:
        assert stranger.post(f"/v1/works/{work}/stream-token").status_code == 404


def closing(locked: Service, path: str) -> tuple[list[str], int | None]:
    """The types that a socket tells, and the code it is closed with."""
    with connect(locked.url.replace("http", "ws") + path) as socket:
        told = []
        try:
            while True:
                told.append(json.loads(socket.recv(10))["type"])
        except ConnectionClosed:
            return told, socket.close_code


def test_sockets_take_stream_tokens_and_say_why_they_close(ann: httpx.Client, locked: Service) -> None:
    work, other = drawn(ann)["id"], drawn(ann)["id"]
    told(ann, work)
    token = ann.post(f"/v1/works/{work}/stream-token").json()["token"]
    types, code = closing(locked, f"/v1/works/{work}/ws?token={token}&after=0")
    assert (types[-1], code) == ("completed", 1000)
    for path in (f"/v1/works/{work}/ws", f"/v1/works/{other}/ws?token={token}", f"/v1/works/{work}/ws?token=x.y.z"):
        assert closing(locked, f"{path}{'&' if '?' in path else '?'}after=0") == ([], 4401)


def test_a_page_of_another_site_opens_no_socket(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    token = ann.post(f"/v1/works/{work}/stream-token").json()["token"]
    url = f"{locked.url.replace('http', 'ws')}/v1/works/{work}/ws?token={token}"
    with connect(url, origin=Origin("https://evil.example")) as socket, pytest.raises(ConnectionClosed):
        socket.recv(10)
    assert socket.close_code == 4403


def test_a_link_gives_one_object_until_it_ends(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    told(ann, work)
    blobs = locked.rooms.house.runner.blobs
    name = locked.run(_store(blobs, work))
    links = locked.rooms.signing.links
    path = links.sign(name, 60)
    found = asking.get(locked.url + path)
    assert (found.status_code, found.content[:4]) == (200, b"\x89PNG")
    assert found.headers["content-type"] == "image/png"
    assert "sandbox" in found.headers["content-security-policy"]
    for bad in (
        links.sign(name, -1),
        path.replace(name, name[:-1] + "0"),
        path.replace("-", "0-", 1),
        path[: len("/v1/links/")] + "x",
        links.sign(name, 60) + "/../x",
    ):
        assert asking.get(locked.url + bad).status_code == 403, bad
    assert asking.get(locked.url + links.sign(f"t/{uuid4()}/{'0' * 64}", 60)).status_code == 404


def test_links_to_files_of_a_work_are_its_tenants_to_give(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    told(ann, work)
    names = ["pages/001.png", "book.pdf", "pages/001.png"]
    given = ann.post(f"/v1/works/{work}/links", json={"names": names}).json()
    assert [item["name"] for item in given["items"]] == names[:2]
    for item in given["items"]:
        plain = ann.get(f"/v1/works/{work}/files/{item['name']}").content
        assert asking.get(locked.url + item["url"]).content == plain
    assert ann.post(f"/v1/works/{work}/links", json={"names": ["pages/999.png"]}).status_code == 404
    assert ann.post(f"/v1/works/{work}/links", json={"names": ["x"] * 51}).status_code == 422
    with person(locked) as stranger:
        assert stranger.post(f"/v1/works/{work}/links", json={"names": names}).status_code == 404


async def _store(blobs: Any, work: str) -> str:
    data = b"\x89PNG\r\n\x1a\n" + b"0" * 100
    name = f"t/{work}/{sha256(data).hexdigest()}"
    await blobs.put(name, data)
    return name


def test_links_of_another_secret_or_time_are_none() -> None:
    now = [1000.0]
    links = LinkSigner(b"k" * 32, lambda: now[0])
    path = links.sign("a b/ü/%", 10)
    assert links.check(path) == ("a b/ü/%", 10)
    refused: list[Callable[[], object]] = [
        lambda: LinkSigner(b"j" * 32, lambda: now[0]).check(path),
        lambda: links.check(path),
    ]
    now[0] = 1010.0
    for check in refused:
        with pytest.raises(LinkExpired):
            check()


def test_the_secret_of_links_is_made_once_and_is_its_users_own(tmp_path: Path) -> None:
    first, second = kept_secret(tmp_path / "home"), kept_secret(tmp_path / "home")
    file = tmp_path / "home" / "link.key"
    assert first == second
    assert len(first) == 64
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["link.key"]
    file.write_bytes(b"")
    with pytest.raises(MangaError, match="holds no secret"):
        kept_secret(tmp_path / "home")


def test_links_and_stream_tokens_do_not_share_a_key(tmp_path: Path) -> None:
    signing = signing_by(ServerSettings(link_secret=SecretStr(SECRET)), tmp_path)
    assert signing.links.key != signing.streams.key
    assert SECRET not in repr(signing)
    assert list(tmp_path.iterdir()) == []
