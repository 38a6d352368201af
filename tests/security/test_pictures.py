"""A person's own picture over HTTP: what is hostile is refused, and of what is taken nothing is kept but its pixels."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.security.hostile_pictures import CANARY, SIGNATURE, UPLOADS, Upload, drawn
from tests.security.sending import Shop, counted, no_fault
from tests.server.stories import told

pytestmark = pytest.mark.slow

KIND = "pictures"


@pytest.fixture(scope="module")
def owner(shop: Shop) -> Iterator[httpx.Client]:
    with shop.person("owner", "editor") as client:
        yield client


def bring(client: httpx.Client, work: str, data: bytes, kind: str = "image/png", **more: Any) -> httpx.Response:
    headers = {"Content-Type": kind, **more.pop("headers", {})}
    return counted(KIND, client.post, f"/v1/works/{work}/pictures", content=data, headers=headers, **more)


def chunks(data: bytes) -> list[bytes]:
    """The kinds of a PNG's chunks."""
    assert data.startswith(SIGNATURE)
    found, at = [], 8
    while at < len(data):
        found.append(data[at + 4 : at + 8])
        at += int.from_bytes(data[at : at + 4]) + 12
    assert at == len(data)
    return found


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda upload: upload.name)
def test_of_a_picture_only_its_pixels_are_kept(owner: httpx.Client, book: str, upload: Upload) -> None:
    data = upload.make()
    answer = bring(owner, book, data, upload.kind, headers=dict(upload.headers))
    assert answer.status_code in upload.answers, answer.text
    no_fault(KIND)
    if answer.status_code != 201:
        assert answer.json()["detail"]
        assert answer.json()["code"] in ("edit_rejected", "unsupported_media_type", "too_large")
        return
    kept = owner.get(answer.json()["url"])
    assert kept.headers["content-type"] == "image/png"
    assert kept.headers["x-content-type-options"] == "nosniff"
    assert CANARY not in kept.content
    assert set(chunks(kept.content)) == {b"IHDR", b"IDAT", b"IEND"}
    image = Image.open(io.BytesIO(kept.content))
    assert image.mode == "L", "the book is without colour"
    assert not image.info
    assert image.size == (answer.json()["picture"]["width"], answer.json()["picture"]["height"])


@pytest.mark.parametrize("aspect", ["nan", "inf", "-inf", "1e999", "0", "-1", "21", "' OR 1=1", "1,5", ""])
def test_a_shape_that_is_none_is_refused(owner: httpx.Client, book: str, aspect: str) -> None:
    assert bring(owner, book, drawn("PNG"), params={"aspect": aspect}).status_code == 422


def test_nobody_elses_picture_is_even_read(shop: Shop, book: str, person: Callable[..., httpx.Client]) -> None:

    with person("stranger") as stranger, person("owner", "viewer") as viewer:
        assert bring(stranger, book, drawn("PNG")).status_code == 404
        assert bring(viewer, book, drawn("PNG")).status_code == 403


def test_a_picture_of_another_work_is_not_shown(owner: httpx.Client, book: str, shop: Shop) -> None:
    """Neither of another tenant nor of a name that is a path."""
    with shop.person("painter") as painter:
        made = painter.post("/v1/works", json={"text": "A fox came. It said hello to the boy."}).json()
        told(painter, made["id"])
        blob = bring(painter, made["id"], drawn("PNG", (70, 50))).json()["picture"]["blob"]
        assert painter.get(f"/v1/works/{made['id']}/files/{blob}").status_code == 200
    assert owner.get(f"/v1/works/{book}/files/{blob}").status_code == 404
    before = owner.get(f"/v1/works/{book}/versions").json()
    edit = {"change_type": "selection", "element_id": "p01.k1", "change_data": {"picture": {"blob": blob}}}
    answer = owner.post(f"/v1/works/{book}/feedback", params={"wait": 15}, json={"edits": [edit]}).json()
    assert "no such picture" in answer["plan"]["question"]
    after = owner.get(f"/v1/works/{book}/versions").json()
    assert [v["version_id"] for v in after["items"]] == [v["version_id"] for v in before["items"]]
