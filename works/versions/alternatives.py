"""The pictures that a panel can have, each drawn in its frame: what was made of it so far, to choose from."""

from typing import Final
from uuid import UUID

from editing.alternatives import alternatives
from editing.placements import AUTHOR
from editing.preview_quality import within
from editing.previews.images import render_alternatives
from editing.results import ground_of, result_of
from editing.work_blobs import blobs_of
from manga.addresses import address_book
from manga.errors import NotFound
from manga.geometry import bounds
from manga.phases import Phase
from manga.storyboard import Storyboard
from storage.database import connection
from storage.pictures import recall_picture
from works.base import Json
from works.composition import House
from works.versions.tree import find_version, history_of, read_state, short

LEVEL: Final = 3


async def alternatives_of(house: House, work_id: UUID, panel: str, version: str, level: int, *, tenant: str) -> Json:
    """`panel` is a key or an address. Raises `NotFound` for a panel that this version does not have."""
    _, history = await history_of(house.pool, work_id, tenant=tenant)
    found = find_version(history, version)
    state = await read_state(house.pool, found)
    board = result_of(state, Phase.STORYBOARD, Storyboard) if state.get(Phase.STORYBOARD.value) else None
    element = address_book(board).find(panel)
    if board is None or element is None or element.kind != "panel":
        raise NotFound(f"Version {short(found)} has no panel {panel!r}.", element="panel")

    async def recall(digest: str) -> Json | None:
        async with connection(house.pool) as conn:
            return await recall_picture(conn, work_id, digest)

    items = await alternatives(state, element.key, recall)
    blobs = blobs_of(house.runner.blobs, tenant, str(work_id))
    art = [item.art for item in items]
    images = await render_alternatives(state, element.key, art, within(level), blobs, house.offload)
    frame = next(page.frame(element.key) for page in board.pages if any(p.key == element.key for p in page.panels))
    return {
        "version_id": found.version_id,
        "panel": element.key,
        "page": ground_of(state).paper.trim.to_json(),
        "box": bounds(frame.polygon).to_json(),
        "polygon": [list(point) for point in frame.polygon],
        "items": [
            {
                "take": item.art.take,
                "own": item.art.made.model == AUTHOR,
                "status": item.art.status,
                "change": item.change,
                "image": image.to_json(),
            }
            for item, image in zip(items, images, strict=True)
        ],
    }
