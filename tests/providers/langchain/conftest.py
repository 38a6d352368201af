"""OpenAI's models on this machine, and one of them as a text model."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from pydantic import SecretStr

from manga.brief import Settings
from manga.concept import Concept
from prompts.library import load_prompts
from providers.base import Ask
from providers.langchain import LangChainText
from tests.openai.server import OpenAi, openai_running, openai_stub

KEY = "sk-nobody-may-see-this"
STORY = "むかし、ごんという狐がいました。\n「おれは、ごんだ」と、ごんは言いました。\n"
OpenText = Callable[..., LangChainText]

__all__ = ["openai_running", "openai_stub"]


@pytest.fixture
async def open_text(openai_stub: OpenAi) -> AsyncIterator[OpenText]:
    """Models that are closed after the test."""
    async with AsyncExitStack() as stack:

        def opened(**options: Any) -> LangChainText:
            given: dict[str, Any] = {"timeout_s": 20.0, "key": SecretStr(KEY), "base_url": openai_stub.url}
            text = LangChainText("openai:gpt-5", load_prompts(), **(given | options))
            stack.push_async_callback(text.aclose)
            return text

        yield opened


def ask_concept(**more: Any) -> Ask[Concept]:
    """What the concept's agent asks."""
    return Ask("concept", {"story": STORY, "settings": Settings()}, Concept, **more)
