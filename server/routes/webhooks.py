"""`/v1/webhooks`: where a tenant is told of its works, and what became of each telling. For admins."""

from typing import Annotated, Literal, TypeAlias, get_args
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from manga.errors import NotFound
from manga.values import Value
from server.composition import Open
from server.security.identity import Admin
from storage.database import connection
from storage.webhooks import delete_webhook, list_deliveries, list_webhooks, read_webhook, redeliver
from works.base import Json
from works.delivery.webhook_delivery import MAX_URL, shown, shown_delivery

router = APIRouter(tags=["webhooks"])
Hooked: TypeAlias = Literal["review_requested", "completed", "failed", "parked", "degraded"]
ALL: tuple[Hooked, ...] = get_args(Hooked)


class NewWebhook(Value):
    """`url` is https, with a public name. Without a `secret` one is made."""

    url: Annotated[str, Field(min_length=1, max_length=MAX_URL)]
    events: Annotated[tuple[Hooked, ...], Field(min_length=1, max_length=len(ALL))] = ALL
    secret: Annotated[str, Field(min_length=16, max_length=200, pattern=r"^[!-~]+$")] | None = None


@router.post("/webhooks", status_code=201, summary="Be told of your tenant's works")
async def add(wanted: NewWebhook, who: Admin, rooms: Open) -> Json:
    """`secret` is in this answer and in no other: by it you check the header `Mangaka-Signature` of what comes."""
    made = await rooms.webhooks.register(who.tenant, wanted.url, tuple(dict.fromkeys(wanted.events)), wanted.secret)
    return shown(made) | {"secret": made.secret}


@router.get("/webhooks", summary="Your tenant's webhooks")
async def index(who: Admin, rooms: Open) -> Json:
    """Oldest first, without their secrets."""
    async with connection(rooms.house.pool) as conn:
        return {"items": [shown(hook) for hook in await list_webhooks(conn, who.tenant)]}


@router.get("/webhooks/{webhook_id}", summary="One webhook")
async def read(webhook_id: UUID, who: Admin, rooms: Open) -> Json:
    """Without its secret."""
    async with connection(rooms.house.pool) as conn:
        return shown(await read_webhook(conn, webhook_id, tenant=who.tenant))


@router.delete("/webhooks/{webhook_id}", status_code=204, summary="Be told no more")
async def remove(webhook_id: UUID, who: Admin, rooms: Open) -> None:
    """What was still to be sent is not sent any more."""
    async with connection(rooms.house.pool) as conn:
        if not await delete_webhook(conn, webhook_id, who.tenant):
            raise NotFound(f"There is no webhook {webhook_id}.", remedy="GET /v1/webhooks shows those there are.")


@router.get("/webhooks/{webhook_id}/deliveries", summary="What was sent, and what is to be")
async def deliveries(webhook_id: UUID, who: Admin, rooms: Open) -> Json:
    """The newest 100. `status` is the HTTP status that the last try had; `problem` says what kept it from a good one:
    `refused` (not 2xx), `unreachable`, `unknown_host`, `timeout`, `broken`, `address_refused`."""
    async with connection(rooms.house.pool) as conn:
        await read_webhook(conn, webhook_id, tenant=who.tenant)
        return {"items": [shown_delivery(found) for found in await list_deliveries(conn, webhook_id)]}


@router.post("/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver", status_code=202, summary="Send it again, now")
async def again(webhook_id: UUID, delivery_id: UUID, who: Admin, rooms: Open) -> Json:
    """Under the same `Mangaka-Delivery`, with all its tries before it."""
    async with connection(rooms.house.pool) as conn:
        await read_webhook(conn, webhook_id, tenant=who.tenant)
        await redeliver(conn, delivery_id, hook_id=webhook_id)
    return {"id": str(delivery_id), "state": "waiting"}
