"""Every fault of Google's, through the real SDKs: how often it is called, how long is waited, how the work ends, what
the person is told. However it ends, the work goes on to its book when the fault is gone."""

import logging
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import pytest

from storage.base import WorkStatus
from storage.database import Pool
from tests.gemini.faults import FAULTS, fits
from tests.gemini.plan import ALWAYS
from tests.gemini.server import Gemini, serve
from tests.graph.told import brief
from tests.patience import patience
from tests.works.faulty import (
    ARTIST,
    HASTY_S,
    KEY,
    NOON,
    PATIENT_S,
    WRITER,
    Faulty,
    concept_by_google,
    pictures_by_google,
)

pytestmark = [
    pytest.mark.anyio,
    # langchain-google-genai leaves a coroutine behind at every 5xx, and the collector may find it in the next test.
    pytest.mark.filterwarnings("ignore:.*ClientResponse.json:pytest.PytestUnraisableExceptionWarning"),
]

SOON = NOON + timedelta(seconds=30)
AS_TOLD = NOON + timedelta(seconds=41_215)


@dataclass(frozen=True)
class Ends:
    """How a work ends: `calls` of the model, `waits` asked of the clock, the state, and words of what is told.

    A book may be `drawn` as directed, by a `simpler` prompt, or with a `placeholder` that says why.
    """

    calls: int
    waits: tuple[float, ...]
    status: WorkStatus
    code: str = ""
    message: str = ""
    remedy: str = ""
    until: datetime | None = None
    panel: str = ""


@dataclass(frozen=True)
class Row:
    """One fault that happens at the first call alone, and one that stays."""

    fault: str
    once: Ends | None
    """None: no call of this row is waited for, and a good one may be slow."""
    always: Ends


def book(calls: int, *waits: float, panel: str = "drawn", message: str = "") -> Ends:
    return Ends(calls, waits, WorkStatus.COMPLETED, panel=panel, message=message)


def failed(calls: int, *waits: float, code: str, message: str, remedy: str) -> Ends:
    return Ends(calls, waits, WorkStatus.FAILED, code, message, remedy)


def parked(calls: int, *waits: float, code: str, message: str, until: datetime = SOON) -> Ends:
    return Ends(calls, waits, WorkStatus.PARKED, code, message, "goes on by itself at 2026-11-26", until)


def at_once(fault: str, code: str, message: str, remedy: str) -> Row:
    """Trying again is of no use."""
    ends = failed(1, code=code, message=message, remedy=remedy)
    return Row(fault, ends, ends)


def tried(fault: str, code: str, message: str, *, calls: int = 4, once: int = 2) -> Row:
    """Of a text: four tries, and whoever is told can try later."""
    late = failed(calls, 1, 2, 4, code=code, message=message, remedy="Try again later, or draw with the offline models")
    return Row(fault, book(once, *((1.0,) if once > 1 and calls == 4 else ())), late)


