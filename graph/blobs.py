"""A work's own corner of the blob store: names in graph state are content digests, the same in every work."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from graph.digests import content_name
from storage.base import BlobInfo, BlobStore
from storage.blobs import work_prefix


@dataclass(frozen=True, slots=True)
class WorkBlobs:
    """Objects under `{tenant}/{work}/`. Obeys the BlobStore port itself, so agents need not know of works."""

    store: BlobStore
    prefix: str

    async def keep(self, data: bytes, *, content_type: str) -> str:
        """Stores under the content's digest and answers that name."""
        name = content_name(data)
        await self.put(name, data, content_type=content_type)
        return name

    async def put(self, name: str, data: bytes, *, content_type: str = "application/octet-stream") -> BlobInfo:
        return await self.store.put(f"{self.prefix}/{name}", data, content_type=content_type)

    async def get(self, name: str) -> bytes:
        return await self.store.get(f"{self.prefix}/{name}")

    async def exists(self, name: str) -> bool:
        return await self.store.exists(f"{self.prefix}/{name}")

    async def delete(self, name: str) -> bool:
        return await self.store.delete(f"{self.prefix}/{name}")

    async def delete_prefix(self, prefix: str) -> int:
        return await self.store.delete_prefix(f"{self.prefix}/{prefix}")

    def open_range(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        return self.store.open_range(f"{self.prefix}/{name}", start, end)


def blobs_of(store: BlobStore, tenant: str, work: str) -> WorkBlobs:
    return WorkBlobs(store, work_prefix(tenant, UUID(work)))
