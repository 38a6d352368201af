"""Tells an agent how a work stands: a work in, a short object out that names what can be done next."""

from typing import Any, Final
from uuid import UUID

from editing.wish_outcomes import outcome_lines
from manga.phases import PHASES
from server.mcp.caller import Caller, cut
from storage.base import Work, WorkStatus
from works.base import Json
from works.lifecycle import at_work

MOST_LISTED: Final = 20
URI: Final = "mangaka://works"
POLL_MS: Final = 2_000
_NEXT: Final = {
    WorkStatus.COMPLETED: "read_pages shows it, export_manga gives a file, give_feedback changes it.",
    WorkStatus.FAILED: "control_manga with `resume` goes on where it stopped, once the error's remedy is seen to.",
    WorkStatus.CANCELLED: "Its versions can still be read, and branched.",
    WorkStatus.PARKED: "It rests until control_manga is called with `resume`.",
}
_AT_WORK: Final = "Call follow_manga again; nothing needs to be answered."
_REVIEW: Final = (
    "Look at it (read_pages from the storyboard on, else read_phase), then answer_review with this review's id."
)
_PLAN: Final = "Call answer_review with this review's id (confirm, cancel), or give_feedback with another sentence."


def status_of(work: Work) -> Json:
    """Everything that comes from a story or a model is cut and on one line."""
    found: Json = {
        "work_id": str(work.id),
        "status": work.status.value,
        "title": cut(work.title or "", 120),
        "version": version_of(work),
        "progress": _progress(work.progress),
        "resource": f"{URI}/{work.id}",
        "next": next_of(work),
    }
    if (review := review_of(work)) is not None:
        found["review"] = review
    if work.error:
        found["error"] = {name: cut(work.error.get(name) or "") for name in ("code", "phase", "message", "remedy")}
    if work.resume_at:
        found["resume_at"] = work.resume_at.isoformat()
    if work.degraded:
        found["degraded"] = True
        found["warnings"] = [cut(line) for line in work.warnings[:MOST_LISTED]]
    return found


def version_of(work: Work) -> str | None:
    """The version that is to be looked at: of the review that waits, or the newest."""
    return (work.pending_review or {}).get("version_id") or work.head_version


def next_of(work: Work) -> str:
    """What an agent does now."""
    if work.status is WorkStatus.AWAITING_FEEDBACK:
        return _PLAN if (work.pending_review or {}).get("confirming") else _REVIEW
    return _AT_WORK if at_work(work) else _NEXT[work.status]


def review_of(work: Work) -> Json | None:
    """The review, or the plan, that waits for an answer."""
    pending = work.pending_review if work.status is WorkStatus.AWAITING_FEEDBACK else None
    if pending is None:
        return None
    phase = str(pending["phase"])
    found: Json = {
        "id": pending["interrupt_id"],
        "phase": phase,
        "step": f"{PHASES.index(phase) + 1} of {len(PHASES)}",
        "version": pending["version_id"],
        "answers": list(pending.get("allowed") or ()),
        "on_timeout": pending.get("on_timeout"),
        "resource": f"{URI}/{work.id}/phases/{phase}",
    }
    if question := pending.get("question"):
        found["question"] = cut(question, 600)
    if plan := pending.get("plan"):
        found["plan"] = plan_of(plan)
    outcomes = pending.get("outcomes") or pending.get("answered") or ()
    if lines := outcome_lines(outcomes, pending.get("refused") or ()):
        found["outcomes"] = [cut(line) for line in lines[:MOST_LISTED]]
    if missing := pending.get("missing_sheets"):
        found["missing_sheets"] = [cut(f"{one['name']}: {one['reason']}") for one in missing[:MOST_LISTED]]
    if bill := pending.get("bill"):
        found["bill"] = bill
    return found


def plan_of(plan: Json) -> Json:
    """What was understood of a sentence or of edits."""
    items = plan.get("items") or ()
    found: Json = {
        "items": [{"phase": one["phase"], "instruction": cut(one["instruction"])} for one in items[:MOST_LISTED]],
        "count": len(items),
    }
    if question := plan.get("question"):
        found["question"] = cut(question, 600)
    if redo := plan.get("redo"):
        found["redo"] = {name: value for name, value in redo.items() if isinstance(value, int | float | None)}
    return found


def _progress(progress: Json | None) -> Json | None:
    names: Any = ("phase", "completed", "total", "percentage")
    return None if progress is None else {name: progress[name] for name in names if name in progress}


async def followed(caller: Caller, work_id: UUID, seconds: float) -> Json:
    """The status, as soon as somebody is asked or nothing goes on by itself, or when the time is over. Raises
    `NotFound`."""

    async def look() -> Work | None:
        work = await caller.work(work_id)
        return None if at_work(work) else work

    work = await caller.wait(seconds, look)
    return status_of(work if work is not None else await caller.work(work_id))
