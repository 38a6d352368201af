"""What people call a version."""

import unicodedata
from uuid import UUID

from manga.errors import EditRejected
from storage.base import Version
from storage.database import Pool, connection
from storage.versions import name_version
from works.base import LOCAL_TENANT
from works.versions.tree import find_version, history_of

LONGEST = 80
"""Characters of a name."""


async def rename(pool: Pool, work_id: UUID, version: str, name: str, *, tenant: str = LOCAL_TENANT) -> Version:
    """An empty name takes it off. Raises `NotFound`, `EditRejected` for what is no name."""
    wanted = " ".join(name.split())
    if len(wanted) > LONGEST or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in wanted):
        raise EditRejected(
            f"A version's name is one line of at most {LONGEST} characters.", remedy="Shorten it.", element="name"
        )
    _, history = await history_of(pool, work_id, tenant=tenant)
    found = find_version(history, version)
    async with connection(pool) as conn:
        return await name_version(conn, work_id, found.version_id, wanted)
