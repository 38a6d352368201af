"""`/v1/works/{id}/stream-token` and `…/links`: for browsers, whose streams and pictures send no header."""

import time
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from manga.values import Value
from server.composition import Open, Rooms
from server.routes.files import begun
from server.security.identity import Anybody
from storage.database import connection
from storage.works import read_work
from works.base import Json
from works.delivery.files import BookFile, find_file, kind_of
from works.versions.tree import HEAD

router = APIRouter()


class WantedLinks(Value):
    """Names as `files` takes them: `pages/001.png`, or the object name that a result or preview gives."""

    names: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(min_length=1, max_length=50)
    version: Annotated[str, Field(min_length=1, max_length=80)] = HEAD


@router.post("/works/{work_id}/stream-token", tags=["streams"], summary="A token for a browser's streams of a work")
async def stream_token(work_id: UUID, who: Anybody, rooms: Open) -> Json:
    """Good for a minute, as `?token=` of this work's `events` and `ws`, and for nothing else: send it in place of the
    header that `EventSource` and `WebSocket` cannot send. When a stream is cut later, ask for another."""
    async with connection(rooms.house.pool) as conn:
        await read_work(conn, work_id, tenant=who.tenant)
    token, end = rooms.signing.streams.issue(who, work_id)
    return {"token": token, "expires_at": datetime.fromtimestamp(end, UTC).isoformat()}


@router.post("/works/{work_id}/links", tags=["files"], summary="Links to files that need no token")
async def links(work_id: UUID, wanted: WantedLinks, who: Anybody, rooms: Open) -> Json:
    """For pictures of a page and downloads. Each is good for minutes, and for whoever has it."""
    end = int(time.time()) + rooms.settings.link_seconds
    items = []
    for name in dict.fromkeys(wanted.names):
        store, of = rooms.house.runner.blobs, {"tenant": who.tenant, "version": wanted.version}
        found = await find_file(rooms.house.pool, store, work_id, name, **of)
        items.append({"name": name, "url": await _signed(rooms, found)})
    return {"items": items, "expires_at": datetime.fromtimestamp(end, UTC).isoformat()}


async def _signed(rooms: Rooms, found: BookFile) -> str:
    """The store's own link, where it gives any."""
    seconds = rooms.settings.link_seconds
    url = await found.blobs.signed_url(found.blob, seconds, content_type=found.media_type)
    return url or rooms.signing.links.sign(f"{found.blobs.prefix}/{found.blob}", seconds)


@router.get("/links/{signed:path}", tags=["files"], summary="A file by a signed link", response_class=Response)
async def link(
    signed: Annotated[str, Path(max_length=2000, description="as a redirect or a result gave it")],
    request: Request,
    rooms: Open,
) -> Response:
    """Without a token, for as long as the link is good."""
    name, left = rooms.signing.links.checked(request.url.path)
    blobs = rooms.house.runner.blobs
    headers = {
        "Cache-Control": f"private, max-age={left}",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return StreamingResponse(
        await begun(blobs.open_range(name)), media_type=await kind_of(blobs, name), headers=headers
    )
