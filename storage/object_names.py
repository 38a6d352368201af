"""Names of stored objects: `{tenant}/{work}/{sha256}`, what is no name, and what a name tells."""

import hashlib
import re
from typing import Final
from uuid import UUID

from manga.errors import UserError
from storage.base import BlobStore

_PART: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_CONTENT_PARTS: Final = 3


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
