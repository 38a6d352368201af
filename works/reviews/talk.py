"""What was said of a work and what was answered, both sides in order: the talk of a person and the service.

An answer is what was understood of a sentence, or a question back; when it was carried out, what became of each wish,
and the versions before and after, where they are not thinned out. Answers of before this was noted say `noted` false:
nobody knows any more.
"""

from typing import Final
from uuid import UUID

from storage.base import Command, CommandStatus, EventType, Version
from storage.database import Connection, Pool, connection
from storage.event_outbox import find_event
from storage.versions import list_versions
from storage.work_commands import list_commands, note_payload
from storage.works import read_work
from works.base import Json
from works.reviews.answers import BY, ORDERS

TOLD: Final = "told"
"""In an answer's payload: `{outcomes, question, version}` as it was when the work came to rest."""
_SAYS: Final = ("feedback", "edit", "confirm", "cancel")
MOST: Final = 100


async def note_told(conn: Connection, order: Command, told: Json) -> None:
    """What is answered to an order, in the transaction that closes it."""
    await note_payload(conn, order.id, {TOLD: told})


async def talk_of(pool: Pool, work_id: UUID, *, tenant: str, limit: int = 20) -> list[Json]:
    """The newest entries, oldest first. Raises `NotFound`."""
    async with connection(pool) as conn:
        await read_work(conn, work_id, tenant=tenant)
        orders = [one for one in await list_commands(conn, work_id) if one.kind in ORDERS]
        versions = await list_versions(conn, work_id, limit=None)
        spoken = [(at, one) for at, one in enumerate(orders) if _answer(one).get("action") in _SAYS][-limit:]
        following = [*orders[1:], None]
        return [await _entry(conn, one, following[at], versions) for at, one in spoken]


def _answer(order: Command) -> Json:
    return order.payload.get("answer") or {}


async def _entry(conn: Connection, order: Command, following: Command | None, versions: list[Version]) -> Json:
    answer, told = _answer(order), order.payload.get(TOLD)
    event = await find_event(conn, order.work_id, EventType.PLAN_READY, {"answer_id": str(order.id)})
    plan = event.data if event is not None else {}
    before = [version.version_id for version in versions if version.created_at <= order.created_at]
    since = versions[len(before) :]
    base = order.payload.get("version") or (before[-1] if before else None)
    made = [v.version_id for v in since if following is None or v.created_at <= following.created_at]
    return {
        "answer_id": str(order.id),
        "at": order.created_at.isoformat(),
        "by": order.payload.get(BY, ""),
        "action": answer["action"],
        "text": answer.get("text", ""),
        "edits": len(answer.get("edits") or ()) + len(answer.get("undo") or ()),
        "state": _state(order, told),
        "noted": told is not None,
        "understood": plan.get("items", []),
        "redo": plan.get("redo"),
        "question": (told or {}).get("question") or plan.get("question", ""),
        "outcomes": (told or {}).get("outcomes", []),
        "before": base if any(v.version_id == base for v in versions) else None,
        "version_id": made[-1] if made else None,
    }


def _state(order: Command, told: Json | None) -> str:
    """`waiting`, `asked_back`, `done`, or `dropped` for what was broken off."""
    if order.status is CommandStatus.PENDING:
        return "waiting"
    if (told or {}).get("question"):
        return "asked_back"
    return "done" if order.status is CommandStatus.DONE else "dropped"
