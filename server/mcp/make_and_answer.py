"""Tools that change something: make a manga, answer its reviews, say what should be different, branch and export.

An answer that is sent twice is carried out once, also when the server died after the first: its command's id is made
of what it answers and of what it says.
"""

import asyncio
import json
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from pydantic import Field, StringConstraints

from drawing.export.formats import FormatName
from manga.brief import Brief, Settings, StoryText
from manga.edits import MAX_EDITS
from manga.errors import UserError
from manga.feedback import MAX_SENTENCE
from manga.values import Value
from server.mcp.caller import LONGEST_WAIT_S, Caller
from server.mcp.work_status import followed, plan_of, status_of
from storage.base import EventType, Work
from storage.database import connection
from storage.event_outbox import find_event
from storage.tenant_limits import DayLimits
from works.accept_work import accept, brief_of, order_of
from works.base import Json
from works.delivery.exports import Wish, export
from works.lifecycle import cancel, pause, resume
from works.reviews.answers import Reply, reply
from works.reviews.author_edits import check_edits
from works.used_up_limits import estimate_today, used_up
from works.versions.branching import Sender, fork_from, restore
from works.versions.tree import HEAD

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SENTENCE)]
Id = Annotated[str, Field(min_length=1, max_length=80)]
Wait = Annotated[int, Field(ge=0, le=LONGEST_WAIT_S, description="seconds to wait in this call")]
VersionName = Annotated[str, Field(min_length=1, max_length=80, description="an id, a number, a branch, a phase, head")]


class Story(Value):
    """A story, and wishes for its book."""

    text: StoryText = Field(description="the whole story in plain text, Japanese or English")
    settings: Settings = Field(default=Settings(), description="what is left out is chosen for the story")

    def brief(self) -> Brief:
        """Only what was sent: what was left open is chosen as the models cost."""
        return brief_of(self.model_dump(mode="json", exclude_unset=True))


class NewManga(Story):
    """A story to be drawn."""

    review: bool = Field(default=False, description="stop after each of the seven phases and wait for an answer")
    confirm_plans: bool = Field(default=False, description="show what was understood of a sentence before doing it")
    request_id: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="any text of yours: called again with the same one, the same work is answered"
    )

    def brief(self) -> Brief:
        """The same, and where it stops."""
        sent: Json = self.model_dump(mode="json", exclude_unset=True, include={"text", "settings", "request_id"})
        if self.review or self.confirm_plans:
            sent["feedback_mode"] = {
                "enabled": self.review,
                "confirm_plans": self.confirm_plans,
                "on_timeout": "hold",
            }
        return brief_of(sent)


class Followed(Value):
    """A work, and how long to wait for it."""

    work_id: UUID
    wait_s: Wait = 0


class ReviewReply(Value):
    """An answer to the review or plan that waits."""

    work_id: UUID
    review_id: Id = Field(description="`review.id` of the status that you looked at")
    answer: Literal["approve", "confirm", "cancel"] = Field(
        default="approve", description="approve a review; confirm or cancel a plan"
    )
    wait_s: Wait = 0


class ChangeWish(Value):
    """A sentence, or edits, about a review that waits or a finished book."""

    work_id: UUID
    version: Id = Field(description="`version` of the status that you looked at")
    sentence: Sentence | None = None
    edits: tuple[Json, ...] = Field(default=(), max_length=MAX_EDITS, description="as docs/edits.md says")
    undo: tuple[Id, ...] = Field(default=(), max_length=MAX_EDITS, description="ids of edits to take back")
    review: bool = Field(default=False, description="of a finished book: ask at each phase concerned")
    wait_s: Wait = 10

    def answer(self) -> Json:
        """Raises `UserError` where nothing is said, or too much."""
        if (self.sentence is None) is not bool(self.edits or self.undo):
            raise UserError("Send a sentence, or edits.", remedy="One of them, not both.")
        if self.sentence is not None:
            return {"action": "feedback", "text": self.sentence}
        said: Json = {"action": "edit"}
        return said | {name: list(value) for name in ("edits", "undo") if (value := getattr(self, name))}


class Branch(Value):
    """Going on from an older version."""

    work_id: UUID
    version: VersionName
    how: Literal["branch", "restore"] = Field(
        default="branch", description="branch: a line of its own; restore: the newest of the line again"
    )
    name: Annotated[str, Field(min_length=1, max_length=40)] | None = Field(default=None, description="of the branch")
    sentence: Sentence | None = Field(default=None, description="to be carried out there at once")
    from_version: Id = Field(description="`version` of the status that you looked at")
    wait_s: Wait = 0


class Control(Value):
    """Pausing, resuming, ending."""

    work_id: UUID
    action: Literal["pause", "resume", "cancel"]


