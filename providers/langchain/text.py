"""Any other chat model of LangChain as a text mind: `openai:gpt-...`, `ollama:...`.

Needs the package `langchain` and the provider's own (`langchain-openai`), which Mangaka does not bring. Keys and
addresses are that package's matter (`OPENAI_API_KEY`, `OPENAI_BASE_URL`).
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

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
from providers.base import Spent
from providers.chat import ChatText, Stopped
from providers.rendering import Prompts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TRANSPORTS: Final = frozenset({"aiohttp", "httpx", "httpx2", "httpcore"})
_BLOCKED: Final = frozenset({"CONTENT_FILTER", "REFUSAL", "SAFETY"})
_CUT: Final = frozenset({"LENGTH", "MAX_TOKENS"})
_ADVICE: Final = "Check the key and the name in MANGA_TEXT_MODEL, or draw with the offline minds."


@dataclass(frozen=True, slots=True)
class LangChainEdge:
    """`model` is `provider:model`. What its calls cost is not known here."""

    model: str
    timeout_s: float

    def open(self) -> "BaseChatModel":
        """Raises `SetupIncomplete` when a package is missing."""
        try:
            chat: BaseChatModel = import_module("langchain.chat_models").init_chat_model(self.model, **self._options())
        except (ImportError, ValueError) as error:
            raise SetupIncomplete(
                f"There is no chat model {self.model} here ({type(error).__name__}).",
                remedy=f"pip install langchain langchain-{self._provider}, and see that its key is set.",
            ) from None
        return chat

    @property
    def _provider(self) -> str:
        return self.model.split(":", 1)[0]

    def _options(self) -> dict[str, Any]:
        # A local model takes neither.
        return {} if self._provider == "ollama" else {"timeout": self.timeout_s, "max_retries": 0}

    async def close(self, chat: "BaseChatModel") -> None:
        """These models close their own connections."""

    def translated(self, fault: Exception | Stopped) -> MangaError | None:
        if isinstance(fault, Stopped):
            return self._of_an_answer(fault.reason.upper())
        return self._of_a_status(fault) or self._of_a_kind(fault) or self._of_a_line(fault)

    def cost_usd(self, model: str, spent: Spent) -> float | None:
        return None

    def _of_an_answer(self, reason: str) -> MangaError:
        if reason in _BLOCKED:
            return ContentBlocked(f"{self.model} refused this text by its provider's safety rules.")
        if reason in _CUT:
            return AnswerInvalid(f"The answer of {self.model} is longer than it may be and was cut off.")
        return AnswerInvalid(f"{self.model} gave no answer ({reason or 'empty'}).")

    def _of_a_status(self, fault: Exception) -> MangaError | None:
        """SDKs carry the status on their errors, and the wait in the answer's headers."""
        status = getattr(fault, "status_code", None)
        if not isinstance(status, int):
            return None
        if status == 429:
            return RateLimited(f"{self.model} takes no more calls at this moment.", retry_after_s=_wait_s(fault))
        if status in (408, 504):
            return ProviderTimeout(f"{self.model} did not answer in time.")
        if status == 503:
            return ProviderBusy(f"{self.model} is overloaded.", retry_after_s=_wait_s(fault))
        if status >= 500:
            return ProviderFault(f"The provider of {self.model} answered with an error of its own (status {status}).")
        return self._of_a_kind(fault) or self._of_a_bad_call(status)

    def _of_a_kind(self, fault: Exception) -> MangaError | None:
        from langchain_core import exceptions as known

        if isinstance(fault, known.ContextOverflowError):
            return BriefRejected(
                f"The text is longer than {self.model} can read.",
                remedy="Shorten the story, or set MANGA_TEXT_MODEL to a model that reads more.",
            )
        if isinstance(fault, known.ModelRefusalError):
            return self._of_an_answer("REFUSAL")
        if isinstance(fault, known.ModelTimeoutError):
            return ProviderTimeout(f"{self.model} did not answer in time.")
        if isinstance(fault, known.ModelRateLimitError):
            return RateLimited(f"{self.model} takes no more calls at this moment.")
        if isinstance(fault, known.ModelError):
            retryable = fault.is_retryable
            kind = type(fault).__name__
            return ProviderFault(f"The call of {self.model} failed ({kind}).") if retryable else self._refused(kind)
        return None

    def _of_a_line(self, fault: Exception) -> MangaError | None:
        kind = type(fault)
        at_line = any(base.__module__.split(".")[0] in _TRANSPORTS for base in kind.__mro__)
        if isinstance(fault, TimeoutError) or "Timeout" in kind.__name__:
            return ProviderTimeout(f"{self.model} did not answer in time.")
        if at_line or isinstance(fault, ConnectionError) or kind.__name__ == "APIConnectionError":
            return ProviderFault(f"The connection to {self.model} failed ({kind.__name__}).")
        return None

    def _refused(self, why: str) -> MangaError:
        return ProviderRefused(f"The provider of {self.model} does not accept our calls ({why}).", remedy=_ADVICE)

    def _of_a_bad_call(self, status: int) -> MangaError:
        if status in (401, 403, 404):
            return self._refused(f"status {status}")
        return CallRefused(f"The provider of {self.model} does not accept this call (status {status}).")


def _wait_s(fault: Exception) -> float | None:
    headers = getattr(getattr(fault, "response", None), "headers", None) or {}
    try:
        return float(headers["retry-after"])
    except (KeyError, TypeError, ValueError):
        return None


class LangChainText(ChatText):
    """A chat model by `provider:model`; obeys the TextModel port."""

    def __init__(self, model: str, prompts: Prompts, *, timeout_s: float) -> None:
        super().__init__(LangChainEdge(model, timeout_s), prompts, timeout_s=timeout_s)
