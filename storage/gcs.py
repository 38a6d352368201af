"""Objects in four buckets of Google Cloud Storage (`storage.bucket_layout` says which where). Imports Google lazily."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from manga.errors import NotFound, SetupIncomplete
from storage.bucket_layout import BUCKETS, bucket_name, places_of, prefix_of, purpose_of, resources
from storage.gcs_calls import THREADS, Calls, Garbled, PastTheEnd, Taken, no_bucket
from storage.objects import BlobInfo, Purpose, checked_name, digest_in
from storage.settings import StorageSettings
from storage.signed_urls import Cdn, can_sign, cdn_by, v4_url

if TYPE_CHECKING:
    from google.auth.credentials import Credentials
    from google.cloud.storage import Blob, Client

CHUNK_BYTES: Final = 2 * 1024 * 1024
CHECKSUM: Final = "crc32c"
_FIELDS: Final = "items(name),nextPageToken"
_SIZES: Final = "items(name,size),nextPageToken"


@dataclass(frozen=True, slots=True)
class Places:
    """In which bucket the objects of late were. Forgotten ones are looked for again."""

    most: int = 20_000
    found: OrderedDict[str, Purpose] = field(default_factory=OrderedDict)

    def likeliest(self, name: str) -> tuple[Purpose, ...]:
        known = self.found.get(name)
        order = places_of(name)
        return order if known is None else (known, *(place for place in order if place is not known))

    def remember(self, name: str, place: Purpose) -> None:
        self.found[name] = place
        if len(self.found) > self.most:
            self.found.popitem(last=False)


@dataclass(frozen=True, slots=True)
class GcsBlobs:
    """A `BlobStore` in the buckets `{prefix}-input-data` and so on. Every write is create-only and checked by CRC32C;
    what is read under a content's digest is checked against it."""

    client: "Client"
    credentials: "Credentials"
    prefix: str
    calls: Calls = field(default_factory=Calls)
    cdn: Cdn | None = None
    places: Places = field(default_factory=Places)

    async def put(
        self, name: str, data: bytes, *, content_type: str = "application/octet-stream", purpose: Purpose | None = None
    ) -> BlobInfo:
        place = purpose_of(checked_name(name), content_type) if purpose is None else purpose
        try:
            await self.calls.run(name, partial(self._put, name, data, content_type, place))
        except Taken:
            self.places.remember(name, place)
            return BlobInfo(name, len(data), created=False)
        except NotFound as error:
            raise no_bucket(name) from error
        self.places.remember(name, place)
        return BlobInfo(name, len(data), created=True)

    async def get(self, name: str) -> bytes:
        data: bytes = await self._first(name, self._get)
        return data

    async def copy(self, name: str, to: str) -> None:
        with suppress(Taken):
            await self._first(name, partial(self._copy, to=checked_name(to)))

    async def exists(self, name: str) -> bool:
        try:
            await self._first(name, self._look)
        except NotFound:
            return False
        return True

    async def size(self, name: str) -> int:
        found: int = await self._first(name, self._size)
        return found

    async def check(self) -> None:
        await self.exists("health/check")

    async def delete(self, name: str) -> bool:
        gone = await asyncio.gather(*(self._delete(name, place) for place in places_of(checked_name(name))))
        return any(gone)

    async def delete_prefix(self, prefix: str) -> int:
        checked_name(prefix)
        gone = await asyncio.gather(*(self._delete_below(prefix, place) for place in Purpose))
        return sum(gone)

    async def sizes(self, prefix: str) -> dict[str, int]:
        checked_name(prefix)
        found = await asyncio.gather(
            *(self.calls.run(prefix, partial(self._sizes, f"{prefix}/", place)) for place in Purpose)
        )
        return {name: size for each in found for name, size in each.items()}

    async def open_range(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        checked_name(name)
        if end is not None and end <= start:
            await self._first(name, self._look)
            return
        while end is None or start < end:
            last = start + CHUNK_BYTES if end is None else min(end, start + CHUNK_BYTES)
            try:
                chunk = await self._first(name, partial(self._range, start=start, end=last))
            except PastTheEnd:
                return
            yield chunk
            if start + len(chunk) < last:
                return
            start = last

    @property
    def link_places(self) -> tuple[str, ...]:
        buckets = (f"{self.client.api_endpoint}/{bucket_name(self.prefix, place)}/" for place in Purpose)
        return (*(buckets if can_sign(self.credentials) else ()), *((f"{self.cdn.url}/",) if self.cdn else ()))

    async def signed_url(
        self, name: str, seconds: int, *, content_type: str | None = None, disposition: str | None = None
    ) -> str | None:
        if not can_sign(self.credentials) and self.cdn is None:
            return None
        place = self.places.found.get(checked_name(name)) or await self._first(name, self._look)
        if place is Purpose.IMAGES and self.cdn is not None:
            return self.cdn.sign(name, seconds)
        if not can_sign(self.credentials):
            return None
        sign = partial(v4_url, self._blob(name, place), self.credentials, seconds, content_type, disposition)
        return await self.calls.run(name, sign)

    async def _first(self, name: str, call: "Callable[[str, Purpose], Any]") -> Any:
        """The call's answer in the first bucket that has the object. Raises `NotFound` when none has."""
        for place in self.places.likeliest(checked_name(name)):
            try:
                answer = await self.calls.run(name, partial(call, name, place))
            except NotFound:
                continue
            self.places.remember(name, place)
            return answer
        raise NotFound(f"There is no stored object {name}.")

    async def _delete(self, name: str, place: Purpose) -> bool:
        self.places.found.pop(name, None)
        try:
            await self.calls.run(name, partial(self._blob(name, place).delete, **self._once))
        except NotFound:
            return False
        return True

    async def _delete_below(self, prefix: str, place: Purpose) -> int:
        names = await self.calls.run(prefix, partial(self._names, f"{prefix}/", place))
        return sum(await asyncio.gather(*(self._delete(name, place) for name in names)))

    # What follows blocks, in a thread of `calls`.

    @property
    def _once(self) -> dict[str, Any]:
        return {"timeout": self.calls.timeout, "retry": None}

    def _blob(self, name: str, place: Purpose) -> "Blob":
        return self.client.bucket(bucket_name(self.prefix, place)).blob(name)

    def _put(self, name: str, data: bytes, content_type: str, place: Purpose) -> None:
        blob = self._blob(name, place)
        blob.cache_control = BUCKETS[place].cache_control
        blob.upload_from_string(data, content_type, checksum=CHECKSUM, if_generation_match=0, **self._once)

    def _get(self, name: str, place: Purpose) -> bytes:
        data: bytes = self._blob(name, place).download_as_bytes(checksum=CHECKSUM, **self._once)
        digest = digest_in(name)
        if digest is not None and hashlib.sha256(data).hexdigest() != digest:
            raise Garbled(name)
        return data

    def _copy(self, name: str, place: Purpose, *, to: str) -> None:
        bucket = self.client.bucket(bucket_name(self.prefix, place))
        bucket.copy_blob(bucket.blob(name), bucket, to, if_generation_match=0, **self._once)

    def _range(self, name: str, place: Purpose, *, start: int, end: int) -> bytes:
        found: bytes = self._blob(name, place).download_as_bytes(start=start, end=end - 1, **self._once)
        return found

    def _size(self, name: str, place: Purpose) -> int:
        blob = self._blob(name, place)
        blob.reload(**self._once)
        return int(blob.size)

    def _look(self, name: str, place: Purpose) -> Purpose:
        # Unlike `exists` this tells a bucket that is missing from an object that is.
        self._blob(name, place).reload(**self._once)
        return place

    def _sizes(self, prefix: str, place: Purpose) -> dict[str, int]:
        bucket = bucket_name(self.prefix, place)
        listed = self.client.list_blobs(bucket, prefix=prefix, fields=_SIZES, **self._once)
        return {blob.name: int(blob.size) for blob in listed}

    def _names(self, prefix: str, place: Purpose) -> list[str]:
        bucket = bucket_name(self.prefix, place)
        return [blob.name for blob in self.client.list_blobs(bucket, prefix=prefix, fields=_FIELDS, **self._once)]


def open_gcs(settings: StorageSettings) -> GcsBlobs:
    """As `MANGA_BLOBS` and `MANGA_CDN_*` say, with this machine's own credentials. Raises `SetupIncomplete`."""
    prefix, cdn = prefix_of(settings.blobs or ""), cdn_by(settings)
    credentials = own_credentials()
    return GcsBlobs(new_client(credentials), credentials, prefix, cdn=cdn)


def own_credentials() -> "Credentials":
    """Application default credentials: a key file, or the account that this runs as. Raises `SetupIncomplete`."""
    import google.auth
    from google.auth.exceptions import DefaultCredentialsError
    from google.cloud.storage import Client

    try:
        return google.auth.default(scopes=Client.SCOPE)[0]
    except DefaultCredentialsError as error:
        raise SetupIncomplete(
            "MANGA_BLOBS names Google Cloud Storage, and this machine has no credentials for it.",
            remedy="Set GOOGLE_APPLICATION_CREDENTIALS to a service account's key file, run `gcloud auth "
            "application-default login`, or set MANGA_BLOBS to a folder.",
        ) from error


def new_client(credentials: "Credentials", endpoint: str | None = None) -> "Client":
    """Keeps connections for all threads, also while broken ones close. `endpoint` None: Google's, or that of
    `STORAGE_EMULATOR_HOST`."""
    from google.auth.transport.requests import AuthorizedSession
    from google.cloud.storage import Client
    from requests.adapters import HTTPAdapter

    session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_connections=4, pool_maxsize=2 * THREADS))
    options = None if endpoint is None else {"api_endpoint": endpoint}
    return Client(project=None, credentials=credentials, _http=session, client_options=options)


