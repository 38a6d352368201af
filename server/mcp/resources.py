"""Works as resources: their status, results of phases, pages as pictures, and finished files.

- `mangaka://works/{id}`: how the work stands
- `mangaka://works/{id}/phases/{phase}`: a phase's result as JSON, its first piece
- `mangaka://works/{id}/pages/{number}`: a page as a PNG; 0 is the title page
- `mangaka://works/{id}/exports/{format}`: the finished book as a file of at most 4 MiB
"""

import base64
import re
from typing import Final
from uuid import UUID

from mcp_types import (
    BlobResourceContents,
    ListResourcesResult,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextResourceContents,
)

from manga.errors import NotFound
from server.mcp.caller import MOST_BYTES, AnswerTooLong, Caller, cut, read_arguments, written
from server.mcp.read_book import Listing, Pages, PhaseText, Shown, read_pages, read_phase
from server.mcp.work_status import URI, status_of
from server.security.identity import Role, check_role
from storage.database import connection
from storage.works import list_works
from works.delivery.exports import Wish, export

JSON: Final = "application/json"
_WORK: Final = re.compile(
    rf"{URI}/(?P<work>[0-9a-fA-F-]{{36}})(?:/(?P<kind>phases|pages|exports)/(?P<name>[a-z0-9_-]{{1,20}}))?"
)
_TEMPLATES: Final = (
    ("", "work", "How a work stands", JSON),
    ("/phases/{phase}", "phase", "The result of concept, characters, plot, storyboard, artwork, ...", JSON),
    ("/pages/{number}", "page", "A page as a picture; 0 is the title page", "image/png"),
    ("/exports/{format}", "export", "The finished book as pdf, cbz, epub, ...", None),
)


def templates() -> list[ResourceTemplate]:
    """Of every work."""
    return [
        ResourceTemplate(uri_template=f"{URI}/{{work_id}}{path}", name=name, description=says, mime_type=kind)
        for path, name, says, kind in _TEMPLATES
    ]


async def listed(caller: Caller, cursor: str | None) -> ListResourcesResult:
    """The works of the caller, newest first, twenty at a time."""
    sent = read_arguments(Listing, {"cursor": cursor} if cursor else {})
    async with connection(caller.house.pool) as conn:
        found = await list_works(conn, caller.tenant, limit=sent.limit + 1, before=sent.cursor)
    shown = found[: sent.limit]
    items = [
        Resource(
            uri=f"{URI}/{work.id}",
            name=str(work.id),
            title=cut(work.title or "", 120) or None,
            description=f"A manga, {work.status.value}",
            mime_type=JSON,
        )
        for work in shown
    ]
    return ListResourcesResult(resources=items, next_cursor=str(shown[-1].id) if len(found) > sent.limit else None)


async def resource(caller: Caller, uri: str) -> ReadResourceResult:
    """Raises `NotFound`, also for another tenant's, and `AnswerTooLong`."""
    match = _WORK.fullmatch(uri)
    if match is None:
        raise NotFound(f"There is no resource {cut(uri, 120)!r}.", remedy="resources/templates/list shows their form.")
    try:
        work_id = UUID(match["work"])
    except ValueError:
        raise NotFound(f"There is no work {match['work']}.") from None
    kind, name = match["kind"], match["name"]
    if kind is None:
        return _text(uri, status_of(await caller.work(work_id)))
    if kind == "phases":
        found = await read_phase(caller, read_arguments(PhaseText, {"work_id": str(work_id), "phase": name}))
        return _text(uri, found.told)
    return await (_page if kind == "pages" else _export)(caller, uri, work_id, name)


def _text(uri: str, told: object) -> ReadResourceResult:
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, text=written(told), mime_type=JSON)])


async def _page(caller: Caller, uri: str, work_id: UUID, name: str) -> ReadResourceResult:
    sent = read_arguments(Pages, {"work_id": str(work_id), "first": int(name) if name.isdigit() else -1, "count": 1})
    found: Shown = await read_pages(caller, sent)
    if not found.pictures:
        raise NotFound(f"There is no picture of page {sent.first} yet.")
    blob = BlobResourceContents(uri=uri, blob=found.pictures[0].base64, mime_type="image/png")
    return ReadResourceResult(contents=[blob])


async def _export(caller: Caller, uri: str, work_id: UUID, name: str) -> ReadResourceResult:
    check_role(caller.who, Role.EDITOR)
    made = await export(caller.desk, work_id, Wish(name))
    if made.bytes > MOST_BYTES:
        raise AnswerTooLong(
            f"The file has {made.bytes} bytes; {MOST_BYTES} is the most here.",
            remedy="export_manga says where it can be had.",
        )
    data = base64.b64encode(await made.blobs.get(made.blob)).decode()
    contents = [BlobResourceContents(uri=uri, blob=data, mime_type=made.format.media_type)]
    return ReadResourceResult(contents=contents)
