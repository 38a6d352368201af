"""A phase's preview at any version and quality: its structure, and pictures drawn on demand and kept."""

from uuid import UUID

from editing.edit_status import standings
from editing.preview_marks import marked
from editing.preview_quality import within
from editing.previews.images import render_preview
from editing.previews.structure import preview_of
from editing.results import book_of, ground_of, result_json
from editing.work_blobs import blobs_of
from manga.brief import Language
from manga.errors import NotFound
from manga.phases import Phase
from works.base import Json
from works.composition import House
from works.versions.tree import find_version, history_of, read_state, short


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
