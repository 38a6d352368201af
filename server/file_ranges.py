"""Sends an object of the store: whole, its head alone (`HEAD`), or one part of it (`Range`, RFC 9110)."""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from manga.errors import UserError
from server.problem_json import problem_of
from storage.objects import BlobStore

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class RangeNotSatisfiable(UserError):
    """The file has no such part."""

    code = "range_not_satisfiable"
    http_status = 416
    default_remedy = "Content-Range tells how long the file is."


async def sent_part(
    blobs: BlobStore, name: str, media_type: str, request: Request, headers: Mapping[str, str]
) -> Response:
    """The answer. Raises `NotFound`, before anything is sent."""
    size = await blobs.size(name)
    asked = _asked(request.headers, headers.get("ETag"))
    start, end = (0, size) if asked is None else _part(asked, size)
    if asked is not None and start >= end:
        problem = problem_of(RangeNotSatisfiable(f"The file has {size} bytes."), request.url.path[:200])
        problem.headers["Content-Range"] = f"bytes */{size}"
        return problem
    told = {**headers, "Accept-Ranges": "bytes", "Content-Length": str(end - start)}
    if asked is not None:
        told["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    status = 200 if asked is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, media_type=media_type, headers=told)
    whole = (start, end) == (0, size)  # also asked for as a part: then too it is held against its digest
    chunks = blobs.open_range(name) if whole else blobs.open_range(name, start, end)
    return StreamingResponse(await _one_behind(chunks), status, told, media_type)


def _asked(headers: Headers, etag: str | None) -> tuple[str, str] | None:
    """The first and last byte as they are written. None: the whole, also for several parts at once, for what is no
    range, and where the reader has a part of another content (`If-Range`)."""
    found = _RANGE.fullmatch(headers.get("range", "").strip())
    if found is None or not (found[1] or found[2]) or headers.get("if-range", etag) != etag:
        return None
    if found[1] and found[2] and int(found[2]) < int(found[1]):
        return None
    return found[1], found[2]


def _part(asked: tuple[str, str], size: int) -> tuple[int, int]:
    """Bytes from the first to before the second; none of them where that is no part of so many."""
    first, last = asked
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


async def _one_behind(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The content with its first piece read already: what is not there is told before anything is sent. Each piece goes
    out when the next one is there, so that what turns out broken at its end is never whole for whoever reads it."""
    first = await anext(chunks, b"")

    async def rest() -> AsyncIterator[bytes]:
        held = first
        async for chunk in chunks:
            yield held
            held = chunk
        yield held

    return rest()
