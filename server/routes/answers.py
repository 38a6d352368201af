"""`/v1/works/{id}/feedback`, `/plans` and `/pictures`: what a person answers, whether a plan is right, and pictures of
their own."""

import asyncio
import re
from contextlib import aclosing
from typing import Annotated, Final, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from drawing.raster.decode_picture import MOST_BYTES
from manga.edits import MAX_EDITS
from manga.errors import Conflict
from manga.feedback import MAX_SENTENCE
from manga.values import Value
from server.composition import Open, Rooms
from server.security.body_validation import UnsupportedMedia, check_sent, read_whole
from server.security.identity import Anybody, Editor
from server.streams.event_stream import CLOSING, follow
from storage.base import EventType
from storage.database import connection
from storage.event_outbox import find_event
from storage.works import read_work
from works.base import Json
from works.queue.job_queue import end_tasks
from works.reviews.answers import Reply, reply
from works.reviews.author_edits import bring_picture, check_bringing, check_edits
from works.reviews.talk import MOST, talk_of
from works.work_json import summary_of

router = APIRouter(tags=["feedback"])
_NO_PLAN = frozenset({*CLOSING, EventType.REVIEW_REQUESTED, EventType.PARKED})
Wait = Annotated[float, Query(ge=0, le=20, description="seconds to wait for the plan of a sentence or of edits")]
Id = Annotated[str, Field(min_length=1, max_length=80)]
KINDS: Final = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""What is taken, and how it begins."""
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_BODY: Final = {"requestBody": {"required": True, "content": dict.fromkeys(KINDS, _BINARY)}}


class Feedback(Value):
    """An approval, a sentence, or edits; one of them.

    `base_version` is the version that was looked at: with another as the newest the answer is 409. `interrupt_id` is
    the review meant (`pending_review`). Sent again with the same `answer_id`, it is carried out once. What changes a
    finished book is drawn to the end without reviews, as one version; with `review` it asks at each phase concerned.
    `about`: what is on the screen (addresses or keys), meant where the sentence says what but not where.
    """

    action: Literal["approve", "feedback", "edit"] | None = None
    text: str | None = Field(default=None, min_length=1, max_length=MAX_SENTENCE)
    edits: tuple[Json, ...] = Field(default=(), max_length=MAX_EDITS)
    undo: tuple[Id, ...] = Field(default=(), max_length=MAX_EDITS)
    base_version: Id | None = None
    interrupt_id: Id | None = None
    answer_id: UUID | None = None
    review: bool = False
    about: tuple[Id, ...] = Field(default=(), max_length=6)

    def answer(self) -> Json:
        """As the review takes it."""
        action = self.action or ("feedback" if self.text else "edit" if self.edits or self.undo else "approve")
        said: Json = {"action": action}
        for name in ("text", "edits", "undo", "about"):
            if value := getattr(self, name):
                said[name] = list(value) if isinstance(value, tuple) else value
        return said


@router.get("/works/{work_id}/talk", operation_id="talk_read", summary="What was said, and what was answered")
async def talk(work_id: UUID, who: Anybody, rooms: Open, limit: Annotated[int, Query(ge=1, le=MOST)] = 20) -> Json:
    """The newest answers of people, oldest first: what was understood of each or asked back, what became of each wish,
    and the versions before and after, which `…/versions/{before}/diff/{version_id}?panels=true` shows in pictures."""
    return {"items": await talk_of(rooms.house.pool, work_id, tenant=who.tenant, limit=limit)}


class Confirmation(Value):
    """Whether the plan is to be carried out; `feedback` sends another sentence in its place (`about` as in answers)."""

    action: Literal["confirm", "cancel", "feedback"] = "confirm"
    text: str | None = Field(default=None, min_length=1, max_length=MAX_SENTENCE)
    about: tuple[Id, ...] = Field(default=(), max_length=6)


@router.post("/works/{work_id}/feedback", status_code=202, summary="Answer a review, or change a finished book")
async def feedback(work_id: UUID, sent: Feedback, who: Editor, rooms: Open, response: Response, wait: Wait = 0) -> Json:
    """The work, on its way again. What was understood comes as `plan_ready`; with `wait`, when it is there in time, in
    this answer as `plan` (200 then). Where plans are to be confirmed it is `pending_review.plan` too."""
    if sent.edits or sent.undo:
        await check_edits(rooms.house, work_id, sent.edits, sent.undo, tenant=who.tenant)
    answer = Reply(
        sent.answer(),
        sent.base_version,
        sent.interrupt_id,
        tenant=who.tenant,
        command_id=sent.answer_id or uuid4(),
        review=sent.review,
        by=who.subject,
    )
    work = await reply(rooms.house.pool, rooms.house.queue, work_id, answer)
    if not wait or answer.answer["action"] == "approve":
        return summary_of(work)
    return await _with_plan(rooms, work_id, answer.command_id, wait, response)


async def _with_plan(rooms: Rooms, work_id: UUID, command: UUID, wait: float, response: Response) -> Json:
    plan = await plan_of(rooms, work_id, command, wait)
    async with connection(rooms.house.pool) as conn:
        found = summary_of(await read_work(conn, work_id))
    if plan is None:
        return found
    response.status_code = 200
    return found | {"plan": plan}


async def plan_of(rooms: Rooms, work_id: UUID, command: UUID, wait: float) -> Json | None:
    """What was understood of an answer, within so many seconds; None when it takes longer, or the run ended without."""
    mark = {"answer_id": str(command)}
    async with connection(rooms.house.pool) as conn:
        begun = await find_event(conn, work_id, EventType.FEEDBACK_RECEIVED, mark)
    if begun is None:
        return None
    coming = asyncio.create_task(_understood(rooms, work_id, begun.id, mark["answer_id"]))
    try:
        done, _ = await asyncio.wait((coming,), timeout=wait)
    finally:
        await end_tasks(coming)
    return coming.result() if done else None


async def _understood(rooms: Rooms, work_id: UUID, after: int, answer_id: str) -> Json | None:
    async with aclosing(follow(rooms, work_id, after)) as coming:
        async for told in coming:
            if told.type == EventType.PLAN_READY:
                found: Json = told.envelope()["data"]
                return found if found["answer_id"] == answer_id else None
            if told.type in _NO_PLAN:
                return None
    return None


@router.post("/works/{work_id}/plans/{plan_id}/confirm", status_code=202, summary="Say yes or no to a plan")
async def confirm(
    work_id: UUID, plan_id: Id, sent: Confirmation, who: Editor, rooms: Open, response: Response, wait: Wait = 0
) -> Json:
    """`plan_id` is the `interrupt_id` of the pending review that shows the plan. Another sentence leads to another
    plan, which `wait` waits for."""
    async with connection(rooms.house.pool) as conn:
        work = await read_work(conn, work_id, tenant=who.tenant)
    pending = work.pending_review or {}
    if not pending.get("confirming") or pending.get("interrupt_id") != plan_id:
        raise Conflict("No such plan waits for an answer.", remedy="Look at the work again.")
    answer: Json = {"action": sent.action} | ({"text": sent.text} if sent.text else {})
    answer |= {"about": list(sent.about)} if sent.about else {}
    answered = Reply(answer, interrupt_id=plan_id, tenant=who.tenant, by=who.subject)
    work = await reply(rooms.house.pool, rooms.house.queue, work_id, answered)
    if not wait or sent.action != "feedback":
        return summary_of(work)
    return await _with_plan(rooms, work_id, answered.command_id, wait, response)


@router.post(
    "/works/{work_id}/pictures",
    status_code=201,
    operation_id="pictures_bring",
    summary="Bring a picture of your own",
    openapi_extra=_BODY,
)
async def bring(
    work_id: UUID,
    who: Editor,
    rooms: Open,
    request: Request,
    aspect: Annotated[
        float | None, Query(ge=0.05, le=20, description="width by height that white borders fill it up to")
    ] = None,
) -> Json:
    """PNG, JPEG or WebP: one still picture. It is decoded and written anew, upright, on white, without anything else
    that the file said. `picture` is what an edit gives to a panel, which shows it until that edit is taken back:
    `{"change_type": "selection", "element_id": "p01.k2", "change_data": {"picture": {"blob": …}}}`."""
    kind = request.headers.get("content-type", "").strip().lower()
    if kind not in KINDS:
        raise _not_taken("A picture is sent as PNG, JPEG or WebP.")
    check_sent(request.headers, MOST_BYTES)
    await check_bringing(rooms.house, work_id, tenant=who.tenant)
    async with rooms.intake.place(who.tenant):
        data = await read_whole(request.receive, MOST_BYTES)
        if not KINDS[kind].match(data):
            raise _not_taken(f"The bytes are no {kind}.")
        picture = await bring_picture(rooms.house, work_id, data, tenant=who.tenant, aspect=aspect)
    return {"picture": picture, "url": f"/v1/works/{work_id}/files/{picture['blob']}"}


def _not_taken(reason: str) -> UnsupportedMedia:
    return UnsupportedMedia(reason, remedy=f"Send its bytes as they are, with a Content-Type of {', '.join(KINDS)}.")
