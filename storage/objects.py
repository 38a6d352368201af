"""The port to stored objects, and its values. Light to import, like `storage.base`, which has them too."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


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

        `purpose` None: it follows from the name and the content type (`storage.buckets.purpose_of`).
        """
        ...

    async def get(self, name: str) -> bytes:
        """The bytes; raises `NotFound`, and `StorageFailed` where they are not those that the name tells."""
        ...

    async def exists(self, name: str) -> bool: ...

    async def delete(self, name: str) -> bool:
        """True when there was one."""
        ...

    async def delete_prefix(self, prefix: str) -> int:
        """Delete every object whose name is below `prefix` (whole parts, at least one). Answers how many."""
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
