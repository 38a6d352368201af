"""Gemini as a text mind, through LangChain's adapter. The libraries are imported at the first question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pydantic import SecretStr

from manga.errors import MangaError
from providers.base import Spent
from providers.chat import ChatText, Stopped
from providers.google.errors import translated
from providers.google.prices import cost_usd
from providers.google.quiet import hush
from providers.rendering import Prompts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class GoogleEdge:
    """What is Google's about a chat model. `base_url` None: Google's own address."""

    model: str
    key: SecretStr
    timeout_s: float
    base_url: str | None = None
    today: Callable[[], date] = today

    def open(self) -> "BaseChatModel":
        """Retries are ours, since Google's library does not wait as long as Google asks for."""
        from langchain_google_genai import ChatGoogleGenerativeAI

        hush()
        return ChatGoogleGenerativeAI(
            model=self.model,
            api_key=self.key,
            base_url=self.base_url,
            timeout=self.timeout_s,
            max_retries=1,
            temperature=None,
            vertexai=False,
            disable_streaming=True,
        )

    async def close(self, chat: "BaseChatModel") -> None:
        from langchain_google_genai import ChatGoogleGenerativeAI

        if isinstance(chat, ChatGoogleGenerativeAI):
            await chat.aclose()

    def translated(self, fault: Exception | Stopped) -> MangaError | None:
        return translated(fault, self.model)

    def cost_usd(self, model: str, spent: Spent) -> float | None:
        return cost_usd(
            model,
            self.today(),
            input_tokens=spent.input_tokens,
            cached_tokens=spent.cached_tokens,
            output_tokens=spent.output_tokens,
        )


class GoogleText(ChatText):
    """A Gemini model by its name; obeys the TextModel port."""

    def __init__(
        self,
        model: str,
        key: SecretStr,
        prompts: Prompts,
        *,
        timeout_s: float,
        base_url: str | None = None,
        today: Callable[[], date] = today,
    ) -> None:
        super().__init__(GoogleEdge(model, key, timeout_s, base_url, today), prompts, timeout_s=timeout_s)
