"""Tells whoever sends a story which limit of this day is used up, and when the work will go on by itself.

The work is accepted all the same: it does what it can, is parked where it needs what is used up, and goes on when the
day turns. Models that cost nothing have no such limit.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from manga.brief import Brief
from manga.errors import QuotaExhausted
from manga.phases import Phase
from storage.base import Api
from storage.provider_allowance import exhausted
from works.base import Json
from works.composition import House
from works.estimate import Estimate, estimate, settle_choices
from works.queue.failed_runs import resume_at, utc_now


@dataclass(frozen=True, slots=True)
class UsedUp:
    """`resume_at` is the latest of several."""

    warnings: tuple[str, ...]
    resume_at: datetime

    def to_json(self) -> Json:
        return {"warnings": list(self.warnings), "resume_at": self.resume_at.isoformat()}


async def used_up(house: House, tenant: str, now: Callable[[], datetime] = utc_now) -> UsedUp | None:
    """What a new work of this tenant will wait for today; None where nothing is used up."""
    at = now()
    waits = [(error.message, resume_at(error, at)) for error in await _limits(house, tenant, at)]
    if not waits:
        return None
    told = (f"{message} The work waits for it, and goes on by itself at {_shown(until)}." for message, until in waits)
    return UsedUp(tuple(told), max(until for _, until in waits))


async def estimate_today(house: House, tenant: str, brief: Brief) -> Estimate:
    """What the story would cost and take, and what it would wait for today."""
    found = await asyncio.to_thread(lambda: estimate(settle_choices(brief, house.tariff), house.tariff))
    waits = await used_up(house, tenant)
    told = {} if waits is None else {"warnings": waits.warnings, "resume_at": waits.resume_at}
    return found.model_copy(update=told)


async def _limits(house: House, tenant: str, now: datetime) -> list[QuotaExhausted]:
    found = []
    needed = {Api.TEXT: any(house.tariff.paid_words(phase.value) for phase in Phase)}
    needed[Api.IMAGES] = house.tariff.paid_pictures
    for api in (api for api, needs in needed.items() if needs):
        standing = await house.allowance.standing(api)
        if not standing.left:
            found.append(exhausted(api, standing.limit, now))
    if house.tenant_pictures is not None and needed[Api.IMAGES] and not await house.tenant_pictures.left(tenant):
        found.append(house.tenant_pictures.exhausted())
    return found


def _shown(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
