"""Any chat model of LangChain as a text model: a script for a model, and what its provider's faults become."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core import exceptions as known
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda

from manga.brief import Settings
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
    RateLimited,
    SetupIncomplete,
)
from offline.writer import write_concept
from prompts.library import load_prompts
from providers.base import Ask, Spent
from providers.chat import ChatText, SchemaForm, Stopped
from providers.langchain import LangChainEdge, LangChainText, installer

pytestmark = pytest.mark.anyio
INPUTS = {"story": "むかし、ごんという狐がいました。", "settings": Settings()}
GOOD = json.dumps(write_concept(INPUTS).to_json(), ensure_ascii=False)


class Script(BaseChatModel):
    """Says its lines one after another; raises those that are errors."""

    lines: Iterator[Any]
    heard: list[str] = []  # noqa: RUF012 - a pydantic field, copied for each

    @property
    def _llm_type(self) -> str:
        return "script"

    def _generate(self, messages: list[BaseMessage], *args: Any, **more: Any) -> ChatResult:
        self.heard.append(messages[-1].text)
        line = next(self.lines)
        if isinstance(line, Exception):
            raise line
        return ChatResult(generations=[ChatGeneration(message=line)])

    def with_structured_output(self, schema: Any, **more: Any) -> Runnable[Any, Any]:
        return self | RunnableLambda(lambda message: {"raw": message, "parsed": None, "parsing_error": None})


@dataclass(frozen=True, slots=True)
class ScriptEdge(LangChainEdge):
    """The real edge with a script for its model."""

    lines: tuple[Any, ...] = field(default=())

    def open(self) -> BaseChatModel:
        return Script(lines=iter(self.lines))


def text_of(*lines: Any) -> ChatText:
    return ChatText(ScriptEdge("script:one", 5.0, lines=lines), load_prompts(), timeout_s=5.0)


def said(text: str, **told: Any) -> AIMessage:
    usage = {"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}
    return AIMessage(text, response_metadata={"model_name": "one-2026", **told}, usage_metadata=usage)


async def test_an_answer_is_checked_and_its_use_told() -> None:
    spent: list[Spent] = []
    concept = await text_of(said(GOOD, finish_reason="stop")).answer(
        Ask("concept", INPUTS, Concept, spent=spent.append)
    )
    assert concept == write_concept(INPUTS)
    assert spent == [Spent("one-2026", 7, 0, 3, None)]


async def test_an_answer_that_does_not_fit_is_repaired_once() -> None:
    text = text_of(said("{}"), said(GOOD))
    assert await text.answer(Ask("concept", INPUTS, Concept)) == write_concept(INPUTS)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (said(GOOD[:40], finish_reason="length"), AnswerInvalid),
        (said("", finish_reason="content_filter"), ContentBlocked),
        (AIMessage("", additional_kwargs={"refusal": "I cannot."}), ContentBlocked),
        (said("", stop_reason="end_turn"), AnswerInvalid),
        (said(GOOD[:40], status="incomplete", incomplete_details={"reason": "max_output_tokens"}), AnswerInvalid),
        (said(GOOD, status="incomplete", incomplete_details={"reason": "content_filter"}), ContentBlocked),
    ],
)
async def test_an_answer_that_is_none_is_an_error_at_once(line: AIMessage, kind: type[MangaError]) -> None:
    with pytest.raises(kind):
        await text_of(line).answer(Ask("concept", INPUTS, Concept))


class StatusError(Exception):
    """As the SDKs of providers raise it."""

    def __init__(self, status_code: int, **headers: str) -> None:
        super().__init__("secret sk-1")
        self.status_code = status_code
        self.response = type("Response", (), {"headers": {name.replace("_", "-"): v for name, v in headers.items()}})()


@pytest.mark.parametrize(
    ("fault", "kind", "wait_s"),
    [
        (StatusError(401), ProviderRefused, None),
        (StatusError(404), ProviderRefused, None),
        (StatusError(400), CallRefused, None),
        (StatusError(429, retry_after="3"), RateLimited, 3.0),
        (StatusError(429, retry_after="tomorrow"), RateLimited, None),
        (StatusError(500), ProviderFault, None),
        (StatusError(503), ProviderBusy, None),
        (StatusError(504), ProviderTimeout, None),
        (TimeoutError(), ProviderTimeout, None),
        (ConnectionRefusedError(), ProviderFault, None),
        (known.ModelRateLimitError(), RateLimited, None),
        (known.ModelAuthenticationError(), ProviderRefused, None),
        (known.ContextOverflowError(), BriefRejected, None),
        (known.ModelAPIError(), ProviderFault, None),
    ],
)
async def test_a_fault_becomes_one_error_without_the_providers_words(
    fault: Exception, kind: type[MangaError], wait_s: float | None
) -> None:
    with pytest.raises(MangaError) as caught:
        await text_of(*[fault] * len(SchemaForm)).answer(Ask("concept", INPUTS, Concept))
    assert (type(caught.value), caught.value.retry_after_s) == (kind, wait_s)
    assert "sk-1" not in caught.value.message + caught.value.remedy
    assert caught.value.__cause__ is None


async def test_a_mistake_of_our_own_is_not_the_providers() -> None:
    with pytest.raises(KeyError):
        await text_of(KeyError("x")).answer(Ask("concept", INPUTS, Concept))


def opened(model: str) -> LangChainText:
    return LangChainText(model, load_prompts(), timeout_s=5.0)


def test_a_missing_package_is_named_with_the_command_that_brings_it_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "langchain", None)  # as if it were not installed
    with pytest.raises(SetupIncomplete, match="langchain and langchain-anthropic are not installed") as caught:
        opened("anthropic:claude-opus-5")
    assert caught.value.remedy == f"Run: {installer()} langchain langchain-anthropic"
    assert sys.executable in caught.value.remedy


async def test_a_rare_providers_package_is_named_at_the_first_question() -> None:
    with pytest.raises(SetupIncomplete, match="langchain-cohere is not installed") as caught:
        await opened("cohere:command-x").answer(Ask("concept", INPUTS, Concept))
    assert caught.value.remedy.endswith(" langchain-cohere")


async def test_a_provider_that_nobody_knows_is_told_and_leaves_nothing_to_close() -> None:
    text = opened("nobodys:model")
    with pytest.raises(SetupIncomplete, match="nobodys:model") as caught:
        await text.answer(Ask("concept", INPUTS, Concept))
    assert "LangChain has a provider nobodys" in caught.value.remedy
    await text.aclose()


def test_an_unknown_reason_to_stop_is_no_answer() -> None:
    assert type(LangChainEdge("a:b", 1.0).translated(Stopped("pause_turn"))) is AnswerInvalid
