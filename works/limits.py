"""How long a work may work. Waiting for people and parked time do not count."""

import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from manga.brief import Brief

PANELS_INCLUDED = 50
BUSY_PAUSE_S = 300.0
_PANELS_A_PAGE = 5.0


def working_limit(brief: Brief) -> float:
    """Seconds: 600, or 720 above 10,000 characters, and 600 more for every further 50 panels that are asked for."""
    base = 720.0 if len(brief.text) > 10_000 else 600.0
    further = max(0.0, _panels_asked(brief) - PANELS_INCLUDED)
    return base + 600.0 * math.ceil(further / PANELS_INCLUDED)


def _panels_asked(brief: Brief) -> float:
    settings = brief.settings
    if settings.max_images is not None:
        return settings.max_images
    return 0 if settings.pages == "auto" else settings.pages * _PANELS_A_PAGE


def next_quota_day(now: datetime) -> datetime:
    """When the provider's day turns: the next midnight in Los Angeles."""
    there = now.astimezone(ZoneInfo("America/Los_Angeles"))
    midnight = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(UTC)
