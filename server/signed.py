"""`/v1/works/{id}/stream-token` and `/v1/links/{…}`: what browsers need, which cannot send a token in a header."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.responses import Response, StreamingResponse

from server.files import begun
from server.identity import Anybody
from server.rooms import Open
from storage.database import connection
from storage.works import read_work
from works.base import Json
from works.files import kind_of

router = APIRouter()


@router.post("/works/{work_id}/stream-token", tags=["streams"], summary="A token for a browser's streams of a work")
async def stream_token(work_id: UUID, who: Anybody, rooms: Open) -> Json:
    """Good for a minute, as `?token=` of this work's `events` and `ws`, and for nothing else: send it in place of the
    header that `EventSource` and `WebSocket` cannot send. When a stream is cut later, ask for another."""
    async with connection(rooms.house.pool) as conn:
        await read_work(conn, work_id, tenant=who.tenant)
    token, end = rooms.signing.streams.issue(who, work_id)
    return {"token": token, "expires_at": datetime.fromtimestamp(end, UTC).isoformat()}


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
