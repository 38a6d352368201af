"""Links to stored objects: V4 signatures that the double of Google Cloud Storage checks, and those of Cloud CDN."""

import base64
import hashlib
import hmac
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx
import pytest
from google.auth.credentials import Credentials
from pydantic import SecretStr

from manga.errors import SetupIncomplete, StorageFailed
from storage.gcs import GcsBlobs
from storage.objects import put_content
from storage.settings import StorageSettings
from storage.signed_urls import Cdn, cdn_by
from tests import asking
from tests.fake_gcs import EMAIL, FakeGcs
from tests.gcs import store_on

pytestmark = pytest.mark.anyio
WORK = UUID(int=9)
PICTURE = b"\x89PNG picture " * 5000


async def put(store: GcsBlobs, data: bytes = PICTURE, content_type: str = "image/png") -> str:
    return await put_content(store, "t", WORK, data, content_type=content_type)


async def ask(method: str, url: str, **told: Any) -> httpx.Response:
    """Somebody without credentials."""
    async with asking.AsyncClient() as anybody:
        return await anybody.request(method, url, **told)


async def link(store: GcsBlobs, name: str, seconds: int = 60, **told: Any) -> str:
    url = await store.signed_url(name, seconds, **told)
    assert url is not None
    return url


async def test_a_signed_link_gives_the_object_as_it_was_asked_for(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    url = await link(store, await put(store), content_type="image/png", disposition='inline; filename="a b.png"')
    got = await ask("GET", url)
    assert (got.status_code, got.content) == (200, PICTURE)
    assert got.headers["content-type"] == "image/png"
    assert got.headers["content-disposition"] == 'inline; filename="a b.png"'
    part = await ask("GET", url, headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, PICTURE[2:6])


async def test_a_link_that_was_changed_is_refused(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    name, other = await put(store), await put(store, b"another")
    url = await link(store, name, content_type="image/png")
    wrong = (
        url.replace(name, other),
        url.replace("image%2Fpng", "text%2Fhtml"),
        url.replace("Expires=60", "Expires=600"),
        url[:-1] + ("0" if url[-1] != "0" else "1"),
    )
    assert len({url, *wrong}) == 5
    assert [(await ask("GET", one)).status_code for one in wrong] == [403] * 4
    assert (await ask("HEAD", url)).status_code == 403  # it is good for reading alone
    assert (await ask("PUT", url, content=b"x")).status_code == 403
    assert (await ask("GET", url.partition("?")[0])).status_code == 403


async def test_a_link_ends(gcs: FakeGcs, monkeypatch: pytest.MonkeyPatch) -> None:
    from google.cloud.storage import _signing

    store = store_on(gcs)
    name = await put(store)
    past = time.gmtime(time.time() - 120)
    stamps = time.strftime("%Y%m%dT%H%M%SZ", past), time.strftime("%Y%m%d", past)
    monkeypatch.setattr(_signing, "get_v4_now_dtstamps", lambda: stamps)
    old = await ask("GET", await link(store, name, 60))
    assert (old.status_code, "ExpiredToken" in old.text) == (400, True)
    assert (await ask("GET", await link(store, name, 300))).status_code == 200


class Machine(Credentials):
    """An account that a machine of Google's runs as: it has tokens, and no key."""

    def __init__(self, fake: FakeGcs, email: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.fake, self.service_account_email = fake, email

    def refresh(self, request: object) -> None:
        self.token = self.fake.new_token()


async def test_without_a_key_google_itself_signs(gcs: FakeGcs, monkeypatch: pytest.MonkeyPatch) -> None:
    from google.auth.transport.requests import Request
    from google.cloud.storage import _signing

    # IAM's address is fixed in the client; it leads to the double.
    def here() -> Any:
        return lambda url, **told: Request()(url=gcs.url + urlsplit(url).path, **told)

    monkeypatch.setattr(_signing, "requests", SimpleNamespace(Request=here))
    store = store_on(gcs, credentials=Machine(gcs, EMAIL))
    name = await put(store)
    url = await link(store, name)
    assert (await ask("GET", url)).content == PICTURE
    assert gcs.count("sign") == 1
    gcs.fail("sign", "status", status=403)
    with pytest.raises(StorageFailed, match="signs no links") as told:
        await link(store, name)
    assert "serviceAccountTokenCreator" in told.value.remedy


async def test_a_persons_own_credentials_make_no_links(gcs: FakeGcs) -> None:
    store = store_on(gcs, credentials=Machine(gcs, None))
    assert await store.signed_url(await put(store), 60) is None


KEY = bytes(range(16))


async def test_pictures_are_linked_at_the_cdn_and_books_are_not(gcs: FakeGcs) -> None:
    store = store_on(gcs, cdn=Cdn("https://cdn.example", "first", KEY, clock=lambda: 1_000_050.0))
    name = await put(store)
    url = await link(store, name, 60)
    parts, query = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    assert (parts.netloc, parts.path, query["KeyName"]) == ("cdn.example", f"/{name}", "first")
    signed, _, signature = url.rpartition("&Signature=")
    assert base64.urlsafe_b64decode(signature) == hmac.new(KEY, signed.encode(), hashlib.sha1).digest()
    assert 60 <= int(query["Expires"]) - 1_000_050 <= 120
    book = await put(store, b"%PDF", "application/pdf")
    assert urlsplit(await link(store, book)).path.startswith("/manga-final-products/")


def test_a_browser_finds_again_what_it_got_by_an_earlier_link() -> None:
    now = [1_000_000.0]
    cdn = Cdn("https://cdn.example", "k", KEY, clock=lambda: now[0])
    links = []
    for _ in range(120):
        links.append(cdn.sign("t/w/a", 60))
        now[0] += 1
    assert 2 <= len(set(links)) <= 3


def test_half_a_cdn_is_refused_by_the_names_of_its_settings() -> None:
    whole = {"cdn_url": "https://cdn.example/", "cdn_key_name": "k", "cdn_key": SecretStr("AAECAwQFBgcICQoLDA0ODw==")}
    assert cdn_by(StorageSettings()) is None
    assert cdn_by(StorageSettings(**whole)) == Cdn("https://cdn.example", "k", KEY)  # type: ignore[arg-type]
    for change in ({"cdn_key": None}, {"cdn_url": None}, {"cdn_key": SecretStr("c2hvcnQ=")}, {"cdn_url": "cdn"}):
        with pytest.raises(SetupIncomplete, match=r"MANGA_CDN|Cloud CDN"):
            cdn_by(StorageSettings(**whole | change))  # type: ignore[arg-type]
