"""`draw` and `resume`: a story, or an unfinished work, becomes a book. Out: the exit code."""

import asyncio
import json
import shlex
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from cli.draw_options import DrawOrder, Speech, settled_by_options
from cli.interrupt import INTERRUPTED, interruptible
from cli.model_checks import local_offer
from cli.output import data, note, program
from cli.progress import Show, listener, shown
from graph.open_services import read_model_settings, tariff_of
from manga.brief import Brief
from manga.errors import MangaError
from storage.base import Work, WorkStatus
from storage.choose_servers import ServerHold
from storage.database import connection
from storage.settings import StorageSettings
from storage.works import read_result, read_work
from works.accept_work import Request, accept
from works.composition import House, open_house
from works.delivery.book_folder import writing
from works.estimate import estimate, sentence
from works.local_run import Bench, resumable, run_alone
from works.reviews.review_page import Review, read_review, review_page

DEGRADED = 3
MOST_WARNINGS = 10
Begin: TypeAlias = Callable[[House], Awaitable[UUID]]


@dataclass(frozen=True, slots=True)
class Ended:
    """`work` None: stopped before there was one. `review`: what it waits for, `page`: the same for a browser."""

    work: Work | None
    result: dict[str, Any] | None = None
    review: Review | None = None
    page: Path | None = None


def drawing(order: DrawOrder, brief: Brief, speech: Speech) -> Begin:
    """Accepts a story that was found to be one. What it costs is told first. Raises `BriefRejected` for a cost limit
    that cannot be held."""
    request = Request(brief, out=str(order.out.absolute()), force=order.force, alone=True)
    tariff = tariff_of(read_model_settings(), datetime.now(UTC).date())
    if tariff.paid:
        known = settled_by_options(brief, tariff)
        found = estimate(known, tariff)
        request = replace(request, brief=known, sent=brief, estimated_usd=found.estimated_usd)
        if not speech.quiet:
            note(sentence(found, tariff))
    elif not speech.quiet and (offer := local_offer(read_model_settings())):
        note(offer)

    async def begin(house: House) -> UUID:
        return (await accept(house.pool, house.queue, request)).work.id

    return begin


def resuming(work_id: UUID) -> Begin:
    """Goes on with a work that was stopped, has failed, or whose process died."""

    async def begin(house: House) -> UUID:
        return (await resumable(house.pool, work_id)).id

    return begin


def run(begin: Begin, speech: Speech, hold: ServerHold, settings: StorageSettings) -> Ended:
    """Works until the book is done, a person is asked, or it is stopped. The servers of `hold` are starting already."""
    with shown(quiet=speech.quiet) as show:
        return asyncio.run(_work(begin, hold, settings, show))


async def _work(begin: Begin, hold: ServerHold, settings: StorageSettings, show: Show) -> Ended:
    stop = asyncio.Event()
    with interruptible(stop, show.say):
        servers = await hold.wait_async()
        async with open_house(settings, servers, stop=stop, listen=listener(show), alone=True) as house:
            if stop.is_set():
                return Ended(None)
            work_id = await begin(house)
            show.say(f"Work {work_id}")
            return await _ended(house, work_id, settings.home_dir / "reviews", resting(show))


def resting(show: Show) -> Callable[[Work], None]:
    """Says why nothing happens, and until when."""

    def say(work: Work) -> None:
        at = work.resume_at.astimezone() if work.resume_at else datetime.now(UTC)
        message = (work.error or {}).get("message", "")
        show.say(f"{message} The work waits and goes on at {at:%H:%M}; Ctrl-C ends the waiting.")

    return say


async def _ended(house: House, work_id: UUID, place: Path, rests: Callable[[Work], None]) -> Ended:
    async with connection(house.pool) as conn:
        work = await read_work(conn, work_id)
    if work.status is not WorkStatus.AWAITING_FEEDBACK:
        try:
            work = await run_alone(Bench(house.pool, house.database_url, house.runner, rests), work_id)
        except MangaError as error:
            raise _with_way_on(error, work_id) from error
    async with connection(house.pool) as conn:
        result = await read_result(conn, work_id)
    review = await read_review(house.runner.story, house.runner.blobs, work)
    return Ended(work, result, review, await _written(house, review, place) if review else None)


async def _written(house: House, review: Review, place: Path) -> Path:
    page = await review_page(review, house.runner.blobs, house.offload)
    path = place / f"{review.work.id}.html"

    def write() -> None:
        place.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")

    with writing(place):
        await asyncio.to_thread(write)
    return path


def _with_way_on(error: MangaError, work_id: UUID) -> MangaError:
    if "resume" not in error.remedy:
        error.remedy = f"{error.remedy} To go on: `mangaka resume {work_id}`."
    return error


def report(ended: Ended, speech: Speech) -> int:
    """Says how it ended, and answers the exit code."""
    work = ended.work
    if work is None:
        note("Stopped; nothing was begun.")
        return INTERRUPTED
    if work.status is not WorkStatus.COMPLETED:
        if speech.as_json:
            data(json.dumps(_state(work), ensure_ascii=False))
        if ended.review is not None:
            return 0
        note(f"Stopped. To go on: {program()} resume {work.id}")
        return INTERRUPTED
    _show_book(work, ended, speech)
    return DEGRADED if work.degraded else 0


def _state(work: Work) -> dict[str, Any]:
    return {
        "id": str(work.id),
        "status": work.status.value,
        "progress": work.progress,
        "pending_review": work.pending_review,
    }


def _answers(result: dict[str, Any]) -> list[str]:
    """What became of the wishes that this run carried out."""
    from editing.wish_outcomes import outcome_lines

    return outcome_lines([one for phase in result.get("phase_results", ()) for one in phase.get("outcomes", ())])


def _show_book(work: Work, ended: Ended, speech: Speech) -> None:
    result = ended.result or {}
    folder = _near(Path(work.out_dir or "."))
    pages = len(result.get("pages", ()))
    placeholders = result.get("placeholders", ())
    if not speech.quiet:
        for line in _answers(result):
            note(line)
        note(f"Done in {time.monotonic() - speech.since:.1f} s: {work.title}, {pages} pages.")
        if placeholders:
            note(f"{len(placeholders)} panels could not be drawn and show a placeholder: {', '.join(placeholders)}.")
            for line in result.get("warnings", ())[-MOST_WARNINGS:]:  # why the pictures are missing stands last
                note(f"  {line}")
    data(json.dumps(result, ensure_ascii=False) if speech.as_json else str(folder))
    if not speech.quiet:
        for line in _next_commands(folder):
            note(line)


def _next_commands(folder: Path) -> list[str]:
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    return [
        "Next:",
        f"  {opener} {shlex.quote(str(folder / 'book.pdf'))}    read it",
        f"  {program()} audit {shlex.quote(str(folder))}    measure its pages",
        f"  {program()} list    all works",
    ]


def _near(path: Path) -> Path:
    """As short as it can be from here."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, OSError):
        return path
