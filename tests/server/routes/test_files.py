"""Files of a book over HTTP: whole, cached by their content, and nobody else's."""

import hashlib
from urllib.parse import quote

import httpx
import pytest

from tests.service import Service


def test_exports_are_what_their_digests_say(owner: httpx.Client, book: str) -> None:
    exports = owner.get(f"{book}/exports").json()["items"]
    found = {export["format"]: (export, owner.get(export["url"])) for export in exports}
    assert set(found) >= {"pdf", "cbz"}
    for export, answer in found.values():
        assert hashlib.sha256(answer.content).hexdigest() == export["sha256"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_book_is_called_by_its_title(owner: httpx.Client, book: str) -> None:
    told = owner.get(f"{book}/files/book.pdf").headers["content-disposition"]
    title = owner.get(book).json()["title"]
    assert told == f"inline; filename=\"book.pdf\"; filename*=UTF-8''{quote(title, safe='')}.pdf"


def test_an_export_that_is_there_is_had_at_once(owner: httpx.Client, book: str) -> None:
    assert owner.post(f"{book}/exports", json={"format": "pdf"}).json()["status"] == "ready"
    assert owner.post(f"{book}/exports", json={"format": "exe"}).status_code == 422


def test_a_page_that_the_reader_has_is_not_sent_again(owner: httpx.Client, book: str) -> None:
    page = owner.get(f"{book}/files/pages/001.png")
    again = owner.get(f"{book}/files/pages/001.png", headers={"If-None-Match": page.headers["etag"]})
    assert page.content.startswith(b"\x89PNG")
    assert again.status_code == 304
    assert not again.content


def test_a_page_comes_as_small_as_a_thumbnail(owner: httpx.Client, book: str) -> None:
    page, small = (owner.get(f"{book}/files/pages/001.png{more}") for more in ("", "?small=true"))
    again = owner.get(f"{book}/files/pages/001.png?small=true", headers={"If-None-Match": small.headers["etag"]})
    assert small.headers["content-type"] == "image/jpeg"
    assert len(small.content) <= 25_000 < len(page.content)
    assert again.status_code == 304


def test_the_head_of_a_file_says_how_long_it_is(owner: httpx.Client, book: str) -> None:
    page, link = owner.get(f"{book}/files/pages/001.png"), _link(owner, book)
    for path in (f"{book}/files/pages/001.png", link):
        head = owner.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) == len(page.content)
        assert head.headers["accept-ranges"] == "bytes"


def _link(owner: httpx.Client, book: str) -> str:
    return str(owner.post(f"{book}/links", json={"names": ["pages/001.png"]}).json()["items"][0]["url"])


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=5-999999999", 5, None)],
)
def test_a_part_of_a_file_is_sent_alone(
    owner: httpx.Client, book: str, asked: str, start: int, end: int | None
) -> None:
    whole = owner.get(f"{book}/files/book.pdf").content
    for path in (f"{book}/files/book.pdf", _link(owner, book)):
        whole = owner.get(path).content
        part = owner.get(path, headers={"Range": asked})
        assert part.status_code == 206
        assert part.content == whole[start:end]
        first = start % len(whole) if start < 0 else start
        assert part.headers["content-range"] == f"bytes {first}-{first + len(part.content) - 1}/{len(whole)}"


def test_a_range_that_is_none_is_the_whole_file_and_one_that_is_not_there_is_refused(
    owner: httpx.Client, book: str
) -> None:
    path = f"{book}/files/pages/001.png"
    page = owner.get(path)
    for odd in ("pages=1", "bytes=", "bytes=-", "bytes=1-2,4-5", "bytes=x-y", "bytes=5-2"):
        assert owner.get(path, headers={"Range": odd}).status_code == 200, odd
    old = owner.get(path, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    same = owner.get(path, headers={"Range": "bytes=0-9", "If-Range": page.headers["etag"]})
    beyond = owner.get(path, headers={"Range": f"bytes={len(page.content)}-"})
    assert (old.status_code, same.status_code) == (200, 206)
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_not_satisfiable")
    assert beyond.headers["content-range"] == f"bytes */{len(page.content)}"


def test_allow_names_every_method_of_an_address(owner: httpx.Client, book: str) -> None:
    refused = owner.put(book)
    file = owner.post(f"{book}/files/book.pdf", json={})
    works = owner.put("/v1/works", json={})
    assert (refused.status_code, file.status_code, works.status_code) == (405, 405, 405)
    assert refused.headers["allow"] == "GET, DELETE"
    assert file.headers["allow"] == "GET, HEAD"
    assert works.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("name", ["../../etc/passwd", "%2e%2e/x", "pages/999.png", "work.json", "f" * 64, "book.exe"])
def test_what_is_not_there_is_not_found(owner: httpx.Client, book: str, name: str) -> None:
    assert owner.get(f"{book}/files/{name}").status_code == 404


def test_another_tenants_files_are_not_there(service: Service, book: str) -> None:
    with service.client() as stranger:
        for name in ("files/book.pdf", "exports", "elements", "previews/plot", "versions", "versions/head"):
            assert stranger.get(f"{book}/{name}").status_code == 404, name
