"""Every command of a work is a run, and what became of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from storage.base import Command, CommandStatus, Work, WorkStatus
from works.accept_work import DRAW
from works.base import HELD, WIRE
from works.reviews.answers import ANSWER, FORK
from works.run_status import RESUME, is_run, run_of

NOW = datetime(2026, 11, 26, tzinfo=UTC)
LATER = datetime(2026, 11, 27, tzinfo=UTC)
PENDING = Command(UUID(int=1), UUID(int=2), DRAW, None, {}, CommandStatus.PENDING, None, NOW, None)
nothing: Any = {"progress": None, "pending_review": None, "error": None, "warnings": [], "degraded": False}
WORK = Work(
    UUID(int=2), "t", "r", "d", WorkStatus.QUEUED, None, None, None,
    resume_at=None, created_at=NOW, updated_at=NOW, finished_at=None, **nothing,
)  # fmt: skip


@pytest.mark.parametrize(
    ("status", "resume_at", "told"),
    [
        (WorkStatus.QUEUED, None, "pending"),
        (WorkStatus.PROCESSING, None, "running"),
        (WorkStatus.PARKED, LATER, "running"),
        (WorkStatus.PARKED, None, "interrupted"),
        (WorkStatus.AWAITING_FEEDBACK, None, "interrupted"),
        (WorkStatus.COMPLETED, None, "success"),
        (WorkStatus.FAILED, None, "error"),
        (WorkStatus.CANCELLED, None, "interrupted"),
    ],
)
def test_a_pending_command_is_as_far_as_its_work(status: WorkStatus, resume_at: datetime | None, told: str) -> None:
    run = run_of(PENDING, replace(WORK, status=status, resume_at=resume_at))
    assert run.status.value == told
    assert run.status.over is (told not in ("pending", "running"))


def test_a_closed_command_is_told_whatever_its_work_does_now() -> None:
    busy = replace(WORK, status=WorkStatus.PROCESSING)
    done = replace(PENDING, status=CommandStatus.DONE, finished_at=LATER)
    failed = replace(PENDING, status=CommandStatus.FAILED, finished_at=LATER)
    ended = replace(failed, payload={"ended": "error"})
    assert [run_of(command, busy).status.value for command in (done, failed, ended)] == [
        "success", "interrupted", "error",
    ]  # fmt: skip
    assert run_of(done, busy).updated_at == LATER


def test_what_made_the_work_work_is_a_run_and_a_held_fork_is_none() -> None:
    kinds = [replace(PENDING, kind=kind) for kind in (DRAW, ANSWER, FORK, RESUME, "timer")]
    assert [is_run(command) for command in kinds] == [True, True, True, True, False]
    assert not is_run(replace(PENDING, kind=FORK, payload={HELD: True}))


def test_a_run_keeps_what_its_client_sent_along() -> None:
    assert run_of(replace(PENDING, payload={WIRE: {"metadata": {"a": 1}}}), WORK).note == {"metadata": {"a": 1}}
