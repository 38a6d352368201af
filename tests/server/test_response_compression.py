"""Answers are packed as the client says that it takes them."""

import gzip
import json

import brotli
import httpx
import pytest

from server.response_compression import coding_of, packed

pytestmark = pytest.mark.anyio
TEXT = json.dumps({"words": ["fox", "chestnut"] * 500}).encode()


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("gzip;q=1.0, br;q=0.2", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("", None),
        (None, None),
        ("gzip;q=nan, ;;;=, br;q=9", None),
        (",".join(["x"] * 5000), None),
    ],
)
def test_the_best_of_what_a_client_takes_is_chosen(accepted: str | None, coding: str | None) -> None:
    assert coding_of(accepted) == coding


@pytest.mark.parametrize(
    ("accepted", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), (None, lambda data: data)]
)
async def test_what_comes_is_what_was_said(accepted: str | None, unpack: object) -> None:
    answer = await packed(TEXT, accepted, headers={"ETag": '"abc"'})
    assert unpack(bytes(answer.body)) == TEXT  # type: ignore[operator]
    assert answer.headers.get("content-encoding") == accepted
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"] == (f'"abc-{accepted}"' if accepted else '"abc"')
    assert (len(answer.body) < len(TEXT) / 5) == (accepted is not None)


async def test_little_is_sent_as_it_is() -> None:
    answer = await packed(b"{}", "br")
    assert (answer.body, "content-encoding" in answer.headers) == (b"{}", False)


def test_a_preview_is_packed_over_http(owner: httpx.Client, book: str) -> None:
    plain, small = (
        owner.get(f"{book}/previews/storyboard", headers={"Accept-Encoding": accepted})
        for accepted in ("identity", "br, gzip")
    )
    assert plain.json() == small.json()
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "br"
    assert small.headers["content-type"] == plain.headers["content-type"] == "application/json"
    assert owner.get(f"{book}/previews/nothing").status_code == 422


def test_a_page_graph_is_packed_and_cached_over_http(owner: httpx.Client, book: str) -> None:
    name = f"{book}/files/pages/001.json"
    plain = owner.get(name, headers={"Accept-Encoding": "identity"})
    small = owner.get(name, headers={"Accept-Encoding": "br"})
    assert plain.json() == small.json()
    assert small.headers["content-encoding"] == "br"
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert small.headers["etag"] != plain.headers["etag"]
    assert owner.get(name, headers={"If-None-Match": small.headers["etag"]}).status_code == 304
    assert owner.get(name, headers={"Accept-Encoding": ",".join(["x"] * 2000)}).json() == plain.json()
