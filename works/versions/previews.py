"""Previews a phase at any version and quality (structure, pictures drawn on demand), a panel's alternatives and other
stagings of it."""

from typing import Final
from uuid import UUID

from editing.edit_status import standings
from editing.panel_stagings import stagings
from editing.phase_results import book_of, ground_of, result_json, result_of
from editing.picture_alternatives import alternatives
from editing.placement_edits import AUTHOR
from editing.preview_quality import within
from editing.previews.images import render_alternatives, render_panel, render_preview
from editing.previews.structure_json import marked, preview_of
from editing.state_as_json import WorkState
from editing.work_blobs import blobs_of
from manga.brief import Language
from manga.element_addresses import address_book
from manga.errors import NotFound
from manga.geometry import bounds
from manga.phases import Phase
from manga.storyboard import Storyboard
from storage.base import Version
from storage.database import connection
from storage.works import recall_picture
from works.base import Json
from works.composition import House
from works.versions.tree import find_version, history_of, read_state, short

ALTERNATIVES_LEVEL: Final = 3
STAGINGS_LEVEL: Final = 1
MOST_STAGINGS: Final = 3


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
    found, state, board, key = await _panel_of(house, work_id, panel, version, tenant)

    async def recall(digest: str) -> Json | None:
        async with connection(house.pool) as conn:
            return await recall_picture(conn, work_id, digest)

    items = await alternatives(state, key, recall)
    blobs = blobs_of(house.runner.blobs, tenant, str(work_id))
    art = [item.art for item in items]
    images = await render_alternatives(state, key, art, within(level), blobs, house.offload)
    frame = next(page.frame(key) for page in board.pages if any(p.key == key for p in page.panels))
    return {
        "version_id": found.version_id,
        "panel": key,
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


async def stagings_of(house: House, work_id: UUID, panel: str, version: str, level: int, *, tenant: str) -> Json:
    """Three that look otherwise than the panel does now, and otherwise than each other. `panel` is a key or an address.
    Raises `NotFound` for a panel that this version does not have."""
    found, state, _, key = await _panel_of(house, work_id, panel, version, tenant)
    blobs = blobs_of(house.runner.blobs, tenant, str(work_id))
    now, ways = stagings(state, key)
    seen = {(await render_panel(now, within(level), blobs, house.offload)).blob}
    items: list[Json] = []
    for way in ways:
        if len(items) == MOST_STAGINGS:
            break
        image = await render_panel(way.brief, within(level), blobs, house.offload)
        if image.blob not in seen:
            seen.add(image.blob)
            camera = {"shot": way.brief.direction.shot.value, "angle": way.brief.direction.angle.value}
            items.append({"name": way.name, **camera, "change": way.change, "image": image.to_json()})
    return {
        "version_id": found.version_id,
        "panel": key,
        "page": {"x": 0, "y": 0, "width": now.width_mm, "height": now.height_mm},
        "polygon": [list(point) for point in now.outline],
        "items": items,
    }


async def _panel_of(
    house: House, work_id: UUID, panel: str, version: str, tenant: str
) -> tuple[Version, WorkState, Storyboard, str]:
    """The panel's key, and where it stands."""
    _, history = await history_of(house.pool, work_id, tenant=tenant)
    found = find_version(history, version)
    state = await read_state(house.pool, found)
    board = result_of(state, Phase.STORYBOARD, Storyboard) if state.get(Phase.STORYBOARD.value) else None
    element = address_book(board).find(panel)
    if board is None or element is None or element.kind != "panel":
        raise NotFound(f"Version {short(found)} has no panel {panel!r}.", element="panel")
    return found, state, board, element.key
