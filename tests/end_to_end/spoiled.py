"""Views as they are when something is missing, wrong or away: which, and how the service is made to answer so.

Pictures of them are taken by `tests.end_to_end.shots` beside those of the views as they should be.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from tests.end_to_end.service_program import Json

AWAY: Final[Json] = {
    "status": 503,
    "code": "database_unreachable",
    "title": "The database does not answer.",
    "detail": "The database does not answer.",
    "remedy": "Wait a moment and try again.",
}
ARTWORK: Final = 5
NOBODY: Final[Json] = {"items": [], "next": None}
STOPPED: Final[Json] = {
    "status": "failed",
    "pending_review": None,
    "error": {
        "code": "key_rejected",
        "phase": "artwork",
        "message": "Google did not take the key.",
        "remedy": "Set GOOGLE_API_KEY to a key that is good, then go on.",
    },
}
PLACEHOLDERS: Final[Json] = {"degraded": True, "placeholders": ["b0001", "b0004"]}


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A state's name and place. `answers`: by a pattern of addresses, a problem instead of the answer (it has a
    `status` that is a number), fields laid over it, or None for no answer. `offline`: cut off once it is there."""

    name: str
    place: str
    answers: Mapping[str, Json | None] | None = None
    offline: bool = False
    act: str = ""

    def cut_off(self, page: Any) -> None:
        """Nothing is answered any more; the next thing that is asked for tells of it."""
        page.route(re.compile("/v1/"), _answering(None))
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.locator(".banner").first.wait_for()

    def routed(self, page: Any) -> None:
        for pattern, answer in (self.answers or {}).items():
            page.route(re.compile(pattern), _answering(answer))


def _answering(answer: Json | None) -> Any:
    def handle(route: Any) -> None:
        with suppress(Exception):  # a page that is left waits for nothing
            if answer is None:
                route.abort()
            elif isinstance(answer.get("status"), int):
                route.fulfill(status=answer["status"], json=answer, content_type="application/problem+json")
            elif answer is NOBODY:
                route.fulfill(json=answer)
            else:
                found = route.fetch()
                route.fulfill(response=found, json=_over(found.json(), answer))

    return handle


def _over(found: Any, answer: Json) -> Any:
    """Fields of the whole, or of every picture of a panel that is told by its key."""
    if placeholders := answer.get("art"):
        drawn = next(result["content"] for result in found["phase_results"] if result["phase"] == ARTWORK)
        for key in list(drawn)[: len(placeholders)]:
            drawn[key] |= placeholders[0]
        return found
    return found | answer


_LIST: Final = r"/v1/works\?"
_WORK: Final = r"/v1/works/[0-9a-f-]{36}$"
_PREVIEW: Final = r"/previews/"
_LOST: Final = {"status": "placeholder", "made": {"model": "", "reason": "The model refused this picture."}}

STATES: Final = (
    Spoiled("desk_empty", "", {_LIST: NOBODY}),
    Spoiled("desk_error", "", {_LIST: AWAY}),
    Spoiled("desk_offline", "", offline=True),
    Spoiled("work_missing", "works/00000000-0000-4000-8000-000000000000"),
    Spoiled("making_failed", "works/{done}", {_WORK: STOPPED}),
    Spoiled("making_degraded", "works/{done}", {_WORK: PLACEHOLDERS}),
    Spoiled("making_offline", "works/{asked}", offline=True),
    Spoiled("plot_empty", "works/{asked}/plot"),
    Spoiled("storyboard_error", "works/{done}/storyboard", {_PREVIEW: AWAY}),
    Spoiled("artwork_empty", "works/{asked}/artwork"),
    Spoiled("artwork_degraded", "works/{done}/artwork", {r"include=artwork": {"art": [_LOST, _LOST]}}),
    Spoiled("page_empty", "works/{asked}/pages/1"),
    Spoiled("page_error", "works/{done}/pages/2", {r"include=storyboard": AWAY, r"/files/pages/.*json": AWAY}),
    Spoiled("page_offline", "works/{done}/pages/2", offline=True),
    Spoiled("lines_empty", "works/{asked}/lines"),
    Spoiled("read_empty", "works/{asked}/read"),
    Spoiled("read_error", "works/{done}/read/2", {r"/files/pages/.*json": AWAY}),
    Spoiled("read_lost", "works/{done}/read/2", {r"/files/pages/00[23]\.png": None}),
    Spoiled("versions_error", "works/{done}/versions", {r"/versions\?limit=500": AWAY}),
    Spoiled("compare_error", "works/{done}/compare/{old}/{new}", {r"/v1/.*/(diff|compare)": AWAY}),
    Spoiled("exports_empty", "works/{asked}/exports"),
    Spoiled("exports_error", "works/{done}/exports", {r"/v1/.*/exports": AWAY, r"/capabilities": AWAY}),
    Spoiled("talking_error", "works/{done}/talking", {r"/versions\?limit=500": AWAY}),
)
