"""Accepts a person's answer to a review or wish for a version: writes a command and its job together.

Two answers at once have one winner: the work's row is locked, and who comes second finds the review answered. An answer
to a finished book is a fork of its newest version, so that the graph can go to the phase concerned.
"""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from editing.review_answers import agreed, read_answer
from editing.state_as_json import TO_END
from graph.nodes.confirm import ConfirmAnswer
from graph.nodes.review import ReviewAnswer
from manga.errors import Conflict
from storage.base import Command, CommandStatus, EventType, Version, Work, WorkStatus
from storage.database import Connection, Pool, transaction
from storage.event_outbox import append_event
from storage.versions import current_branch, open_branch, read_version
from storage.work_commands import add_command, find_command, finish_command, list_commands, was_sent
from storage.works import change_work, read_work
from works.base import HELD, LOCAL_TENANT, WIRE, Json
from works.observers import carried
from works.queue.job_queue import Queue

HOLD = "hold"
"""Of a review's `on_timeout`: it waits for as long as it takes."""
ANSWER = "answer"
"""Payload: `{answer, interrupt_id, branch}`, and `to_end` of a finished book."""
FORK = "fork"
"""Payload: `{answer | None, version, phase, branch, note, change, stops}`, and `to_end` of a finished book; target: the
old version's checkpoint. `version` is the parent of what comes of it."""
BY = "by"
"""In the payload of either: who sent it, as their token names them; left out where nobody is named."""
ORDERS = (ANSWER, FORK)
MAIN = "main"
_AT_REST = (
    WorkStatus.AWAITING_FEEDBACK,
    WorkStatus.COMPLETED,
    WorkStatus.FAILED,
    WorkStatus.PARKED,
    WorkStatus.CANCELLED,
)


async def stop_clock(pool: Pool, work_id: UUID, interrupt_id: str | None = None, *, tenant: str = LOCAL_TENANT) -> Work:
    """The work, whose review waits until somebody answers. Raises `NotFound`, and `Conflict` where none waits, or
    another than the one meant."""
    async with transaction(pool) as conn:
        work = await read_work(conn, work_id, tenant=tenant, lock=True)
        pending = work.pending_review if work.status is WorkStatus.AWAITING_FEEDBACK else None
        if pending is None or interrupt_id not in (None, pending["interrupt_id"]):
            raise Conflict("No such review waits for an answer.", remedy="Look at the work again.")
        return await change_work(conn, work_id, pending_review=pending | {"on_timeout": HOLD})


