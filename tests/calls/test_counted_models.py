"""The turns of a writer's questions: every call of one takes its own."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from calls.counted_models import CountedText
from calls.ledger import PlainLedger
from calls.rate_limits import Models, Turns
from manga.brief import Settings
from manga.concept import Concept
from manga.errors import ProviderBusy, QuotaExhausted
from prompts.library import load_prompts
from providers.base import Ask
from providers.google.text import GoogleText
from providers.settings import ModelSettings
from storage.base import Api
from storage.provider_allowance import Limit, LocalAllowance
from tests.gemini.server import Gemini, serve
from tests.graph.crew import StillClock
from tests.graph.gates import Gate

pytestmark = pytest.mark.anyio

ASK = Ask("concept", {"story": "むかし、ごんという狐がいました。", "settings": Settings()}, Concept)


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    with serve() as running:
        yield running


@pytest.fixture
def writer(gemini: Gemini) -> GoogleText:
    key = ModelSettings.model_validate({"google_api_key": "k"}).google_api_key
    return GoogleText("gemini-3.8-flash", key, load_prompts(), timeout_s=10, base_url=gemini.url)


async def test_the_repair_of_an_answer_takes_a_turn_of_its_own(writer: GoogleText, gemini: Gemini) -> None:
    gemini.fail("wrongshape")
    clock, gate, ledger = StillClock(), Gate(waits=[1.0, 2.0]), PlainLedger()
    await CountedText(writer, ledger, "w", "concept", Turns(gate, clock, Models())).answer(ASK)
    await writer.aclose()
    assert (clock.slept, gate.taken) == ([1.0, 2.0], [(Api.TEXT, "w")] * 2)
    assert ledger.counters["w", "text_calls"] == gemini.count() == 2


async def test_a_question_without_a_turn_is_no_call(writer: GoogleText, gemini: Gemini) -> None:
    ledger, clock = PlainLedger(), StillClock()
    spent = LocalAllowance({Api.TEXT: Limit(0, 10)}, lambda: datetime(2026, 11, 26, 20, tzinfo=UTC))
    with pytest.raises(QuotaExhausted) as refused:
        await CountedText(writer, ledger, "w", "concept", Turns(spent, clock, Models())).answer(ASK)
    assert refused.value.retry_after_s == 12 * 3600
    assert (gemini.calls, ledger.counters) == ((), {})


async def test_an_overloaded_writer_is_left_alone_after_five_questions(writer: GoogleText, gemini: Gemini) -> None:
    gemini.fail("503", times=9)
    clock, gate, ledger = StillClock(), Gate(), PlainLedger()
    text = CountedText(writer, ledger, "w", "concept", Turns(gate, clock, Models()))
    for _ in range(7):
        with pytest.raises(ProviderBusy):
            await text.answer(ASK)
    await writer.aclose()
    assert gemini.count() == len(gate.taken) == ledger.counters["w", "text_calls"] == 5
