"""`/v1/works`: make one, list them, read one."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from pydantic import Field

from manga.brief import Brief
from manga.values import Value
from server.composition import Open
from server.security.identity import Admin, Anybody, Editor
from storage.base import WorkStatus
from storage.database import connection
from storage.tenant_limits import DayLimits
from storage.works import list_works, read_work
from works.accept_work import accept, brief_of, order_of
from works.base import Json
from works.delivery.file_lookup import panels_so_far
from works.lifecycle import cancel, delete, pause, resume
from works.reviews.answers import stop_clock
from works.used_up_limits import estimate_today, used_up
from works.work_json import read_whole_work, summary_of

router = APIRouter(tags=["works"])


class Held(Value):
    """`interrupt_id` is the review meant (`pending_review`)."""

    interrupt_id: str | None = Field(default=None, min_length=1, max_length=80)


@router.post("/works", status_code=202, summary="Draw a story")
async def create(
    brief: Brief,
    who: Editor,
    rooms: Open,
    response: Response,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=200, description="as `request_id`, which counts where both are sent"),
    ] = None,
) -> Json:
    """Accepts a story once: sent again with the same `request_id` it answers the same work (200 when that is done).
    Where a limit of this day is used up, `warnings` says so and `resume_at` when the work will go on by itself."""
    if idempotency_key is not None and brief.request_id is None:
        brief = brief.model_copy(update={"request_id": idempotency_key})
    limits = DayLimits(rooms.settings.works_a_day, rooms.house.tenant_images_a_day)
    order = await asyncio.to_thread(order_of, _checked(brief), who.tenant, rooms.house.tariff, limits)
    async with rooms.accepting:
        accepted = await accept(rooms.house.pool, rooms.house.queue, order)
    if accepted.work.status is WorkStatus.COMPLETED:
        response.status_code = 200
    response.headers["Location"] = f"/v1/works/{accepted.work.id}"
    waits = None if accepted.work.status.closed else await used_up(rooms.house, who.tenant)
    return summary_of(accepted.work) | ({"warnings": []} if waits is None else waits.to_json())


def _checked(brief: Brief) -> Brief:
    """Only what was sent: what was left open is chosen as the models cost."""
    return brief_of(brief.model_dump(mode="json", exclude_unset=True))


@router.post("/works/estimate", summary="What a story would cost and take")
async def foretell(brief: Brief, who: Editor, rooms: Open) -> Json:
    """Rough: nobody has read the story yet. Nothing is accepted and nothing is paid."""
    return (await estimate_today(rooms.house, who.tenant, _checked(brief))).to_json()


@router.get("/works", summary="The works of your tenant, newest first")
async def index(
    who: Anybody,
    rooms: Open,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: UUID | None = None,
    status: Annotated[list[WorkStatus] | None, Query()] = None,
) -> Json:
    """`next` is the cursor of the following page; null at the end."""
    async with connection(rooms.house.pool) as conn:
        found = await list_works(conn, who.tenant, limit=limit + 1, before=cursor, statuses=status)
    shown: list[Any] = [summary_of(work) for work in found[:limit]]
    return {"items": shown, "next": str(found[limit - 1].id) if len(found) > limit else None}


@router.get("/works/{work_id}", summary="One work")
async def read(
    work_id: UUID,
    who: Anybody,
    rooms: Open,
    include: Annotated[list[str] | None, Query(description="phase words whose results are wanted, or `all`")] = None,
) -> Json:
    """The whole result as far as it is made. Results of phases come on demand."""
    return await read_whole_work(
        rooms.house.pool, rooms.house.runner.story, work_id, tenant=who.tenant, include=tuple(include or ())
    )


@router.post("/works/{work_id}/cancel", summary="Stop a work for good")
async def stop(work_id: UUID, who: Editor, rooms: Open) -> Json:
    """Nothing is paid for any more. Its versions stay, and can be forked."""
    return summary_of(await cancel(rooms.house, work_id, tenant=who.tenant))


@router.post("/works/{work_id}/pause", summary="Let a work rest")
async def rest(work_id: UUID, who: Editor, rooms: Open) -> Json:
    """What it does is stopped within a second, and goes on there when it is resumed. One that rests stays as it is."""
    return summary_of(await pause(rooms.house, work_id, tenant=who.tenant))


@router.post("/works/{work_id}/resume", status_code=202, summary="Go on with a work that rests or has failed")
async def go_on(work_id: UUID, who: Editor, rooms: Open) -> Json:
    """Nothing that is finished is done again."""
    return summary_of(await resume(rooms.house, work_id, tenant=who.tenant))


@router.post("/works/{work_id}/hold", summary="Stop the clock of a review")
async def hold(work_id: UUID, sent: Held, who: Editor, rooms: Open) -> Json:
    """It waits from now on until somebody answers."""
    return summary_of(await stop_clock(rooms.house.pool, work_id, sent.interrupt_id, tenant=who.tenant))


@router.get("/works/{work_id}/panels", summary="Which panels are drawn already")
async def panels(work_id: UUID, who: Anybody, rooms: Open) -> Json:
    """By their keys, also while others are still being drawn. `blob` is a name under `…/files/`; a picture of the
    offline artist is no image but a drawing."""
    return {"panels": await panels_so_far(rooms.house, work_id, tenant=who.tenant)}


@router.get("/works/{work_id}/recipes", summary="What made the results of a work")
async def recipes(work_id: UUID, who: Anybody, rooms: Open) -> Json:
    """By phase: `recipes` are the model, the prompt's hash and the code that made the result, `digests` are of exactly
    what it read."""
    async with connection(rooms.house.pool) as conn:
        await read_work(conn, work_id, tenant=who.tenant)
    found = await rooms.house.runner.story.values(work_id, "recipes", "digests")
    return {name: found.get(name) or {} for name in ("recipes", "digests")}


@router.delete("/works/{work_id}", status_code=204, summary="Delete a work with everything that belongs to it")
async def remove(work_id: UUID, who: Admin, rooms: Open) -> None:
    """Stops it first. Its pictures, pages, versions and events are gone afterwards."""
    await delete(rooms.house, work_id, tenant=who.tenant)
