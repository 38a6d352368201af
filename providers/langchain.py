"""Any other chat model of LangChain as a text model (`ollama:...`), and its failures as our errors.

Needs the package `langchain` and the provider's own (`langchain-openai`): the extras `openai` and `ollama` bring them.
Keys and addresses of providers other than OpenAI are their packages' matter (`ANTHROPIC_API_KEY`, `OLLAMA_HOST`), but
for the address of Ollama where it is told here.

Faults are exceptions of the providers' SDKs, of langchain-core and of the transports under them, and answers that are
none (`Stopped`). Their words are read and never passed on: they may hold a key or the story.
"""

import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

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
    SetupIncomplete,
)
from providers.base import CallLimits, Spent
from providers.chat import ChatText, Stopped
from providers.question_text import Prompts
from providers.settings import OLLAMA

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TRANSPORTS: Final = frozenset({"aiohttp", "httpx", "httpx2", "httpcore", "httpcore2"})
_BLOCKED: Final = frozenset({"CONTENT_FILTER", "REFUSAL", "SAFETY"})
_CUT: Final = frozenset({"LENGTH", "MAX_TOKENS", "MAX_OUTPUT_TOKENS"})
_FLAGGED: Final = frozenset({"content_filter", "content_policy_violation", "invalid_prompt"})
_CONTEXT: Final = re.compile(r"\bcontext (?:size|length|window)\b|exceed_context", re.IGNORECASE)
"""As OpenAI, llama.cpp and LM Studio say it."""
_A_DAY: Final = re.compile(r"\bper day\b|\bRPD\b|\bTPD\b", re.IGNORECASE)
_ADVICE: Final = "Check the key and the name in MANGA_TEXT_MODEL, or set MANGA_TEXT_MODEL=offline."
_STORY: Final = "Change the passage that it may mean, or set MANGA_TEXT_MODEL=offline."
_CREDIT: Final = "Add credit at the provider, or set MANGA_TEXT_MODEL=offline."
_SCHEMA: Final = "Set MANGA_TEXT_MODEL to a model that answers by a JSON schema."
_NAMED: Final = re.compile(r"pip install ([\w\[\],.-]+)")
_OF: Final = {
    "openai": "langchain-openai",
    "ollama": "langchain-ollama",
    "anthropic": "langchain-anthropic",
    "mistralai": "langchain-mistralai",
    "groq": "langchain-groq",
    "deepseek": "langchain-deepseek",
    "xai": "langchain-xai",
    "openrouter": "langchain-openrouter",
    "azure_openai": "langchain-openai",
}
_OPENAI: Final = "openai"
_OWN_ADDRESS: Final = "https://api.openai.com/v1"
"""Said in full: without it LANGSMITH_GATEWAY would send the key and the story to LangSmith."""
_NO_KEY: Final = SecretStr("none")
"""For a server of one's own, which asks for no key; the SDK does."""


def translated(fault: Exception | Stopped, model: str) -> MangaError | None:
    """The error to raise. None: this is no fault of a provider's."""
    if isinstance(fault, Stopped):
        return _of_an_answer(fault.reason.upper(), model)
    for told in (_of_an_end, _of_a_status, _of_a_kind, _of_a_line, _of_a_body):
        if (error := told(fault, model)) is not None:
            return error
    return None


def _of_an_answer(reason: str, model: str) -> MangaError:
    if reason in _BLOCKED:
        return ContentBlocked(f"{model} refused this text by its provider's safety rules.", remedy=_STORY)
    if reason in _CUT:
        return AnswerInvalid(f"The answer of {model} is longer than it may be and was cut off.")
    return AnswerInvalid(f"{model} gave no answer ({reason or 'EMPTY'}).")


def _of_an_end(fault: Exception, model: str) -> MangaError | None:
    """OpenAI's SDK raises where others tell a reason to stop."""
    reasons = {"LengthFinishReasonError": "LENGTH", "ContentFilterFinishReasonError": "CONTENT_FILTER"}
    reason = reasons.get(type(fault).__name__)
    return _of_an_answer(reason, model) if reason else None


def _of_a_status(fault: Exception, model: str) -> MangaError | None:
    """SDKs carry the status on their errors, and the wait in the answer's headers."""
    status = getattr(fault, "status_code", None)
    if not isinstance(status, int):
        return None
    if status == 429:
        return _of_a_limit(fault, model)
    if status in (408, 504):
        return ProviderTimeout(f"{model} did not answer in time.")
    if status == 503:
        return ProviderBusy(f"{model} is overloaded.", retry_after_s=_wait_s(fault))
    if 400 <= status < 500:
        return _of_a_bad_call(fault, status, model)
    what = f"an error of its own (status {status})" if status >= 500 else "something that is not JSON"
    return ProviderFault(f"The provider of {model} answered with {what}.")


