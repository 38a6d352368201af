"""The whole service with its objects in Google Cloud Storage, and with encrypted checkpoints: settings to book."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from storage.base import Servers
from tests import asking
from tests.fake_gcs import FakeGcs
from tests.gcs import gcs, gcs_server  # noqa: F401 - fixtures
from tests.server.stories import drawn, told
from tests.service import Service, running_service

PREFIX = "our-comics"


@pytest.fixture
def cloud(
    gcs: FakeGcs,  # noqa: F811 - the fixture
    servers: Servers,
    slot: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Service]:
    gcs.clear(PREFIX)
    key = tmp_path / "key.json"
    key.write_text(json.dumps(gcs.account()))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", gcs.url)
    monkeypatch.setenv("MANGA_CHECKPOINT_KEY", secrets.token_hex(32))
    with running_service(servers, slot, tmp_path, blobs=f"gs://{PREFIX}") as running:
        yield running


@pytest.mark.slow
def test_a_book_is_made_kept_and_read_in_the_cloud_and_deleted_whole(
    cloud: Service,
    gcs: FakeGcs,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    for what, how in (("upload", "lost"), ("upload", "status"), ("download", "flip"), ("download", "cut")):
        gcs.fail(what, how)  # type: ignore[arg-type]
    with cloud.client() as client, asking.Client() as anybody:
        work = drawn(client)["id"]
        assert told(client, work)[-1]["type"] == "completed"
        assert all(fault.over for fault in gcs.faults)
        book = f"/v1/works/{work}"
        for export in client.get(f"{book}/exports").json()["items"]:
            answer = client.get(export["url"])
            assert answer.status_code == 302
            assert answer.headers["cache-control"] == "private, max-age=0"
            place = answer.headers["location"]
            allowed = client.get("/studio/").headers["content-security-policy"].partition("img-src ")[2]
            assert any(place.startswith(one) for one in allowed.partition(";")[0].split() if one.endswith("/"))
            assert urlsplit(place).path.startswith(f"/{PREFIX}-final-products/")
            found = anybody.get(place)
            assert hashlib.sha256(found.content).hexdigest() == export["sha256"]
            assert "book." in found.headers["content-disposition"]
        page = client.get(f"{book}/files/pages/001.png", follow_redirects=True)
        (tmp_path / "page.png").write_bytes(page.content)
        Image.open(tmp_path / "page.png").load()
        preview = client.get(f"{book}/previews/storyboard").json()["images"][0]
        picture = client.get(preview["url"])
        assert urlsplit(picture.headers["location"]).path.startswith(f"/{PREFIX}-output-images/")
        assert picture.headers["cache-control"] == "private, max-age=150"
        assert anybody.get(picture.headers["location"]).headers["content-type"] == "image/png"
        graph = client.get(f"{book}/files/pages/001.json", headers={"Accept-Encoding": "gzip"})
        assert (graph.status_code, graph.headers["content-encoding"]) == (200, "gzip")
        assert client.get(f"{book}/files/{'f' * 64}").status_code == 404
        assert not (tmp_path / "blobs").exists()
        assert client.get(f"{book}?include=plot").json()["phase_results"]
        assert client.delete(book).status_code == 204
    assert [name for objects in gcs.buckets.values() for name in objects] == []


def test_a_store_that_is_away_is_told_and_comes_back(cloud: Service, gcs: FakeGcs) -> None:  # noqa: F811
    with cloud.client() as client:
        work = drawn(client)["id"]
        told(client, work)
        preview = client.get(f"/v1/works/{work}/previews/storyboard").json()["images"][0]
        buckets, gcs.buckets = gcs.buckets, {}
        gone = client.get(preview["url"])
        gcs.buckets = buckets
        assert (gone.status_code, gone.headers["content-type"]) == (503, "application/problem+json")
        assert client.get(preview["url"]).status_code == 302
