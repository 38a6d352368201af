"""The table of everything that goes wrong with Google's models: what we call it, and what the person is told."""

import json
import traceback
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from google.genai.errors import ClientError, ServerError

from manga.concept import Concept
from manga.errors import (
    AnswerInvalid,
    BriefRejected,
    CallRefused,
    ContentBlocked,
    MangaError,
    ProviderBusy,
    ProviderError,
    ProviderFault,
    ProviderRefused,
    ProviderTimeout,
    QuotaExhausted,
    RateLimited,
    Retry,
)
from providers.base import Ask
from providers.chat import Stopped
from providers.google.errors import translated
from tests.gemini.server import Gemini
from tests.providers.google.conftest import KEY, STORY, OpenText
from tests.providers.untold import untold

pytestmark = pytest.mark.anyio
MODEL = "gemini-3.8-flash"


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


ON_THE_WIRE = (
    Row("400", CallRefused, Retry.NEVER, "does not accept this call of gemini-3.8-flash (status 400)", calls=3),
    Row("400key", ProviderRefused, Retry.NEVER, "does not accept the key"),
    Row("400precond", ProviderRefused, Retry.NEVER, "where this machine stands"),
    Row("400tokens", BriefRejected, Retry.NEVER, "longer than gemini-3.8-flash can read"),
    Row("401", ProviderRefused, Retry.NEVER, "does not accept the key"),
    Row("403", ProviderRefused, Retry.NEVER, "does not let this key use gemini-3.8-flash"),
    Row("404", ProviderRefused, Retry.NEVER, "has no model gemini-3.8-flash"),
    Row("429", RateLimited, Retry.WAIT, "no more calls", wait_s=2.5),
    Row("429bare", RateLimited, Retry.WAIT, "no more calls"),
    Row("429day", QuotaExhausted, Retry.NEVER, "daily quota", wait_s=41215.0),
    Row("500", ProviderFault, Retry.BACKOFF, "an error of its own (status 500)"),
    Row("502html", ProviderFault, Retry.BACKOFF, "not JSON"),
    Row("503", ProviderBusy, Retry.BACKOFF, "overloaded"),
    Row("504", ProviderTimeout, Retry.BACKOFF, "in time"),
    Row("hang", ProviderTimeout, Retry.BACKOFF, "in time"),
    Row("cut", ProviderFault, Retry.BACKOFF, "connection to Google failed"),
    Row("cut_body", ProviderFault, Retry.BACKOFF, "connection to Google failed"),
    Row("notjson", ProviderFault, Retry.BACKOFF, "not JSON"),
    Row(
        "blocked", ContentBlocked, Retry.NEVER, "does not read this text by Google's safety rules (PROHIBITED_CONTENT)"
    ),
    Row("safety", ContentBlocked, Retry.NEVER, "safety rules (SAFETY)"),
    Row("recitation", ContentBlocked, Retry.NEVER, "safety rules (RECITATION)"),
    Row("empty", AnswerInvalid, Retry.BACKOFF, "gave no answer"),
    Row("max_tokens", AnswerInvalid, Retry.BACKOFF, "cut off"),
    Row("thoughts_only", AnswerInvalid, Retry.BACKOFF, "cut off"),
    Row("malformed_call", AnswerInvalid, Retry.BACKOFF, "MALFORMED_FUNCTION_CALL"),
    Row("badjson", AnswerInvalid, Retry.BACKOFF, "not what was asked for (answer: Invalid JSON", calls=2),
    Row("wrongshape", AnswerInvalid, Retry.BACKOFF, "not what was asked for", calls=2),
)


@pytest.mark.parametrize("row", ON_THE_WIRE, ids=str)
async def test_a_fault_on_the_wire_becomes_one_error_with_its_advice(
    row: Row, gemini: Gemini, open_text: OpenText, ask: Ask[Concept]
) -> None:
    gemini.fail(row.fault, times=9)
    text = open_text(timeout_s=0.5) if row.fault == "hang" else open_text()
    with pytest.raises(MangaError) as caught:
        await text.answer(ask)
    error = caught.value
    assert (type(error), error.retry, error.retry_after_s) == (row.kind, row.retry, row.wait_s)
    assert row.says in error.message
    assert error.remedy
    assert error.phase == "concept"
    assert len(gemini.calls) == row.calls, "Google's own retries are off"


