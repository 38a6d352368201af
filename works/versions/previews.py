"""Previews a phase at any version and quality (structure, pictures drawn on demand), and a panel's alternatives."""

from typing import Final
from uuid import UUID

from editing.edit_status import standings
from editing.phase_results import book_of, ground_of, result_json, result_of
from editing.picture_alternatives import alternatives
from editing.placement_edits import AUTHOR
from editing.preview_quality import within
from editing.previews.images import render_alternatives, render_preview
from editing.previews.structure_json import marked, preview_of
from editing.work_blobs import blobs_of
from manga.brief import Language
from manga.element_addresses import address_book
from manga.errors import NotFound
from manga.geometry import bounds
from manga.phases import Phase
from manga.storyboard import Storyboard
from storage.database import connection
from storage.works import recall_picture
from works.base import Json
from works.composition import House
from works.versions.tree import find_version, history_of, read_state, short

ALTERNATIVES_LEVEL: Final = 3


async def preview_at(
    house: House,
    work_id: UUID,
    phase: Phase,
    version: str,
    level: int,
    *,
    tenant: str,
    language: Language | None = None,
) -> Json:
    """`images` are `{page, blob, width, height, ...}` in the order of pages. Raises `NotFound` for a version that has
    not come to the phase."""
    _, history = await history_of(house.pool, work_id, tenant=tenant)
    found = find_version(history, version)
    state = await read_state(house.pool, found)
    if not state.get(phase.value):
        raise NotFound(f"Version {short(found)} has not come to {phase.value}.", element=phase.value)
    page = ground_of(state).paper.trim
    shown = preview_of(phase, result_json(state, phase), book_of(state), standings(state), page)
    blobs = blobs_of(house.runner.blobs, tenant, str(work_id))
    images = await render_preview(state, phase, within(level), blobs, house.offload, language)
    drawn = {"images": [image.to_json() for image in images], "quality": within(level)}
    drawn["locks"] = sorted(state.get("locks") or ())
    return {"version_id": found.version_id} | shown | drawn | marked(phase, state)


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