class Export(Value):
    """A finished version as a file."""

    work_id: UUID
    format: FormatName
    version: VersionName = HEAD
    options: dict[str, int] = Field(default_factory=dict, max_length=8, description="whole numbers the format knows")


async def make_manga(caller: Caller, sent: NewManga) -> Json:
    """The work. Raises `BriefRejected`, `Conflict` for a request id of another story, `LimitReached`."""
    house = caller.house
    limits = DayLimits(caller.backend.works_a_day, house.tenant_images_a_day)
    order = await asyncio.to_thread(order_of, sent.brief(), caller.tenant, house.tariff, limits)
    async with caller.backend.accepting:
        work = (await accept(house.pool, house.queue, order)).work
    waits = None if work.status.closed else await used_up(house, caller.tenant)
    return status_of(work) | ({} if waits is None else waits.to_json())


async def estimate_manga(caller: Caller, sent: Story) -> Json:
    """Rough; nothing is accepted or paid."""
    return (await estimate_today(caller.house, caller.tenant, sent.brief())).to_json()


async def follow_manga(caller: Caller, sent: Followed) -> Json:
    """See `followed`."""
    return await followed(caller, sent.work_id, sent.wait_s)


async def answer_review(caller: Caller, sent: ReviewReply) -> Json:
    """Raises `Conflict` where another review waits, or this one was answered otherwise."""
    said = {"action": sent.answer}
    await send_answer(caller, sent.work_id, said, review_id=sent.review_id)
    return await followed(caller, sent.work_id, sent.wait_s)


async def send_answer(
    caller: Caller,
    work_id: UUID,
    said: Json,
    *,
    review_id: str | None = None,
    version: str | None = None,
    review: bool = False,
) -> UUID:
    """The command that carries it out, once. Raises `Conflict`, `EditRejected`, `NotFound`."""
    command = uuid5(work_id, f"mcp {review_id or version} {json.dumps(said, sort_keys=True)}")
    answer = Reply(
        said, version, review_id, tenant=caller.tenant, command_id=command, review=review, by=caller.who.subject
    )
    await reply(caller.house.pool, caller.house.queue, work_id, answer)
    return command


async def give_feedback(caller: Caller, sent: ChangeWish) -> Json:
    """The status, and what was understood (`plan`) when that is known in time."""
    said = sent.answer()
    if sent.edits or sent.undo:
        await check_edits(caller.house, sent.work_id, sent.edits, sent.undo, tenant=caller.tenant)
    command = await send_answer(caller, sent.work_id, said, version=sent.version, review=sent.review)
    plan = await _understood(caller, sent.work_id, command, sent.wait_s)
    return status_of(await caller.work(sent.work_id)) | ({} if plan is None else {"plan": plan})


async def _understood(caller: Caller, work_id: UUID, command: UUID, seconds: float) -> Json | None:
    mark = {"answer_id": str(command)}

    async def look() -> Json | None:
        async with connection(caller.house.pool) as conn:
            found = await find_event(conn, work_id, EventType.PLAN_READY, mark)
        return None if found is None else plan_of(found.data)

    return await caller.wait(seconds, look)


async def branch_manga(caller: Caller, sent: Branch) -> Json:
    """Raises `Conflict` when `from_version` is not the newest any more: sent twice, it branches once."""
    sender = Sender(caller.house.pool, caller.house.queue, caller.tenant, by=caller.who.subject)
    if sent.how == "restore":
        _only_for_branches(sent)
        await restore(sender, sent.work_id, sent.version, base_version=sent.from_version)
    else:
        base = sent.from_version
        await fork_from(sender, sent.work_id, sent.version, sent.name, sent.sentence, base_version=base)
    return await followed(caller, sent.work_id, sent.wait_s)


def _only_for_branches(sent: Branch) -> None:
    if sent.name is not None or sent.sentence is not None:
        raise UserError("`name` and `sentence` go with `branch`.", remedy="Leave them out, or say how=branch.")


async def control_manga(caller: Caller, sent: Control) -> Json:
    """Pauses, resumes or ends a work. Raises `Conflict`, `NotFound`."""
    act: dict[str, Any] = {"pause": pause, "resume": resume, "cancel": cancel}
    work: Work = await act[sent.action](caller.house, sent.work_id, tenant=caller.tenant)
    return status_of(work)


async def export_manga(caller: Caller, sent: Export) -> Json:
    """Where the file is. Raises `NotFound` for a version that is no finished book, `UserError`."""
    made = await export(caller.desk, sent.work_id, Wish(sent.format, sent.version, sent.options))
    return {
        "work_id": str(sent.work_id),
        "format": made.format.name,
        "media_type": made.format.media_type,
        "bytes": made.bytes,
        "sha256": made.blob,
        "at": await caller.backend.hand_over(made, caller.base),
    }
