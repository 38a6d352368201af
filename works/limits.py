"""How long a work may work. Waiting for people and parked time do not count; waits before another try do.

Only pictures are bounded by it: those still missing when it runs out become placeholders, and the book is finished.
Phases of words go on, since no book comes of half a plot; each has its own few tries and time-outs.
"""

import math
from collections.abc import Mapping

from manga.brief import Brief
from storage.base import Command

WORKED = "worked_ms"
"""The counter of the working time that counts."""
PANELS_INCLUDED = 50
BUSY_PAUSE_S = 300.0
_PANELS_A_PAGE = 5.0


def working_limit(brief: Brief) -> float:
    """Seconds: 600, or 720 above 10,000 characters, and 600 more for every further 50 panels that are asked for."""
    base = 720.0 if len(brief.text) > 10_000 else 600.0
    further = max(0.0, _panels_asked(brief) - PANELS_INCLUDED)
    return base + 600.0 * math.ceil(further / PANELS_INCLUDED)


def seconds_left(brief: Brief, counters: Mapping[str, int], order: Command | None) -> float:
    """What the next run has of the working time."""
    used = 0.0 if asked_anew(order) else counters.get(WORKED, 0) / 1000
    return max(0.0, working_limit(brief) - used)


def asked_anew(order: Command | None) -> bool:
    """Does a person ask for more than what was begun? Then the working time begins anew, or the pictures that are
    missing could never be drawn."""
    if order is None:
        return False
    return (order.payload.get("answer") or {}).get("action") != "approve"


def _panels_asked(brief: Brief) -> float:
    settings = brief.settings
    if settings.max_images is not None:
        return settings.max_images
    return 0 if settings.pages == "auto" else settings.pages * _PANELS_A_PAGE
