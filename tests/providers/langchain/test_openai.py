"""OpenAI's models through their real libraries over HTTP: what is asked, and what every fault becomes."""

import asyncio
import logging
import traceback
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from manga.concept import Concept
from manga.errors import (
    AnswerInvalid,
    BriefRejected,
    CallRefused,
    ContentBlocked,
    MangaError,
    ProviderBusy,
    ProviderFault,
    ProviderRefused,
    ProviderTimeout,
    QuotaExhausted,
    RateLimited,
    Retry,
)
from prompts.library import load_prompts
from providers.base import CallLimits, Spent
from providers.langchain import LangChainEdge, LangChainText
from tests.openai.faults import FAULTS
from tests.openai.server import OpenAi
from tests.openai.wire import THOUGHTS
from tests.providers.langchain.conftest import KEY, STORY, OpenText, ask_concept
from tests.providers.untold import untold

pytestmark = pytest.mark.anyio


async def test_a_question_is_answered_in_its_declared_type(openai_stub: OpenAi, open_text: OpenText) -> None:
    concept = await open_text().answer(ask_concept())
    assert concept.title
    (call,) = openai_stub.calls
    assert (call.model, call.prompt_id, call.status) == ("gpt-5", "concept", 200)
    assert call.schema is not None
    assert set(call.schema["properties"]) == set(Concept.model_fields)


async def test_what_a_call_used_is_told_without_a_price(openai_stub: OpenAi, open_text: OpenText) -> None:
    spent: list[Spent] = []
    text = open_text()
    await text.answer(ask_concept(spent=spent.append))
    (used,), (call,) = spent, openai_stub.calls
    assert (used.model, used.cost_usd) == ("gpt-5-2026-11-01", None)
    assert (used.input_tokens, used.output_tokens) == (call.usage["prompt_tokens"], call.usage["completion_tokens"])
    assert used.output_tokens > THOUGHTS
    assert (text.name, text.answered) == ("openai:gpt-5", "gpt-5-2026-11-01")


def test_a_question_is_held_to_what_it_may_use() -> None:
    limits = CallLimits(thinking="low", output_tokens=9_000)
    fields = LangChainEdge("openai:gpt-5", 20.0, SecretStr(KEY)).limits(limits)
    assert fields == {"max_tokens": 9_000, "reasoning_effort": "low"}
    assert LangChainEdge("ollama:qwen3", 20.0).limits(limits) == {"num_predict": 9_000}


@dataclass(frozen=True)
class Row:
    """`calls` is how many were made until the error was raised: 2 with a repair turn."""

    fault: str
    kind: type[MangaError]
    retry: Retry
    says: str
    calls: int = 1
    wait_s: float | None = None

    def __str__(self) -> str:
        return self.fault


