"""Gemini as a text model, through LangChain's adapter. The libraries are imported at the first question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

from manga.errors import MangaError
from providers.base import CallLimits, Spent
from providers.chat import ChatText, Stopped
from providers.google.clients import ALONE, hush
from providers.google.errors import translated
from providers.google.prices import cost_usd
from providers.question_text import Prompts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


OWN_ADDRESS: Final = "https://generativelanguage.googleapis.com"
"""Said in full: without it LANGSMITH_GATEWAY would send the key and the story to LangSmith."""


def today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class GoogleEdge:
    """What is Google's about a chat model. `base_url` None: Google's own address.

    With a `project` of Google Cloud Vertex answers, and the key is not used: `credentials` (google.auth's) or, without
    them, what the machine has (Application Default Credentials).
    """

    model: str
    key: SecretStr | None
    timeout_s: float
    base_url: str | None = None
    today: Callable[[], date] = today
    project: str | None = None
    location: str = "global"
    credentials: Any = field(default=None, repr=False)

    def open(self) -> "BaseChatModel":
        """Retries are ours, since Google's library does not wait as long as Google asks for."""
        with ALONE:
            from langchain_google_genai import ChatGoogleGenerativeAI

        hush()
        return ChatGoogleGenerativeAI(
            model=self.model,
            timeout=self.timeout_s,
            max_retries=1,
            temperature=None,
            disable_streaming=True,
            **self._asked_as(),
        )

    def _asked_as(self) -> dict[str, Any]:
        """Said in full either way: the library would guess from the environment."""
        if self.project is None:
            return {"vertexai": False, "api_key": self.key, "base_url": self.base_url or OWN_ADDRESS}
        place = {"project": self.project, "location": self.location}
        whose = {"api_key": None, "credentials": self.credentials}
        return {"vertexai": True, "base_url": self.base_url, **whose, **place}

    async def close(self, chat: "BaseChatModel") -> None:
        from langchain_google_genai import ChatGoogleGenerativeAI

        if isinstance(chat, ChatGoogleGenerativeAI):
            await chat.aclose()

    def limits(self, limits: CallLimits) -> dict[str, Any]:
        wanted = {"reasoning_effort": limits.thinking, "max_output_tokens": limits.output_tokens}
        return {name: value for name, value in wanted.items() if value is not None}

    @property
    def piecewise(self) -> dict[str, Any]:
        return {"disable_streaming": False}

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
        key: SecretStr | None,
        prompts: Prompts,
        *,
        timeout_s: float,
        base_url: str | None = None,
        today: Callable[[], date] = today,
        project: str | None = None,
        location: str = "global",
        credentials: Any = None,
        limits: Mapping[str, CallLimits] | None = None,
    ) -> None:
        edge = GoogleEdge(model, key, timeout_s, base_url, today, project, location, credentials)
        super().__init__(edge, prompts, timeout_s=timeout_s, limits=limits)