def _of_a_limit(fault: Exception, model: str) -> MangaError:
    if getattr(fault, "code", None) == "insufficient_quota":
        return ProviderRefused(f"Your account at the provider of {model} has no credit left.", remedy=_CREDIT)
    if _A_DAY.search(str(fault)):
        return QuotaExhausted(f"The daily limit of {model} is used up.", retry_after_s=_wait_s(fault))
    return RateLimited(f"{model} takes no more calls at this moment.", retry_after_s=_wait_s(fault))


def _of_a_bad_call(fault: Exception, status: int, model: str) -> MangaError:
    code = getattr(fault, "code", None)
    if code in _FLAGGED:
        return _of_an_answer("REFUSAL", model)
    if code == "context_length_exceeded" or _CONTEXT.search(str(fault)):
        return _too_long(model)
    if status == 400 and ("json_schema" in str(fault) or "response_format" in str(fault)):
        return CallRefused(f"{model} does not answer by our JSON schema.", remedy=_SCHEMA)
    if status in (401, 403, 404):
        return _refused(f"status {status}", model)
    known = _of_a_kind(fault, model)
    return known or CallRefused(f"The provider of {model} does not accept this call (status {status}).")


def _of_a_kind(fault: Exception, model: str) -> MangaError | None:
    """As langchain-core sorts what its packages raise."""
    from langchain_core import exceptions as known

    kinds: dict[type[Exception], Callable[[], MangaError]] = {
        known.ContextOverflowError: lambda: _too_long(model),
        known.ModelRefusalError: lambda: _of_an_answer("REFUSAL", model),
        known.ModelTimeoutError: lambda: ProviderTimeout(f"{model} did not answer in time."),
        known.ModelRateLimitError: lambda: RateLimited(f"{model} takes no more calls at this moment."),
        known.ModelConnectionError: lambda: ProviderFault(f"The connection to {model} failed."),
        known.ModelInvalidRequestError: lambda: CallRefused(f"The provider of {model} does not accept this call."),
    }
    for kind, error in kinds.items():
        if isinstance(fault, kind):
            return error()
    if not isinstance(fault, known.ModelError):
        return None
    name = type(fault).__name__
    return ProviderFault(f"The call of {model} failed ({name}).") if fault.is_retryable else _refused(name, model)


def _too_long(model: str) -> MangaError:
    return BriefRejected(
        f"The text is longer than {model} can read.",
        remedy='Tell how many tokens it holds, as in MANGA_TEXT_LIMITS=\'{"all": {"context": 16000}}\': questions are'
        " then cut to fit. Or shorten the story, or set MANGA_TEXT_MODEL to a model that reads more.",
    )


def _of_a_line(fault: Exception, model: str) -> MangaError | None:
    kind = type(fault)
    at_line = any(base.__module__.split(".")[0] in _TRANSPORTS for base in kind.__mro__)
    if isinstance(fault, TimeoutError) or "Timeout" in kind.__name__:
        return ProviderTimeout(f"{model} did not answer in time.")
    if at_line or isinstance(fault, ConnectionError):
        return ProviderFault(f"The connection to {model} failed ({kind.__name__}).")
    return None


def _of_a_body(fault: Exception, model: str) -> MangaError | None:
    """An answer that is no JSON: LangChain stumbles over it later, and puts the answer on whatever it raises then."""
    status = getattr(getattr(fault, "response", None), "status_code", None)
    if status == 200 or type(fault).__name__ in ("JSONDecodeError", "APIResponseValidationError"):
        return ProviderFault(f"The provider of {model} answered with something that is not JSON.")
    return None


def _refused(why: str, model: str) -> MangaError:
    return ProviderRefused(f"The provider of {model} does not accept our calls ({why}).", remedy=_ADVICE)


def _wait_s(fault: Exception) -> float | None:
    """How long the provider says to wait, in seconds: a number, or a date."""
    headers: Mapping[str, str] = getattr(getattr(fault, "response", None), "headers", None) or {}
    for name, unit_s in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit_s)
        except (KeyError, TypeError, ValueError):
            continue
    try:
        until = parsedate_to_datetime(headers["retry-after"])
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    except (KeyError, TypeError, ValueError):
        return None


