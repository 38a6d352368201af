"""Exports over HTTP: made when they are asked for, had at once from then on, named safely, and nobody else's."""

import hashlib
import io
import zipfile

import httpx
import pytest

from tests.service import Service


@pytest.fixture(scope="module")
def epub(owner: httpx.Client, book: str) -> dict[str, object]:
    answer = owner.post(f"{book}/exports", json={"format": "epub"})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_an_export_is_made_and_is_what_its_digest_says(owner: httpx.Client, epub: dict[str, object]) -> None:
    answer = owner.get(str(epub["url"]))
    assert hashlib.sha256(answer.content).hexdigest() == epub["sha256"]
    assert answer.headers["content-type"] == "application/epub+zip"
    assert 'filename="book.epub"' in answer.headers["content-disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()[0] == "mimetype"


def test_asked_again_it_is_the_same_and_stands_in_the_list(
    owner: httpx.Client, book: str, epub: dict[str, object]
) -> None:
    assert owner.post(f"{book}/exports", json={"format": "epub"}).json() == epub
    listed = {item["format"]: item for item in owner.get(f"{book}/exports").json()["items"]}
    assert listed["epub"] == epub


def test_the_script_tells_pages(owner: httpx.Client, book: str) -> None:
    made = owner.post(f"{book}/exports", json={"format": "script"}).json()
    answer = owner.get(made["url"])
    assert answer.headers["content-type"].startswith("text/markdown")
    assert "## Page 1" in answer.text or "## 1ページ" in answer.text


@pytest.mark.parametrize("options", [{"dpi": 10_000}, {"width": 800}, {"dpi": "x"}])
def test_options_out_of_bounds_are_refused(owner: httpx.Client, book: str, options: dict[str, object]) -> None:
    answer = owner.post(f"{book}/exports", json={"format": "psd", "options": options})
    assert answer.status_code in {400, 422}


def test_a_name_that_leads_to_no_export_is_not_found(owner: httpx.Client, book: str, epub: dict[str, object]) -> None:
    for name in (f"exports/{'0' * 64}/book.epub", f"exports/{epub['sha256']}/book.exe", "exports/x/book.epub"):
        assert owner.get(f"{book}/files/{name}").status_code == 404


def test_another_tenants_book_is_not_exported(service: Service, book: str, epub: dict[str, object]) -> None:
    with service.client() as stranger:
        assert stranger.post(f"{book}/exports", json={"format": "epub"}).status_code == 404
        assert stranger.get(str(epub["url"])).status_code == 404


def test_a_viewer_may_not_have_one_made(service: Service, owner: httpx.Client, book: str) -> None:
    with service.client("viewer", tenant=owner.headers["x-test-tenant"]) as viewer:
        assert viewer.post(f"{book}/exports", json={"format": "epub"}).status_code == 403


def test_capabilities_tell_every_format_with_its_options(owner: httpx.Client) -> None:
    told = owner.get("/v1/capabilities").json()
    assert [found["name"] for found in told["export_formats"]] == told["exports"]
    assert "webtoon" in told["exports"]
