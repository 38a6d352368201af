"""`/v1/works/{id}/exports` and `/files`: the finished book, and every picture on the way to it."""

import re
from collections.abc import AsyncIterator
from typing import Annotated, Literal, TypeAlias, get_args
from uuid import UUID

from fastapi import APIRouter, Header, Query
from starlette.responses import RedirectResponse, Response, StreamingResponse

from manga.errors import NotFound
from manga.values import Value
from server.identity import Anybody, Editor
from server.packing import packed
from server.rooms import Open
from works.base import Json
from works.files import BookFile, exports_of, find_file
from works.versions import HEAD

DAY_S = 86_400
JSON = "application/json"
router = APIRouter(tags=["files"])
Which = Annotated[str, Query(max_length=80, description="a version; the newest where it is left out")]


Format: TypeAlias = Literal["pdf", "cbz"]
FORMATS: tuple[str, ...] = get_args(Format)


class Wanted(Value):
    """What is wanted, of which version."""

    format: Format
    version: str = HEAD


@router.get("/works/{work_id}/exports", summary="The files that a finished book can be had as")
async def exports(work_id: UUID, who: Anybody, rooms: Open, version: Which = HEAD) -> Json:
    found = await exports_of(rooms.house.pool, work_id, tenant=who.tenant, version=version)
    return {"items": [_addressed(work_id, export, version) for export in found]}


@router.post("/works/{work_id}/exports", summary="Have a book as a file")
async def export(work_id: UUID, wanted: Wanted, who: Editor, rooms: Open) -> Json:
    """At once where the book has it already."""
    found = await exports_of(rooms.house.pool, work_id, tenant=who.tenant, version=wanted.version)
    for one in found:
        if one["format"] == wanted.format:
            return _addressed(work_id, one, wanted.version)
    raise NotFound(f"This version has no {wanted.format}.")


@router.get("/works/{work_id}/files/{name:path}", summary="One file", response_class=Response)
async def file(
    work_id: UUID,
    name: str,
    who: Anybody,
    rooms: Open,
    version: Which = HEAD,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
    accept_encoding: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """`book.pdf`, `pages/001.png`, or the object name that a result or preview gives. Where the store of objects gives
    links to them (Google Cloud Storage), the answer is 302 to a fresh one that is good for minutes."""
    blobs = rooms.house.runner.blobs
    found = await find_file(rooms.house.pool, blobs, work_id, name, tenant=who.tenant, version=version)
    headers = {
        "ETag": f'"{found.blob}"',
        "Cache-Control": f"private, max-age={DAY_S if found.name == found.blob else 0}",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{_plain(found.name)}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if if_none_match is not None and found.blob in if_none_match:
        return Response(status_code=304, headers=headers)
    if found.media_type == JSON:
        return await packed(await found.blobs.get(found.blob), accept_encoding, headers=headers)
    if (link := await _link(found, rooms.settings.link_seconds, headers["Content-Disposition"])) is not None:
        return link
    return StreamingResponse(
        await begun(found.blobs.open_range(found.blob)), media_type=found.media_type, headers=headers
    )


async def _link(found: BookFile, seconds: int, disposition: str) -> Response | None:
    """None where the store makes no links: the content goes through here then."""
    url = await found.blobs.signed_url(found.blob, seconds, content_type=found.media_type, disposition=disposition)
    if url is None:
        return None
    # Asked again soon a browser takes the same link, and finds the picture that it has.
    kept = seconds // 2 if found.name == found.blob else 0
    return RedirectResponse(url, 302, {"Cache-Control": f"private, max-age={kept}"})


async def begun(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The content with its first piece read already: what is not there is told before anything is sent."""
    try:
        first = await anext(chunks)
    except StopAsyncIteration:
        first = b""

    async def rest() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return rest()


def _addressed(work_id: UUID, export: Json, version: str) -> Json:
    query = "" if version == HEAD else f"?version={version}"
    return export | {"url": f"/v1/works/{work_id}/files/{export['url']}{query}"}


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", name)[:120]
