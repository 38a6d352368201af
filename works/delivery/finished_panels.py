"""Which pictures of a book are there already, also while others are still being drawn."""

from uuid import UUID

from editing.work_state import Json
from graph.build import MangaGraph
from graph.config import config_of
from storage.database import connection
from storage.works import read_work
from works.base import LOCAL_TENANT
from works.composition import House


async def panels_so_far(house: House, work_id: UUID, *, tenant: str = LOCAL_TENANT) -> Json:
    """By panel's key `{status, blob, media_type}`. Raises `NotFound`."""
    async with connection(house.pool) as conn:
        await read_work(conn, work_id, tenant=tenant)
    return await pictures_of(house.graph, work_id)


async def pictures_of(graph: MangaGraph, work_id: UUID) -> Json:
    """Of the last checkpoint, and of what was finished since."""
    state = await graph.aget_state(config_of(str(work_id), None))
    found: Json = dict(state.values.get("artwork") or {})
    for task in state.tasks:
        if isinstance(task.result, dict):
            found |= task.result.get("artwork") or {}
    return {key: _shown(art) for key, art in found.items() if art}


def _shown(art: Json) -> Json:
    return {name: art.get(name) for name in ("status", "blob", "media_type")}
