"""The `webhooks` section of the OpenAPI document: what the service sends to an address of yours."""

from typing import Any, Final

from server.routes.webhooks import ALL
from works.base import Json
from works.delivery.webhook_delivery import TOLD

_MEANS: Final = {
    "review_requested": "A work waits for an answer (`interrupt_id`, until `deadline`).",
    "completed": "A book is finished.",
    "failed": "A work has failed; `code` says why, and reading the work what helps.",
    "parked": "A work rests, until `resume_at` or until somebody resumes it.",
    "degraded": "A book is finished with placeholders.",
}
_HEADERS: Final = {
    "Mangaka-Signature": "`t=SECONDS,v1=HEX`: HMAC-SHA256, under the webhook's secret, of `SECONDS.` and the body",
    "Mangaka-Delivery": "the same at every try of one telling",
    "Mangaka-Event": "the event's type",
}


def webhooks() -> Json:
    """One POST for each event that a webhook can have."""
    return {event: {"post": _told(event)} for event in ALL}


def _told(event: str) -> Json:
    headers: list[Json] = [
        {"name": name, "in": "header", "required": True, "description": means, "schema": {"type": "string"}}
        for name, means in _HEADERS.items()
    ]
    return {
        "operationId": f"webhook_{event}",
        "tags": ["webhooks"],
        "summary": _MEANS[event],
        "description": "The event's envelope without any word of the story. Answer 2xx within 10 seconds; anything else"
        " is tried again, eight times in ten hours.",
        "security": [],
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _body(event)}}},
        "responses": {
            "2XX": {"description": "You have it."},
            "410": {"description": "You want no more: the webhook is ended."},
        },
    }


def _body(event: str) -> Json:
    data: dict[str, Any] = {name: {} for name in TOLD}
    known: Json = {
        "v": {"const": 1},
        "id": {"type": "string", "pattern": r"^\d{1,19}$"},
        "type": {"const": event},
        "work_id": {"type": "string", "format": "uuid"},
        "version_id": {"type": ["string", "null"]},
        "at": {"type": "string", "format": "date-time"},
        "data": {"type": "object", "properties": data, "additionalProperties": False},
    }
    return {"type": "object", "properties": known, "required": list(known)}
