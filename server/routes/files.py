"""`/v1/works/{id}/exports`, `/files` and `/links`: the finished book, every picture on the way to it, and addresses of
both that need no token."""

import re
import time
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from drawing.export.formats import FormatName
from editing.work_blobs import WorkBlobs
from manga.values import Value
from server.composition import Open, Rooms
from server.file_ranges import sent_part
from server.response_compression import packed
from server.security.identity import Anybody, Editor
from works.base import Json
from works.delivery.exports import Desk, Wish, ready_of
from works.delivery.exports import export as make
from works.delivery.file_lookup import BookFile, find_file, kind_of, small_of
from works.versions.tree import HEAD

DAY_S = 86_400
JSON = "application/json"
router = APIRouter(tags=["files"])
Which = Annotated[str, Query(max_length=80, description="a version; the newest where it is left out")]
Small = Annotated[bool, Query(description="a picture as a thumbnail, at most 25 kB")]


class Wanted(Value):
    """What is wanted, of which version. `options` are whole numbers that the format knows: `GET /v1/capabilities`."""

    format: FormatName
    version: str = Field(default=HEAD, max_length=80)
    options: dict[str, int] = Field(default_factory=dict, max_length=8)


@router.get("/works/{work_id}/exports", summary="The files that a finished book can be had as")
async def exports(work_id: UUID, who: Anybody, rooms: Open, version: Which = HEAD) -> Json:
    found = await ready_of(_desk(rooms, who.tenant), work_id, version)
    return {"items": [_addressed(work_id, made.to_json(), version) for made in found]}


@router.post("/works/{work_id}/exports", summary="Have a book as a file")
async def export(work_id: UUID, wanted: Wanted, who: Editor, rooms: Open) -> Json:
    """At once where it is there already; else it is made now, which takes seconds."""
    wish = Wish(wanted.format, wanted.version, wanted.options)
    made = await make(_desk(rooms, who.tenant), work_id, wish)
    return _addressed(work_id, made.to_json(), wanted.version)


def _desk(rooms: Rooms, tenant: str) -> Desk:
    return Desk(rooms.house.pool, rooms.house.runner.blobs, rooms.house.offload, tenant)


@router.head("/works/{work_id}/files/{name:path}", include_in_schema=False)
@router.get("/works/{work_id}/files/{name:path}", summary="One file", response_class=Response)
async def file(
    work_id: UUID,
    name: str,
    who: Anybody,
    rooms: Open,
    request: Request,
    version: Which = HEAD,
    small: Small = False,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
    accept_encoding: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """`book.pdf`, `pages/001.png`, or the object name that a result or preview gives. Where the store of objects gives
    links to them (Google Cloud Storage), the answer is 302 to a fresh one that is good for minutes. A part of a picture
    or book comes for `Range: bytes=FIRST-LAST` (206)."""
    blobs = rooms.house.runner.blobs
    found = await find_file(rooms.house.pool, blobs, work_id, name, tenant=who.tenant, version=version)
    found = await small_of(found, rooms.house.offload) if small else found
    headers = {
        "ETag": f'"{found.blob}"',
        "Cache-Control": f"private, max-age={DAY_S if found.name == found.blob else 0}",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": _named(found),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if if_none_match is not None and found.blob in if_none_match:
        return Response(status_code=304, headers=headers)
    if found.media_type == JSON:
        return await packed(await found.blobs.get(found.blob), accept_encoding, headers=headers)
    if (link := await _link(found, rooms.settings.link_seconds, headers["Content-Disposition"])) is not None:
        return link
    return await sent_part(found.blobs, found.blob, found.media_type, request, headers)


async def _link(found: BookFile, seconds: int, disposition: str) -> Response | None:
    """None where the store makes no links: the content goes through here then."""
    url = await found.blobs.signed_url(found.blob, seconds, content_type=found.media_type, disposition=disposition)
    if url is None:
        return None
    # Asked again soon a browser takes the same link, and finds the picture that it has.
    kept = seconds // 2 if found.name == found.blob else 0
    return RedirectResponse(url, 302, {"Cache-Control": f"private, max-age={kept}"})


def _addressed(work_id: UUID, export: Json, version: str) -> Json:
    query = "" if version == HEAD else f"?version={version}"
    return export | {"url": f"/v1/works/{work_id}/files/{export['url']}{query}"}


def _named(file: BookFile) -> str:
    """Shown where it is opened, kept by its title; the plain name is for those who know nothing else."""
    return f"inline; filename=\"{_plain(file.name)}\"; filename*=UTF-8''{quote(file.called, safe='')}"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", name)[:120]


class WantedLinks(Value):
    """Names as `files` takes them: `pages/001.png`, or the object name that a result or preview gives."""

    names: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(min_length=1, max_length=50)
    version: Annotated[str, Field(min_length=1, max_length=80)] = HEAD


@router.post("/works/{work_id}/links", operation_id="signed_links", summary="Links to files that need no token")
async def links(work_id: UUID, wanted: WantedLinks, who: Anybody, rooms: Open) -> Json:
    """For pictures of a page and downloads. Each is good for minutes, and for whoever has it."""
    signer, seconds = rooms.signing.links, rooms.settings.link_seconds
    end = int(time.time()) + seconds
    items = []
    for name in dict.fromkeys(wanted.names):
        store, of = rooms.house.runner.blobs, {"tenant": who.tenant, "version": wanted.version}
        found = await find_file(rooms.house.pool, store, work_id, name, **of)
        url = await signer.link_to(found.blobs, found.blob, found.media_type, seconds)
        items.append({"name": name, "url": url})
    return {"items": items, "expires_at": datetime.fromtimestamp(end, UTC).isoformat()}


@router.head("/links/{signed:path}", include_in_schema=False)
@router.get(
    "/links/{signed:path}", operation_id="signed_link", summary="A file by a signed link", response_class=Response
)
async def link(
    signed: Annotated[str, Path(max_length=2000, description="as a redirect or a result gave it")],
    request: Request,
    rooms: Open,
    small: Small = False,
) -> Response:
    """Without a token, for as long as the link is good."""
    name, left = rooms.signing.links.check(request.url.path)
    prefix, _, blob = name.rpartition("/")
    blobs = WorkBlobs(rooms.house.runner.blobs, prefix)
    found = BookFile(blob, blob, await kind_of(blobs, blob), blobs)
    found = await small_of(found, rooms.house.offload) if small else found
    headers = {
        "Cache-Control": f"private, max-age={left}",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return await sent_part(blobs, found.blob, found.media_type, request, headers)
