"""The events that a run writes besides its phases: plans, changes of a version, a finished book, a question."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from calls.ledger import ENDS
from editing.compare_versions import difference
from editing.phase_results import result_json
from editing.state_as_json import TO_END
from editing.version_changes import Change
from graph.events import PlanReady, ReviewRequested
from graph.state import State
from manga.book import Book
from manga.errors import StorageFailed
from manga.phases import PHASES, Phase
from storage.base import EventType, Version
from storage.database import Connection, Pool, connection
from storage.event_outbox import append_event
from storage.versions import list_versions, preview_url
from works.base import Json, Story, Ticket
from works.reviews.answers import branch_of
from works.run_journal import Journal
from works.versions.tree import read_state

MOST_CHANGES: Final = 200
"""Elements of one version; whoever needs more looks at the preview."""
_LONGEST: Final = 2000


async def tell_plan(journal: Journal, ticket: Ticket, event: PlanReady) -> None:
    """Once for each answer, however often its run is begun; without the words that were sent."""
    plan = event.plan
    mark: Json = {"answer_id": str(ticket.order.id) if ticket.order else None}
    told = {"phase": event.phase.value, "items": plan.get("items") or [], "question": plan.get("question") or ""}
    await journal.tell_once(ticket, EventType.PLAN_READY, mark, [told | {"redo": plan["redo"]}])


async def tell_changes(journal: Journal, ticket: Ticket, version_id: str) -> None:
    """What a new version made of elements that were there before; nothing of a phase that is done for the first
    time."""
    pair = await _compared(journal.pool, ticket.work_id, version_id)
    if pair is None:
        return
    old, new = pair
    try:
        before = await read_state(journal.pool, old)
    except StorageFailed as error:
        if type(error) is StorageFailed:  # pruned: nobody knows any more what was there
            return
        raise
    after = await read_state(journal.pool, new)
    found = await asyncio.to_thread(difference, before, after)
    redrawn = new.kind == "feedback" and new.phase == PHASES[-1]  # all phases, as one version
    changes = found.changes if redrawn or new.kind not in ENDS else found.of(Phase(new.phase))
    if told := changed_elements(ticket.work_id, version_id, changes):
        await journal.tell_once(ticket, EventType.PREVIEW_CHANGE, {"version_id": version_id}, told)


async def _compared(pool: Pool, work_id: UUID, version_id: str) -> tuple[Version, Version] | None:
    """The version's parent and itself, where there can be a difference to tell."""
    async with connection(pool) as conn:
        known = await list_versions(conn, work_id, limit=None)
    by_id = {version.version_id: version for version in known}
    new = by_id.get(version_id)
    old = by_id.get(new.parent_version_id or "") if new else None
    if new is None or old is None:
        return None
    again = any(v.phase == new.phase and v.version_id != version_id for v in known)
    return (old, new) if again or new.kind not in ENDS else None


def changed_elements(work_id: UUID, version_id: str, changes: Iterable[Change]) -> list[Json]:
    """`preview_change` for each element, with its fields together."""
    found: dict[tuple[Phase, str], Json] = {}
    for change in changes:
        told = found.setdefault(
            (change.phase, change.element),
            {
                "phase": change.phase.value,
                "element_id": change.element,
                "kind": change.kind,
                "change_data": {},
                "preview_url": preview_url(work_id, change.phase.value, version_id),
            },
        )
        if change.field:
            after = change.after
            told["change_data"][change.field] = after[:_LONGEST] if isinstance(after, str) else after
    return list(found.values())[:MOST_CHANGES]


async def tell_finished(conn: Connection, ticket: Ticket, book: Book, version_id: str, missing: Sequence[str]) -> None:
    """The end of a book: what is missing, what it can be had as, and last that it is finished."""
    degraded = book.degraded or bool(missing)
    ends: list[tuple[EventType, Json]] = []
    if degraded:
        ends.append((EventType.DEGRADED, {"placeholders": list(missing)}))
    for export in book.exports:
        if export.status == "ready" and export.format in ("pdf", "cbz"):
            url = f"/v1/works/{ticket.work_id}/files/book.{export.format}?version={version_id}"
            told = {"format": export.format, "url": url, "bytes": export.bytes, "sha256": export.sha256}
            ends.append((EventType.EXPORT_READY, told | {"version_id": version_id}))
    ends.append((EventType.COMPLETED, {"pages": len(book.pages), "degraded": degraded}))
    for type, data in ends:
        await append_event(conn, ticket.work_id, type, data, version_id=version_id)


async def keep_result(journal: Journal, story: Story, ticket: Ticket, phase: Phase) -> None:
    """The work's title as far as it is known, and the phase's result as Redis keeps it, for quick reads of what came
    last."""
    if title := await title_so_far(story, ticket.work_id):
        await journal.change(ticket, title=title)
    if journal.cache is None:
        return
    content = (await story.values(ticket.work_id, phase.value)).get(phase.value)
    if content:
        await journal.cache.write_checkpoint(ticket.work_id, phase, content)


async def title_so_far(story: Story, work_id: UUID) -> str:
    """The concept's title with a person's edits; empty before there is one."""
    values = cast("State", await story.values(work_id, Phase.CONCEPT.value, "edits"))
    return str(result_json(values, Phase.CONCEPT).get("title") or "")


def pending_of(review: ReviewRequested, ticket: Ticket, deadline: datetime) -> Json:
    """The `pending_review` of the work: what is asked, until when, and what may be answered."""
    data, mode = review.data, ticket.brief.feedback_mode
    return {
        "phase": review.phase.value,
        "interrupt_id": review.interrupt_id,
        "version_id": review.version_id,
        "branch": branch_of(ticket.order),
        "deadline": deadline.isoformat(),
        "on_timeout": data.get("on_timeout", mode.on_timeout),
        "allowed": list(data.get("allowed", ())),
        "question": data.get("question"),
        "plan": data.get("plan"),
        "refused": list(data.get("refused", ())),
        "outcomes": (outcomes := list(data.get("outcomes", data.get("answered", ())))),
        "answered": outcomes,
        "bill": data.get("bill"),
        "missing_sheets": list(data.get("missing_sheets", ())),
        "confirming": "plan" in data,
        **({TO_END: True} if data.get(TO_END) else {}),
    }