REFUSED = "provider_refused"
TEXT = (
    Row(  # the schema may be the reason: a simpler one is sent, then the schema in words
        "400",
        book(2),
        failed(
            3, code="call_refused", message="does not accept this call of gemini-3.8-flash", remedy="Use another model"
        ),
    ),
    at_once("400key", REFUSED, "does not accept the key", "Check the key in GOOGLE_API_KEY"),
    at_once("400precond", REFUSED, "where this machine stands", "another provider"),
    at_once("400tokens", "brief_rejected", "longer than gemini-3.8-flash can read", "Shorten the story"),
    at_once("401", REFUSED, "does not accept the key", "Check the key"),
    at_once("403", REFUSED, "does not let this key use gemini-3.8-flash", "Check the key"),
    at_once("404", REFUSED, "has no model gemini-3.8-flash", "Set MANGA_TEXT_MODEL"),
    Row("429", book(2, 2.5), parked(4, 2.5, 2.5, 2.5, code="rate_limited", message="no more calls")),
    Row("429bare", book(2, 1), parked(4, 1, 2, 4, code="rate_limited", message="no more calls")),
    Row(
        "429day",
        parked(1, code="quota_exhausted", message="daily quota", until=AS_TOLD),
        parked(1, code="quota_exhausted", message="daily quota", until=AS_TOLD),
    ),
    tried("500", "provider_fault", "an error of its own (status 500)"),
    tried("502html", "provider_fault", "not JSON"),
    Row("503", book(2, 1), parked(4, 1, 2, 4, code="provider_busy", message="overloaded")),
    tried("504", "provider_timeout", "did not answer in time"),
    replace(tried("hang", "provider_timeout", "did not answer in time"), once=None),
    tried("cut", "provider_fault", "connection to Google failed"),
    tried("cut_body", "provider_fault", "connection to Google failed"),
    tried("notjson", "provider_fault", "not JSON"),
    at_once("blocked", "content_blocked", "does not read this text", "Change the passage"),
    at_once("safety", "content_blocked", "safety rules (SAFETY)", "Change the passage"),
    at_once("recitation", "content_blocked", "safety rules (RECITATION)", "Change the passage"),
    tried("empty", "answer_invalid", "gave no answer"),
    tried("max_tokens", "answer_invalid", "cut off"),
    tried("thoughts_only", "answer_invalid", "cut off"),
    tried("malformed_call", "answer_invalid", "MALFORMED_FUNCTION_CALL"),
    tried("badjson", "answer_invalid", "not what was asked for", calls=8),  # each try with its repair
    tried("wrongshape", "answer_invalid", "not what was asked for", calls=8),
    Row("fenced", book(1), book(1)),
)


def stops(fault: str, message: str, remedy: str) -> Row:
    """Nothing that this panel could do better."""
    return at_once(fault, REFUSED, message, remedy)


def simpler(fault: str, message: str) -> Row:
    """Trying the same again is of no use."""
    return Row(fault, book(2, panel="simpler"), book(2, panel="placeholder", message=message))


def drawn_late(fault: str, message: str) -> Row:
    """Four tries, a simpler prompt, a placeholder."""
    return Row(fault, book(2, 5), book(5, 5, 10, 20, panel="placeholder", message=message))


PICTURES = (
    simpler("400", "does not accept this call"),
    stops("400key", "does not accept the key", "Check the key in GOOGLE_API_KEY"),
    stops("400precond", "where this machine stands", "another provider"),
    simpler("400tokens", "gemini-nano-banana-2.1 cannot read so long a direction"),
    stops("401", "does not accept the key", "Check the key"),
    stops("403", "does not let this key use gemini-nano-banana-2.1", "Check the key"),
    stops("404", "has no model gemini-nano-banana-2.1", "MANGA_IMAGE_MODEL"),
    Row("429", book(2, 2.5), parked(4, 2.5, 2.5, 2.5, code="rate_limited", message="no more calls")),
    Row("429bare", book(2, 5), parked(4, 5, 10, 20, code="rate_limited", message="no more calls")),
    Row(
        "429day",
        parked(1, code="quota_exhausted", message="daily quota", until=AS_TOLD),
        parked(1, code="quota_exhausted", message="daily quota", until=AS_TOLD),
    ),
    drawn_late("500", "an error of its own (status 500)"),
    drawn_late("502html", "not JSON"),
    Row("503", book(2, 5), parked(4, 5, 10, 20, code="provider_busy", message="overloaded")),
    drawn_late("504", "in time"),
    replace(drawn_late("hang", "in time"), once=None),
    drawn_late("cut", "connection to Google failed"),
    drawn_late("cut_body", "connection to Google failed"),
    drawn_late("notjson", "not JSON"),
    simpler("blocked", "safety rules"),
    simpler("safety", "safety rules (SAFETY)"),
    simpler("recitation", "safety rules (RECITATION)"),
    simpler("image_safety", "safety rules (IMAGE_SAFETY)"),
    simpler("image_prohibited", "safety rules (IMAGE_PROHIBITED_CONTENT)"),
    simpler("image_recitation", "safety rules (IMAGE_RECITATION)"),
    drawn_late("empty", "gave no answer"),
    drawn_late("no_image", "NO_IMAGE"),
    drawn_late("words_only", "NO_IMAGE"),
    drawn_late("image_bytes", "picture"),
    drawn_late("image_truncated", "picture"),
)
"""A book of one panel."""


@pytest.fixture(scope="module")
def one_gemini() -> Iterator[Gemini]:
    with serve() as running:
        yield running