@pytest.mark.parametrize("row", ON_THE_WIRE, ids=str)
async def test_no_error_holds_the_key_or_the_story(
    row: Row, gemini: Gemini, open_text: OpenText, ask: Ask[Concept]
) -> None:
    gemini.fail(row.fault, times=9)
    text = open_text(timeout_s=0.5) if row.fault == "hang" else open_text()
    with pytest.raises(MangaError) as caught:
        await text.answer(ask)
    told = "".join(traceback.format_exception(caught.value)) + repr(text) + repr(untold(caught.value))
    assert KEY not in told
    assert STORY.splitlines()[0] not in told
    assert caught.value.__cause__ is None


async def test_nobody_listening_is_a_failed_connection(open_text: OpenText, ask: Ask[Concept]) -> None:
    with pytest.raises(ProviderFault, match="connection to Google failed"):
        await open_text(base_url="http://127.0.0.1:9").answer(ask)


def limit(quota: dict[str, Any], message: str = "Quota exceeded.", *more: Any) -> ClientError:
    failure = {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [quota]}
    return ClientError(429, {"error": {"code": 429, "message": message, "details": [failure, *more]}})


def status(code: int, message: str = "", details: Any = None) -> ClientError | ServerError:
    kind = ClientError if code < 500 else ServerError
    return kind(code, {"error": {"code": code, "message": message, "details": details}})


RETRY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"}
AS_TOLD = (
    (limit({"quotaId": "RequestsPerDay", "quotaValue": "0"}), ProviderRefused, "includes no calls", None),
    (limit({"quotaId": "RequestsPerMinute"}, "limit: 0, model: x"), ProviderRefused, "includes no calls", None),
    (limit({"quotaId": "RequestsPerDay"}), QuotaExhausted, "daily quota", None),
    (limit({"quotaId": "RequestsPerMinute"}, "Please retry in 12.25s."), RateLimited, "no more calls", 12.25),
    (limit({"quotaId": "RequestsPerMinute"}, "Quota.", RETRY), RateLimited, "no more calls", 7.0),
    (status(429, details="no list"), RateLimited, "no more calls", None),
    (status(503, "overloaded", [RETRY]), ProviderBusy, "overloaded", 7.0),
    (status(408), ProviderTimeout, "in time", None),
    (status(413), CallRefused, "status 413", None),
    (status(400, "API key expired. Please renew the API key."), ProviderRefused, "the key", None),
    (status(400, "Prompt exceeds the token limit."), BriefRejected, "longer than", None),
    (status(529), ProviderFault, "status 529", None),
    # Google's asynchronous client loses the status of a 502 with a page of HTML: it fails at reading the page.
    (json.JSONDecodeError("Expecting value", "<html>", 0), ProviderFault, "not JSON", None),
    (TimeoutError(), ProviderTimeout, "in time", None),
    (aiohttp.ServerTimeoutError(), ProviderTimeout, "in time", None),
    (aiohttp.ServerDisconnectedError(), ProviderFault, "ServerDisconnectedError", None),
    (ConnectionResetError(), ProviderFault, "ConnectionResetError", None),
    (Stopped("PROHIBITED_CONTENT", at_prompt=True), ContentBlocked, "does not read", None),
    (Stopped("SPII"), ContentBlocked, "SPII", None),
    (Stopped("IMAGE_SAFETY"), ContentBlocked, "IMAGE_SAFETY", None),
    (Stopped("IMAGE_RECITATION"), ContentBlocked, "IMAGE_RECITATION", None),
    (Stopped("NO_IMAGE"), AnswerInvalid, "NO_IMAGE", None),
    (Stopped("LANGUAGE"), AnswerInvalid, "LANGUAGE", None),
    (Stopped("a word of next year"), AnswerInvalid, "no answer", None),
)


@pytest.mark.parametrize(("fault", "kind", "says", "wait_s"), AS_TOLD)
def test_what_the_libraries_tell_becomes_one_error(
    fault: Exception | Stopped, kind: type[MangaError], says: str, wait_s: float | None
) -> None:
    error = translated(fault, MODEL)
    assert type(error) is kind
    assert says in error.message
    assert error.retry_after_s == wait_s


def test_a_mistake_of_our_own_is_no_fault_of_googles() -> None:
    assert translated(KeyError("story"), MODEL) is None
    assert translated(ValueError("no such input"), MODEL) is None


def test_every_fault_that_can_be_tried_again_is_a_providers() -> None:
    for fault, *_ in AS_TOLD:
        error = translated(fault, MODEL)
        assert error is not None
        assert isinstance(error, ProviderError) or error.retry is Retry.NEVER
