"""Errors as problem JSON (RFC 9457): `{type, title, status, detail, code, remedy, phase, element, instance, errors}`.

`code` is stable and the one to switch on; `type` is `urn:mangaka:problem:{code}`. Nothing of a request's text, and
nothing of what went wrong inside, is in it.
"""

import logging
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from manga.errors import MangaError, StorageFailed

MEDIA_TYPE = "application/problem+json"
_TITLES = {413: "Content Too Large", 414: "URI Too Long", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}
"""RFC 9110's names, which Python has from 3.13 on."""
AGAIN = "Send it again after the seconds of Retry-After. A new work that has a `request_id` is made once."
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
log = logging.getLogger("mangaka.server")


class ProblemResponse(JSONResponse):
    """An answer that says what is wrong."""

    media_type = MEDIA_TYPE

    def __init__(self, status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any):
        body = {
            "type": f"urn:mangaka:problem:{code}",
            "title": _TITLES.get(status) or HTTPStatus(status).phrase,
            "status": status,
            "code": code,
            "detail": detail,
            **{name: value for name, value in more.items() if value is not None},
        }
        super().__init__(body, status_code=status, headers=dict(headers or {}))


def problem_of(error: MangaError, path: str | None = None) -> ProblemResponse:
    """What a person or program is told of one of our errors."""
    status = error.http_status if error.http_status >= 400 else HTTPStatus.SERVICE_UNAVAILABLE
    ours = isinstance(
        error, StorageFailed
    )  # its words and remedy are for whoever runs the service: they hold addresses
    wait = error.retry_after_s
    if wait is None and status == HTTPStatus.SERVICE_UNAVAILABLE:
        wait = 5.0
    return ProblemResponse(
        status,
        error.code,
        summary(type(error)) if ours else error.message,
        headers={} if wait is None else {"Retry-After": str(max(1, math.ceil(wait)))},
        remedy=AGAIN if ours else error.remedy,
        phase=error.phase,
        element=error.element,
        instance=path,
    )


def summary(kind: type[MangaError]) -> str:
    """What is the matter with all errors of this kind."""
    return (kind.__doc__ or "").strip().splitlines()[0]


def add_problems(app: FastAPI) -> None:
    """Every error that leaves a route becomes a problem."""

    @app.exception_handler(MangaError)
    async def ours(request: Request, error: MangaError) -> ProblemResponse:
        if error.http_status >= 500:
            log.warning("%s %s: %s", request.method, _path(request), error.code)
        return problem_of(error, _path(request))

    @app.exception_handler(RequestValidationError)
    async def unfit(request: Request, error: RequestValidationError) -> ProblemResponse:
        found = [_fault(fault) for fault in error.errors()[:20]]
        detail = f"{found[0]['field']}: {found[0]['message']}." if found else "The request is not what is asked for."
        return ProblemResponse(
            422, "invalid", detail, errors=found, instance=_path(request), remedy="Change it and send again."
        )

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> ProblemResponse:
        code = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "unsupported_media_type"}
        headers = {"Allow": ", ".join(methods_at(request))} if error.status_code == 405 else error.headers
        return ProblemResponse(
            error.status_code,
            code.get(error.status_code, "http"),
            str(error.detail),
            headers=headers,
            instance=_path(request),
        )

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> ProblemResponse:
        # The run boundary of a request: the rest of the service goes on.
        log.error("%s %s: %s", request.method, _path(request), type(error).__name__, exc_info=error)
        return ProblemResponse(500, "internal", "Something went wrong in Mangaka itself.", instance=_path(request))


def methods_at(request: Request) -> list[str]:
    """All that the address takes, by whatever route. Starlette's own list is of the first route alone."""
    at = ({**request.scope, "method": method} for method in _METHODS)
    return [
        scope["method"]
        for scope in at
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes)
    ]


def _fault(fault: Mapping[str, Any]) -> dict[str, str]:
    """Where and what, without the value that was sent."""
    where = ".".join(str(part) for part in fault["loc"] if part not in ("body", "query", "path"))
    return {"field": where or "request", "message": str(fault["msg"])[:300]}


def _path(request: Request) -> str:
    return request.url.path[:200]