@pytest.fixture
def gemini(one_gemini: Gemini, caplog: pytest.LogCaptureFixture) -> Iterator[Gemini]:
    """Whatever happens, nothing of the key or the story is in a log."""
    one_gemini.reset()
    one_gemini.draw(panels=False)
    caplog.set_level(logging.INFO)
    yield one_gemini
    assert KEY.get_secret_value() not in caplog.text
    assert brief().text not in caplog.text


async def ends_as(faulty: Faulty, gemini: Gemini, model: str, ends: Ends) -> None:
    """One run, and all that can be seen of it."""
    before = gemini.count(model=model)
    error = await faulty.run()
    work, values = await faulty.work(), await faulty.values()
    assert work.status is ends.status, error
    assert gemini.count(model=model) - before == ends.calls
    assert faulty.slept == list(ends.waits)
    assert work.resume_at == ends.until
    if ends.status is WorkStatus.COMPLETED:
        panel = values["artwork"]["b0000"]
        assert (panel["status"], panel["made"]["level"]) == _PANEL[ends.panel]
        assert ends.message in panel["made"]["reason"]
        assert work.degraded == (ends.panel == "placeholder")
        assert work.warnings == ([f"b0000: {panel['made']['reason']}"] if work.degraded else [])
        return
    assert error is not None
    assert work.error is not None
    assert (work.error["code"], error.code) == (ends.code, ends.code)
    assert ends.message in work.error["message"]
    assert ends.remedy in work.error["remedy"]
    assert KEY.get_secret_value() not in str(work.error)
    if ends.code == "content_blocked":
        assert work.error["element"] == brief().text, "the passage"
    assert work.error["phase"] == ("concept" if model == WRITER else "artwork")


_PANEL = {"drawn": ("drawn", 0), "simpler": ("drawn", 1), "placeholder": ("placeholder", 2)}


class House(Protocol):
    """Opens the set-up of one work, new or known."""

    def __call__(
        self, *, timeout_s: float = ..., work_id: UUID | None = None
    ) -> AbstractAsyncContextManager[Faulty]: ...


async def happens(house: House, gemini: Gemini, model: str, row: Row) -> None:
    """Once, then always; after each the fault is gone, and another process makes a whole book of what it left."""
    for ends, times in ((row.once, 1), (row.always, ALWAYS)):
        if ends is None:
            continue
        gemini.fail(row.fault, times=times, model=model)
        async with house(timeout_s=PATIENT_S if row.once else HASTY_S * patience()) as faulty:
            await ends_as(faulty, gemini, model, ends)
        gemini.recover()
        if ends.status is not WorkStatus.COMPLETED:
            await goes_on(house, faulty.work_id)


async def goes_on(house: House, work_id: UUID) -> None:
    async with house(work_id=work_id) as faulty:
        assert await faulty.run() is None
        work = await faulty.work()
        assert (work.status, work.degraded, work.error) == (WorkStatus.COMPLETED, False, None)


QUICK = frozenset({"400key", "429day", "503", "safety"})
"""One for each way to end; the others are drawn by `make faults`."""


def rows(table: tuple[Row, ...]) -> list[Any]:
    """For pytest."""
    slow = pytest.mark.slow
    return [pytest.param(row, marks=() if row.fault in QUICK else slow, id=row.fault) for row in table]


@pytest.mark.parametrize("row", rows(TEXT))
async def test_a_fault_of_a_text(row: Row, pool: Pool, tmp_path: Path, gemini: Gemini) -> None:
    await happens(partial(concept_by_google, pool, tmp_path, gemini), gemini, WRITER, row)


@pytest.mark.parametrize("row", rows(PICTURES))
async def test_a_fault_of_a_picture(row: Row, pool: Pool, tmp_path: Path, gemini: Gemini) -> None:
    await happens(partial(pictures_by_google, pool, tmp_path, gemini), gemini, ARTIST, row)


def test_every_fault_of_the_stub_has_its_row() -> None:
    waited_for = {"slow", "stream_cut", "stream_err"}  # good answers in the end; nobody here streams
    for draws, table in ((False, TEXT), (True, PICTURES)):
        assert {row.fault for row in table} == {name for name in FAULTS if fits(name, draws)} - waited_for