ROWS = (
    Row("400", CallRefused, Retry.NEVER, "does not accept this call", calls=3),
    Row("400tokens", BriefRejected, Retry.NEVER, "longer than openai:gpt-5 can read"),
    Row("400flagged", ContentBlocked, Retry.NEVER, "safety rules"),
    Row("401", ProviderRefused, Retry.NEVER, "does not accept our calls"),
    Row("403", ProviderRefused, Retry.NEVER, "does not accept our calls"),
    Row("404", ProviderRefused, Retry.NEVER, "does not accept our calls"),
    Row("429", RateLimited, Retry.WAIT, "no more calls", wait_s=2.5),
    Row("429bare", RateLimited, Retry.WAIT, "no more calls", wait_s=7.0),
    Row("429day", QuotaExhausted, Retry.NEVER, "daily limit", wait_s=40000.0),
    Row("429credit", ProviderRefused, Retry.NEVER, "no credit"),
    Row("500", ProviderFault, Retry.BACKOFF, "status 500"),
    Row("502html", ProviderFault, Retry.BACKOFF, "status 502"),
    Row("503", ProviderBusy, Retry.BACKOFF, "overloaded", wait_s=4.0),
    Row("504", ProviderTimeout, Retry.BACKOFF, "in time"),
    Row("hang", ProviderTimeout, Retry.BACKOFF, "in time"),
    Row("cut", ProviderFault, Retry.BACKOFF, "failed"),
    Row("cut_body", ProviderFault, Retry.BACKOFF, "failed"),
    Row("notjson", ProviderFault, Retry.BACKOFF, "not JSON"),
    Row("refusal", ContentBlocked, Retry.NEVER, "safety rules"),
    Row("content_filter", ContentBlocked, Retry.NEVER, "safety rules"),
    Row("length", AnswerInvalid, Retry.BACKOFF, "cut off"),
    Row("empty", AnswerInvalid, Retry.BACKOFF, "no answer (EMPTY)"),
    Row("badjson", AnswerInvalid, Retry.BACKOFF, "not what was asked for", calls=2),
    Row("wrongshape", AnswerInvalid, Retry.BACKOFF, "not what was asked for", calls=2),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_a_fault_on_the_wire_becomes_one_error_that_holds_no_key_and_no_story(
    row: Row, openai_stub: OpenAi, open_text: OpenText
) -> None:
    openai_stub.fail(row.fault, times=9)
    text = open_text(timeout_s=0.5) if row.fault == "hang" else open_text()
    with pytest.raises(MangaError) as caught:
        await text.answer(ask_concept())
    error = caught.value
    assert (type(error), error.retry, error.retry_after_s) == (row.kind, row.retry, row.wait_s)
    assert row.says in error.message
    assert error.remedy
    assert error.phase == "concept"
    assert len(openai_stub.calls) == row.calls, "the library's own retries are off"
    told = "".join(traceback.format_exception(error)) + repr(text) + repr(untold(error))
    assert KEY not in told
    assert STORY.splitlines()[0] not in told
    assert (error.__cause__, error.__context__) == (None, None)


@pytest.mark.filterwarnings("ignore:Cannot use method='json_schema':UserWarning")
@pytest.mark.filterwarnings("ignore:This model does not support OpenAI's structured output:UserWarning")
async def test_a_model_that_answers_by_no_schema_is_told_it_in_words(openai_stub: OpenAi, open_text: OpenText) -> None:
    openai_stub.fail("400schema", times=2)
    assert (await open_text().answer(ask_concept())).title
    assert [call.schema is None for call in openai_stub.calls] == [False, False, True]


@pytest.mark.filterwarnings("ignore:Cannot use method='json_schema':UserWarning")
@pytest.mark.filterwarnings("ignore:This model does not support OpenAI's structured output:UserWarning")
async def test_a_model_that_refuses_the_question_in_every_form_is_told_apart(
    openai_stub: OpenAi, open_text: OpenText
) -> None:
    openai_stub.fail("400schema", times=3)
    with pytest.raises(CallRefused, match="JSON schema") as caught:
        await open_text().answer(ask_concept())
    assert "MANGA_TEXT_MODEL" in caught.value.remedy


def test_every_fault_has_its_row() -> None:
    assert {row.fault for row in ROWS} | {"fenced", "400schema"} == FAULTS.keys()


async def test_an_answer_that_does_not_fit_is_repaired_in_one_more_turn(
    openai_stub: OpenAi, open_text: OpenText
) -> None:
    openai_stub.fail("wrongshape")
    assert (await open_text().answer(ask_concept())).title
    first, second = openai_stub.calls
    assert "does not fit the schema" in second.words
    assert "does not fit the schema" not in first.words


async def test_an_answer_between_fences_is_read(openai_stub: OpenAi, open_text: OpenText) -> None:
    openai_stub.fail("fenced")
    assert (await open_text().answer(ask_concept())).title
    assert len(openai_stub.calls) == 1


async def test_nobody_listening_is_a_failed_connection(open_text: OpenText) -> None:
    with pytest.raises(ProviderFault, match="connection to openai:gpt-5 failed"):
        await open_text(base_url="http://127.0.0.1:9/v1").answer(ask_concept())


async def test_a_server_of_ones_own_needs_no_key(openai_stub: OpenAi, open_text: OpenText) -> None:
    assert (await open_text(key=None).answer(ask_concept())).title


def test_a_second_event_loop_has_connections_of_its_own(openai_stub: OpenAi) -> None:
    async def once() -> str:
        text = LangChainText(
            "openai:gpt-5", load_prompts(), timeout_s=20.0, key=SecretStr(KEY), base_url=openai_stub.url
        )
        try:
            return (await text.answer(ask_concept())).title
        finally:
            await text.aclose()

    assert asyncio.run(once()) == asyncio.run(once())


async def test_logs_hold_neither_key_nor_story(
    openai_stub: OpenAi, open_text: OpenText, caplog: pytest.LogCaptureFixture
) -> None:
    openai_stub.fail("429")
    text = open_text()
    with caplog.at_level(logging.INFO):
        with pytest.raises(RateLimited):
            await text.answer(ask_concept())
        await text.answer(ask_concept())
    logged = "\n".join([caplog.text, *(str(record.__dict__) for record in caplog.records)])
    assert KEY not in logged + repr(text) + str(text)
    assert STORY.splitlines()[0] not in logged


@pytest.mark.parametrize(
    ("base_url", "address"), [(None, "https://api.openai.com/v1/"), ("http://here/v1", "http://here/v1/")]
)
async def test_a_gateway_of_langsmiths_gets_neither_key_nor_story(
    base_url: str | None, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "ls-secret")
    edge = LangChainEdge("openai:gpt-5", 1.0, SecretStr(KEY), base_url)
    chat = edge.open()
    assert str(chat.root_async_client.base_url) == address  # type: ignore[attr-defined] # ChatOpenAI
    await edge.close(chat)


async def test_an_answer_is_heard_while_it_comes_and_is_the_same_with_what_it_has_used(
    openai_stub: OpenAi, open_text: OpenText
) -> None:
    heard: list[int] = []
    spent: list[Spent] = []
    text = open_text()
    streamed = await text.answer(ask_concept(heard=heard.append, spent=spent.append))
    whole = await text.answer(ask_concept(spent=spent.append))
    assert streamed == whole
    assert len(heard) > 1, "piece by piece"
    assert sum(heard) > 100
    assert spent[0] == spent[1]
    assert text.answered == "gpt-5-2026-11-01"


async def test_a_server_that_knows_no_pieces_is_asked_for_the_whole_from_then_on(
    openai_stub: OpenAi, open_text: OpenText
) -> None:
    openai_stub.fail("notjson")
    heard: list[int] = []
    text = open_text()
    first = await text.answer(ask_concept(heard=heard.append))
    assert await text.answer(ask_concept(heard=heard.append)) == first
    assert (heard, [call.status for call in openai_stub.calls]) == ([], [200, 200, 200])
