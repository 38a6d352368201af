"""One run of a work: takes it over, follows the graph, writes down what happens, delivers the book.

Whatever happens, the work ends in a state that says so and from which it can go on: `completed`, `failed` with the
error, `parked`, `awaiting_feedback`. Only a process that dies writes nothing; then the next run goes on from the last
checkpoint.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from editing.list_losses import losses_counted
from editing.work_blobs import blobs_of
from graph.events import (
    AnswerProgress,
    Completed,
    ImageProgress,
    PageReady,
    PhaseComplete,
    PhaseStarted,
    PlanReady,
    ReviewRequested,
    RunEvent,
)
from manga.book import Book
from manga.brief import MAX_PAGES, Brief, Language
from manga.errors import Conflict, DatabaseUnreachable, Fenced, MangaError, where_raised
from manga.page_planning import PANELS_A_PAGE
from manga.phases import Phase
from manga.story_source import detect_language
from manga.text_capacity import MEASURES
from providers.process_pool import stand_behind
from storage.base import Command, CommandStatus, EventType, Work, WorkStatus
from storage.database import Connection
from storage.objects import BlobStore
from storage.work_commands import finish_command, finish_commands
from works.base import BookShown, Json, Listener, Story, Ticket
from works.delivery.book_folder import Place, Wanted, deliver, find_place, put_early, release
from works.notifications import keep_result, pending_of, tell_changes, tell_finished, tell_plan, title_so_far
from works.queue.failed_runs import Parking, last_try, utc_now
from works.queue.job_queue import Timers, end_tasks
from works.reviews.answers import FORK, asks_for_more
from works.reviews.talk import note_told
from works.run_journal import Also, Journal, Progress, Record, progress_of
from works.run_status import BEGINNINGS, RunStatus
from works.work_json import API, Known, missing_pictures, page_file, placeholders, result_of

WORKED = "worked_ms"
"""The counter of the working time that counts."""
PANELS_INCLUDED = 50
PAGES_INCLUDED = 64
_FURTHER = 50
"""Panels or pages beyond those that are worth the same time again."""
log = logging.getLogger("mangaka.works")
FIRST_PAGE = page_file(1, "png")
_CANCEL_AGAIN_S = 2.0


def working_limit(brief: Brief) -> float:
    """Seconds: what the request says; else 600, or 720 above 10,000 characters, and 600 more for every further 50
    panels that are asked for, or for every further 50 pages of a long story that is to be told whole."""
    if brief.working_minutes is not None:
        return 60.0 * brief.working_minutes
    base = 720.0 if len(brief.text) > 10_000 else 600.0
    further = max(0.0, _panels_asked(brief) - PANELS_INCLUDED)
    told = max(0.0, _pages_told(brief) - PAGES_INCLUDED)
    return base + 600.0 * (math.ceil(further / _FURTHER) + math.ceil(told / _FURTHER))


def seconds_left(brief: Brief, counters: Mapping[str, int], order: Command | None) -> float:
    """What the next run has of the working time."""
    used = 0.0 if asked_anew(order) else counters.get(WORKED, 0) / 1000
    return max(0.0, working_limit(brief) - used)


def asked_anew(order: Command | None) -> bool:
    """Does a person ask for more than what was begun? Then the working time begins anew, or the pictures that are
    missing could never be drawn."""
    return order is not None and asks_for_more(order.payload)


def _pages_told(brief: Brief) -> float:
    """Pages that the whole story fills, where nobody limits the book."""
    settings = brief.settings
    if settings.max_images is not None or settings.pages != "auto" or settings.fidelity == "adapted":
        return 0
    language = detect_language(brief.text) if settings.language == "auto" else Language(settings.language)
    return min(MAX_PAGES, len(brief.text) / MEASURES[language].source_per_page)


def _panels_asked(brief: Brief) -> float:
    settings = brief.settings
    if settings.max_images is not None:
        return settings.max_images
    return 0 if settings.pages == "auto" else settings.pages * PANELS_A_PAGE


HEARD_EVERY_S: Final = 5.0
"""How often it is written down how far the answers of a phase have come."""


async def ignore_event(work_id: UUID, event: RunEvent | BookShown) -> None:
    """A listener that does not listen."""


@dataclass(slots=True)
class _Course:
    """What one run knows on its way."""

    ticket: Ticket
    wanted: Wanted | None
    phase: Phase | None = None
    since: float = 0.0
    place: Place | None = None
    heard: float = 0.0
    """When it was last written down how far an answer has come."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs works. `stop` asks every run to leave its work parked; `timers` wake a work that parks until a known time,
    and end a review that nobody answers. `now` is the date, `seconds` a clock that only rises."""

    journal: Journal
    story: Story
    blobs: BlobStore
    stop: asyncio.Event
    listen: Listener = ignore_event
    timers: Timers | None = None
    now: Callable[[], datetime] = utc_now
    seconds: Callable[[], float] = time.monotonic

    async def run(self, work_id: UUID) -> Work:
        """The work as this run leaves it. What ended it is written down first and then raised."""
        record = await self.journal.read(work_id)
        if record.work.status is WorkStatus.COMPLETED and record.order is None:
            return record.work  # a timer from before, or the job of a process that died as it was done
        waits = record.work.status is WorkStatus.AWAITING_FEEDBACK and record.order is None
        if waits or record.work.status is WorkStatus.CANCELLED:
            raise Conflict(f"The work {work_id} is {record.work.status.value}.")
        course = await self._begin(record)
        if not asked_anew(record.order):
            stand_behind()
        try:
            return await self._follow_until_stopped(course)
        except asyncio.CancelledError:
            await asyncio.shield(self._park(course))
            raise
        except (Fenced, DatabaseUnreachable):  # there is nobody to write for, or nowhere to write
            raise
        except MangaError as error:
            await self._write_down(course, error)
            raise
        except Exception as error:  # the run boundary: a work never just dies
            # The words of an unexpected error may be the story's: whoever called gets them, the log does not.
            log.error("the work %s failed: %s\n%s", work_id, type(error).__name__, where_raised(error))
            await self._write_down(course, MangaError(f"Unexpected {type(error).__name__}."))
            raise

    async def _begin(self, record: Record) -> _Course:
        work = record.work
        epoch = await self.journal.begin(work)
        brief = Brief.of(record.brief)
        left = seconds_left(brief, record.counters, record.order)
        command = record.command
        wanted = Wanted(Path(command["out"]), bool(command.get("force"))) if command.get("out") else None
        ticket = Ticket(work.id, work.tenant, epoch, brief, left, record.order, last_try=last_try(record.counters))
        return _Course(ticket, wanted, since=self.seconds())

    async def _prepare(self, course: _Course) -> None:
        ticket = course.ticket
        if ticket.last_try:
            await self._parking.forget(ticket)
        if asked_anew(ticket.order):
            worked = (await self.journal.count(ticket, {})).get(WORKED, 0)
            await self.journal.count(ticket, {WORKED: -worked})
        course.ticket = await self._forked(ticket)

    async def _forked(self, ticket: Ticket) -> Ticket:
        """An older state is made the newest once, however often its run is begun."""
        order = ticket.order
        if order is None or order.kind != FORK or order.child_checkpoint is not None:
            return ticket
        child = await self.story.fork(ticket, order)
        return replace(ticket, order=await self.journal.note_child(ticket, order, child))

    async def _follow_until_stopped(self, course: _Course) -> Work:
        following = asyncio.create_task(self._follow(course))
        stopping = asyncio.create_task(self.stop.wait())
        try:
            await asyncio.wait((following, stopping), return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                return await following
            await end_tasks(following, again_s=_CANCEL_AGAIN_S)
            return await following if not following.cancelled() else await self._park(course)
        finally:
            await end_tasks(following, stopping, again_s=_CANCEL_AGAIN_S)

    async def _follow(self, course: _Course) -> Work:
        await self._prepare(course)
        work_id = course.ticket.work_id
        async with Progress(self.journal, course.ticket, partial(self.listen, work_id)) as progress:
            async for event in self.story.run(course.ticket):
                if isinstance(event, ImageProgress):
                    await progress.tell(event)
                    continue
                await progress.settled()
                await self._note(course, event)
                await self.listen(work_id, event)
                if isinstance(event, Completed):
                    return await self._complete(course, event)
        return (await self.journal.read(work_id)).work

    async def _note(self, course: _Course, event: RunEvent) -> None:
        ticket = course.ticket
        match event:
            case PhaseStarted(phase=phase):
                counters = self._time(course)  # of a phase of a redrawn book, whose end nobody tells
                told = progress_of(phase, 0, 1)
                course.phase, course.since = phase, self.seconds()
                begun = {"phase": phase.value}
                await self.journal.change(ticket, EventType.PHASE_STARTED, begun, counters=counters, progress=told)
            case PhaseComplete(phase=phase, version_id=version_id):
                await self.journal.change(ticket, counters=self._time(course), progress=progress_of(phase, 1, 1))
                await tell_changes(self.journal, ticket, version_id)
                await keep_result(self.journal, self.story, ticket, phase)
            case AnswerProgress() if self.seconds() - max(course.since, course.heard) >= HEARD_EVERY_S:
                course.heard = self.seconds()
                come = {"phase": event.phase.number, "characters": event.characters}
                await self.journal.change(ticket, EventType.ANSWER_PROGRESS, come)
            case PageReady(changed=True):
                await self._show_changed(course, event)
            case PageReady(number=1):
                await self._show_first(course, event)
            case PlanReady():
                await tell_plan(self.journal, ticket, event)
            case ReviewRequested():
                await self._await_feedback(course, event)
            case _:
                pass

    def _time(self, course: _Course) -> dict[str, int]:
        """Counters of the time that the phase has taken, which ends now."""
        phase, course.phase = course.phase, None
        spent = int((self.seconds() - course.since) * 1000)
        return {f"ms_{phase.value}": spent, WORKED: spent} if phase is not None else {}

    async def _count_time(self, course: _Course) -> None:
        if spent := self._time(course):
            await self.journal.count(course.ticket, spent)

    async def _show_first(self, course: _Course, page: PageReady) -> None:
        """Page 1 as soon as it is drawn. It needs the title, and the folder is this work's from here on."""
        if (place := await self._place(course, None)) is None:
            return
        image = await self._work_blobs(course).get(page.image)
        path = await asyncio.to_thread(put_early, place, FIRST_PAGE, image)
        if path is not None:
            await self.listen(course.ticket.work_id, BookShown(str(path), complete=False))

    async def _show_changed(self, course: _Course, page: PageReady) -> None:
        """A page of a redrawn book, before its version is there."""
        files = f"{API}/{course.ticket.work_id}/files/"
        told = {"page": page.number, "image_url": files + page.image, "graph_url": files + page.graph}
        await self.journal.change(course.ticket, EventType.PAGE_READY, told)

    async def _place(self, course: _Course, title: str | None) -> Place | None:
        if course.wanted is None or course.place is not None:
            return course.place
        work_id = course.ticket.work_id
        if title is None:
            title = await title_so_far(self.story, work_id)
        known = (await self.journal.read(work_id)).work.out_dir
        place = await asyncio.to_thread(find_place, course.wanted, title, work_id, known)
        await self.journal.change(course.ticket, out_dir=str(place.folder), title=title)
        course.place = place
        return place

    async def _complete(self, course: _Course, event: Completed) -> Work:
        ticket, book, values = course.ticket, Book.of(event.book), dict(event.values)
        place = await self._place(course, book.title)
        missing = placeholders(values, book)
        known = Known(
            (await self.journal.read(ticket.work_id)).work,
            values,
            await self.journal.versions(ticket.work_id),
            await self.journal.count(ticket, {}),
            book,
        )
        degraded = book.degraded or bool(missing)
        result = result_of(known)
        lost = losses_counted(result["losses"])
        warnings = [*book.report.warnings, *filter(None, [lost]), *missing_pictures(values)]
        result |= {"status": WorkStatus.COMPLETED.value, "degraded": degraded, "warnings": warnings}
        if place is not None:
            folder = await deliver(self._work_blobs(course), book, result, place)
            await self.listen(ticket.work_id, BookShown(str(folder), complete=True))
        done = self._done(ticket, told={"outcomes": (values.get("feedback") or {}).get("outcomes", [])})

        async def close(conn: Connection) -> None:
            await tell_finished(conn, ticket, book, event.version_id, missing)
            await done(conn)

        return await self.journal.change(
            ticket,
            also=close,
            status=WorkStatus.COMPLETED,
            title=book.title,
            result=result,
            degraded=degraded,
            warnings=warnings,
            progress=progress_of(Phase.FINISHING, 1, 1),
        )

    async def _await_feedback(self, course: _Course, review: ReviewRequested) -> None:
        mode = course.ticket.brief.feedback_mode
        deadline = self.now() + timedelta(seconds=mode.timeout_seconds)
        pending = pending_of(review, course.ticket, deadline)
        told = {name: pending[name] for name in ("outcomes", "question") if pending[name]}
        done = self._done(course.ticket, RunStatus.INTERRUPTED, {"outcomes": [], **told})

        async def close(conn: Connection) -> None:
            await done(conn)
            if pending["on_timeout"] == "approve" and not pending["confirming"] and self.timers is not None:
                await self.timers.end_review(course.ticket.work_id, review.interrupt_id, deadline, conn)

        await self.journal.change(
            course.ticket,
            EventType.REVIEW_REQUESTED,
            pending,
            close,
            review.version_id,
            status=WorkStatus.AWAITING_FEEDBACK,
            pending_review=pending,
        )

    def _done(self, ticket: Ticket, ended: RunStatus | None = None, told: Json | None = None) -> Also:
        """Closes the order that led here, in the transaction that tells where it led. `ended`: how, where that is
        no success; `told`: what is answered to the person."""

        async def close(conn: Connection) -> None:
            if ticket.order is not None:
                await note_told(conn, ticket.order, told or {})
                await finish_command(conn, ticket.order.id, CommandStatus.DONE, ended=ended)
            await finish_commands(conn, ticket.work_id, BEGINNINGS, ended=ended)

        return close

    async def _write_down(self, course: _Course, error: MangaError) -> None:
        """How the run ended. The folder of a work that failed is given back."""
        phase = course.phase
        await self._count_time(course)
        work = await self._parking.after(course.ticket, error, phase)
        if work.status is WorkStatus.FAILED and course.place is not None:
            await asyncio.to_thread(release, course.place)

    async def _park(self, course: _Course) -> Work:
        await self._count_time(course)
        return await self._parking.stop(course.ticket)

    @property
    def _parking(self) -> Parking:
        return Parking(self.journal, self.timers, self.now)

    def _work_blobs(self, course: _Course) -> BlobStore:
        return blobs_of(self.blobs, course.ticket.tenant, str(course.ticket.work_id))
