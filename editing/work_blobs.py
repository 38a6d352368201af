"""A work's own part of the blob store: names in graph state are content digests, the same in every work."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from uuid import UUID

from editing.input_digests import content_name
from storage.objects import BlobInfo, BlobStore, Purpose, work_prefix


@dataclass(frozen=True, slots=True)
class WorkBlobs:
    """Objects under `{tenant}/{work}/`. Obeys the BlobStore port itself, so agents need not know of works."""

    store: BlobStore
    prefix: str
    purpose: Purpose | None = None
    """What is kept here is kept for that; None: as its content type says."""

    def meant_for(self, purpose: Purpose) -> "WorkBlobs":
        """The same corner, for objects that are kept for something else."""
        return replace(self, purpose=purpose)

    async def keep(self, data: bytes, *, content_type: str) -> str:
        """Stores under the content's digest and answers that name."""
        name = content_name(data)
        await self.put(name, data, content_type=content_type, purpose=self.purpose)
        return name

    async def put(
        self, name: str, data: bytes, *, content_type: str = "application/octet-stream", purpose: Purpose | None = None
    ) -> BlobInfo:
        return await self.store.put(f"{self.prefix}/{name}", data, content_type=content_type, purpose=purpose)

    async def get(self, name: str) -> bytes:
        return await self.store.get(f"{self.prefix}/{name}")

    async def copy(self, name: str, to: str) -> None:
        """`to` is a whole name, also of another corner."""
        await self.store.copy(f"{self.prefix}/{name}", to)

    async def exists(self, name: str) -> bool:
        return await self.store.exists(f"{self.prefix}/{name}")

    async def size(self, name: str) -> int:
        return await self.store.size(f"{self.prefix}/{name}")

    async def check(self) -> None:
        await self.store.check()

    async def delete(self, name: str) -> bool:
        return await self.store.delete(f"{self.prefix}/{name}")

    async def delete_prefix(self, prefix: str) -> int:
        return await self.store.delete_prefix(f"{self.prefix}/{prefix}")

    async def sizes(self, prefix: str) -> dict[str, int]:
        found = await self.store.sizes(f"{self.prefix}/{prefix}".rstrip("/"))
        return {name.removeprefix(f"{self.prefix}/"): size for name, size in found.items()}

    def open_range(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        return self.store.open_range(f"{self.prefix}/{name}", start, end)

    @property
    def link_places(self) -> tuple[str, ...]:
        return self.store.link_places

    async def signed_url(
        self, name: str, seconds: int, *, content_type: str | None = None, disposition: str | None = None
    ) -> str | None:
        return await self.store.signed_url(
            f"{self.prefix}/{name}", seconds, content_type=content_type, disposition=disposition
        )


def blobs_of(store: BlobStore, tenant: str, work: str) -> WorkBlobs:
    return WorkBlobs(store, work_prefix(tenant, UUID(work)))