async def make_buckets(
    settings: StorageSettings, project: str, location: str, origins: Sequence[str] = (), calls: Calls | None = None
) -> dict[str, bool]:
    """Those that `MANGA_BLOBS` names, by name: whether each is new. Where one is that is not ours nothing is changed.

    Location and project are for new buckets. Raises `SetupIncomplete`, `StorageFailed`.
    """
    wanted = resources(prefix_of(settings.blobs or ""), origins)
    client, calls = new_client(own_credentials()), calls or Calls()
    made: dict[str, bool] = {}
    for resource in wanted:
        made[resource["name"]] = await calls.run(resource["name"], partial(_make, client, resource, project, location))
    return made


def _make(client: "Client", resource: dict[str, Any], project: str, location: str) -> bool:
    """Blocks. Raises Google's errors."""
    address, query = f"{client.api_endpoint}/storage/v1/b", {"project": project}
    answer = client._http.post(address, params=query, json=resource | {"location": location}, timeout=60)
    if answer.status_code != 409:
        return _good(answer)
    rest = {name: value for name, value in resource.items() if name not in ("name", "storageClass")}
    # What is left out stays as it was, so pages that may not read any more are taken out by name.
    answer = client._http.patch(f"{address}/{resource['name']}", json={"cors": []} | rest, timeout=60)
    return not _good(answer)


def _good(answer: Any) -> bool:
    from google.api_core.exceptions import from_http_response

    if not answer.ok:
        raise from_http_response(answer)  # type: ignore[no-untyped-call]
    return True
