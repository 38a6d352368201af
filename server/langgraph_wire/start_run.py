"""Starts the run that a LangGraph client wants: accepts a story, answers a review, forks a version or goes on with
what had stopped. There is no other way to the graph."""

import asyncio
import re
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from psycopg.errors import UniqueViolation

from editing.review_answers import spelled_out
from manga.brief import Brief
from manga.errors import BriefRejected, Conflict, NotFound
from server.composition import Rooms
from server.langgraph_wire.assistants import check_assistant
from server.langgraph_wire.request_models import RunBody, check_offered
from server.langgraph_wire.thread_lookup import find_run, find_thread, snapshot_at, values_at
from server.security.identity import Principal
from storage.base import Version, Work, WorkStatus
from storage.tenant_limits import DayLimits
from storage.versions import History
from works.accept_work import DRAW, accept, brief_of, order_of
from works.base import Json
from works.lifecycle import at_work, pause, resume
from works.queue.queued_runs import enqueue
from works.reviews.answers import Fork, Reply, check_answer, fork, reply
from works.reviews.author_edits import check_edits
from works.run_status import Run
from works.versions.branching import free_name
from works.versions.tree import HEAD, find_version, history_of

_INTERRUPT: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, the interrupt that it names, and whether a finished book asks on its way (`review`)."""

    answer: Json
    interrupt_id: str | None = None
    review: bool = False


def answer_of(value: Any) -> Said:
    """`{action, text, edits, undo, review}` with the action or what it follows from, `{interrupt id: that}`, a
    sentence, or one of the words approve, confirm and cancel. Raises `EditRejected` for anything else."""
    interrupt_id = None
    if isinstance(value, dict) and len(value) == 1 and _INTERRUPT.fullmatch(next(iter(value))):
        ((interrupt_id, value),) = value.items()
    review = isinstance(value, dict) and value.get("review") is True
    return Said(spelled_out(_without_review(value)), interrupt_id, review)


def _without_review(value: Any) -> Any:
    """What the graph is answered: it knows no `review`."""
    asks = isinstance(value, dict) and isinstance(value.get("review"), bool)
    return {name: said for name, said in value.items() if name != "review"} if asks else value


async def check_sent_answer(rooms: Rooms, who: Principal, work_id: UUID, answer: Json) -> None:
    """Raises `EditRejected`, `NotFound` for edits that cannot be laid over the newest state."""
    whole = check_answer(answer, confirming=False)
    if whole["edits"] or whole["undo"]:
        await check_edits(rooms.house, work_id, whole["edits"], whole["undo"], tenant=who.tenant)


async def fork_at(rooms: Rooms, who: Principal, work_id: UUID, place: str | None, answer: Json | None) -> Fork:
    """Going on from the newest version that this checkpoint holds: from an older one on a new branch, from the newest
    (None) on the same. Raises `NotFound`, `Conflict`."""
    _, history = await history_of(rooms.house.pool, work_id, tenant=who.tenant)
    if not history.versions:
        raise Conflict("There is no version yet to go on from.", remedy="Wait for the first review.")
    if answer is not None and answer["action"] == "approve":
        await _check_no_plan_waits(rooms, work_id, place)
    head = find_version(history, HEAD)
    version = head if place is None else await _version_at(rooms, work_id, history, place)
    branch = None if version == head else free_name(history)
    return Fork(version.version_id, branch, answer, tenant=who.tenant, by=who.subject)


async def _check_no_plan_waits(rooms: Rooms, work_id: UUID, place: str | None) -> None:
    """Raises `Conflict` where an approval would mean a plan: a fork has the wish no more that the plan is of."""
    if (await snapshot_at(rooms.house, work_id, place)).next == ("confirm",):
        raise Conflict(
            "A plan waits there for a yes, and a fork would forget it.",
            remedy="Answer the plan where it waits by a run's `command.resume`, or send the wish again from there.",
        )


async def _version_at(rooms: Rooms, work_id: UUID, history: History, place: str) -> Version:
    by_checkpoint = {version.checkpoint_id: version for version in history.versions}
    if place in by_checkpoint:
        return by_checkpoint[place]
    await snapshot_at(rooms.house, work_id, place)
    newest = (await values_at(rooms.house, work_id, place)).get("version")
    found = next((version for version in history.versions if version.version_id == newest), None)
    if found is None:
        raise Conflict("This checkpoint is from before the first version.", remedy="Begin a new thread.")
    return found


async def start(rooms: Rooms, who: Principal, thread_id: UUID | None, body: RunBody) -> Run:
    """The run, on its way. Without a thread it gets a new one.

    Raises `NotFound`, `Conflict` (busy; nothing to go on with; answered before), `NotOffered`, `BriefRejected`,
    `EditRejected`, `LimitReached`.
    """
    check_assistant(body.assistant_id)
    check_offered(body)
    create = thread_id is None or body.if_not_exists == "create"
    thread_id = thread_id or uuid4()
    try:
        work = (await find_thread(rooms, who, thread_id)).work
    except NotFound:
        if not create:
            raise
        work = None
    note = await _note(rooms, thread_id, body)
    run_id = (
        await _first(rooms, who, thread_id, body, note) if work is None else await _next(rooms, who, work, body, note)
    )
    return (await find_run(rooms, who, thread_id, run_id))[0]


async def _note(rooms: Rooms, thread_id: UUID, body: RunBody) -> Json:
    """What is kept of a run; a client that was cut off comes back for the same `modes`, without saying so. `after` is
    where its raw events begin at the earliest."""
    events = rooms.house.feed.events
    await events.want(thread_id)
    return {
        "metadata": body.metadata or {},
        "multitask_strategy": body.multitask_strategy or "enqueue",
        "modes": sorted(body.modes),
        "after": await events.newest(thread_id),
    }


async def _first(rooms: Rooms, who: Principal, thread_id: UUID, body: RunBody, note: Json) -> UUID:
    brief = story_of(body.input)
    limits = DayLimits(rooms.settings.works_a_day, rooms.house.tenant_images_a_day)
    request = await asyncio.to_thread(order_of, brief, who.tenant, rooms.house.tariff, limits)
    request = replace(request, work_id=thread_id, metadata=body.metadata or {}, wire=note)
    try:
        async with rooms.accepting:
            accepted = await accept(rooms.house.pool, rooms.house.queue, request)
    except UniqueViolation as error:
        raise Conflict("This thread has begun meanwhile, or its id is taken.") from error
    if accepted.work.id != thread_id:
        raise Conflict(
            f"The request id was used before: it is the thread {accepted.work.id}.", remedy="Use that thread."
        )
    return uuid5(thread_id, DRAW)


def story_of(sent: Any) -> Brief:
    """`{brief: {text, ...}}`, or the brief itself. Raises `BriefRejected`."""
    inner = sent.get("brief", sent) if isinstance(sent, dict) else None
    if not isinstance(inner, dict):
        raise BriefRejected("input: the story is missing.", remedy="Send `{brief: {text: ...}}`.", element="input")
    return brief_of(inner)


async def _next(rooms: Rooms, who: Principal, work: Work, body: RunBody, note: Json) -> UUID:
    """Of a thread that has begun."""
    house, run_id = rooms.house, uuid4()
    to = Reply({}, tenant=who.tenant, command_id=run_id, wire=note, by=who.subject)
    if at_work(work):
        if body.multitask_strategy == "enqueue" and body.place is None and body.input is None:
            await _enqueue(rooms, work, body, to)
            return run_id
        if body.multitask_strategy != "interrupt":
            raise Conflict(
                "The thread is busy with a run.",
                remedy="Join it, or send multitask_strategy=interrupt; enqueue, with neither input nor a checkpoint.",
            )
        work = await pause(house, work.id, tenant=who.tenant)
    said = body.command.resume if body.command else None
    here = said is not None and body.place is not None and await _is_asked_at(rooms, work, body.place)
    if body.place is not None and not here:
        meant = None if said is None else answer_of(said)
        wanted = await fork_at(rooms, who, work.id, body.place, None if meant is None else meant.answer)
        asks = meant is not None and meant.review
        await fork(house.pool, house.queue, work.id, replace(wanted, command_id=run_id, wire=note, review=asks))
    elif said is not None:
        await _answer(rooms, who, work, to, said)
    elif body.input is not None:
        raise Conflict(
            "A thread is one work, and this one has its story.", remedy="Make a new thread, or send no input."
        )
    elif work.status is WorkStatus.AWAITING_FEEDBACK:
        raise Conflict("A review waits for an answer.", remedy='Send `command: {resume: {action: "approve"}}`.')
    else:
        await resume(house, work.id, tenant=who.tenant, command_id=run_id, wire=note)
    return run_id


async def _enqueue(rooms: Rooms, work: Work, body: RunBody, to: Reply) -> None:
    """What the run answers is looked at when it begins; that it is an answer at all, now."""
    value = body.command.resume if body.command else None
    if value is not None:
        said = answer_of(value)
        to = replace(to, answer=said.answer, interrupt_id=said.interrupt_id, review=said.review)
    await enqueue(rooms.house, to, work.id, answers=value is not None)


async def _is_asked_at(rooms: Rooms, work: Work, place: str) -> bool:
    """Whether what waits for an answer now was asked at this checkpoint."""
    if work.status is not WorkStatus.AWAITING_FEEDBACK:
        return False
    return str((await snapshot_at(rooms.house, work.id)).config["configurable"]["checkpoint_id"]) == place


async def _answer(rooms: Rooms, who: Principal, work: Work, to: Reply, value: Any) -> None:
    """To the pending review, or to a finished book."""
    said = answer_of(value)
    if not (work.pending_review or {}).get("confirming"):
        await check_sent_answer(rooms, who, work.id, said.answer)
    sent = replace(to, answer=said.answer, interrupt_id=said.interrupt_id, review=said.review)
    await reply(rooms.house.pool, rooms.house.queue, work.id, sent)