@dataclass(frozen=True, slots=True)
class Reply:
    """`answer` is `ReviewAnswer` or `ConfirmAnswer` as JSON. `base_version` is the version the person looked at;
    `interrupt_id` the review meant. A repeated send has the same `command_id`. A finished book is redrawn to its end
    without reviews unless `review` asks for them. `by`: who sends it, as their token names them."""

    answer: Json
    base_version: str | None = None
    interrupt_id: str | None = None
    tenant: str = LOCAL_TENANT
    alone: bool = False
    command_id: UUID = field(default_factory=uuid4)
    wire: Json | None = None
    review: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Fork:
    """Going on from a version: with an answer, with other channels of its state (`change`), or as it is.

    `branch` names a new line; None stays on the current one, whose newest version becomes the parent. With a `note`
    (`{kind, text}`) the old state itself becomes a new version. `stops` are the phases to be done and looked at again.
    A `held` fork waits until somebody goes on with the work. What changes a finished book (the newest state, or a wish
    on a new line) is carried out to the end without reviews unless `review` asks for them; a new line without a wish
    stands at its version and asks there. `by`: as in `Reply`.
    """

    version: str
    branch: str | None
    answer: Json | None = None
    change: Json = field(default_factory=dict)
    note: Json | None = None
    stops: tuple[str, ...] = ()
    base_version: str | None = None
    tenant: str = LOCAL_TENANT
    alone: bool = False
    command_id: UUID = field(default_factory=uuid4)
    wire: Json | None = None
    held: bool = False
    review: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where commands are written: one open transaction, and the queue that takes the job in it."""

    conn: Connection
    queue: Queue
    work: Work
    alone: bool
    wire: Json | None = None
    held: bool = False
    by: str = ""

    async def order(self, command_id: UUID, kind: str, payload: Json, target: str | None = None) -> Work:
        work_id = self.work.id
        payload = payload | ({} if self.wire is None else {WIRE: self.wire}) | ({HELD: True} if self.held else {})
        payload |= carried() | ({BY: self.by} if self.by else {})
        await add_command(
            self.conn, command_id=command_id, work_id=work_id, kind=kind, target_checkpoint=target, payload=payload
        )
        told: Json = {"answer_id": str(command_id), "kind": kind, "branch": payload["branch"]}
        told |= _told(payload.get("answer") or {})
        await append_event(self.conn, work_id, EventType.FEEDBACK_RECEIVED, told)
        if self.held:
            await append_event(self.conn, work_id, EventType.PARKED, {"resume_at": None, "code": HELD})
            status = WorkStatus.PARKED
            return await change_work(self.conn, work_id, status=status, pending_review=None, error=None, resume_at=None)
        await self.queue.defer_run(work_id, self.conn, alone=self.alone, at_once=asks_for_more(payload))
        return await change_work(self.conn, work_id, status=WorkStatus.QUEUED, pending_review=None, error=None)


async def reply(pool: Pool, queue: Queue, work_id: UUID, sent: Reply) -> Work:
    """Raises `Conflict` (answered already, another version is the newest, at work), `EditRejected`, `NotFound`."""
    async with transaction(pool) as conn:
        work = await read_work(conn, work_id, tenant=sent.tenant, lock=True)
        if await was_sent(conn, sent.command_id):
            return work
        desk = _Desk(conn, queue, work, sent.alone, sent.wire, by=sent.by)
        if work.status is WorkStatus.AWAITING_FEEDBACK and work.pending_review is not None:
            if work.head_version is not None and _drops_question(work.pending_review, sent):
                return await _reopened(desk, work.head_version, sent)
            return await _answered(desk, work.pending_review, sent)
        if work.status is WorkStatus.COMPLETED and work.head_version is not None and sent.interrupt_id is None:
            return await _reopened(desk, work.head_version, sent)
        raise _not_asked(work)


async def _answered(desk: _Desk, pending: Json, sent: Reply) -> Work:
    if sent.interrupt_id not in (None, pending["interrupt_id"]):
        raise Conflict("This review was answered before.", remedy="Look at the work again and answer what it asks now.")
    _check_base(sent.base_version, pending["version_id"])
    confirming = bool(pending.get("confirming"))
    said = agreed(sent.answer, pending.get("allowed", ())) if confirming else sent.answer
    answer = check_answer(said, confirming=confirming)
    payload = {"answer": answer, "interrupt_id": pending["interrupt_id"], "branch": pending["branch"]}
    payload |= {TO_END: True} if pending.get(TO_END) else {}
    return await desk.order(sent.command_id, ANSWER, payload)


def _drops_question(pending: Json, sent: Reply) -> bool:
    """Is the book finished, and only a wish of it was asked back? Then a hand edit is not kept waiting."""
    meant = sent.interrupt_id in (None, pending["interrupt_id"])
    return bool(pending.get("confirming") and pending.get(TO_END)) and meant and sent.answer.get("action") == "edit"


async def _reopened(desk: _Desk, head: str, sent: Reply) -> Work:
    _check_base(sent.base_version, head)
    version = await read_version(desk.conn, desk.work.id, head)
    answer = check_answer(sent.answer, confirming=False)
    if answer["action"] == "approve":
        raise Conflict("The book is finished: there is nothing to approve.", remedy="Send a sentence or edits.")
    line = await current_branch(desk.conn, desk.work.id)
    again = Fork(head, None, answer, command_id=sent.command_id, review=sent.review)
    return await _fork(desk, again, version, line.name if line else version.branch, head, to_end=True)


async def fork(pool: Pool, queue: Queue, work_id: UUID, wanted: Fork) -> Work:
    """The version becomes the newest state again; every older version, and every other line, stays as it is.

    Raises `Conflict` (at work, the branch is taken, `base_version` is not the newest), `NotFound`, `EditRejected`.
    """
    async with transaction(pool) as conn:
        work = await read_work(conn, work_id, tenant=wanted.tenant, lock=True)
        if await find_command(conn, wanted.command_id) is not None:
            return work
        if work.status not in _AT_REST:
            raise _not_asked(work)
        version = await read_version(conn, work_id, wanted.version)
        line = await current_branch(conn, work_id)
        _check_base(wanted.base_version, line.head_version_id if line else version.version_id)
        parent = version.version_id
        if wanted.branch is not None:
            line = await open_branch(conn, work_id, wanted.branch, parent)
            await change_work(conn, work_id, head_version=parent)
        elif line is not None:
            parent = line.head_version_id
        if wanted.answer is not None:
            wanted = replace(wanted, answer=check_answer(wanted.answer, confirming=False))
        finished = work.finished and (work.status is WorkStatus.COMPLETED or await is_redrawn(conn, work))
        await _supersede(conn, work_id)
        desk = _Desk(conn, queue, work, wanted.alone, wanted.wire, wanted.held, wanted.by)
        name = line.name if line else MAIN
        changes = wanted.branch is None or (wanted.answer or {}).get("action") in ("feedback", "edit")
        return await _fork(desk, wanted, version, name, parent, to_end=finished and changes)


async def is_redrawn(conn: Connection, work: Work) -> bool:
    """Is the work a finished book whose redrawing is not done yet?"""
    return bool((work.pending_review or {}).get(TO_END) or await _orders_to_end(conn, work.id))


async def is_drawn_already(conn: Connection, work: Work) -> bool:
    """Has a finished book the version already that its redrawing leads to, and only its run has not ended?"""
    orders = await _orders_to_end(conn, work.id)
    if not orders or work.head_version is None:
        return False
    return (await read_version(conn, work.id, work.head_version)).created_at > orders[0].created_at


async def _orders_to_end(conn: Connection, work_id: UUID) -> list[Command]:
    pending = await list_commands(conn, work_id, pending_only=True)
    return [command for command in pending if command.kind in ORDERS and command.payload.get(TO_END)]


async def _fork(desk: _Desk, wanted: Fork, version: Version, branch: str, parent: str, *, to_end: bool) -> Work:
    payload: Json = {
        "answer": wanted.answer,
        "version": parent,
        "phase": version.phase,
        "branch": branch,
        "note": wanted.note,
        "change": wanted.change,
        "stops": list(wanted.stops),
        **({TO_END: True} if to_end and not wanted.review else {}),
    }
    return await desk.order(wanted.command_id, FORK, payload, version.checkpoint_id)


async def _supersede(conn: Connection, work_id: UUID) -> None:
    """What was ordered of a work that failed or is parked is not what is wanted any more."""
    for command in await list_commands(conn, work_id, pending_only=True):
        if command.kind in ORDERS:
            await finish_command(conn, command.id, CommandStatus.FAILED)


async def time_out(pool: Pool, queue: Queue, work_id: UUID, interrupt_id: str, *, alone: bool = False) -> bool:
    """Approves the review that nobody answered. False when somebody did, or stopped its clock."""
    approval = Reply({"action": "approve"}, interrupt_id=interrupt_id, alone=alone)
    async with transaction(pool) as conn:
        work = await read_work(conn, work_id, lock=True)
        pending = work.pending_review if work.status is WorkStatus.AWAITING_FEEDBACK else None
        if pending is None or pending["interrupt_id"] != interrupt_id or pending["on_timeout"] == HOLD:
            return False
        await _answered(_Desk(conn, queue, work, alone), pending, approval)
    return True


def check_answer(answer: Json, *, confirming: bool) -> Json:
    """The answer in full. Raises `EditRejected` that names the field."""
    kind: type[ConfirmAnswer | ReviewAnswer] = ConfirmAnswer if confirming else ReviewAnswer
    return read_answer(answer, kind).to_json()


def asks_for_more(payload: Json) -> bool:
    """Does a person ask for more with this order than what was begun?"""
    return (payload.get("answer") or {}).get("action") != "approve"


def branch_of(order: Command | None) -> str:
    """The line that a run with this order goes on with."""
    return str(order.payload["branch"]) if order else MAIN


def resume_arguments(order: Command, waiting: frozenset[str]) -> dict[str, Any]:
    """How the graph is started with an order: with the answer while its review waits. Not any more, when the process
    died after the answer was taken: then it just goes on."""
    interrupt_id = order.payload.get("interrupt_id")
    if order.kind != ANSWER or interrupt_id not in waiting:
        return {}
    return {"answer": order.payload["answer"], "interrupt_id": interrupt_id}


def fork_state(order: Command) -> Json:
    """What a fork writes into the old state: its change, and the answer to carry out, that the phase is approved, the
    phases to go to, or that the review is to be asked again."""
    payload = order.payload
    feedback: Json = {"asked_at": payload["phase"], "version": payload["version"]}
    if payload.get(TO_END):
        feedback[TO_END] = True
    answer: Json | None = payload["answer"]
    if answer is not None and answer["action"] == "approve":
        feedback["approved"] = True
    elif answer is not None:
        feedback["answer"] = answer
    elif payload.get("stops"):
        feedback["stops"] = payload["stops"]
    else:
        feedback["cancelled"] = True
    if payload.get("note"):
        feedback["note"] = payload["note"]
    return {**payload.get("change", {}), "version": payload["version"], "feedback": feedback}


def _check_base(base: str | None, current: str) -> None:
    if base not in (None, current):
        raise Conflict(
            f"The version {base} is not the newest any more: {current} is.",
            remedy=f"Look at {current} and send it again.",
        )


def _not_asked(work: Work) -> Conflict:
    if work.status in (WorkStatus.QUEUED, WorkStatus.PROCESSING):
        return Conflict("The work is being done.", remedy="Wait until it asks, or is finished.")
    if work.status in (WorkStatus.FAILED, WorkStatus.PARKED):
        return Conflict(f"The work is {work.status}.", remedy=f"`mangaka resume {work.id}` first.")
    return Conflict(f"The work is {work.status}: no review waits for an answer.", remedy="Look at the work again.")


def _told(answer: Json) -> Json:
    """What everybody who follows the work may know of an answer: not its words."""
    return {"action": answer["action"], "edits": len(answer.get("edits") or ())} if answer else {}
