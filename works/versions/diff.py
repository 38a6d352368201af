"""Two versions compared: in words (`editing.diff`), and their finished pages side by side in one picture."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from editing.diff import Difference, difference
from editing.work_blobs import WorkBlobs, blobs_of
from graph.state import State
from manga.errors import Conflict
from storage.base import BlobStore, Version
from storage.database import Pool
from works.base import LOCAL_TENANT
from works.versions.side_by_side import Pair, side_by_side
from works.versions.tree import find_version, history_of, read_state, short


@dataclass(frozen=True, slots=True)
class Comparison:
    """`old` and `new` are the versions; their states are as their reviews saw them."""

    old: Version
    new: Version
    states: tuple[State, State]
    difference: Difference


async def compare(pool: Pool, work_id: UUID, old: str, new: str, *, tenant: str = LOCAL_TENANT) -> Comparison:
    """Versions by whatever a person calls them. Raises `NotFound`, `Conflict` (several are meant)."""
    _, history = await history_of(pool, work_id, tenant=tenant)
    one, other = find_version(history, old), find_version(history, new)
    states = await read_state(pool, one), await read_state(pool, other)
    return Comparison(one, other, states, difference(*states))


async def pages_beside(
    blobs: BlobStore, found: Comparison, *, tenant: str = LOCAL_TENANT, every: bool = False
) -> bytes:
    """A PNG of the pages that differ, or of every page. Raises `Conflict` when there is nothing to show."""
    before, after = (_images(state) for state in found.states)
    if not before or not after:
        missing = short(found.new if before else found.old)
        raise Conflict(f"Version {missing} has no finished pages.", remedy="Compare two versions of finishing.")
    numbers = sorted({*before, *after})
    shown = [n for n in numbers if every or before.get(n) != after.get(n)]
    if not shown:
        raise Conflict("All pages of the two versions are the same.", remedy="--every-page shows them all.")
    store = blobs_of(blobs, tenant, str(found.old.work_id))
    pairs = [
        Pair(page_name(number), await _get(store, before, number), await _get(store, after, number)) for number in shown
    ]
    titles = (_title(found.old), _title(found.new))
    return await asyncio.to_thread(side_by_side, pairs, titles)


def page_name(number: int) -> str:
    """The title page has the number 0."""
    return f"page {number}" if number else "title page"


def _title(version: Version) -> str:
    return f"{short(version)}  {version.phase}"


def _images(state: State) -> Mapping[int, str]:
    return {page["number"]: page["image"] for page in (state.get("finishing") or {}).get("pages", ())}


async def _get(store: WorkBlobs, images: Mapping[int, str], number: int) -> bytes | None:
    return await store.get(images[number]) if number in images else None
