"""The port to stored objects, their values, and their names: `{tenant}/{work}/{sha256}`. Light to import."""

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from manga.errors import UserError

_PART: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_CONTENT_PARTS: Final = 3


class Purpose(StrEnum):
    """What an object is kept for. Where a store has a place for each, it decides how long and how cheaply."""

    INPUT = "input-data"
    """What people brought."""
    IMAGES = "output-images"
    """Pictures and previews."""
    PRODUCT = "final-products"
    """Pages and files of finished books."""
    TEMPORARY = "temp-data"
    """What can be made again from what is known."""


@dataclass(frozen=True, slots=True)
class BlobInfo:
    """`created` is False when the same content was there already."""

    name: str
    size_bytes: int
    created: bool


class BlobStore(Protocol):
    """Objects by name. A name is `/`-separated parts of `[A-Za-z0-9._-]`, as `{tenant}/{work}/{sha256}`.

    Every method raises `StorageFailed` (or its child `DiskFull`) when the store does not do its part, and
    `UserError` for a name that is not one.
    """

    async def put(
        self, name: str, data: bytes, *, content_type: str = "application/octet-stream", purpose: Purpose | None = None
    ) -> BlobInfo:
        """Create only: where the name is taken, the old object stays and `created` is False. Whole or not at all.

        `purpose` None: it follows from the name and the content type (`storage.bucket_layout.purpose_of`).
        """
        ...

    async def get(self, name: str) -> bytes:
        """The bytes; raises `NotFound`, and `StorageFailed` where they are not those that the name tells."""
        ...

    async def copy(self, name: str, to: str) -> None:
        """The same object under another name, of the same type and purpose; raises `NotFound`. Where that name is
        taken, what has it stays."""
        ...

    async def exists(self, name: str) -> bool: ...

    async def size(self, name: str) -> int:
        """Bytes; raises `NotFound`."""
        ...

    async def check(self) -> None:
        """Raises `StorageFailed` where the store does not answer, and `DiskFull` where it takes nothing more."""
        ...

    async def delete(self, name: str) -> bool:
        """True when there was one."""
        ...

    async def delete_prefix(self, prefix: str) -> int:
        """Delete every object whose name is below `prefix` (whole parts, at least one). Answers how many."""
        ...

    async def sizes(self, prefix: str) -> dict[str, int]:
        """The objects below `prefix` (whole parts, at least one) with their bytes."""
        ...

    def open_range(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Bytes `start` (included) to `end` (excluded; None: the end) in chunks; raises `NotFound`."""
        ...

    @property
    def link_places(self) -> tuple[str, ...]:
        """Where links of `signed_url` lead to: addresses of folders, ending in `/`. None where there are no links."""
        ...

    async def signed_url(
        self, name: str, seconds: int, *, content_type: str | None = None, disposition: str | None = None
    ) -> str | None:
        """A link by which whoever has it gets the object from the store itself for so many seconds (1 to 604,800), as
        that content type and `Content-Disposition`. None where the store makes no links; raises `NotFound`."""
        ...


def blob_name(tenant: str, work_id: UUID, data: bytes) -> str:
    """`{tenant}/{work}/{sha256}`. A tenant that is no fit part of a name is replaced by its digest."""
    return f"{work_prefix(tenant, work_id)}/{hashlib.sha256(data).hexdigest()}"


def work_prefix(tenant: str, work_id: UUID) -> str:
    """`{tenant}/{work}`: deleting it deletes all objects of the work."""
    part = tenant if _PART.fullmatch(tenant) else f"t-{hashlib.sha256(tenant.encode()).hexdigest()[:32]}"
    return f"{part}/{work_id}"


async def put_content(
    store: BlobStore, tenant: str, work_id: UUID, data: bytes, *, content_type: str = "application/octet-stream"
) -> str:
    """Stores bytes under their own name and answers it; the same bytes are stored once."""
    name = blob_name(tenant, work_id, data)
    await store.put(name, data, content_type=content_type)
    return name


def checked_name(name: str) -> str:
    """The name, when it is one. Raises `UserError`: no empty part, none that begins with a dot, plain characters."""
    parts = name.split("/")
    if not all(_PART.fullmatch(part) for part in parts) or len(name) > 600:
        raise UserError(f"{name[:80]!r} is not the name of a stored object.")
    return name


def digest_in(name: str) -> str | None:
    """The SHA-256 of the object's content, where its name tells it: `{tenant}/{work}/{sha256}`."""
    parts = name.split("/")
    return parts[-1] if len(parts) == _CONTENT_PARTS and _DIGEST.fullmatch(parts[-1]) else None
