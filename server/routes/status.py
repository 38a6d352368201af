"""What the service is and how it is: `/v1/capabilities`, `/v1/usage`, `/healthz`, `/readyz`, `/metrics`."""

import hmac
from typing import get_args

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from drawing.export.formats import FORMATS, NAMES, format_json
from manga.brief import MAX_CHARACTERS, MAX_PAGES, Brief
from manga.edits import MAX_EDITS, ChangeType
from manga.errors import NotFound
from manga.feedback import MAX_SENTENCE
from manga.phases import PHASES
from server.composition import Open, Rooms
from server.readiness import readiness
from server.security.identity import Admin, Anybody, Role, Unauthorized, token_of
from storage.base import EventType, WorkStatus
from storage.database import connection
from storage.works import read_usage
from works.base import Json

router = APIRouter(tags=["service"])
health = APIRouter(tags=["service"])


@router.get("/capabilities", summary="Limits, words and choices as data")
async def capabilities(who: Anybody, rooms: Open) -> Json:
    """So that no client has to hard-code them."""
    settings = rooms.settings
    return {
        "phases": [phase.value for phase in PHASES],
        "statuses": [status.value for status in WorkStatus],
        "events": [kind.value for kind in EventType],
        "roles": [role.name.lower() for role in Role],
        "change_types": list(get_args(ChangeType)),
        "exports": list(NAMES),
        "export_formats": [format_json(found) for found in FORMATS.values()],
        "brief": Brief.model_json_schema(),
        "limits": {
            "characters": MAX_CHARACTERS,
            "pages": MAX_PAGES,
            "sentence": MAX_SENTENCE,
            "edits": MAX_EDITS,
            "body_bytes": settings.max_body_bytes,
            "requests_a_minute": settings.requests_a_minute,
            "works_a_day": settings.works_a_day,
            "images_a_day": rooms.house.tenant_images_a_day,
            "streams": settings.streams_a_tenant,
        },
        "models": {"paid": rooms.house.tariff.paid},
        "minds": {"paid": rooms.house.tariff.paid},
    }


@router.get("/usage", summary="What your tenant has used")
async def usage(who: Admin, rooms: Open) -> Json:
    """Of today (UTC) and of all time: works, calls, pictures, what they cost."""
    async with connection(rooms.house.pool) as conn:
        return await read_usage(conn, who.tenant)


@health.get("/healthz", summary="Does the process live?", include_in_schema=False)
async def healthz() -> Json:
    return {"status": "ok"}


@health.get("/readyz", summary="Can it work?", include_in_schema=False)
async def readyz(rooms: Open) -> JSONResponse:
    """503 while it stops, or one of what it needs does not answer."""
    return await readiness(rooms.pulse, rooms.redis, rooms.house.runner.blobs, rooms.draining)


@health.get("/metrics", include_in_schema=False)
async def metrics(request: Request, rooms: Open) -> Response:
    """Figures of all tenants, for whoever runs the service: with MANGA_METRICS_TOKEN by that token; without, only where
    there are no keys, to this machine."""
    await _let_in(request, rooms)
    return Response(await rooms.figures(), media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


async def _let_in(request: Request, rooms: Rooms) -> None:
    """Raises `Unauthorized`, `NotFound`, `Forbidden`."""
    token = rooms.settings.metrics_token
    if token is not None:
        if not hmac.compare_digest(token_of(request).encode(), token.get_secret_value().encode()):
            raise Unauthorized
    elif rooms.settings.has_keys:
        raise NotFound(
            "There are no figures here.", remedy="Whoever runs the service sets MANGA_METRICS_TOKEN for them."
        )
    else:
        await rooms.identify(request)