def check_packages(model: str) -> None:
    """Looks without importing anything. Raises SetupIncomplete; of a provider that is not known, only `langchain` is
    looked for, and opening its model says the rest."""
    own = _OF.get(model.split(":", 1)[0])
    missing = [name for name in ("langchain", own) if name and find_spec(name.replace("-", "_")) is None]
    if missing:
        raise incomplete(model, missing)


def incomplete(model: str, packages: list[str]) -> SetupIncomplete:
    """The error that names the exact command."""
    verb = "is" if len(packages) == 1 else "are"
    return SetupIncomplete(
        f"{model} is to write, and {' and '.join(packages)} {verb} not installed.",
        remedy=f"Run: {installer()} {' '.join(packages)}",
    )


def named_in(error: ImportError, provider: str) -> list[str]:
    """The package that LangChain says is missing."""
    found = _NAMED.search(str(error))
    return [found[1] if found else _OF.get(provider, f"langchain-{provider.replace('_', '-')}")]


def installer() -> str:
    """The beginning of a command that installs into this environment, which uv makes without pip."""
    python = sys.executable
    if find_spec("pip") is not None:
        return f"{python} -m pip install"
    if shutil.which("uv"):
        return f"uv pip install --python {python}"
    return f"{python} -m ensurepip && {python} -m pip install"


@dataclass(frozen=True, slots=True)
class LangChainEdge:
    """`model` is `provider:model`. What its calls cost is not known here. `key` is for OpenAI's way of speaking,
    `base_url` for Ollama's too; None: the SDK's own."""

    model: str
    timeout_s: float
    key: SecretStr | None = None
    base_url: str | None = None

    def open(self) -> "BaseChatModel":
        """Raises `SetupIncomplete` when a package or a key is missing, or nobody knows the provider."""
        try:
            chat: BaseChatModel = import_module("langchain.chat_models").init_chat_model(self.model, **self._options())
        except ImportError as error:
            raise incomplete(self.model, named_in(error, self._provider)) from None
        except Exception as error:  # noqa: BLE001 - what a package raises without its key is a kind of its own
            raise SetupIncomplete(
                f"The model {self.model} cannot be opened ({type(error).__name__}).",
                remedy=f"Check that LangChain has a provider {self._provider}, and that its key is set.",
            ) from None
        return chat

    @property
    def _provider(self) -> str:
        return self.model.split(":", 1)[0]

    def _options(self) -> dict[str, Any]:
        if self._provider == OLLAMA:  # it takes neither
            return {"base_url": self.base_url} if self.base_url else {}
        plain = {"timeout": self.timeout_s, "max_retries": 0}
        if self._provider != _OPENAI:
            return plain
        # Connections of our own: the package shares its own between event loops, where a second one finds them closed.
        line = import_module(_OPENAI).DefaultAsyncHttpxClient(timeout=self.timeout_s)
        address, key = self.base_url or _OWN_ADDRESS, self.key or (_NO_KEY if self.base_url else None)
        return plain | {"http_async_client": line, "base_url": address} | ({"api_key": key} if key else {})

    async def close(self, chat: "BaseChatModel") -> None:
        """The connections that `open` has made; other packages close their own."""
        line = getattr(chat, "http_async_client", None)
        if line is not None:
            await line.aclose()

    def limits(self, limits: CallLimits) -> dict[str, Any]:
        """As the two packages that we bring call them; of another package only the length of its answers is held."""
        length = "num_predict" if self._provider == OLLAMA else "max_tokens"
        wanted: dict[str, Any] = {length: limits.output_tokens}
        if self._provider == _OPENAI:
            wanted["reasoning_effort"] = limits.thinking
        if self._provider == OLLAMA:  # it cuts silently what is longer than its own default
            wanted["num_ctx"] = limits.context
        return {name: value for name, value in wanted.items() if value is not None}

    @property
    def piecewise(self) -> dict[str, Any]:
        """OpenAI's package asks only its own address for what a streamed answer has used."""
        return {"stream_usage": True} if self._provider == _OPENAI else {}

    def translated(self, fault: Exception | Stopped) -> MangaError | None:
        return translated(fault, self.model)

    def cost_usd(self, model: str, spent: Spent) -> float | None:
        return None


class LangChainText(ChatText):
    """A chat model by `provider:model`; obeys the TextModel port. Raises SetupIncomplete when a package is missing."""

    def __init__(
        self,
        model: str,
        prompts: Prompts,
        *,
        timeout_s: float,
        key: SecretStr | None = None,
        base_url: str | None = None,
        limits: Mapping[str, CallLimits] | None = None,
    ) -> None:
        check_packages(model)
        super().__init__(LangChainEdge(model, timeout_s, key, base_url), prompts, timeout_s=timeout_s, limits=limits)
