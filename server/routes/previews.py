"""`/v1/works/{id}/elements` and `/previews`: what can be pointed at, and a phase's preview at a quality."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from editing.element_lookup import elements_of, texts_of
from editing.preview_quality import Device, quality_level
from manga.brief import Language
from manga.phases import Phase
from server.composition import Open
from server.response_compression import PackedRoute
from server.security.identity import Anybody
from works.base import Json
from works.versions.previews import ALTERNATIVES_LEVEL, STAGINGS_LEVEL, alternatives_of, preview_at, stagings_of
from works.versions.tree import HEAD, find_version, history_of, read_state

router = APIRouter(tags=["previews"], route_class=PackedRoute)
Which = Annotated[str, Query(max_length=80, description="a version; the newest where it is left out")]


@router.get("/works/{work_id}/elements", summary="Characters, pages, panels and texts that can be pointed at")
async def elements(work_id: UUID, who: Anybody, rooms: Open, version: Which = HEAD) -> Json:
    """With their addresses at that version and their lasting keys. Texts (`balloon`, `sfx`) come last; they are edited,
    and locked with their panels."""
    _, history = await history_of(rooms.house.pool, work_id, tenant=who.tenant)
    found = find_version(history, version)
    state = await read_state(rooms.house.pool, found)
    return {"version_id": found.version_id, "items": [asdict(each) for each in (*elements_of(state), *texts_of(state))]}


@router.get("/works/{work_id}/panels/{panel}/alternatives", summary="The pictures that a panel can have")
async def alternatives(
    work_id: UUID,
    panel: Annotated[str, Path(max_length=40)],
    who: Anybody,
    rooms: Open,
    version: Which = HEAD,
    quality: Annotated[int, Query(ge=1, le=5)] = ALTERNATIVES_LEVEL,
) -> Json:
    """Takes that were drawn of what it shows now, and the author's own: each on its page by itself (`box` is the
    part of `page` that the panel takes up). `change` is the `change_data` of a `selection` edit that hangs it; null for
    the one that hangs now."""
    shown = await alternatives_of(rooms.house, work_id, panel, version, quality, tenant=who.tenant)
    for item in shown["items"]:
        item["image"]["url"] = f"/v1/works/{work_id}/files/{item['image']['blob']}"
    return shown


@router.get("/works/{work_id}/panels/{panel}/stagings", summary="Other ways of showing a panel")
async def other_stagings(
    work_id: UUID,
    panel: Annotated[str, Path(max_length=40)],
    who: Anybody,
    rooms: Open,
    version: Which = HEAD,
    quality: Annotated[int, Query(ge=1, le=5)] = STAGINGS_LEVEL,
) -> Json:
    """Up to three, by rule: nearer, wider, from the other side, past a shoulder, from above or below; drawn by our own
    artist, whoever draws the book. `change` is the `change_data` of a `selection` edit that takes one."""
    shown = await stagings_of(rooms.house, work_id, panel, version, quality, tenant=who.tenant)
    for item in shown["items"]:
        item["image"]["url"] = f"/v1/works/{work_id}/files/{item['image']['blob']}"
    return shown


@router.get("/works/{work_id}/previews/{phase}", summary="A phase's preview")
async def preview(
    work_id: UUID,
    phase: Phase,
    who: Anybody,
    rooms: Open,
    version: Which = HEAD,
    quality: Annotated[int | None, Query(ge=1, le=5)] = None,
    memory_gb: Annotated[float, Query(gt=0, le=65_536)] = 4,
    cores: Annotated[int, Query(ge=1, le=65_536)] = 2,
    kbit_s: Annotated[float, Query(gt=0, le=1e9)] = 5000,
    multiplier: Annotated[float, Query(gt=0, le=10)] = 1,
    language: Annotated[Language | None, Query(description="of what is said on sheets; the book's without it")] = None,
) -> Json:
    """Structure, interactive elements with the edits they allow, and pictures at a quality level 1 to 5; without one
    the level follows from the device."""
    device = Device(memory_gb=memory_gb, cores=cores, kbit_s=kbit_s, multiplier=multiplier)
    level = quality or quality_level(device)
    shown = await preview_at(rooms.house, work_id, phase, version, level, tenant=who.tenant, language=language)
    for image in shown["images"]:
        image["url"] = f"/v1/works/{work_id}/files/{image['blob']}"
    return shown
