"""Files of a book over HTTP: whole, cached by their content, and nobody else's."""

import hashlib

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


def test_an_export_that_is_there_is_had_at_once(owner: httpx.Client, book: str) -> None:
    assert owner.post(f"{book}/exports", json={"format": "pdf"}).json()["status"] == "ready"
    assert owner.post(f"{book}/exports", json={"format": "exe"}).status_code == 422


def test_a_page_that_the_reader_has_is_not_sent_again(owner: httpx.Client, book: str) -> None:
    page = owner.get(f"{book}/files/pages/001.png")
    again = owner.get(f"{book}/files/pages/001.png", headers={"If-None-Match": page.headers["etag"]})
    assert page.content.startswith(b"\x89PNG")
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize("name", ["../../etc/passwd", "%2e%2e/x", "pages/999.png", "work.json", "f" * 64, "book.exe"])
def test_what_is_not_there_is_not_found(owner: httpx.Client, book: str, name: str) -> None:
    assert owner.get(f"{book}/files/{name}").status_code == 404


def test_another_tenants_files_are_not_there(service: Service, book: str) -> None:
    with service.client() as stranger:
        for name in ("files/book.pdf", "exports", "elements", "previews/plot", "versions", "versions/head"):
            assert stranger.get(f"{book}/{name}").status_code == 404, name
