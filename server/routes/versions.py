"""`/v1/works/{id}/versions`: the tree of a work's versions, two of them compared, and going back to one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from manga.phases import Phase
from manga.values import Value
from server.composition import Open, Rooms
from server.security.identity import Anybody, Editor, Principal
from works.base import Json
from works.versions.branching import Sender, fork_from, keep, lock, restore
from works.versions.changed_panels import changed_panels
from works.versions.compare_versions import compare, pages_beside
from works.versions.tree import LONGEST_NAME, find_version, history_of, read_state, rename_version, version_json
from works.work_json import contents_of, summary_of

router = APIRouter(tags=["versions"])
Asks = Annotated[bool, Query(description="a finished book asks again at the phases concerned")]
Sentence = Annotated[str, Field(min_length=1, max_length=2000)]


class NewBranch(Value):
    """Where the line goes; its name, or the next free one; a sentence to carry out there at once."""

    branch: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    text: Sentence | None = None


class Kept(Value):
    """Panels (keys or addresses in that version) whose pictures are put into the newest version."""

    panels: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(min_length=1, max_length=400)


class Locks(Value):
    """Keys or addresses of panels, pages or characters in the newest version. `off` takes locks off."""

    elements: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(min_length=1, max_length=400)
    off: bool = False


@router.get("/works/{work_id}/versions", summary="The history of a work")
async def index(
    work_id: UUID,
    who: Anybody,
    rooms: Open,
    phase: Phase | None = None,
    branch: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query(max_length=80)] = None,
) -> Json:
    """Oldest first. `branches` tells each line's newest version, `head` the newest of the line in work."""
    _, history = await history_of(rooms.house.pool, work_id, tenant=who.tenant)
    wanted = [v for v in history.versions if phase in (None, v.phase) and branch in (None, v.branch)]
    ids = [version.version_id for version in wanted]
    first = ids.index(cursor) + 1 if cursor in ids else 0
    shown = wanted[first : first + limit]
    more = first + limit < len(wanted)
    return {
        "items": [version_json(version) for version in shown],
        "next": shown[-1].version_id if more and shown else None,
        "branches": [{"name": line.name, "head": line.head_version_id} for line in history.branches],
        "head": history.current.head_version_id if history.current else None,
    }


@router.get("/works/{work_id}/versions/{version}", summary="One version, with its results")
async def read(work_id: UUID, version: str, who: Anybody, rooms: Open) -> Json:
    """`version`: an id or its beginning, a number of the list, a branch, a phase, or `head`."""
    _, history = await history_of(rooms.house.pool, work_id, tenant=who.tenant)
    found = find_version(history, version)
    state = await read_state(rooms.house.pool, found)
    return version_json(found) | {"content": contents_of(state)}


@router.get("/works/{work_id}/versions/{version}/diff/{other}", summary="What differs between two versions")
async def diff(
    work_id: UUID,
    version: str,
    other: str,
    who: Anybody,
    rooms: Open,
    pages: Annotated[bool, Query(description="a PNG of the pages that differ, side by side")] = False,
    panels: Annotated[bool, Query(description="the panels that differ, each before and after")] = False,
) -> Response:
    """In words by phase, and the numbers of the pages that differ; with `panels` pictures of what differs."""
    from fastapi.responses import JSONResponse

    found = await compare(rooms.house.pool, work_id, version, other, tenant=who.tenant)
    if pages:
        image = await pages_beside(rooms.house.runner.blobs, found, tenant=who.tenant)
        return Response(image, media_type="image/png")
    told = {"old": version_json(found.old), "new": version_json(found.new)} | found.difference.to_json()
    if panels:
        told |= with_addresses(work_id, await changed_panels(rooms.house, found, tenant=who.tenant))
    return JSONResponse(told)


def with_addresses(work_id: UUID, shown: Json) -> Json:
    """The pictures with where they can be had."""
    for side in (panel[name] for panel in shown["panels"] for name in ("before", "after")):
        if side and side["image"]:
            side["image"]["url"] = f"/v1/works/{work_id}/files/{side['image']['blob']}"
    return shown


@router.post("/works/{work_id}/versions/{version}/fork", status_code=202, summary="Open a line at a version")
async def fork(work_id: UUID, version: str, sent: NewBranch, who: Editor, rooms: Open, review: Asks = False) -> Json:
    return summary_of(await fork_from(sender_of(rooms, who, review=review), work_id, version, sent.branch, sent.text))


@router.post("/works/{work_id}/versions/{version}/restore", status_code=202, summary="Make a version the newest again")
async def bring_back(work_id: UUID, version: str, who: Editor, rooms: Open, review: Asks = False) -> Json:
    return summary_of(await restore(sender_of(rooms, who, review=review), work_id, version))


@router.post("/works/{work_id}/versions/{version}/keep", status_code=202, summary="Keep pictures of a version")
async def keep_panels(work_id: UUID, version: str, sent: Kept, who: Editor, rooms: Open, review: Asks = False) -> Json:
    return summary_of(await keep(sender_of(rooms, who, review=review), work_id, sent.panels, version))


@router.post("/works/{work_id}/locks", status_code=202, summary="Say what is to stay, or no longer")
async def lock_elements(work_id: UUID, sent: Locks, who: Editor, rooms: Open, review: Asks = False) -> Json:
    """A locked panel keeps its picture and words, a page its panels, a character its sheet, whatever else changes."""
    return summary_of(await lock(sender_of(rooms, who, review=review), work_id, sent.elements, off=sent.off))


def sender_of(rooms: Rooms, who: Principal, *, review: bool = False) -> Sender:
    return Sender(rooms.house.pool, rooms.house.queue, who.tenant, review=review, by=who.subject)


class Called(Value):
    """Empty takes the name off."""

    name: Annotated[str, Field(max_length=LONGEST_NAME)]


@router.patch("/works/{work_id}/versions/{version}", operation_id="version_names_call", summary="Name a version")
async def call(work_id: UUID, version: str, sent: Called, who: Editor, rooms: Open) -> Json:
    """Its state stays as it is: only what it is called is another."""
    return version_json(await rename_version(rooms.house.pool, work_id, version, sent.name, tenant=who.tenant))
