"""Google's models on this machine, and one of them as a text model."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import pytest
from pydantic import SecretStr

from manga.brief import Settings
from manga.concept import Concept
from prompts.library import load_prompts
from providers.base import Ask, Spent
from providers.google.text import GoogleText
from tests.gemini.kept import gemini, running
from tests.gemini.server import Gemini
from tests.providers.google.image_models import KEY, cards, open_images, painter

__all__ = ["KEY", "cards", "gemini", "open_images", "painter", "running"]
STORY = "むかし、ごんという狐がいました。\n「おれは、ごんだ」と、ごんは言いました。\n"
OpenText = Callable[..., GoogleText]


@pytest.fixture
async def open_text(gemini: Gemini) -> AsyncIterator[OpenText]:
    """Models that are closed after the test."""
    async with AsyncExitStack() as stack:

        def opened(**options: Any) -> GoogleText:
            given: dict[str, Any] = {"timeout_s": 20.0, "base_url": gemini.url, "today": lambda: date(2026, 11, 24)}
            text = GoogleText("gemini-3.8-flash", SecretStr(KEY), load_prompts(), **(given | options))
            stack.push_async_callback(text.aclose)
            return text

        yield opened


@pytest.fixture
def ask() -> Ask[Concept]:
    return ask_concept()


def ask_concept(story: str = STORY, spent: Callable[[Spent], None] = lambda spent: None, **more: Any) -> Ask[Concept]:
    """What the concept's agent asks."""
    return Ask("concept", {"story": story, "settings": Settings()}, Concept, spent=spent, **more)
