"""A work as a task (`io.modelcontextprotocol/tasks`): a client that knows the extension gets a handle from make_manga.

It polls by `tasks/get`; where a review or a plan waits the task is `input_required` and holds a form, which
`tasks/update` answers. The task's id is the work's, and all of it is read from PostgreSQL: any replica answers, also
after every process was killed.
"""

from typing import Any, Final
from uuid import UUID

from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    ClientCapabilities,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    MissingRequiredClientCapabilityErrorData,
    RequestParams,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import Field, ValidationError

from manga.errors import NotFound
from manga.feedback import MAX_SENTENCE
from server.mcp.caller import Caller, cut
from server.mcp.make_and_answer import ChangeWish, send_answer
from server.mcp.tool_table import called
from server.mcp.work_status import POLL_MS, next_of, review_of
from server.security.identity import Role, check_role
from storage.base import Work, WorkStatus
from works.base import Json
from works.lifecycle import cancel

TASKS: Final = "io.modelcontextprotocol/tasks"
MAKES: Final = "make_manga"
"""The tool that answers a task."""
_YES: Final = ("approve", "confirm", "cancel")


class TaskParams(RequestParams):
    """Of `tasks/get` and `tasks/cancel`."""

    task_id: str = Field(max_length=80)


class TaskReply(TaskParams):
    """Of `tasks/update`. Keys are those of the task's `inputRequests`."""

    input_responses: dict[str, ElicitResult] = Field(max_length=8)


def knows_tasks(ctx: ServerRequestContext[Any, Any]) -> bool:
    """Has the client said so in this very request?"""
    known = ctx.session.client_capabilities
    return ctx.protocol_version in MODERN_PROTOCOL_VERSIONS and TASKS in ((known and known.extensions) or {})


def must_know_tasks(ctx: ServerRequestContext[Any, Any]) -> None:
    """Raises `MCPError`."""
    if not knows_tasks(ctx):
        needed = MissingRequiredClientCapabilityErrorData(
            required_capabilities=ClientCapabilities(extensions={TASKS: {}})
        )
        told = needed.model_dump(mode="json", by_alias=True, exclude_none=True)
        raise MCPError(MISSING_REQUIRED_CLIENT_CAPABILITY, f"This needs the extension {TASKS}.", told)


async def task_made(caller: Caller, made: Json) -> Json:
    """What make_manga answers in place of its result: the task as it stands."""
    return {"resultType": "task"} | _seed(await caller.work(UUID(made["work_id"])), "working")


async def get_task(caller: Caller, sent: TaskParams) -> Json:
    """Raises `MCPError` for a task that there is not."""
    return await _task(caller, await _work(caller, sent.task_id))


async def update_task(caller: Caller, sent: TaskReply) -> Json:
    """Answers what waits; what is answered already, or was never asked, changes nothing."""
    work = await _work(caller, sent.task_id)
    review = review_of(work)
    said = sent.input_responses.get(review["id"]) if review else None
    if review is None or said is None or said.action != "accept":
        return {}
    check_role(caller.who, Role.EDITOR)
    await _carry_out(caller, work, review, said.content or {})
    return {}


async def cancel_task(caller: Caller, sent: TaskParams) -> Json:
    """The work is cancelled; a finished book stays."""
    work = await _work(caller, sent.task_id)
    if not work.status.closed:
        check_role(caller.who, Role.EDITOR)
        await cancel(caller.house, work.id, tenant=caller.tenant)
    return {}


async def _work(caller: Caller, task_id: str) -> Work:
    try:
        return await caller.work(UUID(task_id))
    except (ValueError, NotFound):
        raise MCPError(INVALID_PARAMS, "There is no such task.") from None


async def _task(caller: Caller, work: Work) -> Json:
    if (review := review_of(work)) is not None:
        return _seed(work, "input_required") | {"inputRequests": {review["id"]: form_of(work, review)}}
    if work.status is WorkStatus.CANCELLED:
        return _seed(work, "cancelled")
    # A finished book that is changed again is another task than the one that made it.
    if work.finished or work.status is WorkStatus.FAILED:
        told = await called(caller, "follow_manga", {"work_id": str(work.id)})
        if work.status is WorkStatus.FAILED:
            told = told.model_copy(update={"is_error": True})
        return _seed(work, "completed") | {"result": told.model_dump(mode="json", by_alias=True, exclude_none=True)}
    return _seed(work, "working")


def _seed(work: Work, status: str) -> Json:
    at = work.progress or {}
    where = f"{at['phase']} {at.get('completed', 0)}/{at.get('total', 0)}. " if at.get("phase") else ""
    return {
        "taskId": str(work.id),
        "status": status,
        "statusMessage": f"{work.status.value}: {where}{next_of(work)}",
        "createdAt": work.created_at.isoformat(),
        "lastUpdatedAt": work.updated_at.isoformat(),
        "ttlMs": None,
        "pollIntervalMs": POLL_MS,
    }


def form_of(work: Work, review: Json) -> Json:
    """The form that a person fills in: one of the answers, and a sentence where something should be different."""
    title = cut(work.title or "a story without a title yet", 80)
    asked = review.get("question") or f"The {review['phase']} of “{title}” is ready ({review['step']})."
    answers = [word for word in review["answers"] if word in _YES]
    schema = {
        "type": "object",
        "properties": {
            "answer": {"type": "string", "title": "Answer", "enum": [*answers, "change"]},
            "sentence": {
                "type": "string",
                "title": "What should be different",
                "description": "goes with `change`",
                "maxLength": MAX_SENTENCE,
            },
        },
        "required": ["answer"],
    }
    params = ElicitRequestFormParams(message=asked, requested_schema=schema)
    return ElicitRequest(params=params).model_dump(mode="json", by_alias=True, exclude_none=True)


async def _carry_out(caller: Caller, work: Work, review: Json, content: Json) -> None:
    answer, sentence = content.get("answer"), content.get("sentence")
    if answer == "change":
        try:
            wanted = ChangeWish.of({"work_id": str(work.id), "version": review["version"], "sentence": sentence})
        except ValidationError:
            raise MCPError(INVALID_PARAMS, f"`change` needs a sentence of 1 to {MAX_SENTENCE} characters.") from None
        await send_answer(caller, work.id, wanted.answer(), review_id=review["id"])
    elif answer in review["answers"]:
        await send_answer(caller, work.id, {"action": answer}, review_id=review["id"])
    else:
        raise MCPError(INVALID_PARAMS, "`answer` is none of those that were offered.")
