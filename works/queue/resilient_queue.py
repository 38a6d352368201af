"""A worker's view of the queue that outlives its database: what cannot be asked now is asked at the next look.

procrastinate's own worker would lose its heartbeat or its listener at the first lost connection and not say so, and a
job whose end could not be written would hold its work's lock for ever.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any, Final

from procrastinate.connector import BaseConnector
from procrastinate.exceptions import AppNotOpen, ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager, NotificationCallback

from storage.database import CONNECTION_LOST

PAUSE_S: Final = 0.5
INSIST_S: Final = 60.0
"""So long it is tried to write down how a job ended. After that the job is put back (`works.queue.worker`)."""
# A worker that was taken for dead may live: by then its job is another's, or waits for one, and is not its to end.
_OWN: Final = """
    SELECT id FROM procrastinate_jobs WHERE id = %(job_id)s AND status = 'doing'
    AND worker_id IS NOT DISTINCT FROM %(worker_id)s AND attempts = %(attempts)s FOR UPDATE
"""
_FINISH: Final = f"""
SELECT procrastinate_finish_job_v1(f.id, %(status)s, %(delete_job)s) FROM ({_OWN}) f
"""
_RETRY: Final = f"""
SELECT procrastinate_retry_job_v2(f.id, %(retry_at)s, %(new_priority)s, %(new_queue_name)s, %(new_lock)s)
FROM ({_OWN}) f
"""

log = logging.getLogger("mangaka.works")


def is_away(error: BaseException) -> bool:
    """Is it that the server did not answer, and not a mistake of ours?"""
    return isinstance(error, ConnectorException) and isinstance(error.__cause__, CONNECTION_LOST)


def note_task(tasks: "set[asyncio.Task[Any]]") -> None:
    """The task that runs now is one of these, until it is done."""
    if (task := asyncio.current_task()) is not None:
        tasks.add(task)
        task.add_done_callback(tasks.discard)


class PatientManager(JobManager):
    """procrastinate's manager for a process that works. `running` are the jobs that it has, each with the number of its
    attempt, from when it is told so to when their end is written down; `tasks` are those that write it down, or wait
    for word of jobs to abort."""

    def __init__(self, connector: BaseConnector) -> None:
        super().__init__(connector)
        self.running: set[tuple[int, int]] = set()
        self.tasks: set[asyncio.Task[Any]] = set()

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """None too while the database does not answer. A job that was taken though the answer was lost is put back."""
        try:
            job = await super().fetch_job(queues, worker_id)
        except ConnectorException as error:
            if not is_away(error):
                raise
            return None
        if job is not None and job.id is not None:
            self.running.add((job.id, job.attempts))
        return job

    async def update_heartbeat(self, worker_id: int) -> None:
        """One that is missed is missed."""
        try:
            await super().update_heartbeat(worker_id)
        except ConnectorException as error:
            log.warning("no heartbeat of this worker: %s", _cause(error))

    async def list_jobs_to_abort_async(self, queue: str | None = None) -> Iterable[int]:
        """None while the database does not answer."""
        note_task(
            self.tasks
        )  # procrastinate's own catches whatever happens, and asks for ever once its queue is closed
        try:
            return await super().list_jobs_to_abort_async(queue)
        except ConnectorException as error:
            if not is_away(error):
                raise
            return ()

    async def listen_for_jobs(
        self, *, on_notification: NotificationCallback, queues: Iterable[str] | None = None
    ) -> None:
        """Connects again and again; meanwhile the worker looks by itself."""
        while True:
            try:
                await super().listen_for_jobs(on_notification=on_notification, queues=queues)
            except ConnectorException as error:
                log.info("notices of jobs are not heard: %s", _cause(error))
            await asyncio.sleep(PAUSE_S)

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        await self._ended(job, _FINISH, status=status.value, delete_job=delete_job)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        new = {"new_priority": priority, "new_queue_name": queue, "new_lock": lock}
        await self._ended(job, _RETRY, retry_at=retry_at, **new)

    async def _ended(self, job: Job, query: str, **values: Any) -> None:
        note_task(self.tasks)
        own = {"job_id": job.id, "worker_id": job.worker_id, "attempts": job.attempts}
        try:
            await _insisted(lambda: self._written(query, own | values))
        except AppNotOpen:  # it came too late, and this process goes: whoever finds the job puts it back
            log.warning("the end of a job was not written down before this worker left")
        finally:
            self.running.discard((job.id or 0, job.attempts))

    async def _written(self, query: str, values: dict[str, Any]) -> None:
        if not await self.connector.execute_query_all_async(query, **values):
            log.warning("the end of a job is another worker's by now, or written already")


async def _insisted(write: Callable[[], Awaitable[Any]]) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + INSIST_S
    while True:
        try:
            await write()
            return
        except ConnectorException as error:
            if not is_away(error) or loop.time() > end:
                raise
        await asyncio.sleep(PAUSE_S)


def _cause(error: ConnectorException) -> str:
    return type(error.__cause__ or error).__name__
