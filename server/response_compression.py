"""Compresses JSON answers as the client takes them: brotli, else gzip, else not at all."""

import asyncio
import re
import zlib
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

JSON: Final = "application/json"
LEAST_BYTES: Final = 1024
"""Less is not worth it."""
_PART = re.compile(r"\s*([A-Za-z*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")
_BROTLI_QUALITY: Final = 5
_OF_THE_BODY: Final = ("content-length", "content-type")


async def packed(
    data: bytes, accepted: str | None, *, media_type: str = JSON, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer. `accepted` is the request's `Accept-Encoding`; `headers` may hold an `ETag` of `data` as it is."""
    told = dict(headers or {}) | {"Vary": "Accept-Encoding"}
    coding = coding_of(accepted) if len(data) >= LEAST_BYTES else None
    if coding is None:
        return Response(data, media_type=media_type, headers=told)
    told["Content-Encoding"] = coding
    if "ETag" in told:
        # The bytes are others in each coding, and so is what names them.
        told["ETag"] = f'{told["ETag"].removesuffix(chr(34))}-{coding}"'
    # In a thread, not in the process pool where pages are drawn: both let other threads run meanwhile.
    return Response(await asyncio.to_thread(_pack, data, coding), media_type=media_type, headers=told)


class PackedRoute(APIRoute):
    """For routers with large answers in JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            answer = await handler(request)
            if answer.headers.get("content-type") != JSON or isinstance(answer, StreamingResponse):
                return answer
            headers = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_THE_BODY}
            accepted = request.headers.get("accept-encoding")
            small = await packed(bytes(answer.body), accepted, headers=headers)
            small.status_code, small.background = answer.status_code, answer.background
            return small

        return handle


def coding_of(accepted: str | None) -> str | None:
    """The best that a client takes: `br`, `gzip` or None."""
    weights: dict[str, float] = {}
    for part in (accepted or "").split(",")[:20]:
        if match := _PART.fullmatch(part):
            weights[match[1].lower()] = float(match[2] or 1)
    able = {coding: weights.get(coding, weights.get("*", 0.0)) for coding in ("br", "gzip")}
    best = max(able, key=lambda coding: able[coding])  # brotli where both are equal
    return best if able[best] > 0 else None


def _pack(data: bytes, coding: str) -> bytes:
    if coding == "br":
        import brotli

        return bytes(brotli.compress(data, quality=_BROTLI_QUALITY))
    packer = zlib.compressobj(6, wbits=31)
    return packer.compress(data) + packer.flush()
