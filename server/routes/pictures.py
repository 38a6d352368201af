"""`/v1/works/{id}/pictures`: a person's own picture for a panel. Its body is the one that is no JSON, so the guards
leave it unread: only who may bring a picture to this work is listened to.
"""

import re
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request

from drawing.raster.decode import MOST_BYTES
from server.composition import Open
from server.security.body_validation import UnsupportedMedia, check_sent, read_whole
from server.security.identity import Editor
from works.base import Json
from works.reviews.author_edits import bring_picture, check_bringing

KINDS: Final = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""What is taken, and how it begins."""
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_BODY: Final = {"requestBody": {"required": True, "content": dict.fromkeys(KINDS, _BINARY)}}
router = APIRouter(tags=["feedback"])


@router.post("/works/{work_id}/pictures", status_code=201, summary="Bring a picture of your own", openapi_extra=_BODY)
async def bring(
    work_id: UUID,
    who: Editor,
    rooms: Open,
    request: Request,
    aspect: Annotated[
        float | None, Query(ge=0.05, le=20, description="width by height that white borders fill it up to")
    ] = None,
) -> Json:
    """PNG, JPEG or WebP: one still picture. It is decoded and written anew, upright, on white, without anything else
    that the file said. `picture` is what an edit gives to a panel, which shows it until that edit is taken back:
    `{"change_type": "selection", "element_id": "p01.k2", "change_data": {"picture": {"blob": …}}}`."""
    kind = request.headers.get("content-type", "").strip().lower()
    if kind not in KINDS:
        raise _not_taken("A picture is sent as PNG, JPEG or WebP.")
    check_sent(request.headers, MOST_BYTES)
    await check_bringing(rooms.house, work_id, tenant=who.tenant)
    async with rooms.intake.place(who.tenant):
        data = await read_whole(request.receive, MOST_BYTES)
        if not KINDS[kind].match(data):
            raise _not_taken(f"The bytes are no {kind}.")
        picture = await bring_picture(rooms.house, work_id, data, tenant=who.tenant, aspect=aspect)
    return {"picture": picture, "url": f"/v1/works/{work_id}/files/{picture['blob']}"}


def _not_taken(reason: str) -> UnsupportedMedia:
    return UnsupportedMedia(reason, remedy=f"Send its bytes as they are, with a Content-Type of {', '.join(KINDS)}.")
